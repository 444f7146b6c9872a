// SPDX-License-Identifier: Apache-2.0
//! Canonical blocks, example by example.

use unum_ethereum_index::{BlockId, ChainChange, EthereumIndex, IndexError, TransactionPlace};

use crate::support::{block, hash, line, log, transaction, COLLIDES_WITH_7};

fn ids(pairs: &[(u64, u64)]) -> Vec<BlockId> {
	pairs.iter().map(|(number, id)| BlockId { number: *number, hash: hash(*id) }).collect()
}

#[test]
fn an_empty_index_has_nothing() {
	let index = EthereumIndex::in_memory().unwrap();
	assert_eq!(index.best().unwrap(), None);
	assert_eq!(index.oldest().unwrap(), None);
	assert_eq!(index.block(hash(1)).unwrap(), None);
	assert_eq!(index.canonical_hash(0).unwrap(), None);
	assert_eq!(index.transaction(hash(1)).unwrap(), None);
	assert_eq!(index.logs_of(hash(1), &[], &[]).unwrap(), []);
	assert_eq!(index.forget_forks_below(u64::MAX).unwrap(), 0);
}

#[test]
fn a_block_is_read_as_it_was_written_and_inserting_it_again_changes_nothing() {
	let index = EthereumIndex::in_memory().unwrap();
	let logs = vec![log(1, &[]), log(2, &[1, 2, 3, 4, 5])];
	let many =
		vec![transaction(1, logs), transaction(2, vec![]), transaction(3, vec![log(3, &[])])];
	let first = block(7, 0, 6, many);
	index.insert(&first).unwrap();
	index.insert(&first).unwrap();
	index.insert_all(&[first.clone(), first.clone()]).unwrap();
	assert_eq!(index.block(hash(7)).unwrap().as_ref(), Some(&first));
	let other_content = block(7, 5, 4, vec![]);
	index.insert(&other_content).unwrap();
	assert_eq!(index.block(hash(7)).unwrap(), Some(first));
	assert_eq!(index.logs_of(hash(7), &[], &[]).unwrap().len(), 3);
}

#[test]
fn a_transaction_in_two_forks_is_where_the_canonical_one_has_it() {
	let index = EthereumIndex::in_memory().unwrap();
	let left = block(11, 1, 10, vec![transaction(1, vec![]), transaction(2, vec![])]);
	let right = block(12, 1, 10, vec![transaction(2, vec![log(1, &[])])]);
	let genesis = block(10, 0, 0, vec![]);
	index.insert_all(&[genesis, left.clone(), right.clone()]).unwrap();

	assert_eq!(index.transaction(hash(2)).unwrap(), None);
	index.set_best(left.id.hash).unwrap();
	let place = |block, position| Some(TransactionPlace { block, position });
	assert_eq!(index.transaction(hash(2)).unwrap(), place(left.id, 1));

	let change = index.set_best(right.id.hash).unwrap();
	let expected = ChainChange { retracted: ids(&[(1, 11)]), enacted: ids(&[(1, 12)]) };
	assert_eq!(change, expected);
	assert_eq!(index.transaction(hash(2)).unwrap(), place(right.id, 0));
	assert_eq!(index.transaction(hash(1)).unwrap(), None);
	index.set_best(left.id.hash).unwrap();
	// Logs of the retracted block can still be had, for subscriptions.
	assert_eq!(index.logs_of(right.id.hash, &[], &[]).unwrap().len(), 1);
}

#[test]
fn transactions_whose_keys_collide_are_told_apart() {
	let index = EthereumIndex::in_memory().unwrap();
	let mut first = transaction(1, vec![]);
	first.transaction.hash = COLLIDES_WITH_7;
	index.insert(&block(10, 0, 0, vec![first, transaction(7, vec![])])).unwrap();
	index.set_best(hash(10)).unwrap();
	let position = |hash| index.transaction(hash).unwrap().map(|place| place.position);
	assert_eq!(position(hash(7)), Some(1));
	assert_eq!(position(COLLIDES_WITH_7), Some(0));
}

