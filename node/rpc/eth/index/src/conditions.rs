// SPDX-License-Identifier: Apache-2.0
//! The conditions of a query, and the narrowest of them.
//!
//! A query has conditions: the range of heights, the addresses, and each position with topics. Each is a
//! list of keys, whose entries contain all logs that match.

use rusqlite::Transaction;
use unum_ethereum_view::LogView;
use unum_rpc_support::database::first;

use crate::{error::Failure, keys::Subject, LogQuery};

/// Up to how many entries are counted to compare the conditions. The next is tried where all have more.
const COUNTED: [i64; 3] = [1 << 12, 1 << 16, 1 << 20];

/// How many entries a key has in a range of heights, or the limit where there are more.
pub(crate) const COUNT: &str = "SELECT count(*) FROM (SELECT 1 FROM log_keys \
	WHERE key = ?1 AND number BETWEEN ?2 AND ?3 LIMIT ?4)";

/// A part of a query.
#[derive(Debug)]
pub(crate) struct Condition {
	pub(crate) subject: Subject,
	/// The keys of the words that it lets through, in order, none twice.
	pub(crate) keys: Vec<i64>,
}

impl Condition {
	fn new<'a>(subject: Subject, words: impl Iterator<Item = &'a [u8]>) -> Self {
		let mut keys: Vec<_> = words.map(|word| subject.key(word)).collect();
		keys.sort_unstable();
		keys.dedup();
		Self { subject, keys }
	}

	/// Whether a log can be among those that it lets through. Only a collision can make it wrong.
	pub(crate) fn may_match(&self, log: &LogView) -> bool {
		self.subject.key_of(log).is_some_and(|key| self.keys.binary_search(&key).is_ok())
	}
}

/// The conditions of a query that can be the narrowest. (The range has at least as many entries as any
/// single word has in it.)
pub(crate) fn conditions(query: &LogQuery) -> Vec<Condition> {
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

/// The position of the condition with the fewest entries.
pub(crate) fn narrowest(
	at: &Transaction<'_>,
	conditions: &[Condition],
	range: (i64, i64),
) -> Result<usize, Failure> {
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
	Ok(best)
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
	use unum_ethereum_view::{H160, H256};
	use unum_rpc_support::database::Database;

	use super::*;
	use crate::index::SCHEMA;

	/// Gives a word as many entries, one for each height from 0.
	fn add(at: &Transaction<'_>, subject: Subject, word: &[u8], entries: i64) {
		const SQL: &str =
			"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
			INSERT INTO log_keys SELECT ?1, i, i FROM n WHERE i < ?2";
		at.execute(SQL, (subject.key(word), entries)).unwrap();
	}

	/// Any choice is right, too, only slower.
	#[test]
	fn the_narrowest_condition_is_chosen() {
		let [busy, frequent, rare, never] = [1, 2, 3, 4].map(H256::repeat_byte);
		let address = H160::repeat_byte(9);
		let database = Database::in_memory(&SCHEMA).unwrap();
		let choice = |topics: &[&[H256]], addresses: &[_], range| {
			let topics = topics.iter().map(|list| list.to_vec()).collect();
			let query = LogQuery { from: 0, to: 0, addresses: addresses.to_vec(), topics };
			let conditions = conditions(&query);
			let chosen = database.read(|at| narrowest(at, &conditions, range)).unwrap();
			conditions[chosen].subject
		};
		database
			.write(|at| {
				add(at, Subject::AnyLog, &[], 20_000);
				add(at, Subject::Address, address.as_bytes(), 6_000);
				add(at, Subject::Topic(0), busy.as_bytes(), 9_000);
				add(at, Subject::Topic(1), frequent.as_bytes(), 5_000);
				add(at, Subject::Topic(2), rare.as_bytes(), 10);
				Ok::<_, Failure>(())
			})
			.unwrap();
		let all = (0, i64::MAX);
		assert_eq!(choice(&[], &[], all), Subject::AnyLog);
		assert_eq!(choice(&[&[busy], &[], &[rare]], &[address], all), Subject::Topic(2));
		assert_eq!(choice(&[&[busy], &[frequent]], &[address], all), Subject::Topic(1));
		assert_eq!(choice(&[&[busy]], &[address], all), Subject::Address);
		assert_eq!(choice(&[&[busy], &[], &[], &[never]], &[address], all), Subject::Topic(3));
		// Many words over few heights: the range itself.
		assert_eq!(choice(&[&[busy, frequent, rare, never]], &[], (3, 4)), Subject::AnyLog);
		assert_eq!(choice(&[&[frequent, rare, never]], &[], all), Subject::Topic(0));
	}
}
