// SPDX-License-Identifier: Apache-2.0
//! The pool, as Ethereum's clients see it.

use std::{
	collections::{btree_map::Entry, BTreeMap, HashMap, HashSet},
	marker::PhantomData,
	sync::Arc,
	time::Duration,
};

use futures::{executor::block_on, StreamExt};
use parking_lot::Mutex;
use sc_transaction_pool_api::{InPoolTransaction, TransactionPool, TxHash};
use sp_runtime::traits::Block as BlockT;
use unum_ethereum_rpc::PoolContent;
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{TransactionBody, TransactionView, H160, H256};
use unum_rpc_support::Broadcast;
use unum_runtime_api::EthereumApi;

use crate::Client;

/// Views of transactions that are gone are forgotten when there are more than this.
const REMEMBERED: usize = 16_384;

/// How many announced transactions the runtime is asked about at once.
const CHUNK: usize = 256;

/// How long to wait before the pool is asked again.
const PAUSE: Duration = Duration::from_millis(10);

/// How long the pool is given to follow the best block.
const PATIENCE: Duration = Duration::from_millis(200);

/// How often it is asked for a transaction that it has announced.
const RETRIES: usize = 50;

/// Transactions that wait, by their hashes in the pool. The runtime says what they are, once.
pub(crate) struct Waiting<B, C, P: TransactionPool> {
	client: Arc<C>,
	pool: Arc<P>,
	known: Mutex<HashMap<TxHash<P>, Option<TransactionView>>>,
	ready: Broadcast<TransactionView>,
	block: PhantomData<fn() -> B>,
}

impl<B, C, P> Waiting<B, C, P>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	pub(crate) fn new(client: Arc<C>, pool: Arc<P>) -> Self {
		let (known, ready) = (Mutex::new(HashMap::new()), Broadcast::new());
		Self { client, pool, known, ready, block: PhantomData }
	}

	/// Transactions that become ready from now on.
	pub(crate) fn ready(&self) -> &Broadcast<TransactionView> {
		&self.ready
	}

	/// Tells who listens of each transaction that becomes ready.
	pub(crate) async fn run(self: Arc<Self>) {
		loop {
			// The pool drops a listener that is far behind.
			let mut imported = self.pool.import_notification_stream().ready_chunks(CHUNK);
			while let Some(hashes) = imported.next().await {
				let this = self.clone();
				let told = tokio::task::spawn_blocking(move || this.tell(hashes)).await;
				if told.is_err() {
					return;
				}
			}
			tokio::time::sleep(PAUSE).await;
		}
	}

	fn tell(&self, hashes: Vec<TxHash<P>>) {
		let found: Vec<_> =
			hashes.into_iter().filter_map(|hash| Some((hash, self.ready_soon(&hash)?))).collect();
		let borrowed: Vec<_> = found.iter().map(|(hash, item)| (*hash, &**item)).collect();
		if let Ok(views) = self.views_of(&borrowed) {
			views.into_iter().flatten().for_each(|view| self.ready.send(view));
		}
	}

	/// A transaction that the pool has announced, which may be a moment before it can be had.
	fn ready_soon(&self, hash: &TxHash<P>) -> Option<Arc<P::InPoolTransaction>> {
		for _ in 0..RETRIES {
			if let Some(found) = self.pool.ready_transaction(hash) {
				return Some(found);
			}
			std::thread::sleep(PAUSE);
		}
		None
	}

	/// All that waits.
	pub(crate) fn content(&self) -> Result<PoolContent, sp_api::ApiError> {
		let best = self.client.info().best_hash;
		// What the best block has taken waits no longer, also while the pool is about to learn of it.
		let ready: Vec<_> = block_on(self.pool.ready_at_with_timeout(best, PATIENCE)).collect();
		let queued = self.pool.futures();
		let views = |found: Vec<Option<TransactionView>>| found.into_iter().flatten().collect();
		let ready: Vec<_> = ready.iter().map(|item| (*item.hash(), &**item)).collect();
		let queued: Vec<_> = queued.iter().map(|item| (*item.hash(), item)).collect();
		let queued = best_of_each_nonce(views(self.views_of(&queued)?));
		Ok(PoolContent { ready: views(self.views_of(&ready)?), queued })
	}

	/// The transaction that waits with this sender and nonce.
	pub(crate) fn of(
		&self,
		from: H160,
		nonce: u64,
	) -> Result<Option<TransactionView>, sp_api::ApiError> {
		let PoolContent { ready, queued } = self.content()?;
		let is_it = |view: &TransactionView| view.from == from && nonce_of(view) == Some(nonce);
		Ok(ready.into_iter().chain(queued).find(is_it))
	}

	fn views_of(
		&self,
		transactions: &[(TxHash<P>, &P::InPoolTransaction)],
	) -> Result<Vec<Option<TransactionView>>, sp_api::ApiError> {
		self.learn(transactions)?;
		let known = self.known.lock();
		Ok(transactions.iter().map(|(hash, _)| known.get(hash).cloned().flatten()).collect())
	}

	/// Asks the runtime about those that are new.
	fn learn(
		&self,
		transactions: &[(TxHash<P>, &P::InPoolTransaction)],
	) -> Result<(), sp_api::ApiError> {
		let new: Vec<_> = {
			let known = self.known.lock();
			transactions.iter().filter(|(hash, _)| !known.contains_key(hash)).collect()
		};
		if new.is_empty() {
			return Ok(());
		}
		let extrinsics = new.iter().map(|(_, item)| (**item.data()).clone()).collect();
		let best = self.client.info().best_hash;
		let views = self.client.runtime_api().waiting(best, extrinsics)?;
		let mut known = self.known.lock();
		if known.len() > REMEMBERED {
			let kept: HashSet<_> = transactions.iter().map(|(hash, _)| *hash).collect();
			known.retain(|hash, _| {
				kept.contains(hash) || self.pool.ready_transaction(hash).is_some()
			});
		}
		known.extend(new.iter().map(|(hash, _)| *hash).zip(views));
		Ok(())
	}
}

/// The pool decides between transactions with the same sender and nonce only when they become ready.
/// Until then the one that pays more is the one that waits: the others are replaced.
fn best_of_each_nonce(queued: Vec<TransactionView>) -> Vec<TransactionView> {
	let mut best: BTreeMap<(H160, Option<u64>), TransactionView> = BTreeMap::new();
	for view in queued {
		match best.entry((view.from, nonce_of(&view))) {
			Entry::Vacant(entry) => {
				entry.insert(view);
			},
			Entry::Occupied(mut entry) => {
				if max_fee_of(&view) > max_fee_of(entry.get()) {
					entry.insert(view);
				}
			},
		}
	}
	best.into_values().collect()
}

fn max_fee_of(view: &TransactionView) -> u128 {
	match &view.body {
		TransactionBody::Raw(raw) => {
			RawTransaction::decode(raw).map(|raw| raw.max_fee_per_gas()).unwrap_or_default()
		},
		TransactionBody::Extrinsic { .. } => 0,
	}
}

/// The nonce of a transaction.
fn nonce_of(view: &TransactionView) -> Option<u64> {
	match &view.body {
		TransactionBody::Raw(raw) => Some(RawTransaction::decode(raw).ok()?.nonce()),
		TransactionBody::Extrinsic { nonce, .. } => Some(*nonce),
	}
}
