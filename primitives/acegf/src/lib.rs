// SPDX-License-Identifier: Apache-2.0
//! Identities that are a list of methods, and the wallet side of them.
//!
//! ```text
//!  chain (no_std)                             wallet (feature `wallet`)
//!  ──────────────                             ─────────────────────────
//!  IdCom ◄── Methods (1 to 4)                 Rev (32 bytes) ◄──► phrase of 24 words
//!              │ kind 2, commitment ◄─────── Poseidon(Rev, salt, domain)
//!              │ kind 3, commitment ◄─────── ML-DSA-44 public key ◄─┐
//!              ▼                                                    │
//!         tagged_sha256(Domain::ID_COM)       HKDF(Rev, label) ─────┴─► Stream keys
//! ```
//!
//! An [`IdCom`](unum_id_com::IdCom) is the tagged hash of the methods by which its owner may prove
//! who they are. The tag and the list keep these identities apart from the ordinary keys that share
//! the same 32 bytes: who breaks one method opens the identities that list it, and no other account.
//!
//! What a chain needs is [`Methods`] and [`ml_dsa_44_commitment`]; the rest of this crate handles the
//! secret, which never leaves a wallet, and is behind the feature `wallet`.
//!
//! What this crate does not do: it verifies no signature and no proof, and signs nothing.

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

mod method;
mod methods;
#[cfg(feature = "wallet")]
pub mod wallet;

pub use method::{ml_dsa_44_commitment, Method, MethodKind};
pub use methods::{Methods, MethodsError};
