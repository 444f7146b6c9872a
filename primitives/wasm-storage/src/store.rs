// SPDX-License-Identifier: Apache-2.0
//! Entries of the state, fetched once and given back once.

use alloc::{boxed::Box, vec::Vec};
use core::{fmt, mem};

use bytes::Bytes;
use foldhash::quality::FixedState;
use hashbrown::HashTable;

/// Where entries come from and go to.
pub(crate) trait Node {
	/// The value of an entry.
	fn get(&self, key: &[u8]) -> Option<Bytes>;
	/// Copies what an entry has from `offset` on, as far as there is room. How many bytes it has from there.
	fn read(&self, key: &[u8], into: &mut [u8], offset: u32) -> Option<u32>;
	/// Changes an entry.
	fn set(&self, key: &[u8], value: &[u8]);
	/// Removes an entry.
	fn clear(&self, key: &[u8]);
}

/// What is kept at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
	/// The longest value, in bytes.
	pub(crate) value: usize,
	/// All keys and values, in bytes.
	pub(crate) total: usize,
}

/// What an entry takes besides its key and its value, in bytes.
const SLOT_BYTES: usize = 64;

/// How much of a value is fetched to learn whether there is one.
const PEEK_BYTES: usize = 256;

/// Entries that are kept.
pub(crate) struct Store<N> {
	pub(crate) node: N,
	limits: Limits,
	hasher: FixedState,
	/// Where in `slots` the entry of a key is.
	index: HashTable<usize>,
	slots: Vec<Slot>,
	/// What takes `limits.total`.
	bytes: usize,
	/// Slots that the node may have to be told of.
	changed: Vec<usize>,
	/// What slots held before they were changed in a storage transaction that is open.
	undo: Vec<(usize, Held)>,
	/// The storage transactions that are open.
	layers: Vec<Layer>,
	/// The mark of the last one; no other has the same.
	last_mark: u64,
}

struct Slot {
	key: Box<[u8]>,
	hash: u64,
	held: Held,
	/// The storage transaction in whose `undo` it is.
	mark: u64,
}

/// What is known of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Held {
	/// Nothing.
	Nothing,
	/// What the node has.
	Known(Option<Bytes>),
	/// What the node does not know yet.
	Changed(Option<Bytes>),
}

struct Layer {
	/// The length of `undo` when it was opened.
	undo: usize,
	mark: u64,
}

impl Held {
	fn value(&self) -> Option<&Option<Bytes>> {
		match self {
			Self::Nothing => None,
			Self::Known(value) | Self::Changed(value) => Some(value),
		}
	}

	fn bytes(&self) -> usize {
		self.value().and_then(Option::as_ref).map_or(0, Bytes::len)
	}
}

impl<N> fmt::Debug for Store<N> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Store").field("slots", &self.slots.len()).finish_non_exhaustive()
	}
}

