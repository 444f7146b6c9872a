// SPDX-License-Identifier: Apache-2.0
//! Bytes at places that are 64-bit numbers.

use crate::{LoadError, ParseError};
use core::ops::Range;

/// The bytes of a range, if it lies within.
pub(crate) fn get(bytes: &[u8], range: Range<u64>) -> Option<&[u8]> {
	bytes.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

/// The entries of a table of `N` bytes each.
///
/// # Errors
/// The range is not a whole number of entries, not within, or not aligned; in this order.
pub(crate) fn table<const N: usize>(
	bytes: &[u8],
	range: Range<u64>,
) -> Result<&[[u8; N]], ParseError> {
	let size = u64::try_from(N).unwrap_or(u64::MAX);
	if !range.end.saturating_sub(range.start).is_multiple_of(size) {
		return Err(ParseError::InvalidSize);
	}
	let start = range.start;
	let (entries, _) = get(bytes, range).ok_or(ParseError::OutOfBounds)?.as_chunks::<N>();
	if !start.is_multiple_of(8) {
		return Err(ParseError::InvalidAlignment);
	}
	Ok(entries)
}

/// `N` bytes at a place.
///
/// # Errors
/// They are not within.
pub(crate) fn read<const N: usize>(bytes: &[u8], at: u64) -> Result<[u8; N], LoadError> {
	usize::try_from(at)
		.ok()
		.and_then(|at| bytes.get(at..)?.first_chunk::<N>())
		.copied()
		.ok_or(LoadError::ValueOutOfBounds)
}

/// Writes `N` bytes to a place.
///
/// # Errors
/// They are not within.
pub(crate) fn write<const N: usize>(
	bytes: &mut [u8],
	at: u64,
	value: [u8; N],
) -> Result<(), LoadError> {
	let place = usize::try_from(at)
		.ok()
		.and_then(|at| bytes.get_mut(at..)?.first_chunk_mut::<N>())
		.ok_or(LoadError::ValueOutOfBounds)?;
	*place = value;
	Ok(())
}
