// SPDX-License-Identifier: Apache-2.0
//! Reads blocks and transactions.

use codec::DecodeAll;
use rusqlite::{Row, Transaction};
use unum_rpc_support::database::{decimal, each, first};
use unum_solana_view::{BlockView, IncludedTransaction};

use crate::{
	error::Failure,
	keys::{key, position, BlockRow},
	BlockHead, BlockId, Canonical, FoundTransaction, HistoryQuery, IndexedBlock,
};

/// The columns of a [`BlockHead`], of the table `b`.
const HEAD: &str = "b.slot, b.hash, b.parent, b.timestamp, b.transactions";

/// A head, from the column on where its columns begin.
pub(crate) fn head(row: &Row<'_>, from: usize) -> Result<BlockHead, Failure> {
	let column = |offset: usize| from.saturating_add(offset);
	Ok(BlockHead {
		id: BlockId { slot: decimal(row, column(0))?, hash: row.get(column(1))? },
		parent: row.get(column(2))?,
		timestamp: row.get(column(3))?,
		transactions: decimal(row, column(4))?,
	})
}

/// The head of a block.
pub(crate) fn head_of(at: &Transaction<'_>, hash: [u8; 32]) -> Result<Option<BlockHead>, Failure> {
	first(at, &format!("SELECT {HEAD} FROM blocks b WHERE b.hash = ?1"), [hash], |row| head(row, 0))
}

/// The heads of the blocks from one slot to another, both included.
pub(crate) fn heads(at: &Transaction<'_>, from: u64, to: u64) -> Result<Vec<BlockHead>, Failure> {
	let sql = format!("SELECT {HEAD} FROM blocks b WHERE b.slot BETWEEN ?1 AND ?2 ORDER BY b.slot");
	let bound = |slot| i64::try_from(slot).unwrap_or(i64::MAX);
	let mut heads = Vec::new();
	each(at, &sql, (bound(from), bound(to)), |row| {
		heads.push(head(row, 0)?);
		Ok(true)
	})?;
	Ok(heads)
}

/// The block with the lowest slot, or the one with the highest.
pub(crate) fn end(at: &Transaction<'_>, is_newest: bool) -> Result<Option<BlockId>, Failure> {
	let order = if is_newest { "DESC" } else { "ASC" };
	let sql = format!("SELECT {HEAD} FROM blocks b ORDER BY b.slot {order} LIMIT 1");
	first(at, &sql, [], |row| Ok(head(row, 0)?.id))
}

/// A block with all that is in it.
pub(crate) fn block(at: &Transaction<'_>, hash: [u8; 32]) -> Result<Option<IndexedBlock>, Failure> {
	let sql = format!("SELECT {HEAD}, b.id FROM blocks b WHERE b.hash = ?1");
	let found = first(at, &sql, [hash], |row| Ok((head(row, 0)?, BlockRow(row.get(5)?))))?;
	let Some((head, row)) = found else { return Ok(None) };
	let mut transactions = Vec::new();
	const SQL: &str =
		"SELECT included FROM transactions WHERE place BETWEEN ?1 AND ?2 ORDER BY place";
	each(at, SQL, row.places(), |row| {
		transactions.push(decoded(row, 0)?);
		Ok(true)
	})?;
	let view = BlockView { slot: head.id.slot, timestamp: head.timestamp, transactions };
	Ok(Some(IndexedBlock { id: head.id, parent: head.parent, view }))
}

/// The newest transaction with a signature on the chain that is meant.
pub(crate) fn transaction(
	at: &Transaction<'_>,
	signature: &[u8; 64],
	is_canonical: &Canonical<'_>,
) -> Result<Option<FoundTransaction>, Failure> {
	let sql = format!(
		"SELECT k.place, t.included, {HEAD} FROM signature_keys k \
		 CROSS JOIN transactions t ON t.place = k.place \
		 CROSS JOIN blocks b ON b.id = k.place >> 24 \
		 WHERE k.key = ?1 ORDER BY b.slot DESC, k.place DESC"
	);
	let mut result = None;
	each(at, &sql, [key(signature)], |row| {
		let found = found(row)?;
		let is_it = found.transaction.signature == *signature && is_canonical(&found.block.id);
		result = is_it.then_some(found);
		Ok(!is_it)
	})?;
	Ok(result)
}

/// The transactions of an address, newest first.
pub(crate) fn history(
	at: &Transaction<'_>,
	query: &HistoryQuery,
	is_canonical: &Canonical<'_>,
) -> Result<Vec<FoundTransaction>, Failure> {
	let sql = format!(
		"SELECT k.place, t.included, {HEAD} FROM address_keys k \
		 CROSS JOIN transactions t ON t.place = k.place \
		 CROSS JOIN blocks b ON b.id = k.place >> 24 \
		 WHERE k.key = ?1 AND k.slot BETWEEN ?2 AND ?3 ORDER BY k.slot DESC, k.place DESC"
	);
	let oldest = query.until.map_or(0, |place| place.slot);
	let newest = query.before.map_or(query.newest, |place| place.slot.min(query.newest));
	let bound = |slot| i64::try_from(slot).unwrap_or(i64::MAX);
	let params = (key(query.address.as_bytes()), bound(oldest), bound(newest));
	let mut results = Vec::new();
	if query.limit == 0 {
		return Ok(results);
	}
	each(at, &sql, params, |row| {
		let found = found(row)?;
		let place = found.place();
		let is_between = query.before.is_none_or(|before| place < before)
			&& query.until.is_none_or(|until| place > until);
		let is_its = found.transaction.accounts.contains(&query.address);
		if is_between && is_its && is_canonical(&found.block.id) {
			results.push(found);
		}
		Ok(results.len() < query.limit)
	})?;
	Ok(results)
}

fn found(row: &Row<'_>) -> Result<FoundTransaction, Failure> {
	Ok(FoundTransaction {
		position: position(row.get(0)?),
		transaction: decoded(row, 1)?,
		block: head(row, 2)?,
	})
}

/// A column with a transaction.
pub(crate) fn decoded(row: &Row<'_>, column: usize) -> Result<IncludedTransaction, Failure> {
	const BAD: &str = "a transaction cannot be decoded";
	let mut bytes = row.get_ref(column)?.as_blob().map_err(|_| Failure::BadValue(BAD))?;
	IncludedTransaction::decode_all(&mut bytes).map_err(|_| Failure::BadValue(BAD))
}
