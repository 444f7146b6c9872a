// SPDX-License-Identifier: Apache-2.0
//! The Solana JSON-RPC's view of a running node.
//!
//! ```text
//!   imported blocks ──► Follower ──► SolanaIndex ──► answers about blocks and transactions
//!                          └──────► news of the best and of the final chain ──► subscriptions
//!   client ──► runtime API ──► accounts, simulations, fees
//!   raw transaction ──► runtime (carry, explain_refusal) ──► pool
//! ```
//!
//! [`ChainClient`] is the [`SolanaChain`](unum_solana_rpc::SolanaChain) of a Substrate client. What a
//! block, a transaction or a refusal is, the runtime of the block says.

mod blocks;
mod client;
mod follow;
mod submit;

pub use blocks::IndexingError;
pub use client::{ChainClient, NodeStatus};
pub use follow::Follower;

use sc_client_api::{BlockBackend, BlockchainEvents};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::Block as BlockT;
use unum_runtime_api::{SolanaApi, UnumApi};

/// A client that has all that the methods ask for.
pub trait Client<B: BlockT<Hash = H256>>:
	ProvideRuntimeApi<B, Api: SolanaApi<B> + UnumApi<B>>
	+ HeaderBackend<B>
	+ BlockBackend<B>
	+ BlockchainEvents<B>
	+ Send
	+ Sync
	+ 'static
{
}

impl<B, C> Client<B> for C
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B, Api: SolanaApi<B> + UnumApi<B>>
		+ HeaderBackend<B>
		+ BlockBackend<B>
		+ BlockchainEvents<B>
		+ Send
		+ Sync
		+ 'static,
{
}
