// SPDX-License-Identifier: Apache-2.0
//! Why a program is not run.

use core::fmt;

/// What the verifier found (`VerifierError` upstream, less what cannot happen). Numbers count
/// instructions from zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerifierError {
	/// The program is no multiple of eight bytes.
	ProgramLengthNotMultiple,
	/// The program is empty.
	NoProgram,
	/// A division by the immediate zero.
	DivisionByZero(u64),
	/// `le` or `be` of a width other than 16, 32 or 64.
	UnsupportedLebeArgument(u64),
	/// The first half of `lddw` is the last instruction.
	LddwCannotBeLast,
	/// `lddw` has no second half.
	IncompleteLddw(u64),
	/// A jump to before the first or past the last instruction.
	JumpOutOfCode {
		/// Where to; of a jump to before the first instruction, as a negative number in two's
		/// complement.
		target: u64,
		/// Where from.
		at: u64,
	},
	/// A jump into `lddw`.
	JumpToMiddleOfLddw {
		/// Where to.
		target: u64,
		/// Where from.
		at: u64,
	},
	/// The source is no register.
	InvalidSourceRegister(u64),
	/// The frame pointer can't be written.
	CannotWriteR10(u64),
	/// The destination is no register.
	InvalidDestinationRegister(u64),
	/// This version has no such instruction.
	UnknownOpCode {
		/// The first byte of the instruction.
		opcode: u8,
		/// Where.
		at: u64,
	},
	/// A shift by more bits than there are.
	ShiftWithOverflow {
		/// The bits to shift by, sign-extended.
		shift: u64,
		/// The bits that there are.
		bits: u64,
		/// Where.
		at: u64,
	},
	/// `callx` of what is no register.
	InvalidRegister(u64),
	/// The frame pointer moves by multiples of 64 bytes.
	UnalignedImmediate(u64),
}

impl fmt::Display for VerifierError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::ProgramLengthNotMultiple => {
				f.write_str("program length must be a multiple of 8 octets")
			},
			Self::NoProgram => f.write_str("no program set, call prog_set() to load one"),
			Self::DivisionByZero(at) => write!(f, "division by 0 (insn #{at})"),
			Self::UnsupportedLebeArgument(at) => {
				write!(f, "unsupported argument for LE/BE (insn #{at})")
			},
			Self::LddwCannotBeLast => f.write_str("LD_DW instruction cannot be last in program"),
			Self::IncompleteLddw(at) => write!(f, "incomplete LD_DW instruction (insn #{at})"),
			Self::JumpOutOfCode { target, at } => {
				write!(f, "jump out of code to #{target} (insn #{at})")
			},
			Self::JumpToMiddleOfLddw { target, at } => {
				write!(f, "jump to middle of LD_DW at #{target} (insn #{at})")
			},
			Self::InvalidSourceRegister(at) => write!(f, "invalid source register (insn #{at})"),
			Self::CannotWriteR10(at) => {
				write!(f, "cannot write into register r10 (insn #{at})")
			},
			Self::InvalidDestinationRegister(at) => {
				write!(f, "invalid destination register (insn #{at})")
			},
			Self::UnknownOpCode { opcode, at } => {
				write!(f, "unknown eBPF opcode {opcode:#2x} (insn #{at})")
			},
			Self::ShiftWithOverflow { shift, bits, at } => {
				write!(f, "Shift with overflow of {shift}-bit value by {bits} (insn #{at})")
			},
			Self::InvalidRegister(at) => {
				write!(f, "Invalid register specified at instruction {at}")
			},
			Self::UnalignedImmediate(at) => write!(f, "Unaligned immediate (insn #{at})"),
		}
	}
}

impl core::error::Error for VerifierError {}
