// SPDX-License-Identifier: Apache-2.0
//! Transactions and their receipts.

use alloy_primitives::{Bytes, B256};
use jsonrpsee::{core::async_trait, proc_macros::rpc};
use unum_ethereum_view::{TransactionBody, TransactionView, H256};

use super::EthereumRpc;
use crate::{
	convert::hash,
	params::{BlockParam, BlockTag, Hash, HexBytes, Quantity},
	views::{receipts, ReceiptJson, TransactionJson},
	EthError, EthereumChain,
};

/// Transactions. What is not there is null.
#[rpc(server, namespace = "eth")]
pub trait TransactionsApi {
	/// Gives a signed transaction to the pool. Returns its hash.
	#[method(name = "sendRawTransaction")]
	async fn send_raw_transaction(&self, raw: HexBytes) -> Result<B256, EthError>;

	/// A transaction of the best chain, or one that waits in the pool.
	#[method(name = "getTransactionByHash", blocking)]
	fn transaction_by_hash(&self, hash: Hash) -> Result<Option<TransactionJson>, EthError>;

	/// The transaction as its wallet signed it. Null for an extrinsic that is no Ethereum transaction.
	#[method(name = "getRawTransactionByHash", blocking)]
	fn raw_transaction_by_hash(&self, hash: Hash) -> Result<Option<Bytes>, EthError>;

	/// A transaction by its position.
	#[method(name = "getTransactionByBlockHashAndIndex", blocking)]
	fn transaction_by_block_hash(
		&self,
		block: Hash,
		index: Quantity,
	) -> Result<Option<TransactionJson>, EthError>;

	/// A transaction by its position.
	#[method(name = "getTransactionByBlockNumberAndIndex", blocking)]
	fn transaction_by_block_number(
		&self,
		block: BlockTag,
		index: Quantity,
	) -> Result<Option<TransactionJson>, EthError>;

	/// The receipt of a transaction of the best chain.
	#[method(name = "getTransactionReceipt", blocking)]
	fn transaction_receipt(&self, hash: Hash) -> Result<Option<ReceiptJson>, EthError>;
}

impl<C: EthereumChain> EthereumRpc<C> {
	/// The signed bytes of a transaction, included or waiting.
	pub(super) fn raw_transaction(&self, hash: H256) -> Result<Option<Bytes>, EthError> {
		let found = self.node.transaction(hash)?;
		let included = found.as_ref().and_then(|found| found.transaction());
		let view = match included {
			Some(included) => Some(included.transaction.clone()),
			None => self.node.chain().pooled(hash)?,
		};
		Ok(view.and_then(|TransactionView { body, .. }| match body {
			TransactionBody::Raw(bytes) => Some(bytes.into()),
			TransactionBody::Extrinsic { .. } => None,
		}))
	}

	fn at_position(
		&self,
		block: BlockParam,
		index: Quantity,
	) -> Result<Option<TransactionJson>, EthError> {
		let position = usize::try_from(index.0).unwrap_or(usize::MAX);
		if block.is_pending() {
			let pending = self.node.pending_transactions()?;
			return pending.get(position).map(TransactionJson::pooled).transpose();
		}
		let Some(block) = self.node.block(block)? else { return Ok(None) };
		TransactionJson::in_block(&block, position)
	}
}

#[async_trait]
impl<C: EthereumChain> TransactionsApiServer for EthereumRpc<C> {
	async fn send_raw_transaction(&self, raw: HexBytes) -> Result<B256, EthError> {
		Ok(hash(self.node.chain().submit(raw.0).await?))
	}

	fn transaction_by_hash(&self, hash: Hash) -> Result<Option<TransactionJson>, EthError> {
		if let Some(found) = self.node.transaction(hash.0)? {
			return TransactionJson::in_block(&found.block, found.position);
		}
		let pooled = self.node.chain().pooled(hash.0)?;
		pooled.as_ref().map(TransactionJson::pooled).transpose()
	}

	fn raw_transaction_by_hash(&self, hash: Hash) -> Result<Option<Bytes>, EthError> {
		self.raw_transaction(hash.0)
	}

	fn transaction_by_block_hash(
		&self,
		block: Hash,
		index: Quantity,
	) -> Result<Option<TransactionJson>, EthError> {
		self.at_position(BlockParam::Hash { hash: block.0, require_canonical: false }, index)
	}

	fn transaction_by_block_number(
		&self,
		block: BlockTag,
		index: Quantity,
	) -> Result<Option<TransactionJson>, EthError> {
		self.at_position(BlockParam::Tag(block), index)
	}

	fn transaction_receipt(&self, hash: Hash) -> Result<Option<ReceiptJson>, EthError> {
		let Some(found) = self.node.transaction(hash.0)? else { return Ok(None) };
		let receipt = receipts(&found.block).nth(found.position);
		receipt.map(|receipt| receipt.to_json()).transpose()
	}
}
