// SPDX-License-Identifier: Apache-2.0
//! Calls that are only tried out.

use std::collections::{BTreeMap, BTreeSet};

use alloy_eips::eip2930::{AccessList, AccessListItem as JsonAccessListItem};
use alloy_primitives::{Bytes, U256};
use alloy_rpc_types_eth::AccessListResult;
use unum_ethereum_index::BlockId;
use unum_ethereum_view::{
	AccessListItem, BlockOverrides, CallOutcome, CallStatus, EstimateFailure, SimulatedBlock,
	Trace, TraceOptions, H160, H256,
};

use crate::{
	convert::{address, hash},
	errors::revert_message,
	limits,
	lookup::Node,
	params::{into_accounts, BlockOverrideParam, BlockParam, CallParam, StateOverrideParam},
	pending::next_timestamp,
	EthError, EthereumChain,
};

/// The highest address that may be a precompile. Those are not worth an entry of an access list:
/// they are always warm.
const LAST_PRECOMPILE: u64 = 0x01ff;

/// What came of a call, as the method that made it sees it: an answer or geth's error.
///
/// # Errors
/// [`EthError::Reverted`], [`EthError::Halted`].
pub fn output(outcome: CallOutcome) -> Result<Bytes, EthError> {
	match outcome.status {
		CallStatus::Success => Ok(outcome.output.into()),
		CallStatus::Reverted => Err(EthError::Reverted(outcome.output)),
		CallStatus::Halted(cause) => Err(EthError::Halted(words(&cause))),
	}
}

/// Words of the runtime.
pub(crate) fn words(text: &[u8]) -> String {
	String::from_utf8_lossy(text).into_owned()
}

impl<C: EthereumChain> Node<C> {
	/// A block with one call in it, and on which block's state it runs.
	///
	/// A call "pending" is made in the block that could come next, on the state of the latest.
	///
	/// # Errors
	/// As [`require`](Self::require) and [`CallParam::into_request`].
	pub fn simulated_call(
		&self,
		call: CallParam,
		at: BlockParam,
		state: Option<StateOverrideParam>,
		block: Option<BlockOverrideParam>,
	) -> Result<(BlockId, SimulatedBlock), EthError> {
		let base = self.require(at)?;
		let names_price = call.names_price();
		let mut request = call.into_request()?;
		if !names_price {
			(request.max_fee_per_gas, request.max_priority_fee_per_gas) = (None, None);
		}
		let mut overrides = block.unwrap_or_default().into_overrides()?;
		if at.is_pending() {
			self.fill_pending(base, names_price, &mut overrides)?;
		}
		let accounts = state.map(into_accounts).transpose()?.unwrap_or_default();
		let block = SimulatedBlock {
			block: overrides,
			accounts,
			calls: vec![request],
			..Default::default()
		};
		Ok((base, block))
	}

	fn fill_pending(
		&self,
		base: BlockId,
		names_price: bool,
		overrides: &mut BlockOverrides,
	) -> Result<(), EthError> {
		let next = self.chain().next_block(base.hash)?;
		let parent = self.block_of(base.hash)?;
		overrides.number.get_or_insert(base.number.saturating_add(1));
		overrides.timestamp.get_or_insert(next_timestamp(parent.view.timestamp));
		overrides.gas_limit.get_or_insert(next.gas_limit);
		if names_price {
			overrides.base_fee.get_or_insert(next.base_fee);
		}
		Ok(())
	}

	/// Runs a block with one call.
	///
	/// # Errors
	/// [`EthError::Refused`] and those of the chain.
	pub fn run(
		&self,
		at: H256,
		block: SimulatedBlock,
	) -> Result<(CallOutcome, Option<Trace>), EthError> {
		let blocks = self.chain().simulate(at, vec![block])?;
		let outcome = blocks.into_iter().flatten().next();
		let outcome = outcome.ok_or_else(|| EthError::Damaged("a call without outcome".into()))?;
		outcome.map_err(EthError::Refused)
	}

	/// `eth_estimateGas`.
	pub(crate) fn estimate(&self, at: H256, block: SimulatedBlock) -> Result<u64, EthError> {
		match self.chain().estimate_gas(at, block)? {
			Ok(gas) => Ok(gas),
			Err(EstimateFailure::Refused(refusal)) => Err(EthError::Refused(refusal)),
			Err(EstimateFailure::Failed(outcome)) => Err(estimate_failure(outcome)),
		}
	}

	/// `eth_createAccessList`: runs the call with the list that it had before, until that settles.
	pub(crate) fn access_list(
		&self,
		at: BlockId,
		mut block: SimulatedBlock,
	) -> Result<AccessListResult, EthError> {
		block.trace = TraceOptions { state: true, ..TraceOptions::default() };
		let beneficiary = self.block_of(at.hash)?.view.beneficiary;
		let mut rounds_left = limits::MAX_ACCESS_LIST_ROUNDS;
		loop {
			let (outcome, trace) = self.run(at.hash, block.clone())?;
			let Some(call) = block.calls.first_mut() else {
				return Err(EthError::Damaged("a block without its call".into()));
			};
			let always_warm = [Some(call.from), call.to, outcome.contract, Some(beneficiary)];
			let list = accessed(trace.unwrap_or_default(), &always_warm, &call.access_list);
			rounds_left = rounds_left.saturating_sub(1);
			if list == call.access_list || rounds_left == 0 {
				return Ok(access_list_result(list, outcome));
			}
			call.access_list = list;
		}
	}
}

fn estimate_failure(outcome: CallOutcome) -> EthError {
	match outcome.status {
		CallStatus::Halted(cause) if cause != b"out of gas" => EthError::Halted(words(&cause)),
		CallStatus::Reverted => EthError::Reverted(outcome.output),
		// Running out of gas takes all of it.
		_ => EthError::GasExceedsAllowance(outcome.gas_used),
	}
}

/// What a call has looked at, and what its list named before. An address without slots is left out if
/// it is warm anyway.
fn accessed(
	trace: Trace,
	always_warm: &[Option<H160>],
	before: &[AccessListItem],
) -> Vec<AccessListItem> {
	let is_warm = |address: &H160| {
		always_warm.contains(&Some(*address))
			|| U256::from_be_slice(&address.0) <= U256::from(LAST_PRECOMPILE)
	};
	let mut list = BTreeMap::<H160, BTreeSet<H256>>::new();
	for account in trace.accounts {
		let slots = account.slots.iter().map(|slot| slot.slot);
		list.entry(account.address).or_default().extend(slots);
	}
	for item in before {
		list.entry(item.address).or_default().extend(&item.storage_keys);
	}
	list.retain(|address, slots| !slots.is_empty() || !is_warm(address));
	let item = |(address, slots): (H160, BTreeSet<H256>)| AccessListItem {
		address,
		storage_keys: slots.into_iter().collect(),
	};
	list.into_iter().map(item).collect()
}

fn access_list_result(list: Vec<AccessListItem>, outcome: CallOutcome) -> AccessListResult {
	let item = |item: AccessListItem| JsonAccessListItem {
		address: address(item.address),
		storage_keys: item.storage_keys.into_iter().map(hash).collect(),
	};
	AccessListResult {
		access_list: AccessList(list.into_iter().map(item).collect()),
		gas_used: U256::from(outcome.gas_used),
		error: match outcome.status {
			CallStatus::Success => None,
			CallStatus::Reverted => Some(revert_message(&outcome.output)),
			CallStatus::Halted(cause) => Some(words(&cause)),
		},
	}
}
