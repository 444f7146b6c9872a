// SPDX-License-Identifier: Apache-2.0
//! The integers by which blocks, transactions and logs are found.

use unum_ethereum_view::{LogView, H256};

/// How many bits of a [`Place`] are the position in the block. `layout` and `search` have it in SQL.
const POSITION_BITS: u32 = 24;

/// The row of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BlockRow(pub(crate) i64);

impl BlockRow {
	/// The first and the last place that a block can have.
	pub(crate) const fn places(self) -> (i64, i64) {
		let first = self.0 << POSITION_BITS;
		(first, first | ((1 << POSITION_BITS) - 1))
	}

	/// The place at a position; none where a block is not as long, or there are too many blocks.
	pub(crate) fn place(self, position: usize) -> Option<Place> {
		let position = i64::try_from(position).ok().filter(|p| p >> POSITION_BITS == 0)?;
		let (first, _) = self.places();
		(first >> POSITION_BITS == self.0).then_some(Place(first | position))
	}
}

/// Where a transaction or a log is: the row of its block and its position there, in one integer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place(pub(crate) i64);

impl Place {
	/// The position in the block.
	pub(crate) fn position(self) -> u32 {
		u32::try_from(self.0 & ((1 << POSITION_BITS) - 1)).unwrap_or_default()
	}
}

/// How many bits of a key of logs say what it is about.
const SUBJECT_BITS: u32 = 3;

/// What a key of logs is about. No two subjects have a key in common, so a log has as many keys as it
/// has words, whatever the words are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
	/// Nothing: all logs have this key.
	AnyLog,
	/// The address that logs.
	Address,
	/// The topic at a position.
	Topic(u8),
}

impl Subject {
	/// All of them. The EVM has no instruction for a fifth topic.
	const ALL: [Self; 6] = [
		Self::AnyLog,
		Self::Address,
		Self::Topic(0),
		Self::Topic(1),
		Self::Topic(2),
		Self::Topic(3),
	];

	/// The topic at a position; none beyond the fourth.
	pub(crate) fn topic(position: usize) -> Option<Self> {
		let subject = Self::Topic(u8::try_from(position).ok()?);
		Self::ALL.contains(&subject).then_some(subject)
	}

	/// The key of a word.
	pub(crate) fn key(self, word: &[u8]) -> i64 {
		let tag = match self {
			Self::AnyLog => 0,
			Self::Address => 1,
			Self::Topic(position) => i64::from(position).wrapping_add(2),
		};
		(hash(word) & (-1 << SUBJECT_BITS)) | tag
	}

	/// The key that a log has; none where it has no such topic.
	pub(crate) fn key_of(self, log: &LogView) -> Option<i64> {
		match self {
			Self::AnyLog => Some(self.key(&[])),
			Self::Address => Some(self.key(log.address.as_bytes())),
			Self::Topic(position) => {
				let topic = log.topics.get(usize::from(position))?;
				Some(self.key(topic.as_bytes()))
			},
		}
	}
}

/// All keys by which a log is found, each once.
pub(crate) fn of_log(log: &LogView) -> impl Iterator<Item = i64> + '_ {
	Subject::ALL.into_iter().filter_map(|subject| subject.key_of(log))
}

/// The key by which a transaction is found.
pub(crate) fn of_transaction(transaction: &H256) -> i64 {
	hash(transaction.as_bytes())
}

/// FNV-1a of 64 bits ([RFC 9923]).
///
/// Topics that collide are easily made, and gain nothing: what is found is always compared with what
/// was looked for, and who wants to cost a search time can as well log the very topic that it looks
/// for. Addresses are hashes themselves, so that making one that collides is work.
///
/// [RFC 9923]: https://www.rfc-editor.org/rfc/rfc9923
fn hash(word: &[u8]) -> i64 {
	let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
	i64::from_ne_bytes(word.iter().fold(0xcbf2_9ce4_8422_2325, mix).to_ne_bytes())
}

#[cfg(test)]
mod tests {
	use unum_ethereum_view::H160;

	use super::*;

	/// Vectors of the authors' test suite (public domain), also in RFC 9923.
	#[test]
	fn keys_are_fnv_1a() {
		let cases: [(&[u8], u64); 5] = [
			(b"", 0xcbf2_9ce4_8422_2325),
			(b"a", 0xaf63_dc4c_8601_ec8c),
			(b"fo", 0x0898_5907_b541_d342),
			(b"foo", 0xdcb2_7518_fed9_d577),
			(b"foobar", 0x8594_4171_f739_67e8),
		];
		for (text, expected) in cases {
			assert_eq!(hash(text).to_ne_bytes(), expected.to_ne_bytes());
			assert_eq!(
				Subject::Topic(3).key(text).to_ne_bytes(),
				(expected & !7 | 5).to_ne_bytes()
			);
		}
	}

	#[test]
	fn no_two_subjects_have_a_key_in_common() {
		let mut tags: Vec<_> = Subject::ALL.map(|subject| subject.key(b"foobar") & 7).to_vec();
		assert!(Subject::ALL.iter().all(|s| (s.key(b"") & 7) == (s.key(b"foobar") & 7)));
		tags.sort_unstable();
		tags.dedup();
		assert_eq!(tags.len(), Subject::ALL.len());
	}

	#[test]
	fn the_same_word_has_another_key_in_another_position() {
		let (address, word) = (H160::repeat_byte(7), H256::repeat_byte(7));
		let log = LogView { address, topics: vec![word; 5], data: vec![] };
		let mut keys: Vec<_> = of_log(&log).collect();
		keys.sort_unstable();
		keys.dedup();
		assert_eq!(keys.len(), 6);
	}

	#[test]
	fn four_topics_have_keys() {
		assert_eq!(Subject::topic(3), Some(Subject::Topic(3)));
		assert_eq!([4, 255, 256, usize::MAX].map(Subject::topic), [None; 4]);
		let log = LogView { address: H160::zero(), topics: vec![], data: vec![] };
		assert_eq!(of_log(&log).count(), 2);
	}

	#[test]
	fn places_are_those_of_their_block_and_in_order() {
		let block = BlockRow(5);
		let (first, last) = block.places();
		assert_eq!(block.place(0), Some(Place(first)));
		assert_eq!(block.place((1 << 24) - 1), Some(Place(last)));
		assert_eq!(last + 1, BlockRow(6).places().0);
		assert_eq!(block.place(77).map(Place::position), Some(77));
	}

	#[test]
	fn what_does_not_fit_has_no_place() {
		assert_eq!(BlockRow(5).place(1 << 24), None);
		assert_eq!(BlockRow(5).place(usize::MAX), None);
		assert!(BlockRow((1 << 39) - 1).place(0).is_some());
		assert_eq!(BlockRow(1 << 39).place(0), None);
	}
}
