// SPDX-License-Identifier: Apache-2.0
//! A state that blocks share values of, and whose root is computed by several threads.

use std::{cell::RefCell, fmt, marker::PhantomData, sync::Arc};

use rayon::ThreadPool;
use sp_core::{storage::ChildInfo, H256};
use sp_runtime::{traits::BlakeTwo256, StateVersion};
use sp_state_machine::{
	backend::{AsTrieBackend, Backend},
	BackendTransaction, IterArgs, StateMachineStats, StorageIterator, StorageKey, StorageValue,
	UsageInfo,
};
use sp_trie::MerkleValue;

use crate::{
	nodes::Nodes,
	root::{self, Entry},
	values::{Value, Values, View},
};

/// Where this crate's log lines go.
const LOG_TARGET: &str = "state";

/// For nodes of the trie: some 300,000.
const NODES_BYTES: usize = 128 * 1024 * 1024;

/// For values: some 200,000 accounts.
const VALUES_BYTES: usize = 64 * 1024 * 1024;

/// What blocks leave for those after them: at most 192 MiB, and what the last four blocks have changed.
#[derive(Debug)]
pub struct Memory {
	nodes: Nodes,
	values: Values,
}

impl Default for Memory {
	fn default() -> Self {
		Self { nodes: Nodes::new(NODES_BYTES), values: Values::new(VALUES_BYTES) }
	}
}

impl Memory {
	/// Remembers what has made a state with one root of a state with another one.
	pub fn change(
		&self,
		before: H256,
		after: H256,
		changes: impl Iterator<Item = (Vec<u8>, Value)>,
	) {
		self.values.change(before, after, changes);
	}
}

/// A state: what is remembered of it, and `S` for all else.
pub struct State<'a, S> {
	inner: S,
	memory: &'a Memory,
	view: View,
	threads: &'a ThreadPool,
	/// Two keys between which there is nothing.
	gap: RefCell<Option<Gap>>,
}

/// A key, and the next one of the state, if there is one more.
type Gap = (StorageKey, Option<StorageKey>);

impl<S> fmt::Debug for State<'_, S> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("State").finish_non_exhaustive()
	}
}

impl<'a, S: AsTrieBackend<BlakeTwo256>> State<'a, S> {
	/// The state with what is remembered of it. Its root is computed by these threads.
	pub fn new(inner: S, memory: &'a Memory, threads: &'a ThreadPool) -> Self {
		let view = memory.values.view(*inner.as_trie_backend().root());
		Self { inner, memory, view, threads, gap: RefCell::default() }
	}

	/// The root of it.
	pub fn root(&self) -> H256 {
		*self.inner.as_trie_backend().root()
	}
}

impl<S: Backend<BlakeTwo256>> State<'_, S> {
	/// The value of a key.
	///
	/// # Errors
	/// Those of `S`.
	pub fn value(&self, key: &[u8]) -> Result<Value, S::Error> {
		if let Some(known) = self.memory.values.get(&self.view, key) {
			return Ok(known);
		}
		let value = self.inner.storage(key)?.map(Arc::from);
		self.memory.values.learn(&self.view, key, &value);
		Ok(value)
	}
}

/// Keys in their order, as `S` has them.
pub struct Iter<'a, S: Backend<BlakeTwo256>>(S::RawIter, PhantomData<&'a Memory>);

impl<S: Backend<BlakeTwo256>> fmt::Debug for Iter<'_, S> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Iter").finish_non_exhaustive()
	}
}

impl<'a, S> StorageIterator<BlakeTwo256> for Iter<'a, S>
where
	S: Backend<BlakeTwo256> + AsTrieBackend<BlakeTwo256>,
{
	type Backend = State<'a, S>;
	type Error = S::Error;

	fn next_key(&mut self, state: &Self::Backend) -> Option<Result<StorageKey, S::Error>> {
		self.0.next_key(&state.inner)
	}

	fn next_pair(
		&mut self,
		state: &Self::Backend,
	) -> Option<Result<(StorageKey, StorageValue), S::Error>> {
		self.0.next_pair(&state.inner)
	}

	fn was_complete(&self) -> bool {
		self.0.was_complete()
	}
}

