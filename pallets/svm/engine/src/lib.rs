// SPDX-License-Identifier: Apache-2.0
//! The Solana virtual machine, pure over a host: accounts, programs, syscalls, on the chain's identities
//! and ledger.
//!
//! ```text
//!   bytes of a wallet ─ raw ─┐                           ┌─ programs   built in: System, Token, …
//!   SvmOperation ───── vm ───┴─► message ─► InvokeContext ┤
//!                                  │                      └─ bpf        users': sBPF, syscalls, calls
//!                                  ▼
//!                     Accounts (in memory) ◄─ sync, refresh ─► ledger (each movement when it is due)
//! ```
//!
//! **Accounts** of a transaction are loaded when it begins and kept when it has succeeded. In between,
//! instructions change them in memory, under Solana's rules. Lamports are the native coin of the identity
//! behind a key; they are balanced at the end of each instruction and at each call between programs, and
//! there, if something looks at the ledger, they are moved in it.
//!
//! **Tokens** are the ledger's. The token program is built in; what it shows as accounts is rendered
//! ([`unum_spl_token`]), and read again after everything that may have changed it.
//!
//! **Failure** of any instruction, called or not, fails the whole transaction, so there are no snapshots
//! within one.

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

mod account;
mod accounts;
mod borrowed;
pub mod bpf;
mod call;
mod costs;
mod fixed;
mod frame;
mod host;
mod invoke;
mod logs;
mod message;
mod programs;
mod raw;
mod rent;
mod simulation;
mod status;
mod sysvars;
mod token_view;
mod vm;

pub mod ids;
pub mod limits;
// A test that meets what it does not expect has to panic.
#[cfg(feature = "test-utils")]
#[allow(clippy::expect_used)]
pub mod testing;

pub use account::Account;
pub use accounts::account;
pub use borrowed::{AccountMut, AccountRef};
pub use call::{SvmAccountMeta, SvmOperation};
pub use costs::{units_of, weight_of, ChainCosts};
pub use fixed::account as fixed_account;
pub use frame::{InstructionAccount, InstructionFrame};
pub use host::{Environment, StoredAccount, SvmHost};
pub use invoke::{Budget, InvokeContext};
pub use raw::{fee_of_message, RawRefusal};
pub use rent::minimum_balance;
pub use simulation::simulate;
pub use status::SvmFailure;
pub use vm::SvmEngine;
