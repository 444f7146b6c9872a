// SPDX-License-Identifier: Apache-2.0
//! The pool.

use alloy_primitives::U64;
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	convert::address,
	params::AddressParam,
	pool::{all, content, of_sender, status, summary, ByNonce, BySender, PoolJson},
	views::TransactionJson,
	EthError, EthereumChain,
};

/// The pool: what can be included now (`pending`), and what waits for something (`queued`). At most
/// 10,000 transactions of each are shown.
#[rpc(server, namespace = "txpool")]
pub trait TxpoolApi {
	/// How many transactions wait.
	#[method(name = "status", blocking)]
	fn status(&self) -> Result<PoolJson<U64>, EthError>;

	/// The transactions, by sender and nonce.
	#[method(name = "content", blocking)]
	fn content(&self) -> Result<PoolJson<BySender<TransactionJson>>, EthError>;

	/// The transactions of one sender, by nonce.
	#[method(name = "contentFrom", blocking)]
	fn content_from(
		&self,
		sender: AddressParam,
	) -> Result<PoolJson<ByNonce<TransactionJson>>, EthError>;

	/// The transactions in a line each, by sender and nonce.
	#[method(name = "inspect", blocking)]
	fn inspect(&self) -> Result<PoolJson<BySender<String>>, EthError>;
}

impl<C: EthereumChain> TxpoolApiServer for EthereumRpc<C> {
	fn status(&self) -> Result<PoolJson<U64>, EthError> {
		Ok(status(&self.node.chain().pool()?))
	}

	fn content(&self) -> Result<PoolJson<BySender<TransactionJson>>, EthError> {
		all(&self.node.chain().pool()?, content)
	}

	fn content_from(
		&self,
		sender: AddressParam,
	) -> Result<PoolJson<ByNonce<TransactionJson>>, EthError> {
		of_sender(&self.node.chain().pool()?, address(sender.0), content)
	}

	fn inspect(&self) -> Result<PoolJson<BySender<String>>, EthError> {
		all(&self.node.chain().pool()?, summary)
	}
}
