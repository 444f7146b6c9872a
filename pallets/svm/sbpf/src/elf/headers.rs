// SPDX-License-Identifier: Apache-2.0
//! The tables of ELF files: their entries, as numbers.

use core::ops::Range;

/// Bytes of the file header.
pub(crate) const FILE_HEADER_SIZE: u64 = 64;
/// Bytes of a program header.
pub(crate) const PROGRAM_HEADER_SIZE: u64 = 56;
/// Bytes of a section header.
pub(crate) const SECTION_HEADER_SIZE: u64 = 64;
/// Bytes of an entry of the relocation table.
pub(crate) const RELOCATION_SIZE: u64 = 16;

/// A segment that is mapped.
pub(crate) const PT_LOAD: u32 = 1;
/// The segment of the dynamic table.
pub(crate) const PT_DYNAMIC: u32 = 2;
/// No section.
pub(crate) const SHT_NULL: u32 = 0;
/// A section of static symbols.
pub(crate) const SHT_SYMTAB: u32 = 2;
/// A section of names.
pub(crate) const SHT_STRTAB: u32 = 3;
/// The section of the dynamic table.
pub(crate) const SHT_DYNAMIC: u32 = 6;
/// A section that takes no place in the file.
pub(crate) const SHT_NOBITS: u32 = 8;
/// A section of dynamic symbols.
pub(crate) const SHT_DYNSYM: u32 = 11;

/// Takes numbers off the front of bytes, little-endian. Past the end there are zeros, but every
/// caller has as many bytes as it takes.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
	fn take<const N: usize>(&mut self) -> [u8; N] {
		match self.0.split_first_chunk::<N>() {
			Some((field, rest)) => {
				self.0 = rest;
				*field
			},
			None => [0; N],
		}
	}

	fn u8(&mut self) -> u8 {
		u8::from_le_bytes(self.take())
	}

	fn u16(&mut self) -> u16 {
		u16::from_le_bytes(self.take())
	}

	fn u32(&mut self) -> u32 {
		u32::from_le_bytes(self.take())
	}

	fn u64(&mut self) -> u64 {
		u64::from_le_bytes(self.take())
	}
}

/// The header of the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileHeader {
	pub(crate) ident: [u8; 16],
	pub(crate) kind: u16,
	pub(crate) machine: u16,
	pub(crate) version: u32,
	pub(crate) entry: u64,
	pub(crate) program_headers: u64,
	pub(crate) section_headers: u64,
	pub(crate) header_size: u16,
	pub(crate) program_header_size: u16,
	pub(crate) program_header_count: u16,
	pub(crate) section_header_size: u16,
	pub(crate) section_header_count: u16,
	pub(crate) names_section: u16,
}

impl FileHeader {
	pub(crate) fn from_bytes(bytes: &[u8; 64]) -> Self {
		let mut fields = Fields(bytes);
		let ident = fields.take();
		let (kind, machine, version) = (fields.u16(), fields.u16(), fields.u32());
		let (entry, program_headers, section_headers) = (fields.u64(), fields.u64(), fields.u64());
		let _flags = fields.u32();
		Self {
			ident,
			kind,
			machine,
			version,
			entry,
			program_headers,
			section_headers,
			header_size: fields.u16(),
			program_header_size: fields.u16(),
			program_header_count: fields.u16(),
			section_header_size: fields.u16(),
			section_header_count: fields.u16(),
			names_section: fields.u16(),
		}
	}
}

/// The header of a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProgramHeader {
	pub(crate) kind: u32,
	pub(crate) flags: u32,
	pub(crate) offset: u64,
	pub(crate) address: u64,
	pub(crate) physical_address: u64,
	pub(crate) file_size: u64,
	pub(crate) memory_size: u64,
}

impl ProgramHeader {
	pub(crate) fn from_bytes(bytes: &[u8; 56]) -> Self {
		let mut fields = Fields(bytes);
		Self {
			kind: fields.u32(),
			flags: fields.u32(),
			offset: fields.u64(),
			address: fields.u64(),
			physical_address: fields.u64(),
			file_size: fields.u64(),
			memory_size: fields.u64(),
		}
	}
}

/// The header of a section.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SectionHeader {
	pub(crate) name: u32,
	pub(crate) kind: u32,
	pub(crate) flags: u64,
	pub(crate) address: u64,
	pub(crate) offset: u64,
	pub(crate) size: u64,
}

impl SectionHeader {
	pub(crate) fn from_bytes(bytes: &[u8; 64]) -> Self {
		let mut fields = Fields(bytes);
		Self {
			name: fields.u32(),
			kind: fields.u32(),
			flags: fields.u64(),
			address: fields.u64(),
			offset: fields.u64(),
			size: fields.u64(),
		}
	}

	/// Whether the section is in memory and can be written there.
	pub(crate) const fn is_writable(&self) -> bool {
		self.flags & 3 == 3
	}

	/// Its place in the file; none, at the start, if it takes none.
	pub(crate) const fn file_range(&self) -> Range<u64> {
		if self.kind == SHT_NOBITS {
			0..0
		} else {
			self.offset..self.offset.saturating_add(self.size)
		}
	}

	/// Its place in memory.
	pub(crate) const fn memory_range(&self) -> Range<u64> {
		self.address..self.address.saturating_add(self.size)
	}
}

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
	pub(crate) name: u32,
	pub(crate) info: u8,
	pub(crate) value: u64,
}

impl Symbol {
	pub(crate) fn from_bytes(bytes: &[u8; 24]) -> Self {
		let mut fields = Fields(bytes);
		let (name, info) = (fields.u32(), fields.u8());
		let (_other, _section) = (fields.u8(), fields.u16());
		Self { name, info, value: fields.u64() }
	}

	/// Whether it names a function.
	pub(crate) const fn is_function(&self) -> bool {
		self.info & 0x0f == 2
	}
}

/// A pair of numbers: an entry of the dynamic table (tag and value) or of the relocation table
/// (place, and symbol and type).
pub(crate) fn pair(bytes: &[u8; 16]) -> (u64, u64) {
	let mut fields = Fields(bytes);
	(fields.u64(), fields.u64())
}

/// A relocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relocation {
	pub(crate) offset: u64,
	pub(crate) symbol: u32,
	pub(crate) kind: u32,
}

impl Relocation {
	pub(crate) fn from_bytes(bytes: &[u8; 16]) -> Self {
		let mut fields = Fields(bytes);
		let (offset, kind, symbol) = (fields.u64(), fields.u32(), fields.u32());
		Self { offset, symbol, kind }
	}
}
