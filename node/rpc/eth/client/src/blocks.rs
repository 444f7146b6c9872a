// SPDX-License-Identifier: Apache-2.0
//! Blocks, as the index keeps them.

use codec::Encode;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto};
use unum_ethereum_index::{BlockId, IndexError, IndexedBlock};
use unum_ethereum_view::H256;
use unum_runtime_api::EthereumApi;

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

/// Reads a block as Ethereum's clients see it.
pub(crate) fn read<B, C>(client: &C, hash: H256) -> Result<IndexedBlock, IndexingError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
{
	let header = client.expect_header(hash)?;
	let body = client.block_body(hash)?.ok_or(IndexingError::NoBody(hash))?;
	let size = header.encoded_size().saturating_add(body.encoded_size());
	let failed = |error| IndexingError::NoState(hash, error);
	let api = client.runtime_api();
	let receipts_root = api.receipts_root(hash).map_err(failed)?;
	let view = api.block(hash, body).map_err(failed)?;
	Ok(IndexedBlock {
		id: id::<B>(&header),
		parent_hash: *header.parent_hash(),
		state_root: *header.state_root(),
		extrinsics_root: *header.extrinsics_root(),
		receipts_root,
		size: u64::try_from(size).unwrap_or(u64::MAX),
		view,
	})
}

/// Number and hash of a block.
pub(crate) fn id<B: BlockT<Hash = H256>>(header: &B::Header) -> BlockId {
	BlockId { number: (*header.number()).unique_saturated_into(), hash: header.hash() }
}
