// SPDX-License-Identifier: Apache-2.0
//! Opcodes and the ranges that engines own.

use core::fmt;

/// The first byte of a payload: which operation of which VM.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Opcode(u8);

impl Opcode {
	/// Wraps the first byte of a payload.
	pub const fn new(byte: u8) -> Self {
		Self(byte)
	}

	/// The byte on the wire.
	pub const fn get(self) -> u8 {
		self.0
	}
}

impl fmt::Display for Opcode {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "0x{:02x}", self.0)
	}
}

/// The opcodes that one engine owns, both ends included.
///
/// Opcode 0x00 belongs to nobody, so that a payload of zeros means nothing.
///
/// # Examples
/// ```
/// use unum_vm_engine::{Opcode, OpcodeRange};
/// const NATIVE: OpcodeRange = OpcodeRange::new(0x01, 0x0f);
/// assert!(NATIVE.contains(Opcode::new(0x0f)));
/// assert!(!NATIVE.contains(Opcode::new(0x10)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpcodeRange {
	first: u8,
	last: u8,
}

impl OpcodeRange {
	/// A range from `first` to `last`, both included.
	///
	/// # Panics
	/// If the range is empty or holds 0x00. Ranges are constants, so this stops the build.
	pub const fn new(first: u8, last: u8) -> Self {
		assert!(first >= 1, "opcode 0x00 belongs to no engine");
		assert!(first <= last, "an opcode range holds at least one opcode");
		Self { first, last }
	}

	/// The lowest opcode of the range.
	pub const fn first(self) -> Opcode {
		Opcode(self.first)
	}

	/// The highest opcode of the range.
	pub const fn last(self) -> Opcode {
		Opcode(self.last)
	}

	/// Whether `opcode` lies in the range.
	pub const fn contains(self, opcode: Opcode) -> bool {
		self.first <= opcode.0 && opcode.0 <= self.last
	}

	/// Whether the two ranges share an opcode.
	pub const fn overlaps(self, other: Self) -> bool {
		self.first <= other.last && other.first <= self.last
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn overlap_means_a_shared_opcode_for_all_small_ranges() {
		let ranges = || (1u8..8).flat_map(|a| (a..8).map(move |b| OpcodeRange::new(a, b)));
		for a in ranges() {
			for b in ranges() {
				let shared = (0u8..=255).any(|o| a.contains(Opcode(o)) && b.contains(Opcode(o)));
				assert_eq!(a.overlaps(b), shared, "{a:?} {b:?}");
			}
		}
	}
}
