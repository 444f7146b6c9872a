// SPDX-License-Identifier: Apache-2.0
//! The search for logs, where it could go wrong.

use unum_ethereum_index::{EthereumIndex, IndexError, LogQuery};
use unum_ethereum_view::H256;

use crate::{
	model::Model,
	support::{address, block, hash, line, log, transaction, COLLIDES_WITH_7},
};

/// Everything, from genesis to whatever comes.
fn any() -> LogQuery {
	LogQuery { to: u64::MAX, ..LogQuery::default() }
}

#[test]
fn ranges_include_both_ends_and_may_be_empty_or_beyond_the_chain() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(10);
	index.insert_all(&chain).unwrap();
	index.set_best(chain[9].id.hash).unwrap();
	let heights = |from, to| {
		let found = index.logs(&LogQuery { from, to, ..any() }, 100).unwrap();
		found.iter().map(|found| found.block.number).collect::<Vec<_>>()
	};
	assert_eq!(heights(3, 5), [3, 4, 5]);
	assert_eq!(heights(9, 9), [9]);
	assert_eq!(heights(8, u64::MAX), [8, 9]);
	assert!(heights(5, 3).is_empty());
	assert!(heights(10, 20).is_empty());
	assert!(heights(u64::MAX, u64::MAX).is_empty());
	assert!(heights(i64::MAX as u64 + 1, u64::MAX).is_empty());
}

#[test]
fn more_logs_than_the_caller_takes_are_an_error() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(10);
	index.insert_all(&chain).unwrap();
	index.set_best(chain[9].id.hash).unwrap();
	assert_eq!(index.logs(&any(), 10).unwrap().len(), 10);
	let refused = index.logs(&any(), 9).unwrap_err();
	assert!(matches!(refused, IndexError::TooManyLogs { at_most: 9 }));
	assert!(refused.is_callers());
	let spread = LogQuery { topics: vec![(0..10).map(hash).collect()], ..any() };
	assert_eq!(index.logs(&spread, 10).unwrap().len(), 10);
	assert!(matches!(index.logs(&spread, 9), Err(IndexError::TooManyLogs { at_most: 9 })));
	assert!(matches!(index.logs(&any(), 0), Err(IndexError::TooManyLogs { at_most: 0 })));
}

/// SQLite binds 32,766 variables in one statement.
#[test]
fn lists_may_be_longer_than_a_statement_has_variables() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(10);
	index.insert_all(&chain).unwrap();
	index.set_best(chain[9].id.hash).unwrap();
	let query = LogQuery {
		addresses: (0..40_000).map(address).collect(),
		topics: vec![(4..40_004).chain(4..10).map(hash).collect()],
		..any()
	};
	assert_eq!(index.logs(&query, 100).unwrap().len(), 6);
}

/// One address logs often, one topic is frequent, and both together are rare: whatever the search
/// begins with, it finds the same.
#[test]
fn each_condition_can_be_the_narrowest() {
	let index = EthereumIndex::in_memory().unwrap();
	let mut model = Model::default();
	let noise = |number: u64| match number % 4 {
		0 => log(1, &[50 + number, 3]),
		1 => log(100 + number, &[2, 3, 4, 5]),
		2 => log(100 + number, &[50, 51, 4, number]),
		_ => log(1, &[2, 50 + number, 3, 5]),
	};
	for height in 0..40_u64 {
		let logs = (0..150).map(|log| noise(height * 150 + log)).collect();
		let one = block(1001 + height, height, 1000 + height, vec![transaction(height, logs)]);
		index.insert(&one).unwrap();
		model.insert(&one);
	}
	index.set_best(hash(1040)).unwrap();
	model.set_best(hash(1040)).unwrap();
	let topics = |topics: &[&[u64]]| -> Vec<Vec<_>> {
		topics.iter().map(|list| list.iter().map(|topic| hash(*topic)).collect()).collect()
	};
	let cases = [
		(vec![1], topics(&[&[2]])),
		(vec![1], topics(&[&[2], &[77]])),
		(vec![1, 177], topics(&[&[2, 50]])),
		(vec![], topics(&[&[2], &[3], &[4], &[5]])),
		(vec![], topics(&[&[], &[], &[], &[1002, 5]])),
		(vec![105], topics(&[&[2], &[3]])),
		((0..999).collect(), topics(&[&[2], &[], &[4]])),
		(vec![], topics(&[&[], &[], &[], &[], &[1]])),
	];
	for (addresses, topics) in cases {
		for (from, to) in [(0, u64::MAX), (5, 5), (10, 30)] {
			let addresses: Vec<_> = addresses.iter().copied().map(address).collect();
			let query = LogQuery { from, to, addresses, topics: topics.clone() };
			assert_eq!(index.logs(&query, 10_000).unwrap(), model.logs(&query), "{query:?}");
		}
	}
}

/// Keys are hashes that anyone can make collide. Nothing is mistaken for something else.
#[test]
fn topics_whose_keys_collide_are_told_apart_and_found_once() {
	let index = EthereumIndex::in_memory().unwrap();
	let other = COLLIDES_WITH_7;
	let mut colliding = log(1, &[7]);
	colliding.topics = vec![other];
	let mut both = log(2, &[7, 7]);
	both.topics = vec![other, hash(7)];
	let logs = vec![log(1, &[7]), colliding, both, log(3, &[9])];
	index.insert(&block(10, 0, 0, vec![transaction(1, logs)])).unwrap();
	index.set_best(hash(10)).unwrap();
	let found = |topics: &[&[H256]]| {
		let topics = topics.iter().map(|list| list.to_vec()).collect();
		let found = index.logs(&LogQuery { topics, ..any() }, 4).unwrap();
		found.iter().map(|found| found.log_index).collect::<Vec<_>>()
	};
	assert_eq!(found(&[&[hash(7)]]), [0]);
	assert_eq!(found(&[&[other]]), [1, 2]);
	assert_eq!(found(&[&[hash(7), other]]), [0, 1, 2]);
	assert_eq!(found(&[&[], &[other]]), [0; 0]);
	assert_eq!(found(&[&[], &[hash(7)]]), [2]);
}
