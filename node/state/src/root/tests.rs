// SPDX-License-Identifier: Apache-2.0
//! The root, and the nodes that come and go with their counts, are those of the SDK's way.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
	collection::{btree_map, vec},
	prelude::*,
};
use sp_state_machine::{Backend, TrieBackendBuilder};
use sp_trie::PrefixedMemoryDB;

use super::*;

type Db = PrefixedMemoryDB<BlakeTwo256>;
type Delta = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

fn entries(delta: &Delta) -> Vec<Entry<'_>> {
	delta.iter().map(|(key, value)| (&key[..], value.as_deref())).collect()
}

/// What a transaction does, without what comes and goes in it.
fn effect(mut transaction: Db) -> BTreeMap<Vec<u8>, (Vec<u8>, i32)> {
	let effective = |(_, (_, count)): &(_, (_, i32))| *count != 0;
	transaction.drain().into_iter().filter(effective).collect()
}

/// A trie that changes in both ways at once.
struct Twins {
	db: Db,
	keys: BTreeSet<Vec<u8>>,
	root: H256,
	nodes: Nodes,
}

impl Twins {
	fn new() -> Self {
		let root = NodeCodec::<BlakeTwo256>::hashed_null_node();
		Self { db: Db::default(), keys: BTreeSet::new(), root, nodes: Nodes::new(1 << 16) }
	}

	fn change(&mut self, delta: &Delta, version: StateVersion, parallel_min: usize) {
		let entries = || entries(delta);
		let ours = update_by(&self.db, &self.nodes, self.root, &entries(), version, parallel_min);
		let (our_root, our_transaction) = match ours {
			Err(RootError::Begin) => {
				// Without those that are not there.
				let is_there = |(key, value): &(&Vec<u8>, &Option<_>)| {
					value.is_some() || self.keys.contains(*key)
				};
				let delta = delta
					.iter()
					.filter(is_there)
					.map(|(key, value)| (key.clone(), value.clone()))
					.collect();
				return self.change(&delta, version, parallel_min);
			},
			ours => ours.unwrap(),
		};
		let stock = TrieBackendBuilder::new(self.db.clone(), self.root).build();
		let (root, transaction) = stock.storage_root(entries().into_iter(), version);
		assert_eq!(our_root, root);
		let effect = effect(transaction.clone());
		assert_eq!(self::effect(our_transaction), effect);
		self.db.consolidate(transaction);
		self.db.purge();
		self.root = root;
		for (key, value) in delta {
			match value {
				Some(_) => self.keys.insert(key.clone()),
				None => self.keys.remove(key),
			};
		}
	}
}

/// Keys that share much: some are the begin of others.
fn key() -> impl Strategy<Value = Vec<u8>> {
	let byte = prop_oneof![Just(0x00), Just(0x01), Just(0x10), Just(0x11), any::<u8>()];
	prop_oneof![
		4 => vec(byte, 0..5),
		1 => vec(Just(0xab), 0..40),
		1 => any::<u8>().prop_map(|last| [&[7; 33][..], &[last]].concat()),
	]
}

fn delta() -> impl Strategy<Value = Delta> {
	let length = prop_oneof![0_usize..4, 30_usize..36, 60_usize..70];
	let value = (length, 0_u8..3).prop_map(|(length, byte)| vec![byte; length]);
	btree_map(key(), proptest::option::weighted(0.6, value), 0..40)
}

fn version() -> impl Strategy<Value = StateVersion> {
	prop_oneof![Just(StateVersion::V1), Just(StateVersion::V1), Just(StateVersion::V0)]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

	#[test]
	fn what_comes_and_goes_is_what_the_sdk_says(
		deltas in vec((delta(), version(), prop_oneof![Just(0_usize), Just(usize::MAX)]), 1..6),
	) {
		let mut twins = Twins::new();
		for (delta, version, parallel_min) in &deltas {
			twins.change(delta, *version, *parallel_min);
		}
		// And back to nothing.
		let all: Delta = twins.keys.iter().map(|key| (key.clone(), None)).collect();
		twins.change(&all, StateVersion::V1, 0);
		prop_assert_eq!(twins.root, NodeCodec::<BlakeTwo256>::hashed_null_node());
	}
}

#[test]
fn what_is_missing_has_a_name() {
	let db = Db::default();
	let root = H256::repeat_byte(1);
	let updated = update(&db, &Nodes::new(1), root, &[(&b"key"[..], None)], StateVersion::V1);
	assert!(matches!(updated, Err(RootError::Missing(hash)) if hash == root));
	let twice = update(&db, &Nodes::new(1), root, &[(&b"key"[..], None); 2], StateVersion::V1);
	assert!(matches!(twice, Err(RootError::Order)));
}
