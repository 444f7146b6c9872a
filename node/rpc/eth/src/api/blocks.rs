// SPDX-License-Identifier: Apache-2.0
//! Blocks and their receipts.

use alloy_primitives::U64;
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	params::{BlockParam, BlockTag, Hash, Quantity},
	views::{receipts, BlockJson, Receipt, ReceiptJson},
	EthError, EthereumChain,
};

/// Blocks. What is not there is null.
#[rpc(server, namespace = "eth")]
pub trait BlocksApi {
	/// A block, with its transactions or their hashes.
	#[method(name = "getBlockByHash", blocking)]
	fn block_by_hash(&self, hash: Hash, full: Option<bool>) -> Result<Option<BlockJson>, EthError>;

	/// A block of the best chain, with its transactions or their hashes. "pending" is made up of the
	/// pool's transactions on top of the latest.
	#[method(name = "getBlockByNumber", blocking)]
	fn block_by_number(
		&self,
		number: BlockTag,
		full: Option<bool>,
	) -> Result<Option<BlockJson>, EthError>;

	/// The receipts of a block. That of a pending block has none.
	#[method(name = "getBlockReceipts", blocking)]
	fn block_receipts(&self, block: BlockParam) -> Result<Option<Vec<ReceiptJson>>, EthError>;

	/// How many transactions a block has.
	#[method(name = "getBlockTransactionCountByHash", blocking)]
	fn transaction_count_by_hash(&self, hash: Hash) -> Result<Option<U64>, EthError>;

	/// How many transactions a block has.
	#[method(name = "getBlockTransactionCountByNumber", blocking)]
	fn transaction_count_by_number(&self, number: BlockTag) -> Result<Option<U64>, EthError>;

	/// An uncle: never there.
	#[method(name = "getUncleByBlockHashAndIndex")]
	fn uncle_by_hash(&self, hash: Hash, index: Quantity) -> Result<Option<BlockJson>, EthError>;

	/// An uncle: never there.
	#[method(name = "getUncleByBlockNumberAndIndex")]
	fn uncle_by_number(
		&self,
		number: BlockTag,
		index: Quantity,
	) -> Result<Option<BlockJson>, EthError>;

	/// How many uncles a block has: none.
	#[method(name = "getUncleCountByBlockHash", blocking)]
	fn uncle_count_by_hash(&self, hash: Hash) -> Result<Option<U64>, EthError>;

	/// How many uncles a block has: none.
	#[method(name = "getUncleCountByBlockNumber", blocking)]
	fn uncle_count_by_number(&self, number: BlockTag) -> Result<Option<U64>, EthError>;
}

/// A block by its hash, on the best chain or not.
const fn by_hash(hash: Hash) -> BlockParam {
	BlockParam::Hash { hash: hash.0, require_canonical: false }
}

impl<C: EthereumChain> EthereumRpc<C> {
	fn count(&self, block: BlockParam) -> Result<Option<U64>, EthError> {
		if block.is_pending() {
			return Ok(Some(U64::from(self.node.pending_transactions()?.len())));
		}
		let block = self.node.block(block)?;
		Ok(block.map(|block| U64::from(block.view.transactions.len())))
	}

	fn no_uncles(&self, block: BlockParam) -> Result<Option<U64>, EthError> {
		Ok(self.node.find(block)?.map(|_| U64::ZERO))
	}
}

impl<C: EthereumChain> BlocksApiServer for EthereumRpc<C> {
	fn block_by_hash(&self, hash: Hash, full: Option<bool>) -> Result<Option<BlockJson>, EthError> {
		let block = self.node.block(by_hash(hash))?;
		block.map(|block| BlockJson::new(&block, full.unwrap_or_default())).transpose()
	}

	fn block_by_number(
		&self,
		number: BlockTag,
		full: Option<bool>,
	) -> Result<Option<BlockJson>, EthError> {
		let full = full.unwrap_or_default();
		if number == BlockTag::Pending {
			return self.node.pending_block(full).map(Some);
		}
		let block = self.node.block(BlockParam::Tag(number))?;
		block.map(|block| BlockJson::new(&block, full)).transpose()
	}

	fn block_receipts(&self, block: BlockParam) -> Result<Option<Vec<ReceiptJson>>, EthError> {
		if block.is_pending() {
			return Ok(None);
		}
		let Some(block) = self.node.block(block)? else { return Ok(None) };
		let all = receipts(&block).map(|receipt: Receipt<'_>| receipt.to_json());
		all.collect::<Result<_, _>>().map(Some)
	}

	fn transaction_count_by_hash(&self, hash: Hash) -> Result<Option<U64>, EthError> {
		self.count(by_hash(hash))
	}

	fn transaction_count_by_number(&self, number: BlockTag) -> Result<Option<U64>, EthError> {
		self.count(BlockParam::Tag(number))
	}

	fn uncle_by_hash(&self, _: Hash, _: Quantity) -> Result<Option<BlockJson>, EthError> {
		Ok(None)
	}

	fn uncle_by_number(&self, _: BlockTag, _: Quantity) -> Result<Option<BlockJson>, EthError> {
		Ok(None)
	}

	fn uncle_count_by_hash(&self, hash: Hash) -> Result<Option<U64>, EthError> {
		self.no_uncles(by_hash(hash))
	}

	fn uncle_count_by_number(&self, number: BlockTag) -> Result<Option<U64>, EthError> {
		self.no_uncles(BlockParam::Tag(number))
	}
}
