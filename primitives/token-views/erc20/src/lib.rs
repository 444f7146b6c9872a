// SPDX-License-Identifier: Apache-2.0
//! Tokens of the ledger as ERC-20 contracts: calls, results, logs and signed approvals.
//!
//! Every mint of the ledger has an address ([`unum_address::erc20_address`]) at which contracts and
//! wallets find a token contract. There is no such contract: an engine that is about to run the code
//! at that address asks this crate instead, and this crate asks the ledger.
//!
//! ```text
//!   calldata ──► Call::decode ──► reads  ──► TokenHost ──► words ──► return data
//!                    │            writes ──► TokenHost ──┐
//!                    ▼                       (one step)  │ Movement
//!               Erc20Error ──► revert data               ▼
//!                                            the chain's hook ──► movement_log ──► Log
//! ```
//!
//! The same contract stands at the same 20 bytes on the EVM (ERC-20) and on the Tron VM (TRC-20). The
//! two differ only in whose addresses the 20-byte words are, which [`AddressSpace`] says.
//!
//! # What an engine does
//! 1. Returns [`limits::VIEW_CODE`] as the code of the address, so that `extcodesize` is not zero.
//! 2. Refuses DELEGATECALL and CALLCODE into it: the view has no storage to lend.
//! 3. For CALL and STATICCALL, at any depth: charges [`limits::gas`] of the calldata, calls
//!    [`call`], gives back what [`limits::spared`] said before it, and hands on the bytes: `Ok` is return
//!    data, `Err` is a revert with [`Erc20Error::revert_data`].
//!
//! # Logs
//! [`call`] returns none. A token moves from extrinsics and from other VMs, too, and each of those
//! movements has to be logged, so all logs come from one place: the ledger reports each movement once
//! to the chain's [`unum_vm_engine::OnMovement`] hook, and the hook logs what [`movement_log`] makes
//! of it. An engine that logged the result of [`call`] as well would log twice.
//!
//! # All or nothing
//! A call that gives an error has changed nothing: each write checks first and then makes one step of
//! the ledger, which itself is all or nothing. A permit makes two, and the second can't fail.
//!
//! # Amounts
//! Words have 256 bits and the ledger's amounts 128. Nothing is ever truncated:
//! - to *move*, *burn* or *mint* more than 128 bits fails exactly as on a token with 256 bits, since
//!   nobody can have that much;
//! - an *approval* of 2²⁵⁶ − 1 is the unlimited one, which the ledger stores as 2¹²⁸ − 1 and this
//!   view shows as 2²⁵⁶ − 1. Finite approvals from 2¹²⁸ − 1 upwards are refused, as the tokens UNI
//!   and COMP refuse those above 96 bits: to store less would break the promise made to the spender,
//!   and to store "unlimited" would give more than the owner signed.
//!
//! # Calldata
//! Read as contracts compiled by solc 0.8 read it: fewer than four bytes, an unknown selector and
//! missing arguments revert without data, as do an address, `uint8` or `bytes4` with bits set outside
//! of its width, and a call that carries native coins. Bytes after the last argument are ignored.
//!
//! # What this crate does not do
//! It knows no EVM and no gas meter, keeps no state, and does not decide who is called: whether an
//! address is a view, and of which mint, is for the chain's index to say.

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

mod abi;
mod address_space;
mod amount;
mod call;
mod domain;
mod error;
mod log;
mod permit;
mod view;
mod writes;

pub mod limits;
pub mod selector;

pub use address_space::{AbiAddress, AddressSpace};
pub use call::{Call, PermitCall};
pub use domain::{domain_separator, permit_digest, PermitMessage, DOMAIN_VERSION};
pub use error::{Erc20Error, MalformedCall};
pub use log::{movement_log, APPROVAL_TOPIC, TRANSFER_TOPIC};
pub use view::{call, Frame};
