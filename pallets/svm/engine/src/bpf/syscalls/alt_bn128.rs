// SPDX-License-Identifier: Apache-2.0
//! What programs compute on BN254 (`SyscallAltBn128` and `SyscallAltBn128Compression` of solana-syscalls
//! 4.2, solana-bn254 3.2), with SIMD-0129, 0222, 0284, 0302 and 0334 active. What the EVM's precompiles
//! compute, too, is asked of the host; the rest is computed here.

use alloc::vec::Vec;
use ark_bn254::{Fq, Fq2};

use super::{
	bn254::{self, Order},
	Call,
};
use crate::{
	bpf::{costs, error::SyscallError, guest::Outcome},
	SvmHost,
};

/// Bytes of a point of G1.
const G1: usize = 64;
/// Bytes of a number.
const NUMBER: usize = 32;
/// Bytes of a pair: a point of G1 and one of G2.
const PAIR: usize = 192;
/// Set in the number of an operation on little-endian bytes.
const LITTLE_ENDIAN: u64 = 0x80;

/// The order of bytes that an operation's number asks for, and the rest of the number.
const fn order(operation: u64) -> (Order, u64) {
	match operation & LITTLE_ENDIAN {
		0 => (Order::Big, operation),
		_ => (Order::Little, operation ^ LITTLE_ENDIAN),
	}
}

/// What an operation costs in compute units, what in those that nobody sees, and the bytes of its result.
#[derive(Clone, Copy)]
struct Terms {
	cost: u64,
	hidden: u64,
	output: u64,
}

/// `sol_alt_bn128_group_op`'s operations.
#[derive(Clone, Copy)]
enum Operation {
	AddG1,
	MultiplyG1,
	Pair,
	AddG2,
	MultiplyG2,
}

impl Operation {
	fn of(number: u64) -> Outcome<Self> {
		match number {
			0 => Ok(Self::AddG1),
			2 => Ok(Self::MultiplyG1),
			3 => Ok(Self::Pair),
			4 => Ok(Self::AddG2),
			6 => Ok(Self::MultiplyG2),
			_ => Err(SyscallError::InvalidAttribute),
		}
	}

	/// What it costs on so many bytes.
	const fn terms(self, length: u64) -> Terms {
		let (cost, hidden, output) = match self {
			Self::AddG1 => (costs::BN254_G1_ADD, 0, 64),
			Self::MultiplyG1 => (costs::BN254_G1_MULTIPLY, 0, 64),
			Self::Pair => (costs::bn254_pairing(length), 0, 32),
			Self::AddG2 => (costs::BN254_G2_ADD, costs::HIDDEN_BN254_G2_ADD, 128),
			Self::MultiplyG2 => (costs::BN254_G2_MULTIPLY, costs::HIDDEN_BN254_G2_MULTIPLY, 128),
		};
		Terms { cost, hidden, output }
	}

	fn compute(self, host: &impl SvmHost, input: &[u8], order: Order) -> Option<Vec<u8>> {
		match self {
			Self::AddG1 => add_g1(host, input, order),
			Self::MultiplyG1 => multiply_g1(host, input, order),
			Self::Pair => pair(host, input, order),
			Self::AddG2 => bn254::g2_add(input, order),
			Self::MultiplyG2 => bn254::g2_mul(input, order),
		}
	}
}

/// `sol_alt_bn128_group_op(operation, input, length, result)`: 1 where the input is not what the operation
/// needs.
pub(super) fn group_op<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let (order, operation) = order(call.arguments[0]);
	let operation = Operation::of(operation)?;
	let terms = operation.terms(call.arguments[2]);
	run(call, terms, |host, input| operation.compute(host, input, order))
}

/// Compresses, or the other way round.
type Form = fn(&[u8], Order) -> Option<Vec<u8>>;

/// `sol_alt_bn128_compression(operation, input, length, result)`: 1 where the input is not what the
/// operation needs.
pub(super) fn compression<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let (order, operation) = order(call.arguments[0]);
	let (compute, cost, hidden, output): (Form, _, _, _) = match operation {
		0 => (bn254::compress::<Fq>, costs::BN254_G1_COMPRESS, 0, 32),
		1 => {
			let hidden = costs::HIDDEN_BN254_G1_DECOMPRESS;
			(bn254::decompress::<Fq>, costs::BN254_G1_DECOMPRESS, hidden, 64)
		},
		2 => (bn254::compress::<Fq2>, costs::BN254_G2_COMPRESS, 0, 64),
		3 => {
			let hidden = costs::HIDDEN_BN254_G2_DECOMPRESS;
			(bn254::decompress::<Fq2>, costs::BN254_G2_DECOMPRESS, hidden, 128)
		},
		_ => return Err(SyscallError::InvalidAttribute),
	};
	let cost = costs::SYSCALL_BASE.saturating_add(cost);
	run(call, Terms { cost, hidden, output }, |_, input| compute(input, order))
}

/// Pays, reads, computes and writes.
fn run<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	terms: Terms,
	compute: impl FnOnce(&H, &[u8]) -> Option<Vec<u8>>,
) -> Outcome<u64> {
	let [_, input, length, result, _] = call.arguments;
	call.pay(terms.cost)?;
	call.context.consume_hidden(terms.hidden)?;
	call.guest.ensure_writable(result, terms.output, 1)?;
	let input = call.guest.bytes(input, length)?;
	let Some(output) = compute(call.context.host(), input) else { return Ok(1) };
	call.guest.write(result, &output, 1)?;
	Ok(0)
}

/// An input of `length` bytes; of big-endian ones, zeros at the end need not be there.
fn whole(input: &[u8], length: usize, order: Order) -> Option<Vec<u8>> {
	let fits = match order {
		Order::Big => input.len() <= length,
		Order::Little => input.len() == length,
	};
	let mut input = fits.then(|| input.to_vec())?;
	input.resize(length, 0);
	Some(input)
}

fn g1(bytes: &[u8], order: Order) -> Option<[u8; G1]> {
	bn254::ethereum::<Fq>(bytes, order)?.try_into().ok()
}

fn add_g1(host: &impl SvmHost, input: &[u8], order: Order) -> Option<Vec<u8>> {
	let input = whole(input, 2 * G1, order)?;
	let (one, other) = input.split_at_checked(G1)?;
	let sum = host.bn254_g1_add(&g1(one, order)?, &g1(other, order)?)?;
	Some(bn254::from_ethereum(&sum, order))
}

fn multiply_g1(host: &impl SvmHost, input: &[u8], order: Order) -> Option<Vec<u8>> {
	let input = whole(input, G1 + NUMBER, order)?;
	let (point, scalar) = input.split_at_checked(G1)?;
	let scalar = bn254::from_ethereum(scalar, order).try_into().ok()?;
	let product = host.bn254_g1_mul(&g1(point, order)?, &scalar)?;
	Some(bn254::from_ethereum(&product, order))
}

fn pair(host: &impl SvmHost, input: &[u8], order: Order) -> Option<Vec<u8>> {
	let (pairs, []) = input.as_chunks::<PAIR>() else { return None };
	let mut all = Vec::with_capacity(input.len());
	for pair in pairs {
		let (one, other) = pair.split_at_checked(G1)?;
		all.extend(g1(one, order)?);
		all.extend(bn254::ethereum::<Fq2>(other, order)?);
	}
	let mut output = [0; NUMBER];
	*output.last_mut()? = u8::from(host.bn254_pairing_check(&all)?);
	Some(bn254::from_ethereum(&output, order))
}
