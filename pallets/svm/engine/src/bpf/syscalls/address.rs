// SPDX-License-Identifier: Apache-2.0
//! Addresses that programs derive.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_spl_token::{create_program_address, PdaError, MAX_SEEDS, MAX_SEED_LEN};

use super::Call;
use crate::{
	bpf::{costs, error::SyscallError, guest::Outcome},
	SvmHost,
};

/// Seeds and a program, copied out of the guest's memory.
fn inputs<H: SvmHost>(
	call: &Call<'_, '_, '_, '_, H>,
	seeds: u64,
	count: u64,
	program: u64,
) -> Outcome<(Vec<Vec<u8>>, SvmAddress)> {
	let too_long = SyscallError::BadSeeds(PdaError::MaxSeedLengthExceeded);
	let slices = call.guest.slices(seeds, count)?;
	if slices.len() > MAX_SEEDS {
		return Err(too_long);
	}
	let mut seeds = Vec::with_capacity(slices.len());
	for slice in slices {
		if slice.length > u64::try_from(MAX_SEED_LEN).unwrap_or(0) {
			return Err(too_long);
		}
		seeds.push(call.guest.bytes(slice.address, slice.length)?.to_vec());
	}
	Ok((seeds, call.guest.key(program)?))
}

/// `sol_create_program_address(seeds, count, program, result)`: 1 where no address comes of them.
pub(super) fn create<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [seeds, count, program, result, _] = call.arguments;
	call.pay(costs::CREATE_PROGRAM_ADDRESS)?;
	let (seeds, program) = inputs(call, seeds, count, program)?;
	let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
	let Ok(address) = create_program_address(&seeds, &program) else { return Ok(1) };
	call.guest.write(result, address.as_ref(), 1)?;
	Ok(0)
}

/// `sol_try_find_program_address(seeds, count, program, result, bump)`: each attempt is paid.
pub(super) fn try_find<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [seeds, count, program, result, bump_result] = call.arguments;
	call.pay(costs::CREATE_PROGRAM_ADDRESS)?;
	let (seeds, program) = inputs(call, seeds, count, program)?;
	for bump in (1..=u8::MAX).rev() {
		let bump = [bump];
		let mut with_bump: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
		with_bump.push(&bump);
		if let Ok(address) = create_program_address(&with_bump, &program) {
			call.guest.ensure_writable(bump_result, 1, 1)?;
			call.guest.ensure_apart(bump_result, 1, result, 32)?;
			call.guest.write(result, address.as_ref(), 1)?;
			call.guest.write(bump_result, &bump, 1)?;
			return Ok(0);
		}
		call.pay(costs::CREATE_PROGRAM_ADDRESS)?;
	}
	Ok(1)
}
