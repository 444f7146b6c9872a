// SPDX-License-Identifier: Apache-2.0
//! The EVM: [revm] on the chain's identities and on its one ledger.
//!
//! revm interprets; what an account is, who owns its balance and what a token is, the chain says. The
//! crate is pure over [`EvmHost`], so the same code runs in the Wasm runtime, natively, and under the
//! state tests of Ethereum.
//!
//! ```text
//!   EvmOperation ──► transact ──► revm ──► LedgerJournal ──► ledger (each movement, when it happens)
//!                              │            ▲
//!                              ▼            │ reads, snapshots
//!                      ChainPrecompiles   EvmHost ◄── keep: nonces, code and storage, at the end
//! ```
//!
//! # Fees
//! revm takes none on the chain: the transaction around has paid before, at everybody's price, and gets
//! back what was not used. [`Fees`] says so, because the state tests want revm's own accounting.

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

mod call;
mod database;
mod execution;
mod handler;
mod host;
mod journal;
mod precompiles;
mod raw;
mod revert;
mod simulation;
mod status;
mod tracing;
mod vm;

pub mod limits;

pub use call::EvmOperation;
pub use database::HostDatabase;
pub use execution::{
	transact, transact_on_chain, transact_on_chain_traced, transact_paid, transact_traced,
	EvmContext, TransactError, Transacted,
};
pub use handler::{Fees, TransactHandler};
pub use host::{AccountChanges, EvmAccount, EvmHost, HostFault};
pub use journal::{crossing::TransientSlot, LedgerJournal};
pub use precompiles::{ChainPrecompiles, TokenViewHost};
pub use raw::RawRefusal;
pub use simulation::{simulate, MadeUpBlock, SimulationError};
pub use status::{EvmFailure, EvmHalt};
pub use tracing::{TRACE_BYTES_MAX, TRACE_STEPS_MAX};
pub use vm::{Environment, EvmChain, EvmEngine};
