// SPDX-License-Identifier: Apache-2.0
//! Messages, executed: accounts loaded, instructions run, what has changed kept
//! (`transaction_processor.rs` and `rent_calculator` of `solana-svm` 4.2).

use alloc::vec::Vec;
use sp_weights::Weight;
use unum_address::{Address, SvmAddress};
use unum_solana_transaction::{
	compute_budget, CompiledInstruction, ComputeBudgetError, Message, ResolvedMessage,
};
use unum_solana_view::{
	InnerInstruction, InnerInstructions, ReturnData, TokenBalance, TransactionError,
	TransactionMeta,
};
use unum_spl_token::{Mint, TokenAccount};
use unum_vm_engine::EngineFault;

use crate::{
	accounts::Accounts,
	fixed,
	frame::TracedInstruction,
	ids,
	invoke::{Budget, InvokeContext, Left},
	limits::{weight_of, ACCOUNT_UNITS, HIDDEN_UNITS_MAX, SIGNATURE_UNITS},
	programs::{loader_v3::State, token_program_position},
	rent::RentState,
	Account, SvmHost,
};

/// What became of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Executed {
	/// As clients see it. Its fee is for the caller to fill in.
	pub(crate) meta: TransactionMeta,
	/// What it has used.
	pub(crate) weight: Weight,
	/// The accounts afterwards, whether they are kept or not.
	pub(crate) accounts: Accounts,
	/// Addresses that calls of other VMs brought to life, where it succeeded.
	pub(crate) created: Vec<Address>,
}

/// What a message may use.
///
/// # Errors
/// Its compute budget makes no sense.
pub(crate) fn budget(message: &Message) -> Result<Budget, ComputeBudgetError> {
	let asked = compute_budget(message)?;
	let accounts = u64::try_from(message.account_count()).unwrap_or(u64::MAX);
	let loaded = accounts.saturating_mul(ACCOUNT_UNITS);
	let runs_loaded =
		message.instructions().iter().any(|instruction| may_load(message, instruction));
	let hidden = if runs_loaded { HIDDEN_UNITS_MAX } else { 0 };
	let verified = message.precompile_signatures().saturating_mul(SIGNATURE_UNITS);
	Ok(Budget {
		units: asked.unit_limit.into(),
		hidden: loaded.saturating_add(hidden).saturating_add(verified),
		heap_bytes: asked.heap_bytes,
	})
}

/// Whether an instruction can come to load a program, as far as it shows before lookup tables are read.
fn may_load(message: &Message, instruction: &CompiledInstruction) -> bool {
	let is_loaded = |program| !fixed::is_built_in(program);
	let Some(program) = message.program(instruction) else { return false };
	if *program != ids::associated_token_program() {
		return is_loaded(program) || *program == ids::bpf_loader_upgradeable();
	}
	// It calls the token program that it is given.
	let position = token_program_position(&instruction.data);
	let Some(index) = instruction.accounts.get(position) else { return false };
	message.account_keys().get(usize::from(*index)).is_none_or(is_loaded)
}

/// The most that a message can weigh.
pub(crate) fn weight_limit(budget: &Budget) -> Weight {
	weight_of(budget.units.saturating_add(budget.hidden))
}

/// Runs a message in a snapshot of its own, which is kept if it succeeds.
///
/// # Errors
/// [`EngineFault`]: a defect, with nothing kept.
pub(crate) fn execute<H: SvmHost>(
	host: &mut H,
	message: &ResolvedMessage,
	budget: Budget,
) -> Result<Executed, EngineFault> {
	host.begin();
	let (executed, fault) = run(host, message, budget);
	match executed.meta.error.is_none() && fault.is_none() {
		true => host.commit(),
		false => host.rollback(),
	}
	fault.map_or(Ok(executed), Err)
}

fn run<H: SvmHost>(
	host: &mut H,
	message: &ResolvedMessage,
	budget: Budget,
) -> (Executed, Option<EngineFault>) {
	let accounts = Accounts::load(host, message.account_keys());
	let before = accounts.clone();
	let mut context = InvokeContext::new(host, message, accounts, budget);
	let result = run_instructions(&mut context, message);
	let mut left = context.finish();
	let result = result.and_then(|()| settle(host, message, &before, &mut left));
	let error = result.err();
	if error.is_some() {
		left.accounts = before.clone();
		left.created.clear();
	}
	let executed = Executed {
		meta: meta(message, &before, &left, error),
		weight: weight_of(left.used.saturating_add(left.hidden)),
		accounts: left.accounts,
		created: left.created,
	};
	(executed, left.fault)
}

