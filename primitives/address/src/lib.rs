// SPDX-License-Identifier: Apache-2.0
//! The addresses under which an identity is seen, one rule and one notation for each VM.
//!
//! | VM | address | text | derived from an id_com | id_com while unbound |
//! |---|---|---|---|---|
//! | native | [`IdCom`](unum_id_com::IdCom), 32 bytes | `0x` and hexadecimal | itself | itself |
//! | evm | [`EvmAddress`], 20 bytes | EIP-55 | last 20 of `S("evm:" ‖ id_com)` | `S("ace-legacy-evm" ‖ address)` |
//! | svm | [`SvmAddress`], 32 bytes | base58 | `S("svm:" ‖ id_com)` | `S("ace-legacy-solana" ‖ address)` |
//! | bvm | [`BtcScript`], an output script | bech32(m), Base58Check, hexadecimal | witness v16 program `S("bvm:" ‖ id_com)` | `S("ace-legacy-btc-output" ‖ script)` |
//! | tvm | [`TronAddress`], 20 bytes | Base58Check with 0x41 | last 20 of `S("tron:" ‖ id_com)` | `S("ace-legacy-tron" ‖ address)` |
//!
//! `S` is SHA-256, see [`unum_id_com::tagged_sha256`]. Both directions are pure functions: which
//! wallet is *bound* to which identity is the business of the identity pallet.
//!
//! The same 20 bytes on the EVM and on the TVM are two addresses of two identities.

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

mod address;
mod bitcoin;
mod error;
mod evm;
mod svm;
mod text;
mod tron;
mod vm;

pub use address::Address;
pub use bitcoin::{BtcScript, ScriptTooLongError};
pub use error::{ParseAddressError, ParseAddressReason};
pub use evm::{erc20_address, EvmAddress};
pub use svm::SvmAddress;
pub use tron::TronAddress;
pub use vm::{ParseVmKindError, VmKind};
