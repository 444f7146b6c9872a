// SPDX-License-Identifier: Apache-2.0
//! The chain as Solana's clients see it: accounts, blocks, transactions with what became of them, and
//! simulations, in SCALE. What runtime and node share of it; only the node knows JSON.
//!
//! A slot is a block's height. A blockhash is what wallets put into a transaction: derived from the
//! chain's own block hash and separated from every other chain's ([`BlockView::blockhash`]).
//!
//! Names and meanings are those of Solana's RPC ([`solana-transaction-status`] of Agave 4.2).
//!
//! [`solana-transaction-status`]: https://docs.rs/solana-transaction-status

#![cfg_attr(not(feature = "std"), no_std)]
// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod account;
mod block;
mod error;
mod meta;
mod simulation;

pub use account::{AccountView, ProgramFilter, TokenHolding};
pub use block::{BlockView, ChainInfo, IncludedTransaction, TransactionOrigin};
pub use error::{InstructionError, TransactionError};
pub use meta::{
	InnerInstruction, InnerInstructions, LoadedAddresses, ReturnData, TokenBalance, TransactionMeta,
};
pub use simulation::{SimulationOptions, SimulationOutcome};
