// SPDX-License-Identifier: Apache-2.0
//! Simulated blocks as JSON.

use std::collections::BTreeMap;

use alloy_consensus::{
	proofs::{calculate_receipt_root, calculate_transaction_root},
	Block, BlockBody, Eip658Value, Header, Receipt, ReceiptEnvelope, ReceiptWithBloom, TxEnvelope,
};
use alloy_eips::eip4895::Withdrawals;
use alloy_primitives::{hex, Bytes, B256, U64};
use alloy_rlp::Encodable;
use serde::Serialize;
use unum_ethereum_index::{BlockId, FoundLog, IndexedBlock};
use unum_ethereum_view::{
	CallOutcome, CallRefusal, CallRequest, CallStatus, LogView, NextBlock, SimulatedBlock,
	SimulatedOutcome, Trace, H160,
};

use super::transfers;
use crate::{
	calls::words,
	convert::{address, hash, view_hash},
	errors::revert_message,
	lookup::Node,
	simulation::transaction::{envelope, json},
	views::{
		bloom, empty_header, log_json, plain, BlockJson, HeaderJson, LogJson, TransactionsJson,
	},
	EthError, EthereumChain,
};

/// Code of a revert inside a simulation (geth: `errCodeReverted`).
const REVERTED: i32 = -32_000;
/// Code of a call that the EVM stopped (execution-apis).
const STOPPED: i32 = -32_015;
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

/// What came of a simulated call.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CallJson {
	pub return_data: Bytes,
	pub logs: Vec<LogJson>,
	pub gas_used: U64,
	pub max_used_gas: U64,
	pub status: U64,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub error: Option<CallErrorJson>,
}

/// Why a simulated call failed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[allow(missing_docs)]
pub struct CallErrorJson {
	pub message: String,
	pub code: i32,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub data: Option<String>,
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

/// One call with what came of it.
struct Call {
	request: CallRequest,
	nonce: u64,
	gas_limit: u64,
	outcome: CallOutcome,
	logs: Vec<LogView>,
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

/// What a header says of its transactions. Movements that are only shown as logs are not among them.
fn content(calls: &[Call], transactions: &[TxEnvelope]) -> Header {
	let mut gas_used = 0_u64;
	let mut receipts = Vec::new();
	for (call, transaction) in calls.iter().zip(transactions) {
		gas_used = gas_used.saturating_add(call.outcome.gas_used);
		let logs = &call.outcome.logs;
		let receipt = ReceiptWithBloom {
			receipt: Receipt {
				status: Eip658Value::Eip658(call.outcome.status == CallStatus::Success),
				cumulative_gas_used: gas_used,
				logs: logs.iter().cloned().map(plain).collect(),
			},
			logs_bloom: bloom(logs),
		};
		receipts.push(match transaction {
			TxEnvelope::Eip7702(_) => ReceiptEnvelope::Eip7702(receipt),
			_ => ReceiptEnvelope::Eip1559(receipt),
		});
	}
	Header {
		gas_used,
		transactions_root: calculate_transaction_root(transactions),
		receipts_root: calculate_receipt_root(&receipts),
		logs_bloom: bloom(calls.iter().flat_map(|call| &call.outcome.logs)),
		..empty_header()
	}
}

fn size(header: Header, transactions: Vec<TxEnvelope>) -> u64 {
	let withdrawals = Some(Withdrawals::default());
	let body = BlockBody { transactions, ommers: Vec::new(), withdrawals };
	Block { header, body }.length() as u64
}

fn results(
	calls: &[Call],
	transactions: &[TxEnvelope],
	block: BlockId,
	timestamp: u64,
) -> Vec<CallJson> {
	let mut log_index = 0..;
	let mut results = Vec::new();
	for (position, (call, transaction)) in (0..).zip(calls.iter().zip(transactions)) {
		let log = |(log, log_index): (&LogView, u32)| {
			let transaction_hash = view_hash(*transaction.tx_hash());
			let log = log.clone();
			let transaction_position = position;
			log_json(
				FoundLog {
					block,
					timestamp,
					transaction_hash,
					transaction_position,
					log_index,
					log,
				},
				false,
			)
		};
		let CallOutcome { status, gas_used, gas_before_refunds, output, .. } = &call.outcome;
		results.push(CallJson {
			return_data: match status {
				CallStatus::Success => output.clone().into(),
				_ => Bytes::new(),
			},
			logs: call.logs.iter().zip(&mut log_index).map(log).collect(),
			gas_used: U64::from(*gas_used),
			max_used_gas: U64::from(*gas_before_refunds),
			status: U64::from(u64::from(*status == CallStatus::Success)),
			error: error(&call.outcome),
		});
	}
	results
}

fn error(outcome: &CallOutcome) -> Option<CallErrorJson> {
	match &outcome.status {
		CallStatus::Success => None,
		CallStatus::Reverted => Some(CallErrorJson {
			message: revert_message(&outcome.output),
			code: REVERTED,
			data: Some(hex::encode_prefixed(&outcome.output)),
		}),
		CallStatus::Halted(cause) => {
			Some(CallErrorJson { message: words(cause), code: STOPPED, data: None })
		},
	}
}
