// SPDX-License-Identifier: Apache-2.0
//! The index, kept up with the chain.

use std::{marker::PhantomData, sync::Arc};

use futures::StreamExt;
use parking_lot::Mutex;
use sc_client_api::FinalityNotification;
use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto, Zero};
use unum_rpc_support::Broadcast;
use unum_runtime_api::SolanaApi;
use unum_solana_index::{BlockId, SolanaIndex};
use unum_solana_rpc::News;

use crate::{
	blocks::{self, IndexingError},
	Client,
};

/// How many blocks are read and then written at once.
const CHUNK: usize = 64;

/// How many blocks below the finalized one forks are kept, for who is about to read them.
const FORKS_KEPT: u64 = 256;

/// How many slots are searched for forks to forget: more than become final at once.
const FORKS_SEARCHED: u64 = 1_024;

/// How many blocks the index may be behind for a caller to wait for it.
const CLOSE: u64 = 8;

/// Of how many new blocks subscribers hear at once: a node that catches up with the network has many.
const NEWS_MAX: usize = 256;

/// Brings the index up to the chain, and tells who listens what happens to that.
pub struct Follower<B, C> {
	client: Arc<C>,
	index: Arc<SolanaIndex>,
	news: Broadcast<News>,
	/// The best block that was told of. One writes and tells at a time, so news are told in the order in
	/// which they are written.
	told: Mutex<H256>,
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
	pub fn new(client: Arc<C>, index: Arc<SolanaIndex>) -> Self {
		let told = Mutex::new(client.info().best_hash);
		Self { client, index, news: Broadcast::new(), told, block: PhantomData }
	}

	/// The index.
	pub fn index(&self) -> &Arc<SolanaIndex> {
		&self.index
	}

	/// What happens from now on.
	pub(crate) fn news(&self) -> &Broadcast<News> {
		&self.news
	}

	/// Indexes the best block and those before it, back to the first that is indexed already, or whose
	/// state is still there; then tells of a new best block.
	///
	/// # Errors
	/// [`IndexingError`]. What was indexed stays.
	pub fn catch_up(&self) -> Result<(), IndexingError> {
		let mut told = self.told.lock();
		let best = self.client.info().best_hash;
		// Oldest first: a block that is there has its ancestors below it.
		for chunk in self.missing(best)?.chunks(CHUNK) {
			let blocks = chunk.iter().map(|hash| blocks::read::<B, C>(&*self.client, *hash));
			self.index.insert_all(&blocks.collect::<Result<Vec<_>, _>>()?)?;
		}
		if *told != best {
			// Where headers in between are not there, as after a sync that leaves blocks out, the best
			// block is all that is new.
			let enacted = self.enacted(*told, best);
			let enacted = enacted.or_else(|_| self.step(best).map(|(id, _)| vec![id]))?;
			*told = best;
			if !enacted.is_empty() {
				self.news.send(News::Best(enacted));
			}
		}
		Ok(())
	}

	/// The blocks from `best` back to the first that is indexed, oldest first. Where states in between are
	/// gone, the index begins anew: it has no gaps.
	fn missing(&self, best: H256) -> Result<Vec<H256>, IndexingError> {
		let (mut missing, mut hash) = (Vec::new(), best);
		let is_connected = loop {
			if self.index.contains(hash.0)? {
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
		let has_gap = gone > 0 || !is_connected;
		if has_gap && gone < missing.len() && self.index.newest()?.is_some() {
			log::warn!(
				target: "unum",
				"The Solana index begins anew: the states of the blocks after its last one are gone"
			);
			self.index.clear()?;
			return self.missing(best);
		}
		Ok(missing.split_off(gone))
	}

	/// Whether the state of a block is still there, and its runtime knows the questions.
	fn answers(&self, hash: H256) -> bool {
		self.client.runtime_api().chain_info(hash, hash).is_ok()
	}

	/// The blocks of the chain of `new` that are not in that of `old`, oldest first.
	fn enacted(&self, old: H256, new: H256) -> Result<Vec<BlockId>, IndexingError> {
		let (mut enacted, mut left, mut right) = (Vec::new(), self.step(old)?, self.step(new)?);
		while left.0 != right.0 && enacted.len() < NEWS_MAX {
			let is_longer = right.0.slot >= left.0.slot;
			if left.0.slot >= right.0.slot {
				left = self.step(left.1)?;
			}
			if is_longer {
				enacted.push(right.0);
				right = self.step(right.1)?;
			}
		}
		enacted.reverse();
		Ok(enacted)
	}

	/// A block and its parent.
	fn step(&self, hash: H256) -> Result<(BlockId, H256), IndexingError> {
		let header = self.client.expect_header(hash)?;
		Ok((blocks::id::<B>(&header), *header.parent_hash()))
	}

	/// Indexes the best block, if the index is a few blocks behind: a node that is catching up with the
	/// network makes nobody wait for it.
	pub(crate) fn bring_up(&self) {
		let best = self.client.info();
		if matches!(self.index.contains(best.best_hash.0), Ok(true)) {
			return;
		}
		let number: u64 = best.best_number.unique_saturated_into();
		let Ok(newest) = self.index.newest() else { return };
		// An index that was just begun has not even the first block.
		if number.saturating_sub(newest.map_or(0, |id| id.slot)) <= CLOSE {
			self.report(self.catch_up());
		}
	}

	/// Follows the chain for as long as the node runs.
	pub async fn run(self: Arc<Self>) {
		// Those of blocks that are only caught up with, too.
		let mut imported = self.client.every_import_notification_stream();
		let mut finalized = self.client.finality_notification_stream();
		self.report(self.catch_up());
		loop {
			futures::select! {
				block = imported.next() => match block {
					Some(_) => self.report(self.catch_up()),
					None => break,
				},
				block = finalized.next() => match block {
					Some(notification) => self.report(self.finalize(&notification)),
					None => break,
				},
			}
		}
	}

	fn report(&self, result: Result<(), IndexingError>) {
		if let Err(error) = result {
			log::warn!(target: "unum", "The Solana index could not follow the chain: {error}");
		}
	}

	/// Tells of blocks that have become final, and drops forks that ended long before.
	fn finalize(&self, notification: &FinalityNotification<B>) -> Result<(), IndexingError> {
		self.catch_up()?;
		let newest = blocks::id::<B>(&notification.header);
		let mut blocks = vec![newest];
		for hash in notification.tree_route.iter().rev().take(NEWS_MAX) {
			blocks.push(self.step(*hash)?.0);
		}
		blocks.reverse();
		self.news.send(News::Finalized(blocks));
		let below = newest.slot.saturating_sub(FORKS_KEPT);
		let slots = below.saturating_sub(FORKS_SEARCHED)..below;
		self.index.forget_forks(slots, &|id| self.is_canonical(id))?;
		Ok(())
	}

	/// Whether a block is on the best chain. One that can't be told is taken for it.
	fn is_canonical(&self, id: &BlockId) -> bool {
		match u32::try_from(id.slot).map(|number| self.client.hash(number.into())) {
			Ok(Ok(Some(hash))) => hash.0 == id.hash,
			_ => true,
		}
	}
}
