// SPDX-License-Identifier: Apache-2.0
//! The loaders of ELF files (`elf.rs` and `elf_parser/` upstream).
//!
//! Places and sizes in a file are `u64`, as they stand in it; they become indices only where bytes
//! are taken.

mod bytes;
mod dynamic;
mod headers;
mod lenient;
mod parse;
mod relocate;
mod rodata;
mod strict;

pub(crate) use lenient::load as load_lenient;
pub(crate) use strict::load as load_strict;

use crate::{LoadError, ParseError, Version};

/// The place of `e_flags` in a file.
const FLAGS: usize = 48;

/// The version that a file says it needs.
pub(crate) fn version(file: &[u8]) -> Result<Version, LoadError> {
	let flags = file
		.get(FLAGS..)
		.and_then(|bytes| bytes.first_chunk::<4>())
		.ok_or(ParseError::OutOfBounds)?;
	Ok(Version::from_flags(u32::from_le_bytes(*flags)))
}
