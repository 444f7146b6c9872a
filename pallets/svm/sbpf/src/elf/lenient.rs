// SPDX-License-Identifier: Apache-2.0
//! The loader up to V2: sections, relocations and a registry of functions.

use super::{
	headers::SectionHeader,
	parse::{Elf, Section},
	relocate::relocate,
	rodata,
};
use crate::{
	executable::{Loaded, Text},
	functions::Functions,
	Config, LoadError, BYTECODE_START, STACK_START,
};
use alloc::{string::String, vec::Vec};

/// The machine is BPF, as Linux numbers it.
const EM_BPF: u16 = 247;
/// The machine is sBPF.
const EM_SBPF: u16 = 263;
/// The file is a shared object.
const ET_DYN: u16 = 3;
/// Bytes of an instruction.
const INSTRUCTION: u64 = 8;

/// Loads a file by its sections.
pub(crate) fn load(
	file: &[u8],
	knows_syscall: &dyn Fn(u32) -> bool,
	config: &Config,
) -> Result<Loaded, LoadError> {
	let elf = Elf::parse(file)?;
	let text = check(&elf)?;
	let text_start = text.address.saturating_add(BYTECODE_START);
	let misplaced = text.address != text.offset;
	if (config.reject_broken_elfs && misplaced) || text_start >= STACK_START {
		return Err(LoadError::ValueOutOfBounds);
	}

	let mut functions = Functions::default();
	let mut bytes = file.to_vec();
	relocate(&elf, &text, &mut bytes, &mut functions, knows_syscall, config)?;

	let offset = elf.header.entry.saturating_sub(text.address);
	if !offset.is_multiple_of(INSTRUCTION) {
		return Err(LoadError::InvalidEntrypoint);
	}
	let entry = offset.checked_div(INSTRUCTION).unwrap_or(0);
	functions.insert_entrypoint(entry, knows_syscall)?;

	let readonly = rodata::collect(&elf, &bytes, config)?;
	let text = text_in(&readonly, &text)?;
	Ok(Loaded { readonly, readonly_start: BYTECODE_START, text, text_start, entry, functions })
}

/// Where in the read-only data the instructions are.
///
/// They are taken from there and not from the file, so that they are what the program reads, even
/// if another section overlaps them.
fn text_in(readonly: &[u8], text: &SectionHeader) -> Result<Text, LoadError> {
	let range = text.file_range();
	let end = text.address.saturating_add(range.end.saturating_sub(range.start));
	let (Ok(start), Ok(end)) = (usize::try_from(text.address), usize::try_from(end)) else {
		return Err(LoadError::ValueOutOfBounds);
	};
	if end > readonly.len() {
		return Err(LoadError::ValueOutOfBounds);
	}
	Ok(Text::Readonly(start..end))
}

/// Checks what does not depend on the contents of sections, and returns the text section.
fn check(elf: &Elf<'_>) -> Result<SectionHeader, LoadError> {
	let header = &elf.header;
	let [_, _, _, _, _, _, _, abi, ..] = header.ident;
	if abi != 0 {
		return Err(LoadError::WrongAbi);
	}
	if !matches!(header.machine, EM_BPF | EM_SBPF) {
		return Err(LoadError::WrongMachine);
	}
	if header.kind != ET_DYN {
		return Err(LoadError::WrongType);
	}
	let texts: Vec<_> = elf.sections.iter().filter(|section| section.name == b".text").collect();
	let [text] = texts.as_slice() else {
		return Err(LoadError::NotOneTextSection);
	};
	if let Some(section) = elf.sections.iter().find(|section| is_written(section)) {
		let name = String::from_utf8_lossy(section.name).into_owned();
		return Err(LoadError::WritableSectionNotSupported(name));
	}
	let length = u64::try_from(elf.bytes.len()).unwrap_or(u64::MAX);
	for Section { header, .. } in &elf.sections {
		// Here sections count that take no place in the file, too.
		let end = header.offset.checked_add(header.size);
		if end.is_none_or(|end| end > length) {
			return Err(LoadError::ValueOutOfBounds);
		}
	}
	if !text.header.memory_range().contains(&header.entry) {
		return Err(LoadError::EntrypointOutOfBounds);
	}
	Ok(text.header)
}

/// Whether a section is for data that a program would write, which it can't.
fn is_written(section: &Section<'_>) -> bool {
	let Section { name, header } = section;
	name.starts_with(b".bss")
		|| (header.is_writable() && name.starts_with(b".data") && !name.starts_with(b".data.rel"))
}
