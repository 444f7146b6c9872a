// SPDX-License-Identifier: Apache-2.0
//! The node and its network.

use alloy_primitives::{keccak256, B256, U64};
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{params::HexBytes, EthError, EthereumChain};

/// The network.
#[rpc(server, namespace = "net")]
pub trait NetApi {
	/// The chain's number, in decimal.
	#[method(name = "version", blocking)]
	fn version(&self) -> Result<String, EthError>;

	/// Whether the node takes connections of peers.
	#[method(name = "listening")]
	fn listening(&self) -> Result<bool, EthError>;

	/// How many peers the node is connected to.
	#[method(name = "peerCount", blocking)]
	fn peer_count(&self) -> Result<U64, EthError>;
}

/// The node.
#[rpc(server, namespace = "web3")]
pub trait Web3Api {
	/// Name and version of the node.
	#[method(name = "clientVersion")]
	fn client_version(&self) -> Result<String, EthError>;

	/// Keccak-256 (which is not SHA3-256).
	#[method(name = "sha3")]
	fn sha3(&self, data: HexBytes) -> Result<B256, EthError>;
}

impl<C: EthereumChain> NetApiServer for EthereumRpc<C> {
	fn version(&self) -> Result<String, EthError> {
		let best = self.node.best()?;
		Ok(self.node.chain().chain_id(best.hash)?.to_string())
	}

	fn listening(&self) -> Result<bool, EthError> {
		Ok(self.node.chain().is_listening())
	}

	fn peer_count(&self) -> Result<U64, EthError> {
		Ok(U64::from(self.node.chain().peer_count()))
	}
}

impl<C: EthereumChain> Web3ApiServer for EthereumRpc<C> {
	fn client_version(&self) -> Result<String, EthError> {
		Ok(self.node.chain().client_version())
	}

	fn sha3(&self, data: HexBytes) -> Result<B256, EthError> {
		Ok(keccak256(data.0))
	}
}
