// SPDX-License-Identifier: Apache-2.0
//! An oracle for the Solana VM: random transactions, executed by our engine (`pallets/svm/engine`) and by
//! litesvm, which is Agave's own runtime in memory. Both begin with the same accounts, at the same block.
//!
//! ```text
//!  seed ─► scene: mints, accounts, nonces, tables, programs      (by transactions, compared as all others)
//!             │  drawn from what is there
//!             ▼
//!      transaction, signed bytes ─┬─► engine over a chain in memory ──┬─► the same?
//!                                 └─► litesvm ────────────────────────┘
//! ```
//!
//! # Compared
//! Whether a transaction succeeds, else with which error; fee, compute units, logs, return data, inner
//! instructions; and lamports, owner, data and executable flag of every account of the scene.
//!
//! # Known differences
//! Each is meant, and excepted as narrowly as it can be ([`compare`], [`world`]).
//!
//! Ours differs from the main network:
//! - The token, associated token account, memo and lookup table programs are part of the chain here, with
//!   fixed figures for compute units; there they are sBPF. Where a transaction invokes one of them, the
//!   numbers of units are not compared. (Copies of their files that a user deploys are, to the unit.)
//! - Our token program logs the names of its instructions, as the one before p-token did.
//! - It has the 25 instructions of that one; p-token has some more (38, 45, 255).
//! - Mints have at most 18 decimals. An associated token account can't be given to another owner.
//! - What is associated with a token account that has a key of its own shows that account's balance.
//! - Our memo program is the one before litesvm's, which logs in other words, and panics about what is no
//!   text.
//! - The mint of the native coin takes no coins. `SlotHashes` has one entry here; tables need none.
//!
//! litesvm differs from the main network:
//! - A transaction that can't be executed for its programs or the size of its accounts pays its fee, as on
//!   Agave; litesvm takes none.
//! - A transaction that fails uses up the nonce that it names; by litesvm it can come again. One that
//!   succeeds makes the next nonce of the newest blockhash, not of the nonce.
//! - A nonce account has to be one of the message's own keys, and no more than 64 instructions can be in a
//!   message; litesvm does not see to it.
//! - Bytes that are no transaction, or a message that breaks a rule, are refused in our own words.
//!
//! # Running
//! `make svm-differential` (`COUNT=100000`), or `cargo test --release` here. Environment:
//! - `UNUM_SVM_TRANSACTIONS`: how many transactions (2,000).
//! - `UNUM_SVM_SEED`: the seed of the first scene (drawn, and printed). A failure names the seed of its
//!   scene; that seed replays it.

mod assembler;
pub mod compare;
pub mod instructions;
pub mod keys;
pub mod ours;
pub mod scenes;
pub mod seen;
pub mod theirs;
pub mod wire;
pub mod world;
