// SPDX-License-Identifier: Apache-2.0
//! The read-only data of a program up to V2: its sections at their addresses, zeros between them.

use super::{
	bytes::get,
	parse::{Elf, Section},
};
use crate::{Config, LoadError, BYTECODE_START, STACK_START};
use alloc::{vec, vec::Vec};

/// The bytes from the first guest address of the program to the end of its last section.
///
/// `bytes` are those of the file, relocated. Where sections overlap, the later one counts.
pub(crate) fn collect(elf: &Elf<'_>, bytes: &[u8], config: &Config) -> Result<Vec<u8>, LoadError> {
	let strict = config.reject_broken_elfs;
	let mut slices = Vec::new();
	let mut end = 0_u64;
	let mut misplaced = false;
	for Section { header, .. } in elf.sections.iter().filter(|section| is_readonly(section)) {
		misplaced |= header.address != header.offset;
		let start = header.address.saturating_add(BYTECODE_START);
		if (strict && misplaced) || start > STACK_START {
			return Err(LoadError::ValueOutOfBounds);
		}
		let data = get(bytes, header.file_range()).ok_or(LoadError::ValueOutOfBounds)?;
		let length = u64::try_from(data.len()).map_err(|_| LoadError::ValueOutOfBounds)?;
		end = end.max(header.address.saturating_add(length));
		slices.push((header.address, data));
	}
	// Upstream also refuses, if strict, sections that overlap at their addresses. There are none: they
	// are where the file has them, and there they do not overlap.
	join(end, bytes.len(), &slices)
}

fn is_readonly(section: &Section<'_>) -> bool {
	matches!(section.name, b".text" | b".rodata" | b".data.rel.ro" | b".eh_frame")
}

/// The sections, joined. All together they may not reach further than the file is long.
fn join(end: u64, limit: usize, slices: &[(u64, &[u8])]) -> Result<Vec<u8>, LoadError> {
	let length = usize::try_from(end)
		.ok()
		.filter(|length| *length <= limit)
		.ok_or(LoadError::ValueOutOfBounds)?;
	let mut joined = vec![0; length];
	for (address, data) in slices {
		let place = usize::try_from(*address)
			.ok()
			.and_then(|start| joined.get_mut(start..)?.get_mut(..data.len()))
			.ok_or(LoadError::ValueOutOfBounds)?;
		place.copy_from_slice(data);
	}
	Ok(joined)
}
