// SPDX-License-Identifier: Apache-2.0
//! What programs write into the log (`logging.rs`), and how they give up.

use alloc::{format, string::ToString, vec::Vec};
use core::str;

use super::Call;
use crate::{
	bpf::{
		costs,
		error::SyscallError,
		guest::{GuestSlice, Outcome},
	},
	SvmHost,
};

/// `abort()`.
pub(super) fn abort() -> Outcome<u64> {
	Err(SyscallError::Abort)
}

/// `sol_panic_(file, length, line, column)`.
pub(super) fn panic<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [file, length, line, column, _] = call.arguments;
	call.pay(length)?;
	let file = text(call.guest.bytes(file, length)?)?.to_string();
	Err(SyscallError::Panic { file, line, column })
}

/// `sol_log_(text, length)`.
pub(super) fn log<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, length, ..] = call.arguments;
	call.pay(length.max(costs::SYSCALL_BASE))?;
	let line = format!("Program log: {}", text(call.guest.bytes(address, length)?)?);
	call.log(line);
	Ok(0)
}

/// `sol_log_64_(five numbers)`.
pub(super) fn log_64<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	call.pay(costs::LOG_64)?;
	let [a, b, c, d, e] = call.arguments;
	call.log(format!("Program log: {a:#x}, {b:#x}, {c:#x}, {d:#x}, {e:#x}"));
	Ok(0)
}

/// `sol_log_pubkey(key)`.
pub(super) fn log_pubkey<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, ..] = call.arguments;
	call.pay(costs::LOG_PUBKEY)?;
	let key = call.guest.key(address)?;
	call.log(format!("Program log: {key}"));
	Ok(0)
}

/// `sol_log_compute_units_()`.
pub(super) fn log_compute_units<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	call.pay(costs::SYSCALL_BASE)?;
	let remaining = call.context.remaining();
	call.log(format!("Program consumption: {remaining} units remaining"));
	Ok(0)
}

/// `sol_log_data(slices, count)`: in base64.
pub(super) fn log_data<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, count, ..] = call.arguments;
	call.pay(costs::SYSCALL_BASE)?;
	let slices = call.guest.slices(address, count)?;
	let count = u64::try_from(slices.len()).unwrap_or(u64::MAX);
	call.pay(costs::SYSCALL_BASE.saturating_mul(count))?;
	let total = slices.iter().fold(0_u64, |total, slice| total.saturating_add(slice.length));
	call.pay(total)?;
	let mut fields: Vec<&[u8]> = Vec::with_capacity(slices.len());
	for GuestSlice { address, length } in slices {
		fields.push(call.guest.bytes(address, length)?);
	}
	call.context.log_data(&fields);
	Ok(0)
}

fn text(bytes: &[u8]) -> Outcome<&str> {
	str::from_utf8(bytes).map_err(|error| SyscallError::InvalidString(error, bytes.to_vec()))
}
