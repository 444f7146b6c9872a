// SPDX-License-Identifier: Apache-2.0
//! Messages, executed: accounts loaded, instructions run, what has changed kept
//! (`transaction_processor.rs` and `rent_calculator` of `solana-svm` 4.2).

use alloc::vec::Vec;
use core::borrow::Borrow;

use sp_weights::Weight;
use unum_address::{Address, SvmAddress};
use unum_solana_transaction::{compute_budget, ComputeBudgetError, Message, ResolvedMessage};
use unum_solana_view::{
	InnerInstruction, InnerInstructions, ReturnData, TransactionError, TransactionMeta,
};
use unum_vm_engine::EngineFault;

use crate::{
	accounts::{is_token_account, Accounts, Before},
	costs::{bytes_kept, weight_of, ChainCosts},
	frame::TracedInstruction,
	ids,
	invoke::{Budget, InvokeContext, Left},
	programs::loader_v3::State,
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
	/// What the accounts that it names counted when they were loaded, in bytes; nothing where it asked for
	/// too much. The programs' bytes that it does not name ([`programs_bytes`]) are not among them.
	pub(crate) loaded_bytes: usize,
	/// The accounts afterwards; of no meaning where it failed.
	pub(crate) accounts: Accounts,
	/// Addresses that calls of other VMs brought to life, where it succeeded.
	pub(crate) created: Vec<Address>,
}

/// What a message may use.
///
/// # Errors
/// Its compute budget makes no sense.
pub(crate) fn budget(costs: &ChainCosts, message: &Message) -> Result<Budget, ComputeBudgetError> {
	let asked = compute_budget(message)?;
	Ok(Budget {
		units: asked.unit_limit.into(),
		hidden: costs.of_message(message),
		heap_bytes: asked.heap_bytes,
	})
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
	let (mut executed, fault) = run(host, message, budget);
	match executed.meta.error.is_none() && fault.is_none() {
		true => host.commit(),
		false => {
			host.rollback();
			executed.created.clear();
		},
	}
	fault.map_or(Ok(executed), Err)
}

fn run<H: SvmHost>(
	host: &mut H,
	message: &ResolvedMessage,
	budget: Budget,
) -> (Executed, Option<EngineFault>) {
	let mut context = InvokeContext::new(host, message, budget);
	let mut before = Vec::new();
	let mut loaded_bytes = 0;
	let result = load(&mut context, message).and_then(|loaded| {
		before = loaded;
		loaded_bytes = ensure_size(&context, message)?;
		run_instructions(&mut context, message, &before)
	});
	let left = context.finish();
	let executed = Executed {
		weight: weight_of(left.used.saturating_add(left.hidden)),
		loaded_bytes,
		meta: meta(message, before, &left, result.err()),
		accounts: left.accounts,
		created: left.created,
	};
	(executed, left.fault)
}

/// Loads the accounts of a message, and says what they are before it runs.
fn load<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> Result<Vec<Before>, TransactionError> {
	let too_much = |_| TransactionError::MaxLoadedAccountsDataSizeExceeded;
	let costs = context.costs();
	context.consume_hidden(costs.of_beginning(message.message())).map_err(too_much)?;
	for key in message.account_keys() {
		let length = context.load_account(key);
		// As soon as it is too much: a transaction can name more than there is memory for.
		let cost = length.map_or(0, |length| costs.account.saturating_add(bytes_kept(length)));
		context.consume_hidden(cost).map_err(too_much)?;
	}
	Ok(context.accounts().before())
}

fn run_instructions<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
	before: &[Before],
) -> Result<(), TransactionError> {
	ensure_programs(context, message)?;
	for (index, _) in (0u8..=u8::MAX).zip(message.message().instructions()) {
		context.process_top(index).map_err(|error| TransactionError::instruction(index, error))?;
	}
	check_rent(context, message, before)?;
	// The budget has been made for it; where programs have used more of it, what is left is all there is.
	let _ = context.consume_hidden(context.accounts().upkeep(&context.costs()));
	context.keep_accounts();
	Ok(())
}

