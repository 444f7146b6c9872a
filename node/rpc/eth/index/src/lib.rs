// SPDX-License-Identifier: Apache-2.0
//! The chain as Ethereum's clients see it, kept by the node in an embedded database ([SQLite]).
//!
//! A Substrate node finds a block by its hash or height, and nothing else. Ethereum's clients ask for
//! transactions by hash and for logs by address and topic, over the whole of the chain. The node
//! therefore stores the view of every block that it imports, of any fork, and asks this index.
//!
//! ```text
//!   import ──► insert, insert_all     every block, of any fork
//!          ──► set_best               which of them are canonical; what changed, for subscriptions
//!          ──► forget_forks_below     once a height is final
//!   RPC    ──► block, logs_of         of any fork
//!          ──► transaction, logs      of the canonical chain alone
//! ```
//!
//! **Canonical** is the best block with its ancestors, as far back as they are indexed. On a node that
//! began in the middle of the chain, history starts later than at genesis ([`EthereumIndex::oldest`]).
//!
//! **Crashes.** Each call that writes is one transaction of the database: after a crash at any moment
//! it is there as a whole, or not at all. The last ones may be missing after a loss of power. The
//! caller compares [`EthereumIndex::best`] and [`EthereumIndex::contains`] with the chain, and inserts
//! what is missing. Nothing is stored that could not be made again from the chain.
//!
//! **Speed.** A log is found by integers: hashes of its address and of each of its topics, in one
//! B-tree together with the height. A search takes the condition with the fewest entries in its range
//! and checks the others on the logs themselves ([`matches()`]), so the number of addresses and topics
//! does not matter, and a topic that is rare is fast at any position.
//!
//! What this crate does not do: it does not know the chain, the runtime or JSON, and it limits no
//! query but in the number of logs that it finds.
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

mod blocks;
mod canonical;
mod conditions;
mod error;
mod index;
mod insert;
mod keys;
mod matching;
mod search;
mod types;

pub use error::IndexError;
pub use index::EthereumIndex;
pub use matching::matches;
pub use types::{BlockId, ChainChange, FoundLog, IndexedBlock, LogQuery, TransactionPlace};
