// SPDX-License-Identifier: Apache-2.0
//! Random trees of blocks, random calls: the index answers as its model does, after each call.

use proptest::{collection::vec, prelude::*};
use unum_ethereum_index::{EthereumIndex, IndexError, IndexedBlock, LogQuery};
use unum_ethereum_view::{IncludedTransaction, LogView};

use crate::{
	model::Model,
	support::{address, assert_sound, block, hash, log, transaction},
};

/// Few of everything, so that forks share transactions and queries find something.
const ADDRESSES: u64 = 3;
const TOPICS: u64 = 3;
const TRANSACTIONS: u64 = 12;

#[derive(Clone, Debug)]
enum Step {
	Insert(prop::sample::Index),
	InsertAll(Vec<prop::sample::Index>),
	SetBest(prop::sample::Index),
	Forget(u64),
	Clear,
	Reopen,
}

prop_compose! {
	fn logs()(parts in vec((0..ADDRESSES, vec(0..TOPICS, 0..=4)), 0..3)) -> Vec<LogView> {
		parts.iter().map(|(from, topics)| log(*from, topics)).collect()
	}
}

prop_compose! {
	fn transactions()(parts in vec((0..TRANSACTIONS, logs()), 0..3)) -> Vec<IncludedTransaction> {
		parts.into_iter().map(|(number, logs)| transaction(number, logs)).collect()
	}
}

/// A tree that begins at some height. Parents are among the last few blocks, for long branches. Now
/// and then there is a root of another history.
fn tree() -> impl Strategy<Value = Vec<IndexedBlock>> {
	let node = (0_usize..4, transactions(), prop::bool::weighted(0.1));
	(prop_oneof![Just(0_u64), Just(70)], vec(node, 1..14)).prop_map(|(base, nodes)| {
		let mut blocks: Vec<IndexedBlock> = Vec::new();
		for (position, (back, transactions, is_root)) in nodes.into_iter().enumerate() {
			let id = 1000 + position as u64;
			let parent = blocks.len().checked_sub(1 + back).and_then(|p| blocks.get(p));
			let made = match parent.filter(|_| !is_root) {
				Some(parent) => {
					let number = parent.id.number + 1;
					let parent = parent.id.hash.to_low_u64_be();
					block(id, number, parent, transactions)
				},
				None => block(id, base + (id * 7) % 3, id + 500, transactions),
			};
			blocks.push(made);
		}
		blocks
	})
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		8 => any::<prop::sample::Index>().prop_map(Step::Insert),
		3 => vec(any::<prop::sample::Index>(), 0..9).prop_map(Step::InsertAll),
		8 => any::<prop::sample::Index>().prop_map(Step::SetBest),
		2 => prop_oneof![0_u64..12, 70_u64..82, Just(u64::MAX)].prop_map(Step::Forget),
		1 => Just(Step::Clear),
		2 => Just(Step::Reopen),
	]
}

prop_compose! {
	fn query()(
		from in prop_oneof![0_u64..9, 68_u64..80],
		length in prop_oneof![Just(u64::MAX), 0_u64..6],
		addresses in vec(0..ADDRESSES + 1, 0..3),
		topics in vec(vec(0..TOPICS + 1, 0..3), 0..=5),
	) -> LogQuery {
		LogQuery {
			from,
			to: from.saturating_add(length),
			addresses: addresses.into_iter().map(address).collect(),
			topics: topics.into_iter().map(|list| list.into_iter().map(hash).collect()).collect(),
		}
	}
}

fn assert_set_best(index: &EthereumIndex, model: &mut Model, block: &IndexedBlock) {
	let is_known = index.contains(block.id.hash).unwrap();
	match (index.set_best(block.id.hash), model.set_best(block.id.hash)) {
		(Ok(change), Some(expected)) => assert_eq!(change, expected),
		(Err(IndexError::UnknownBlock { .. }), None) => assert!(!is_known),
		(Err(IndexError::MissingAncestor { .. }), None) => assert!(is_known),
		(found, expected) => panic!("{found:?} instead of {expected:?}"),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn the_index_is_its_model(
		blocks in tree(),
		steps in vec(step(), 1..40),
		queries in vec(query(), 4),
	) {
		let folder = tempfile::tempdir().unwrap();
		let mut index = EthereumIndex::open(folder.path()).unwrap();
		let mut model = Model::default();
		for step in steps {
			match step {
				Step::Insert(which) => {
					let block = which.get(&blocks);
					index.insert(block).unwrap();
					model.insert(block);
				},
				Step::InsertAll(which) => {
					let some: Vec<_> = which.iter().map(|one| one.get(&blocks).clone()).collect();
					index.insert_all(&some).unwrap();
					some.iter().for_each(|block| model.insert(block));
				},
				Step::SetBest(which) => assert_set_best(&index, &mut model, which.get(&blocks)),
				Step::Forget(below) => prop_assert_eq!(
					index.forget_forks_below(below).unwrap(),
					model.forget_forks_below(below)
				),
				Step::Clear => {
					index.clear().unwrap();
					model.clear();
				},
				Step::Reopen => {
					drop(index);
					index = EthereumIndex::open(folder.path()).unwrap();
				},
			}
			model.assert_equals(&index, &blocks, &queries);
		}
		assert_sound(folder.path());
	}
}
