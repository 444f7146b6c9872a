// SPDX-License-Identifier: Apache-2.0
//! Takes the lamports out of accounts of the loader.

use alloc::format;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::{authority, loader::Loader, State, UNINITIALIZED_BYTES};
use crate::{ids, SvmHost};

/// Closes a buffer, a program's bytes, or what never became either.
pub(super) fn close<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	loader.ensure_accounts(2)?;
	let closed = loader.key(0)?;
	if closed == loader.key(1)? {
		let sentence = "Recipient is the same as the account being closed";
		return loader.fail(sentence, InstructionError::InvalidArgument);
	}
	let state = loader.state(0)?;
	loader.account_mut(0)?.set_data_length(UNINITIALIZED_BYTES)?;
	match state {
		State::Uninitialized => {
			loader.move_all(0, 1)?;
			loader.log(format!("Closed Uninitialized {closed}"));
		},
		State::Buffer { authority } => {
			loader.ensure_accounts(3)?;
			take_out(loader, authority)?;
			loader.log(format!("Closed Buffer {closed}"));
		},
		State::ProgramData { slot, authority } => {
			loader.ensure_accounts(4)?;
			let program = ensure_program(loader, slot, &closed)?;
			take_out(loader, authority)?;
			loader.context.programs_mut().forget(&program);
			loader.log(format!("Closed Program {program}"));
		},
		State::Program { .. } => {
			let error = InstructionError::InvalidArgument;
			return loader.fail("Account does not support closing", error);
		},
	}
	Ok(())
}

/// Checks the account of the program whose bytes are closed, and says which it is.
fn ensure_program<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	slot: u64,
	closed: &SvmAddress,
) -> Result<SvmAddress, InstructionError> {
	use InstructionError::{IncorrectProgramId, InvalidArgument};
	let program = loader.account(3)?;
	let key = *program.key();
	if !program.is_writable() {
		return loader.fail("Program account is not writable", InvalidArgument);
	}
	if *program.owner() != ids::bpf_loader_upgradeable() {
		return loader.fail("Program account not owned by loader", IncorrectProgramId);
	}
	if loader.slot() == slot {
		return loader.fail("Program was deployed in this block already", InvalidArgument);
	}
	match loader.state(3)? {
		State::Program { programdata } if programdata == *closed => Ok(key),
		State::Program { .. } => {
			let sentence = "ProgramData account does not match ProgramData account";
			loader.fail(sentence, InvalidArgument)
		},
		_ => loader.fail("Invalid Program account", InvalidArgument),
	}
}

fn take_out<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	authority: Option<SvmAddress>,
) -> Result<(), InstructionError> {
	authority::ensure(loader, authority, 2, &authority::CLOSED)?;
	loader.move_all(0, 1)?;
	loader.set_state(0, State::Uninitialized)
}
