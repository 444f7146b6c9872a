// SPDX-License-Identifier: Apache-2.0
//! The EVM as an engine of the dispatcher.

use alloc::vec::Vec;
use revm::{
	context::{BlockEnv, CfgEnv, TxEnv},
	context_interface::{
		cfg::GasParams,
		result::{ExecutionResult, InvalidTransaction},
	},
	primitives::{eip4844::BLOB_BASE_FEE_UPDATE_FRACTION_PRAGUE, Address, TxKind, B256, U256},
};
use sp_core::H256;
use sp_weights::Weight;
use unum_address::{Address as UnumAddress, VmKind};
use unum_erc20::AddressSpace;
use unum_ethereum_view::{Trace, TraceOptions};
use unum_id_com::IdCom;
use unum_vm_engine::{
	AccessSet, CallContext, EngineFault, Fate, Log, Meter, OpcodeRange, Outcome, RawTransaction,
	Rejection, Vm, VmEngine,
};

use crate::{
	execution::{transact_recorded, TransactError, Transacted},
	limits::{weight_of, INIT_CODE_BYTES_MAX, SPEC},
	raw, EvmFailure, EvmOperation, TokenViewHost,
};

/// What a block of the chain looks like from inside the EVM, beyond what every VM sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Environment {
	/// What CHAINID gives.
	pub chain_id: u64,
	/// Who makes the block: COINBASE.
	pub beneficiary: Address,
	/// The block's randomness: PREVRANDAO ([EIP-4399]).
	///
	/// [EIP-4399]: https://eips.ethereum.org/EIPS/eip-4399
	pub prevrandao: B256,
	/// How much gas a block can hold: GASLIMIT.
	pub gas_limit: u64,
	/// How much gas one transaction can have.
	pub transaction_gas_limit: u64,
	/// The price of a unit of gas in wei: BASEFEE.
	pub base_fee: u64,
}

/// A chain on which the EVM is one of the VMs.
pub trait EvmChain: TokenViewHost {
	/// The block at hand.
	fn environment(&self) -> Environment;

	/// The key that made a signature (`r ‖ s`) over a hash, as x and y of its point; none if there is no
	/// such key. A chain that has something faster than this code in Wasm uses that.
	fn recover(&self, prehash: &[u8; 32], signature: &[u8; 64], parity: u8) -> Option<[u8; 64]>;

	/// What is to be recorded of transactions: nothing, but where somebody asks how they ran.
	fn trace_options(&self) -> TraceOptions {
		TraceOptions::default()
	}

	/// Takes what was recorded of a transaction.
	fn keep_trace(&mut self, _trace: Trace) {}

	/// Runs a transaction of the EVM. What happens meanwhile happens in it.
	fn within<R>(&mut self, run: impl FnOnce(&mut Self) -> R) -> R
	where
		Self: Sized,
	{
		run(self)
	}

	/// Takes the logs of a transaction that another VM has asked for, to stand among those around it.
	/// Gives back those that belong in the transaction's own receipt.
	fn place_logs(&mut self, logs: Vec<Log>) -> Vec<Log> {
		logs
	}
}

/// The EVM.
#[derive(Clone, Copy, Debug)]
pub struct EvmEngine;

impl Vm for EvmEngine {
	const KIND: VmKind = VmKind::EVM;
	const NAME: &'static str = "evm";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x10, 0x1f);
	type Payload = EvmOperation;
	type Status = EvmFailure;
}

impl<H: EvmChain> VmEngine<H> for EvmEngine {
	/// A contract may touch anything.
	fn access_set(_: &EvmOperation, _: IdCom) -> AccessSet {
		AccessSet::Global
	}

	fn weight_limit(_: &H, payload: &EvmOperation) -> Weight {
		weight_of(payload.gas_limit())
	}

	fn validate(host: &H, context: &CallContext, payload: &EvmOperation) -> Result<(), EvmFailure> {
		let environment = host.environment();
		check(host, &environment, &transaction(host, &environment, context, payload))
	}

	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &EvmOperation,
		meter: &mut Meter,
	) -> Result<Outcome<EvmFailure>, EngineFault> {
		if let Err(short) = ensure_covered(meter, payload) {
			return Ok(Outcome::bare(Fate::Halted(short)));
		}
		let environment = host.environment();
		let tx = transaction(host, &environment, context, payload);
		if let Err(failure) = check(host, &environment, &tx) {
			return Ok(Outcome::bare(Fate::FeesOnly(failure)));
		}
		run(host, &environment, context, tx, salt(payload), meter)
	}

	fn raw_weight_limit(_: &H, bytes: &[u8]) -> Weight {
		weight_of(raw::gas_limit(bytes))
	}

	fn read_raw(host: &H, bytes: &[u8]) -> Result<RawTransaction, Rejection> {
		Ok(raw::read(host, bytes)?)
	}

	fn execute_raw(
		host: &mut H,
		bytes: &[u8],
		sender: &UnumAddress,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Outcome<EvmFailure>, EngineFault> {
		let tx = raw::transaction(bytes, sender).ok_or(EngineFault::BrokenState)?;
		let environment = host.environment();
		run(host, &environment, context, tx, None, meter)
	}
}

