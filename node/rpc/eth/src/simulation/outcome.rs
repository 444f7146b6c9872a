// SPDX-License-Identifier: Apache-2.0
//! What came of simulated calls, as JSON.

use alloy_consensus::TxEnvelope;
use alloy_primitives::{hex, Bytes, U64};
use serde::Serialize;
use unum_ethereum_index::{BlockId, FoundLog};
use unum_ethereum_view::{CallOutcome, CallRequest, CallStatus, LogView};

use crate::{
	calls::words,
	convert::view_hash,
	errors::revert_message,
	views::{log_json, LogJson},
};

/// Code of a revert inside a simulation (geth: `errCodeReverted`).
const REVERTED: i32 = -32_000;
/// Code of a call that the EVM stopped (execution-apis).
const STOPPED: i32 = -32_015;
/// One call with what came of it.
pub(super) struct Call {
	pub(super) request: CallRequest,
	pub(super) nonce: u64,
	pub(super) gas_limit: u64,
	pub(super) outcome: CallOutcome,
	pub(super) logs: Vec<LogView>,
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

/// The calls of a block, whose logs are counted through.
pub(super) fn results(
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