fn run_instructions<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> Result<(), TransactionError> {
	let loaded = u64::try_from(message.account_keys().len()).unwrap_or(u64::MAX);
	// The budget has been made for it.
	let _ = context.consume_hidden(loaded.saturating_mul(ACCOUNT_UNITS));
	ensure_size(context, message)?;
	ensure_programs(context, message)?;
	for (index, _) in (0u8..=u8::MAX).zip(message.message().instructions()) {
		context.process_top(index).map_err(|error| TransactionError::instruction(index, error))?;
	}
	Ok(())
}

/// What an account counts besides its data (`TRANSACTION_ACCOUNT_BASE_SIZE`, SIMD-186).
const ACCOUNT_BASE_BYTES: usize = 64;
/// What a lookup table counts, however long it is (`ADDRESS_LOOKUP_TABLE_BASE_SIZE`).
const LOOKUP_TABLE_BYTES: usize = 8_248;

/// That accounts have no more bytes than the transaction may load (`account_loader.rs`, SIMD-186).
fn ensure_size<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> Result<(), TransactionError> {
	let limit = compute_budget(message.message()).map_err(TransactionError::from)?;
	let limit = usize::try_from(limit.loaded_accounts_bytes).unwrap_or(usize::MAX);
	let tables = message.message().address_table_lookups().len();
	let mut bytes = tables.saturating_mul(LOOKUP_TABLE_BYTES);
	for (index, key) in message.account_keys().iter().enumerate() {
		let Ok(account) = context.transaction_account(index) else { continue };
		if *account != Account::empty() && *key != ids::instructions_sysvar() {
			bytes = bytes.saturating_add(ACCOUNT_BASE_BYTES).saturating_add(account.data.len());
		}
	}
	// The bytes of programs that stand in another account are read when they run. They can only be too
	// many where a transaction asks for less than everybody gets.
	if bytes <= limit && limit < LOADED_BYTES_DEFAULT {
		bytes = bytes.saturating_add(programs_bytes(context, message));
	}
	match bytes <= limit {
		true => Ok(()),
		false => Err(TransactionError::MaxLoadedAccountsDataSizeExceeded),
	}
}

/// How many bytes a transaction may load that has asked for nothing.
const LOADED_BYTES_DEFAULT: usize = 64 * 1024 * 1024;

/// What the programs' bytes count that the message does not name itself.
fn programs_bytes<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> usize {
	let keys = message.account_keys();
	let mut counted: Vec<SvmAddress> = Vec::new();
	let mut bytes = 0usize;
	for index in 0..keys.len() {
		let Ok(account) = context.transaction_account(index) else { continue };
		if account.owner != ids::bpf_loader_upgradeable() {
			continue;
		}
		let Ok(State::Program { programdata }) = State::read(&account.data) else { continue };
		if keys.contains(&programdata) || counted.contains(&programdata) {
			continue;
		}
		let length = context.any_account(&programdata).map_or(0, |data| data.len());
		bytes = bytes.saturating_add(ACCOUNT_BASE_BYTES).saturating_add(length);
		counted.push(programdata);
	}
	bytes
}

/// That each program is one (`load_transaction_accounts` in `account_loader.rs`).
fn ensure_programs<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> Result<(), TransactionError> {
	for instruction in message.message().instructions() {
		let index = usize::from(instruction.program_id_index);
		let Ok(account) = context.transaction_account(index) else {
			return Err(TransactionError::ProgramAccountNotFound);
		};
		if account.lamports == 0 {
			return Err(TransactionError::ProgramAccountNotFound);
		}
		let is_native = account.owner == ids::native_loader();
		let is_loaded =
			[ids::bpf_loader(), ids::bpf_loader_deprecated(), ids::bpf_loader_upgradeable()]
				.contains(&account.owner);
		if !is_native && !is_loaded {
			return Err(TransactionError::InvalidProgramForExecution);
		}
	}
	Ok(())
}

