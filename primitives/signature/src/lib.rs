// SPDX-License-Identifier: Apache-2.0
//! Signatures of the wallets of every chain: strict verification of their schemes, and of the
//! messages that they sign for people.
//!
//! ```text
//!   BindingStatement ──► text ──► message of the wallet's chain ──► scheme ──► is it this wallet?
//!                                 (EIP-191, raw bytes, BIP-322,     (secp256k1,
//!                                  signmessage, signMessageV2)       ed25519, …)
//!
//!   AuthKey + AuthSignature ──────────────────────────────────────► scheme ──► is it this key?
//! ```
//!
//! * [`schemes`]: one module for each scheme. Verification is strict: every signature has one
//!   encoding, and what its signer did not make is refused, also where others tolerate it.
//! * [`AuthKey`]: a key of any scheme that may act for an identity, and its signatures.
//! * [`message`]: how wallets wrap a text before they sign it.
//! * [`binding`]: the statement by which a wallet is bound to an identity, and its proofs.
//!
//! Everything is a pure function, in pure Rust: the result does not depend on the host, on the time
//! or on a feature. What this crate does not do: it stores no nonce and asks no registry; whether a
//! true statement is also a fresh one is the business of the identity pallet.

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

pub mod binding;
mod error;
mod hash;
mod key;
pub mod message;
pub mod schemes;

pub use binding::{verify_binding, BindingError, BindingProof, BindingStatement};
pub use error::SignatureError;
pub use key::{AuthKey, AuthSignature, ML_DSA_44_CONTEXT};
