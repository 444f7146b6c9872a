// SPDX-License-Identifier: Apache-2.0
//! Runs a program (`vm.rs` of solana-program-runtime 4.2).

use alloc::{format, rc::Rc, vec, vec::Vec};
use unum_sbpf::{execute, Executable, Execution, ExecutionError, Memory, Region, INPUT_START};
use unum_solana_view::InstructionError;

use super::{
	costs,
	error::{error_of_exit_code, ProgramFailure, SyscallError},
	load,
	running::{Heap, Running},
	serialize::{serialize, Form, Input, InputAccount},
	syscalls::Handler,
};
use crate::{
	costs::{bytes_kept, number},
	ids, InvokeContext, SvmHost,
};

/// Runs the program of the current instruction, and takes over what it did to its accounts.
///
/// # Errors
/// What the program returned, or why it was stopped.
pub fn run_program<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), ProgramFailure> {
	let program = *context.program_id()?;
	let owner = context.program_owner()?;
	let executable = load::executable(context, &program, &owner)?;
	let form = if owner == ids::bpf_loader_deprecated() { Form::Unaligned } else { Form::Aligned };
	pay_copies(context)?;
	let mut input = input_of(context, form)?;
	pay_memory(context, &executable, &input)?;

	let before = context.remaining();
	pay_heap(context)?;
	let execution = run(context, &executable, &mut input)?;
	context.set_remaining(execution.remaining);
	let used = execution.used;
	context.log(format!("Program {program} consumed {used} of {before} compute units"));
	context.log_return();
	match execution.result {
		Ok(0) => {},
		Ok(code) => return Err(error_of_exit_code(code).into()),
		Err(error) => {
			// The machine does not count exactly when it stops, so all that is left is used up.
			if !matches!(error, ExecutionError::Syscall(_)) {
				context.set_remaining(0);
			}
			return Err(error.into());
		},
	}
	take_over(context, &input)?;
	Ok(())
}

/// The accounts and the data of the current instruction, as the program's input.
fn input_of<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	form: Form,
) -> Result<Input, InstructionError> {
	let count = context.account_count();
	if u64::from(count) > costs::INSTRUCTION_ACCOUNTS_MAX {
		return Err(InstructionError::MaxAccountsExceeded);
	}
	let mut accounts = Vec::with_capacity(usize::from(count));
	for position in 0..count {
		accounts.push(match context.duplicate_of(position)? {
			Some(first) => InputAccount::Duplicate(u8::try_from(first).unwrap_or(u8::MAX)),
			None => {
				let account = context.account(position)?;
				InputAccount::Account {
					key: account.key(),
					owner: account.owner(),
					lamports: account.lamports(),
					data: account.data(),
					is_signer: account.is_signer(),
					is_writable: account.is_writable(),
					is_executable: account.is_executable(),
				}
			},
		});
	}
	serialize(form, &accounts, context.instruction_data(), context.program_id()?)
}

/// Pays for what the program's memory takes, which Solana does not charge.
fn pay_memory<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	executable: &Executable,
	input: &Input,
) -> Result<(), InstructionError> {
	let zeroed = executable.config().stack_size().saturating_add(context.heap_bytes().into());
	let zeroed = zeroed.saturating_add(number(input.bytes.len()));
	context.consume_hidden(zeroed.div_ceil(costs::HIDDEN_BYTES_ZEROED_PER_UNIT))
}

/// Pays for copying the accounts' data into the program's input and back, before it is done.
fn pay_copies<H: SvmHost>(context: &mut InvokeContext<'_, '_, H>) -> Result<(), InstructionError> {
	let mut copied = 0u64;
	for position in 0..context.account_count() {
		if context.duplicate_of(position)?.is_none() {
			copied = copied.saturating_add(number(context.account(position)?.data().len()));
		}
	}
	context.consume_hidden(copied.div_ceil(costs::HIDDEN_BYTES_COPIED_PER_UNIT))
}

fn pay_heap<H: SvmHost>(context: &mut InvokeContext<'_, '_, H>) -> Result<(), InstructionError> {
	let cost = costs::heap(context.heap_bytes().into());
	context.consume(cost).map_err(|error| {
		context.log(format!("Failed to create SBF VM: {error}"));
		InstructionError::ProgramEnvironmentSetupFailure
	})
}

fn run<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	executable: &Rc<Executable>,
	input: &mut Input,
) -> Result<Execution<SyscallError>, InstructionError> {
	let too_large = |_| InstructionError::ProgramEnvironmentSetupFailure;
	let heap_bytes = context.heap_bytes();
	let mut heap = vec![0; usize::try_from(heap_bytes).map_err(too_large)?];
	let mut stack = vec![0; usize::try_from(executable.config().stack_size()).map_err(too_large)?];
	let running = Running {
		program: *context.program_id()?,
		places: input.places.clone(),
		heap: Heap::new(heap_bytes.into()),
		aligned: input.form == Form::Aligned,
	};
	let arguments = [INPUT_START, input.instruction_data, 0, 0, 0];
	let regions = vec![Region::writable(&mut input.bytes, INPUT_START)];
	let memory = Memory::for_program(executable, &mut stack, &mut heap, regions);
	let mut memory = memory.map_err(|error| {
		context.log(format!("Failed to create SBF VM: {error}"));
		InstructionError::ProgramEnvironmentSetupFailure
	})?;
	let budget = context.remaining();
	let mut handler = Handler { running, context };
	Ok(execute(executable, &mut memory, &mut handler, budget, arguments))
}

/// Takes over what the program left of its accounts, with all checks.
fn take_over<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	input: &Input,
) -> Result<(), InstructionError> {
	for position in 0..context.account_count() {
		if context.duplicate_of(position)?.is_some() {
			continue;
		}
		let place = usize::from(position);
		let data = input.data(place)?;
		let grown = data.len().saturating_sub(context.account(position)?.data().len());
		context.consume_hidden(bytes_kept(number(grown)))?;
		let mut account = context.account_mut(position)?;
		let lamports = input.lamports(place)?;
		if account.lamports() != lamports {
			account.set_lamports(lamports)?;
		}
		match account.can_data_be_resized(data.len()) {
			Ok(()) => account.set_data_from_slice(data)?,
			Err(error) if account.data() != data => return Err(error),
			Err(_) => {},
		}
		// Last, as the owner may change the rest.
		if let Some(owner) = input.owner(place)?.filter(|owner| owner != account.owner()) {
			account.set_owner(&owner)?;
		}
	}
	Ok(())
}
