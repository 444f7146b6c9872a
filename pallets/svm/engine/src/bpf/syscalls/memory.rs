// SPDX-License-Identifier: Apache-2.0
//! Operations on memory (`mem_ops.rs`), and the allocator of old programs.

use core::cmp::Ordering;

use super::Call;
use crate::{
	bpf::{
		costs,
		error::SyscallError,
		guest::{are_apart, Outcome},
	},
	SvmHost,
};

fn pay<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>, length: u64) -> Outcome<()> {
	call.pay(costs::bytes(length).max(costs::MEMORY_OPERATION))
}

/// `sol_memcpy_(destination, source, length)`: they must not overlap.
pub(super) fn memcpy<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [destination, source, length, ..] = call.arguments;
	pay(call, length)?;
	if !are_apart(source, length, destination, length) {
		return Err(SyscallError::CopyOverlapping);
	}
	call.guest.copy(destination, source, length)?;
	Ok(0)
}

/// `sol_memmove_(destination, source, length)`.
pub(super) fn memmove<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [destination, source, length, ..] = call.arguments;
	pay(call, length)?;
	call.guest.copy(destination, source, length)?;
	Ok(0)
}

/// `sol_memcmp_(one, other, length, result)`: the difference of the first bytes that differ, as `i32`.
pub(super) fn memcmp<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [one, other, length, result, _] = call.arguments;
	pay(call, length)?;
	let difference = difference(call.guest.bytes(one, length)?, call.guest.bytes(other, length)?);
	call.guest.write(result, &difference.to_le_bytes(), 4)?;
	Ok(0)
}

fn difference(one: &[u8], other: &[u8]) -> i32 {
	let mut pairs = one.iter().zip(other);
	let first = pairs.find(|(one, other)| one.cmp(other) != Ordering::Equal);
	first.map_or(0, |(one, other)| i32::from(*one).wrapping_sub(i32::from(*other)))
}

/// `sol_memset_(destination, byte, length)`.
pub(super) fn memset<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [destination, byte, length, ..] = call.arguments;
	pay(call, length)?;
	let [byte, ..] = byte.to_le_bytes();
	call.guest.bytes_mut(destination, length)?.fill(byte);
	Ok(0)
}

/// `sol_alloc_free_(size, address)`: room on the heap, from its start on, or zero. Nothing is freed.
/// Programs that call it can't be deployed any more.
pub(super) fn alloc_free<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [size, freed, ..] = call.arguments;
	if freed != 0 {
		return Ok(0);
	}
	let alignment = if call.guest.is_aligned() { 8 } else { 1 };
	Ok(call.running.heap.allocate(size, alignment).unwrap_or(0))
}
