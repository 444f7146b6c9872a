// SPDX-License-Identifier: Apache-2.0
//! Nodes of the trie that were read or made lately.

use std::{fmt, sync::Arc};

use parking_lot::Mutex;
use schnellru::{ByLength, LruMap};
use sp_core::H256;

/// Parts with a lock of their own.
const SHARDS: usize = 64;

/// Encoded nodes by their hashes, those that were used last. A hash says what its node is, whatever becomes
/// of the block in which it was seen.
pub(crate) struct Nodes {
	shards: Vec<Mutex<LruMap<H256, Arc<[u8]>>>>,
}

impl fmt::Debug for Nodes {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Nodes").finish_non_exhaustive()
	}
}

impl Nodes {
	/// Room for about so many.
	pub(crate) fn new(most: u32) -> Self {
		let each = most.div_ceil(SHARDS as u32);
		let shard = || Mutex::new(LruMap::new(ByLength::new(each)));
		Self { shards: std::iter::repeat_with(shard).take(SHARDS).collect() }
	}

	fn shard(&self, hash: &H256) -> &Mutex<LruMap<H256, Arc<[u8]>>> {
		&self.shards[usize::from(hash.0[0]) % SHARDS]
	}

	pub(crate) fn get(&self, hash: &H256) -> Option<Arc<[u8]>> {
		self.shard(hash).lock().get(hash).cloned()
	}

	pub(crate) fn insert(&self, hash: H256, encoded: Arc<[u8]>) {
		self.shard(&hash).lock().insert(hash, encoded);
	}
}