/// Runs a transaction whose gas the meter covers.
fn run<H: EvmChain>(
	host: &mut H,
	environment: &Environment,
	context: &CallContext,
	tx: TxEnv,
	salt: Option<U256>,
	meter: &mut Meter,
) -> Result<Outcome<EvmFailure>, EngineFault> {
	let block = block(environment, &context.block);
	let options = host.trace_options();
	let (transacted, trace) =
		host.within(|host| transact_recorded(host, config(environment), block, tx, salt, &options));
	if let Some(trace) = trace {
		host.keep_trace(trace);
	}
	match transacted {
		Ok(transacted) => settle(host, transacted, meter),
		Err(TransactError::Invalid(invalid)) => {
			Ok(Outcome::bare(Fate::FeesOnly(refusal(&invalid)?)))
		},
		Err(TransactError::Fault(_)) => Err(EngineFault::BrokenState),
	}
}

/// Whether what is left on the meter covers all of the call's gas; if not, it is used up.
fn ensure_covered(meter: &mut Meter, payload: &EvmOperation) -> Result<(), EvmFailure> {
	let budget = weight_of(payload.gas_limit());
	if budget.all_lte(meter.left()) {
		return Ok(());
	}
	Ok(meter.charge(budget)?)
}

/// The address of an identity on the EVM.
fn address_of<H: EvmChain>(host: &H, id: IdCom) -> Address {
	Address::from(*AddressSpace::Evm.holder(host.ledger(), id).as_bytes())
}

/// The rules of the chain.
pub(crate) fn config(environment: &Environment) -> CfgEnv {
	CfgEnv::new_with_spec(SPEC).with_chain_id(environment.chain_id)
}

pub(crate) fn block(environment: &Environment, on: &unum_vm_engine::BlockEnv) -> BlockEnv {
	let seconds = on.timestamp_ms.checked_div(1_000).unwrap_or_default();
	let mut block = BlockEnv {
		number: U256::from(on.number),
		beneficiary: environment.beneficiary,
		timestamp: U256::from(seconds),
		gas_limit: environment.gas_limit,
		basefee: environment.base_fee,
		difficulty: U256::ZERO,
		prevrandao: Some(environment.prevrandao),
		..BlockEnv::default()
	};
	// There are no blobs, so their price is the least there is.
	block.set_blob_excess_gas_and_price(0, BLOB_BASE_FEE_UPDATE_FRACTION_PRAGUE);
	block
}

/// The payload as a transaction, at the price of the block.
fn transaction<H: EvmChain>(
	host: &H,
	environment: &Environment,
	context: &CallContext,
	payload: &EvmOperation,
) -> TxEnv {
	let caller = address_of(host, context.sender);
	let (kind, data) = match payload {
		EvmOperation::EvmCall { to, data, .. } => (TxKind::Call(Address::from(to.0)), data.clone()),
		EvmOperation::EvmCreate { init, .. } => (TxKind::Create, init.clone()),
		EvmOperation::EvmTransfer { to, .. } => (TxKind::Call(Address::from(to.0)), Vec::new()),
	};
	TxEnv {
		caller,
		gas_limit: payload.gas_limit(),
		gas_price: environment.base_fee.into(),
		kind,
		value: U256::from_be_bytes(payload.value().to_big_endian()),
		data: data.into(),
		nonce: if kind.is_create() { creation_nonce(host, caller) } else { 0 },
		chain_id: Some(environment.chain_id),
		..TxEnv::default()
	}
}

/// The nonce by which the sender's next contract is named: that of the transaction, as on Ethereum.
///
/// The chain has counted the transaction before it runs it, so that is one less than the account's. A
/// further contract of the same transaction (a batch) finds the first one there and counts on.
fn creation_nonce<H: EvmChain>(host: &H, caller: Address) -> u64 {
	let counted = host.account(caller).map(|account| account.nonce).unwrap_or_default();
	let signed = counted.saturating_sub(1);
	let first = host.account(caller.create(signed));
	match first {
		Some(account) if account.nonce != 0 || account.code_hash.is_some() => counted,
		_ => signed,
	}
}

