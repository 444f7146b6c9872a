// SPDX-License-Identifier: Apache-2.0
//! Numbers that SQLite's integers, or ours, do not hold.

use unum_ethereum_index::{EthereumIndex, IndexError};

use crate::support::{block, hash, log, transaction};

const GREATEST: u64 = i64::MAX as u64;

#[test]
fn the_greatest_numbers_fit() {
	let index = EthereumIndex::in_memory().unwrap();
	let mut last = block(10, GREATEST, 9, vec![transaction(1, vec![log(1, &[1])])]);
	last.size = GREATEST;
	last.view.timestamp = GREATEST;
	index.insert(&last).unwrap();
	index.set_best(hash(10)).unwrap();
	assert_eq!(index.block(hash(10)).unwrap(), Some(last.clone()));
	assert_eq!(index.canonical_hash(GREATEST).unwrap(), Some(hash(10)));
	assert_eq!(index.canonical_hash(u64::MAX).unwrap(), None);
	let query =
		unum_ethereum_index::LogQuery { from: GREATEST, to: u64::MAX, ..Default::default() };
	assert_eq!(index.logs(&query, 1).unwrap().len(), 1);
}

#[test]
fn what_is_greater_is_refused_and_nothing_of_it_or_beside_it_stays() {
	let index = EthereumIndex::in_memory().unwrap();
	let good = block(11, 0, 0, vec![]);
	let number = block(10, GREATEST + 1, 9, vec![]);
	let mut size = block(10, 0, 0, vec![]);
	size.size = GREATEST + 1;
	let mut time = block(10, 0, 0, vec![]);
	time.view.timestamp = u64::MAX;
	for (bad, what) in [(number, "the height"), (size, "the size"), (time, "the time")] {
		let refused = index.insert_all(&[good.clone(), bad]).unwrap_err();
		assert!(
			matches!(refused, IndexError::TooLarge { hash: of, what: found }
				if of == hash(10) && found == what),
			"{refused}"
		);
		assert!(!index.contains(hash(10)).unwrap() && !index.contains(hash(11)).unwrap());
	}
}
