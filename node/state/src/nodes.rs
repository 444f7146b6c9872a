// SPDX-License-Identifier: Apache-2.0
//! Nodes of the trie that were read or made lately.

use std::{fmt, sync::Arc};

use parking_lot::Mutex;
use sp_core::H256;

use crate::lru::{Bytes, Lru};

/// Parts with a lock of their own.
const SHARDS: usize = 64;

/// Encoded nodes by their hashes, those that were used last. A hash says what its node is, whatever becomes
/// of the block in which it was seen.
pub(crate) struct Nodes {
	shards: Vec<Mutex<Lru<H256, Arc<[u8]>>>>,
}

impl fmt::Debug for Nodes {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Nodes").finish_non_exhaustive()
	}
}

impl Nodes {
	/// As many as have room in so many bytes.
	pub(crate) fn new(bytes: usize) -> Self {
		let shard = || Mutex::new(Bytes::at_most(bytes / SHARDS));
		Self { shards: std::iter::repeat_with(shard).take(SHARDS).collect() }
	}

	fn shard(&self, hash: &H256) -> &Mutex<Lru<H256, Arc<[u8]>>> {
		&self.shards[usize::from(hash.0[0]) % SHARDS]
	}

	pub(crate) fn get(&self, hash: &H256) -> Option<Arc<[u8]>> {
		self.shard(hash).lock().get(hash).cloned()
	}

	pub(crate) fn insert(&self, hash: H256, encoded: Arc<[u8]>) {
		self.shard(&hash).lock().insert(hash, encoded);
	}
}
