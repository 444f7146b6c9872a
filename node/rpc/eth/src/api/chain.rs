// SPDX-License-Identifier: Apache-2.0
//! The chain as a whole.

use alloy_primitives::{Address, U64};
use jsonrpsee::proc_macros::rpc;
use serde::Serialize;

use super::EthereumRpc;
use crate::{chain::SyncProgress, EthError, EthereumChain};

/// How far the node is behind, or `false`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum SyncingJson {
	/// It has caught up.
	No(bool),
	/// It is behind.
	#[serde(rename_all = "camelCase")]
	#[allow(missing_docs)]
	Yes { starting_block: U64, current_block: U64, highest_block: U64 },
}

impl From<Option<SyncProgress>> for SyncingJson {
	fn from(progress: Option<SyncProgress>) -> Self {
		progress.map_or(Self::No(false), |SyncProgress { starting, current, highest }| Self::Yes {
			starting_block: U64::from(starting),
			current_block: U64::from(current),
			highest_block: U64::from(highest),
		})
	}
}

/// The chain as a whole.
#[rpc(server, namespace = "eth")]
pub trait ChainApi {
	/// The chain's number (EIP-155).
	#[method(name = "chainId", blocking)]
	fn chain_id(&self) -> Result<U64, EthError>;

	/// The number of the latest block.
	#[method(name = "blockNumber", blocking)]
	fn block_number(&self) -> Result<U64, EthError>;

	/// How far the node is behind, or false.
	#[method(name = "syncing", blocking)]
	fn syncing(&self) -> Result<SyncingJson, EthError>;

	/// The accounts whose keys the node keeps: none.
	#[method(name = "accounts")]
	fn accounts(&self) -> Result<Vec<Address>, EthError>;
}

impl<C: EthereumChain> ChainApiServer for EthereumRpc<C> {
	fn chain_id(&self) -> Result<U64, EthError> {
		let best = self.node.best()?;
		Ok(U64::from(self.node.chain().chain_id(best.hash)?))
	}

	fn block_number(&self) -> Result<U64, EthError> {
		Ok(U64::from(self.node.best()?.number))
	}

	fn syncing(&self) -> Result<SyncingJson, EthError> {
		Ok(self.node.chain().sync_progress().into())
	}

	fn accounts(&self) -> Result<Vec<Address>, EthError> {
		Ok(Vec::new())
	}
}
