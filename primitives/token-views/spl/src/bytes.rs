// SPDX-License-Identifier: Apache-2.0
//! Reading bytes from the front.

use unum_address::SvmAddress;

/// Bytes that have not been read yet.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Bytes<'_> {
	/// The next `N` bytes.
	pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
		let (head, rest) = self.0.split_first_chunk::<N>()?;
		self.0 = rest;
		Some(*head)
	}

	/// The next byte.
	pub(crate) fn u8(&mut self) -> Option<u8> {
		self.take::<1>().map(|[byte]| byte)
	}

	/// The next eight bytes as a little-endian number.
	pub(crate) fn u64(&mut self) -> Option<u64> {
		self.take().map(u64::from_le_bytes)
	}

	/// The next 32 bytes as a key.
	pub(crate) fn key(&mut self) -> Option<SvmAddress> {
		self.take::<32>().map(SvmAddress::from)
	}
}
