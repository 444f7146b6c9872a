// SPDX-License-Identifier: Apache-2.0
//! Ethereum transactions, exactly as their wallets signed them.
//!
//! ```text
//!   bytes ──► RawTransaction ──────────► VerifiedTransaction ──────► check_gas ──► engine
//!             one encoding, every field   this chain, rules that      initcode, cap,
//!             in its range                need no state, the sender   intrinsic gas, floor
//! ```
//!
//! Of the transaction types ([EIP-2718]) there are legacy ones with replay protection ([EIP-155]),
//! access lists ([EIP-2930]), dynamic fees ([EIP-1559]) and set code ([EIP-7702]). Blob
//! transactions ([EIP-4844]) are refused, with an error of their own.
//!
//! * [`RawTransaction::decode`] reads bytes. What it accepts is the only encoding of that
//!   transaction: there are no trailing bytes, no padded numbers, no longer form of a shorter length.
//! * [`RawTransaction::verify`] makes a [`VerifiedTransaction`] of it, and nothing else does.
//! * [`check_gas`] is what the pool asks besides: the rules of gas of Osaka.
//!
//! Everything is a pure function, in pure Rust: the result does not depend on the host, on the time
//! or on a feature. What this crate does not do: it knows no state. Nonce and balance of the sender,
//! the base fee and the gas limit of the block, and whether an authorization applies, are the
//! business of who executes.
//!
//! [EIP-155]: https://eips.ethereum.org/EIPS/eip-155
//! [EIP-1559]: https://eips.ethereum.org/EIPS/eip-1559
//! [EIP-2718]: https://eips.ethereum.org/EIPS/eip-2718
//! [EIP-2930]: https://eips.ethereum.org/EIPS/eip-2930
//! [EIP-4844]: https://eips.ethereum.org/EIPS/eip-4844
//! [EIP-7702]: https://eips.ethereum.org/EIPS/eip-7702

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

mod decode;
mod error;
mod fields;
mod gas;
pub mod limits;

// A test that meets what it does not expect has to panic.
mod signature;
mod transaction;
mod verified;
#[cfg(feature = "wallet")]
#[allow(clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
pub mod wallet;

pub use alloy_eip2930::{AccessList, AccessListItem};
pub use alloy_eip7702::{Authorization, RecoveredAuthorization, SignedAuthorization};
pub use alloy_primitives::{Address, Bytes, TxKind, B256, U256};
pub use error::{DecodeError, FeeCapTooLow, Field, GasError, RlpError, VerifyError};
pub use gas::{check_gas, check_gas_cap, check_initcode_size, intrinsic_gas, IntrinsicGas};
pub use signature::Signature;
pub use transaction::{RawTransaction, TransactionType};
pub use verified::VerifiedTransaction;
