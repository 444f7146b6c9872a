// SPDX-License-Identifier: Apache-2.0
//! Context shards: which lane the transactions of one context share.

use sha2::{Digest, Sha256};

/// How many shards there are.
pub const SHARDS: u64 = 64;

/// The shard of a context: the first eight bytes, big-endian, of SHA-256 over the length of the VM's
/// name as 32 bits, little-endian, the name, and the tag; modulo [`SHARDS`]. A tag of zeros means "no
/// context" and has shard 0.
///
/// The length in front keeps this apart from every tagged hash, which begins with text.
///
/// # Examples
/// ```
/// assert_eq!(unum_id_com::context_shard("evm", [1; 16]), 7);
/// assert_eq!(unum_id_com::context_shard("evm", [0; 16]), 0);
/// ```
pub fn context_shard(vm: &str, tag: [u8; 16]) -> u64 {
	if tag == [0; 16] {
		return 0;
	}
	let length = u32::try_from(vm.len()).unwrap_or(u32::MAX);
	let mut hasher = Sha256::new();
	hasher.update(length.to_le_bytes());
	hasher.update(vm.as_bytes());
	hasher.update(tag);
	let digest: [u8; 32] = hasher.finalize().into();
	let [a, b, c, d, e, f, g, h, ..] = digest;
	u64::from_be_bytes([a, b, c, d, e, f, g, h]).checked_rem(SHARDS).unwrap_or_default()
}
