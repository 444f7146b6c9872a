// SPDX-License-Identifier: Apache-2.0
//! What the `unum_` methods answer when they can't.

use jsonrpsee::types::{error::INVALID_PARAMS_CODE, ErrorObjectOwned};

/// Code of errors that are not the caller's, as the Substrate RPC uses it for the client.
const INTERNAL: i32 = 4003;

/// Why a method of the `unum_` namespace failed.
#[derive(Debug, thiserror::Error)]
pub enum RpcError {
	/// The VM is not one of the chain's.
	#[error("no VM is called {0:?}; this chain has {1}")]
	UnknownVm(String, String),
	/// The id_com is neither 32 bytes of hex nor an SS58 address.
	#[error("{0:?} is no id_com: give 0x and 64 hexadecimal digits, or an SS58 address")]
	BadIdCom(String),
	/// The address is not one of that VM.
	#[error("{text:?} is no address of the {vm} VM: {cause}")]
	BadAddress {
		/// What was given.
		text: String,
		/// For which VM.
		vm: String,
		/// What is wrong with it.
		cause: String,
	},
	/// The mint is not 32 bytes of hex.
	#[error("{0:?} is no mint: give 0x and 64 hexadecimal digits")]
	BadMint(String),
	/// The block is not known to this node.
	#[error("this node has no block {0}")]
	UnknownBlock(String),
	/// The state of the block is gone.
	#[error("the state of block {0} is no longer kept: run the node with --state-pruning archive")]
	StateDiscarded(String),
	/// The runtime could not answer.
	#[error("the runtime could not answer: {0}")]
	Runtime(#[from] sp_api::ApiError),
	/// The database could not answer.
	#[error("the database could not answer: {0}")]
	Database(#[from] sp_blockchain::Error),
	/// An entry of the index can't be read.
	#[error("the receipt index is damaged: {0}")]
	Index(#[from] codec::Error),
}

impl RpcError {
	/// Whether the caller can mend it by calling differently.
	pub fn is_callers(&self) -> bool {
		matches!(
			self,
			Self::UnknownVm(..)
				| Self::BadIdCom(_)
				| Self::BadAddress { .. }
				| Self::BadMint(_)
				| Self::UnknownBlock(_)
				| Self::StateDiscarded(_)
		)
	}
}

impl From<RpcError> for ErrorObjectOwned {
	fn from(error: RpcError) -> Self {
		let code = if error.is_callers() { INVALID_PARAMS_CODE } else { INTERNAL };
		ErrorObjectOwned::owned(code, error.to_string(), None::<()>)
	}
}
