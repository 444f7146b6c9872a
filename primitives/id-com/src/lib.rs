// SPDX-License-Identifier: Apache-2.0
//! The identity commitment that owns everything, and the hashes that derive everything else.
//!
//! ```text
//!                      ┌── Domain::EVM  ──► 20 bytes ─► the identity's EVM address
//!   IdCom (32 bytes) ──┼── Domain::SVM  ──► 32 bytes ─► its SVM address
//!   = AccountId        ├── Domain::BVM  ──► 32 bytes ─► its witness v16 program
//!                      ├── Domain::TRON ──► 20 bytes ─► its TVM address
//!                      └── Domain::MINT ‖ salt ───────► MintId of a token that it creates
//!
//!   foreign address ───── Domain::LEGACY_… ───────────► the IdCom that it has while unbound
//! ```
//!
//! Every derived identifier is SHA-256 over a [`Domain`] tag and its input, and
//! [`tagged_sha256`] is the only function of the chain that computes one. No tag is the beginning of
//! another, so two domains can never hash the same bytes, and one input seen in two domains gives
//! two unrelated identifiers.
//!
//! What this crate does not do: it knows no VM, no text notation but hexadecimal, and no storage.

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

mod domain;
mod id_com;
mod mint_id;
mod shard;
mod text;

pub use domain::{tagged_sha256, Domain};
pub use id_com::IdCom;
pub use mint_id::MintId;
pub use shard::{context_shard, SHARDS};
pub use text::ParseHexError;
