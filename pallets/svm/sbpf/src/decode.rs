// SPDX-License-Identifier: Apache-2.0
//! From instructions to operations: what depends on the version, on the place of an instruction and
//! on the registries is worked out once, at loading.

use crate::{
	code::Code,
	functions::Functions,
	instruction::{instruction_at, instructions, Instruction, INSTRUCTION_SIZE},
	Version,
};
use alloc::vec::Vec;

/// An instruction, ready to be executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Operation {
	pub(crate) code: Code,
	/// The destination register, below 16.
	pub(crate) dst: u8,
	/// The source register, below 16; of a call by register, the register.
	pub(crate) src: u8,
	/// Of a jump or a call, the index of the instruction it leads to; of a load or a store, the
	/// offset, sign-extended.
	pub(crate) target: u32,
	/// The immediate, extended to what the operation needs; of a syscall, its hash.
	pub(crate) imm: u64,
}

/// Where a jump leads that leaves the program: no program is that long.
const NOWHERE: u32 = u32::MAX;

/// The operations of a program, one per instruction.
pub(crate) fn decode(
	text: &[u8],
	version: Version,
	functions: &Functions,
	knows_syscall: &dyn Fn(u32) -> bool,
) -> Vec<Operation> {
	let decoder = Decoder { text, version, functions, knows_syscall };
	instructions(text)
		.enumerate()
		.map(|(pc, instruction)| decoder.operation(pc, instruction))
		.collect()
}

struct Decoder<'a> {
	text: &'a [u8],
	version: Version,
	functions: &'a Functions,
	knows_syscall: &'a dyn Fn(u32) -> bool,
}

impl Decoder<'_> {
	fn operation(&self, pc: usize, instruction: Instruction) -> Operation {
		let code = Code::of(instruction.opcode, self.version).unwrap_or(Code::Unsupported);
		let plain = Operation {
			code,
			dst: instruction.dst,
			src: instruction.src,
			target: i32::from(instruction.offset).cast_unsigned(),
			imm: instruction.imm_extended(),
		};
		match code {
			Code::Lddw => Operation { imm: self.long_immediate(pc, instruction), ..plain },
			Code::Le | Code::Be => Operation { code: byte_order(code, instruction.imm), ..plain },
			Code::Call => self.call(pc, instruction, plain),
			Code::CallRegister => Operation { src: self.call_register(instruction), ..plain },
			// The quotients of V2 take unsigned immediates; those of the other versions do not.
			Code::UHighMul64I => Operation { imm: zero_extended(instruction), ..plain },
			Code::Div64I | Code::Mod64I if self.version.reworked_instructions() => {
				Operation { imm: zero_extended(instruction), ..plain }
			},
			Code::HighOr64I => Operation { imm: plain.imm.wrapping_shl(32), ..plain },
			_ if is_jump(instruction.opcode, code, self.version) => Operation {
				target: u32::try_from(instruction.jump_target(pc)).unwrap_or(NOWHERE),
				..plain
			},
			_ => plain,
		}
	}

	/// The immediate of `lddw`, whose upper half is that of the next instruction.
	fn long_immediate(&self, pc: usize, instruction: Instruction) -> u64 {
		let next = pc.checked_add(1).and_then(|next| instruction_at(self.text, next));
		let high = next.map_or(0, zero_extended);
		zero_extended(instruction) | high.wrapping_shl(32)
	}

	/// The register that a call by register takes its target from.
	fn call_register(&self, instruction: Instruction) -> u8 {
		if self.version.reworked_instructions() {
			instruction.src
		} else if self.version.static_syscalls() {
			instruction.dst
		} else {
			u8::try_from(instruction.imm.cast_unsigned() & 0x0f).unwrap_or(0)
		}
	}

	/// A call by immediate, resolved.
	fn call(&self, pc: usize, instruction: Instruction, plain: Operation) -> Operation {
		let key = instruction.imm.cast_unsigned();
		let static_syscalls = self.version.static_syscalls();
		if (!static_syscalls || instruction.src == 0) && (self.knows_syscall)(key) {
			return Operation { code: Code::Syscall, imm: u64::from(key), ..plain };
		}
		let (code, target) = if static_syscalls {
			let target = relative_call(pc, instruction).filter(|pc| self.has_instruction(*pc));
			match target.filter(|_| instruction.src == 1) {
				Some(target) => (Code::CallLocal, target),
				None => (Code::Unsupported, NOWHERE),
			}
		} else {
			match self.functions.get(key).map(|pc| u32::try_from(pc).unwrap_or(NOWHERE)) {
				Some(target) if self.has_instruction(target) => (Code::CallLocal, target),
				Some(_) => (Code::CallOutside, NOWHERE),
				None => (Code::Unsupported, NOWHERE),
			}
		};
		Operation { code, target, ..plain }
	}

	fn has_instruction(&self, pc: u32) -> bool {
		let count = self.text.len().checked_div(INSTRUCTION_SIZE).unwrap_or(0);
		usize::try_from(pc).is_ok_and(|pc| pc < count)
	}
}

fn relative_call(pc: usize, instruction: Instruction) -> Option<u32> {
	let next = i64::try_from(pc).ok()?.checked_add(1)?;
	u32::try_from(next.checked_add(i64::from(instruction.imm))?).ok()
}

fn zero_extended(instruction: Instruction) -> u64 {
	u64::from(instruction.imm.cast_unsigned())
}

const fn byte_order(code: Code, bits: i32) -> Code {
	match (code, bits) {
		(Code::Le, 16) => Code::Le16,
		(Code::Le, 32) => Code::Le32,
		(Code::Le, 64) => Code::Le64,
		(_, 16) => Code::Be16,
		(_, 32) => Code::Be32,
		(_, 64) => Code::Be64,
		_ => Code::Invalid,
	}
}

/// Whether the offset of an instruction says where it leads: classes 5 and 6, but for calls, exits
/// and the quotients of V2.
pub(crate) const fn is_jump(opcode: u8, code: Code, version: Version) -> bool {
	let class = match opcode & 7 {
		5 => true,
		6 => version.jumps_32(),
		_ => false,
	};
	class && !matches!(code, Code::Call | Code::CallRegister | Code::Exit | Code::Unsupported)
}