/// What an account counts besides its data (`TRANSACTION_ACCOUNT_BASE_SIZE`, SIMD-186).
const ACCOUNT_BASE_BYTES: usize = 64;
/// What a lookup table counts, however long it is (`ADDRESS_LOOKUP_TABLE_BASE_SIZE`).
const LOOKUP_TABLE_BYTES: usize = 8_248;

/// What the accounts count that the message names, in bytes.
///
/// # Errors
/// That is more than the transaction may load (`account_loader.rs`, SIMD-186).
fn ensure_size<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
) -> Result<usize, TransactionError> {
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
	let all = match bytes <= limit && limit < LOADED_BYTES_DEFAULT {
		true => {
			let indices = 0..message.account_keys().len();
			let named = indices.filter_map(|index| context.transaction_account(index).ok());
			bytes.saturating_add(programs_bytes(message, named, |key| context.any_account(key)))
		},
		false => bytes,
	};
	match all <= limit {
		true => Ok(bytes),
		false => Err(TransactionError::MaxLoadedAccountsDataSizeExceeded),
	}
}

/// How many bytes a transaction may load that has asked for nothing.
const LOADED_BYTES_DEFAULT: usize = 64 * 1024 * 1024;

/// What the programs' bytes count that the message does not name itself, of the accounts that it `named`.
/// `data` is that of any account.
pub(crate) fn programs_bytes(
	message: &ResolvedMessage,
	named: impl Iterator<Item = impl Borrow<Account>>,
	data: impl Fn(&SvmAddress) -> Option<Vec<u8>>,
) -> usize {
	let keys = message.account_keys();
	let mut counted: Vec<SvmAddress> = Vec::new();
	let mut bytes = 0usize;
	for account in named {
		let account = account.borrow();
		if account.owner != ids::bpf_loader_upgradeable() {
			continue;
		}
		let Ok(State::Program { programdata }) = State::read(&account.data) else { continue };
		if keys.contains(&programdata) || counted.contains(&programdata) {
			continue;
		}
		let length = data(&programdata).map_or(0, |data| data.len());
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

/// That no account is left with too few lamports for its data that had enough before
/// (`verify_accounts_rent_state`).
fn check_rent<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	message: &ResolvedMessage,
	before: &[Before],
) -> Result<(), TransactionError> {
	let pairs = before.iter().zip(context.accounts().iter()).enumerate();
	for (index, (before, after)) in pairs.filter(|(index, _)| message.is_writable(*index)) {
		let is = RentState::of(&after.account);
		// The incinerator is emptied at once.
		if is.may_follow(before.rent) || after.key == ids::incinerator() {
			continue;
		}
		// A token account that came with its first tokens has had nobody to pay for it.
		if before.length == after.account.data.len()
			&& is_token_account(context.host().token_record(&after.key).as_ref())
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
	before: Vec<Before>,
	left: &Left,
	error: Option<TransactionError>,
) -> TransactionMeta {
	let (program, data) = &left.return_data;
	let mut meta = TransactionMeta {
		error,
		fee: 0,
		pre_balances: before.iter().map(|account| account.lamports).collect(),
		pre_token_balances: before.into_iter().filter_map(|account| account.tokens).collect(),
		post_balances: Vec::new(),
		post_token_balances: Vec::new(),
		log_messages: left.logs.clone().into_lines(),
		inner_instructions: inner_instructions(&left.trace),
		loaded_addresses: message.loaded_addresses().clone(),
		return_data: (!data.is_empty())
			.then(|| ReturnData { program: *program, data: data.clone() }),
		compute_units_consumed: left.used,
	};
	// Each account has a place, also where they were too large to be loaded.
	meta.pre_balances.resize(message.account_keys().len(), 0);
	// What has failed has moved nothing.
	if meta.error.is_some() {
		meta.post_balances.clone_from(&meta.pre_balances);
		meta.post_token_balances.clone_from(&meta.pre_token_balances);
	} else {
		let after = left.accounts.iter();
		meta.post_balances = after.map(|loaded| loaded.account.lamports).collect();
		meta.post_token_balances = left.accounts.tokens().into_iter().flatten().collect();
	}
	meta
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
