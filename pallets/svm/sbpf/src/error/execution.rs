// SPDX-License-Identifier: Apache-2.0
//! Why a program stopped.

use core::fmt;

/// Whether memory was read or written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessKind {
	/// A read.
	Load,
	/// A write.
	Store,
}

impl fmt::Display for AccessKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Load => "reading",
			Self::Store => "writing",
		})
	}
}

/// An access to memory that is not mapped, or not for writing (`AccessViolation` and
/// `StackAccessViolation` in `error.rs` upstream).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessViolation {
	/// Anywhere but near the stack.
	General {
		/// What was tried.
		access: AccessKind,
		/// The guest address.
		address: u64,
		/// Bytes.
		length: u64,
		/// Upstream's name of the region: `program`, `stack`, `heap`, `input`, `allocated` or
		/// `unallocated`.
		section: &'static str,
	},
	/// Within the reach of the stack frames, of a version whose frames the machine places.
	Stack {
		/// What was tried.
		access: AccessKind,
		/// The guest address.
		address: u64,
		/// Bytes.
		length: u64,
		/// The frame, counted as if there were no gaps; it may be -1.
		frame: i64,
	},
}

impl fmt::Display for AccessViolation {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::General { access, address, length, section } => write!(
				f,
				"Access violation {access} {length} bytes at address {address:#x} (in {section} region)"
			),
			Self::Stack { address, length, frame, .. } => write!(
				f,
				"Access violation in stack frame {frame} at address {address:#x} of size {length}"
			),
		}
	}
}

impl core::error::Error for AccessViolation {}

/// Two regions of memory overlap, or share 4 GiB where they must not (`InvalidMemoryRegion`
/// upstream).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidRegion(
	/// Which region: its place in ascending order, or the index of its 4 GiB if they are aligned.
	pub u64,
);

impl fmt::Display for InvalidRegion {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Invalid memory region at index {}", self.0)
	}
}

impl core::error::Error for InvalidRegion {}

/// Why a program stopped without a result (`EbpfError` upstream, as far as an interpreter can meet
/// it). `E` is the error of the syscalls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExecutionError<E> {
	/// More calls within calls than the configuration allows.
	CallDepthExceeded,
	/// A division by a register that is zero.
	DivideByZero,
	/// A signed division of the least number by -1.
	DivideOverflow,
	/// The next instruction is past the end of the program.
	ExecutionOverrun,
	/// `callx` to an address that is no instruction of the program.
	CallOutsideTextSegment,
	/// The budget is used up.
	ExceededMaxInstructions,
	/// Memory that is not mapped, or not for writing.
	AccessViolation(AccessViolation),
	/// `le` or `be` of a width that there is not; the verifier refuses it.
	InvalidInstruction,
	/// An instruction that this version does not have, or a call of nothing.
	UnsupportedInstruction,
	/// A syscall failed.
	Syscall(E),
}

impl<E> ExecutionError<E> {
	/// The number of this error upstream: the discriminant of `EbpfError`, which is part of what
	/// its compiled programs return.
	pub const fn discriminant(&self) -> u64 {
		match self {
			Self::CallDepthExceeded => 2,
			Self::DivideByZero => 4,
			Self::DivideOverflow => 5,
			Self::ExecutionOverrun => 6,
			Self::CallOutsideTextSegment => 7,
			Self::ExceededMaxInstructions => 8,
			Self::AccessViolation(AccessViolation::General { .. }) => 11,
			Self::AccessViolation(AccessViolation::Stack { .. }) => 12,
			Self::InvalidInstruction => 13,
			Self::UnsupportedInstruction => 14,
			Self::Syscall(_) => 18,
		}
	}
}

impl<E> From<AccessViolation> for ExecutionError<E> {
	fn from(violation: AccessViolation) -> Self {
		Self::AccessViolation(violation)
	}
}

impl<E: fmt::Display> fmt::Display for ExecutionError<E> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::CallDepthExceeded => "exceeded max BPF to BPF call depth",
			Self::DivideByZero => "divide by zero at BPF instruction",
			Self::DivideOverflow => "division overflow at BPF instruction",
			Self::ExecutionOverrun => {
				"attempted to execute past the end of the text segment at BPF instruction"
			},
			Self::CallOutsideTextSegment => "callx attempted to call outside of the text segment",
			Self::ExceededMaxInstructions => "exceeded CUs meter at BPF instruction",
			Self::InvalidInstruction => "invalid BPF instruction",
			Self::UnsupportedInstruction => "unsupported BPF instruction",
			Self::AccessViolation(violation) => return violation.fmt(f),
			Self::Syscall(error) => return write!(f, "Syscall error: {error}"),
		})
	}
}

impl<E: core::error::Error> core::error::Error for ExecutionError<E> {}
