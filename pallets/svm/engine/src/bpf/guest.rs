// SPDX-License-Identifier: Apache-2.0
//! What syscalls read from and write to a program's memory (`memory.rs` of solana-program-runtime 4.2
//! and the translation macros of solana-syscalls 4.2).
//!
//! Nothing of the host's is lent to a program: values are copied in and out. Guest addresses are `u64`
//! throughout.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_sbpf::Memory;

use super::error::SyscallError;

/// The outcome of a syscall, or of a part of it.
pub(crate) type Outcome<T> = Result<T, SyscallError>;

/// Bytes of a guest's `(pointer, length)`.
pub(crate) const SLICE_BYTES: u64 = 16;

/// The most bytes a slice can have: what upstream's hosts, of 64 bits, can address (`isize::MAX`).
const LENGTH_MAX: u64 = u64::MAX >> 1;

/// A slice in the memory of a guest (`VmSlice`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct GuestSlice {
	/// Where it begins.
	pub address: u64,
	/// How many elements it has.
	pub length: u64,
}

/// The memory of a program, as its syscalls see it.
#[derive(Debug)]
pub(crate) struct Guest<'a, 'm> {
	memory: &'a mut Memory<'m>,
	/// Whether the program's loader promises aligned values; the deprecated one does not.
	aligned: bool,
}

impl<'a, 'm> Guest<'a, 'm> {
	/// The memory of a program, whose values are aligned or not.
	pub(crate) const fn new(memory: &'a mut Memory<'m>, aligned: bool) -> Self {
		Self { memory, aligned }
	}

	/// Whether values have to be aligned.
	pub(crate) const fn is_aligned(&self) -> bool {
		self.aligned
	}

	fn ensure_aligned(&self, address: u64, alignment: u64) -> Outcome<()> {
		if self.aligned && !address.is_multiple_of(alignment) {
			return Err(SyscallError::UnalignedPointer);
		}
		Ok(())
	}

	/// The bytes of a slice. An empty one may be anywhere.
	///
	/// # Errors
	/// They are not mapped, or more than there can be.
	pub(crate) fn bytes(&self, address: u64, length: u64) -> Outcome<&[u8]> {
		self.elements(GuestSlice { address, length }, 1, 1)
	}

	/// The bytes of a slice whose elements have `size` bytes each and an `alignment`.
	///
	/// # Errors
	/// As [`Guest::bytes`]; and it is not aligned.
	pub(crate) fn elements(&self, slice: GuestSlice, size: u64, alignment: u64) -> Outcome<&[u8]> {
		if slice.length == 0 {
			return Ok(&[]);
		}
		let bytes = self.memory.slice(slice.address, total(slice.length, size)?)?;
		self.ensure_aligned(slice.address, alignment)?;
		Ok(bytes)
	}

	/// A value of `N` bytes with an alignment.
	///
	/// # Errors
	/// It is not mapped or not aligned.
	pub(crate) fn value<const N: usize>(&self, address: u64, alignment: u64) -> Outcome<[u8; N]> {
		let bytes = self.memory.read::<N>(address)?;
		self.ensure_aligned(address, alignment)?;
		Ok(bytes)
	}

	/// An aligned `u64`.
	///
	/// # Errors
	/// It is not mapped or not aligned.
	pub(crate) fn u64(&self, address: u64) -> Outcome<u64> {
		self.value(address, 8).map(u64::from_le_bytes)
	}

	/// An address of Solana.
	///
	/// # Errors
	/// It is not mapped.
	pub(crate) fn key(&self, address: u64) -> Outcome<SvmAddress> {
		self.value::<32>(address, 1).map(SvmAddress::from)
	}

	/// A slice of slices.
	///
	/// # Errors
	/// It is not mapped or not aligned.
	pub(crate) fn slices(&self, address: u64, length: u64) -> Outcome<Vec<GuestSlice>> {
		let bytes = self.elements(GuestSlice { address, length }, SLICE_BYTES, 8)?;
		let (elements, _) = bytes.as_chunks::<16>();
		Ok(elements.iter().map(slice_of).collect())
	}

	/// The bytes of a slice, to be written.
	///
	/// # Errors
	/// They are not mapped, or not for writing.
	pub(crate) fn bytes_mut(&mut self, address: u64, length: u64) -> Outcome<&mut [u8]> {
		if length == 0 {
			return Ok(&mut []);
		}
		Ok(self.memory.slice_mut(address, total(length, 1)?)?)
	}

	/// Checks that a value of `length` bytes with an alignment can be written.
	///
	/// # Errors
	/// It is not mapped for writing, or not aligned.
	pub(crate) fn ensure_writable(
		&mut self,
		address: u64,
		length: u64,
		alignment: u64,
	) -> Outcome<()> {
		self.memory.slice_mut(address, length)?;
		self.ensure_aligned(address, alignment)
	}

	/// Writes a value with an alignment.
	///
	/// # Errors
	/// It is not mapped for writing, or not aligned.
	pub(crate) fn write(&mut self, address: u64, bytes: &[u8], alignment: u64) -> Outcome<()> {
		let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
		self.ensure_writable(address, length, alignment)?;
		self.memory.slice_mut(address, length)?.copy_from_slice(bytes);
		Ok(())
	}

	/// Writes bytes, which may be none.
	///
	/// # Errors
	/// They are not mapped for writing.
	pub(crate) fn write_slice(&mut self, address: u64, bytes: &[u8]) -> Outcome<()> {
		let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
		self.bytes_mut(address, length)?.copy_from_slice(bytes);
		Ok(())
	}

	/// Checks that two results have no byte in common.
	///
	/// # Errors
	/// `CopyOverlapping`.
	pub(crate) const fn ensure_apart(
		&self,
		one: u64,
		one_length: u64,
		other: u64,
		other_length: u64,
	) -> Outcome<()> {
		if are_apart(one, one_length, other, other_length) {
			Ok(())
		} else {
			Err(SyscallError::CopyOverlapping)
		}
	}

	/// Copies, as if by way of a third place.
	///
	/// # Errors
	/// The destination is not mapped for writing, or the source not for reading.
	pub(crate) fn copy(&mut self, destination: u64, source: u64, length: u64) -> Outcome<()> {
		if length == 0 {
			return Ok(());
		}
		let length = total(length, 1)?;
		// The destination first: so are the errors upstream.
		self.memory.slice_mut(destination, length)?;
		self.memory.copy(destination, source, length)?;
		Ok(())
	}
}

/// The bytes of so many elements.
fn total(length: u64, size: u64) -> Outcome<u64> {
	let bytes = length.saturating_mul(size);
	if bytes > LENGTH_MAX {
		return Err(SyscallError::InvalidLength);
	}
	Ok(bytes)
}

/// A slice, as a guest keeps it.
pub(crate) fn slice_of(bytes: &[u8; 16]) -> GuestSlice {
	let (address, length) = bytes.split_at(8);
	GuestSlice { address: number(address), length: number(length) }
}

/// A `u64` of eight bytes; zero of any other number of them.
pub(crate) fn number(bytes: &[u8]) -> u64 {
	bytes.first_chunk::<8>().copied().map_or(0, u64::from_le_bytes)
}

/// Whether two ranges of memory have nothing in common.
pub(crate) const fn are_apart(one: u64, one_length: u64, other: u64, other_length: u64) -> bool {
	if one > other {
		one.saturating_sub(other) >= other_length
	} else {
		other.saturating_sub(one) >= one_length
	}
}
