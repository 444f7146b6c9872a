// SPDX-License-Identifier: Apache-2.0
//! What can be said about a file without loading it (`Elf64::parse` in `elf_parser/mod.rs`
//! upstream).

use super::{
	bytes::{get, table},
	dynamic,
	headers::{
		FileHeader, ProgramHeader, SectionHeader, FILE_HEADER_SIZE, PROGRAM_HEADER_SIZE, PT_LOAD,
		SECTION_HEADER_SIZE, SHT_NOBITS, SHT_NULL, SHT_STRTAB,
	},
};
use crate::ParseError;
use alloc::{string::String, vec::Vec};
use core::ops::Range;

/// How long the name of a section may be, its zero included.
const SECTION_NAME_LIMIT: u64 = 16;
/// How long the name of a symbol may be, its zero included. Which files load depends on it.
const SYMBOL_NAME_LIMIT: u64 = 64;

/// A file with its tables.
#[derive(Debug)]
pub(crate) struct Elf<'a> {
	pub(crate) bytes: &'a [u8],
	pub(crate) header: FileHeader,
	pub(crate) sections: Vec<Section<'a>>,
	/// Where the names of dynamic symbols are.
	symbol_names: Option<SectionHeader>,
	/// The dynamic relocations and symbols.
	pub(crate) relocations: &'a [[u8; 16]],
	pub(crate) symbols: Option<&'a [[u8; 24]]>,
}

/// A section with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section<'a> {
	pub(crate) name: &'a [u8],
	pub(crate) header: SectionHeader,
}

impl<'a> Elf<'a> {
	/// Reads the tables of a file.
	///
	/// # Errors
	/// See [`ParseError`].
	pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, ParseError> {
		let header = file_header(bytes)?;
		check_file_header(&header)?;
		let file_header_range = 0..FILE_HEADER_SIZE;
		let segments_range =
			range_of(header.program_headers, header.program_header_count, PROGRAM_HEADER_SIZE)?;
		check_apart(&file_header_range, &segments_range)?;
		let segments = table::<56>(bytes, segments_range.clone())?;
		let segments: Vec<_> = segments.iter().map(ProgramHeader::from_bytes).collect();

		let sections_range =
			range_of(header.section_headers, header.section_header_count, SECTION_HEADER_SIZE)?;
		check_apart(&file_header_range, &sections_range)?;
		check_apart(&segments_range, &sections_range)?;
		let headers = table::<64>(bytes, sections_range.clone())?;
		let headers: Vec<_> = headers.iter().map(SectionHeader::from_bytes).collect();
		if headers.first().is_none_or(|first| first.kind != SHT_NULL) {
			return Err(ParseError::InvalidSectionHeader);
		}

		check_segments(bytes, &segments)?;
		check_sections(bytes, &headers, &[file_header_range, segments_range, sections_range])?;

		let sections = name_sections(bytes, &headers, header.names_section)?;
		let symbol_names = section_named(&sections, b".dynstr");
		let dynamic = dynamic::parse(bytes, &segments, &headers)?;
		Ok(Self {
			bytes,
			header,
			sections,
			symbol_names,
			relocations: dynamic.relocations,
			symbols: dynamic.symbols,
		})
	}

	/// The name of a dynamic symbol.
	///
	/// # Errors
	/// It has none, or one that is too long.
	pub(crate) fn symbol_name(&self, name: u32) -> Result<&'a [u8], ParseError> {
		let section = self.symbol_names.ok_or(ParseError::NoDynamicStringTable)?;
		string(self.bytes, &section, name, SYMBOL_NAME_LIMIT)
	}
}

/// The header of a file.
pub(crate) fn file_header(bytes: &[u8]) -> Result<FileHeader, ParseError> {
	bytes.first_chunk().map(FileHeader::from_bytes).ok_or(ParseError::OutOfBounds)
}

