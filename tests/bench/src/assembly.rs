// SPDX-License-Identifier: Apache-2.0
//! Small programs for Solana's machine, instruction by instruction, as ELF files of version 0.

/// An instruction: operation, registers (destination and source), offset, constant
/// (<https://github.com/solana-labs/rbpf/blob/main/doc/bytecode.md>).
pub type Code = (u8, u8, u8, i16, i32);

/// Where the instructions are in the file: behind its header.
const TEXT: u64 = 64;

/// The program's file: header, instructions, names of sections, headers of sections.
pub fn file(code: &[Code]) -> Vec<u8> {
	let text: Vec<u8> = code.iter().flat_map(instruction).collect();
	let names = b"\0.text\0.shstrtab\0";
	let names_at = TEXT + length(&text);
	let sections_at = (names_at + length(names)).next_multiple_of(8);
	let mut file = Vec::new();
	// 64 bits, little endian, version 1.
	file.extend([0x7f, b'E', b'L', b'F', 2, 1, 1, 0]);
	file.extend([0; 8]);
	// A shared object for sBPF.
	file.extend([3, 0, 247, 0, 1, 0, 0, 0]);
	// Entry, program headers, section headers.
	[TEXT, 64, sections_at].iter().for_each(|field| file.extend(field.to_le_bytes()));
	file.extend([0; 4]);
	// Sizes and counts: this header, program headers, section headers; the section of names.
	let sizes: [u16; 6] = [64, 56, 0, 64, 3, 2];
	sizes.iter().for_each(|field| file.extend(field.to_le_bytes()));
	file.extend(&text);
	file.extend(names);
	file.resize(usize::try_from(sections_at).unwrap_or_default(), 0);
	file.extend([0; 64]);
	// Allocated and executable; a table of strings.
	file.extend(section(1, 1, 6, TEXT, TEXT, length(&text)));
	file.extend(section(7, 3, 0, 0, names_at, length(names)));
	file
}

fn length(bytes: &[u8]) -> u64 {
	u64::try_from(bytes.len()).unwrap_or_default()
}

fn instruction((operation, to, from, offset, constant): &Code) -> [u8; 8] {
	let mut bytes = [*operation, to | from << 4, 0, 0, 0, 0, 0, 0];
	bytes[2..4].copy_from_slice(&offset.to_le_bytes());
	bytes[4..].copy_from_slice(&constant.to_le_bytes());
	bytes
}

fn section(name: u32, kind: u32, flags: u64, address: u64, offset: u64, size: u64) -> Vec<u8> {
	let mut bytes = [name.to_le_bytes(), kind.to_le_bytes()].concat();
	// Flags, address, offset, size; no link and no info; alignment, size of an entry.
	for field in [flags, address, offset, size, 0, 8, 0] {
		bytes.extend(field.to_le_bytes());
	}
	bytes
}

/// Additions, shifts and other arithmetic so many times, nine instructions each.
pub fn arithmetic(times: i32) -> Vec<u8> {
	file(&[
		(0xb7, 1, 0, 0, times),
		(0xb7, 0, 0, 0, 1),
		// r0 += r1; r0 ^= …; r2 = r0; r2 >>= 7; r2 += r0, 32 bits; r2 &= …; r0 |= r2
		(0x0f, 0, 1, 0, 0),
		(0xa7, 0, 0, 0, 0x0123_4567),
		(0xbf, 2, 0, 0, 0),
		(0x77, 2, 0, 0, 7),
		(0x0c, 2, 0, 0, 0),
		(0x57, 2, 0, 0, 0xffff),
		(0x4f, 0, 2, 0, 0),
		// r1 -= 1; again, if that is not 0
		(0x17, 1, 0, 0, 1),
		(0x55, 1, 0, -9, 0),
		(0xb7, 0, 0, 0, 0),
		(0x95, 0, 0, 0, 0),
	])
}

/// Reads and writes of the input and of the stack so many times, eight instructions each.
pub fn memory(times: i32) -> Vec<u8> {
	file(&[
		(0xbf, 6, 1, 0, 0),
		(0xb7, 1, 0, 0, times),
		// r2 = input[8..16]; r2 += 1; to the stack; r3 = input[3]; to the stack; r4 = four bytes of it
		(0x79, 2, 6, 8, 0),
		(0x07, 2, 0, 0, 1),
		(0x7b, 10, 2, -16, 0),
		(0x71, 3, 6, 3, 0),
		(0x73, 10, 3, -5, 0),
		(0x61, 4, 10, -8, 0),
		(0x17, 1, 0, 0, 1),
		(0x55, 1, 0, -8, 0),
		(0xb7, 0, 0, 0, 0),
		(0x95, 0, 0, 0, 0),
	])
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		solana::{chain, instruction, simulate},
		Machine,
	};
	use unum_solana_transaction::wallet::set_compute_unit_limit;

	/// All instructions are counted: two before the loop, the loop, and two after it.
	#[test]
	fn loops_run_as_often_as_they_should() {
		let keys = [[0xc0; 32], [0xc1; 32]].map(unum_address::SvmAddress::from);
		let files = [arithmetic(100), memory(100)];
		let chain = chain(&keys.into_iter().zip(files).collect::<Vec<_>>()).unwrap();
		for (key, expected) in keys.into_iter().zip([2 + 9 * 100 + 2, 2 + 8 * 100 + 2]) {
			let all = [set_compute_unit_limit(10_000), instruction(key, vec![], &[])];
			let meta = simulate(&chain, Machine::Native, &all, &[]).unwrap().meta;
			assert_eq!(meta.error, None, "{:?}", meta.log_messages);
			// And 150 for the limit itself.
			assert_eq!(meta.compute_units_consumed, expected + 150);
		}
	}
}
