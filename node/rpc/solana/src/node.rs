// SPDX-License-Identifier: Apache-2.0
//! The chain and the index together: which block a request means, and what is in it.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_index::{BlockId, FoundTransaction, SolanaIndex};
use unum_solana_view::AccountView;

use crate::{
	params::{Commitment, CommitmentConfig},
	ChainError, RpcError, SolanaChain, VERSION,
};

/// The chain behind the methods, with its index.
pub(crate) struct Node<C> {
	chain: Arc<C>,
	index: Arc<SolanaIndex>,
}

impl<C> Clone for Node<C> {
	fn clone(&self) -> Self {
		Self { chain: self.chain.clone(), index: self.index.clone() }
	}
}

impl<C: SolanaChain> Node<C> {
	pub(crate) const fn new(chain: Arc<C>, index: Arc<SolanaIndex>) -> Self {
		Self { chain, index }
	}

	pub(crate) fn chain(&self) -> &C {
		&self.chain
	}

	pub(crate) fn index(&self) -> &SolanaIndex {
		&self.index
	}

	/// The newest block of which the caller can be as sure.
	pub(crate) fn block_of(&self, commitment: Commitment) -> BlockId {
		match commitment {
			Commitment::Processed | Commitment::Confirmed => self.chain.best(),
			Commitment::Finalized => self.chain.finalized(),
		}
	}

	/// The block at which a request is answered.
	pub(crate) fn at(&self, config: &CommitmentConfig) -> Result<BlockId, RpcError> {
		self.chain.bring_up();
		let at = self.block_of(config.level());
		match config.min_context_slot {
			Some(least) if at.slot < least => {
				Err(RpcError::MinContextSlot { context_slot: at.slot })
			},
			_ => Ok(at),
		}
	}

	/// Whether a block is on the best chain, at or below a slot.
	pub(crate) fn is_canonical(&self, id: &BlockId, newest: u64) -> bool {
		id.slot <= newest
			&& matches!(self.chain.canonical(id.slot), Ok(Some(hash)) if hash == id.hash)
	}

	/// The block of a slot on the best chain.
	pub(crate) fn canonical(&self, slot: u64) -> Result<Option<BlockId>, RpcError> {
		Ok(self.chain.canonical(slot)?.map(|hash| BlockId { slot, hash }))
	}

	/// The first slot whose transactions are known.
	pub(crate) fn first_available(&self) -> Result<u64, RpcError> {
		Ok(self.index.oldest()?.map_or_else(|| self.chain.best().slot, |id| id.slot))
	}

	/// A transaction by its first signature, in blocks up to that of a commitment.
	pub(crate) fn transaction(
		&self,
		signature: &[u8; 64],
		newest: u64,
	) -> Result<Option<FoundTransaction>, RpcError> {
		Ok(self.index.transaction(signature, &|id| self.is_canonical(id, newest))?)
	}

	/// One account.
	pub(crate) fn account(
		&self,
		at: BlockId,
		key: SvmAddress,
	) -> Result<Option<AccountView>, ChainError> {
		Ok(self.chain.accounts(at, vec![key])?.pop().flatten())
	}
}

/// An answer with the slot at which it is true.
pub(crate) fn with_context(at: BlockId, value: impl Serialize) -> Value {
	json!({ "context": { "apiVersion": VERSION, "slot": at.slot }, "value": value })
}

/// As [`with_context`], for notifications, which upstream sends without its version.
pub(crate) fn with_slot(slot: u64, value: impl Serialize) -> Value {
	json!({ "context": { "slot": slot }, "value": value })
}
