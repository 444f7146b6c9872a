// SPDX-License-Identifier: Apache-2.0
//! Calls of one program by another (`cpi.rs` of solana-program-runtime 4.2, with
//! `syscall_parameter_address_restrictions` on and `virtual_address_space_adjustments` off, as on
//! Solana's main network).
//!
//! Before the call, what the caller did to accounts in its memory is taken over; after it, what the callee
//! did to the writable ones is put back there.

mod abi;
pub(crate) mod accounts;
mod instruction;

use alloc::{format, vec::Vec};
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;
use unum_spl_token::{create_program_address, MAX_SEEDS};

pub(crate) use abi::Abi;
pub use instruction::CalledInstruction;

use super::{costs, error::SyscallError, guest::Outcome, syscalls::Call};
use crate::{ids, programs::loader_v3::may_be_called, SvmHost};

/// `sol_invoke_signed_*(instruction, account infos, count, signers' seeds, count)`.
pub(super) fn invoke<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>, abi: Abi) -> Outcome<u64> {
	let [instruction, infos, info_count, seeds, seed_count] = call.arguments;
	call.pay(costs::INVOKE)?;
	let instruction = abi.instruction(call, instruction)?;
	let signers = signers(call, seeds, seed_count)?;
	ensure_callable(&instruction)?;
	call.context.prepare_call(&instruction, &signers)?;
	let accounts = accounts::translate(call, abi, infos, info_count)?;
	for account in &accounts {
		accounts::take_over(call, account)?;
	}
	call.context.process_call()?;
	for account in accounts.iter().filter(|account| account.is_writable) {
		accounts::put_back(call, account)?;
	}
	Ok(0)
}

/// The addresses that the seeds of the calling program give.
fn signers<H: SvmHost>(
	call: &Call<'_, '_, '_, '_, H>,
	address: u64,
	count: u64,
) -> Outcome<Vec<SvmAddress>> {
	let signers = call.guest.slices(address, count)?;
	if count > costs::SIGNERS_MAX {
		return Err(SyscallError::TooManySigners);
	}
	let mut keys = Vec::with_capacity(signers.len());
	for signer in signers {
		let seeds = call.guest.slices(signer.address, signer.length)?;
		if seeds.len() > MAX_SEEDS {
			return Err(InstructionError::MaxSeedLengthExceeded.into());
		}
		let seeds: Outcome<Vec<&[u8]>> =
			seeds.iter().map(|seed| call.guest.bytes(seed.address, seed.length)).collect();
		let key = create_program_address(&seeds?, &call.running.program);
		keys.push(key.map_err(SyscallError::BadSeeds)?);
	}
	Ok(keys)
}

/// Loaders and precompiles are not called by programs, but for what programs may do with their own
/// (`check_authorized_program`).
fn ensure_callable(instruction: &CalledInstruction) -> Outcome<()> {
	let CalledInstruction { program, data, .. } = instruction;
	let is_refused = [ids::native_loader(), ids::bpf_loader(), ids::bpf_loader_deprecated()]
		.contains(program)
		|| ids::is_precompile(program)
		|| (*program == ids::bpf_loader_upgradeable() && !may_be_called(data));
	if is_refused {
		return Err(SyscallError::ProgramNotSupported(*program));
	}
	Ok(())
}

/// A pointer of an account info that is not the one into the input.
fn wrong_pointer<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	field: &str,
	pointer: u64,
	expected: u64,
) -> SyscallError {
	call.log(format!("Invalid account info pointer `{field}': {pointer:#x} != {expected:#x}"));
	SyscallError::InvalidPointer
}
