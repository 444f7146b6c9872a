// SPDX-License-Identifier: Apache-2.0
//! What programs return to each other, and what they can know of the instructions around them.

use super::Call;
use crate::{
	bpf::{
		costs,
		error::SyscallError,
		guest::{GuestSlice, Outcome},
	},
	SvmHost,
};

/// Bytes of an `AccountMeta`: key, whether it signs, whether it is writable.
const META_BYTES: u64 = 34;

/// `sol_set_return_data(bytes, length)`.
pub(super) fn set<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, length, ..] = call.arguments;
	call.pay(costs::bytes(length).saturating_add(costs::SYSCALL_BASE))?;
	if length > costs::RETURN_DATA_MAX {
		return Err(SyscallError::ReturnDataTooLarge(length, costs::RETURN_DATA_MAX));
	}
	let data = call.guest.bytes(address, length)?.to_vec();
	let program = call.running.program;
	call.context.set_return_data(program, data);
	Ok(0)
}

/// `sol_get_return_data(result, room, program)`: as much of the data as there is room for, who returned
/// them, and how many there are.
pub(super) fn get<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [result, room, program_result, ..] = call.arguments;
	call.pay(costs::SYSCALL_BASE)?;
	let (program, data) = call.context.return_data();
	let (program, data) = (*program, data.to_vec());
	let total = u64::try_from(data.len()).unwrap_or(u64::MAX);
	let length = room.min(total);
	if length != 0 {
		call.pay(costs::bytes(length.saturating_add(32)))?;
		call.guest.bytes_mut(result, length)?;
		call.guest.ensure_writable(program_result, 32, 1)?;
		call.guest.ensure_apart(result, length, program_result, 32)?;
		let piece = usize::try_from(length).ok().and_then(|length| data.get(..length));
		call.guest.write(result, piece.unwrap_or_default(), 1)?;
		call.guest.write(program_result, program.as_ref(), 1)?;
	}
	Ok(total)
}

/// `sol_get_stack_height()`: 1 in an instruction of the transaction.
pub(super) fn stack_height<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	call.pay(costs::SYSCALL_BASE)?;
	Ok(u64::try_from(call.context.stack_height()).unwrap_or(u64::MAX))
}

/// `sol_remaining_compute_units()`.
pub(super) fn remaining<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	call.pay(costs::SYSCALL_BASE)?;
	Ok(call.context.remaining())
}

/// `sol_get_processed_sibling_instruction(index, lengths, program, data, accounts)`: of the instructions
/// that the caller of this one has made before it, newest first. Only where the lengths given are the
/// right ones is more than the lengths written.
pub(super) fn sibling<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [index, lengths, program_result, data_result, accounts_result] = call.arguments;
	call.pay(costs::SYSCALL_BASE)?;
	let Some(sibling) = call.context.processed_sibling(index) else { return Ok(0) };
	let data_length = u64::try_from(sibling.data.len()).unwrap_or(u64::MAX);
	let accounts_length = u64::try_from(sibling.accounts.len()).unwrap_or(u64::MAX);
	call.guest.ensure_writable(lengths, 16, 8)?;
	let known = (call.guest.u64(lengths)?, call.guest.u64(lengths.saturating_add(8))?);
	if known != (data_length, accounts_length) {
		call.guest.write(lengths, &data_length.to_le_bytes(), 8)?;
		call.guest.write(lengths.saturating_add(8), &accounts_length.to_le_bytes(), 8)?;
		return Ok(1);
	}
	let accounts_bytes = accounts_length.saturating_mul(META_BYTES);
	let places = [
		(program_result, 32),
		(data_result, data_length),
		(accounts_result, accounts_bytes),
		(lengths, 16),
	];
	for (address, length) in places {
		call.guest.bytes_mut(address, length)?;
	}
	for (index, (one, length)) in places.iter().enumerate() {
		for (other, other_length) in places.iter().skip(index.saturating_add(1)) {
			call.guest.ensure_apart(*one, *length, *other, *other_length)?;
		}
	}
	call.guest.write_slice(program_result, sibling.program.as_ref())?;
	call.guest.write_slice(data_result, &sibling.data)?;
	let mut place = GuestSlice { address: accounts_result, length: META_BYTES };
	for account in &sibling.accounts {
		let mut meta = [0_u8; 34];
		let (key, flags) = meta.split_at_mut(32);
		key.copy_from_slice(account.pubkey.as_ref());
		flags.copy_from_slice(&[u8::from(account.is_signer), u8::from(account.is_writable)]);
		call.guest.write_slice(place.address, &meta)?;
		place.address = place.address.saturating_add(place.length);
	}
	Ok(1)
}
