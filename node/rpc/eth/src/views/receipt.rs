// SPDX-License-Identifier: Apache-2.0
//! Receipts.

use alloy_consensus::{Eip658Value, ReceiptEnvelope, ReceiptWithBloom};
use alloy_eips::Encodable2718;
use alloy_primitives::{Address, Bloom, Bytes, B256, U256, U64};
use serde::Serialize;
use unum_ethereum_index::{FoundLog, IndexedBlock};
use unum_ethereum_view::IncludedTransaction;

use super::{
	log::{bloom, log_json, plain, LogJson},
	TransactionFields,
};
use crate::{
	convert::{address, hash},
	EthError,
};

/// A receipt as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ReceiptJson {
	pub block_hash: B256,
	pub block_number: U64,
	pub contract_address: Option<Address>,
	pub cumulative_gas_used: U64,
	pub effective_gas_price: U256,
	pub from: Address,
	pub gas_used: U64,
	pub logs: Vec<LogJson>,
	pub logs_bloom: Bloom,
	pub status: U64,
	pub to: Option<Address>,
	pub transaction_hash: B256,
	pub transaction_index: U64,
	#[serde(rename = "type")]
	pub kind: U64,
}

/// A receipt with what depends on those before it in the block.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
	block: &'a IndexedBlock,
	included: &'a IncludedTransaction,
	position: u32,
	/// Gas that the block had used after it.
	cumulative_gas_used: u64,
	/// How many logs the block had before it.
	first_log: u32,
}

/// The receipts of a block, in order.
pub fn receipts(block: &IndexedBlock) -> impl Iterator<Item = Receipt<'_>> {
	let mut gas = 0_u64;
	let mut logs = 0_u32;
	(0..).zip(&block.view.transactions).map(move |(position, included)| {
		gas = gas.saturating_add(included.receipt.gas_used);
		let first_log = logs;
		let count = u32::try_from(included.receipt.logs.len()).unwrap_or(u32::MAX);
		logs = logs.saturating_add(count);
		Receipt { block, included, position, cumulative_gas_used: gas, first_log }
	})
}

impl Receipt<'_> {
	/// The receipt as JSON.
	///
	/// # Errors
	/// As [`TransactionFields::new`].
	pub fn to_json(&self) -> Result<ReceiptJson, EthError> {
		let receipt = &self.included.receipt;
		let transaction = TransactionFields::new(&self.included.transaction)?;
		Ok(ReceiptJson {
			block_hash: hash(self.block.id.hash),
			block_number: U64::from(self.block.id.number),
			contract_address: receipt.contract.map(address),
			cumulative_gas_used: U64::from(self.cumulative_gas_used),
			effective_gas_price: U256::from(receipt.effective_gas_price),
			from: address(self.included.transaction.from),
			gas_used: U64::from(receipt.gas_used),
			logs: self.logs().map(|log| log_json(log, false)).collect(),
			logs_bloom: bloom(&receipt.logs),
			status: U64::from(u64::from(receipt.success)),
			to: transaction.to(),
			transaction_hash: hash(self.included.transaction.hash),
			transaction_index: U64::from(self.position),
			kind: U64::from(transaction.kind()),
		})
	}

	fn logs(&self) -> impl Iterator<Item = FoundLog> + '_ {
		let logs = &self.included.receipt.logs;
		(self.first_log..).zip(logs).map(|(log_index, log)| FoundLog {
			block: self.block.id,
			timestamp: self.block.view.timestamp,
			transaction_hash: self.included.transaction.hash,
			transaction_position: self.position,
			log_index,
			log: log.clone(),
		})
	}

	/// The receipt as Ethereum's consensus encodes it (EIP-2718).
	///
	/// # Errors
	/// As [`TransactionFields::new`].
	pub fn encode(&self) -> Result<Bytes, EthError> {
		let receipt = &self.included.receipt;
		let inner = ReceiptWithBloom {
			receipt: alloy_consensus::Receipt {
				status: Eip658Value::Eip658(receipt.success),
				cumulative_gas_used: self.cumulative_gas_used,
				logs: receipt.logs.iter().cloned().map(plain).collect::<Vec<_>>(),
			},
			logs_bloom: bloom(&receipt.logs),
		};
		let envelope = match TransactionFields::new(&self.included.transaction)?.kind() {
			1 => ReceiptEnvelope::Eip2930(inner),
			2 => ReceiptEnvelope::Eip1559(inner),
			4 => ReceiptEnvelope::Eip7702(inner),
			_ => ReceiptEnvelope::Legacy(inner),
		};
		Ok(envelope.encoded_2718().into())
	}
}
