// SPDX-License-Identifier: Apache-2.0
//! The chain and its index, as the methods ask them: for a block or a transaction in the caller's words.

use std::sync::Arc;

use unum_ethereum_index::{BlockId, EthereumIndex, IndexedBlock};
use unum_ethereum_view::{IncludedTransaction, H256};

use crate::{
	params::{BlockParam, BlockTag},
	EthError, EthereumChain,
};

/// A chain with its index.
///
/// "latest" is the newest block of the index, "safe" is "finalized", and "pending" stands on the state
/// of "latest".
#[derive(Debug)]
pub struct Node<C> {
	chain: Arc<C>,
	index: Arc<EthereumIndex>,
}

impl<C> Clone for Node<C> {
	fn clone(&self) -> Self {
		Self { chain: self.chain.clone(), index: self.index.clone() }
	}
}

/// A transaction of the best chain, in its block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundTransaction {
	/// The block.
	pub block: IndexedBlock,
	/// Its position among the block's transactions.
	pub position: usize,
}

impl FoundTransaction {
	/// The transaction itself.
	pub fn transaction(&self) -> Option<&IncludedTransaction> {
		self.block.view.transactions.get(self.position)
	}
}

impl<C: EthereumChain> Node<C> {
	/// A chain with its index.
	pub const fn new(chain: Arc<C>, index: Arc<EthereumIndex>) -> Self {
		Self { chain, index }
	}

	/// The chain.
	pub fn chain(&self) -> &C {
		&self.chain
	}

	/// The index.
	pub fn index(&self) -> &EthereumIndex {
		&self.index
	}

	/// The newest block of the index.
	///
	/// # Errors
	/// [`EthError::HeaderNotFound`] while the index is empty.
	pub fn best(&self) -> Result<BlockId, EthError> {
		self.chain.bring_up();
		self.index.best()?.ok_or(EthError::HeaderNotFound)
	}

	/// The block that is meant, if the node has it. A pending block is looked up as the latest.
	///
	/// # Errors
	/// [`EthError::Pruned`], [`EthError::NotCanonical`].
	pub fn find(&self, block: BlockParam) -> Result<Option<BlockId>, EthError> {
		match block {
			BlockParam::Tag(tag) => self.find_tag(tag),
			BlockParam::Hash { hash, require_canonical } => {
				self.chain.bring_up();
				let Some(found) = self.index.block_id(hash)? else { return Ok(None) };
				match require_canonical && !self.index.is_canonical(hash)? {
					true => Err(EthError::NotCanonical(hash)),
					false => Ok(Some(found)),
				}
			},
		}
	}

	fn find_tag(&self, tag: BlockTag) -> Result<Option<BlockId>, EthError> {
		match tag {
			BlockTag::Latest | BlockTag::Pending => self.best().map(Some),
			BlockTag::Earliest => Ok(self.index.oldest()?),
			BlockTag::Finalized | BlockTag::Safe => self.finalized().map(Some),
			BlockTag::Number(number) => self.find_number(number),
		}
	}

	/// The finalized block, as far as the index has come.
	fn finalized(&self) -> Result<BlockId, EthError> {
		let (best, finalized) = (self.best()?, self.chain.finalized());
		match self.index.canonical_hash(finalized.number)? {
			Some(hash) => Ok(BlockId { number: finalized.number, hash }),
			None if finalized.number > best.number => Ok(best),
			None => Err(EthError::Pruned),
		}
	}

	fn find_number(&self, number: u64) -> Result<Option<BlockId>, EthError> {
		self.chain.bring_up();
		if let Some(hash) = self.index.canonical_hash(number)? {
			return Ok(Some(BlockId { number, hash }));
		}
		match self.index.oldest()? {
			Some(oldest) if number < oldest.number => Err(EthError::Pruned),
			_ => Ok(None),
		}
	}

	/// The block on whose state something is to be done.
	///
	/// # Errors
	/// As [`find`](Self::find), and [`EthError::HeaderNotFound`] or [`EthError::HashNotFound`].
	pub fn require(&self, block: BlockParam) -> Result<BlockId, EthError> {
		self.find(block)?.ok_or(match block {
			BlockParam::Tag(_) => EthError::HeaderNotFound,
			BlockParam::Hash { .. } => EthError::HashNotFound,
		})
	}

	/// The block that is meant with all that is in it, if the node has it.
	///
	/// # Errors
	/// As [`find`](Self::find).
	pub fn block(&self, block: BlockParam) -> Result<Option<IndexedBlock>, EthError> {
		let Some(id) = self.find(block)? else { return Ok(None) };
		Ok(self.index.block(id.hash)?)
	}

	/// The block with that hash.
	///
	/// # Errors
	/// [`EthError::HashNotFound`].
	pub fn block_of(&self, hash: H256) -> Result<IndexedBlock, EthError> {
		self.index.block(hash)?.ok_or(EthError::HashNotFound)
	}

	/// The transaction with that hash, if it is on the best chain.
	///
	/// # Errors
	/// [`EthError::Index`].
	pub fn transaction(&self, hash: H256) -> Result<Option<FoundTransaction>, EthError> {
		self.chain.bring_up();
		let Some(place) = self.index.transaction(hash)? else { return Ok(None) };
		let Some(block) = self.index.block(place.block.hash)? else { return Ok(None) };
		let position = usize::try_from(place.position).unwrap_or(usize::MAX);
		Ok(Some(FoundTransaction { block, position }))
	}
}
