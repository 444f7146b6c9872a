// SPDX-License-Identifier: Apache-2.0
//! A program that calls the program which its first account is, with its other accounts and its data:
//! assembled here, in the third version of sBPF, whose files are no more than headers and code.
//!
//! Its data: how many times it calls; what else it does ([`flags`]); the bump of its derived address; then
//! the data of the call.

use unum_address::SvmAddress;

use super::derived;
use crate::{
	assembler::{Assembler, Register, HEAP, INPUT},
	wire::{Instruction, Meta},
};
use Register::{R0, R1, R2, R3, R4, R5, R6, R7, R8, R9};

/// What the derived address of the program is derived from.
pub const SEED: &[u8] = b"forward!";

/// What the program does beside calling.
pub mod flags {
	/// It lets its second account sign, as its derived address.
	pub const SIGN: u8 = 1;
	/// It returns the data before it calls.
	pub const RETURN: u8 = 2;
	/// It logs how many compute units are left, after each call.
	pub const UNITS: u8 = 4;
	/// It fails at last.
	pub const FAIL: u8 = 8;
	/// It logs the data, which have to be text.
	pub const LOG: u8 = 16;
	/// It takes a lamport from its third account and gives it to its fourth, after the calls.
	pub const MOVE: u8 = 32;
	/// It adds one to the first byte of its third account's data.
	pub const COUNT: u8 = 64;
}

/// The address as which the program can sign, and its bump.
pub fn signer(program: &SvmAddress) -> (SvmAddress, u8) {
	derived(&[SEED], program)
}

/// Calls an instruction through the program.
pub fn through(program: SvmAddress, times: u8, flags: u8, inner: &Instruction) -> Instruction {
	let bump = signer(&program).1;
	let mut accounts = vec![Meta::readonly(inner.program, false)];
	accounts.extend(&inner.accounts);
	let data = [&[times, flags, bump], inner.data.as_slice()].concat();
	Instruction { program, accounts, data }
}

// Where what is on the heap: the instruction, the signer's seeds, what is kept over calls, then
// accounts as an instruction names them and as a call hands them on.
const CALL: i32 = 0;
const SEEDS: i32 = 64;
const SIGNER: i32 = 96;
const SEED_BYTES: i32 = 112;
const DATA: i32 = 128;
const METAS: i32 = 0x400;
const INFOS: i32 = 0x1000;
/// Bytes of an account as an instruction names it (`SolAccountMeta`).
const META: i32 = 16;
/// Bytes of an account as a call hands it on (`SolAccountInfo`).
const INFO: i32 = 56;
/// Bytes that an account can grow by.
const GROWTH: i32 = 10_240;

/// The file of the program.
pub fn file() -> Vec<u8> {
	let mut asm = Assembler::default();
	read_accounts(&mut asm);
	prepare(&mut asm);
	call(&mut asm);
	finish(&mut asm);
	asm.file()
}

fn heap(asm: &mut Assembler, register: Register, offset: i32) {
	asm.address(register, HEAP + offset as u64);
}

/// Goes over the input and leaves all accounts on the heap. R1: the input; R2: the data.
fn read_accounts(asm: &mut Assembler) {
	heap(asm, R3, DATA);
	asm.store(R3, 0, R2);
	asm.copy(R6, R1);
	asm.load(R7, R6, 0);
	asm.add(R6, 8);
	heap(asm, R8, METAS);
	heap(asm, R9, INFOS);
	asm.label("account");
	asm.jump_if_equal(R7, 0, "accounts read");
	asm.load_byte(R1, R6, 0);
	asm.jump_if_not_equal(R1, 0xff, "twin");
	// Key, owner, lamports.
	for (offset, to) in [(8, 0), (40, 32), (72, 8), (88, 24)] {
		asm.copy(R2, R6);
		asm.add(R2, offset);
		asm.store(R9, to, R2);
	}
	asm.load(R2, R9, 0);
	asm.store(R8, 0, R2);
	asm.load(R3, R6, 80);
	asm.store(R9, 16, R3);
	asm.set(R1, -1);
	asm.store(R9, 40, R1);
	asm.set(R1, 0);
	asm.store(R8, 8, R1);
	for (from, info, meta) in [(1, 48, Some(9)), (2, 49, Some(8)), (3, 50, None)] {
		asm.load_byte(R1, R6, from);
		asm.store_byte(R9, info, R1);
		if let Some(meta) = meta {
			asm.store_byte(R8, meta, R1);
		}
	}
	asm.add_register(R6, R3);
	asm.add(R6, 88 + GROWTH + 7);
	asm.and(R6, -8);
	asm.add(R6, 8);
	asm.jump("next account");
	asm.label("twin");
	asm.copy(R2, R1);
	asm.multiply(R2, INFO);
	heap(asm, R3, INFOS);
	asm.add_register(R2, R3);
	asm.multiply(R1, META);
	heap(asm, R3, METAS);
	asm.add_register(R1, R3);
	for offset in (0..INFO as i16).step_by(8) {
		asm.load(R3, R2, offset);
		asm.store(R9, offset, R3);
	}
	for offset in (0..META as i16).step_by(8) {
		asm.load(R3, R1, offset);
		asm.store(R8, offset, R3);
	}
	asm.add(R6, 8);
	asm.label("next account");
	asm.add(R8, META);
	asm.add(R9, INFO);
	asm.add(R7, -1);
	asm.jump("account");
	asm.label("accounts read");
}