fn check_file_header(header: &FileHeader) -> Result<(), ParseError> {
	// Magic, 64 bits, little-endian, version 1.
	let known = header.ident.starts_with(b"\x7fELF\x02\x01\x01")
		&& header.version == 1
		&& u64::from(header.header_size) == FILE_HEADER_SIZE
		&& u64::from(header.program_header_size) == PROGRAM_HEADER_SIZE
		&& u64::from(header.section_header_size) == SECTION_HEADER_SIZE
		&& header.names_section < header.section_header_count;
	if known {
		Ok(())
	} else {
		Err(ParseError::InvalidFileHeader)
	}
}

/// The range of a table of so many entries of a size.
fn range_of(start: u64, count: u16, size: u64) -> Result<Range<u64>, ParseError> {
	let length = u64::from(count).saturating_mul(size);
	let end = start.checked_add(length).ok_or(ParseError::OutOfBounds)?;
	Ok(start..end)
}

fn check_apart(a: &Range<u64>, b: &Range<u64>) -> Result<(), ParseError> {
	if a.end <= b.start || b.end <= a.start {
		Ok(())
	} else {
		Err(ParseError::Overlap)
	}
}

/// Segments that are mapped lie within the file, in ascending order of their addresses.
fn check_segments(bytes: &[u8], segments: &[ProgramHeader]) -> Result<(), ParseError> {
	let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
	let mut address = 0;
	for segment in segments.iter().filter(|segment| segment.kind == PT_LOAD) {
		if segment.address < address {
			return Err(ParseError::InvalidProgramHeader);
		}
		let end = segment.offset.checked_add(segment.file_size);
		if end.is_none_or(|end| end > length) {
			return Err(ParseError::OutOfBounds);
		}
		address = segment.address;
	}
	Ok(())
}

/// Sections lie within the file, in ascending order, and apart from the headers.
fn check_sections(
	bytes: &[u8],
	headers: &[SectionHeader],
	tables: &[Range<u64>; 3],
) -> Result<(), ParseError> {
	let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
	let mut offset = 0;
	for header in headers.iter().filter(|header| header.kind != SHT_NOBITS) {
		let end = header.offset.checked_add(header.size).ok_or(ParseError::OutOfBounds)?;
		for table in tables {
			check_apart(&(header.offset..end), table)?;
		}
		if header.offset < offset {
			return Err(ParseError::SectionNotInOrder);
		}
		offset = end;
		if offset > length {
			return Err(ParseError::OutOfBounds);
		}
	}
	Ok(())
}

/// The sections with their names. Those of symbols may be there once only.
fn name_sections<'a>(
	bytes: &'a [u8],
	headers: &[SectionHeader],
	names_section: u16,
) -> Result<Vec<Section<'a>>, ParseError> {
	let names = headers
		.get(usize::from(names_section))
		.filter(|_| names_section != 0)
		.ok_or(ParseError::NoSectionNameStringTable)?;
	let mut sections = Vec::with_capacity(headers.len());
	for header in headers {
		let name = string(bytes, names, header.name, SECTION_NAME_LIMIT)?;
		let unique = matches!(name, b".symtab" | b".strtab" | b".dynstr");
		if unique && section_named(&sections, name).is_some() {
			return Err(ParseError::InvalidSectionHeader);
		}
		sections.push(Section { name, header: *header });
	}
	Ok(sections)
}

fn section_named(sections: &[Section<'_>], name: &[u8]) -> Option<SectionHeader> {
	sections.iter().find(|section| section.name == name).map(|section| section.header)
}

/// The name at a place in a section of names.
fn string<'a>(
	bytes: &'a [u8],
	section: &SectionHeader,
	name: u32,
	limit: u64,
) -> Result<&'a [u8], ParseError> {
	if section.kind != SHT_STRTAB {
		return Err(ParseError::InvalidSectionHeader);
	}
	let bounds = || {
		let start = section.offset.checked_add(u64::from(name))?;
		let end = section.offset.checked_add(section.size)?;
		get(bytes, start..end.min(start.checked_add(limit)?))
	};
	let text = bounds().ok_or(ParseError::OutOfBounds)?;
	let length = text.iter().position(|byte| *byte == 0);
	length
		.and_then(|length| text.get(..length))
		.ok_or_else(|| ParseError::StringTooLong(String::from_utf8_lossy(text).into_owned(), limit))
}
