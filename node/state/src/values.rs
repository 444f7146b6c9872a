// SPDX-License-Identifier: Apache-2.0
//! Values that blocks have read or written lately, without a way through the trie.
//!
//! Whatever is here belongs to a root, and a root says what is in the state: nothing has to be taken back
//! when a block is refused or another fork becomes the best one. There is one state as a base, and what
//! few blocks on top of it have changed, each by the root before it and after it.

use std::{
	collections::HashMap,
	fmt,
	hash::{BuildHasher, RandomState},
	sync::Arc,
};

use parking_lot::{Mutex, RwLock};
use sp_core::H256;
use sp_storage::well_known_keys::is_child_storage_key;

use crate::lru::{Bytes, Lru};

/// A value of the state; nothing where there is none.
pub type Value = Option<Arc<[u8]>>;

/// Parts of the base with a lock of their own.
const SHARDS: usize = 64;

/// Blocks on top of the base. The last ones may be taken back by another fork, and several may have the same
/// parent.
const LAYERS_MAX: usize = 4;

/// Of all forks together: whoever makes many of them finds the state of each block by itself.
const ALL_LAYERS_MAX: usize = 16;

/// Longer values are not kept, in bytes: a contract's code has 24 KiB at most.
const VALUE_BYTES_MAX: usize = 24 * 1024;

/// What a block has changed. Nothing for what is not kept: the state has to be asked.
struct Layer {
	before: H256,
	after: H256,
	entries: HashMap<Vec<u8>, Option<Value>>,
}

/// A part of the base.
struct Shard {
	/// How often the base has become another state.
	version: u64,
	entries: Lru<Vec<u8>, Value>,
}

/// What is on top of the base, and which state that is.
#[derive(Default)]
struct Top {
	base: H256,
	version: u64,
	/// By age.
	layers: Vec<Arc<Layer>>,
}

/// Values by keys, of few states that follow each other.
pub(crate) struct Values {
	top: RwLock<Top>,
	shards: Vec<Mutex<Shard>>,
	hasher: RandomState,
}

impl fmt::Debug for Values {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Values").finish_non_exhaustive()
	}
}

/// The values of one state.
pub(crate) struct View {
	version: u64,
	/// The youngest first.
	layers: Vec<Arc<Layer>>,
}

impl Values {
	/// As many as have room in so many bytes, besides those of the layers.
	pub(crate) fn new(bytes: usize) -> Self {
		let shard = || Shard { version: 0, entries: Bytes::at_most(bytes / SHARDS) };
		let shards = std::iter::repeat_with(|| Mutex::new(shard())).take(SHARDS).collect();
		Self { top: RwLock::default(), shards, hasher: RandomState::new() }
	}

	/// Which part of the base a key belongs to.
	fn shard_of(&self, key: &[u8]) -> usize {
		usize::try_from(self.hasher.hash_one(key)).unwrap_or_default() % SHARDS
	}

	fn shard(&self, key: &[u8]) -> &Mutex<Shard> {
		&self.shards[self.shard_of(key)]
	}

	/// The values of the state with a root. One that has nothing to do with those that are known takes their
	/// place.
	pub(crate) fn view(&self, root: H256) -> View {
		let known = self.top.read().view(root);
		known.unwrap_or_else(|| {
			let mut top = self.top.write();
			// Another thread may have been here in the meantime.
			if let Some(view) = top.view(root) {
				return view;
			}
			top.layers.clear();
			top.base = root;
			self.next_version(&mut top, |entries| entries.clear());
			View { version: top.version, layers: vec![] }
		})
	}

	/// The base becomes another state.
	fn next_version(&self, top: &mut Top, mut change: impl FnMut(&mut Lru<Vec<u8>, Value>)) {
		top.version += 1;
		for shard in &self.shards {
			let mut shard = shard.lock();
			shard.version = top.version;
			change(&mut shard.entries);
		}
	}

	/// A value, if it is known.
	pub(crate) fn get(&self, view: &View, key: &[u8]) -> Option<Value> {
		if let Some(changed) = view.layers.iter().find_map(|layer| layer.entries.get(key)) {
			return changed.clone();
		}
		let mut shard = self.shard(key).lock();
		if shard.version != view.version {
			return None;
		}
		shard.entries.get(key).cloned()
	}

	/// Remembers a value that was read in the state.
	pub(crate) fn learn(&self, view: &View, key: &[u8], value: &Value) {
		let is_base = !view.layers.iter().any(|layer| layer.entries.contains_key(key));
		if !is_base || !is_kept(key, value) {
			return;
		}
		let mut shard = self.shard(key).lock();
		if shard.version == view.version {
			shard.entries.insert(key.to_vec(), value.clone());
		}
	}

	/// Remembers what has made another state of one.
	pub(crate) fn change(
		&self,
		before: H256,
		after: H256,
		changes: impl Iterator<Item = (Vec<u8>, Value)>,
	) {
		let known = |top: &Top| top.layers.iter().any(|layer| layer.after == after);
		if before == after || known(&self.top.read()) {
			return;
		}
		let kept = |(key, value): (Vec<u8>, Value)| {
			let value = is_kept(&key, &value).then_some(value);
			(key, value)
		};
		let layer = Arc::new(Layer { before, after, entries: changes.map(kept).collect() });
		let mut top = self.top.write();
		let Some(mut view) = top.view(before) else { return };
		if known(&top) {
			return;
		}
		if view.layers.len() == LAYERS_MAX {
			if let Some(oldest) = view.layers.pop() {
				self.settle(&mut top, &oldest);
			}
		}
		if top.layers.len() == ALL_LAYERS_MAX {
			top.layers.clear();
		}
		top.layers.push(layer);
	}

	/// Makes the base of the state after a layer on it.
	fn settle(&self, top: &mut Top, layer: &Layer) {
		let mut changes: Vec<Vec<(&Vec<u8>, &Option<Value>)>> = vec![Vec::new(); SHARDS];
		for (key, value) in &layer.entries {
			changes[self.shard_of(key)].push((key, value));
		}
		top.base = layer.after;
		let mut changes = changes.into_iter();
		self.next_version(top, |entries| {
			for (key, value) in changes.next().unwrap_or_default() {
				match value {
					Some(value) => {
						entries.insert(key.clone(), value.clone());
					},
					None => {
						entries.remove(key);
					},
				}
			}
		});
		let layers = core::mem::take(&mut top.layers);
		for layer in layers {
			// By age, so what it is on has been looked at.
			if top.view(layer.before).is_some() && layer.after != top.base {
				top.layers.push(layer);
			}
		}
	}
}

impl Top {
	fn view(&self, root: H256) -> Option<View> {
		let mut layers = Vec::new();
		let mut at = root;
		while at != self.base {
			let layer = self.layers.iter().find(|layer| layer.after == at)?;
			// Two states may change into each other.
			if layers.len() == LAYERS_MAX {
				return None;
			}
			layers.push(layer.clone());
			at = layer.before;
		}
		Some(View { version: self.version, layers })
	}
}

fn is_kept(key: &[u8], value: &Value) -> bool {
	// The root of a child trie is changed where nobody sees it.
	value.as_ref().is_none_or(|value| value.len() <= VALUE_BYTES_MAX) && !is_child_storage_key(key)
}

#[cfg(test)]
mod tests;
