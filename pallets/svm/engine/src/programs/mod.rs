// SPDX-License-Identifier: Apache-2.0
//! Programs that are built in. Some are native on Solana, too; others are programs of its users there, and
//! here by heart, because what they keep is the ledger's.

mod associated_token;
mod bytes;
mod call;
mod compute_budget;
pub(crate) mod loader_v3;
pub(crate) mod lookup_table;
mod memo;
pub(crate) mod precompiles;
mod system;
mod token;

pub(crate) use associated_token::{token_program_position, CALLS_MAX as ATA_CALLS_MAX};
pub(crate) use system::{nonce, space};

use alloc::format;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use crate::{ids, InvokeContext, SvmHost};

/// Runs the program of the current instruction, which is built in.
///
/// # Errors
/// The program's; `UnsupportedProgramId`: it is none that runs.
pub(crate) fn run<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	program: &SvmAddress,
) -> Result<(), InstructionError> {
	let is = |id: fn() -> SvmAddress| *program == id();
	match () {
		() if is(ids::system_program) => system::process(context),
		() if is(ids::token_program) => as_loaded(context, program, token::process),
		() if is(ids::associated_token_program) => {
			as_loaded(context, program, associated_token::process)
		},
		() if is(ids::compute_budget) => compute_budget::process(context),
		() if is(ids::memo) || is(ids::memo_v1) => as_loaded(context, program, memo::process),
		() if is(ids::address_lookup_table) => as_loaded(context, program, lookup_table::process),
		() if is(ids::bpf_loader_upgradeable)
			|| is(ids::bpf_loader)
			|| is(ids::bpf_loader_deprecated) =>
		{
			loader_v3::process(context)
		},
		() => Err(InstructionError::UnsupportedProgramId),
	}
}

/// Runs a program that is one of sBPF on Solana, and logs what such programs have logged for them: what
/// they used and what they returned.
fn as_loaded<'c, 'm, H: SvmHost>(
	context: &mut InvokeContext<'c, 'm, H>,
	program: &SvmAddress,
	process: fn(&mut InvokeContext<'c, 'm, H>) -> Result<(), InstructionError>,
) -> Result<(), InstructionError> {
	let before = context.remaining();
	let result = process(context);
	let used = before.saturating_sub(context.remaining());
	context.log(format!("Program {program} consumed {used} of {before} compute units"));
	context.log_return();
	result
}

/// Logs as programs do.
fn say<H: SvmHost>(context: &mut InvokeContext<'_, '_, H>, sentence: &str) {
	context.log(format!("Program log: {sentence}"));
}

/// That the account at a position is this system variable (`get_sysvar_with_account_check`).
fn ensure_sysvar<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	position: u16,
	id: SvmAddress,
) -> Result<(), InstructionError> {
	match *context.account(position)?.key() == id {
		true => Ok(()),
		false => Err(InstructionError::InvalidArgument),
	}
}

/// The key of the account at a position, as programs that take their accounts one after another ask for
/// it (`next_account_info`).
fn next_key<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	position: u16,
) -> Result<SvmAddress, InstructionError> {
	let account = context.account(position).map_err(|_| InstructionError::NotEnoughAccountKeys)?;
	Ok(*account.key())
}