/// Puts the instruction together. From then on R6: how many calls there are to come; R7: how many
/// accounts there are; R8: how many signers; R9: the data.
fn prepare(asm: &mut Assembler) {
	asm.address(R1, INPUT);
	asm.load(R7, R1, 0);
	asm.jump_if_not_equal(R7, 0, "has accounts");
	asm.set(R0, 1);
	asm.exit();
	asm.label("has accounts");
	heap(asm, R3, DATA);
	asm.load(R9, R3, 0);
	asm.load(R4, R9, -8);
	for length in 0..3 {
		asm.jump_if_equal(R4, length, "too short");
	}
	asm.jump("long enough");
	asm.label("too short");
	asm.set(R0, 2);
	asm.exit();
	asm.label("long enough");
	asm.add(R4, -3);
	heap(asm, R1, CALL);
	heap(asm, R2, INFOS);
	asm.load(R2, R2, 0);
	asm.store(R1, 0, R2);
	heap(asm, R2, METAS + META);
	asm.store(R1, 8, R2);
	asm.copy(R2, R7);
	asm.add(R2, -1);
	asm.store(R1, 16, R2);
	asm.copy(R2, R9);
	asm.add(R2, 3);
	asm.store(R1, 24, R2);
	asm.store(R1, 32, R4);
	asm.load_byte(R6, R9, 0);
	asm.set(R8, 0);
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::SIGN, "no signer");
	asm.set(R8, 1);
	heap(asm, R2, METAS + META);
	asm.store_byte(R2, 9, R8);
	heap(asm, R2, SEED_BYTES);
	asm.address(R3, u64::from_le_bytes(SEED.try_into().expect("8 bytes")));
	asm.store(R2, 0, R3);
	heap(asm, R1, SEEDS);
	asm.store(R1, 0, R2);
	asm.set(R3, 8);
	asm.store(R1, 8, R3);
	asm.copy(R2, R9);
	asm.add(R2, 2);
	asm.store(R1, 16, R2);
	asm.set(R3, 1);
	asm.store(R1, 24, R3);
	heap(asm, R2, SIGNER);
	asm.store(R2, 0, R1);
	asm.set(R3, 2);
	asm.store(R2, 8, R3);
	asm.label("no signer");
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::RETURN, "no return");
	data(asm);
	asm.syscall("sol_set_return_data");
	asm.label("no return");
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::LOG, "no log");
	data(asm);
	asm.syscall("sol_log_");
	asm.label("no log");
}

/// R1 and R2: the data of the call and how many they are.
fn data(asm: &mut Assembler) {
	asm.copy(R1, R9);
	asm.add(R1, 3);
	asm.load(R2, R9, -8);
	asm.add(R2, -3);
}

fn call(asm: &mut Assembler) {
	asm.label("call");
	asm.jump_if_equal(R6, 0, "called");
	heap(asm, R1, CALL);
	heap(asm, R2, INFOS);
	asm.copy(R3, R7);
	heap(asm, R4, SIGNER);
	asm.copy(R5, R8);
	asm.syscall("sol_invoke_signed_c");
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::UNITS, "no units");
	asm.syscall("sol_log_compute_units_");
	asm.label("no units");
	asm.add(R6, -1);
	asm.jump("call");
	asm.label("called");
}

fn finish(asm: &mut Assembler) {
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::MOVE, "no move");
	for (account, lamports) in [(2, -1), (3, 1)] {
		heap(asm, R2, INFOS + account * INFO);
		asm.load(R2, R2, 8);
		asm.load(R3, R2, 0);
		asm.add(R3, lamports);
		asm.store(R2, 0, R3);
	}
	asm.label("no move");
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::COUNT, "no count");
	heap(asm, R2, INFOS + 2 * INFO);
	asm.load(R2, R2, 24);
	asm.load_byte(R3, R2, 0);
	asm.add(R3, 1);
	asm.store_byte(R2, 0, R3);
	asm.label("no count");
	asm.load_byte(R1, R9, 1);
	asm.skip_unless(R1, flags::FAIL, "no failure");
	asm.set(R0, 7);
	asm.exit();
	asm.label("no failure");
	asm.set(R0, 0);
	asm.exit();
}
