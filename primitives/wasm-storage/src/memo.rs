// SPDX-License-Identifier: Apache-2.0
//! Hashes of short inputs, remembered: of the names of pallets and their entries, and of accounts. FRAME
//! computes three of them to look at an entry of a map.

use alloc::{vec, vec::Vec};
use core::fmt;

/// The longest input that is remembered, in bytes: names, addresses, identities and slots are no longer.
const INPUT_BYTES: usize = 32;

/// How many pairs of them are remembered, as a power of two.
const PAIRS_LOG2: u32 = 6;

/// Odd, and half of its bits are set: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash function, and what it made of inputs. Of those that belong to the same pair of places, the
/// last two are remembered, so that two which are used by turns do not drive each other out.
pub(crate) struct Memo<F> {
	function: F,
	pairs: Vec<[Place; 2]>,
}

#[derive(Clone, Copy)]
struct Place {
	/// Longer than any input, where there is none.
	length: usize,
	input: [u64; INPUT_BYTES / 8],
	hash: [u8; 16],
}

impl<F> fmt::Debug for Memo<F> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Memo").finish_non_exhaustive()
	}
}

impl<F: Fn(&[u8]) -> [u8; 16]> Memo<F> {
	pub(crate) fn new(function: F) -> Self {
		let nothing = Place { length: usize::MAX, input: [0; INPUT_BYTES / 8], hash: [0; 16] };
		Self { function, pairs: vec![[nothing; 2]; 1 << PAIRS_LOG2] }
	}

	/// What the function makes of an input.
	pub(crate) fn of(&mut self, input: &[u8]) -> [u8; 16] {
		let Self { function, pairs } = self;
		let Some(words) = words(input) else { return function(input) };
		let mixed = words.iter().fold(0u64, |mixed, word| (mixed ^ word).wrapping_mul(SPREAD));
		let at = usize::try_from(mixed >> (u64::BITS - PAIRS_LOG2)).unwrap_or_default();
		let Some([last, other]) = pairs.get_mut(at) else { return function(input) };
		let is_it = |place: &Place| place.length == input.len() && place.input == words;
		if !is_it(last) {
			core::mem::swap(last, other);
			if !is_it(last) {
				*last = Place { length: input.len(), input: words, hash: function(input) };
			}
		}
		last.hash
	}
}

/// A short input, with zeros behind it.
fn words(input: &[u8]) -> Option<[u64; INPUT_BYTES / 8]> {
	let mut padded = [0; INPUT_BYTES];
	padded.get_mut(..input.len())?.copy_from_slice(input);
	let (words, _) = padded.as_chunks::<8>();
	let mut numbers = [0; INPUT_BYTES / 8];
	numbers.iter_mut().zip(words).for_each(|(number, word)| *number = u64::from_le_bytes(*word));
	Some(numbers)
}

#[cfg(test)]
mod tests {
	use core::cell::Cell;

	use proptest::{collection::vec, prelude::*};

	use super::*;

	/// A hash function for the test: the input's last bytes, its length and its sum.
	fn plain(input: &[u8]) -> [u8; 16] {
		let mut hash = [0; 16];
		input.iter().rev().take(13).zip(&mut hash).for_each(|(byte, to)| *to = *byte);
		hash[13] = input.len() as u8;
		let sum = input
			.iter()
			.fold(0u16, |sum, byte| sum.wrapping_mul(31).wrapping_add(u16::from(*byte)));
		hash[14..].copy_from_slice(&sum.to_le_bytes());
		hash
	}

	#[test]
	fn a_hash_is_computed_once() {
		let count = Cell::new(0);
		let mut memo = Memo::new(|input: &[u8]| {
			count.set(count.get() + 1);
			plain(input)
		});
		for _ in 0..5 {
			for input in [&b"System"[..], b"Account", b"", &[7; 32]] {
				assert_eq!(memo.of(input), plain(input));
			}
		}
		assert_eq!(count.get(), 4);
	}

	proptest! {
		/// Inputs that differ in trailing zeros, or share a place, do not answer for each other.
		#[test]
		fn no_input_has_the_hash_of_another(inputs in vec(vec(0..3u8, 0..40), 1..2_000)) {
			let mut memo = Memo::new(plain);
			for input in inputs {
				prop_assert_eq!(memo.of(&input), plain(&input));
			}
		}
	}
}
