// SPDX-License-Identifier: Apache-2.0
//! Simulated blocks as JSON.

use std::collections::BTreeMap;

use alloy_consensus::Header;
use alloy_primitives::B256;
use serde::Serialize;
use unum_ethereum_index::{BlockId, IndexedBlock};
use unum_ethereum_view::{
	CallOutcome, CallRefusal, CallRequest, LogView, NextBlock, SimulatedBlock, SimulatedOutcome,
	Trace, H160,
};

use super::{
	outcome::{results, Call, CallJson},
	seal::{content, size},
	transaction::{envelope, json},
	transfers,
};
use crate::{
	calls::words,
	convert::{address, hash, view_hash},
	lookup::Node,
	views::{BlockJson, HeaderJson, TransactionsJson},
	EthError, EthereumChain,
};

/// Code of a block that is full (execution-apis).
const BLOCK_FULL: i32 = -38_015;

/// A simulated block as JSON.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SimulatedBlockJson {
	/// The block.
	#[serde(flatten)]
	pub block: BlockJson,
	/// What came of its calls.
	pub calls: Vec<CallJson>,
}

/// What is known while blocks are rendered one after the other.
pub(super) struct Rendering<'a, C> {
	node: &'a Node<C>,
	base: BlockId,
	chain_id: u64,
	next: NextBlock,
	trace_transfers: bool,
	full: bool,
	parent: B256,
	nonces: BTreeMap<H160, u64>,
}

impl<'a, C: EthereumChain> Rendering<'a, C> {
	pub(super) fn new(
		node: &'a Node<C>,
		base: &IndexedBlock,
		next: NextBlock,
		trace_transfers: bool,
		full: bool,
	) -> Result<Self, EthError> {
		let chain_id = node.chain().chain_id(base.id.hash)?;
		let (base, parent) = (base.id, hash(base.id.hash));
		let nonces = BTreeMap::new();
		Ok(Self { node, base, chain_id, next, trace_transfers, full, parent, nonces })
	}

	pub(super) fn block(
		&mut self,
		block: SimulatedBlock,
		outcome: SimulatedOutcome,
	) -> Result<SimulatedBlockJson, EthError> {
		for account in &block.accounts {
			if let Some(nonce) = account.nonce {
				self.nonces.insert(account.address, nonce);
			}
		}
		let overrides = block.block;
		let gas_limit = overrides.gas_limit.unwrap_or_default();
		let calls = self.calls(block.calls, outcome, gas_limit)?;
		let base_fee = overrides.base_fee.unwrap_or_default();
		let transactions: Vec<_> = calls
			.iter()
			.map(|call| envelope(&call.request, call.nonce, call.gas_limit, self.chain_id))
			.collect();
		let header = Header {
			parent_hash: self.parent,
			number: overrides.number.unwrap_or_default(),
			timestamp: overrides.timestamp.unwrap_or_default(),
			gas_limit,
			beneficiary: overrides.beneficiary.map(address).unwrap_or_default(),
			mix_hash: overrides.prevrandao.map(hash).unwrap_or_default(),
			base_fee_per_gas: Some(base_fee),
			state_root: B256::ZERO,
			..content(&calls, &transactions)
		};
		let sealed = header.hash_slow();
		self.parent = sealed;
		let id = BlockId { number: header.number, hash: view_hash(sealed) };
		let results = results(&calls, &transactions, id, header.timestamp);
		let shown = match self.full {
			true => TransactionsJson::Full(
				(0..)
					.zip(calls.iter().zip(&transactions))
					.map(|(position, (call, tx))| {
						json(
							tx,
							address(call.request.from),
							id,
							header.timestamp,
							position,
							base_fee,
						)
					})
					.collect(),
			),
			false => {
				TransactionsJson::Hashes(transactions.iter().map(|tx| *tx.tx_hash()).collect())
			},
		};
		let json = HeaderJson::from_header(&header, sealed);
		let size = size(header, transactions);
		Ok(SimulatedBlockJson { block: BlockJson::with(json, size, shown), calls: results })
	}

	/// The calls of a block with what came of them.
	fn calls(
		&mut self,
		requests: Vec<CallRequest>,
		outcome: SimulatedOutcome,
		block_gas_limit: u64,
	) -> Result<Vec<Call>, EthError> {
		if outcome.len() < requests.len() && outcome.iter().all(Result::is_ok) {
			return Err(EthError::Damaged("a simulated call without outcome".into()));
		}
		let mut used = 0_u64;
		let mut calls = Vec::new();
		for (request, outcome) in requests.into_iter().zip(outcome) {
			let (outcome, trace) =
				outcome.map_err(|refusal| EthError::Refused(with_code(refusal)))?;
			let most = self.next.transaction_gas_limit.min(block_gas_limit.saturating_sub(used));
			check_block_gas(used, request.gas, block_gas_limit)?;
			used = used.saturating_add(outcome.gas_used);
			check_block_gas(used, None, block_gas_limit)?;
			let nonce = self.nonce(&request)?;
			let gas_limit = request.gas.unwrap_or(most);
			let logs = self.logs(&outcome, trace.as_ref());
			calls.push(Call { request, nonce, gas_limit, outcome, logs });
		}
		Ok(calls)
	}

	fn nonce(&mut self, request: &CallRequest) -> Result<u64, EthError> {
		let known = request.nonce.or_else(|| self.nonces.get(&request.from).copied());
		let nonce = match known {
			Some(nonce) => nonce,
			None => self.node.chain().account(self.base.hash, request.from)?.nonce,
		};
		self.nonces.insert(request.from, nonce.saturating_add(1));
		Ok(nonce)
	}

	fn logs(&self, outcome: &CallOutcome, trace: Option<&Trace>) -> Vec<LogView> {
		match trace {
			Some(trace) if self.trace_transfers => transfers::logs(trace),
			_ => outcome.logs.clone(),
		}
	}
}

/// A call can't have more gas than the block has left.
fn check_block_gas(used: u64, gas: Option<u64>, limit: u64) -> Result<(), EthError> {
	match used.saturating_add(gas.unwrap_or_default()) <= limit {
		true => Ok(()),
		false => Err(EthError::Refused(CallRefusal {
			code: BLOCK_FULL,
			message: format!("block gas limit reached: {used} >= {limit}").into_bytes(),
		})),
	}
}

/// The codes that execution-apis gives to calls that can't be made.
fn with_code(refusal: CallRefusal) -> CallRefusal {
	let message = words(&refusal.message);
	let code = [
		("nonce too low", -38_010),
		("nonce too high", -38_011),
		("max fee per gas less than block base fee", -38_012),
		("intrinsic gas too low", -38_013),
		("insufficient funds", -38_014),
		("sender not an eoa", -38_024),
		("max initcode size exceeded", -38_025),
	];
	let known = code.iter().find(|(words, _)| message.starts_with(words));
	CallRefusal { code: known.map_or(refusal.code, |(_, code)| *code), ..refusal }
}
