// SPDX-License-Identifier: Apache-2.0
//! One transaction, from its description to what it leaves behind.

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;
use revm::{
	context::{BlockEnv, CfgEnv, Context, Evm, FrameStack, LocalContext, TxEnv},
	context_interface::{
		result::{EVMError, ExecutionResult, InvalidTransaction},
		JournalTr,
	},
	handler::{instructions::EthInstructions, EthFrame, Handler, PrecompileProvider},
	inspector::InspectorHandler,
	interpreter::{interpreter::EthInterpreter, InterpreterResult},
	primitives::{Address, U256},
	state::{Account, EvmState},
};

use unum_address::Address as UnumAddress;
use unum_ethereum_view::{Trace, TraceOptions};

use crate::{
	journal::crossing::unwritten,
	tracing::{Ran, Recorder},
	AccountChanges, ChainPrecompiles, EvmHost, Fees, HostDatabase, HostFault, LedgerJournal,
	TokenViewHost, TransactHandler,
};

/// What revm runs in.
pub type EvmContext<'a, H> =
	Context<BlockEnv, TxEnv, CfgEnv, HostDatabase<'a, H>, LedgerJournal<'a, H>, (), LocalContext>;

/// Why a transaction was not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TransactError {
	/// It can't be included: nothing has changed.
	Invalid(InvalidTransaction),
	/// A defect of ours: what has changed is to be undone by the caller.
	Fault(HostFault),
}

impl fmt::Display for TransactError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Invalid(error) => error.fmt(f),
			Self::Fault(fault) => fault.fmt(f),
		}
	}
}

impl core::error::Error for TransactError {}

impl From<EVMError<HostFault>> for TransactError {
	fn from(error: EVMError<HostFault>) -> Self {
		match error {
			EVMError::Transaction(error) => Self::Invalid(error),
			EVMError::Database(fault) => Self::Fault(fault),
			// Headers are ours to make, and no precompile fails but by its result.
			EVMError::Header(_) | EVMError::Custom(_) | EVMError::CustomAny(_) => {
				Self::Fault(HostFault::NotStored)
			},
		}
	}
}

/// A transaction that was carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transacted {
	/// How it ended.
	pub result: ExecutionResult,
	/// The contracts that it made, in the order of their addresses.
	pub created: Vec<Address>,
	/// What its calls into other VMs have brought to life, in order.
	pub created_elsewhere: Vec<UnumAddress>,
}

/// Runs a transaction whose fee is paid and whose nonce is counted by the transaction around it, with
/// the precompiles and tokens of the chain. `tx.nonce` is what CREATE names the contract by; `salt`
/// replaces it, as in CREATE2.
///
/// # Errors
/// [`TransactError`]. After a fault the caller undoes what has changed.
pub fn transact_on_chain<H: TokenViewHost>(
	host: &mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	salt: Option<U256>,
) -> Result<Transacted, TransactError> {
	let precompiles = ChainPrecompiles::new(cfg.spec);
	transact_paid(host, cfg, block, tx, precompiles, salt)
}

/// [`transact_on_chain`], with what `options` ask for on record. There is no trace if they ask for
/// nothing, nor of a transaction that was not carried out.
pub(crate) fn transact_recorded<H: TokenViewHost>(
	host: &mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	salt: Option<U256>,
	options: &TraceOptions,
) -> (Result<Transacted, TransactError>, Option<Trace>) {
	if !options.is_any() {
		return (transact_on_chain(host, cfg, block, tx, salt), None);
	}
	let (transacted, trace) = transact_on_chain_traced(host, cfg, block, tx, salt, options);
	let trace = transacted.is_ok().then_some(trace);
	(transacted, trace)
}

/// [`transact_on_chain`] with the precompiles given.
///
/// # Errors
/// [`TransactError`]. After a fault the caller undoes what has changed.
pub fn transact_paid<'a, H, P>(
	host: &'a mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	precompiles: P,
	salt: Option<U256>,
) -> Result<Transacted, TransactError>
where
	H: EvmHost,
	P: PrecompileProvider<EvmContext<'a, H>, Output = InterpreterResult>,
{
	let database = paid(host, &tx);
	let handler = TransactHandler::new(Fees::PaidOutside, salt);
	run(evm(database, cfg, block, tx, precompiles, ()), handler)
}

/// Runs a transaction with the precompiles given, and keeps what it leaves behind on the host.
///
/// # Errors
/// [`TransactError`]. After a fault the caller undoes what has changed.
pub fn transact<'a, H, P>(
	host: &'a mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	precompiles: P,
	fees: Fees,
) -> Result<ExecutionResult, TransactError>
where
	H: EvmHost,
	P: PrecompileProvider<EvmContext<'a, H>, Output = InterpreterResult>,
{
	let evm = evm(HostDatabase::new(host), cfg, block, tx, precompiles, ());
	run(evm, TransactHandler::new(fees, None)).map(|transacted| transacted.result)
}

/// [`transact_on_chain`], recorded. Recording changes nothing but the time that it takes.
///
/// The trace of a transaction that was not carried out is empty.
///
/// # Errors
/// As [`transact_on_chain`].
pub fn transact_on_chain_traced<H: TokenViewHost>(
	host: &mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	salt: Option<U256>,
	options: &TraceOptions,
) -> (Result<Transacted, TransactError>, Trace) {
	let precompiles = ChainPrecompiles::new(cfg.spec);
	let database = paid(host, &tx);
	let handler = TransactHandler::new(Fees::PaidOutside, salt);
	run_traced(evm(database, cfg, block, tx, precompiles, Recorder::new(options)), handler)
}

