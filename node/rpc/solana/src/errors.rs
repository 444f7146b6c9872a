// SPDX-License-Identifier: Apache-2.0
//! What the methods answer when they can't, and the one place that knows the codes: Agave's
//! (`rpc-client-api/src/custom_error.rs`), with its sentences.

use jsonrpsee::types::{
	error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE, INVALID_REQUEST_CODE},
	ErrorObjectOwned,
};
use serde_json::{json, Value};
use unum_solana_index::IndexError;

use crate::ChainError;

/// Why a method failed.
#[derive(Debug, thiserror::Error)]
pub enum RpcError {
	/// A parameter that can't be read, or that contradicts another.
	#[error("{0}")]
	InvalidParams(String),
	/// As [`InvalidParams`](Self::InvalidParams), with what was found.
	#[error("{message}")]
	InvalidParamsDetails {
		/// What is wrong.
		message: String,
		/// What was found.
		details: String,
	},
	/// The request asks for what can't be given.
	#[error("{0}")]
	InvalidRequest(String),
	/// The block is older than what the node keeps.
	#[error(
		"Block {slot} cleaned up, does not exist on node. First available block: {first_available}"
	)]
	BlockCleanedUp {
		/// The slot.
		slot: u64,
		/// The first one that there is.
		first_available: u64,
	},
	/// The simulation of a transaction that was to be sent failed.
	#[error("{message}")]
	PreflightFailure {
		/// Why.
		message: String,
		/// All that is known of it.
		outcome: Box<Value>,
	},
	/// There is no such block yet.
	#[error("Block not available for slot {0}")]
	BlockNotAvailable(u64),
	/// The node is catching up.
	#[error("Node is behind by {0} slots")]
	NodeBehind(u64),
	/// There are no snapshots here.
	#[error("No snapshot")]
	NoSnapshot,
	/// The accounts can't be searched that way.
	#[error("{0} excluded from account secondary indexes; this RPC method unavailable for key")]
	KeyExcluded(String),
	/// A search was given up.
	#[error("{0}")]
	Scan(String),
	/// The caller does not know transactions of this version.
	#[error(
		"Transaction version ({0}) is not supported by the requesting client. Please try the request \
		 again with the following configuration parameter: \"maxSupportedTransactionVersion\": {0}"
	)]
	UnsupportedVersion(u8),
	/// The node has not come to the slot that the caller has seen.
	#[error("Minimum context slot has not been reached")]
	MinContextSlot {
		/// Where the node is.
		context_slot: u64,
	},
	/// The block does not begin an epoch.
	#[error(
		"Rewards cannot be found because slot {slot} is not the epoch boundary. This may be due to gap \
		 in the queried node's local ledger or long-term storage"
	)]
	NoEpochBoundary {
		/// The slot.
		slot: u64,
	},
	/// The faucet has not as much to give. Upstream says `Internal error` alone.
	#[error("the faucet cannot give that much: it has {there} lamports")]
	FaucetEmpty {
		/// What it has.
		there: u64,
	},
	/// The chain could not answer.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The index could not answer.
	#[error(transparent)]
	Index(#[from] IndexError),
	/// The node contradicts itself.
	#[error("{0}")]
	Damaged(String),
}

impl RpcError {
	/// The code of the JSON-RPC error.
	pub fn code(&self) -> i32 {
		match self {
			Self::InvalidParams(_) | Self::InvalidParamsDetails { .. } => INVALID_PARAMS_CODE,
			Self::InvalidRequest(_) => INVALID_REQUEST_CODE,
			Self::BlockCleanedUp { .. } => -32_001,
			Self::PreflightFailure { .. } => -32_002,
			Self::BlockNotAvailable(_) => -32_004,
			Self::NodeBehind(_) | Self::Chain(ChainError::Busy) => -32_005,
			Self::NoSnapshot => -32_008,
			Self::KeyExcluded(_) => -32_010,
			Self::Scan(_) => -32_012,
			Self::UnsupportedVersion(_) => -32_015,
			Self::MinContextSlot { .. } => -32_016,
			Self::NoEpochBoundary { .. } => -32_018,
			Self::FaucetEmpty { .. } | Self::Chain(_) | Self::Index(_) | Self::Damaged(_) => {
				INTERNAL_ERROR_CODE
			},
		}
	}

	/// What goes along with the sentence.
	fn data(&self) -> Option<Value> {
		match self {
			Self::InvalidParamsDetails { details, .. } => Some(json!(details)),
			Self::PreflightFailure { outcome, .. } => Some((**outcome).clone()),
			Self::NodeBehind(slots) => Some(json!({ "numSlotsBehind": slots })),
			Self::KeyExcluded(key) => Some(json!({ "indexKey": key })),
			Self::MinContextSlot { context_slot } => Some(json!({ "contextSlot": context_slot })),
			Self::NoEpochBoundary { slot } => Some(json!({ "slot": slot })),
			_ => None,
		}
	}

	/// A parameter is wrong, for a reason that can be shown.
	pub(crate) fn params(message: impl Into<String>) -> Self {
		Self::InvalidParams(message.into())
	}
}

impl From<RpcError> for ErrorObjectOwned {
	fn from(error: RpcError) -> Self {
		let code = error.code();
		let is_ours =
			matches!(error, RpcError::Chain(_) | RpcError::Index(_) | RpcError::Damaged(_));
		if is_ours && code == INTERNAL_ERROR_CODE {
			log::warn!(target: "solana-rpc", "{error}");
		}
		Self::owned(code, error.to_string(), error.data())
	}
}
