// SPDX-License-Identifier: Apache-2.0
//! The dynamic table, and the relocations and symbols it leads to.

use super::{
	bytes::table,
	headers::{
		pair, ProgramHeader, SectionHeader, PT_DYNAMIC, RELOCATION_SIZE, SHT_DYNAMIC, SHT_DYNSYM,
		SHT_SYMTAB,
	},
};
use crate::ParseError;

/// The address of the symbols.
const DT_SYMTAB: u64 = 6;
/// The address of the relocations.
const DT_REL: u64 = 17;
/// Their bytes, all together.
const DT_RELSZ: u64 = 18;
/// Bytes of one of them.
const DT_RELENT: u64 = 19;

/// What the dynamic table leads to.
#[derive(Default)]
pub(crate) struct Dynamic<'a> {
	pub(crate) relocations: &'a [[u8; 16]],
	pub(crate) symbols: Option<&'a [[u8; 24]]>,
}

/// The entries of the table that matter; zero where there is none.
#[derive(Default)]
struct Tags {
	symbols: u64,
	relocations: u64,
	relocations_size: u64,
	relocation_size: u64,
}

/// Reads the dynamic table, if there is one.
pub(crate) fn parse<'a>(
	bytes: &'a [u8],
	segments: &[ProgramHeader],
	sections: &[SectionHeader],
) -> Result<Dynamic<'a>, ParseError> {
	let Some(entries) = entries(bytes, segments, sections)? else {
		return Ok(Dynamic::default());
	};
	let tags = Tags::read(entries);
	Ok(Dynamic {
		relocations: relocations(bytes, segments, sections, &tags)?,
		symbols: symbols(bytes, sections, &tags)?,
	})
}

impl Tags {
	fn read(entries: &[[u8; 16]]) -> Self {
		let mut tags = Self::default();
		for (tag, value) in entries.iter().map(pair).take_while(|(tag, _)| *tag != 0) {
			match tag {
				DT_SYMTAB => tags.symbols = value,
				DT_REL => tags.relocations = value,
				DT_RELSZ => tags.relocations_size = value,
				DT_RELENT => tags.relocation_size = value,
				_ => (),
			}
		}
		tags
	}
}

/// The table: of the segment that says it is one, or else of the section that does. A segment that
/// is not within the file counts as none.
fn entries<'a>(
	bytes: &'a [u8],
	segments: &[ProgramHeader],
	sections: &[SectionHeader],
) -> Result<Option<&'a [[u8; 16]]>, ParseError> {
	let segment = segments.iter().find(|segment| segment.kind == PT_DYNAMIC);
	let of_segment = segment.and_then(|segment| {
		let end = segment.offset.checked_add(segment.file_size)?;
		table(bytes, segment.offset..end).ok()
	});
	if of_segment.is_some() {
		return Ok(of_segment);
	}
	let Some(section) = sections.iter().find(|section| section.kind == SHT_DYNAMIC) else {
		return Ok(None);
	};
	section_table(bytes, section).map(Some).map_err(|_| ParseError::InvalidDynamicSectionTable)
}

fn section_table<'a, const N: usize>(
	bytes: &'a [u8],
	section: &SectionHeader,
) -> Result<&'a [[u8; N]], ParseError> {
	let end = section.offset.checked_add(section.size).ok_or(ParseError::OutOfBounds)?;
	table(bytes, section.offset..end)
}

fn relocations<'a>(
	bytes: &'a [u8],
	segments: &[ProgramHeader],
	sections: &[SectionHeader],
	tags: &Tags,
) -> Result<&'a [[u8; 16]], ParseError> {
	if tags.relocations == 0 {
		return Ok(&[]);
	}
	if tags.relocation_size != RELOCATION_SIZE || tags.relocations_size == 0 {
		return Err(ParseError::InvalidDynamicSectionTable);
	}
	let start = match segment_of(segments, tags.relocations)? {
		Some(segment) => tags
			.relocations
			.checked_sub(segment.address)
			.and_then(|offset| offset.checked_add(segment.offset))
			.ok_or(ParseError::OutOfBounds)?,
		// Old toolchains wrote addresses that are in no segment.
		None => {
			section_at(sections, tags.relocations)
				.ok_or(ParseError::InvalidDynamicSectionTable)?
				.offset
		},
	};
	let end = start.checked_add(tags.relocations_size).ok_or(ParseError::OutOfBounds)?;
	table(bytes, start..end).map_err(|_| ParseError::InvalidDynamicSectionTable)
}

fn symbols<'a>(
	bytes: &'a [u8],
	sections: &[SectionHeader],
	tags: &Tags,
) -> Result<Option<&'a [[u8; 24]]>, ParseError> {
	if tags.symbols == 0 {
		return Ok(None);
	}
	let section =
		section_at(sections, tags.symbols).ok_or(ParseError::InvalidDynamicSectionTable)?;
	if !matches!(section.kind, SHT_SYMTAB | SHT_DYNSYM) {
		return Err(ParseError::InvalidSectionHeader);
	}
	section_table(bytes, section).map(Some)
}

/// The first segment that has an address. One that ends past the last address is an error, but only
/// if none before it has the address.
fn segment_of(
	segments: &[ProgramHeader],
	address: u64,
) -> Result<Option<&ProgramHeader>, ParseError> {
	for segment in segments {
		let end =
			segment.address.checked_add(segment.memory_size).ok_or(ParseError::OutOfBounds)?;
		if (segment.address..end).contains(&address) {
			return Ok(Some(segment));
		}
	}
	Ok(None)
}

fn section_at(sections: &[SectionHeader], address: u64) -> Option<&SectionHeader> {
	sections.iter().find(|section| section.address == address)
}
