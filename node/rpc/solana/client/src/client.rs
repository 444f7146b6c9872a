// SPDX-License-Identifier: Apache-2.0
//! The chain of a Substrate client.

use std::sync::Arc;

use async_trait::async_trait;
use futures::{stream::BoxStream, StreamExt};
use sc_transaction_pool_api::TransactionPool;
use sp_api::ApiError;
use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, UniqueSaturatedInto};
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_rpc_support::{Broadcast, Gate, Inside};
use unum_runtime_api::SolanaApi;
use unum_solana_index::BlockId;
use unum_solana_rpc::{ChainError, News, NodeInfo, SolanaChain, SubmitError};
use unum_solana_transaction::RawTransaction;
use unum_solana_view::{
	AccountView, ChainInfo, ProgramFilter, SimulationOptions, SimulationOutcome, TokenHolding,
};

use crate::{submit::submit, Client, Follower};

/// How many slots a node may be behind and still be called healthy (Agave's
/// `--health-check-slot-distance`).
const HEALTHY_SLOTS: u64 = 128;

/// What only the service knows.
pub trait NodeStatus: Send + Sync + 'static {
	/// How many blocks the node is behind the network; none where it has caught up.
	fn slots_behind(&self) -> Option<u64>;
	/// The node, as others see it.
	fn node(&self) -> NodeInfo;
}

/// The chain behind the methods.
pub struct ChainClient<B, C, P> {
	client: Arc<C>,
	pool: Arc<P>,
	follower: Arc<Follower<B, C>>,
	received: Broadcast<[u8; 64]>,
	gate: Gate,
	status: Box<dyn NodeStatus>,
}

impl<B, C, P> std::fmt::Debug for ChainClient<B, C, P> {
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
		let (received, gate) = (Broadcast::new(), Gate::new());
		Self { client, pool, follower, received, gate, status }
	}

	fn id(number: impl UniqueSaturatedInto<u64>, hash: H256) -> BlockId {
		BlockId { slot: number.unique_saturated_into(), hash: hash.0 }
	}

	fn failed(&self, at: BlockId) -> impl Fn(ApiError) -> ChainError + '_ {
		move |error| match self.client.header(H256(at.hash)) {
			Ok(None) => ChainError::UnknownBlock(at.slot),
			Ok(Some(_)) if is_pruned(&error) => ChainError::StatePruned(at.slot),
			_ => ChainError::Failed(error.to_string()),
		}
	}

	/// Waits until the runtime may be asked for what takes long.
	fn enter(&self) -> Result<Inside<'_>, ChainError> {
		self.gate.enter().ok_or(ChainError::Busy)
	}
}

/// Whether the state that was asked is no longer kept, which the client tells in words only.
fn is_pruned(error: &ApiError) -> bool {
	let words = error.to_string();
	words.contains("State already discarded") || words.contains("UnknownBlock")
}

#[async_trait]
impl<B, C, P> SolanaChain for ChainClient<B, C, P>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	fn bring_up(&self) {
		self.follower.bring_up();
	}

	fn best(&self) -> BlockId {
		let info = self.client.info();
		Self::id(info.best_number, info.best_hash)
	}

	fn finalized(&self) -> BlockId {
		let info = self.client.info();
		Self::id(info.finalized_number, info.finalized_hash)
	}

	fn genesis(&self) -> BlockId {
		BlockId { slot: 0, hash: self.client.info().genesis_hash.0 }
	}

	fn canonical(&self, slot: u64) -> Result<Option<[u8; 32]>, ChainError> {
		let Ok(number) = u32::try_from(slot) else { return Ok(None) };
		// The database may know of blocks above the best one that it has left.
		if slot > self.best().slot {
			return Ok(None);
		}
		let found = self.client.hash(number.into());
		let found = found.map_err(|error| ChainError::Failed(error.to_string()))?;
		Ok(found.map(|hash| hash.0))
	}

	fn blockhash_of(&self, block: [u8; 32]) -> Result<[u8; 32], ChainError> {
		let best = self.best();
		let said = self.client.runtime_api().blockhash_of(H256(best.hash), H256(block));
		said.map_err(self.failed(best))
	}

	fn info(&self, at: BlockId) -> Result<ChainInfo, ChainError> {
		let hash = H256(at.hash);
		self.client.runtime_api().chain_info(hash, hash).map_err(self.failed(at))
	}

	fn is_blockhash_valid(&self, at: BlockId, blockhash: [u8; 32]) -> Result<bool, ChainError> {
		let hash = H256(at.hash);
		let said = self.client.runtime_api().is_blockhash_valid(hash, blockhash, hash);
		said.map_err(self.failed(at))
	}

	fn accounts(
		&self,
		at: BlockId,
		keys: Vec<SvmAddress>,
	) -> Result<Vec<Option<AccountView>>, ChainError> {
		if keys.is_empty() {
			return Ok(Vec::new());
		}
		let said = self.client.runtime_api().accounts(H256(at.hash), keys);
		said.map_err(self.failed(at))
	}

	fn program_accounts(
		&self,
		at: BlockId,
		program: SvmAddress,
		filters: Vec<ProgramFilter>,
		after: Option<SvmAddress>,
		limit: u32,
	) -> Result<Vec<(SvmAddress, AccountView)>, ChainError> {
		let _inside = self.enter()?;
		let api = self.client.runtime_api();
		let said = api.program_accounts(H256(at.hash), program, filters, after, limit);
		said.map_err(self.failed(at))
	}

	fn token_accounts(
		&self,
		at: BlockId,
		owner: SvmAddress,
		mint: Option<MintId>,
		limit: u32,
	) -> Result<Vec<TokenHolding>, ChainError> {
		let _inside = self.enter()?;
		let api = self.client.runtime_api();
		let said = api.token_accounts_by_owner(H256(at.hash), owner, mint, limit);
		said.map_err(self.failed(at))
	}

	fn simulate(
		&self,
		at: BlockId,
		raw: Vec<u8>,
		options: SimulationOptions,
	) -> Result<SimulationOutcome, ChainError> {
		let _inside = self.enter()?;
		let hash = H256(at.hash);
		let said = self.client.runtime_api().simulate(hash, raw, options, hash);
		said.map_err(self.failed(at))
	}

	fn fee_for_message(&self, at: BlockId, message: Vec<u8>) -> Result<Option<u64>, ChainError> {
		let hash = H256(at.hash);
		let said = self.client.runtime_api().fee_for_message(hash, message, hash);
		said.map_err(self.failed(at))
	}

	async fn submit(&self, raw: Vec<u8>) -> Result<(), SubmitError> {
		let signature = RawTransaction::decode(&raw).map(|raw| *raw.first_signature().as_bytes());
		submit::<B, C, P>(&self.client, &*self.pool, raw).await?;
		if let Ok(signature) = signature {
			self.received.send(signature);
		}
		Ok(())
	}

	fn news(&self) -> BoxStream<'static, News> {
		self.follower.news().all().boxed()
	}

	fn received(&self) -> BoxStream<'static, [u8; 64]> {
		self.received.newest().boxed()
	}

	fn slots_behind(&self) -> Option<u64> {
		self.status.slots_behind().filter(|slots| *slots > HEALTHY_SLOTS)
	}

	fn node(&self) -> NodeInfo {
		self.status.node()
	}
}
