// SPDX-License-Identifier: Apache-2.0
//! One contiguous piece of guest memory.

use core::fmt;

/// What a region is made of.
enum Bytes<'a> {
	Readonly(&'a [u8]),
	Writable(&'a mut [u8]),
}

/// Bytes of the host at an address of the guest (`memory_region.rs` upstream).
pub struct Region<'a> {
	bytes: Bytes<'a>,
	start: u64,
	/// The logarithm of the frame size, if frames and gaps of that size alternate.
	gap_shift: Option<u32>,
}

impl<'a> Region<'a> {
	/// Bytes that the guest can read, from `start` on.
	pub const fn readonly(bytes: &'a [u8], start: u64) -> Self {
		Self { bytes: Bytes::Readonly(bytes), start, gap_shift: None }
	}

	/// Bytes that the guest can read and write, from `start` on.
	pub const fn writable(bytes: &'a mut [u8], start: u64) -> Self {
		Self { bytes: Bytes::Writable(bytes), start, gap_shift: None }
	}

	/// As [`Region::writable`], in frames of `gap` bytes (a power of two), each of which is followed
	/// by `gap` bytes that are not mapped. With a gap of zero there are none.
	///
	/// An access that begins in a frame and is longer than the rest of it goes on in the next
	/// frame, not in the gap: so it is upstream.
	pub const fn writable_with_gaps(bytes: &'a mut [u8], start: u64, gap: u64) -> Self {
		Self { bytes: Bytes::Writable(bytes), start, gap_shift: gap.checked_ilog2() }
	}

	/// The guest address of the first byte.
	pub const fn start(&self) -> u64 {
		self.start
	}

	/// The first guest address after the region, gaps included; at most the greatest number.
	pub fn end(&self) -> u64 {
		let length = match self.gap_shift {
			None => self.len(),
			Some(_) => self.len().saturating_mul(2),
		};
		self.start.saturating_add(length)
	}

	/// How many bytes there are, gaps not included.
	pub fn len(&self) -> u64 {
		u64::try_from(self.bytes().len()).unwrap_or(u64::MAX)
	}

	/// Whether there are no bytes.
	pub fn is_empty(&self) -> bool {
		self.bytes().is_empty()
	}

	/// Whether the guest can write here.
	pub const fn is_writable(&self) -> bool {
		matches!(self.bytes, Bytes::Writable(_))
	}

	/// All bytes, without gaps.
	#[inline(always)]
	pub const fn bytes(&self) -> &[u8] {
		match &self.bytes {
			Bytes::Readonly(bytes) => bytes,
			Bytes::Writable(bytes) => bytes,
		}
	}

	/// All bytes, without gaps, if the guest can write here.
	#[inline(always)]
	pub const fn bytes_mut(&mut self) -> Option<&mut [u8]> {
		match &mut self.bytes {
			Bytes::Readonly(_) => None,
			Bytes::Writable(bytes) => Some(bytes),
		}
	}

	/// Where in [`Region::bytes`] an address is; `None` before the region and within a gap.
	///
	/// The subtraction happens in 64 bits and the result is converted, not cast: on a host of 32
	/// bits an address 4 GiB further on must not come out as the same place.
	#[inline(always)]
	pub(crate) fn offset(&self, address: u64) -> Option<usize> {
		let offset = address.checked_sub(self.start)?;
		let offset = match self.gap_shift {
			None => offset,
			Some(shift) => without_gaps(offset, shift)?,
		};
		usize::try_from(offset).ok()
	}
}

/// The place among the frames alone of a place among frames and gaps.
#[inline(always)]
fn without_gaps(offset: u64, shift: u32) -> Option<u64> {
	let slot = offset.wrapping_shr(shift);
	if slot & 1 == 1 {
		return None;
	}
	let within = offset ^ slot.wrapping_shl(shift);
	Some(slot.wrapping_shr(1).wrapping_shl(shift) | within)
}

impl fmt::Debug for Region<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Region")
			.field("start", &self.start)
			.field("len", &self.len())
			.field("writable", &self.is_writable())
			.field("gap_shift", &self.gap_shift)
			.finish()
	}
}