/// Checks what is left, and keeps it.
fn settle<H: SvmHost>(
	host: &mut H,
	message: &ResolvedMessage,
	before: &Accounts,
	left: &mut Left,
) -> Result<(), TransactionError> {
	check_rent(host, message, before, &left.accounts)?;
	left.accounts.keep(host);
	Ok(())
}

/// That no account is left with too few lamports for its data that had enough before
/// (`verify_accounts_rent_state`).
fn check_rent<H: SvmHost>(
	host: &H,
	message: &ResolvedMessage,
	before: &Accounts,
	after: &Accounts,
) -> Result<(), TransactionError> {
	let pairs = before.iter().zip(after.iter()).enumerate();
	for (index, (before, after)) in pairs.filter(|(index, _)| message.is_writable(*index)) {
		let (was, is) = (RentState::of(&before.account), RentState::of(&after.account));
		// The incinerator is emptied at once.
		if is.may_follow(was) || after.key == ids::incinerator() {
			continue;
		}
		// A token account that came with its first tokens has had nobody to pay for it.
		if crate::accounts::is_token_account(host.token_record(&after.key).as_ref())
			&& before.account.data.len() == after.account.data.len()
		{
			continue;
		}
		let account_index = u8::try_from(index).unwrap_or(u8::MAX);
		return Err(TransactionError::InsufficientFundsForRent { account_index });
	}
	Ok(())
}

fn meta(
	message: &ResolvedMessage,
	before: &Accounts,
	left: &Left,
	error: Option<TransactionError>,
) -> TransactionMeta {
	let lamports = |accounts: &Accounts| {
		accounts.iter().map(|loaded| loaded.account.lamports).collect::<Vec<_>>()
	};
	let (program, data) = &left.return_data;
	TransactionMeta {
		error,
		fee: 0,
		pre_balances: lamports(before),
		post_balances: lamports(&left.accounts),
		pre_token_balances: token_balances(before),
		post_token_balances: token_balances(&left.accounts),
		log_messages: left.logs.clone().into_lines(),
		inner_instructions: inner_instructions(&left.trace),
		loaded_addresses: message.loaded_addresses().clone(),
		return_data: (!data.is_empty())
			.then(|| ReturnData { program: *program, data: data.clone() }),
		compute_units_consumed: left.used,
	}
}

/// What the token accounts among the accounts have. Their mints are among the accounts, too, or else how
/// many decimals they have is not known, and they are left out, as upstream does.
fn token_balances(accounts: &Accounts) -> Vec<TokenBalance> {
	let decimals = |mint: &SvmAddress| {
		let found = accounts.find(mint).map(|index| accounts.at(index));
		let known = found.and_then(|account| Mint::unpack(&account.data).ok());
		known.map(|mint| mint.decimals)
	};
	let balance = |(index, loaded): (usize, &crate::accounts::Loaded)| {
		if loaded.account.owner != ids::token_program() {
			return None;
		}
		let account = TokenAccount::unpack(&loaded.account.data).ok()?;
		Some(TokenBalance {
			account_index: u8::try_from(index).ok()?,
			mint: account.mint,
			owner: account.owner,
			program: ids::token_program(),
			amount: account.amount,
			decimals: loaded.decimals.or_else(|| decimals(&account.mint))?,
		})
	};
	accounts.iter().enumerate().filter_map(balance).collect()
}

/// What instructions of the message have called.
fn inner_instructions(trace: &[TracedInstruction]) -> Vec<InnerInstructions> {
	let mut all: Vec<InnerInstructions> = Vec::new();
	for traced in trace.iter().filter(|traced| traced.height > 1) {
		if all.last().is_none_or(|last| last.index != traced.top_index) {
			all.push(InnerInstructions { index: traced.top_index, instructions: Vec::new() });
		}
		let byte = |index: usize| u8::try_from(index).unwrap_or(u8::MAX);
		let instruction = InnerInstruction {
			program_index: byte(traced.frame.program_index),
			accounts: traced.frame.accounts.iter().map(|account| byte(account.index)).collect(),
			data: traced.frame.data.clone(),
			stack_height: byte(traced.height),
		};
		if let Some(last) = all.last_mut() {
			last.instructions.push(instruction);
		}
	}
	all
}
