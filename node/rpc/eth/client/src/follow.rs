// SPDX-License-Identifier: Apache-2.0
//! The index, kept up with the chain.

use std::{collections::VecDeque, marker::PhantomData, sync::Arc};

use futures::StreamExt;
use parking_lot::Mutex;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto};
use unum_ethereum_index::{ChainChange, EthereumIndex, IndexedBlock};
use unum_ethereum_view::H256;

use crate::{
	blocks::{self, IndexingError},
	streams::Broadcast,
	Client,
};

/// How many blocks are indexed between two writes of a walk back, so that memory stays bounded on a
/// long chain.
const BATCH: usize = 1_024;

/// How many blocks the index may be behind for a caller to wait for it.
const CLOSE: u64 = 8;

/// Brings the index up to the chain, and tells who listens how the best chain changes.
pub struct Follower<B, C> {
	client: Arc<C>,
	index: Arc<EthereumIndex>,
	changes: Broadcast<ChainChange>,
	/// One at a time: a change is told in the order in which it is written.
	writing: Mutex<()>,
	block: PhantomData<fn() -> B>,
}

impl<B, C> std::fmt::Debug for Follower<B, C> {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("Follower").finish_non_exhaustive()
	}
}

impl<B, C> Follower<B, C>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
{
	/// Follows the chain of `client` into `index`.
	pub fn new(client: Arc<C>, index: Arc<EthereumIndex>) -> Self {
		let (changes, writing) = (Broadcast::new(), Mutex::new(()));
		Self { client, index, changes, writing, block: PhantomData }
	}

	/// The index.
	pub fn index(&self) -> &Arc<EthereumIndex> {
		&self.index
	}

	/// How the best chain changes from now on.
	pub(crate) fn changes(&self) -> &Broadcast<ChainChange> {
		&self.changes
	}

	/// Indexes the best block and those before it, back to the first that is indexed already, or whose
	/// state is still there. `progress` is told how many are done, and how many there are.
	///
	/// # Errors
	/// [`IndexingError`]. What was indexed stays.
	pub fn catch_up(&self, mut progress: impl FnMut(usize, usize)) -> Result<(), IndexingError> {
		let _writing = self.writing.lock();
		let best = self.client.info().best_hash;
		let (mut done, mut total) = (0, 0);
		loop {
			let (batch, missing) = self.oldest_missing(best)?;
			total = total.max(done + missing);
			if batch.is_empty() {
				break;
			}
			for chunk in batch.chunks(64) {
				let blocks = self.read_all(chunk)?;
				self.index.insert_all(&blocks)?;
				done += chunk.len();
				progress(done, total);
			}
			if let Some(newest) = batch.last() {
				self.set_best(*newest)?;
			}
			if batch.len() == missing {
				break;
			}
		}
		self.set_best(best)
	}

	/// Indexes the best block, if the index is a few blocks behind: a node that is catching up with the
	/// network makes nobody wait for it.
	pub(crate) fn bring_up(&self) {
		let best = self.client.info();
		let number: u64 = best.best_number.unique_saturated_into();
		let Ok(Some(indexed)) = self.index.best() else { return };
		let is_close = number.saturating_sub(indexed.number) <= CLOSE;
		if indexed.hash != best.best_hash && is_close {
			self.report(self.catch_up(|_, _| ()));
		}
	}

	/// Follows the chain for as long as the node runs.
	pub async fn run(self: Arc<Self>) {
		let mut imported = self.client.import_notification_stream();
		let mut finalized = self.client.finality_notification_stream();
		self.report(self.catch_up(|_, _| ()));
		loop {
			futures::select! {
				block = imported.next() => match block {
					Some(_) => self.report(self.catch_up(|_, _| ())),
					None => break,
				},
				block = finalized.next() => match block {
					Some(block) => self.report(self.forget_forks(&block.header)),
					None => break,
				},
			}
		}
	}

	fn report(&self, result: Result<(), IndexingError>) {
		if let Err(error) = result {
			log::warn!(target: "unum", "The Ethereum index could not follow the chain: {error}");
		}
	}

	fn forget_forks(&self, finalized: &B::Header) -> Result<(), IndexingError> {
		self.index.forget_forks_below(blocks::id::<B>(finalized).number)?;
		Ok(())
	}

	fn set_best(&self, hash: H256) -> Result<(), IndexingError> {
		if !self.index.contains(hash)? {
			return Ok(());
		}
		let change = self.index.set_best(hash)?;
		if !change.enacted.is_empty() || !change.retracted.is_empty() {
			self.changes.send(change);
		}
		Ok(())
	}

	/// The oldest blocks before `hash` that are not indexed, oldest first and at most [`BATCH`], and how
	/// many there are in all.
	fn oldest_missing(&self, mut hash: H256) -> Result<(Vec<H256>, usize), IndexingError> {
		let (mut missing, mut count) = (VecDeque::new(), 0);
		while !self.index.contains(hash)? {
			let Some(header) = self.client.header(hash)? else { break };
			if !self.answers(hash) {
				break;
			}
			count += 1;
			missing.push_front(hash);
			missing.truncate(BATCH);
			hash = *header.parent_hash();
		}
		Ok((missing.into(), count))
	}

	/// Whether the state of a block is still there, and its runtime knows the questions.
	fn answers(&self, hash: H256) -> bool {
		use unum_runtime_api::EthereumApi;
		self.client.runtime_api().receipts_root(hash).is_ok()
	}

	fn read_all(&self, hashes: &[H256]) -> Result<Vec<IndexedBlock>, IndexingError> {
		hashes.iter().map(|hash| blocks::read::<B, C>(&*self.client, *hash)).collect()
	}
}
