// SPDX-License-Identifier: Apache-2.0
//! Reads blocks and transactions.

use codec::DecodeAll;
use rusqlite::{Row, Transaction};
use unum_ethereum_view::{BlockView, LogView, H256};
use unum_rpc_support::database::{decimal as number, each, first};

use crate::{
	error::Failure,
	keys::{self, BlockRow, Place},
	BlockId, IndexedBlock, TransactionPlace,
};

/// What the tree of blocks is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
	pub(crate) row: BlockRow,
	pub(crate) id: BlockId,
	pub(crate) parent: H256,
}

/// The columns of an [`Entry`], of the table `b`.
const ENTRY: &str = "b.id, b.number, b.hash, b.parent";

impl Entry {
	fn read(row: &Row<'_>) -> Result<Self, Failure> {
		let id = BlockId { number: number(row, 1)?, hash: hash(row, 2)? };
		Ok(Self { row: BlockRow(row.get(0)?), id, parent: hash(row, 3)? })
	}
}

/// The block with that hash, of any fork.
pub(crate) fn entry(at: &Transaction<'_>, hash: H256) -> Result<Option<Entry>, Failure> {
	first(at, &format!("SELECT {ENTRY} FROM blocks b WHERE b.hash = ?1"), [hash.0], Entry::read)
}

/// The newest canonical block.
pub(crate) fn best(at: &Transaction<'_>) -> Result<Option<Entry>, Failure> {
	let sql = format!(
		"SELECT {ENTRY} FROM canonical c CROSS JOIN blocks b ON b.id = c.block \
		 ORDER BY c.number DESC LIMIT 1"
	);
	first(at, &sql, [], Entry::read)
}

/// The oldest canonical block.
pub(crate) fn oldest(at: &Transaction<'_>) -> Result<Option<Entry>, Failure> {
	let sql = format!(
		"SELECT {ENTRY} FROM canonical c CROSS JOIN blocks b ON b.id = c.block \
		 ORDER BY c.number LIMIT 1"
	);
	first(at, &sql, [], Entry::read)
}

/// The canonical block of that height.
pub(crate) fn canonical(at: &Transaction<'_>, number: u64) -> Result<Option<Entry>, Failure> {
	let Ok(number) = i64::try_from(number) else { return Ok(None) };
	let sql = format!(
		"SELECT {ENTRY} FROM canonical c CROSS JOIN blocks b ON b.id = c.block WHERE c.number = ?1"
	);
	first(at, &sql, [number], Entry::read)
}

/// A block with all that is in it.
pub(crate) fn block(at: &Transaction<'_>, hash: H256) -> Result<Option<IndexedBlock>, Failure> {
	const SQL: &str = "SELECT b.id, b.number, b.hash, b.parent, b.state_root, b.extrinsics_root, \
		b.receipts_root, b.size, v.view FROM blocks b CROSS JOIN views v ON v.block = b.id \
		WHERE b.hash = ?1";
	first(at, SQL, [hash.0], |row| {
		let Entry { row: block, id, parent } = Entry::read(row)?;
		let mut view = decoded::<BlockView>(row, 8, "a block's view cannot be decoded")?;
		add_logs(at, block, &mut view)?;
		Ok(IndexedBlock {
			id,
			parent_hash: parent,
			state_root: self::hash(row, 4)?,
			extrinsics_root: self::hash(row, 5)?,
			receipts_root: self::hash(row, 6)?,
			size: number(row, 7)?,
			view,
		})
	})
}

/// Gives each receipt its logs.
fn add_logs(at: &Transaction<'_>, block: BlockRow, view: &mut BlockView) -> Result<(), Failure> {
	const SQL: &str = "SELECT transaction_place, log FROM logs WHERE place BETWEEN ?1 AND ?2";
	each(at, SQL, block.places(), |row| {
		let position = usize::try_from(Place(row.get(0)?).position()).unwrap_or(usize::MAX);
		let owner = view.transactions.get_mut(position);
		let owner = owner.ok_or(Failure::BadValue("a log has no transaction"))?;
		owner.receipt.logs.push(log(row, 1)?);
		Ok(true)
	})
}

/// The canonical place of a transaction. The extrinsic of a Substrate account can be included again
/// after the account was reaped, hence the first one.
pub(crate) fn transaction(
	at: &Transaction<'_>,
	hash: H256,
) -> Result<Option<TransactionPlace>, Failure> {
	const SQL: &str = "SELECT k.place, b.number, b.hash FROM transaction_keys k \
		CROSS JOIN transactions t ON t.place = k.place \
		CROSS JOIN blocks b ON b.id = k.place >> 24 \
		CROSS JOIN canonical c ON c.number = b.number AND c.block = b.id \
		WHERE k.key = ?1 AND t.hash = ?2 ORDER BY b.number, k.place LIMIT 1";
	first(at, SQL, (keys::of_transaction(&hash), hash.0), |row| {
		let block = BlockId { number: number(row, 1)?, hash: self::hash(row, 2)? };
		Ok(TransactionPlace { block, position: Place(row.get(0)?).position() })
	})
}

/// A column with a hash.
pub(crate) fn hash(row: &Row<'_>, column: usize) -> Result<H256, Failure> {
	Ok(H256(row.get(column)?))
}

/// A column with a log.
pub(crate) fn log(row: &Row<'_>, column: usize) -> Result<LogView, Failure> {
	decoded(row, column, "a log cannot be decoded")
}

fn decoded<T: DecodeAll>(
	row: &Row<'_>,
	column: usize,
	otherwise: &'static str,
) -> Result<T, Failure> {
	let mut bytes = row.get_ref(column)?.as_blob().map_err(|_| Failure::BadValue(otherwise))?;
	T::decode_all(&mut bytes).map_err(|_| Failure::BadValue(otherwise))
}
