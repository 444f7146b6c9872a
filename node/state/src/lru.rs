// SPDX-License-Identifier: Apache-2.0
//! A map that forgets what was used longest ago when it has too many bytes.

use std::sync::Arc;

use schnellru::{Limiter, LruMap};
use sp_core::H256;

/// Such a map.
pub(crate) type Lru<K, V> = LruMap<K, V, Bytes>;

/// What an entry takes besides what its key and value point to: both of these themselves, links, its place in
/// the table, and what the allocator adds; rounded up.
const ENTRY_BYTES: usize = 128;

/// Of a key or value: how many bytes it points to.
pub(crate) trait Footprint {
	fn bytes(&self) -> usize;
}

impl Footprint for H256 {
	fn bytes(&self) -> usize {
		0
	}
}

impl Footprint for Vec<u8> {
	fn bytes(&self) -> usize {
		self.len()
	}
}

impl Footprint for Arc<[u8]> {
	fn bytes(&self) -> usize {
		self.len()
	}
}

impl<T: Footprint> Footprint for Option<T> {
	fn bytes(&self) -> usize {
		self.as_ref().map_or(0, T::bytes)
	}
}

/// A limit in bytes, and how many there are.
#[derive(Debug)]
pub(crate) struct Bytes {
	most: usize,
	used: usize,
}

impl Bytes {
	/// A map that has at most so many.
	pub(crate) fn at_most<K: Footprint + Eq + std::hash::Hash, V: Footprint>(
		most: usize,
	) -> Lru<K, V> {
		LruMap::new(Self { most, used: 0 })
	}
}

fn footprint(key: &impl Footprint, value: &impl Footprint) -> usize {
	ENTRY_BYTES.saturating_add(key.bytes()).saturating_add(value.bytes())
}

impl<K: Footprint, V: Footprint> Limiter<K, V> for Bytes {
	type KeyToInsert<'a> = K;
	type LinkType = u32;

	fn is_over_the_limit(&self, _: usize) -> bool {
		self.used > self.most
	}

	fn on_insert(&mut self, _: usize, key: K, value: V) -> Option<(K, V)> {
		let bytes = footprint(&key, &value);
		if bytes > self.most {
			return None;
		}
		self.used = self.used.saturating_add(bytes);
		Some((key, value))
	}

	fn on_replace(&mut self, _: usize, _: &mut K, _: K, old: &mut V, new: &mut V) -> bool {
		self.used = self.used.saturating_sub(old.bytes()).saturating_add(new.bytes());
		true
	}

	fn on_removed(&mut self, key: &mut K, value: &mut V) {
		self.used = self.used.saturating_sub(footprint(key, value));
	}

	fn on_cleared(&mut self) {
		self.used = 0;
	}

	fn on_grow(&mut self, _: usize) -> bool {
		true
	}
}

#[cfg(test)]
mod tests {
	use proptest::{collection::vec, prelude::*};

	use super::*;

	proptest! {
		#[test]
		fn it_counts_what_it_has(steps in vec((0_u8..20, 0_usize..600, any::<bool>()), 0..200)) {
			let mut map: Lru<Vec<u8>, Vec<u8>> = Bytes::at_most(2_000);
			for (key, length, is_kept) in steps {
				match is_kept {
					true => {
						map.insert(vec![key; usize::from(key)], vec![0; length]);
					},
					false => {
						map.remove(&vec![key; usize::from(key)]);
					},
				}
				let used: usize = map.iter().map(|(key, value)| footprint(key, value)).sum();
				prop_assert_eq!(map.limiter().used, used);
				prop_assert!(used <= 2_000);
			}
		}
	}

	#[test]
	fn what_was_used_longest_ago_goes() {
		let mut map: Lru<Vec<u8>, Vec<u8>> = Bytes::at_most(3 * (ENTRY_BYTES + 1));
		for key in 0..3 {
			map.insert(vec![key], vec![]);
		}
		map.get(&vec![0]);
		map.insert(vec![3], vec![]);
		let left: Vec<_> = [0, 1, 2, 3].map(|key| map.peek(&vec![key]).is_some()).into();
		assert_eq!(left, [true, false, true, true]);
		assert!(!map.insert(vec![4; 1_000], vec![]), "larger than all of it");
	}
}
