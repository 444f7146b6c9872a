// SPDX-License-Identifier: Apache-2.0
//! Which blocks are canonical.

use rusqlite::Transaction;
use unum_ethereum_view::H256;
use unum_rpc_support::database::{each, execute};

use crate::{
	blocks::{self, Entry},
	error::Failure,
	insert::remove,
	keys::BlockRow,
	BlockId, ChainChange, IndexError,
};

/// Makes a block and its ancestors canonical, and no other.
pub(crate) fn set_best(at: &Transaction<'_>, hash: H256) -> Result<ChainChange, Failure> {
	let best = blocks::entry(at, hash)?.ok_or(IndexError::UnknownBlock { hash })?;
	let Branch { trunk, blocks: enacted } = branch(at, best)?;
	let retracted = canonical_above(at, trunk)?;
	retracted.iter().try_for_each(|block| retract(at, block))?;
	enacted.iter().try_for_each(|block| enact(at, block))?;
	let ids = |blocks: Vec<Entry>| -> Vec<BlockId> { blocks.iter().map(|b| b.id).collect() };
	let change = ChainChange { retracted: ids(retracted), enacted: ids(enacted) };
	extend_history(at)?;
	Ok(change)
}

/// Removes the blocks below a height that stand beside a canonical one.
pub(crate) fn forget_forks_below(at: &Transaction<'_>, number: u64) -> Result<u64, Failure> {
	const SQL: &str = "SELECT f.number, f.block FROM forks f \
		CROSS JOIN canonical c ON c.number = f.number WHERE f.number < ?1";
	let mut forks: Vec<(i64, BlockRow)> = Vec::new();
	each(at, SQL, [i64::try_from(number).unwrap_or(i64::MAX)], |row| {
		forks.push((row.get(0)?, BlockRow(row.get(1)?)));
		Ok(true)
	})?;
	for (number, row) in &forks {
		execute(at, "DELETE FROM forks WHERE number = ?1 AND block = ?2", (number, row.0))?;
		remove(at, *number, *row)?;
	}
	Ok(u64::try_from(forks.len()).unwrap_or(u64::MAX))
}

/// Blocks that are not canonical, up to one that is.
struct Branch {
	/// The canonical block from which they branch off; none where they are a history of their own.
	trunk: Option<Entry>,
	/// The blocks, oldest first.
	blocks: Vec<Entry>,
}

fn branch(at: &Transaction<'_>, best: Entry) -> Result<Branch, Failure> {
	let oldest = blocks::oldest(at)?;
	let mut blocks = Vec::new();
	let mut block = best;
	let trunk = loop {
		if is_canonical(at, &block)? {
			break Some(block);
		}
		blocks.push(block);
		block = match parent(at, &block)? {
			Some(parent) => parent,
			None if begins_history(&block, oldest.as_ref()) => break None,
			None => {
				let missing = block.parent;
				return Err(IndexError::MissingAncestor { best: best.id.hash, missing }.into());
			},
		};
	};
	blocks.reverse();
	Ok(Branch { trunk, blocks })
}

/// Whether history may start with a block: it is genesis, or nothing older is known.
fn begins_history(block: &Entry, oldest: Option<&Entry>) -> bool {
	block.id.number == 0 || oldest.is_none_or(|oldest| block.id.number <= oldest.id.number)
}

fn parent(at: &Transaction<'_>, block: &Entry) -> Result<Option<Entry>, Failure> {
	let Some(parent) = blocks::entry(at, block.parent)? else { return Ok(None) };
	let BlockId { hash, number } = block.id;
	let parent_number = parent.id.number;
	if parent_number.checked_add(1) != Some(number) {
		return Err(IndexError::WrongHeight { hash, number, parent_number }.into());
	}
	Ok(Some(parent))
}

pub(crate) fn is_canonical(at: &Transaction<'_>, block: &Entry) -> Result<bool, Failure> {
	Ok(blocks::canonical(at, block.id.number)?.is_some_and(|found| found.row == block.row))
}

/// The canonical blocks above a block, or all of them, newest first.
fn canonical_above(at: &Transaction<'_>, block: Option<Entry>) -> Result<Vec<Entry>, Failure> {
	let mut above = Vec::new();
	let mut next = blocks::best(at)?;
	while let Some(entry) = next.filter(|entry| block.is_none_or(|block| entry.row != block.row)) {
		above.push(entry);
		// By height: the parent may be there and not canonical, below where history starts.
		let below = entry.id.number.checked_sub(1);
		next = below.map(|number| blocks::canonical(at, number)).transpose()?.flatten();
	}
	Ok(above)
}

/// Adds what was inserted below the oldest canonical block and leads up to it.
fn extend_history(at: &Transaction<'_>) -> Result<(), Failure> {
	let mut next = blocks::oldest(at)?;
	while let Some(entry) = next.as_ref().map(|oldest| parent(at, oldest)).transpose()?.flatten() {
		enact(at, &entry)?;
		next = Some(entry);
	}
	Ok(())
}

fn enact(at: &Transaction<'_>, block: &Entry) -> Result<(), Failure> {
	let member = member(block)?;
	execute(at, "DELETE FROM forks WHERE number = ?1 AND block = ?2", member)?;
	execute(at, "INSERT INTO canonical VALUES (?1, ?2)", member).map(drop)
}

fn retract(at: &Transaction<'_>, block: &Entry) -> Result<(), Failure> {
	let member = member(block)?;
	execute(at, "DELETE FROM canonical WHERE number = ?1 AND block = ?2", member)?;
	execute(at, "INSERT INTO forks VALUES (?1, ?2)", member).map(drop)
}

/// How a block stands in the tables of canonical blocks and of forks.
fn member(block: &Entry) -> Result<(i64, i64), Failure> {
	let number = i64::try_from(block.id.number);
	Ok((number.map_err(|_| Failure::BadValue("a height is out of range"))?, block.row.0))
}
