// SPDX-License-Identifier: Apache-2.0
//! How much is recorded.

/// The longest trace, in bytes of SCALE. It crosses the border of the Wasm runtime in one piece, and
/// Substrate's allocator gives 32 MiB in one piece at most: a quarter leaves room for the list to be
/// read, encoded and grown.
pub const TRACE_BYTES_MAX: usize = 8 << 20;

/// The most instructions in a trace: a list of them that doubles while it grows takes about 22 MiB in
/// one piece in Wasm, under the same limit.
pub const TRACE_STEPS_MAX: usize = 1 << 17;

/// What may still be recorded.
#[derive(Debug, Default)]
pub(super) struct Budget {
	bytes: usize,
	is_exceeded: bool,
}

impl Budget {
	/// Whether so many more bytes are to be recorded. After the first that are not, none are.
	pub(super) fn admit(&mut self, bytes: usize) -> bool {
		let sum = self.bytes.saturating_add(bytes);
		if self.is_exceeded || sum > TRACE_BYTES_MAX {
			self.is_exceeded = true;
			return false;
		}
		self.bytes = sum;
		true
	}

	/// Nothing more is to be recorded, for another reason than bytes.
	pub(super) fn exceed(&mut self) {
		self.is_exceeded = true;
	}

	/// Whether something was not recorded.
	pub(super) const fn is_exceeded(&self) -> bool {
		self.is_exceeded
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_too_much_ends_it() {
		let mut budget = Budget::default();
		assert!(budget.admit(TRACE_BYTES_MAX - 1));
		assert!(budget.admit(1));
		assert!(!budget.is_exceeded());
		assert!(!budget.admit(1));
		assert!(!budget.admit(0));
		assert!(budget.is_exceeded());
	}
}
