// SPDX-License-Identifier: Apache-2.0
//! Random trees of blocks, random calls: the index answers as a list of blocks does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*};
use unum_solana_index::{BlockId, HistoryQuery, IndexedBlock, Place, SolanaIndex};
use unum_solana_view::IncludedTransaction;

use crate::support::{address, assert_sound, block, hash, signature, transaction};

/// Few of everything, so that forks share transactions.
const ADDRESSES: u64 = 4;
const TRANSACTIONS: u64 = 12;

#[derive(Clone, Debug)]
enum Step {
	/// Insert the block and all its ancestors that are missing.
	Import(prop::sample::Index),
	Forget(u64),
	Clear,
	Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let step = prop_oneof![
		8 => any::<prop::sample::Index>().prop_map(Step::Import),
		2 => (0..12_u64).prop_map(Step::Forget),
		1 => Just(Step::Clear),
		1 => Just(Step::Reopen),
	];
	vec(step, 1..25)
}

prop_compose! {
	/// At most one of each transaction per block.
	fn transactions()(parts in proptest::collection::btree_map(
		0..TRANSACTIONS, proptest::collection::btree_set(0..ADDRESSES, 0..4), 0..4,
	)) -> Vec<IncludedTransaction> {
		let accounts = |set: &BTreeSet<u64>| set.iter().copied().collect::<Vec<_>>();
		parts.iter().map(|(number, set)| transaction(*number, &accounts(set))).collect()
	}
}

prop_compose! {
	fn tree()(parts in vec((any::<prop::sample::Index>(), transactions()), 1..25)) -> Vec<IndexedBlock> {
		let mut blocks: Vec<IndexedBlock> = Vec::new();
		for (number, (parent, transactions)) in (0..).zip(parts) {
			let (parent, slot) = match blocks.len() {
				0 => (u64::MAX, 0),
				some => {
					let parent = parent.index(some);
					(parent as u64, blocks[parent].id.slot + 1)
				},
			};
			blocks.push(block(number, parent, slot, transactions));
		}
		blocks
	}
}

/// The canonical blocks of the chain that ends with a block.
fn chain_to(tree: &[IndexedBlock], head: usize) -> BTreeMap<u64, [u8; 32]> {
	let (mut chain, mut at) = (BTreeMap::new(), Some(head));
	while let Some(block) = at.map(|at| &tree[at]) {
		chain.insert(block.id.slot, block.id.hash);
		at = tree.iter().position(|other| other.id.hash == block.parent);
	}
	chain
}

/// All that is found on a chain, the slow way.
fn check(index: &SolanaIndex, known: &[IndexedBlock], chain: &BTreeMap<u64, [u8; 32]>) {
	let is_canonical = |id: &BlockId| chain.get(&id.slot) == Some(&id.hash);
	let mut places: Vec<_> = known
		.iter()
		.filter(|block| is_canonical(&block.id))
		.flat_map(|block| {
			let transactions = (0_u32..).zip(&block.view.transactions);
			transactions.map(|(position, t)| (Place { slot: block.id.slot, position }, t))
		})
		.collect();
	places.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
	for number in 0..TRANSACTIONS {
		let expected = places.iter().find(|(_, t)| t.signature == signature(number));
		let found = index.transaction(&signature(number), &is_canonical).unwrap();
		assert_eq!(
			found.as_ref().map(|found| (found.place(), &found.transaction)),
			expected.copied()
		);
	}
	for number in 0..ADDRESSES {
		let all: Vec<_> =
			places.iter().filter(|(_, t)| t.accounts.contains(&address(number))).collect();
		for (before, until, limit) in [
			(None, None, 100),
			(None, None, 2),
			(all.get(1), None, 3),
			(None, all.get(2), 100),
			(all.first(), all.last(), 100),
		] {
			let (before, until) = (before.map(|(p, _)| *p), until.map(|(p, _)| *p));
			let query =
				HistoryQuery { address: address(number), newest: 1_000, before, until, limit };
			let expected: Vec<_> = all
				.iter()
				.map(|(place, _)| *place)
				.filter(|place| before.is_none_or(|b| *place < b))
				.filter(|place| until.is_none_or(|u| *place > u))
				.take(limit)
				.collect();
			let found = index.history(&query, &is_canonical).unwrap();
			assert_eq!(found.iter().map(|f| f.place()).collect::<Vec<_>>(), expected);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]
	#[test]
	fn the_index_answers_as_a_list_of_blocks_does(tree in tree(), steps in steps()) {
		let folder = tempfile::tempdir().unwrap();
		let mut index = SolanaIndex::open(folder.path()).unwrap();
		let mut known: Vec<IndexedBlock> = Vec::new();
		let mut head = 0;
		for step in steps {
			match step {
				Step::Import(which) => {
					head = which.index(tree.len());
					let missing: Vec<_> = chain_to(&tree, head)
						.into_values()
						.filter(|hash| !index.contains(*hash).unwrap())
						.map(|hash| tree.iter().find(|b| b.id.hash == hash).unwrap().clone())
						.collect();
					index.insert_all(&missing).unwrap();
					known.extend(missing);
				},
				Step::Forget(below) => {
					let chain = chain_to(&tree, head);
					let is_canonical = |id: &BlockId| chain.get(&id.slot) == Some(&id.hash);
					let before = known.len();
					known.retain(|block| block.id.slot >= below || is_canonical(&block.id));
					let removed = index.forget_forks(0..below, &is_canonical).unwrap();
					assert_eq!(removed, (before - known.len()) as u64);
				},
				Step::Clear => {
					index.clear().unwrap();
					known.clear();
				},
				Step::Reopen => {
					drop(index);
					index = SolanaIndex::open(folder.path()).unwrap();
				},
			}
			for number in 0..tree.len() as u64 {
				let expected = known.iter().find(|block| block.id.hash == hash(number));
				assert_eq!(index.block(hash(number)).unwrap().as_ref(), expected);
			}
			let slots = known.iter().map(|block| block.id.slot);
			assert_eq!(index.newest().unwrap().map(|id| id.slot), slots.clone().max());
			assert_eq!(index.oldest().unwrap().map(|id| id.slot), slots.min());
			check(&index, &known, &chain_to(&tree, head));
		}
		drop(index);
		assert_sound(folder.path());
	}
}
