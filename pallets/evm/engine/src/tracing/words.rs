// SPDX-License-Identifier: Apache-2.0
//! Why an instruction or a frame failed, in the words of geth (`core/vm/errors.go`). [`EvmHalt`] has
//! them; those that name numbers are made here.

use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use revm::{
	bytecode::opcode::OpCode,
	context_interface::result::HaltReason,
	interpreter::{InstructionResult, SuccessOrHalt},
};
use unum_ethereum_view::FrameEnd;

use crate::EvmHalt;

/// Words that a stack can hold (yellow paper, section 9.1).
const STACK_WORDS_MAX: usize = 1_024;

/// What geth says of a contract whose code costs more than is left. revm does not tell it from other
/// gas that ran out.
const CODE_STORAGE: &str = "contract creation code storage out of gas";

/// Why an instruction failed that found so many words on the stack; `None` if it did not.
pub(super) fn of_instruction(
	result: InstructionResult,
	opcode: u8,
	stack: usize,
) -> Option<Vec<u8>> {
	use InstructionResult as R;
	if result.is_ok() {
		return None;
	}
	let words = match result {
		R::Revert => "execution reverted".to_string(),
		R::OpcodeNotFound | R::NotActivated | R::InvalidFEOpcode => not_an_instruction(opcode),
		_ => of_stack(opcode, stack).unwrap_or_else(|| halt(result)),
	};
	Some(words.into_bytes())
}

/// How a call ended. `failure` is what its last instruction failed for.
pub(super) fn of_call(result: InstructionResult, failure: Option<Vec<u8>>) -> FrameEnd {
	match result {
		result if result.is_ok() => FrameEnd::Success,
		InstructionResult::Revert => FrameEnd::Reverted,
		_ => FrameEnd::Halted(failure.unwrap_or_else(|| halt(result).into_bytes())),
	}
}

/// How a creation ended, which needs an address to have succeeded.
pub(super) fn of_create(
	result: InstructionResult,
	failure: Option<Vec<u8>>,
	has_address: bool,
) -> FrameEnd {
	match (result, &failure) {
		(result, _) if result.is_ok() && !has_address => {
			FrameEnd::Halted(EvmHalt::NonceOverflow.to_string().into_bytes())
		},
		(InstructionResult::OutOfGas, None) => FrameEnd::Halted(CODE_STORAGE.into()),
		_ => of_call(result, failure),
	}
}

fn halt(result: InstructionResult) -> String {
	match SuccessOrHalt::<HaltReason>::from(result) {
		SuccessOrHalt::Halt(reason) => EvmHalt::from(reason).to_string(),
		// A defect of ours: the transaction is undone.
		_ => "internal failure".to_string(),
	}
}

fn not_an_instruction(opcode: u8) -> String {
	match OpCode::info_by_op(opcode) {
		Some(info) => format!("invalid opcode: {}", info.name()),
		None => format!("invalid opcode: opcode {opcode:#x} not defined"),
	}
}

/// geth looks at the stack before it takes gas, revm after.
fn of_stack(opcode: u8, stack: usize) -> Option<String> {
	let info = OpCode::info_by_op(opcode)?;
	let (needed, pushed) = (usize::from(info.inputs()), usize::from(info.outputs()));
	if stack < needed {
		return Some(format!("stack underflow ({stack} <=> {needed})"));
	}
	let limit = STACK_WORDS_MAX.saturating_add(needed).saturating_sub(pushed);
	(stack > limit).then(|| format!("stack limit reached {stack} ({limit})"))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn of(result: InstructionResult, opcode: u8, stack: usize) -> String {
		String::from_utf8(of_instruction(result, opcode, stack).unwrap()).unwrap()
	}

	#[test]
	fn words_are_geths() {
		use InstructionResult as R;
		assert_eq!(of_instruction(R::Stop, 0x00, 0), None);
		assert_eq!(of(R::Revert, 0xfd, 2), "execution reverted");
		assert_eq!(of(R::StackUnderflow, 0x01, 1), "stack underflow (1 <=> 2)");
		assert_eq!(of(R::OutOfGas, 0x91, 2), "stack underflow (2 <=> 3)");
		assert_eq!(of(R::StackOverflow, 0x60, 1024), "stack limit reached 1024 (1023)");
		assert_eq!(of(R::StackOverflow, 0x80, 1024), "stack limit reached 1024 (1023)");
		assert_eq!(of(R::InvalidFEOpcode, 0xfe, 0), "invalid opcode: INVALID");
		assert_eq!(of(R::OpcodeNotFound, 0x0c, 0), "invalid opcode: opcode 0xc not defined");
		assert_eq!(of(R::NotActivated, 0x5f, 0), "invalid opcode: PUSH0");
		assert_eq!(of(R::MemoryOOG, 0x51, 1), "out of gas");
		assert_eq!(of(R::InvalidJump, 0x56, 1), "invalid jump destination");
		assert_eq!(of(R::StateChangeDuringStaticCall, 0x55, 2), "write protection");
		assert_eq!(of(R::OutOfOffset, 0x3e, 3), "return data out of bounds");
	}

	#[test]
	fn a_frame_ends_by_what_its_last_instruction_failed_for() {
		use InstructionResult as R;
		let failure = || Some(b"out of gas".to_vec());
		assert_eq!(of_call(R::Stop, None), FrameEnd::Success);
		assert_eq!(of_call(R::Revert, Some(b"execution reverted".to_vec())), FrameEnd::Reverted);
		assert_eq!(of_create(R::OutOfGas, failure(), false), FrameEnd::Halted(failure().unwrap()));
		assert_eq!(of_create(R::OutOfGas, None, true), FrameEnd::Halted(CODE_STORAGE.into()));
		let overflow = FrameEnd::Halted(b"nonce uint64 overflow".to_vec());
		assert_eq!(of_create(R::Return, None, false), overflow);
	}
}
