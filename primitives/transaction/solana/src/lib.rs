// SPDX-License-Identifier: Apache-2.0
//! Solana transactions, exactly as their wallets signed them.
//!
//! ```text
//!   bytes ──► RawTransaction ────────► Verified ────────────► ResolvedMessage ──► engine
//!             one encoding, legacy      upstream's rules,      all accounts, who signs,
//!             or version 0              every signature        what may be written
//! ```
//!
//! * [`RawTransaction::decode`] reads bytes. What it accepts is the only encoding of that transaction:
//!   there are no trailing bytes and no longer form of a shorter length.
//! * [`RawTransaction::verify`] makes a [`Verified`] of it, and nothing else does.
//! * [`Verified::resolve`] adds the accounts that address lookup tables name.
//! * [`compute_budget`] reads what a transaction asks for and offers.
//! * [`compile_legacy`] and [`compile_v0`] go the other way: from instructions to a message; so does
//!   [`synthesize`], for what moved without a Solana wallet.
//!
//! Everything is a pure function, in pure Rust. What this crate does not do: it knows no state.
//! Whether the blockhash is recent, the payer can pay and a lookup table exists is the business of who
//! executes.
//!
//! The rules are those of Agave 4.2; each item names the file from which its rule is known.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod base58;
mod budget;
mod compact;
mod compile;
mod decode;
mod encode;
mod error;
pub mod ids;
pub mod limits;
mod message;
mod resolved;
mod sanitize;
mod synthesize;
mod transaction;
mod verified;

#[cfg(feature = "wallet")]
pub mod wallet;

pub use base58::{Blockhash, ParseBase58Error, Signature};
pub use budget::{compute_budget, ComputeBudget};
pub use compile::{compile_legacy, compile_v0, AccountMeta, Instruction, LookupTable};
pub use error::{
	CompileError, ComputeBudgetError, DecodeError, ResolveError, SanitizeError, VerifyError,
};
pub use message::{AddressTableLookup, CompiledInstruction, Header, Message, Version};
pub use resolved::ResolvedMessage;
pub use synthesize::synthesize;
pub use transaction::RawTransaction;
pub use unum_solana_view::LoadedAddresses;
pub use verified::Verified;
