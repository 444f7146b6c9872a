// SPDX-License-Identifier: Apache-2.0
//! As much of an assembler as one small program needs: sBPF of the third version, and the file around it
//! (SIMD-0178, SIMD-0189).

use std::collections::HashMap;
use unum_sbpf::syscall_hash;

/// Where the heap begins.
pub(crate) const HEAP: u64 = 3 << 32;
/// Where the input begins.
pub(crate) const INPUT: u64 = 4 << 32;
/// Where code begins.
const CODE: u64 = 1 << 32;

/// A register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Register {
	R0,
	R1,
	R2,
	R3,
	R4,
	R5,
	R6,
	R7,
	R8,
	R9,
}

/// A program in the making.
#[derive(Default, Debug)]
pub(crate) struct Assembler {
	code: Vec<[u8; 8]>,
	labels: HashMap<&'static str, usize>,
	jumps: Vec<(usize, &'static str)>,
}

impl Assembler {
	fn put(&mut self, opcode: u8, to: Register, from: Register, offset: i16, number: i32) {
		let [low, high] = offset.to_le_bytes();
		let [a, b, c, d] = number.to_le_bytes();
		self.code.push([opcode, (from as u8) << 4 | to as u8, low, high, a, b, c, d]);
	}

	pub(crate) fn label(&mut self, name: &'static str) {
		assert!(self.labels.insert(name, self.code.len()).is_none(), "{name} twice");
	}

	pub(crate) fn address(&mut self, to: Register, value: u64) {
		self.put(0x18, to, Register::R0, 0, value as u32 as i32);
		self.put(0, Register::R0, Register::R0, 0, (value >> 32) as u32 as i32);
	}

	pub(crate) fn set(&mut self, to: Register, value: i32) {
		self.put(0xb7, to, Register::R0, 0, value);
	}

	pub(crate) fn copy(&mut self, to: Register, from: Register) {
		self.put(0xbf, to, from, 0, 0);
	}

	pub(crate) fn add(&mut self, to: Register, value: i32) {
		self.put(0x07, to, Register::R0, 0, value);
	}

	pub(crate) fn add_register(&mut self, to: Register, from: Register) {
		self.put(0x0f, to, from, 0, 0);
	}

	pub(crate) fn multiply(&mut self, to: Register, value: i32) {
		self.put(0x27, to, Register::R0, 0, value);
	}

	pub(crate) fn and(&mut self, to: Register, value: i32) {
		self.put(0x57, to, Register::R0, 0, value);
	}

	pub(crate) fn load(&mut self, to: Register, from: Register, offset: i16) {
		self.put(0x79, to, from, offset, 0);
	}

	pub(crate) fn load_byte(&mut self, to: Register, from: Register, offset: i16) {
		self.put(0x71, to, from, offset, 0);
	}

	pub(crate) fn store(&mut self, to: Register, offset: i16, from: Register) {
		self.put(0x7b, to, from, offset, 0);
	}

	pub(crate) fn store_byte(&mut self, to: Register, offset: i16, from: Register) {
		self.put(0x73, to, from, offset, 0);
	}

	fn jump_by(&mut self, opcode: u8, register: Register, value: i32, to: &'static str) {
		self.jumps.push((self.code.len(), to));
		self.put(opcode, register, Register::R0, 0, value);
	}

	pub(crate) fn jump(&mut self, to: &'static str) {
		self.jump_by(0x05, Register::R0, 0, to);
	}

	pub(crate) fn jump_if_equal(&mut self, register: Register, value: i32, to: &'static str) {
		self.jump_by(0x15, register, value, to);
	}

	pub(crate) fn jump_if_not_equal(&mut self, register: Register, value: i32, to: &'static str) {
		self.jump_by(0x55, register, value, to);
	}

	/// Goes on elsewhere unless one of the bits is set. The register is no longer what it was.
	pub(crate) fn skip_unless(&mut self, register: Register, bits: u8, to: &'static str) {
		self.and(register, bits.into());
		self.jump_if_equal(register, 0, to);
	}

	pub(crate) fn syscall(&mut self, name: &str) {
		self.put(0x85, Register::R0, Register::R0, 0, syscall_hash(name.as_bytes()) as i32);
	}

	pub(crate) fn exit(&mut self) {
		self.put(0x95, Register::R0, Register::R0, 0, 0);
	}

	/// The ELF file: its header, that of its one segment, and the code.
	pub(crate) fn file(mut self) -> Vec<u8> {
		for (at, label) in &self.jumps {
			let offset = self.labels[label] as i64 - *at as i64 - 1;
			let offset = i16::try_from(offset).expect("a short program");
			self.code[*at][2..4].copy_from_slice(&offset.to_le_bytes());
		}
		let code = self.code.concat();
		let size = code.len() as u64;
		let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
		// Shared object, BPF, version of ELF.
		file.extend([3, 0, 247, 0, 1, 0, 0, 0]);
		file.extend(CODE.to_le_bytes());
		file.extend(64_u64.to_le_bytes());
		file.extend(0_u64.to_le_bytes());
		// The version of sBPF, then sizes and counts of headers.
		file.extend(3_u32.to_le_bytes());
		for number in [64_u16, 56, 1, 0, 0, 0] {
			file.extend(number.to_le_bytes());
		}
		// Loaded, executable.
		file.extend([1, 0, 0, 0, 1, 0, 0, 0]);
		for number in [120, CODE, CODE, size, size, 0] {
			file.extend(u64::to_le_bytes(number));
		}
		file.extend(code);
		file
	}
}
