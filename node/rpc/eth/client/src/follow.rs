// SPDX-License-Identifier: Apache-2.0
//! The index, kept up with the chain.

use std::{marker::PhantomData, sync::Arc};

use futures::StreamExt;
use parking_lot::Mutex;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto, Zero};
use unum_ethereum_index::{BlockId, ChainChange, EthereumIndex, IndexedBlock};
use unum_ethereum_view::H256;
use unum_rpc_support::Broadcast;

use crate::{
	blocks::{self, IndexingError},
	Client,
};

/// How many blocks are read and then written at once.
const CHUNK: usize = 64;

/// After how many chunks the chain so far is made the best one.
const CHUNKS_PER_STEP: usize = 16;

/// How many blocks below the finalized one forks are kept, for filters that are asked rarely.
const FORKS_KEPT: u64 = 1_024;

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

	/// Indexes the best block and those before it, back to the first that is on the indexed chain already,
	/// or whose state is still there. `progress` is told how many are done, and how many there are.
	///
	/// # Errors
	/// [`IndexingError`]. What was indexed stays.
	pub fn catch_up(&self, progress: impl FnMut(usize, usize)) -> Result<(), IndexingError> {
		let _writing = self.writing.lock();
		self.catch_up_alone(progress)
	}

	fn catch_up_alone(&self, mut progress: impl FnMut(usize, usize)) -> Result<(), IndexingError> {
		let best = self.client.info().best_hash;
		let Some(missing) = self.missing(best)? else { return Ok(()) };
		let total = missing.len();
		for (position, chunk) in missing.chunks(CHUNK).enumerate() {
			let blocks =
				chunk.iter().filter(|hash| !matches!(self.index.contains(**hash), Ok(true)));
			let blocks: Vec<_> = blocks.map(|hash| self.read(*hash)).collect::<Result<_, _>>()?;
			self.index.insert_all(&blocks)?;
			let done = position * CHUNK + chunk.len();
			progress(done, total);
			// Now and then, so that an interruption leaves a chain behind it.
			if let Some(newest) = chunk.last().filter(|_| (position + 1) % CHUNKS_PER_STEP == 0) {
				self.set_best(*newest)?;
			}
		}
		self.set_best(best)
	}

	/// The blocks from `best` back to the indexed chain, oldest first; `None` where there are none to be
	/// had. Where they do not lead there, because states in between are gone, the index begins anew.
	fn missing(&self, best: H256) -> Result<Option<Vec<H256>>, IndexingError> {
		let (mut missing, mut hash) = (Vec::new(), best);
		let is_connected = loop {
			if self.index.is_canonical(hash)? {
				break true;
			}
			let Some(header) = self.client.header(hash)? else { break false };
			missing.push(hash);
			if header.number().is_zero() {
				break true;
			}
			hash = *header.parent_hash();
		};
		missing.reverse();
		// States are pruned from the oldest on.
		let gone = missing.partition_point(|hash| !self.answers(*hash));
		if gone == missing.len() {
			return Ok(Some(missing).filter(Vec::is_empty));
		}
		if (gone > 0 || !is_connected) && self.index.best()?.is_some() {
			log::warn!(
				target: "unum",
				"The Ethereum index begins anew: the states of the blocks after its last one are gone"
			);
			self.index.clear()?;
			return self.missing(best);
		}
		missing.drain(..gone);
		Ok(Some(missing))
	}

	/// Indexes the best block, if the index is a few blocks behind: a node that is catching up with the
	/// network makes nobody wait for it.
	pub(crate) fn bring_up(&self) {
		let best = self.client.info();
		let number: u64 = best.best_number.unique_saturated_into();
		let Ok(indexed) = self.index.best() else { return };
		// An index that was just begun has not even the first block.
		let behind = number.saturating_sub(indexed.as_ref().map_or(0, |block| block.number));
		let is_there = indexed.is_some_and(|block| block.hash == best.best_hash);
		if !is_there && behind <= CLOSE {
			self.report(self.catch_up(|_, _| ()));
		}
	}

	/// Follows the chain for as long as the node runs.
	pub async fn run(self: Arc<Self>) {
		// Those of blocks that are only caught up with, too.
		let mut imported = self.client.every_import_notification_stream();
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

	/// Drops forks that ended long before the finalized block: who follows the chain has heard of them.
	fn forget_forks(&self, finalized: &B::Header) -> Result<(), IndexingError> {
		let _writing = self.writing.lock();
		self.catch_up_alone(|_, _| ())?;
		let BlockId { number, hash } = blocks::id::<B>(finalized);
		if self.index.canonical_hash(number)? == Some(hash) {
			self.index.forget_forks_below(number.saturating_sub(FORKS_KEPT))?;
		}
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

	/// Whether the state of a block is still there, and its runtime knows the questions.
	fn answers(&self, hash: H256) -> bool {
		use unum_runtime_api::EthereumApi;
		self.client.runtime_api().receipts_root(hash).is_ok()
	}

	fn read(&self, hash: H256) -> Result<IndexedBlock, IndexingError> {
		blocks::read::<B, C>(&*self.client, hash)
	}
}
