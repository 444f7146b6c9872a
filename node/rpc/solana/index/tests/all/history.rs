// SPDX-License-Identifier: Apache-2.0
//! Transactions of an address, and by signature.

use unum_solana_index::{HistoryQuery, IndexError, Place, SolanaIndex};

use crate::support::{address, block, line, signature, transaction};

fn query(number: u64) -> HistoryQuery {
	let newest = u64::MAX;
	HistoryQuery { address: address(number), newest, before: None, until: None, limit: 1_000 }
}

fn fees(index: &SolanaIndex, query: &HistoryQuery) -> Vec<u64> {
	let found = index.history(query, &|_| true).unwrap();
	found.iter().map(|found| found.transaction.meta.fee).collect()
}

#[test]
fn the_newest_come_first_and_bounds_are_kept() {
	let index = SolanaIndex::in_memory().unwrap();
	index.insert_all(&line(10)).unwrap();
	assert_eq!(fees(&index, &query(9)), [19, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0]);
	assert_eq!(fees(&index, &HistoryQuery { limit: 3, ..query(9) }), [19, 18, 16]);
	assert!(fees(&index, &HistoryQuery { limit: 0, ..query(9) }).is_empty());
	assert_eq!(fees(&index, &HistoryQuery { newest: 2, ..query(9) }), [4, 2, 0]);
	let before = Some(Place { slot: 9, position: 1 });
	let until = Some(Place { slot: 7, position: 0 });
	assert_eq!(fees(&index, &HistoryQuery { before, until, ..query(9) }), [18, 16]);
	assert_eq!(fees(&index, &HistoryQuery { until, ..query(9) }), [19, 18, 16]);
	assert!(fees(&index, &query(77)).is_empty());
}

#[test]
fn a_page_begins_where_the_one_before_ended() {
	let index = SolanaIndex::in_memory().unwrap();
	let many = (0..10).map(|n| transaction(n, &[1])).collect();
	index.insert_all(&[block(5, 4, 5, many)]).unwrap();
	let (mut pages, mut before) = (Vec::new(), None);
	loop {
		let page = HistoryQuery { before, limit: 3, ..query(1) };
		let found = index.history(&page, &|_| true).unwrap();
		let Some(last) = found.last() else { break };
		before = Some(last.place());
		pages.extend(found.iter().map(|found| found.position));
	}
	assert_eq!(pages, (0..10).rev().collect::<Vec<_>>());
}

#[test]
fn a_transaction_is_found_in_the_block_that_counts() {
	let index = SolanaIndex::in_memory().unwrap();
	let (left, right) = (
		block(1, 0, 1, vec![transaction(7, &[1])]),
		block(2, 0, 1, vec![transaction(8, &[]), transaction(7, &[1])]),
	);
	index.insert_all(&[left.clone(), right.clone()]).unwrap();
	for (block, position) in [(&left, 0), (&right, 1)] {
		let found = index.transaction(&signature(7), &|id| *id == block.id).unwrap().unwrap();
		assert_eq!((found.block.id, found.position), (block.id, position));
		assert_eq!(index.history(&query(1), &|id| *id == block.id).unwrap(), [found]);
	}
	assert_eq!(index.transaction(&signature(7), &|_| false).unwrap(), None);
}

#[test]
fn a_slot_that_does_not_fit_is_refused_as_a_whole() {
	let index = SolanaIndex::in_memory().unwrap();
	let (good, bad) = (block(1, 0, 1, vec![]), block(2, 0, u64::MAX, vec![]));
	let refused = index.insert_all(&[good.clone(), bad]).unwrap_err();
	assert!(matches!(refused, IndexError::TooLarge { what: "the slot", .. }));
	assert!(!index.contains(good.id.hash).unwrap());
}
