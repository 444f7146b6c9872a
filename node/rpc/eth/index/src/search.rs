// SPDX-License-Identifier: Apache-2.0
//! Finds logs: reads the entries of the narrowest condition of a query, and compares what it finds with
//! the whole query.

use rusqlite::{Row, Transaction};
use unum_ethereum_view::{LogView, H256};
use unum_rpc_support::database::{decimal as number, each};

use crate::{
	blocks::{self, hash, log},
	conditions::{conditions, narrowest},
	error::Failure,
	keys::Place,
	matches, BlockId, FoundLog, IndexError, LogQuery,
};

/// Logs that are read for one search, at most: a few seconds' worth.
const READ_MAX: usize = 1_000_000;

/// The canonical logs of a key in a range of heights. (The unary plus keeps SQLite from moving an end of
/// the range to the other table, and reading all that is beyond it.)
const BY_KEY: &str = "SELECT l.log, k.place, t.place, t.hash, b.number, b.hash, b.timestamp \
	FROM log_keys k CROSS JOIN canonical c ON c.number = +k.number \
	CROSS JOIN logs l ON l.place = k.place \
	CROSS JOIN transactions t ON t.place = l.transaction_place \
	CROSS JOIN blocks b ON b.id = c.block \
	WHERE k.key = ?1 AND k.number BETWEEN ?2 AND ?3 AND c.block = k.place >> 24";

/// The logs of a block.
const OF_BLOCK: &str = "SELECT l.log, l.place, t.place, t.hash, b.number, b.hash, b.timestamp \
	FROM blocks b CROSS JOIN logs l ON l.place BETWEEN ?2 AND ?3 \
	CROSS JOIN transactions t ON t.place = l.transaction_place WHERE b.id = ?1 ORDER BY l.place";

/// The logs that match, in order.
pub(crate) fn logs(
	at: &Transaction<'_>,
	query: &LogQuery,
	at_most: usize,
) -> Result<Vec<FoundLog>, Failure> {
	let Ok(from) = i64::try_from(query.from) else { return Ok(Vec::new()) };
	let to = i64::try_from(query.to).unwrap_or(i64::MAX);
	let (mut found, mut read) = (Vec::new(), 0usize);
	let mut others = conditions(query);
	let narrowest = others.swap_remove(narrowest(at, &others, (from, to))?);
	// Long lists are searched by key before they are compared word by word.
	let is_wanted = |log: &LogView| {
		others.iter().all(|condition| condition.may_match(log))
			&& matches(log, &query.addresses, &query.topics)
	};
	// A log has one key of the condition, so none is found twice.
	for key in narrowest.keys {
		each(at, BY_KEY, (key, from, to), |row| {
			found.extend(read_if(row, is_wanted)?);
			read = read.saturating_add(1);
			Ok(found.len() <= at_most && read <= READ_MAX)
		})?;
		if found.len() > at_most || read > READ_MAX {
			return Err(IndexError::TooManyLogs { at_most }.into());
		}
	}
	found.sort_unstable_by_key(|log| (log.block.number, log.log_index));
	Ok(found)
}

/// The logs of one block that match.
pub(crate) fn logs_of(
	at: &Transaction<'_>,
	block: H256,
	matches: impl Fn(&LogView) -> bool,
) -> Result<Vec<FoundLog>, Failure> {
	let mut found = Vec::new();
	let Some(entry) = blocks::entry(at, block)? else { return Ok(found) };
	let (first, last) = entry.row.places();
	each(at, OF_BLOCK, (entry.row.0, first, last), |row| {
		found.extend(read_if(row, &matches)?);
		Ok(true)
	})?;
	Ok(found)
}

/// Reads a row where its log is wanted.
fn read_if(
	row: &Row<'_>,
	is_wanted: impl FnOnce(&LogView) -> bool,
) -> Result<Option<FoundLog>, Failure> {
	let log = log(row, 0)?;
	if !is_wanted(&log) {
		return Ok(None);
	}
	Ok(Some(FoundLog {
		log_index: Place(row.get(1)?).position(),
		transaction_position: Place(row.get(2)?).position(),
		transaction_hash: hash(row, 3)?,
		block: BlockId { number: number(row, 4)?, hash: hash(row, 5)? },
		timestamp: number(row, 6)?,
		log,
	}))
}

#[cfg(test)]
mod tests {
	use rusqlite::Connection;

	use super::*;
	use crate::conditions::COUNT;

	/// How SQLite goes about a statement, table by table.
	fn plan(sql: &str) -> Vec<String> {
		let connection = Connection::open_in_memory().unwrap();
		connection.execute_batch(include_str!("layout.sql")).unwrap();
		let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
		let params = rusqlite::params_from_iter(vec![1; statement.parameter_count()]);
		let steps = statement.query_map(params, |row| row.get("detail")).unwrap();
		steps.collect::<Result<_, _>>().unwrap()
	}

	/// Slow is right, too, so no other test would see it.
	#[test]
	fn both_ends_of_a_range_are_searched_for() {
		let [of_key, then @ ..] = &plan(BY_KEY)[..] else { panic!() };
		assert_eq!(of_key, "SEARCH k USING PRIMARY KEY (key=? AND number>? AND number<?)");
		assert!(then.iter().all(|step| step.ends_with("USING INTEGER PRIMARY KEY (rowid=?)")));
		let counting = "SEARCH log_keys USING PRIMARY KEY (key=? AND number>? AND number<?)";
		assert!(plan(COUNT).iter().any(|step| step == counting));
		let block = "SEARCH l USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
		assert!(plan(OF_BLOCK).iter().any(|step| step == block));
	}
}
