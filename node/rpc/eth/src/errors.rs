// SPDX-License-Identifier: Apache-2.0
//! What the methods answer when they can't, and the one place that knows its codes.

use alloy_primitives::hex;
use jsonrpsee::types::{
	error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE},
	ErrorObjectOwned,
};
use unum_ethereum_index::IndexError;
use unum_ethereum_view::{CallRefusal, H256};

use crate::{
	chain::{ChainError, SubmitError},
	revert::reason,
};

/// Code of most errors of geth.
const SERVER_ERROR: i32 = -32_000;
/// Code of a contract's revert.
const REVERTED: i32 = 3;
/// Code of a request for more than is given at once (EIP-1474).
const LIMIT_EXCEEDED: i32 = -32_005;
/// Code of a request for blocks that are no longer kept (EIP-4444).
const PRUNED: i32 = 4_444;
/// Code of numbers of simulated blocks that don't grow (execution-apis).
const BLOCK_NUMBERS: i32 = -38_020;
/// Code of times of simulated blocks that don't grow (execution-apis).
const BLOCK_TIMES: i32 = -38_021;
/// Code of too much to simulate (execution-apis).
const SIMULATION_LIMIT: i32 = -38_026;

/// Why a method failed. The sentences are geth's where it has one.
#[derive(Debug, thiserror::Error)]
pub enum EthError {
	/// A parameter that can't be read, or that contradicts another.
	#[error("{0}")]
	InvalidParams(String),
	/// No block has that number.
	#[error("header not found")]
	HeaderNotFound,
	/// No block has that hash.
	#[error("header for hash not found")]
	HashNotFound,
	/// No block has that hash, where logs are asked for.
	#[error("unknown block")]
	UnknownBlock,
	/// The block is not on the best chain.
	#[error("hash {0:?} is not currently canonical")]
	NotCanonical(H256),
	/// The block is older than what the node keeps.
	#[error("pruned history unavailable")]
	Pruned,
	/// The contract said no.
	#[error("{}", revert_message(.0))]
	Reverted(Vec<u8>),
	/// The EVM stopped the call.
	#[error("{0}")]
	Halted(String),
	/// The chain does not run the call.
	#[error("{}", String::from_utf8_lossy(&.0.message))]
	Refused(CallRefusal),
	/// No amount of gas is enough.
	#[error("gas required exceeds allowance ({0})")]
	GasExceedsAllowance(u64),
	/// The filter does not exist, or no longer.
	#[error("filter not found")]
	FilterNotFound,
	/// The answer would have too many logs.
	#[error("query returned more than {0} results")]
	TooManyLogs(usize),
	/// The query spans too many blocks.
	#[error("query exceeds max block range {0}")]
	TooManyBlocks(u64),
	/// The numbers of simulated blocks don't grow.
	#[error("block numbers must be in order: {0} <= {1}")]
	BlockNumbersOutOfOrder(u64, u64),
	/// The times of simulated blocks don't grow.
	#[error("block timestamps must be in order: {0} <= {1}")]
	BlockTimesOutOfOrder(u64, u64),
	/// There is more to simulate than the node does at once.
	#[error("too many {0}")]
	SimulationTooLarge(&'static str),
	/// The request can't be answered; the whole sentence.
	#[error("{0}")]
	Unavailable(&'static str),
	/// As [`Unavailable`](Self::Unavailable), with numbers in the sentence.
	#[error("{0}")]
	OutOfBounds(String),
	/// The chain could not answer.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The pool did not take the transaction.
	#[error(transparent)]
	Submit(#[from] SubmitError),
	/// The index could not answer.
	#[error("internal error: {0}")]
	Index(IndexError),
	/// The node contradicts itself.
	#[error("internal error: {0}")]
	Damaged(String),
}

impl EthError {
	/// The code of the JSON-RPC error.
	pub fn code(&self) -> i32 {
		match self {
			Self::InvalidParams(_) | Self::Submit(SubmitError::Malformed(_)) => INVALID_PARAMS_CODE,
			Self::Reverted(_) => REVERTED,
			Self::Pruned => PRUNED,
			Self::TooManyLogs(_) | Self::TooManyBlocks(_) => LIMIT_EXCEEDED,
			Self::BlockNumbersOutOfOrder(..) => BLOCK_NUMBERS,
			Self::BlockTimesOutOfOrder(..) => BLOCK_TIMES,
			Self::SimulationTooLarge(_) => SIMULATION_LIMIT,
			Self::Refused(refusal) => refusal.code,
			Self::Chain(ChainError::Refused { code, .. }) => *code,
			Self::Chain(ChainError::Failed(_)) | Self::Index(_) | Self::Damaged(_) => {
				INTERNAL_ERROR_CODE
			},
			_ => SERVER_ERROR,
		}
	}

	/// What goes along with the sentence: the data of a revert.
	fn data(&self) -> Option<String> {
		match self {
			Self::Reverted(data) => Some(hex::encode_prefixed(data)),
			_ => None,
		}
	}
}

impl From<IndexError> for EthError {
	fn from(error: IndexError) -> Self {
		match error {
			IndexError::TooManyLogs { at_most } => Self::TooManyLogs(at_most),
			other => Self::Index(other),
		}
	}
}

impl From<EthError> for ErrorObjectOwned {
	fn from(error: EthError) -> Self {
		let code = error.code();
		if code == INTERNAL_ERROR_CODE {
			log::warn!(target: "ethereum-rpc", "{error}");
		}
		Self::owned(code, error.to_string(), error.data())
	}
}

/// geth's sentence for a revert.
pub(crate) fn revert_message(data: &[u8]) -> String {
	match reason(data) {
		Some(reason) => format!("execution reverted: {reason}"),
		None => "execution reverted".into(),
	}
}
