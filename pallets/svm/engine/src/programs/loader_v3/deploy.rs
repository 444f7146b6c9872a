// SPDX-License-Identifier: Apache-2.0
//! Makes programs of buffers.

use alloc::format;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;
use unum_spl_token::{create_program_address, find_program_address};

use super::{
	authority, loader::Loader, State, BUFFER_METADATA_BYTES, PROGRAMDATA_METADATA_BYTES,
	PROGRAM_BYTES,
};
use crate::{
	bpf::{verify_for_deployment, CalledInstruction},
	ids,
	limits::ACCOUNT_BYTES_MAX,
	rent, SvmHost,
};

/// Makes a program of a buffer. Accounts: payer, bytes, program, buffer, rent, clock, System program,
/// authority.
pub(super) fn deploy<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	max_data_len: u64,
) -> Result<(), InstructionError> {
	loader.ensure_accounts(4)?;
	let (payer, programdata) = (loader.key(0)?, loader.key(1)?);
	ensure_sysvar(loader, 4, &ids::rent_sysvar())?;
	ensure_sysvar(loader, 5, &ids::clock_sysvar())?;
	loader.ensure_accounts(8)?;
	ensure_new_program(loader)?;
	let buffered = ensure_buffer(loader, 3, 7)?;
	let programdata_length = programdata_length(loader, buffered, max_data_len)?;

	let program = loader.key(2)?;
	let derived = find_program_address(&[program.as_ref()], &ids::bpf_loader_upgradeable());
	let (derived, bump) = derived.map_err(|_| InstructionError::InvalidArgument)?;
	if derived != programdata {
		let error = InstructionError::InvalidArgument;
		return loader.fail("ProgramData address is not derived", error);
	}
	// The buffer's lamports help to pay for what replaces it.
	loader.move_all(3, 0)?;
	create(loader, payer, programdata, programdata_length, (&program, bump))?;

	verify(loader, 3, BUFFER_METADATA_BYTES)?;
	let authority = Some(loader.key(7)?);
	let slot = loader.slot();
	loader.set_state(1, State::ProgramData { slot, authority })?;
	copy_file(loader, 3, 1)?;
	loader.account_mut(3)?.set_data_length(BUFFER_METADATA_BYTES)?;
	loader.set_state(2, State::Program { programdata })?;
	loader.account_mut(2)?.set_executable(true)?;
	loader.context.programs_mut().forget(&program);
	loader.log(format!("Deployed program {program}"));
	Ok(())
}

/// Makes a buffer the bytes of a program. Accounts: bytes, program, buffer, who gets what is left over,
/// rent, clock, authority.
pub(super) fn upgrade<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	loader.ensure_accounts(3)?;
	ensure_sysvar(loader, 4, &ids::rent_sysvar())?;
	ensure_sysvar(loader, 5, &ids::clock_sysvar())?;
	loader.ensure_accounts(7)?;
	ensure_old_program(loader)?;
	let buffered = ensure_buffer(loader, 2, 6)?;
	let required = ensure_programdata(loader, buffered)?;

	verify(loader, 2, BUFFER_METADATA_BYTES)?;
	let (program, authority) = (loader.key(1)?, Some(loader.key(6)?));
	let slot = loader.slot();
	loader.set_state(0, State::ProgramData { slot, authority })?;
	copy_file(loader, 2, 0)?;

	let buffer_lamports = loader.account(2)?.lamports();
	let lamports = loader.account(0)?.lamports().saturating_add(buffer_lamports);
	let spilt = lamports.saturating_sub(required);
	loader.account_mut(3)?.checked_add_lamports(spilt)?;
	loader.account_mut(2)?.set_lamports(0)?;
	loader.account_mut(0)?.set_lamports(required)?;
	loader.account_mut(2)?.set_data_length(BUFFER_METADATA_BYTES)?;
	loader.context.programs_mut().forget(&program);
	loader.log(format!("Upgraded program {program}"));
	Ok(())
}

/// Checks the file that an account holds from a position on.
pub(super) fn verify<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	position: u16,
	from: usize,
) -> Result<(), InstructionError> {
	let file = loader.account(position)?.data().get(from..).map(<[u8]>::to_vec);
	verify_for_deployment(loader.context, &file.ok_or(InstructionError::AccountDataTooSmall)?)
}

/// Copies the file of a buffer to the bytes of a program, and zeros behind it.
fn copy_file<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	buffer: u16,
	programdata: u16,
) -> Result<(), InstructionError> {
	let too_small = InstructionError::AccountDataTooSmall;
	let file = loader.account(buffer)?.data().get(BUFFER_METADATA_BYTES..).map(<[u8]>::to_vec);
	let file = file.ok_or_else(|| too_small.clone())?;
	let mut account = loader.account_mut(programdata)?;
	let place = account.data_mut()?.get_mut(PROGRAMDATA_METADATA_BYTES..);
	let place = place.and_then(|place| place.split_at_mut_checked(file.len()));
	let (place, rest) = place.ok_or(too_small)?;
	place.copy_from_slice(&file);
	rest.fill(0);
	Ok(())
}

