// SPDX-License-Identifier: Apache-2.0
//! What the methods ask of the chain.

use async_trait::async_trait;
use futures::stream::BoxStream;
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_index::BlockId;
use unum_solana_view::{
	AccountView, ChainInfo, ProgramFilter, SimulationOptions, SimulationOutcome, TokenHolding,
	TransactionError,
};

/// The chain behind the methods: its state at a block, its pool and its news.
///
/// Blocks and transactions are not asked for here: they stand in the index
/// ([`SolanaIndex`](unum_solana_index::SolanaIndex)), which holds all forks; the chain says which block
/// of a slot is its own. What is not `async` may block its thread; no method here is called on a thread
/// of the asynchronous runtime, apart from [`submit`](Self::submit), [`news`](Self::news) and
/// [`received`](Self::received).
///
/// # Errors
/// [`ChainError`], wherever a method can fail.
#[async_trait]
#[allow(clippy::missing_errors_doc)]
pub trait SolanaChain: Send + Sync + 'static {
	/// Brings the index up to the best block, if it is a few blocks behind. Called before anything is
	/// answered, so that who has seen a block made finds it there.
	fn bring_up(&self) {}

	/// The best block.
	fn best(&self) -> BlockId;

	/// The newest block that can't be retracted any more.
	fn finalized(&self) -> BlockId;

	/// The first block.
	fn genesis(&self) -> BlockId;

	/// The hash of the block of a slot on the best chain; none where the node has none.
	fn canonical(&self, slot: u64) -> Result<Option<[u8; 32]>, ChainError>;

	/// The blockhash by which wallets name a block of the chain.
	fn blockhash_of(&self, block: [u8; 32]) -> Result<[u8; 32], ChainError>;

	/// What is known of the chain at a block.
	fn info(&self, at: BlockId) -> Result<ChainInfo, ChainError>;

	/// Whether a transaction with this blockhash is taken in the block after `at`.
	fn is_blockhash_valid(&self, at: BlockId, blockhash: [u8; 32]) -> Result<bool, ChainError>;

	/// Accounts, in the order of the keys.
	fn accounts(
		&self,
		at: BlockId,
		keys: Vec<SvmAddress>,
	) -> Result<Vec<Option<AccountView>>, ChainError>;

	/// Accounts that a program owns and that pass all filters: a page of at most `limit`, after the last
	/// one of the page before.
	fn program_accounts(
		&self,
		at: BlockId,
		program: SvmAddress,
		filters: Vec<ProgramFilter>,
		after: Option<SvmAddress>,
		limit: u32,
	) -> Result<Vec<(SvmAddress, AccountView)>, ChainError>;

	/// The token accounts of an owner, of one token or of all, at most `limit`.
	fn token_accounts(
		&self,
		at: BlockId,
		owner: SvmAddress,
		mint: Option<MintId>,
		limit: u32,
	) -> Result<Vec<TokenHolding>, ChainError>;

	/// Runs a transaction on the state at the end of a block.
	fn simulate(
		&self,
		at: BlockId,
		raw: Vec<u8>,
		options: SimulationOptions,
	) -> Result<SimulationOutcome, ChainError>;

	/// What a message would pay, in lamports; none where its blockhash is not known or it is none.
	fn fee_for_message(&self, at: BlockId, message: Vec<u8>) -> Result<Option<u64>, ChainError>;

	/// Gives a transaction to the pool.
	///
	/// # Errors
	/// [`SubmitError`].
	async fn submit(&self, raw: Vec<u8>) -> Result<(), SubmitError>;

	/// What happens to the chain from now on, each told after the index has been brought up to it. It
	/// does not end before the node does; a reader that is too slow sees it end.
	fn news(&self) -> BoxStream<'static, News>;

	/// The first signatures of transactions that the pool takes from now on, without those that a slow
	/// reader has missed.
	fn received(&self) -> BoxStream<'static, [u8; 64]>;

	/// How many slots the node is behind the network; none where it has caught up.
	fn slots_behind(&self) -> Option<u64>;

	/// The node itself, and where it can be asked.
	fn node(&self) -> NodeInfo;
}

/// Something has happened to the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
	/// Blocks have become part of the best chain, oldest first; the last one is the best block.
	Best(Vec<BlockId>),
	/// Blocks have become final, oldest first.
	Finalized(Vec<BlockId>),
}

/// A node, as others see it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodeInfo {
	/// Its key on the network.
	pub identity: SvmKey,
	/// Where it listens for other nodes: `address:port`.
	pub gossip: Option<String>,
	/// Where this JSON-RPC listens: `address:port`.
	pub rpc: Option<String>,
}

/// A key of 32 bytes that has a default.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SvmKey(pub [u8; 32]);

/// Why the chain could not answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChainError {
	/// The node doesn't know the block.
	#[error("block of slot {0} is not known")]
	UnknownBlock(u64),
	/// The node no longer keeps the state of the block.
	#[error("the state of slot {0} is no longer kept")]
	StatePruned(u64),
	/// Too many ask at once.
	#[error("too many requests at once: try again")]
	Busy,
	/// The runtime or the database failed.
	#[error("{0}")]
	Failed(String),
}

/// Why the pool did not take a transaction.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SubmitError {
	/// It can't be included, for a reason that Solana has a name for.
	#[error("{0}")]
	Transaction(TransactionError),
	/// It can't be included, in the words of the chain.
	#[error("{0}")]
	Refused(String),
	/// The runtime or the pool failed.
	#[error("{0}")]
	Failed(String),
}
