// SPDX-License-Identifier: Apache-2.0
//! What the methods ask of the chain.

use async_trait::async_trait;
use futures::stream::BoxStream;
use unum_ethereum_index::{BlockId, ChainChange};
use unum_ethereum_view::{
	AccountState, EstimateFailure, NextBlock, SimulatedBlock, SimulatedOutcome, Trace,
	TraceOptions, TransactionView, H160, H256,
};

/// The chain behind the methods: its state at a block, its pool and its news.
///
/// Blocks themselves are not asked for here: they stand in the index
/// ([`EthereumIndex`](unum_ethereum_index::EthereumIndex)), from which "latest" is answered too. A
/// block's hash is that of the chain's own header. What is not `async` may block its thread; no
/// method here is called on a thread of the asynchronous runtime, apart from
/// [`submit`](Self::submit), [`pending`](Self::pending) and [`changes`](Self::changes).
#[async_trait]
pub trait EthereumChain: Send + Sync + 'static {
	/// The chain's number ([EIP-155](https://eips.ethereum.org/EIPS/eip-155)), as it is in the block
	/// `at`.
	///
	/// # Errors
	/// [`ChainError`], here and below.
	fn chain_id(&self, at: H256) -> Result<u64, ChainError>;

	/// Brings the index up to the best block, if it is a few blocks behind. Called before anything is
	/// answered from it, so that who has seen a block made finds it there.
	fn bring_up(&self) {}

	/// The best block. It may be ahead of the index.
	fn best(&self) -> BlockId;

	/// The newest block that can't be retracted any more. It may be ahead of the index.
	fn finalized(&self) -> BlockId;

	/// What is known of the block after `at`.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id).
	fn next_block(&self, at: H256) -> Result<NextBlock, ChainError>;

	/// An account at the end of the block `at`.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id).
	fn account(&self, at: H256, address: H160) -> Result<AccountState, ChainError>;

	/// A slot of a contract at the end of the block `at`.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id).
	fn storage(&self, at: H256, address: H160, slot: H256) -> Result<H256, ChainError>;

	/// Runs blocks that are made up, one after the other, on the state at the end of the block `at`.
	/// There is one outcome for each block, in their order.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id).
	fn simulate(
		&self,
		at: H256,
		blocks: Vec<SimulatedBlock>,
	) -> Result<Vec<SimulatedOutcome>, ChainError>;

	/// The least gas limit with which the one call of `block` does what it does with more of it.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id). That there is no such limit is no error of the chain.
	fn estimate_gas(
		&self,
		at: H256,
		block: SimulatedBlock,
	) -> Result<Result<u64, EstimateFailure>, ChainError>;

	/// Runs a block again and records how its transactions ran: all of them, or only that of the
	/// extrinsic at `only`. Each trace stands beside the position of its extrinsic.
	///
	/// # Errors
	/// See [`chain_id`](Self::chain_id).
	fn trace_block(
		&self,
		block: H256,
		only: Option<u32>,
		options: TraceOptions,
	) -> Result<Vec<(u32, Trace)>, ChainError>;

	/// The chain's own header of a block, SCALE-encoded; none where the node doesn't have it.
	///
	/// # Errors
	/// [`ChainError::Failed`].
	fn raw_header(&self, block: H256) -> Result<Option<Vec<u8>>, ChainError>;

	/// The chain's own block (header and extrinsics), SCALE-encoded; none where the node doesn't have
	/// it any more.
	///
	/// # Errors
	/// [`ChainError::Failed`].
	fn raw_block(&self, block: H256) -> Result<Option<Vec<u8>>, ChainError>;

	/// Gives a signed Ethereum transaction to the pool. Returns its hash.
	///
	/// # Errors
	/// [`SubmitError`].
	async fn submit(&self, raw: Vec<u8>) -> Result<H256, SubmitError>;

	/// What waits in the pool.
	///
	/// # Errors
	/// [`ChainError::Failed`].
	fn pool(&self) -> Result<PoolContent, ChainError>;

	/// One transaction of the pool, by its hash. By default it is searched for in
	/// [`pool`](Self::pool).
	///
	/// # Errors
	/// [`ChainError::Failed`].
	fn pooled(&self, hash: H256) -> Result<Option<TransactionView>, ChainError> {
		let PoolContent { ready, queued } = self.pool()?;
		Ok(ready.into_iter().chain(queued).find(|transaction| transaction.hash == hash))
	}

	/// Transactions that become ready in the pool from now on. The stream may drop the oldest items
	/// that a slow reader has not taken; the items should be shared between readers (a broadcast),
	/// because each filter of pending transactions holds one for as long as it lives. It does not end
	/// before the node does.
	fn pending(&self) -> BoxStream<'static, TransactionView>;

	/// Changes of the best chain from now on, each published after the index has been brought up to
	/// it. It does not end before the node does; a reader that is too slow sees it end.
	fn changes(&self) -> BoxStream<'static, ChainChange>;

	/// How far the node is behind the network; none where it has caught up.
	fn sync_progress(&self) -> Option<SyncProgress>;

	/// How many peers the node is connected to.
	fn peer_count(&self) -> u64;

	/// Name and version of the node: `unum/v0.1.0-…/linux/rust…`.
	fn client_version(&self) -> String;

	/// Whether the node takes connections of peers.
	fn is_listening(&self) -> bool {
		true
	}
}

/// How far a node that is catching up has come, in numbers of blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SyncProgress {
	/// Where it began.
	pub starting: u64,
	/// Where it is.
	pub current: u64,
	/// The highest that it knows of.
	pub highest: u64,
}

/// What waits in the pool.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PoolContent {
	/// Transactions that can be included now, in the order in which they would be.
	pub ready: Vec<TransactionView>,
	/// Transactions that wait for others of their senders.
	pub queued: Vec<TransactionView>,
}

/// Why the chain could not answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChainError {
	/// The node doesn't know the block.
	#[error("header not found")]
	UnknownBlock(H256),
	/// The node no longer keeps the state of the block.
	#[error("historical state {0:?} is not available")]
	StatePruned(H256),
	/// The chain refuses the request as a whole, with the code of the JSON-RPC error and the cause in
	/// geth's words.
	#[error("{message}")]
	Refused {
		/// Code of the JSON-RPC error.
		code: i32,
		/// The cause.
		message: String,
	},
	/// The runtime or the database failed.
	#[error("internal error: {0}")]
	Failed(String),
}

/// Why the pool did not take a transaction.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SubmitError {
	/// The bytes are no transaction.
	#[error("{0}")]
	Malformed(String),
	/// The transaction can't be included; the cause in geth's words, such as
	/// `nonce too low: next nonce 5, tx nonce 4`, `already known`,
	/// `replacement transaction underpriced`.
	#[error("{0}")]
	Refused(String),
}
