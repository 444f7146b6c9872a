// SPDX-License-Identifier: Apache-2.0
//! Lengths, in one to three bytes (`compact-u16`, solana-short-vec 3.2).

use alloc::vec::Vec;

use crate::DecodeError;

/// For each byte, how far its seven bits are shifted.
const SHIFTS: [u32; 3] = [0, 7, 14];

/// Says that another byte follows.
const MORE: u8 = 0x80;

/// Reads a length from bytes that `next` gives. There is one encoding of each.
///
/// # Errors
/// Those of `next`; [`DecodeError::NonCanonicalLength`], [`DecodeError::LengthOverflow`].
pub(crate) fn read(mut next: impl FnMut() -> Result<u8, DecodeError>) -> Result<u16, DecodeError> {
	let mut value = 0u32;
	for shift in SHIFTS {
		let byte = next()?;
		if byte == 0 && shift > 0 {
			return Err(DecodeError::NonCanonicalLength);
		}
		value |= u32::from(byte & !MORE).wrapping_shl(shift);
		if byte & MORE == 0 {
			return u16::try_from(value).map_err(|_| DecodeError::LengthOverflow);
		}
	}
	Err(DecodeError::LengthOverflow)
}

/// Writes a length. Those of a message fit 16 bits; a longer one is written as the longest, and what
/// comes out does not decode.
pub(crate) fn write(length: usize, to: &mut Vec<u8>) {
	let mut rest = u16::try_from(length).unwrap_or(u16::MAX);
	loop {
		let [low, _] = rest.to_le_bytes();
		rest >>= 7;
		if rest == 0 {
			to.push(low & !MORE);
			return;
		}
		to.push(low | MORE);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{collections::BTreeSet, vec};

	fn read_all(bytes: &[u8]) -> Result<(u16, usize), DecodeError> {
		let mut rest = bytes.iter();
		let value = read(|| rest.next().copied().ok_or(DecodeError::Truncated))?;
		Ok((value, bytes.len() - rest.len()))
	}

	#[test]
	fn the_numbers_of_the_documentation() {
		let cases: [(u16, &[u8]); 9] = [
			(0, &[0]),
			(5, &[5]),
			(0x7f, &[0x7f]),
			(0x80, &[0x80, 1]),
			(0xff, &[0xff, 1]),
			(0x100, &[0x80, 2]),
			(0x3fff, &[0xff, 0x7f]),
			(0x4000, &[0x80, 0x80, 1]),
			(0xffff, &[0xff, 0xff, 3]),
		];
		for (value, bytes) in cases {
			let mut written = vec![];
			write(value.into(), &mut written);
			assert_eq!((written.as_slice(), read_all(bytes)), (bytes, Ok((value, bytes.len()))));
		}
	}

	/// Each of the 16 million strings of three bytes: there are exactly 65,536 that are read, and each
	/// is what is written for its number.
	#[test]
	fn every_length_has_one_encoding_and_every_encoding_one_length() {
		let mut seen = BTreeSet::new();
		for first in 0..=0xffu8 {
			if let Ok((value, 1)) = read_all(&[first]) {
				assert!(seen.insert(value));
				continue;
			}
			for second in 0..=0xffu8 {
				if let Ok((value, 2)) = read_all(&[first, second]) {
					assert!(seen.insert(value));
					continue;
				}
				for third in 0..=0xffu8 {
					let bytes = [first, second, third];
					let Ok((value, length)) = read_all(&bytes) else { continue };
					let mut written = vec![];
					write(value.into(), &mut written);
					assert_eq!(written, bytes[..length]);
					assert!(seen.insert(value));
				}
			}
		}
		assert_eq!(seen.len(), 1 << 16);
		for value in 0..=u16::MAX {
			let mut written = vec![];
			write(value.into(), &mut written);
			assert_eq!(read_all(&written), Ok((value, written.len())));
		}
	}

	#[test]
	fn what_is_no_length_says_why() {
		use DecodeError::*;
		let cases: [(&[u8], DecodeError); 8] = [
			(&[], Truncated),
			(&[0x80], Truncated),
			(&[0x80, 0x80], Truncated),
			(&[0x80, 0], NonCanonicalLength),
			(&[0xff, 0], NonCanonicalLength),
			(&[0x80, 0x80, 0], NonCanonicalLength),
			(&[0x80, 0x80, 4], LengthOverflow),
			(&[0x80, 0x80, 0x80, 1], LengthOverflow),
		];
		for (bytes, error) in cases {
			assert_eq!(read_all(bytes), Err(error), "{bytes:?}");
		}
	}
}
