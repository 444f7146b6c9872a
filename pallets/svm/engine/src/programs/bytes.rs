// SPDX-License-Identifier: Apache-2.0
//! Instruction data and states of the programs here, as `bincode` writes them: numbers in little endian,
//! tags of four bytes, lengths of eight.

use core::str;
use unum_address::SvmAddress;

/// The most bytes of instruction data that are read: those of a packet (`PACKET_DATA_SIZE`,
/// solana-packet 4.2; `limited_deserialize`, solana-bincode 3.1).
const BYTES_MAX: usize = 1_232;

/// Reads from the front. What follows the last thing read is of no interest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
	/// Over instruction data, of which no more is read than fits a packet.
	pub(crate) fn new(data: &'a [u8]) -> Self {
		Self(data.get(..BYTES_MAX).unwrap_or(data))
	}

	fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
		let (taken, rest) = self.0.split_first_chunk::<N>()?;
		self.0 = rest;
		Some(*taken)
	}

	pub(crate) fn u8(&mut self) -> Option<u8> {
		let [byte] = self.take()?;
		Some(byte)
	}

	pub(crate) fn u32(&mut self) -> Option<u32> {
		self.take().map(u32::from_le_bytes)
	}

	pub(crate) fn u64(&mut self) -> Option<u64> {
		self.take().map(u64::from_le_bytes)
	}

	pub(crate) fn key(&mut self) -> Option<SvmAddress> {
		self.take::<32>().map(SvmAddress::from)
	}

	pub(crate) fn text(&mut self) -> Option<&'a str> {
		let length = usize::try_from(self.u64()?).ok()?;
		let (taken, rest) = self.0.split_at_checked(length)?;
		self.0 = rest;
		str::from_utf8(taken).ok()
	}
}
