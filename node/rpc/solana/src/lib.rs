// SPDX-License-Identifier: Apache-2.0
//! The Solana JSON-RPC and its subscriptions, over an abstract chain.
//!
//! ```text
//!   HTTP, websocket ──► Server ──► module ──► methods ──► SolanaChain (state, pool, news)
//!                                                    └──► SolanaIndex (blocks, transactions)
//! ```
//!
//! Names, shapes, defaults, codes and sentences are those of Agave 4.2 ([`VERSION`]). A slot is a block's
//! height; `processed` and `confirmed` mean the best block, `finalized` the last final one. What is not
//! there on this chain is told as a quiet cluster of one node tells it: no stakes, no votes, no
//! inflation, no rewards, no snapshots.
//!
//! Nothing here knows Substrate.

#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_possible_wrap,
		clippy::cast_sign_loss
	)
)]

mod api;
mod chain;
mod errors;
mod ids;
pub mod limits;
mod node;
mod params;
mod parsed;
mod server;
#[cfg(test)]
mod tests;
mod unsubscribe;
mod views;

pub use api::{module, Faucet};
pub use chain::{ChainError, News, NodeInfo, SolanaChain, SubmitError, SvmKey};
pub use errors::RpcError;
pub use server::{Listening, Server, ServerError};

/// The version of Agave whose JSON-RPC this is.
pub const VERSION: &str = "4.2.2";

/// The number of the set of features that are on, which clients only compare.
pub const FEATURE_SET: u32 = 3_294_202_862;
