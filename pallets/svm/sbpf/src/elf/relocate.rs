// SPDX-License-Identifier: Apache-2.0
//! Relocations, and the calls of functions by the distance to them.

use super::{
	bytes::{get, read, write},
	headers::{Relocation, SectionHeader, Symbol},
	parse::Elf,
};
use crate::{
	functions::Functions,
	instruction::{Instruction, CALL, INSTRUCTION_SIZE},
	syscall_hash, Config, LoadError, BYTECODE_START,
};
use alloc::string::String;

/// The immediate of `lddw` is the value of a symbol, plus what is there.
const R_BPF_64_64: u32 = 1;
/// An address that is the program's own is moved to where the program is.
const R_BPF_64_RELATIVE: u32 = 8;
/// A call of a symbol.
const R_BPF_64_32: u32 = 10;

/// Bytes of an instruction, and of its fields before the immediate.
const INSTRUCTION: u64 = 8;
const IMMEDIATE: u64 = 4;

/// Relocates the bytes of a file in place and registers the functions that are called.
pub(crate) fn relocate(
	elf: &Elf<'_>,
	text: &SectionHeader,
	bytes: &mut [u8],
	functions: &mut Functions,
	knows_syscall: &dyn Fn(u32) -> bool,
	config: &Config,
) -> Result<(), LoadError> {
	let strict = config.reject_broken_elfs;
	let mut relocator = Relocator { elf, text, bytes, functions, knows_syscall, strict };
	relocator.relative_calls()?;
	elf.relocations
		.iter()
		.map(Relocation::from_bytes)
		.try_for_each(|relocation| relocator.apply(relocation))
}

struct Relocator<'a, 'e> {
	elf: &'a Elf<'e>,
	text: &'a SectionHeader,
	bytes: &'a mut [u8],
	functions: &'a mut Functions,
	knows_syscall: &'a dyn Fn(u32) -> bool,
	/// Whether calls of unknown symbols are refused.
	strict: bool,
}

impl Relocator<'_, '_> {
	/// Makes a call of a function, by its distance, one by its key. A distance of -1 is that of a
	/// call which a relocation is about.
	fn relative_calls(&mut self) -> Result<(), LoadError> {
		let range = self.text.file_range();
		let start = range.start;
		let text = get(self.bytes, range).ok_or(LoadError::ValueOutOfBounds)?;
		let count = u64::try_from(text.len().checked_div(INSTRUCTION_SIZE).unwrap_or(0))
			.map_err(|_| LoadError::ValueOutOfBounds)?;
		for pc in 0..count {
			let at = start.saturating_add(pc.saturating_mul(INSTRUCTION));
			let instruction = Instruction::from_bytes(read(self.bytes, at)?);
			if instruction.opcode != CALL || instruction.imm == -1 {
				continue;
			}
			let target = pc
				.saturating_add(1)
				.checked_add_signed(i64::from(instruction.imm))
				.filter(|target| *target < count)
				.ok_or(LoadError::RelativeJumpOutOfBounds(pc))?;
			let key = self.functions.insert_hashed(target, self.knows_syscall)?;
			write(self.bytes, at.saturating_add(IMMEDIATE), key.to_le_bytes())?;
		}
		Ok(())
	}

	fn apply(&mut self, relocation: Relocation) -> Result<(), LoadError> {
		match relocation.kind {
			R_BPF_64_64 => self.symbol_address(relocation),
			R_BPF_64_RELATIVE if self.text.file_range().contains(&relocation.offset) => {
				self.relative_address(relocation.offset)
			},
			R_BPF_64_RELATIVE => self.relative_data(relocation.offset),
			R_BPF_64_32 => self.symbol_call(relocation),
			kind => Err(LoadError::UnknownRelocation(kind)),
		}
	}

	fn symbol_address(&mut self, relocation: Relocation) -> Result<(), LoadError> {
		let low = relocation.offset.saturating_add(IMMEDIATE);
		let addend = u64::from(u32::from_le_bytes(read(self.bytes, low)?));
		let symbol = self.symbol(relocation)?;
		self.write_address(low, in_program(symbol.value.saturating_add(addend)))
	}

	/// The immediate of `lddw`.
	fn relative_address(&mut self, offset: u64) -> Result<(), LoadError> {
		let low = offset.saturating_add(IMMEDIATE);
		let high = low.saturating_add(INSTRUCTION);
		let address = u64::from(u32::from_le_bytes(read(self.bytes, low)?))
			| u64::from(u32::from_le_bytes(read(self.bytes, high)?)) << 32;
		if address == 0 {
			return Err(LoadError::InvalidVirtualAddress(address));
		}
		self.write_address(low, in_program(address))
	}

	/// An address among the data. Old toolchains wrote its lower half to where the upper one
	/// belongs, and all of them are understood as if they did.
	fn relative_data(&mut self, offset: u64) -> Result<(), LoadError> {
		let low = u32::from_le_bytes(read(self.bytes, offset.saturating_add(IMMEDIATE))?);
		let address = BYTECODE_START.saturating_add(u64::from(low));
		write(self.bytes, offset, address.to_le_bytes())
	}

	/// A call, of a function of the program or of a syscall.
	fn symbol_call(&mut self, relocation: Relocation) -> Result<(), LoadError> {
		let symbol = self.symbol(relocation)?;
		let name = self
			.elf
			.symbol_name(symbol.name)
			.map_err(|_| LoadError::UnknownSymbol(u64::from(symbol.name)))?;
		let key = if symbol.is_function() && symbol.value != 0 {
			if !self.text.memory_range().contains(&symbol.value) {
				return Err(LoadError::ValueOutOfBounds);
			}
			let offset = symbol.value.saturating_sub(self.text.address);
			let pc = offset.checked_div(INSTRUCTION).unwrap_or(0);
			self.functions.insert_named(name, pc, self.knows_syscall)?
		} else {
			self.syscall(name, relocation.offset)?
		};
		write(self.bytes, relocation.offset.saturating_add(IMMEDIATE), key.to_le_bytes())
	}

	fn syscall(&self, name: &[u8], offset: u64) -> Result<u32, LoadError> {
		let hash = syscall_hash(name);
		if self.strict && !(self.knows_syscall)(hash) {
			return Err(LoadError::UnresolvedSymbol {
				name: String::from_utf8_lossy(name).into_owned(),
				instruction: offset.checked_div(INSTRUCTION).unwrap_or(0),
				offset,
			});
		}
		Ok(hash)
	}

	fn symbol(&self, relocation: Relocation) -> Result<Symbol, LoadError> {
		usize::try_from(relocation.symbol)
			.ok()
			.and_then(|index| self.elf.symbols?.get(index))
			.map(Symbol::from_bytes)
			.ok_or(LoadError::UnknownSymbol(u64::from(relocation.symbol)))
	}

	/// Writes an address to the two immediates of `lddw`, of which the first is at `low`.
	fn write_address(&mut self, low: u64, address: u64) -> Result<(), LoadError> {
		let [b0, b1, b2, b3, b4, b5, b6, b7] = address.to_le_bytes();
		write(self.bytes, low, [b0, b1, b2, b3])?;
		write(self.bytes, low.saturating_add(INSTRUCTION), [b4, b5, b6, b7])
	}
}

/// An address, moved to where the program is unless it is past its start already.
const fn in_program(address: u64) -> u64 {
	if address < BYTECODE_START {
		address.saturating_add(BYTECODE_START)
	} else {
		address
	}
}
