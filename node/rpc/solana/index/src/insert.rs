// SPDX-License-Identifier: Apache-2.0
//! Writes blocks and removes them.

use std::ops::Range;

use codec::Encode;
use rusqlite::Transaction;
use unum_rpc_support::database::{each, execute};
use unum_solana_view::IncludedTransaction;

use crate::{
	error::Failure,
	keys::{key, BlockRow},
	read::{decoded, head},
	Canonical, IndexError, IndexedBlock,
};

/// Writes blocks. Those that are there already stay as they are.
pub(crate) fn insert_all(to: &Transaction<'_>, blocks: &[IndexedBlock]) -> Result<(), Failure> {
	let mut keys = Keys::default();
	for block in blocks {
		insert(to, block, &mut keys)?;
	}
	keys.write(to)
}

/// Entries of the two B-trees by key. Keys are spread all over these, so they are collected and written
/// in order: pages that do not fit into memory are then read and written once.
#[derive(Debug, Default)]
struct Keys {
	signatures: Vec<(i64, i64)>,
	addresses: Vec<(i64, i64, i64)>,
}

impl Keys {
	fn write(mut self, to: &Transaction<'_>) -> Result<(), Failure> {
		self.signatures.sort_unstable();
		self.addresses.sort_unstable();
		// Two addresses of one transaction may have the same key.
		self.addresses.dedup();
		for entry in self.signatures {
			execute(to, "INSERT INTO signature_keys VALUES (?1, ?2)", entry)?;
		}
		for entry in self.addresses {
			execute(to, "INSERT INTO address_keys VALUES (?1, ?2, ?3)", entry)?;
		}
		Ok(())
	}
}

fn insert(to: &Transaction<'_>, block: &IndexedBlock, keys: &mut Keys) -> Result<(), Failure> {
	let too_large = |what| Failure::Final(IndexError::TooLarge { hash: block.id.hash, what });
	let slot = i64::try_from(block.id.slot).map_err(|_| too_large("the slot"))?;
	let Some(row) = insert_head(to, block, slot)? else { return Ok(()) };
	for (position, included) in block.view.transactions.iter().enumerate() {
		let place = row.place(position).ok_or_else(|| too_large("a position"))?;
		let values = (place, included.encode());
		execute(to, "INSERT INTO transactions VALUES (?1, ?2)", values)?;
		keys.signatures.push((key(&included.signature), place));
		let addresses = included.accounts.iter().map(|address| key(address.as_bytes()));
		keys.addresses.extend(addresses.map(|key| (key, slot, place)));
	}
	Ok(())
}

/// The new row of the block; none where it has one.
fn insert_head(
	to: &Transaction<'_>,
	block: &IndexedBlock,
	slot: i64,
) -> Result<Option<BlockRow>, Failure> {
	const SQL: &str = "INSERT INTO blocks (slot, hash, parent, timestamp, transactions) \
		VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (hash) DO NOTHING";
	let count = i64::try_from(block.view.transactions.len()).unwrap_or(i64::MAX);
	let columns = (slot, block.id.hash, block.parent, block.view.timestamp, count);
	let inserted = execute(to, SQL, columns)?;
	Ok((inserted > 0).then(|| BlockRow(to.last_insert_rowid())))
}

/// Removes the blocks of a range of slots that are not canonical, and says how many.
pub(crate) fn forget_forks(
	at: &Transaction<'_>,
	slots: Range<u64>,
	is_canonical: &Canonical<'_>,
) -> Result<u64, Failure> {
	const SQL: &str =
		"SELECT b.slot, b.hash, b.parent, b.timestamp, b.transactions, b.id FROM blocks b \
		WHERE b.slot >= ?1 AND b.slot < ?2";
	let bound = |slot| i64::try_from(slot).unwrap_or(i64::MAX);
	let mut doomed = Vec::new();
	each(at, SQL, (bound(slots.start), bound(slots.end)), |row| {
		let block = head(row, 0)?;
		if !is_canonical(&block.id) {
			doomed.push((block.id.slot, BlockRow(row.get(5)?)));
		}
		Ok(true)
	})?;
	for (slot, row) in &doomed {
		remove(at, i64::try_from(*slot).unwrap_or(i64::MAX), *row)?;
	}
	Ok(u64::try_from(doomed.len()).unwrap_or(u64::MAX))
}

fn remove(from: &Transaction<'_>, slot: i64, row: BlockRow) -> Result<(), Failure> {
	const FIND: &str = "SELECT place, included FROM transactions WHERE place BETWEEN ?1 AND ?2";
	each(from, FIND, row.places(), |found| {
		let (place, included): (i64, IncludedTransaction) = (found.get(0)?, decoded(found, 1)?);
		let signature = (key(&included.signature), place);
		execute(from, "DELETE FROM signature_keys WHERE key = ?1 AND place = ?2", signature)?;
		for address in &included.accounts {
			const SQL: &str =
				"DELETE FROM address_keys WHERE key = ?1 AND slot = ?2 AND place = ?3";
			execute(from, SQL, (key(address.as_bytes()), slot, place))?;
		}
		Ok(true)
	})?;
	execute(from, "DELETE FROM transactions WHERE place BETWEEN ?1 AND ?2", row.places())?;
	execute(from, "DELETE FROM blocks WHERE id = ?1", [row.0]).map(drop)
}
