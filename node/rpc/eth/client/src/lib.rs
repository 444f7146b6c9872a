// SPDX-License-Identifier: Apache-2.0
//! The Ethereum JSON-RPC's view of a running node.
//!
//! ```text
//!   imported blocks ──► Follower ──► EthereumIndex ──► answers about blocks, transactions, logs
//!                          └──────► changes of the best chain ──► filters, subscriptions
//!   pool ──► Waiting ──► pending transactions
//!   client ──► runtime API ──► accounts, calls, estimates, traces
//! ```
//!
//! [`ChainClient`] is the [`EthereumChain`](unum_ethereum_rpc::EthereumChain) of a Substrate client.
//! What a block, a transaction or a refusal is, the runtime of the block says.

mod blocks;
mod client;
mod follow;
mod submit;
mod waiting;

pub use blocks::IndexingError;
pub use client::{ChainClient, NodeStatus};
pub use follow::Follower;

use sc_client_api::{BlockBackend, BlockchainEvents};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block as BlockT;
use unum_ethereum_view::H256;
use unum_runtime_api::{EthereumApi, UnumApi};

/// A client that has all that the methods ask for.
pub trait Client<B: BlockT<Hash = H256>>:
	ProvideRuntimeApi<B, Api: EthereumApi<B> + UnumApi<B>>
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
	C: ProvideRuntimeApi<B, Api: EthereumApi<B> + UnumApi<B>>
		+ HeaderBackend<B>
		+ BlockBackend<B>
		+ BlockchainEvents<B>
		+ Send
		+ Sync
		+ 'static,
{
}
