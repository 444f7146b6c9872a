// SPDX-License-Identifier: Apache-2.0
//! Finds logs.
//!
//! A query has conditions: the range of heights, the addresses, and each position with topics. Each is a
//! list of keys, whose entries contain all logs that match. The condition with the fewest entries is
//! read, and what it finds is compared with the query.

use rusqlite::{Row, Transaction};
use unum_ethereum_view::{LogView, H256};

use crate::{
	blocks::{self, each, first, hash, log, number},
	error::Failure,
	keys::{Place, Subject},
	matches, BlockId, FoundLog, IndexError, LogQuery,
};

/// Up to how many entries are counted to compare the conditions. The next is tried where all have more.
const COUNTED: [i64; 3] = [1 << 12, 1 << 16, 1 << 20];

/// The canonical logs of a key in a range of heights. (The unary plus keeps SQLite from moving an end of
/// the range to the other table, and reading all that is beyond it.)
const BY_KEY: &str = "SELECT l.log, k.place, t.place, t.hash, b.number, b.hash, b.timestamp \
	FROM log_keys k CROSS JOIN canonical c ON c.number = +k.number \
	CROSS JOIN logs l ON l.place = k.place \
	CROSS JOIN transactions t ON t.place = l.transaction_place \
	CROSS JOIN blocks b ON b.id = c.block \
	WHERE k.key = ?1 AND k.number BETWEEN ?2 AND ?3 AND c.block = k.place >> 24";

/// How many entries a key has in a range of heights, or the limit where there are more.
const COUNT: &str = "SELECT count(*) FROM (SELECT 1 FROM log_keys \
	WHERE key = ?1 AND number BETWEEN ?2 AND ?3 LIMIT ?4)";

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
	let mut found = Vec::new();
	let Condition { subject, keys } = narrowest(at, conditions(query), (from, to))?;
	for key in keys {
		// By its own key only: a collision must not make two of one log.
		let is_wanted = |log: &LogView| {
			subject.key_of(log) == Some(key) && matches(log, &query.addresses, &query.topics)
		};
		each(at, BY_KEY, (key, from, to), |row| {
			found.extend(read_if(row, is_wanted)?);
			Ok(found.len() <= at_most)
		})?;
		if found.len() > at_most {
			return Err(IndexError::TooManyLogs { at_most }.into());
		}
	}
	found.sort_unstable_by_key(|log| (log.block.number, log.log_index));
	Ok(found)
}

/// The logs of one block that match; none where the block is not there.
pub(crate) fn logs_of(
	at: &Transaction<'_>,
	block: H256,
	matches: impl Fn(&LogView) -> bool,
) -> Result<Option<Vec<FoundLog>>, Failure> {
	let Some(entry) = blocks::entry(at, block)? else { return Ok(None) };
	let (first, last) = entry.row.places();
	let mut found = Vec::new();
	each(at, OF_BLOCK, (entry.row.0, first, last), |row| {
		found.extend(read_if(row, &matches)?);
		Ok(true)
	})?;
	Ok(Some(found))
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

/// A part of a query.
#[derive(Debug)]
struct Condition {
	subject: Subject,
	/// The keys of the words that it lets through, none twice.
	keys: Vec<i64>,
}

impl Condition {
	fn new<'a>(subject: Subject, words: impl Iterator<Item = &'a [u8]>) -> Self {
		let mut keys: Vec<_> = words.map(|word| subject.key(word)).collect();
		keys.sort_unstable();
		keys.dedup();
		Self { subject, keys }
	}
}

/// The conditions of a query that can be the narrowest. (The range has at least as many entries as any
/// single word has in it.)
fn conditions(query: &LogQuery) -> Vec<Condition> {
	let addresses = query.addresses.iter().map(|address| address.as_bytes());
	let topics = query.topics.iter().enumerate().filter_map(|(position, topics)| {
		let words = topics.iter().map(|topic| topic.as_bytes());
		Some(Condition::new(Subject::topic(position)?, words))
	});
	let lists = [Condition::new(Subject::Address, addresses)].into_iter().chain(topics);
	let mut conditions: Vec<_> = lists.filter(|condition| !condition.keys.is_empty()).collect();
	if conditions.iter().all(|condition| condition.keys.len() > 1) {
		let no_word: &[u8] = &[];
		conditions.push(Condition::new(Subject::AnyLog, [no_word].into_iter()));
	}
	conditions
}

/// The condition with the fewest entries.
fn narrowest(
	at: &Transaction<'_>,
	mut conditions: Vec<Condition>,
	range: (i64, i64),
) -> Result<Condition, Failure> {
	let mut best = 0;
	// Nothing to compare where there is one.
	let limits = if conditions.len() > 1 { &COUNTED[..] } else { &[] };
	for limit in limits {
		let mut fewest = *limit;
		for (position, condition) in conditions.iter().enumerate() {
			let count = entries(at, &condition.keys, range, fewest)?;
			if count < fewest {
				(best, fewest) = (position, count);
			}
		}
		if fewest < *limit {
			break;
		}
	}
	Ok(conditions.swap_remove(best))
}

/// How many entries the keys have, or `limit` where they have more. A search for a key counts as one,
/// whether it finds something or not.
fn entries(
	at: &Transaction<'_>,
	keys: &[i64],
	(from, to): (i64, i64),
	limit: i64,
) -> Result<i64, Failure> {
	let mut sum: i64 = 0;
	for key in keys {
		let left = limit.saturating_sub(sum);
		if left <= 0 {
			break;
		}
		let count: Option<i64> = first(at, COUNT, (key, from, to, left), |row| Ok(row.get(0)?))?;
		sum = sum.saturating_add(count.unwrap_or_default().max(1));
	}
	Ok(sum.min(limit))
}

#[cfg(test)]
mod tests {
	use rusqlite::Connection;

	use super::*;

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
