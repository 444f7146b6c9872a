// SPDX-License-Identifier: Apache-2.0
//! The rules that every program has to obey before it runs (`RequisiteVerifier` in `verifier.rs`
//! upstream).

use crate::{
	code::Code,
	decode::is_jump,
	instruction::{instruction_at, Instruction, ADD64_IMM, FRAME_POINTER, INSTRUCTION_SIZE},
	VerifierError, Version,
};

/// Checks a program, from the first instruction on.
///
/// # Errors
/// The first rule that is broken.
pub(crate) fn verify(text: &[u8], version: Version) -> Result<(), VerifierError> {
	if !text.len().is_multiple_of(INSTRUCTION_SIZE) {
		return Err(VerifierError::ProgramLengthNotMultiple);
	}
	if text.is_empty() {
		return Err(VerifierError::NoProgram);
	}
	let mut pc = 0;
	while let Some(instruction) = instruction_at(text, pc) {
		let code = Check { text, version, instruction, pc }.check()?;
		// The second half of `lddw` is no instruction.
		pc = pc.saturating_add(if code == Code::Lddw { 2 } else { 1 });
	}
	Ok(())
}

/// One instruction at its place.
struct Check<'a> {
	text: &'a [u8],
	version: Version,
	instruction: Instruction,
	pc: usize,
}

impl Check<'_> {
	fn check(&self) -> Result<Code, VerifierError> {
		let Instruction { opcode, imm, .. } = self.instruction;
		let code = Code::of(opcode, self.version)
			.ok_or_else(|| VerifierError::UnknownOpCode { opcode, at: self.at() })?;
		let mut registers_at = self.at();
		match code {
			Code::Lddw => {
				self.check_lddw()?;
				// Upstream has stepped on to the second half when it looks at the registers.
				registers_at = registers_at.saturating_add(1);
			},
			Code::Div32I | Code::Div64I | Code::Mod32I | Code::Mod64I if imm == 0 => {
				return Err(VerifierError::DivisionByZero(self.at()));
			},
			Code::SDiv32I | Code::SDiv64I | Code::SMod32I | Code::SMod64I if imm == 0 => {
				return Err(VerifierError::DivisionByZero(self.at()));
			},
			Code::Shl32I | Code::Shr32I | Code::Sar32I => self.check_shift(32)?,
			Code::Shl64I | Code::Shr64I | Code::Sar64I => self.check_shift(64)?,
			Code::Le | Code::Be if !matches!(imm, 16 | 32 | 64) => {
				return Err(VerifierError::UnsupportedLebeArgument(self.at()));
			},
			Code::Add64I if self.moves_frame_pointer() && imm & 63 != 0 => {
				return Err(VerifierError::UnalignedImmediate(self.at()));
			},
			Code::CallRegister => self.check_call_register()?,
			_ if is_jump(opcode, code, self.version) => self.check_jump()?,
			_ => (),
		}
		self.check_registers(code, registers_at)?;
		Ok(code)
	}

	fn at(&self) -> u64 {
		u64::try_from(self.pc).unwrap_or(u64::MAX)
	}

	fn moves_frame_pointer(&self) -> bool {
		self.version.manual_stack_frames()
			&& self.instruction.opcode == ADD64_IMM
			&& self.instruction.dst == FRAME_POINTER
	}

	fn check_lddw(&self) -> Result<(), VerifierError> {
		let next = self.pc.checked_add(1).and_then(|next| instruction_at(self.text, next));
		match next {
			None => Err(VerifierError::LddwCannotBeLast),
			Some(Instruction { opcode: 0, .. }) => Ok(()),
			Some(_) => Err(VerifierError::IncompleteLddw(self.at())),
		}
	}

	fn check_jump(&self) -> Result<(), VerifierError> {
		let target = self.instruction.jump_target(self.pc);
		let at = self.at();
		let destination =
			usize::try_from(target).ok().and_then(|target| instruction_at(self.text, target));
		let target = target.cast_unsigned();
		match destination {
			None => Err(VerifierError::JumpOutOfCode { target, at }),
			Some(Instruction { opcode: 0, .. }) => {
				Err(VerifierError::JumpToMiddleOfLddw { target, at })
			},
			Some(_) => Ok(()),
		}
	}

	fn check_shift(&self, bits: u64) -> Result<(), VerifierError> {
		let shift = self.instruction.imm_extended();
		if shift < bits {
			Ok(())
		} else {
			Err(VerifierError::ShiftWithOverflow { shift, bits, at: self.at() })
		}
	}

	fn check_call_register(&self) -> Result<(), VerifierError> {
		let register = if self.version.reworked_instructions() {
			i32::from(self.instruction.src)
		} else if self.version.static_syscalls() {
			i32::from(self.instruction.dst)
		} else {
			self.instruction.imm
		};
		if (0..10).contains(&register) {
			Ok(())
		} else {
			Err(VerifierError::InvalidRegister(self.at()))
		}
	}

	fn check_registers(&self, code: Code, at: u64) -> Result<(), VerifierError> {
		if self.instruction.src > FRAME_POINTER {
			return Err(VerifierError::InvalidSourceRegister(at));
		}
		match self.instruction.dst {
			0..=9 => Ok(()),
			FRAME_POINTER if is_store(code) || self.moves_frame_pointer() => Ok(()),
			FRAME_POINTER => Err(VerifierError::CannotWriteR10(at)),
			_ => Err(VerifierError::InvalidDestinationRegister(at)),
		}
	}
}

const fn is_store(code: Code) -> bool {
	matches!(
		code,
		Code::Store1I
			| Code::Store2I
			| Code::Store4I
			| Code::Store8I
			| Code::Store1R
			| Code::Store2R
			| Code::Store4R
			| Code::Store8R
	)
}