#[test]
fn an_ancestor_that_is_missing_is_named_and_nothing_changes() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(6);
	index.insert_all(&chain[..2]).unwrap();
	index.set_best(chain[1].id.hash).unwrap();
	index.insert_all(&chain[3..]).unwrap();
	let refused = index.set_best(chain[5].id.hash).unwrap_err();
	assert!(
		matches!(refused, IndexError::MissingAncestor { best, missing }
			if best == chain[5].id.hash && missing == chain[2].id.hash),
		"{refused}"
	);
	assert_eq!(index.best().unwrap(), Some(chain[1].id));
	index.insert(&chain[2]).unwrap();
	assert_eq!(index.set_best(chain[5].id.hash).unwrap().enacted.len(), 4);
}

#[test]
fn history_may_begin_anywhere_and_be_completed_downwards() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(9);
	index.insert_all(&chain[5..8]).unwrap();
	index.set_best(chain[7].id.hash).unwrap();
	assert_eq!(index.oldest().unwrap(), Some(chain[5].id));

	index.insert_all(&chain[1..5]).unwrap();
	assert!(!index.is_canonical(chain[4].id.hash).unwrap());
	assert_eq!(index.forget_forks_below(100).unwrap(), 0);
	index.insert(&chain[8]).unwrap();
	let change = index.set_best(chain[8].id.hash).unwrap();
	assert_eq!(change.enacted, [chain[8].id]);
	assert_eq!(index.oldest().unwrap(), Some(chain[1].id));
	assert_eq!(index.transaction(hash(3)).unwrap().map(|place| place.block), Some(chain[3].id));
}

#[test]
fn a_history_of_its_own_takes_the_place_of_the_canonical_one() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(6);
	index.insert_all(&chain[4..]).unwrap();
	index.set_best(chain[5].id.hash).unwrap();
	// The parent of the oldest canonical block is there, but not canonical yet.
	index.insert_all(&chain[2..4]).unwrap();
	let change = index.set_best(chain[2].id.hash).unwrap();
	assert_eq!(change.retracted, [chain[5].id, chain[4].id]);
	assert_eq!(change.enacted, [chain[2].id]);
	assert_eq!(index.best().unwrap(), index.oldest().unwrap());
}

#[test]
fn the_best_block_may_be_an_older_one() {
	let index = EthereumIndex::in_memory().unwrap();
	let chain = line(5);
	index.insert_all(&chain).unwrap();
	index.set_best(chain[4].id.hash).unwrap();
	let change = index.set_best(chain[2].id.hash).unwrap();
	assert_eq!(change.retracted, [chain[4].id, chain[3].id]);
	assert!(change.enacted.is_empty());
	assert_eq!(index.canonical_hash(3).unwrap(), None);
	// Above the best block nothing is known to be a fork.
	assert_eq!(index.forget_forks_below(100).unwrap(), 0);
}

#[test]
fn heights_that_do_not_follow_their_parents_are_refused() {
	let index = EthereumIndex::in_memory().unwrap();
	index.insert_all(&[block(10, 0, 0, vec![]), block(11, 2, 10, vec![])]).unwrap();
	let refused = index.set_best(hash(11)).unwrap_err();
	assert!(
		matches!(refused, IndexError::WrongHeight { number: 2, parent_number: 0, .. }),
		"{refused}"
	);
}

#[test]
fn readers_and_writers_do_not_wait_for_each_other() {
	let folder = tempfile::tempdir().unwrap();
	let index = EthereumIndex::open(folder.path()).unwrap();
	let chain = line(200);
	index.insert(&chain[0]).unwrap();
	index.set_best(chain[0].id.hash).unwrap();
	std::thread::scope(|scope| {
		for _ in 0..8 {
			scope.spawn(|| {
				let mut best = 0;
				while best < 199 {
					let now = index.best().unwrap().unwrap();
					assert!(now.number >= best);
					assert_eq!(index.canonical_hash(now.number).unwrap(), Some(now.hash));
					best = now.number;
				}
			});
		}
		for block in &chain[1..] {
			index.insert(block).unwrap();
			index.set_best(block.id.hash).unwrap();
		}
	});
}