/// [`transact`], recorded: as [`transact_on_chain_traced`].
///
/// # Errors
/// As [`transact`].
pub fn transact_traced<'a, H, P>(
	host: &'a mut H,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	precompiles: P,
	fees: Fees,
	options: &TraceOptions,
) -> (Result<ExecutionResult, TransactError>, Trace)
where
	H: EvmHost,
	P: PrecompileProvider<EvmContext<'a, H>, Output = InterpreterResult>,
{
	let database = HostDatabase::new(host);
	let evm = evm(database, cfg, block, tx, precompiles, Recorder::new(options));
	let (transacted, trace) = run_traced(evm, TransactHandler::new(fees, None));
	(transacted.map(|transacted| transacted.result), trace)
}

/// The host for a transaction whose nonce was counted outside.
fn paid<'a, H: EvmHost>(host: &'a mut H, tx: &TxEnv) -> HostDatabase<'a, H> {
	if tx.kind.is_create() {
		HostDatabase::with_nonce(host, tx.caller, tx.nonce)
	} else {
		HostDatabase::new(host)
	}
}

/// revm over a host, with something that looks on, or nothing: `()`.
type HostEvm<'a, H, P, I> = Evm<
	EvmContext<'a, H>,
	I,
	EthInstructions<EthInterpreter, EvmContext<'a, H>>,
	P,
	EthFrame<EthInterpreter>,
>;

fn evm<'a, H: EvmHost, P, I>(
	database: HostDatabase<'a, H>,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
	precompiles: P,
	inspector: I,
) -> HostEvm<'a, H, P, I> {
	let spec = cfg.spec;
	let mut ctx: EvmContext<'a, H> = Context::new(database, spec);
	ctx.cfg = cfg;
	ctx.block = block;
	ctx.tx = tx;
	Evm {
		ctx,
		inspector,
		instruction: EthInstructions::new_mainnet_with_spec(spec),
		precompiles,
		frame_stack: FrameStack::new_prealloc(8),
	}
}

type ChainHandler<EVM> = TransactHandler<EVM, EVMError<HostFault>>;

fn run<'a, H, P>(
	mut evm: HostEvm<'a, H, P, ()>,
	mut handler: ChainHandler<HostEvm<'a, H, P, ()>>,
) -> Result<Transacted, TransactError>
where
	H: EvmHost,
	P: PrecompileProvider<EvmContext<'a, H>, Output = InterpreterResult>,
{
	let result = handler.run(&mut evm)?;
	let state = evm.ctx.journaled_state.finalize();
	end(evm.ctx.journaled_state, state, result)
}

/// [`run`], recorded.
fn run_traced<'a, H, P>(
	mut evm: HostEvm<'a, H, P, Recorder>,
	mut handler: ChainHandler<HostEvm<'a, H, P, Recorder>>,
) -> (Result<Transacted, TransactError>, Trace)
where
	H: EvmHost,
	P: PrecompileProvider<EvmContext<'a, H>, Output = InterpreterResult>,
{
	let result = match handler.inspect_run(&mut evm) {
		Ok(result) => result,
		Err(error) => return (Err(error.into()), Trace::default()),
	};
	let Evm { ctx: Context { mut journaled_state, tx, block, .. }, inspector, .. } = evm;
	let state = journaled_state.finalize();
	let trace = inspector.finish(&Ran {
		result: &result,
		gas_limit: tx.gas_limit,
		host: journaled_state.host(),
		state: &state,
		parties: [tx.caller, block.beneficiary],
	});
	(end(journaled_state, state, result), trace)
}

fn end<H: EvmHost>(
	mut journal: LedgerJournal<'_, H>,
	state: EvmState,
	result: ExecutionResult,
) -> Result<Transacted, TransactError> {
	let created_elsewhere = journal.take_made_elsewhere();
	let has_left = journal.has_left();
	let created = keep(journal.into_host(), state, has_left)?;
	Ok(Transacted { result, created, created_elsewhere })
}

/// Hands on to the host what has changed, by address, so that the order is the same everywhere. Returns
/// the contracts that are new.
///
/// After a call into another VM (`has_left`) the host may have it already, or something else that was
/// written meanwhile.
fn keep<H: EvmHost>(
	host: &mut H,
	state: EvmState,
	has_left: bool,
) -> Result<Vec<Address>, TransactError> {
	let touched: BTreeMap<Address, Account> =
		state.into_iter().filter(|(_, account)| account.is_touched()).collect();
	let mut created = Vec::new();
	for (address, account) in &touched {
		let changes = if has_left && !account.is_selfdestructed() {
			let on_host = host.account(*address).unwrap_or_default();
			unwritten(host, *address, account, &on_host)
		} else {
			changes(account)
		};
		host.keep(*address, &changes).map_err(TransactError::Fault)?;
		if changes.created {
			created.push(*address);
		}
	}
	Ok(created)
}

fn changes(account: &Account) -> AccountChanges {
	if account.is_selfdestructed() {
		return AccountChanges {
			destroyed: true,
			balance: account.info.balance,
			..AccountChanges::default()
		};
	}
	let has_new_code = account.info.code_hash != account.original_info().code_hash;
	let code = account.info.code.as_ref().filter(|_| has_new_code);
	AccountChanges {
		destroyed: false,
		created: account.is_created_locally(),
		balance: account.info.balance,
		nonce: account.info.nonce,
		code: code.map(|code| (account.info.code_hash, code.original_bytes())),
		storage: account
			.changed_storage_slots()
			.map(|(slot, value)| (*slot, value.present_value()))
			.collect(),
	}
}
