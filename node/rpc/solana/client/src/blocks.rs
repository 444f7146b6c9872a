// SPDX-License-Identifier: Apache-2.0
//! Blocks, as the index keeps them.

use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto};
use unum_runtime_api::SolanaApi;
use unum_solana_index::{BlockId, IndexError, IndexedBlock};

use crate::Client;

/// Why a block could not be indexed.
#[derive(Debug, thiserror::Error)]
pub enum IndexingError {
	/// The index could not be read or written.
	#[error(transparent)]
	Index(#[from] IndexError),
	/// The chain's database could not be read.
	#[error(transparent)]
	Blockchain(#[from] sp_blockchain::Error),
	/// The node has the block's header, but not its body.
	#[error("the body of block {0:?} is not stored")]
	NoBody(H256),
	/// The runtime of the block could not answer: its state is gone, mostly.
	#[error("the state of block {0:?} does not answer: {1}")]
	NoState(H256, sp_api::ApiError),
}

/// Reads a block as Solana's clients see it.
pub(crate) fn read<B, C>(client: &C, hash: H256) -> Result<IndexedBlock, IndexingError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
{
	let header = client.expect_header(hash)?;
	let body = client.block_body(hash)?.ok_or(IndexingError::NoBody(hash))?;
	let view = client.runtime_api().block(hash, body);
	let view = view.map_err(|error| IndexingError::NoState(hash, error))?;
	Ok(IndexedBlock { id: id::<B>(&header), parent: header.parent_hash().0, view })
}

/// Slot and hash of a block.
pub(crate) fn id<B: BlockT<Hash = H256>>(header: &B::Header) -> BlockId {
	BlockId { slot: (*header.number()).unique_saturated_into(), hash: header.hash().0 }
}
