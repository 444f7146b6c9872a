// SPDX-License-Identifier: Apache-2.0
//! What syscalls need to know of the program that runs.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_sbpf::HEAP_START;

use super::serialize::Place;

/// A program that runs.
#[derive(Debug)]
pub(crate) struct Running {
	/// The program.
	pub program: SvmAddress,
	/// Where its accounts are in its memory, by position in its instruction.
	pub places: Vec<Place>,
	/// What is left of its heap for `sol_alloc_free_`.
	pub heap: Heap,
	/// Whether its loader promises aligned values.
	pub aligned: bool,
}

/// An allocator that never frees (`BpfAllocator` in `invoke_context.rs`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heap {
	/// Bytes.
	size: u64,
	/// How many of them are given away.
	used: u64,
}

impl Heap {
	/// A heap of so many bytes.
	pub(crate) const fn new(size: u64) -> Self {
		Self { size, used: 0 }
	}

	/// The guest address of so many bytes, aligned; none if they are not left.
	pub(crate) fn allocate(&mut self, size: u64, alignment: u64) -> Option<u64> {
		let start = self.used.checked_next_multiple_of(alignment)?;
		let end = start.checked_add(size).filter(|end| *end <= self.size)?;
		self.used = end;
		HEAP_START.checked_add(start)
	}
}
