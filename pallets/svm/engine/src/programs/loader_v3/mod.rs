// SPDX-License-Identifier: Apache-2.0
//! The upgradeable loader (solana-bpf-loader-program 4.2): buffers, deployment, upgrades.
//!
//! A program is two accounts: its own, which names the other, and that of its bytes, derived from its
//! address. Both belong to the loader.

mod authority;
mod close;
mod deploy;
mod extend;
mod instruction;
mod loader;
mod state;

use alloc::format;
use unum_solana_view::InstructionError;

pub(crate) use instruction::{may_be_called, LoaderInstruction};
pub(crate) use state::{
	State, BUFFER_METADATA_BYTES, PROGRAMDATA_METADATA_BYTES, PROGRAM_BYTES, UNINITIALIZED_BYTES,
};

use crate::{ids, InvokeContext, SvmHost};
use loader::Loader;

/// What each instruction costs, in compute units (`UPGRADEABLE_LOADER_COMPUTE_UNITS`).
pub(crate) const COMPUTE_UNITS: u64 = 2_370;
/// The same of `BPFLoader2`, which answers that it can't be used any more.
pub(crate) const DEFAULT_LOADER_COMPUTE_UNITS: u64 = 570;
/// The same of the deprecated loader.
pub(crate) const DEPRECATED_LOADER_COMPUTE_UNITS: u64 = 1_140;

/// Processes an instruction of a loader.
///
/// # Errors
/// Upstream's, as the log says.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let program = *context.program_id()?;
	let mut loader = Loader { context };
	if program == ids::bpf_loader_upgradeable() {
		loader.context.consume(COMPUTE_UNITS)?;
		return process_upgradeable(&mut loader);
	}
	let (units, sentence) = if program == ids::bpf_loader() {
		let sentence = "BPF loader management instructions are no longer supported";
		(DEFAULT_LOADER_COMPUTE_UNITS, sentence)
	} else {
		(DEPRECATED_LOADER_COMPUTE_UNITS, "Deprecated loader is no longer supported")
	};
	loader.context.consume(units)?;
	loader.fail(sentence, InstructionError::UnsupportedProgramId)
}

fn process_upgradeable<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	let data = loader.context.instruction_data().to_vec();
	match LoaderInstruction::read(&data)? {
		LoaderInstruction::InitializeBuffer => initialize_buffer(loader),
		LoaderInstruction::Write { offset, bytes } => write(loader, offset, bytes),
		LoaderInstruction::DeployWithMaxDataLen { max_data_len } => {
			deploy::deploy(loader, max_data_len)
		},
		LoaderInstruction::Upgrade => deploy::upgrade(loader),
		LoaderInstruction::SetAuthority => authority::set(loader),
		LoaderInstruction::SetAuthorityChecked => authority::set_checked(loader),
		LoaderInstruction::Close => close::close(loader),
		LoaderInstruction::ExtendProgram { additional_bytes } => {
			extend::extend(loader, additional_bytes)
		},
	}
}

fn initialize_buffer<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	loader.ensure_accounts(2)?;
	if loader.state(0)? != State::Uninitialized {
		let error = InstructionError::AccountAlreadyInitialized;
		return loader.fail("Buffer account already initialized", error);
	}
	let authority = Some(loader.key(1)?);
	loader.set_state(0, State::Buffer { authority })
}

fn write<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	offset: u32,
	bytes: &[u8],
) -> Result<(), InstructionError> {
	loader.ensure_accounts(2)?;
	let State::Buffer { authority } = loader.state(0)? else {
		return loader.fail("Invalid Buffer account", InstructionError::InvalidAccountData);
	};
	authority::ensure(loader, authority, 1, &authority::BUFFER)?;
	let offset = usize::try_from(offset).map_err(|_| InstructionError::AccountDataTooSmall)?;
	let start = BUFFER_METADATA_BYTES.saturating_add(offset);
	let end = start.saturating_add(bytes.len());
	let mut buffer = loader.account_mut(0)?;
	let data = buffer.data_mut()?;
	if let Some(place) = data.get_mut(start..end) {
		place.copy_from_slice(bytes);
		return Ok(());
	}
	let sentence = format!("Write overflow: {} < {end}", data.len());
	loader.fail(&sentence, InstructionError::AccountDataTooSmall)
}
