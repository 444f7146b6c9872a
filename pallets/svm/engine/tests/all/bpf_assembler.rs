// SPDX-License-Identifier: Apache-2.0
//! As much of an assembler as the tests' programs need: sBPF of version 3, and the file around it
//! (SIMD-0178, SIMD-0189).

use unum_sbpf::{syscall_hash, BYTECODE_START, HEAP_START};
use unum_solana_view::TransactionMeta;
use unum_svm_engine::{ids, StoredAccount, SvmHost};

use crate::world::{chain, instruction, key, run};

/// A program: its read-only data, at address 0, and its instructions.
#[derive(Default)]
pub(crate) struct Program {
	data: Vec<u8>,
	code: Vec<u8>,
}

impl Program {
	/// A program with these read-only data.
	pub(crate) fn new(data: &[u8]) -> Self {
		Self { data: data.to_vec(), code: Vec::new() }
	}

	/// A program with slices (address and length of each), and what they point to behind them.
	pub(crate) fn with_slices(inputs: &[&[u8]]) -> Self {
		let (mut slices, mut bytes) = (Vec::new(), Vec::new());
		for input in inputs {
			let address = inputs.len() * 16 + bytes.len();
			slices.extend((address as u64).to_le_bytes());
			slices.extend((input.len() as u64).to_le_bytes());
			bytes.extend(*input);
		}
		Self::new(&[slices, bytes].concat())
	}

	fn put(mut self, opcode: u8, to: u8, from: u8, offset: i16, number: u32) -> Self {
		self.code.extend([opcode, from << 4 | to]);
		self.code.extend(offset.to_le_bytes());
		self.code.extend(number.to_le_bytes());
		self
	}

	/// Sets a register.
	pub(crate) fn set(self, register: u8, value: u64) -> Self {
		let [a, b, c, d, e, f, g, h] = value.to_le_bytes();
		self.put(0x18, register, 0, 0, u32::from_le_bytes([a, b, c, d])).put(
			0,
			0,
			0,
			0,
			u32::from_le_bytes([e, f, g, h]),
		)
	}

	/// Calls a syscall.
	pub(crate) fn call(self, name: &str, arguments: &[u64]) -> Self {
		let registers = (1..).zip(arguments);
		let set = registers.fold(self, |program, (register, value)| program.set(register, *value));
		set.put(0x85, 0, 0, 0, syscall_hash(name.as_bytes()))
	}

	/// Stores `r0` on the heap.
	pub(crate) fn keep(self, offset: i16) -> Self {
		self.set(6, HEAP_START).put(0x7b, 6, 0, offset, 0)
	}

	/// Returns so many bytes of the heap, and succeeds.
	pub(crate) fn give(self, length: u64) -> Self {
		self.call("sol_set_return_data", &[HEAP_START, length]).exit(0)
	}

	/// Ends.
	pub(crate) fn exit(self, code: u64) -> Self {
		self.set(0, code).put(0x95, 0, 0, 0, 0)
	}

	/// Runs it as a transaction's only instruction, on a chain with nothing else.
	pub(crate) fn transact(self) -> TransactionMeta {
		let stored =
			StoredAccount { owner: ids::bpf_loader(), executable: true, data: self.file() };
		let mut chain = chain();
		chain.set_lamports(&key(0xa0), 10_000_000);
		chain.store(&key(0xa0), Some(stored));
		run(&mut chain, &[instruction(key(0xa0), vec![], [])])
	}

	/// The file.
	pub(crate) fn file(mut self) -> Vec<u8> {
		self.data.resize(self.data.len().next_multiple_of(8).max(8), 0);
		let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
		// A shared object for BPF, ELF version 1; the entrypoint, and where the segments are listed.
		file.extend([3, 0, 247, 0, 1, 0, 0, 0]);
		[BYTECODE_START, 64, 0].iter().for_each(|number| file.extend(number.to_le_bytes()));
		// The version of sBPF, then sizes and counts of headers.
		file.extend(3_u32.to_le_bytes());
		[64_u16, 56, 2, 0, 0, 0].iter().for_each(|number| file.extend(number.to_le_bytes()));
		let start = 64 + 2 * 56;
		let (data, code) = (self.data.len() as u64, self.code.len() as u64);
		// Loaded, readable; loaded, executable.
		for (flags, offset, address, size) in
			[(4, start, 0, data), (1, start + data, BYTECODE_START, code)]
		{
			file.extend([1, 0, 0, 0, flags, 0, 0, 0]);
			for number in [offset, address, address, size, size, 0] {
				file.extend(number.to_le_bytes());
			}
		}
		file.extend(self.data);
		file.extend(self.code);
		file
	}
}
