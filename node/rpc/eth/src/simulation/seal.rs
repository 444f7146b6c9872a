// SPDX-License-Identifier: Apache-2.0
//! What a header says of simulated transactions.

use alloy_consensus::{
	proofs::{calculate_receipt_root, calculate_transaction_root},
	Block, BlockBody, Eip658Value, Header, Receipt, ReceiptEnvelope, ReceiptWithBloom, TxEnvelope,
};
use alloy_eips::eip4895::Withdrawals;
use alloy_rlp::Encodable;
use unum_ethereum_view::CallStatus;

use super::outcome::Call;
use crate::views::{bloom, empty_header, plain};

/// What a header says of its transactions. Movements that are only shown as logs are not among them.
pub(super) fn content(calls: &[Call], transactions: &[TxEnvelope]) -> Header {
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

/// How many bytes Ethereum's encoding of the block has.
pub(super) fn size(header: Header, transactions: Vec<TxEnvelope>) -> u64 {
	let withdrawals = Some(Withdrawals::default());
	let body = BlockBody { transactions, ommers: Vec::new(), withdrawals };
	u64::try_from(Block { header, body }.length()).unwrap_or(u64::MAX)
}
