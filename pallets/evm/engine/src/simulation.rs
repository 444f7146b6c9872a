// SPDX-License-Identifier: Apache-2.0
//! Transactions that nobody has signed: what `eth_call` and its kin try out.

use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use revm::{
	context::{BlockEnv, CfgEnv, TxEnv},
	context_interface::{
		block::BlobExcessGasAndPrice,
		either::Either,
		result::ExecutionResult,
		transaction::{AccessList, AccessListItem, Authorization, SignedAuthorization},
	},
	primitives::{Address, TxKind, B256, U256},
};
use unum_ethereum_view::{
	BlockOverrides, CallOutcome, CallRequest, CallStatus, Checks, LogView, Trace, TraceOptions,
	H160, H256,
};

use crate::{
	execution::{transact_recorded, TransactError, Transacted},
	vm, Environment, EvmChain, EvmHalt, HostFault,
};

/// A block that is made up: one of the chain, with some of it changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeUpBlock {
	/// What is in it.
	pub environment: Environment,
	pub(crate) block: BlockEnv,
}

impl MadeUpBlock {
	/// The block `on`, with `overrides`.
	pub fn new(
		environment: Environment,
		on: &unum_vm_engine::BlockEnv,
		overrides: &BlockOverrides,
	) -> Self {
		let environment = Environment {
			gas_limit: overrides.gas_limit.unwrap_or(environment.gas_limit),
			base_fee: overrides.base_fee.unwrap_or(environment.base_fee),
			beneficiary: overrides.beneficiary.map_or(environment.beneficiary, address),
			prevrandao: overrides.prevrandao.map_or(environment.prevrandao, word),
			..environment
		};
		let mut block = vm::block(&environment, on);
		if let Some(number) = overrides.number {
			block.number = U256::from(number);
		}
		if let Some(timestamp) = overrides.timestamp {
			block.timestamp = U256::from(timestamp);
		}
		if let (Some(price), Some(blobs)) =
			(overrides.blob_base_fee, &mut block.blob_excess_gas_and_price)
		{
			*blobs = BlobExcessGasAndPrice { blob_gasprice: price.into(), ..*blobs };
		}
		Self { environment, block }
	}

	/// The rules of the chain, but that a contract may be the sender and that the call may have more
	/// gas than the block.
	pub(crate) fn lenient_config(&self) -> CfgEnv {
		let mut config = vm::config(&self.environment);
		config.disable_eip3607 = true;
		config.disable_block_gas_limit = true;
		config.tx_gas_limit_cap = Some(u64::MAX);
		config
	}
}

/// What revm runs for a request: with this nonce and gas limit, at this price of gas.
pub(crate) fn transaction(
	request: &CallRequest,
	environment: &Environment,
	nonce: u64,
	gas_limit: u64,
) -> TxEnv {
	let max_fee = request.max_fee_per_gas.unwrap_or_default();
	TxEnv {
		tx_type: transaction_type(request),
		caller: address(request.from),
		gas_limit,
		gas_price: max_fee,
		gas_priority_fee: request.max_priority_fee_per_gas.map(|tip| tip.min(max_fee)),
		kind: request.to.map_or(TxKind::Create, |to| TxKind::Call(address(to))),
		value: number(request.value),
		data: request.input.clone().into(),
		nonce,
		chain_id: Some(request.chain_id.unwrap_or(environment.chain_id)),
		access_list: access_list(request),
		authorization_list: request.authorizations.iter().map(authorization).collect(),
		..TxEnv::default()
	}
}

fn transaction_type(request: &CallRequest) -> u8 {
	if !request.authorizations.is_empty() {
		4
	} else if request.max_priority_fee_per_gas.is_some() {
		2
	} else {
		u8::from(!request.access_list.is_empty())
	}
}

fn access_list(request: &CallRequest) -> AccessList {
	let item = |item: &unum_ethereum_view::AccessListItem| AccessListItem {
		address: address(item.address),
		storage_keys: item.storage_keys.iter().copied().map(word).collect(),
	};
	AccessList(request.access_list.iter().map(item).collect())
}

fn authorization<R>(given: &unum_ethereum_view::Authorization) -> Either<SignedAuthorization, R> {
	let inner = Authorization {
		chain_id: number(given.chain_id),
		address: address(given.address),
		nonce: given.nonce,
	};
	let (r, s) = (number(given.r), number(given.s));
	Either::Left(SignedAuthorization::new_unchecked(inner, given.y_parity, r, s))
}

/// What came of a transaction, as Ethereum's clients see it.
pub(crate) fn outcome(transacted: Transacted) -> CallOutcome {
	let result = transacted.result;
	let gas = *result.gas();
	let contract = result.created_address().map(|address| H160(address.into_array()));
	let status = match &result {
		ExecutionResult::Success { .. } => CallStatus::Success,
		ExecutionResult::Revert { .. } => CallStatus::Reverted,
		ExecutionResult::Halt { reason, .. } => {
			let halt = EvmHalt::from(reason.clone());
			CallStatus::Halted(alloc::format!("{halt}").into_bytes())
		},
	};
	let logs = result.logs().iter().map(log).collect();
	CallOutcome {
		contract: contract.filter(|_| status == CallStatus::Success),
		status,
		gas_used: gas.tx_gas_used(),
		gas_before_refunds: gas.total_gas_spent().max(gas.floor_gas()),
		output: result.into_output().map(Vec::from).unwrap_or_default(),
		logs,
	}
}

fn log(log: &revm::primitives::Log) -> LogView {
	LogView {
		address: H160(log.address.into_array()),
		topics: log.data.topics().iter().map(|topic| H256(topic.0)).collect(),
		data: log.data.data.to_vec(),
	}
}

fn address(address: H160) -> Address {
	Address::from(address.0)
}

fn word(word: H256) -> B256 {
	B256::from(word.0)
}

fn number(number: unum_ethereum_view::U256) -> U256 {
	U256::from_be_bytes(number.to_big_endian())
}

/// Why a made-up transaction did not run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SimulationError {
	/// It can't: the cause in geth's words.
	Invalid(String),
	/// A defect of ours.
	Fault(HostFault),
}

/// Runs a request with a nonce that is counted already, and keeps what it leaves behind. Nobody pays for
/// its gas. What `options` ask for is recorded.
///
/// # Errors
/// [`SimulationError`]; what has changed is then to be undone.
pub fn simulate<H: EvmChain>(
	host: &mut H,
	block: &MadeUpBlock,
	request: &CallRequest,
	nonce: u64,
	gas_limit: u64,
	checks: Checks,
	options: &TraceOptions,
) -> Result<(CallOutcome, Option<Trace>), SimulationError> {
	let tx = transaction(request, &block.environment, nonce, gas_limit);
	let mut environment = block.block.clone();
	let config = match checks {
		Checks::Strict => vm::config(&block.environment),
		Checks::Lenient => {
			if tx.gas_price == 0 {
				environment.basefee = 0;
			}
			block.lenient_config()
		},
	};
	let (transacted, trace) =
		host.within(|host| transact_recorded(host, config, environment, tx, None, options));
	match transacted {
		Ok(transacted) => Ok((outcome(transacted), trace)),
		Err(TransactError::Fault(fault)) => Err(SimulationError::Fault(fault)),
		Err(TransactError::Invalid(invalid)) => Err(SimulationError::Invalid(
			vm::refusal(&invalid)
				.map_or_else(|_| invalid.to_string(), |failure| failure.to_string()),
		)),
	}
}
