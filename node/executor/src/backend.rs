// SPDX-License-Identifier: Apache-2.0
//! The state as a lane sees it: read through to what was there before, and written down what was read.

use std::{
	cell::{Cell, RefCell},
	collections::HashMap,
	fmt,
	marker::PhantomData,
};

use sp_core::{storage::ChildInfo, H256};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	StateVersion,
};
use sp_state_machine::{
	backend::{AsTrieBackend, Backend},
	BackendTransaction, IterArgs, StorageIterator, StorageKey, StorageValue, UsageInfo,
};
use sp_trie::MerkleValue;
use unum_state::{State, Value};

use crate::{
	layer::Layer,
	rules::{Rules, Treatment},
};

/// Why a lane can not be executed apart: what it did can not be checked by what it read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Apart {
	/// It went through the keys of the state.
	Iterates,
	/// It asked for a root of the state, or for a node of the trie.
	Hashes,
	/// It used a child trie.
	ChildTrie,
	/// It touched an entry that the runtime keeps from lanes.
	Denied,
	/// It changed an index beside the state.
	Indexes,
	/// The state before the block could not be read.
	Unreadable,
}

/// The state before the block, what the block has changed of it, and what a lane reads of both.
pub(crate) struct LaneBackend<'a, S> {
	state: &'a State<'a, S>,
	base: &'a Layer,
	rules: &'a Rules,
	reads: RefCell<HashMap<Vec<u8>, Value>>,
	apart: Cell<Option<Apart>>,
}

impl<S> fmt::Debug for LaneBackend<'_, S> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("LaneBackend").finish_non_exhaustive()
	}
}

impl<'a, S: Backend<BlakeTwo256>> LaneBackend<'a, S> {
	pub(crate) fn new(state: &'a State<'a, S>, base: &'a Layer, rules: &'a Rules) -> Self {
		Self { state, base, rules, reads: RefCell::default(), apart: Cell::new(None) }
	}

	/// What was read, with the values; and what forbids to execute the lane apart, if anything does.
	pub(crate) fn into_reads(self) -> (HashMap<Vec<u8>, Value>, Option<Apart>) {
		(self.reads.into_inner(), self.apart.get())
	}

	fn apart(&self, cause: Apart) {
		if self.apart.get().is_none() {
			self.apart.set(Some(cause));
		}
	}

	fn read(&self, key: &[u8]) -> Value {
		let treatment = self.rules.of(key);
		match treatment {
			// A list is begun anew in each lane.
			Treatment::Concat => return None,
			Treatment::Deny => self.apart(Apart::Denied),
			Treatment::Discard => return self.value(key),
			Treatment::Ordinary => {},
		}
		if let Some(value) = self.reads.borrow().get(key) {
			return value.clone();
		}
		let value = self.value(key);
		self.reads.borrow_mut().insert(key.to_vec(), value.clone());
		value
	}

	fn value(&self, key: &[u8]) -> Value {
		if let Some(value) = self.base.get(key) {
			return value.clone();
		}
		// An error here would end the process; the lane is dropped instead.
		self.state.value(key).unwrap_or_else(|_| {
			self.apart(Apart::Unreadable);
			None
		})
	}
}

/// Ends at once: lanes do not go through keys.
pub(crate) struct NoKeys<'a, S>(PhantomData<fn(&'a S)>);

impl<'a, S> StorageIterator<BlakeTwo256> for NoKeys<'a, S>
where
	S: Backend<BlakeTwo256> + AsTrieBackend<BlakeTwo256>,
{
	type Backend = LaneBackend<'a, S>;
	type Error = String;

	fn next_key(&mut self, _: &Self::Backend) -> Option<Result<StorageKey, String>> {
		None
	}

	fn next_pair(
		&mut self,
		_: &Self::Backend,
	) -> Option<Result<(StorageKey, StorageValue), String>> {
		None
	}

	fn was_complete(&self) -> bool {
		true
	}
}

impl<'a, S> Backend<BlakeTwo256> for LaneBackend<'a, S>
where
	S: Backend<BlakeTwo256> + AsTrieBackend<BlakeTwo256>,
{
	type Error = String;
	type TrieBackendStorage = <S as Backend<BlakeTwo256>>::TrieBackendStorage;
	type RawIter = NoKeys<'a, S>;

	fn storage(&self, key: &[u8]) -> Result<Option<StorageValue>, String> {
		Ok(self.read(key).map(|value| value.to_vec()))
	}

	fn storage_hash(&self, key: &[u8]) -> Result<Option<H256>, String> {
		Ok(self.read(key).map(|value| BlakeTwo256::hash(&value)))
	}

	fn exists_storage(&self, key: &[u8]) -> Result<bool, String> {
		Ok(self.read(key).is_some())
	}

	fn closest_merkle_value(&self, _: &[u8]) -> Result<Option<MerkleValue<H256>>, String> {
		self.apart(Apart::Hashes);
		Ok(None)
	}

	fn child_closest_merkle_value(
		&self,
		_: &ChildInfo,
		_: &[u8],
	) -> Result<Option<MerkleValue<H256>>, String> {
		self.apart(Apart::ChildTrie);
		Ok(None)
	}

	fn child_storage(&self, _: &ChildInfo, _: &[u8]) -> Result<Option<StorageValue>, String> {
		self.apart(Apart::ChildTrie);
		Ok(None)
	}

	fn child_storage_hash(&self, _: &ChildInfo, _: &[u8]) -> Result<Option<H256>, String> {
		self.apart(Apart::ChildTrie);
		Ok(None)
	}

	fn next_storage_key(&self, _: &[u8]) -> Result<Option<StorageKey>, String> {
		self.apart(Apart::Iterates);
		Ok(None)
	}

	fn next_child_storage_key(
		&self,
		_: &ChildInfo,
		_: &[u8],
	) -> Result<Option<StorageKey>, String> {
		self.apart(Apart::ChildTrie);
		Ok(None)
	}

	fn storage_root<'b>(
		&self,
		_: impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>,
		_: StateVersion,
	) -> (H256, BackendTransaction<BlakeTwo256>) {
		self.apart(Apart::Hashes);
		Default::default()
	}

	fn child_storage_root<'b>(
		&self,
		_: &ChildInfo,
		_: impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>,
		_: StateVersion,
	) -> (H256, bool, BackendTransaction<BlakeTwo256>) {
		self.apart(Apart::ChildTrie);
		Default::default()
	}

	fn raw_iter(&self, _: IterArgs<'_>) -> Result<Self::RawIter, String> {
		self.apart(Apart::Iterates);
		Ok(NoKeys(PhantomData))
	}

	fn register_overlay_stats(&self, stats: &sp_state_machine::StateMachineStats) {
		self.state.register_overlay_stats(stats);
	}

	fn usage_info(&self) -> UsageInfo {
		self.state.usage_info()
	}
}