/// Whether two keys are the same, eight bytes at a time: the compiler's comparison goes byte by byte where
/// there is no libc.
fn same(one: &[u8], other: &[u8]) -> bool {
	let ((ones, one_rest), (others, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
	let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
	one.len() == other.len()
		&& ones.iter().map(word).eq(others.iter().map(word))
		&& one_rest.iter().eq(other_rest)
}

impl<N: Node> Store<N> {
	pub(crate) fn new(node: N, limits: Limits, seed: u64) -> Self {
		Self {
			node,
			limits,
			hasher: FixedState::with_seed(seed),
			index: HashTable::new(),
			slots: Vec::new(),
			bytes: 0,
			changed: Vec::new(),
			undo: Vec::new(),
			layers: Vec::new(),
			last_mark: 0,
		}
	}

	fn hash(&self, key: &[u8]) -> u64 {
		use core::hash::{BuildHasher, Hasher};
		let mut hasher = self.hasher.build_hasher();
		hasher.write(key);
		hasher.finish()
	}

	fn find(&self, hash: u64, key: &[u8]) -> Option<usize> {
		let is_it = |&at: &usize| self.slots.get(at).is_some_and(|slot| same(&slot.key, key));
		self.index.find(hash, is_it).copied()
	}

	/// Keeps something else of an entry, so that a storage transaction can be undone.
	fn hold(&mut self, at: usize, held: Held) {
		let Some(slot) = self.slots.get_mut(at) else { return };
		let (is_new, was_new) =
			(matches!(held, Held::Changed(_)), matches!(slot.held, Held::Changed(_)));
		if is_new && !was_new {
			self.changed.push(at);
		}
		self.bytes = self.bytes.saturating_add(held.bytes()).saturating_sub(slot.held.bytes());
		let before = mem::replace(&mut slot.held, held);
		if let Some(layer) = self.layers.last().filter(|layer| layer.mark != slot.mark) {
			slot.mark = layer.mark;
			self.undo.push((at, before));
		}
	}

	/// Begins to keep an entry, if there is room.
	fn insert(&mut self, hash: u64, key: &[u8], held: Held) -> bool {
		let bytes = key.len().saturating_add(SLOT_BYTES);
		let total = self.bytes.saturating_add(bytes).saturating_add(held.bytes());
		if total > self.limits.total {
			// Within a storage transaction, what is kept may have to be undone.
			if !self.layers.is_empty() || self.slots.is_empty() {
				return false;
			}
			self.give_back_all();
			self.forget();
			return self.insert(hash, key, held);
		}
		let at = self.slots.len();
		self.bytes = self.bytes.saturating_add(bytes);
		self.slots.push(Slot { key: key.into(), hash, held: Held::Nothing, mark: 0 });
		let hash_of = |at: &usize| self.slots.get(*at).map_or(0, |slot| slot.hash);
		self.index.insert_unique(hash, at, hash_of);
		self.hold(at, held);
		true
	}

	/// Writes down what the node has.
	fn learn(&mut self, found: Option<usize>, hash: u64, key: &[u8], value: Option<Bytes>) {
		if value.as_ref().is_some_and(|value| value.len() > self.limits.value) {
			return;
		}
		match found {
			Some(at) => self.hold(at, Held::Known(value)),
			None => {
				self.insert(hash, key, Held::Known(value));
			},
		}
	}

	fn known(&self, at: usize) -> Option<&Option<Bytes>> {
		self.slots.get(at).and_then(|slot| slot.held.value())
	}

	/// The value of an entry.
	pub(crate) fn get(&mut self, key: &[u8]) -> Option<Bytes> {
		let hash = self.hash(key);
		let found = self.find(hash, key);
		if let Some(value) = found.and_then(|at| self.known(at)) {
			return value.clone();
		}
		let value = self.node.get(key);
		self.learn(found, hash, key, value.clone());
		value
	}

	/// Whether there is an entry.
	pub(crate) fn exists(&mut self, key: &[u8]) -> bool {
		let hash = self.hash(key);
		let found = self.find(hash, key);
		if let Some(value) = found.and_then(|at| self.known(at)) {
			return value.is_some();
		}
		// Who asks that looks at it next: the whole of it costs the node no more.
		let mut beginning = [0; PEEK_BYTES];
		let Some(bytes) = self.node.read(key, &mut beginning, 0) else {
			self.learn(found, hash, key, None);
			return false;
		};
		let whole = usize::try_from(bytes).ok().and_then(|bytes| beginning.get(..bytes));
		if let Some(value) = whole {
			self.learn(found, hash, key, Some(Bytes::copy_from_slice(value)));
		}
		true
	}

	/// Copies what an entry has from `offset` on, as far as there is room. How many bytes it has from there.
	pub(crate) fn read(&mut self, key: &[u8], into: &mut [u8], offset: u32) -> Option<u32> {
		let found = self.find(self.hash(key), key);
		let Some(value) = found.and_then(|at| self.known(at)) else {
			return self.node.read(key, into, offset);
		};
		let from = usize::try_from(offset).unwrap_or(usize::MAX);
		let rest = value.as_ref()?.get(from..).unwrap_or_default();
		into.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
		// No entry is that long.
		Some(u32::try_from(rest.len()).unwrap_or(u32::MAX))
	}

	/// Changes an entry.
	pub(crate) fn set(&mut self, key: &[u8], value: &[u8]) {
		if value.len() > self.limits.value {
			self.node.set(key, value);
			self.disregard(key);
		} else if !self.change(key, Some(Bytes::copy_from_slice(value))) {
			self.node.set(key, value);
		}
	}

	/// Removes an entry.
	pub(crate) fn clear(&mut self, key: &[u8]) {
		if !self.change(key, None) {
			self.node.clear(key);
		}
	}

	/// Keeps what an entry becomes, if there is room.
	fn change(&mut self, key: &[u8], value: Option<Bytes>) -> bool {
		let hash = self.hash(key);
		match self.find(hash, key) {
			Some(at) => self.hold(at, Held::Changed(value)),
			None => return self.insert(hash, key, Held::Changed(value)),
		}
		true
	}

	/// Keeps nothing of an entry from here on: the node has changed it.
	pub(crate) fn disregard(&mut self, key: &[u8]) {
		if let Some(at) = self.find(self.hash(key), key) {
			self.hold(at, Held::Nothing);
		}
	}

	/// The same for all whose keys begin so.
	pub(crate) fn disregard_prefix(&mut self, prefix: &[u8]) {
		for at in 0..self.slots.len() {
			if self.slots.get(at).is_some_and(|slot| slot.key.starts_with(prefix)) {
				self.hold(at, Held::Nothing);
			}
		}
	}

	/// Tells the node what an entry has become.
	pub(crate) fn give_back(&mut self, key: &[u8]) {
		if let Some(at) = self.find(self.hash(key), key) {
			self.give_back_slot(at);
		}
	}

	fn give_back_slot(&mut self, at: usize) {
		let Some(Slot { key, held: Held::Changed(value), .. }) = self.slots.get(at) else { return };
		match value {
			Some(value) => self.node.set(key, value),
			None => self.node.clear(key),
		}
		let known = Held::Known(value.clone());
		self.hold(at, known);
	}

	/// Tells the node all that it does not know yet.
	pub(crate) fn give_back_all(&mut self) {
		for at in mem::take(&mut self.changed) {
			self.give_back_slot(at);
		}
	}

	/// Keeps nothing any more, whatever the node knows. Not within a storage transaction.
	pub(crate) fn forget(&mut self) {
		self.index.clear();
		self.slots.clear();
		self.changed.clear();
		self.bytes = 0;
	}

	/// A storage transaction begins, as it does in the node.
	pub(crate) fn start(&mut self) {
		self.last_mark = self.last_mark.saturating_add(1);
		self.layers.push(Layer { undo: self.undo.len(), mark: self.last_mark });
	}

	/// What has changed since the last storage transaction began is part of the one around it.
	pub(crate) fn commit(&mut self) {
		self.layers.pop();
		if self.layers.is_empty() {
			self.undo.clear();
		}
	}

	/// What has changed since the last storage transaction began is undone.
	pub(crate) fn roll_back(&mut self) {
		let Some(layer) = self.layers.pop() else { return };
		let undone = self.undo.split_off(layer.undo.min(self.undo.len()));
		// What is undone is not to be undone again, but may have been changed by the one around it before.
		let around = mem::take(&mut self.layers);
		for (at, held) in undone.into_iter().rev() {
			self.hold(at, held);
		}
		self.layers = around;
	}
}

#[cfg(test)]
mod tests;
