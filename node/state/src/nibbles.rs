// SPDX-License-Identifier: Apache-2.0
//! Keys as the trie sees them: half bytes, the higher one first.

/// Half bytes, each in a byte of its own.
pub(crate) type Nibbles = Vec<u8>;

/// How many a key has.
pub(crate) fn count(key: &[u8]) -> usize {
	key.len() * 2
}

/// One of a key; nothing behind its end.
pub(crate) fn at(key: &[u8], index: usize) -> Option<u8> {
	let byte = key.get(index / 2)?;
	Some(if index.is_multiple_of(2) { byte >> 4 } else { byte & 0x0f })
}

/// Those of a key from one on.
pub(crate) fn from(key: &[u8], index: usize) -> impl Iterator<Item = u8> + '_ {
	(index..count(key)).filter_map(move |index| at(key, index))
}

/// How many a key has in common with others, from one on.
pub(crate) fn common(key: &[u8], from: usize, others: impl Iterator<Item = u8>) -> usize {
	(from..).zip(others).take_while(|(index, other)| at(key, *index) == Some(*other)).count()
}

/// Two in a byte, from the left; a last one by itself has nothing beside it.
///
/// So the SDK's databases put a node's place before its hash (`hash_db::Prefix`).
pub(crate) fn packed_left(nibbles: &[u8]) -> Vec<u8> {
	let byte = |pair: &[u8]| match pair {
		[high, low] => high << 4 | low,
		[high] => high << 4,
		_ => 0,
	};
	nibbles.chunks(2).map(byte).collect()
}

/// Two in a byte, from the right; a first one by itself has nothing before it.
///
/// So nodes have them (`sp_trie::NodeCodec`).
pub(crate) fn packed_right(nibbles: &[u8]) -> impl Iterator<Item = u8> + '_ {
	let (first, rest) = nibbles.split_at(nibbles.len() % 2);
	let byte = |pair: &[u8]| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble);
	first.iter().copied().chain(rest.chunks(2).map(byte))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn half_bytes_are_counted_from_the_left() {
		let key = [0x12, 0x34];
		assert_eq!(from(&key, 0).collect::<Vec<_>>(), [1, 2, 3, 4]);
		assert_eq!(from(&key, 3).collect::<Vec<_>>(), [4]);
		assert_eq!(at(&key, 4), None);
		assert_eq!(common(&key, 1, [2, 3, 5].into_iter()), 2);
	}

	#[test]
	fn an_odd_one_is_alone_at_either_end() {
		assert_eq!(packed_left(&[1, 2, 3]), [0x12, 0x30]);
		assert_eq!(packed_right(&[1, 2, 3]).collect::<Vec<_>>(), [0x01, 0x23]);
		assert_eq!(packed_right(&[]).count(), 0);
	}
}
