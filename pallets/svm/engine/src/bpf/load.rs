// SPDX-License-Identifier: Apache-2.0
//! From an account to a program that can run (`loaded_programs.rs` and `deploy.rs` of
//! solana-program-runtime 4.2).

use alloc::{collections::BTreeMap, format, rc::Rc, string::ToString};
use unum_address::SvmAddress;
use unum_sbpf::{Config, Executable};
use unum_solana_view::InstructionError;

use super::{costs::HIDDEN_BYTES_LOADED_PER_UNIT, syscalls::Syscall};
use crate::{
	costs::number,
	ids,
	programs::loader_v3::{State, PROGRAMDATA_METADATA_BYTES},
	InvokeContext, SvmHost,
};

/// The programs that a transaction has loaded, so that each is loaded once.
#[derive(Clone, Debug, Default)]
pub struct Programs(BTreeMap<SvmAddress, Rc<Executable>>);

impl Programs {
	/// Forgets a program that was changed.
	pub fn forget(&mut self, program: &SvmAddress) {
		self.0.remove(program);
	}
}

/// The program at an address, which a loader owns.
///
/// A program that was deployed or changed in this slot can't run before the next one.
///
/// # Errors
/// `UnsupportedProgramId`: there is none that can run, as the log says.
pub(super) fn executable<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	program: &SvmAddress,
	owner: &SvmAddress,
) -> Result<Rc<Executable>, InstructionError> {
	if let Some(executable) = context.programs().0.get(program) {
		return Ok(Rc::clone(executable));
	}
	let Some(executable) = load(context, program, owner)? else {
		context.log("Program is not deployed".to_string());
		return Err(InstructionError::UnsupportedProgramId);
	};
	let executable = Rc::new(executable);
	context.programs_mut().0.insert(*program, Rc::clone(&executable));
	Ok(executable)
}

/// The program, if there is one that can run.
///
/// # Errors
/// `ComputationalBudgetExceeded`: its file is too long.
fn load<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	program: &SvmAddress,
	owner: &SvmAddress,
) -> Result<Option<Executable>, InstructionError> {
	let Some(account) = context.any_account(program) else { return Ok(None) };
	if *owner != ids::bpf_loader_upgradeable() {
		return decode(context, &account);
	}
	let Ok(State::Program { programdata }) = State::read(&account) else { return Ok(None) };
	let Some(data) = context.any_account(&programdata) else { return Ok(None) };
	match (State::read(&data), data.get(PROGRAMDATA_METADATA_BYTES..)) {
		(Ok(State::ProgramData { slot, .. }), Some(file)) if slot < context.slot() => {
			decode(context, file)
		},
		_ => Ok(None),
	}
}

fn decode<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	file: &[u8],
) -> Result<Option<Executable>, InstructionError> {
	pay_file(context, file)?;
	let knows = |hash| Syscall::of_hash(hash).is_some();
	let executable = Executable::load(file, &knows, &Config::default()).ok();
	Ok(executable.filter(|executable| executable.verify().is_ok()))
}

/// Pays for reading a file, which Solana does not charge.
fn pay_file<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	file: &[u8],
) -> Result<(), InstructionError> {
	context.consume_hidden(number(file.len()).div_ceil(HIDDEN_BYTES_LOADED_PER_UNIT))
}

/// Checks a file that is to become a program, more strictly than it is read later.
///
/// Upstream reads it a second time, as it will run; what passes here passes there.
///
/// # Errors
/// `InvalidAccountData`: it is none, as the log says; a syscall that there is not is a reason.
pub fn verify_for_deployment<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	file: &[u8],
) -> Result<(), InstructionError> {
	pay_file(context, file)?;
	let strict = Config::default().for_deployment();
	let verified = match Executable::load(file, &Syscall::is_deployable, &strict) {
		Ok(executable) => executable.verify().map_err(|error| format!("Verifier error: {error}")),
		Err(error) => Err(error.to_string()),
	};
	verified.map_err(|sentence| {
		context.log(sentence);
		InstructionError::InvalidAccountData
	})
}