fn salt(payload: &EvmOperation) -> Option<U256> {
	match payload {
		EvmOperation::EvmCreate { salt: Some(salt), .. } => Some(U256::from_be_bytes(salt.0)),
		_ => None,
	}
}

/// Whether a transaction can run at all in the state at hand.
fn check<H: EvmChain>(host: &H, environment: &Environment, tx: &TxEnv) -> Result<(), EvmFailure> {
	check_size(tx)?;
	check_gas(tx, environment.transaction_gas_limit)?;
	let sender = host.account(tx.caller).unwrap_or_default();
	if sender.code_hash.is_some_and(|hash| !is_delegation(host, hash)) {
		return Err(EvmFailure::SenderIsContract);
	}
	if sender.balance < tx.value {
		let (have, want) = (word(sender.balance), word(tx.value));
		return Err(EvmFailure::InsufficientFunds { have, want });
	}
	Ok(())
}

fn check_size(tx: &TxEnv) -> Result<(), EvmFailure> {
	let bytes = tx.data.len();
	if tx.kind.is_create() && bytes > INIT_CODE_BYTES_MAX {
		return Err(EvmFailure::InitCodeTooLong { bytes: bytes.try_into().unwrap_or(u32::MAX) });
	}
	Ok(())
}

fn check_gas(tx: &TxEnv, max: u64) -> Result<(), EvmFailure> {
	if tx.gas_limit > max {
		return Err(EvmFailure::GasLimitTooHigh { have: tx.gas_limit, max });
	}
	let needed = GasParams::new_spec(SPEC).initial_tx_gas_for_tx(tx, None);
	let want = needed.initial_regular_gas().max(needed.floor_gas());
	if tx.gas_limit < want {
		return Err(EvmFailure::IntrinsicGasTooLow { have: tx.gas_limit, want });
	}
	Ok(())
}

/// Whether a code only names another whose code is to run (EIP-7702): wallets may have such a one.
pub(crate) fn is_delegation<H: EvmChain>(host: &H, hash: B256) -> bool {
	host.code(hash).starts_with(&[0xef, 0x01, 0x00])
}

fn word(value: U256) -> sp_core::U256 {
	sp_core::U256::from_big_endian(&value.to_be_bytes::<32>())
}

/// What [`check`] would have said, should revm say it.
pub(crate) fn refusal(invalid: &InvalidTransaction) -> Result<EvmFailure, EngineFault> {
	Ok(match *invalid {
		InvalidTransaction::CallGasCostMoreThanGasLimit { initial_gas, gas_limit } => {
			EvmFailure::IntrinsicGasTooLow { have: gas_limit, want: initial_gas }
		},
		InvalidTransaction::GasFloorMoreThanGasLimit { gas_floor, gas_limit } => {
			EvmFailure::IntrinsicGasTooLow { have: gas_limit, want: gas_floor }
		},
		InvalidTransaction::TxGasLimitGreaterThanCap { gas_limit, cap } => {
			EvmFailure::GasLimitTooHigh { have: gas_limit, max: cap }
		},
		InvalidTransaction::RejectCallerWithCode => EvmFailure::SenderIsContract,
		_ => return Err(EngineFault::BrokenState),
	})
}

/// Charges what was used, and says how it ended.
fn settle<H: EvmChain>(
	host: &mut H,
	transacted: Transacted,
	meter: &mut Meter,
) -> Result<Outcome<EvmFailure>, EngineFault> {
	let Transacted { result, created, created_elsewhere } = transacted;
	// The limit of the gas was taken from the meter.
	meter.charge(weight_of(result.tx_gas_used())).map_err(|_| EngineFault::BrokenState)?;
	Ok(match result {
		ExecutionResult::Success { logs, output, .. } => Outcome {
			fate: Fate::Success,
			output: output.into_data().into(),
			logs: host.place_logs(logs.into_iter().map(log).collect()),
			created: created.into_iter().map(to_unum).chain(created_elsewhere).collect(),
		},
		ExecutionResult::Revert { output, .. } => {
			let output = Vec::from(output);
			Outcome {
				output: output.clone(),
				..Outcome::bare(Fate::Reverted(EvmFailure::Reverted(output)))
			}
		},
		ExecutionResult::Halt { reason, .. } => {
			Outcome::bare(Fate::Halted(EvmFailure::Halted(reason.into())))
		},
	})
}

fn to_unum(address: Address) -> UnumAddress {
	UnumAddress::Evm(address.into_array().into())
}

fn log(log: revm::primitives::Log) -> Log {
	let (topics, data) = log.data.split();
	Log {
		emitter: to_unum(log.address),
		topics: topics.into_iter().map(|topic| H256(topic.0)).collect(),
		data: data.into(),
	}
}
