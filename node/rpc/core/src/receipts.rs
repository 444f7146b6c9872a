// SPDX-License-Identifier: Apache-2.0
//! From a transaction's hash to its receipt.
//!
//! The chain keeps a block's receipts in that block's state only, and has no index by hash. The node
//! therefore writes, for every block that it imports, the block's receipts and the places of their
//! transactions into the auxiliary part of its database. The index
//!
//! - survives restart and pruning, being in the database and holding the receipts themselves;
//! - survives re-orgs: it keeps all places of a transaction, and an answer is a place on the
//!   canonical chain;
//! - fills gaps: from the best block it walks back to what it has.

use std::{marker::PhantomData, sync::Arc};

use codec::{Decode, Encode};
use futures::StreamExt;
use parking_lot::Mutex;
use sc_client_api::{AuxStore, BlockchainEvents};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto};
use unum_runtime_api::UnumApi;
use unum_vm_engine::Receipt;

use crate::RpcError;

/// Keys of the index in the database. The number is the version of the layout.
const BLOCK_PREFIX: &[u8] = b"unum:receipts:1:block:";
const TRANSACTION_PREFIX: &[u8] = b"unum:receipts:1:transaction:";

/// At most this many blocks are indexed between two writes of a walk back, so that memory stays
/// bounded on a long chain.
const BATCH: usize = 4096;

/// Where a receipt stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Place {
	block: H256,
	position: u32,
}

/// A receipt with its block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
	/// The block that includes it.
	pub block_hash: H256,
	/// That block's height.
	pub block_number: u32,
	/// The receipt.
	pub receipt: Receipt,
}

/// The index of receipts by transaction hash.
#[derive(Debug)]
pub struct ReceiptIndex<C, B> {
	client: Arc<C>,
	/// One writer at a time: places are read, extended and written back.
	writing: Mutex<()>,
	block: PhantomData<B>,
}

impl<C, B> ReceiptIndex<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + Send + Sync,
	C::Api: UnumApi<B>,
{
	/// The index in the database of `client`.
	pub fn new(client: Arc<C>) -> Self {
		Self { client, writing: Mutex::new(()), block: PhantomData }
	}

	/// Indexes the best block and those before it, back to the first that is indexed already.
	///
	/// # Errors
	/// The database or the runtime could not answer. What was indexed stays.
	pub fn catch_up(&self) -> Result<(), RpcError> {
		let _writing = self.writing.lock();
		loop {
			let missing = self.missing_from(self.client.info().best_hash)?;
			let complete = missing.len() < BATCH;
			// Oldest first, so that an interruption leaves a chain without gaps behind it.
			missing.iter().rev().try_for_each(|hash| self.index_block(*hash))?;
			if complete {
				return Ok(());
			}
		}
	}

	/// The receipt of the transaction on the canonical chain, if it has one.
	///
	/// # Errors
	/// The database could not answer.
	pub fn receipt(&self, transaction: H256) -> Result<Option<Located>, RpcError> {
		for place in self.places(transaction)? {
			let Some(block_number) = self.canonical_number(place.block)? else { continue };
			let mut stored = self.block_receipts(place.block)?.unwrap_or_default().into_iter();
			let found = usize::try_from(place.position).ok().and_then(|at| stored.nth(at));
			if let Some(receipt) = found {
				return Ok(Some(Located { block_hash: place.block, block_number, receipt }));
			}
		}
		Ok(None)
	}

	/// The receipts of a block, as indexed; `None` where the block is not indexed.
	///
	/// # Errors
	/// The database could not answer.
	pub fn block_receipts(&self, block: H256) -> Result<Option<Vec<Receipt>>, RpcError> {
		let stored = self.client.get_aux(&key(BLOCK_PREFIX, block))?;
		Ok(stored.map(|bytes| Vec::decode(&mut &bytes[..])).transpose()?)
	}

	/// Blocks that are not indexed, newest first: from `hash` back to an indexed one, to genesis, or to
	/// a block whose state is gone. At most [`BATCH`], the oldest of them.
	fn missing_from(&self, mut hash: H256) -> Result<Vec<H256>, RpcError> {
		let mut missing = std::collections::VecDeque::new();
		while self.client.get_aux(&key(BLOCK_PREFIX, hash))?.is_none() {
			let Some(header) = self.client.header(hash)? else { break };
			missing.push_back(hash);
			if missing.len() > BATCH {
				missing.pop_front();
			}
			hash = *header.parent_hash();
		}
		Ok(missing.into())
	}

	fn index_block(&self, block: H256) -> Result<(), RpcError> {
		let receipts = self.receipts_in_state(block);
		let mut entries = vec![(key(BLOCK_PREFIX, block), receipts.encode())];
		for (transaction, position) in first_of_each_transaction(&receipts) {
			let mut places = self.places(transaction)?;
			places.push(Place { block, position });
			entries.push((key(TRANSACTION_PREFIX, transaction), places.encode()));
		}
		let borrowed: Vec<_> = entries.iter().map(|(k, v)| (&k[..], &v[..])).collect();
		Ok(self.client.insert_aux(&borrowed, &[])?)
	}

	/// The receipts in a block's state. A state that is gone, or from before the chain had receipts,
	/// counts as having none: there is nothing to be had from it.
	fn receipts_in_state(&self, block: H256) -> Vec<Receipt> {
		self.client.runtime_api().receipts(block).unwrap_or_else(|error| {
			log::debug!(target: "unum", "No receipts of block {block}: {error}");
			Vec::new()
		})
	}

	fn places(&self, transaction: H256) -> Result<Vec<Place>, RpcError> {
		let stored = self.client.get_aux(&key(TRANSACTION_PREFIX, transaction))?;
		Ok(stored.map(|bytes| Vec::decode(&mut &bytes[..])).transpose()?.unwrap_or_default())
	}

	fn canonical_number(&self, block: H256) -> Result<Option<u32>, RpcError> {
		let Some(number) = self.client.number(block)? else { return Ok(None) };
		let canonical = self.client.hash(number)? == Some(block);
		Ok(canonical.then(|| number.unique_saturated_into()))
	}
}

fn key(prefix: &[u8], hash: H256) -> Vec<u8> {
	[prefix, hash.as_bytes()].concat()
}

/// The position in the block of the first receipt of each transaction.
fn first_of_each_transaction(receipts: &[Receipt]) -> Vec<(H256, u32)> {
	let mut firsts: Vec<(H256, u32)> = Vec::new();
	for (receipt, position) in receipts.iter().zip(0u32..) {
		if firsts.last().map(|(hash, _)| *hash) != Some(receipt.transaction_hash) {
			firsts.push((receipt.transaction_hash, position));
		}
	}
	firsts
}

/// Keeps the index up with the chain, for as long as the node runs.
pub async fn follow_chain<C, B>(index: Arc<ReceiptIndex<C, B>>, client: Arc<C>)
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + BlockchainEvents<B> + Send + Sync,
	C::Api: UnumApi<B>,
{
	let mut imported = client.import_notification_stream();
	while imported.next().await.is_some() {
		if let Err(error) = index.catch_up() {
			log::warn!(target: "unum", "The receipt index could not follow the chain: {error}");
		}
	}
}
