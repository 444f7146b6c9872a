// SPDX-License-Identifier: Apache-2.0
//! Things as they are encoded.

use alloy_primitives::Bytes;
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	params::{BlockParam, Hash},
	views::{receipts, Receipt},
	EthError, EthereumChain,
};

/// Things as they are encoded. Headers and blocks are the chain's own, in SCALE: Blake2-256 of the
/// header is the block's hash. Transactions and receipts are Ethereum's (EIP-2718).
#[rpc(server, namespace = "debug")]
pub trait DebugApi {
	/// The header of a block, SCALE-encoded.
	#[method(name = "getRawHeader", blocking)]
	fn raw_header(&self, block: BlockParam) -> Result<Bytes, EthError>;

	/// A block with its extrinsics, SCALE-encoded.
	#[method(name = "getRawBlock", blocking)]
	fn raw_block(&self, block: BlockParam) -> Result<Bytes, EthError>;

	/// A transaction as its wallet signed it; null for an extrinsic that is no Ethereum transaction.
	#[method(name = "getRawTransaction", blocking)]
	fn raw_transaction(&self, hash: Hash) -> Result<Option<Bytes>, EthError>;

	/// The receipts of a block.
	#[method(name = "getRawReceipts", blocking)]
	fn raw_receipts(&self, block: BlockParam) -> Result<Vec<Bytes>, EthError>;
}

impl<C: EthereumChain> DebugApiServer for EthereumRpc<C> {
	fn raw_header(&self, block: BlockParam) -> Result<Bytes, EthError> {
		let hash = self.node.require(block)?.hash;
		let header = self.node.chain().raw_header(hash)?;
		Ok(header.ok_or(EthError::HashNotFound)?.into())
	}

	fn raw_block(&self, block: BlockParam) -> Result<Bytes, EthError> {
		let hash = self.node.require(block)?.hash;
		Ok(self.node.chain().raw_block(hash)?.ok_or(EthError::Pruned)?.into())
	}

	fn raw_transaction(&self, hash: Hash) -> Result<Option<Bytes>, EthError> {
		EthereumRpc::raw_transaction(self, hash.0)
	}

	fn raw_receipts(&self, block: BlockParam) -> Result<Vec<Bytes>, EthError> {
		let block = self.node.block_of(self.node.require(block)?.hash)?;
		receipts(&block).map(|receipt: Receipt<'_>| receipt.encode()).collect()
	}
}
