// SPDX-License-Identifier: Apache-2.0
//! The loader from V3 on: two segments at fixed addresses, nothing else counts (SIMD-0189).

use super::{
	bytes::{get, table},
	headers::{ProgramHeader, FILE_HEADER_SIZE, PROGRAM_HEADER_SIZE, PT_LOAD},
	parse::file_header,
};
use crate::{
	executable::{Loaded, Text},
	functions::Functions,
	LoadError, ParseError, BYTECODE_START, RODATA_START,
};
use alloc::vec::Vec;
use core::ops::Range;

/// The machine is BPF.
const EM_BPF: u16 = 247;
/// The segment is readable.
const PF_R: u32 = 4;
/// The segment is executable, and no more than that.
const PF_X: u32 = 1;
/// Bytes of an instruction.
const INSTRUCTION: u64 = 8;
/// Bytes of a region.
const REGION_SIZE: u64 = 1 << 32;

/// Loads a file by its program headers.
pub(crate) fn load(file: &[u8]) -> Result<Loaded, LoadError> {
	let (entry, segments) = headers(file)?;
	let first = segments.first().ok_or(ParseError::InvalidFileHeader)?;
	// The read-only data come first; a program without any has no segment for them.
	let (rodata, code) = if first.flags == PF_R {
		(Some(first), segments.get(1).ok_or(ParseError::InvalidFileHeader)?)
	} else {
		(None, first)
	};
	let expected_offset = headers_end(segments.len());
	let code_offset = match rodata {
		Some(segment) => check(file, segment, PF_R, RODATA_START, expected_offset)?,
		None => expected_offset,
	};
	check(file, code, PF_X, BYTECODE_START, code_offset)?;
	let last_byte = entry.saturating_add(INSTRUCTION).saturating_sub(1);
	let memory = code.address..code.address.saturating_add(code.memory_size);
	if !memory.contains(&last_byte) || !entry.is_multiple_of(INSTRUCTION) {
		return Err(ParseError::InvalidFileHeader.into());
	}
	let readonly = match rodata {
		Some(segment) => segment_bytes(file, segment)?,
		None => Vec::new(),
	};
	Ok(Loaded {
		readonly,
		readonly_start: RODATA_START,
		text: Text::Apart(segment_bytes(file, code)?),
		text_start: code.address,
		entry: entry.saturating_sub(code.address).checked_div(INSTRUCTION).unwrap_or(0),
		functions: Functions::default(),
	})
}

/// The address of the entrypoint, and the segments.
fn headers(file: &[u8]) -> Result<(u64, Vec<ProgramHeader>), ParseError> {
	let header = file_header(file)?;
	let count = usize::from(header.program_header_count);
	let end = headers_end(count);
	// Magic, 64 bits, little-endian, version 1, no operating system, padding.
	let known = header.ident == *b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"
		&& header.machine == EM_BPF
		&& header.version == 1
		&& header.program_headers == FILE_HEADER_SIZE
		&& u64::from(header.header_size) == FILE_HEADER_SIZE
		&& u64::from(header.program_header_size) == PROGRAM_HEADER_SIZE
		&& count != 0
		&& end <= length(file);
	if !known {
		return Err(ParseError::InvalidFileHeader);
	}
	let segments = table::<56>(file, FILE_HEADER_SIZE..end)?;
	Ok((header.entry, segments.iter().map(ProgramHeader::from_bytes).collect()))
}

/// Where the headers of so many segments end.
fn headers_end(count: usize) -> u64 {
	let count = u64::try_from(count).unwrap_or(u64::MAX);
	count.saturating_mul(PROGRAM_HEADER_SIZE).saturating_add(FILE_HEADER_SIZE)
}

/// Checks a segment and returns where in the file it ends.
fn check(
	file: &[u8],
	segment: &ProgramHeader,
	flags: u32,
	address: u64,
	offset: u64,
) -> Result<u64, ParseError> {
	let known = segment.kind == PT_LOAD
		&& segment.flags == flags
		&& segment.offset == offset
		&& segment.offset < length(file)
		&& segment.offset.is_multiple_of(INSTRUCTION)
		&& segment.address == address
		&& segment.physical_address == address
		&& segment.file_size == segment.memory_size
		&& segment.file_size <= length(file).saturating_sub(segment.offset)
		&& segment.file_size.is_multiple_of(INSTRUCTION)
		&& segment.memory_size < REGION_SIZE;
	if known {
		Ok(file_range(segment).end)
	} else {
		Err(ParseError::InvalidProgramHeader)
	}
}

fn file_range(segment: &ProgramHeader) -> Range<u64> {
	segment.offset..segment.offset.saturating_add(segment.file_size)
}

fn segment_bytes(file: &[u8], segment: &ProgramHeader) -> Result<Vec<u8>, ParseError> {
	get(file, file_range(segment)).map(<[u8]>::to_vec).ok_or(ParseError::OutOfBounds)
}

fn length(file: &[u8]) -> u64 {
	u64::try_from(file.len()).unwrap_or(u64::MAX)
}