/// Opens the account of the program's bytes, at the address that the program's gives.
fn create<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	payer: SvmAddress,
	programdata: SvmAddress,
	length: usize,
	(program, bump): (&SvmAddress, u8),
) -> Result<(), InstructionError> {
	let owner = ids::bpf_loader_upgradeable();
	let lamports = rent::minimum_balance(length).max(1);
	let space = u64::try_from(length).unwrap_or(u64::MAX);
	let mut create = CalledInstruction::create_account(payer, programdata, lamports, space, owner);
	// The buffer, too: its lamports have moved, and the sum of the callee's accounts has to be right.
	create.accounts.push(crate::SvmAccountMeta {
		pubkey: loader.key(3)?,
		is_signer: false,
		is_writable: true,
	});
	let signer = create_program_address(&[program.as_ref(), &[bump]], &owner);
	let signer = signer.map_err(|_| InstructionError::InvalidSeeds)?;
	loader.context.native_invoke(&create, &[signer])
}

/// Checks that the account at a position is the system variable that has to be there
/// (`get_sysvar_with_account_check`).
fn ensure_sysvar<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	position: u16,
	id: &SvmAddress,
) -> Result<(), InstructionError> {
	if loader.key(position)? != *id {
		return Err(InstructionError::InvalidArgument);
	}
	Ok(())
}

/// Checks the account that becomes a program.
fn ensure_new_program<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	use InstructionError::*;
	if loader.state(2)? != State::Uninitialized {
		return loader.fail("Program account already initialized", AccountAlreadyInitialized);
	}
	let program = loader.account(2)?;
	let (length, lamports) = (program.data().len(), program.lamports());
	if length < PROGRAM_BYTES {
		return loader.fail("Program account too small", AccountDataTooSmall);
	}
	if lamports < rent::minimum_balance(length) {
		let sentence = "Program account not rent-exempt";
		return loader.fail(sentence, ExecutableAccountNotRentExempt);
	}
	Ok(())
}

/// Checks a buffer and its authority, and says how long its file is.
fn ensure_buffer<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	buffer: u16,
	authority: u16,
) -> Result<usize, InstructionError> {
	use InstructionError::*;
	let account = loader.account(buffer)?;
	let length = account.data().len();
	if !account.is_writable() {
		return loader.fail("Buffer account not writeable", InvalidArgument);
	}
	if *account.owner() != ids::bpf_loader_upgradeable() {
		return loader.fail("Buffer account not owned by loader", IncorrectProgramId);
	}
	let State::Buffer { authority: owner } = loader.state(buffer)? else {
		return loader.fail("Invalid Buffer account", InvalidArgument);
	};
	if owner != Some(loader.key(authority)?) {
		let sentence = "Buffer and upgrade authority don't match";
		return loader.fail(sentence, IncorrectAuthority);
	}
	authority::ensure_signed(loader, authority, "Upgrade authority did not sign")?;
	match length.checked_sub(BUFFER_METADATA_BYTES) {
		None | Some(0) => loader.fail("Buffer account too small", InvalidAccountData),
		Some(file) => Ok(file),
	}
}

/// How long the account of the program's bytes becomes.
fn programdata_length<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	buffered: usize,
	max_data_len: u64,
) -> Result<usize, InstructionError> {
	let most = usize::try_from(max_data_len).unwrap_or(usize::MAX);
	if most < buffered {
		let sentence = "Max data length is too small to hold Buffer data";
		return loader.fail(sentence, InstructionError::AccountDataTooSmall);
	}
	let length = most.saturating_add(PROGRAMDATA_METADATA_BYTES);
	if length > ACCOUNT_BYTES_MAX {
		let error = InstructionError::InvalidArgument;
		return loader.fail("Max data length is too large", error);
	}
	Ok(length)
}

/// Checks the account of a program that is upgraded.
fn ensure_old_program<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	use InstructionError::{IncorrectProgramId, InvalidAccountData, InvalidArgument};
	let program = loader.account(1)?;
	if !program.is_writable() {
		return loader.fail("Program account not writeable", InvalidArgument);
	}
	if *program.owner() != ids::bpf_loader_upgradeable() {
		return loader.fail("Program account not owned by loader", IncorrectProgramId);
	}
	match loader.state(1)? {
		State::Program { programdata } if programdata == loader.key(0)? => Ok(()),
		State::Program { .. } => {
			loader.fail("Program and ProgramData account mismatch", InvalidArgument)
		},
		_ => loader.fail("Invalid Program account", InvalidAccountData),
	}
}

/// Checks the account of the bytes that are replaced, and says what balance it needs.
fn ensure_programdata<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	buffered: usize,
) -> Result<u64, InstructionError> {
	use InstructionError::*;
	let account = loader.account(0)?;
	let (length, lamports) = (account.data().len(), account.lamports());
	let required = rent::minimum_balance(length).max(1);
	if length < PROGRAMDATA_METADATA_BYTES.saturating_add(buffered) {
		return loader.fail("ProgramData account not large enough", AccountDataTooSmall);
	}
	if lamports.saturating_add(loader.account(2)?.lamports()) < required {
		let sentence = "Buffer account balance too low to fund upgrade";
		return loader.fail(sentence, InsufficientFunds);
	}
	let State::ProgramData { slot, authority } = loader.state(0)? else {
		return loader.fail("Invalid ProgramData account", InvalidAccountData);
	};
	if loader.slot() == slot {
		return loader.fail("Program was deployed in this block already", InvalidArgument);
	}
	authority::ensure(loader, authority, 6, &authority::PROGRAM)?;
	Ok(required)
}
