// SPDX-License-Identifier: Apache-2.0
//! The integers by which transactions are found.

/// How many bits of a place are the position in the block. `layout.sql` and `read` have it in SQL.
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
	pub(crate) fn place(self, position: usize) -> Option<i64> {
		let position = i64::try_from(position).ok().filter(|p| p >> POSITION_BITS == 0)?;
		let (first, _) = self.places();
		(first >> POSITION_BITS == self.0).then_some(first | position)
	}
}

/// The position of a place in its block.
pub(crate) fn position(place: i64) -> u32 {
	u32::try_from(place & ((1 << POSITION_BITS) - 1)).unwrap_or_default()
}

/// FNV-1a of 64 bits ([RFC 9923]) of a signature or an address.
///
/// Words that collide are easily made, and gain nothing: what is found is compared with what was looked
/// for, and who wants to make the history of an address long can as well name it in transactions.
///
/// [RFC 9923]: https://www.rfc-editor.org/rfc/rfc9923
pub(crate) fn key(word: &[u8]) -> i64 {
	let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
	i64::from_ne_bytes(word.iter().fold(0xcbf2_9ce4_8422_2325, mix).to_ne_bytes())
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Vectors of the authors' test suite (public domain), also in RFC 9923.
	#[test]
	fn keys_are_fnv_1a() {
		let cases: [(&[u8], u64); 3] = [
			(b"", 0xcbf2_9ce4_8422_2325),
			(b"a", 0xaf63_dc4c_8601_ec8c),
			(b"foobar", 0x8594_4171_f739_67e8),
		];
		for (text, expected) in cases {
			assert_eq!(key(text).to_ne_bytes(), expected.to_ne_bytes());
		}
	}

	#[test]
	fn places_are_those_of_their_block_and_in_order() {
		let block = BlockRow(5);
		let (first, last) = block.places();
		assert_eq!(block.place(0), Some(first));
		assert_eq!(block.place((1 << 24) - 1), Some(last));
		assert_eq!(last + 1, BlockRow(6).places().0);
		assert_eq!(block.place(77).map(position), Some(77));
	}

	#[test]
	fn what_does_not_fit_has_no_place() {
		assert_eq!(BlockRow(5).place(1 << 24), None);
		assert_eq!(BlockRow(5).place(usize::MAX), None);
		assert!(BlockRow((1 << 39) - 1).place(0).is_some());
		assert_eq!(BlockRow(1 << 39).place(0), None);
	}
}
