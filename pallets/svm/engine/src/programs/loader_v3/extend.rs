// SPDX-License-Identifier: Apache-2.0
//! Makes room for a longer program (SIMD-0431 is active).

use alloc::format;
use unum_solana_view::InstructionError;

use super::{deploy, loader::Loader, State};
use crate::{
	bpf::CalledInstruction,
	costs::{bytes_kept, number},
	ids,
	limits::ACCOUNT_BYTES_MAX,
	rent, SvmHost,
};

/// The least that a program is extended by, unless less is left (`MINIMUM_EXTEND_PROGRAM_BYTES`).
const LEAST: usize = 10_240;

/// Extends the bytes of a program. Accounts: bytes, program, System program, payer; the last two only
/// where the bytes have not lamports enough.
pub(super) fn extend<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	additional: u32,
) -> Result<(), InstructionError> {
	use InstructionError::{InvalidArgument, InvalidInstructionData};
	if additional == 0 {
		let sentence = "Additional bytes must be greater than 0";
		return loader.fail(sentence, InvalidInstructionData);
	}
	let additional_bytes = usize::try_from(additional).map_err(|_| InvalidArgument)?;
	ensure_accounts(loader)?;
	let length = loader.account(0)?.data().len();
	let extended = length.saturating_add(additional_bytes);
	ensure_length(loader, length, additional_bytes)?;
	let authority = ensure_programdata(loader)?;

	let missing = rent::minimum_balance(extended).saturating_sub(loader.account(0)?.lamports());
	if missing > 0 {
		let (payer, programdata) = (loader.key(3)?, loader.key(0)?);
		let transfer = CalledInstruction::transfer(payer, programdata, missing);
		loader.context.native_invoke(&transfer, &[])?;
	}
	loader.context.consume_hidden(bytes_kept(number(additional_bytes)))?;
	loader.account_mut(0)?.set_data_length(extended)?;
	let program = loader.key(1)?;
	deploy::verify(loader, 0, super::PROGRAMDATA_METADATA_BYTES)?;
	loader.context.programs_mut().forget(&program);
	let slot = loader.slot();
	loader.set_state(0, State::ProgramData { slot, authority })?;
	loader.log(format!("Extended ProgramData account by {additional} bytes"));
	Ok(())
}

/// Checks the program's two accounts.
fn ensure_accounts<H: SvmHost>(loader: &mut Loader<'_, '_, '_, H>) -> Result<(), InstructionError> {
	use InstructionError::{InvalidAccountData, InvalidAccountOwner, InvalidArgument};
	let programdata = loader.account(0)?;
	if *programdata.owner() != ids::bpf_loader_upgradeable() {
		return loader.fail("ProgramData owner is invalid", InvalidAccountOwner);
	}
	if !programdata.is_writable() {
		return loader.fail("ProgramData is not writable", InvalidArgument);
	}
	let program = loader.account(1)?;
	if !program.is_writable() {
		return loader.fail("Program account is not writable", InvalidArgument);
	}
	if *program.owner() != ids::bpf_loader_upgradeable() {
		return loader.fail("Program account not owned by loader", InvalidAccountOwner);
	}
	match loader.state(1)? {
		State::Program { programdata } if programdata == loader.key(0)? => Ok(()),
		State::Program { .. } => {
			let sentence = "Program account does not match ProgramData account";
			loader.fail(sentence, InvalidArgument)
		},
		_ => loader.fail("Invalid Program account", InvalidAccountData),
	}
}

fn ensure_length<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	length: usize,
	additional: usize,
) -> Result<(), InstructionError> {
	let extended = length.saturating_add(additional);
	if extended > ACCOUNT_BYTES_MAX {
		let sentence = format!(
			"Extended ProgramData length of {extended} bytes exceeds max account data length of {ACCOUNT_BYTES_MAX} bytes"
		);
		return loader.fail(&sentence, InstructionError::InvalidRealloc);
	}
	if additional < LEAST && additional != ACCOUNT_BYTES_MAX.saturating_sub(length) {
		let sentence = format!(
			"ExtendProgram requires a minimum of {LEAST} additional bytes or to extend to maximum size, but only {additional} were requested"
		);
		return loader.fail(&sentence, InstructionError::InvalidArgument);
	}
	Ok(())
}

/// Checks the state of the program's bytes, and says whose they are.
fn ensure_programdata<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<Option<unum_address::SvmAddress>, InstructionError> {
	use InstructionError::{Immutable, InvalidAccountData, InvalidArgument};
	let State::ProgramData { slot, authority } = loader.state(0)? else {
		return loader.fail("ProgramData state is invalid", InvalidAccountData);
	};
	if slot == loader.slot() {
		return loader.fail("Program was extended in this block already", InvalidArgument);
	}
	if authority.is_none() {
		let sentence = "Cannot extend ProgramData accounts that are not upgradeable";
		return loader.fail(sentence, Immutable);
	}
	Ok(authority)
}
