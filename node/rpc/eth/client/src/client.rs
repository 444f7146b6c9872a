// SPDX-License-Identifier: Apache-2.0
//! The chain of a Substrate client.

use std::sync::Arc;

use async_trait::async_trait;
use codec::Encode;
use futures::{stream::BoxStream, StreamExt};
use sc_transaction_pool_api::TransactionPool;
use sp_api::ApiError;
use sp_runtime::{
	generic::SignedBlock,
	traits::{Block as BlockT, Header as HeaderT, UniqueSaturatedInto},
};
use unum_ethereum_index::{BlockId, ChainChange};
use unum_ethereum_rpc::{ChainError, EthereumChain, PoolContent, SubmitError, SyncProgress};
use unum_ethereum_view::{
	AccountState, EstimateFailure, NextBlock, SimulatedBlock, SimulatedOutcome, Trace,
	TraceOptions, TransactionView, H160, H256,
};
use unum_rpc_support::{Gate, Inside};
use unum_runtime_api::EthereumApi;

use crate::{submit::submit, waiting::Waiting, Client, Follower};

/// Code of the JSON-RPC error of a caller who would have to wait too long (EIP-1474).
const LIMIT_EXCEEDED: i32 = -32_005;

/// What only the service knows.
pub trait NodeStatus: Send + Sync + 'static {
	/// How far the node is behind the network; none where it has caught up.
	fn sync_progress(&self) -> Option<SyncProgress>;
	/// How many peers it is connected to.
	fn peer_count(&self) -> u64;
	/// Name and version of the node.
	fn client_version(&self) -> String;
}

/// The chain behind the methods.
pub struct ChainClient<B, C, P: TransactionPool> {
	client: Arc<C>,
	pool: Arc<P>,
	waiting: Arc<Waiting<B, C, P>>,
	follower: Arc<Follower<B, C>>,
	gate: Gate,
	status: Box<dyn NodeStatus>,
}

impl<B, C, P: TransactionPool> std::fmt::Debug for ChainClient<B, C, P> {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("ChainClient").finish_non_exhaustive()
	}
}

impl<B, C, P> ChainClient<B, C, P>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	/// The chain of `client`, with the transactions of `pool` and the index of `follower`.
	pub fn new(
		client: Arc<C>,
		pool: Arc<P>,
		follower: Arc<Follower<B, C>>,
		status: Box<dyn NodeStatus>,
	) -> Self {
		let waiting = Arc::new(Waiting::new(client.clone(), pool.clone()));
		Self { client, pool, waiting, follower, gate: Gate::new(), status }
	}

	/// Watches the pool for as long as the node runs.
	pub fn watch_pool(&self) -> impl std::future::Future<Output = ()> + Send + 'static {
		self.waiting.clone().run()
	}

	/// Waits until the runtime may be asked for what takes long.
	fn enter(&self) -> Result<Inside<'_>, ChainError> {
		let message = || "too many calls at once: try again".into();
		let refused = || ChainError::Refused { code: LIMIT_EXCEEDED, message: message() };
		self.gate.enter().ok_or_else(refused)
	}

	fn failed(&self, at: H256) -> impl Fn(ApiError) -> ChainError + '_ {
		move |error| match self.client.header(at) {
			Ok(None) => ChainError::UnknownBlock(at),
			Ok(Some(_)) if is_pruned(&error) => ChainError::StatePruned(at),
			_ => ChainError::Failed(error.to_string()),
		}
	}
}

/// Whether the state that was asked is no longer kept, which the client tells in words only.
fn is_pruned(error: &ApiError) -> bool {
	let words = error.to_string();
	words.contains("State already discarded") || words.contains("UnknownBlock")
}

fn stored(error: sp_blockchain::Error) -> ChainError {
	ChainError::Failed(error.to_string())
}

#[async_trait]
impl<B, C, P> EthereumChain for ChainClient<B, C, P>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	fn chain_id(&self, at: H256) -> Result<u64, ChainError> {
		self.client.runtime_api().chain_id(at).map_err(self.failed(at))
	}

	fn bring_up(&self) {
		self.follower.bring_up();
	}

	fn best(&self) -> BlockId {
		let info = self.client.info();
		BlockId { number: info.best_number.unique_saturated_into(), hash: info.best_hash }
	}

	fn finalized(&self) -> BlockId {
		let info = self.client.info();
		BlockId { number: info.finalized_number.unique_saturated_into(), hash: info.finalized_hash }
	}

	fn next_block(&self, at: H256) -> Result<NextBlock, ChainError> {
		self.client.runtime_api().next_block(at).map_err(self.failed(at))
	}

	fn account(&self, at: H256, address: H160) -> Result<AccountState, ChainError> {
		self.client.runtime_api().account(at, address).map_err(self.failed(at))
	}

	fn storage(&self, at: H256, address: H160, slot: H256) -> Result<H256, ChainError> {
		self.client.runtime_api().storage(at, address, slot).map_err(self.failed(at))
	}

	fn simulate(
		&self,
		at: H256,
		blocks: Vec<SimulatedBlock>,
	) -> Result<Vec<SimulatedOutcome>, ChainError> {
		let _inside = self.enter()?;
		self.client.runtime_api().simulate(at, blocks).map_err(self.failed(at))
	}

	fn estimate_gas(
		&self,
		at: H256,
		block: SimulatedBlock,
	) -> Result<Result<u64, EstimateFailure>, ChainError> {
		let _inside = self.enter()?;
		self.client.runtime_api().estimate_gas(at, block).map_err(self.failed(at))
	}

	fn trace_block(
		&self,
		block: H256,
		only: Option<u32>,
		options: TraceOptions,
	) -> Result<Vec<(u32, Trace)>, ChainError> {
		let unknown = || ChainError::UnknownBlock(block);
		let header = self.client.header(block).map_err(stored)?.ok_or_else(unknown)?;
		let body = self.client.block_body(block).map_err(stored)?.ok_or_else(unknown)?;
		let parent = *header.parent_hash();
		let _inside = self.enter()?;
		let api = self.client.runtime_api();
		api.trace_block(parent, header, body, only, options).map_err(self.failed(parent))
	}

	fn raw_header(&self, block: H256) -> Result<Option<Vec<u8>>, ChainError> {
		Ok(self.client.header(block).map_err(stored)?.map(|header| header.encode()))
	}

	fn raw_block(&self, block: H256) -> Result<Option<Vec<u8>>, ChainError> {
		let found = self.client.block(block).map_err(stored)?;
		Ok(found.map(|SignedBlock { block, .. }| block.encode()))
	}

	async fn submit(&self, raw: Vec<u8>) -> Result<H256, SubmitError> {
		submit(&self.client, &*self.pool, &self.waiting, raw).await
	}

	fn pool(&self) -> Result<PoolContent, ChainError> {
		self.waiting.content().map_err(|error| ChainError::Failed(error.to_string()))
	}

	fn pending(&self) -> BoxStream<'static, TransactionView> {
		self.waiting.ready().newest().boxed()
	}

	fn changes(&self) -> BoxStream<'static, ChainChange> {
		self.follower.changes().all().boxed()
	}

	fn sync_progress(&self) -> Option<SyncProgress> {
		self.status.sync_progress()
	}

	fn peer_count(&self) -> u64 {
		self.status.peer_count()
	}

	fn client_version(&self) -> String {
		self.status.client_version()
	}
}
