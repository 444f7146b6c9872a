// SPDX-License-Identifier: Apache-2.0
//! Which logs match: the cases that the documentation of Ethereum's JSON-RPC gives for `eth_newFilter`
//! (<https://ethereum.org/developers/docs/apis/json-rpc/#eth_newfilter>), and geth's for short logs.

use unum_ethereum_index::matches;
use unum_ethereum_view::LogView;

use crate::support::{address, hash, log};

const A: u64 = 1;
const B: u64 = 2;
const C: u64 = 3;

fn passes(log: &LogView, topics: &[&[u64]]) -> bool {
	let topics: Vec<Vec<_>> =
		topics.iter().map(|list| list.iter().map(|topic| hash(*topic)).collect()).collect();
	matches(log, &[], &topics)
}

#[test]
fn topics_depend_on_their_order() {
	// `[]`: anything.
	assert!(passes(&log(9, &[]), &[]));
	assert!(passes(&log(9, &[A, B, C]), &[]));
	// `[A]`: A in first position, and anything after.
	assert!(passes(&log(9, &[A]), &[&[A]]));
	assert!(passes(&log(9, &[A, C]), &[&[A]]));
	assert!(!passes(&log(9, &[B, A]), &[&[A]]));
	// `[null, B]`: anything in first position, B in second, and anything after.
	assert!(passes(&log(9, &[C, B, A]), &[&[], &[B]]));
	assert!(!passes(&log(9, &[B]), &[&[], &[B]]));
	// `[A, B]`: A in first position, B in second, and anything after.
	assert!(passes(&log(9, &[A, B, C]), &[&[A], &[B]]));
	assert!(!passes(&log(9, &[A, C]), &[&[A], &[B]]));
	// `[[A, B], [A, B]]`: A or B in first position, A or B in second, and anything after.
	for (first, second, expected) in [(A, A, true), (B, A, true), (A, C, false), (C, B, false)] {
		assert_eq!(passes(&log(9, &[first, second, C]), &[&[A, B], &[A, B]]), expected);
	}
}

#[test]
fn a_position_without_a_topic_does_not_match_even_where_any_is_wanted() {
	assert!(!passes(&log(9, &[A]), &[&[A], &[]]));
	assert!(!passes(&log(9, &[A, A, A, A]), &[&[], &[], &[], &[], &[]]));
	assert!(passes(&log(9, &[A, A, A, A]), &[&[], &[], &[], &[]]));
}

#[test]
fn any_of_the_addresses_is_enough() {
	let log = log(9, &[]);
	assert!(matches(&log, &[], &[]));
	assert!(matches(&log, &[address(8), address(9)], &[]));
	assert!(!matches(&log, &[address(8)], &[]));
}
