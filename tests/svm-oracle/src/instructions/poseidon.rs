// SPDX-License-Identifier: Apache-2.0
//! A program that asks for a Poseidon hash as its data say: five registers, then what they may point to.
//! It returns what it was answered, and 32 bytes.

use unum_address::SvmAddress;

use crate::{
	assembler::{Assembler, Register, HEAP, INPUT},
	wire::Instruction,
};
use Register::{R0, R1, R2, R3, R4, R5, R6, R9};

/// Where the hash is returned from.
pub const RESULT: u64 = HEAP + 8;
/// Where in memory what comes after the registers is, of an instruction without accounts.
pub const BEHIND: u64 = INPUT + 16 + 40;

/// The file of the program.
pub fn file() -> Vec<u8> {
	let mut asm = Assembler::default();
	asm.copy(R9, R2);
	for (register, offset) in [(R1, 0), (R2, 8), (R3, 16), (R4, 24), (R5, 32)] {
		asm.load(register, R9, offset);
	}
	asm.syscall("sol_poseidon");
	asm.address(R6, HEAP);
	asm.store(R6, 0, R0);
	asm.copy(R1, R6);
	asm.set(R2, 40);
	asm.syscall("sol_set_return_data");
	asm.set(R0, 0);
	asm.exit();
	asm.file()
}

/// Asks: the registers, and what comes behind them.
pub fn ask(program: SvmAddress, registers: [u64; 5], behind: &[u8]) -> Instruction {
	let registers = registers.map(u64::to_le_bytes).concat();
	Instruction { program, accounts: Vec::new(), data: [&registers, behind].concat() }
}
