// SPDX-License-Identifier: Apache-2.0
//! Poseidon (`SyscallPoseidon` of solana-syscalls 4.2, solana-poseidon 4.0), with SIMD-0359 active: what is
//! hashed has 32 bytes, no fewer. The host is asked for the hash.

use alloc::{format, vec::Vec};

use super::{
	bn254::{self, Order},
	Call,
};
use crate::{
	bpf::{costs, error::SyscallError, guest::Outcome},
	SvmHost,
};

/// The parameters that there are: of BN254's scalars, with S-box x⁵.
const BN254_X5: u64 = 0;

/// The order of bytes that a program asks for, of what is hashed and of the hash.
fn order(number: u64) -> Outcome<Order> {
	match number {
		0 => Ok(Order::Big),
		1 => Ok(Order::Little),
		_ => Err(SyscallError::InvalidPoseidonEndianness),
	}
}

/// `sol_poseidon(parameters, order, slices, count, result)`: the hash of the slices, a number each; 1 where
/// there is none, or one is no number of the field.
pub(super) fn poseidon<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [parameters, endianness, slices, count, result] = call.arguments;
	if parameters != BN254_X5 {
		return Err(SyscallError::InvalidPoseidonParameters);
	}
	let order = order(endianness)?;
	if count > costs::POSEIDON_INPUTS_MAX {
		call.log(format!("Poseidon hashing {count} sequences is not supported"));
		return Err(SyscallError::InvalidLength);
	}
	call.pay(costs::poseidon(count))?;
	call.context.consume_hidden(costs::hidden_poseidon(count))?;
	call.guest.ensure_writable(result, 32, 1)?;
	let slices = call.guest.slices(slices, count)?.into_iter();
	let inputs = slices
		.map(|slice| call.guest.bytes(slice.address, slice.length))
		.collect::<Outcome<Vec<_>>>()?;
	let Some(hash) = hash(call.context.host(), &inputs, order) else { return Ok(1) };
	call.guest.write(result, &hash, 1)?;
	Ok(0)
}

fn hash(host: &impl SvmHost, inputs: &[&[u8]], order: Order) -> Option<Vec<u8>> {
	let mut numbers = Vec::new();
	for input in inputs {
		let number: &[u8; 32] = (*input).try_into().ok()?;
		numbers.extend(bn254::from_ethereum(number, order));
	}
	Some(bn254::from_ethereum(&host.bn254_poseidon(&numbers)?, order))
}
