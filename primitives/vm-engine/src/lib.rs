// SPDX-License-Identifier: Apache-2.0
//! What a virtual machine of Unum is.
//!
//! ```text
//!   payload = opcode ‖ SCALE(struct of that opcode)
//!      │  route: a pure function of the first byte            (engines)
//!      ▼
//!   VmEngine::validate ──► rejected before inclusion          (pool; state untouched)
//!      │
//!      ▼
//!   VmEngine::execute over a host, one meter ──► Outcome      (block; snapshot around it)
//!      │
//!      ▼
//!   Receipt ──► receipts root, event, RPC
//! ```
//!
//! An **engine** ([`VmEngine`]) is pure: no FRAME, no I/O, no clock, no randomness. All that it sees
//! of the chain comes through the capabilities of its **host** ([`LedgerHost`], [`IdentityHost`],
//! [`KeyValueHost`]), of which it names only those that it needs. An engine together
//! with the host of its pallet is a [`MountedEngine`], and the dispatcher knows nothing but a tuple
//! of those ([`EngineTuple`]): to add a VM is to add a member to that tuple.
//!
//! Four fates of a transaction stay apart, as four shapes:
//!
//! | fate | shape | what is charged |
//! |---|---|---|
//! | rejected, never in a block | [`PayloadError`], [`Rejection`] | nothing |
//! | included and failed | [`Fate::Reverted`], [`Fate::Halted`], [`Fate::FeesOnly`] | fee and nonce |
//! | dispatch error | the dispatch pallet's own errors | fee and nonce |
//! | fault of ours | [`EngineFault`] | fee and nonce; logged as a defect |
//!
//! What this crate does not do: it holds no state, knows no particular VM, and prices nothing.

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

mod access;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod call;
mod context;
mod engine;
mod engines;
mod host;
mod identity;
mod ledger;
mod meter;
mod opcode;
mod outcome;
mod payload;
mod raw;
mod receipt;
mod tokens;

pub mod limits;

// A test that meets what it does not expect has to panic.
#[cfg(feature = "test-utils")]
#[allow(clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
pub mod conformance;

pub use access::{AccessKey, AccessSet};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::Endow;
pub use call::{VmCall, VmCallResult, VmCalls};
pub use context::{BlockEnv, CallContext, ContextTag};
pub use engine::{MountedEngine, NativeStatus, Vm, VmEngine};
pub use engines::{
	End, EngineInfo, EngineList, EngineTuple, Execution, Link, NoCall, OneOf, Rejection,
	RoutingTable,
};
pub use host::{ChainHost, IdentityControlHost, IdentityHost, KeyValueHost, LedgerHost};
pub use identity::{AddressOrigin, IdentityControl, IdentityError, IdentityRegistry, OwnedAddress};
pub use ledger::{Asset, LedgerError, UnifiedLedger};
pub use meter::{Meter, OutOfGas};
pub use opcode::{Opcode, OpcodeRange};
pub use outcome::{EngineFault, Fate, Log, Outcome};
pub use payload::{Payload, PayloadError};
pub use raw::{RawFee, RawTransaction, ReplayGuard};
pub use receipt::{Receipt, ReceiptStatus};
pub use tokens::{
	Holding, Movement, OnMovement, TokenAuthority, TokenHost, TokenInfo, TokenLedger,
};
