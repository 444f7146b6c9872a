// SPDX-License-Identifier: Apache-2.0
//! Instructions as they stand in a program.

/// Bytes of an instruction.
pub(crate) const INSTRUCTION_SIZE: usize = 8;
/// The frame pointer.
pub(crate) const FRAME_POINTER: u8 = 10;

/// `call imm`.
pub(crate) const CALL: u8 = 0x85;
/// `add64 dst, imm`.
pub(crate) const ADD64_IMM: u8 = 0x07;

/// An instruction as it stands in a program (`Insn` in `ebpf.rs` upstream).
///
/// ```text
///   byte  0        1           2   3     4   5   6   7
///         opcode   src | dst   offset    immediate
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Instruction {
	pub(crate) opcode: u8,
	pub(crate) dst: u8,
	pub(crate) src: u8,
	pub(crate) offset: i16,
	pub(crate) imm: i32,
}

impl Instruction {
	/// Reads an instruction. Every eight bytes are one.
	pub(crate) const fn from_bytes(bytes: [u8; INSTRUCTION_SIZE]) -> Self {
		let [opcode, registers, o0, o1, i0, i1, i2, i3] = bytes;
		Self {
			opcode,
			dst: registers & 0x0f,
			src: registers >> 4,
			offset: i16::from_le_bytes([o0, o1]),
			imm: i32::from_le_bytes([i0, i1, i2, i3]),
		}
	}

	/// The immediate, sign-extended.
	pub(crate) fn imm_extended(self) -> u64 {
		i64::from(self.imm).cast_unsigned()
	}

	/// The instruction that a jump at `pc` leads to; before the first one it is negative.
	pub(crate) fn jump_target(self, pc: usize) -> i64 {
		i64::try_from(pc)
			.unwrap_or(i64::MAX)
			.saturating_add(1)
			.saturating_add(i64::from(self.offset))
	}
}

/// All instructions of a program.
pub(crate) fn instructions(text: &[u8]) -> impl Iterator<Item = Instruction> + '_ {
	text.as_chunks::<INSTRUCTION_SIZE>().0.iter().copied().map(Instruction::from_bytes)
}

/// The instruction at an index.
pub(crate) fn instruction_at(text: &[u8], pc: usize) -> Option<Instruction> {
	text.as_chunks::<INSTRUCTION_SIZE>().0.get(pc).copied().map(Instruction::from_bytes)
}
