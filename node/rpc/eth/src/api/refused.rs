// SPDX-License-Identifier: Apache-2.0
//! Methods that this node can't have, with the reason.

use jsonrpsee::proc_macros::rpc;
use serde_json::Value;

use super::EthereumRpc;
use crate::{EthError, EthereumChain};

/// Why nothing is signed here. The first two words are geth's.
const NO_KEYS: EthError = EthError::Unavailable(
	"unknown account: this node keeps no keys; sign in a wallet and use eth_sendRawTransaction",
);

/// Why there are no proofs.
const NO_TRIE: EthError = EthError::Unavailable(
	"proofs are not available: the state of this chain is not in a Merkle-Patricia trie of Ethereum; \
	 state_getReadProof proves the chain's own storage",
);

/// Methods that this node can't have.
#[rpc(server, namespace = "eth")]
pub trait RefusedApi {
	/// Needs a key.
	#[method(name = "sendTransaction")]
	fn send_transaction(&self) -> Result<Value, EthError>;

	/// Needs a key.
	#[method(name = "sign")]
	fn sign(&self) -> Result<Value, EthError>;

	/// Needs a key.
	#[method(name = "signTransaction")]
	fn sign_transaction(&self) -> Result<Value, EthError>;

	/// Needs an account of a miner.
	#[method(name = "coinbase")]
	fn coinbase(&self) -> Result<Value, EthError>;

	/// Needs Ethereum's state trie.
	#[method(name = "getProof")]
	fn proof(&self) -> Result<Value, EthError>;
}

impl<C: EthereumChain> RefusedApiServer for EthereumRpc<C> {
	fn send_transaction(&self) -> Result<Value, EthError> {
		Err(NO_KEYS)
	}

	fn sign(&self) -> Result<Value, EthError> {
		Err(NO_KEYS)
	}

	fn sign_transaction(&self) -> Result<Value, EthError> {
		Err(NO_KEYS)
	}

	fn coinbase(&self) -> Result<Value, EthError> {
		Err(EthError::Unavailable("etherbase must be explicitly specified"))
	}

	fn proof(&self) -> Result<Value, EthError> {
		Err(NO_TRIE)
	}
}