impl<'a, S> Backend<BlakeTwo256> for State<'a, S>
where
	S: Backend<BlakeTwo256> + AsTrieBackend<BlakeTwo256>,
{
	type Error = S::Error;
	type TrieBackendStorage = <S as Backend<BlakeTwo256>>::TrieBackendStorage;
	type RawIter = Iter<'a, S>;

	fn storage(&self, key: &[u8]) -> Result<Option<StorageValue>, S::Error> {
		Ok(self.value(key)?.map(|value| value.to_vec()))
	}

	fn storage_hash(&self, key: &[u8]) -> Result<Option<H256>, S::Error> {
		self.inner.storage_hash(key)
	}

	fn exists_storage(&self, key: &[u8]) -> Result<bool, S::Error> {
		Ok(self.value(key)?.is_some())
	}

	fn closest_merkle_value(&self, key: &[u8]) -> Result<Option<MerkleValue<H256>>, S::Error> {
		self.inner.closest_merkle_value(key)
	}

	fn child_closest_merkle_value(
		&self,
		child: &ChildInfo,
		key: &[u8],
	) -> Result<Option<MerkleValue<H256>>, S::Error> {
		self.inner.child_closest_merkle_value(child, key)
	}

	fn child_storage(
		&self,
		child: &ChildInfo,
		key: &[u8],
	) -> Result<Option<StorageValue>, S::Error> {
		self.inner.child_storage(child, key)
	}

	fn child_storage_hash(&self, child: &ChildInfo, key: &[u8]) -> Result<Option<H256>, S::Error> {
		self.inner.child_storage_hash(child, key)
	}

	/// Whoever goes through keys that only the block has asks here once for each of them: mostly for the same
	/// key, which is behind them all.
	fn next_storage_key(&self, key: &[u8]) -> Result<Option<StorageKey>, S::Error> {
		let is_within = |(from, next): &Gap| {
			&from[..] <= key && next.as_ref().is_none_or(|next| key < &next[..])
		};
		if let Some((_, next)) = self.gap.borrow().as_ref().filter(|gap| is_within(gap)) {
			return Ok(next.clone());
		}
		let next = self.inner.next_storage_key(key)?;
		self.gap.replace(Some((key.to_vec(), next.clone())));
		Ok(next)
	}

	fn next_child_storage_key(
		&self,
		child: &ChildInfo,
		key: &[u8],
	) -> Result<Option<StorageKey>, S::Error> {
		self.inner.next_child_storage_key(child, key)
	}

	fn storage_root<'b>(
		&self,
		delta: impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>,
		version: StateVersion,
	) -> (H256, BackendTransaction<BlakeTwo256>) {
		let entries: Vec<Entry<'_>> = delta.collect();
		let trie = self.inner.as_trie_backend();
		let updated = self.threads.install(|| {
			let (storage, nodes) = (trie.backend_storage(), &self.memory.nodes);
			root::update(storage, nodes, *trie.root(), &entries, version)
		});
		updated.unwrap_or_else(|cause| {
			log::debug!(target: LOG_TARGET, "The root is computed in the SDK's way: {cause}");
			self.inner.storage_root(entries.into_iter(), version)
		})
	}

	fn child_storage_root<'b>(
		&self,
		child: &ChildInfo,
		delta: impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>,
		version: StateVersion,
	) -> (H256, bool, BackendTransaction<BlakeTwo256>) {
		self.inner.child_storage_root(child, delta, version)
	}

	fn full_storage_root<'b>(
		&self,
		delta: impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>,
		children: impl Iterator<
			Item = (&'b ChildInfo, impl Iterator<Item = (&'b [u8], Option<&'b [u8]>)>),
		>,
		version: StateVersion,
	) -> (H256, BackendTransaction<BlakeTwo256>) {
		let mut children = children.peekable();
		match children.peek() {
			None => self.storage_root(delta, version),
			Some(_) => self.inner.full_storage_root(delta, children, version),
		}
	}

	fn raw_iter(&self, args: IterArgs<'_>) -> Result<Self::RawIter, S::Error> {
		Ok(Iter(self.inner.raw_iter(args)?, PhantomData))
	}

	fn register_overlay_stats(&self, stats: &StateMachineStats) {
		self.inner.register_overlay_stats(stats);
	}

	fn usage_info(&self) -> UsageInfo {
		self.inner.usage_info()
	}
}
