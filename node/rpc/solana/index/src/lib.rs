// SPDX-License-Identifier: Apache-2.0
//! What Solana's clients ask about the past, kept by the node in an embedded database ([SQLite]).
//!
//! A Substrate node finds a block by its hash or height, and nothing else. Solana's clients ask for
//! transactions by signature, and for the signatures of an address. The node therefore stores the view
//! of every block that it imports, of any fork, and asks this index.
//!
//! ```text
//!   import ──► insert_all             blocks, of any fork
//!          ──► forget_forks           once a height is final
//!   RPC    ──► block, head            of any fork
//!          ──► transaction, history   of the chain that the caller means
//! ```
//!
//! **Which chain.** The index holds all forks and knows no best one: the node's client knows which block
//! of a height is canonical, and every search is told how to ask ([`Canonical`]). So a reorganisation
//! changes nothing here, and there is no second opinion that could be behind.
//!
//! **Gaps.** A block is inserted after its parent, if its parent can be had at all. So whoever finds a
//! block here finds all its ancestors, back to where history starts ([`SolanaIndex::oldest`]).
//!
//! **Crashes.** Each call that writes is there as a whole or not at all; nothing is stored that could
//! not be made again from the chain.
//!
//! **Speed.** Transactions are found by 64-bit hashes of their signatures and of the addresses that they
//! touch; what is found is compared with what was looked for. Addresses stand together with the slot, so
//! that the newest transactions of an address are read from one place, newest first.
//!
//! [SQLite]: https://sqlite.org

#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_possible_wrap,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

mod error;
mod index;
mod insert;
mod keys;
mod read;
mod types;

pub use error::IndexError;
pub use index::SolanaIndex;
pub use types::{
	BlockHead, BlockId, Canonical, FoundTransaction, HistoryQuery, IndexedBlock, Place,
};
