// SPDX-License-Identifier: Apache-2.0
//! The chain as Ethereum's clients see it.
//!
//! The runtime makes these views and the node turns them into JSON: neither links the other. All
//! numbers are plain, all amounts are wei, all text is UTF-8; the words are those of Ethereum's
//! JSON-RPC ([execution-apis]) and of geth's tracers.
//!
//! ```text
//!   block, transaction, receipt    what was included              ([`BlockView`])
//!   request, overrides             what is to be tried out        ([`SimulatedBlock`])
//!   outcome, trace                 what came of it, and how       ([`CallOutcome`], [`Trace`])
//! ```
//!
//! [execution-apis]: https://github.com/ethereum/execution-apis

#![cfg_attr(not(feature = "std"), no_std)]
// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

extern crate alloc;

mod block;
mod call;
mod trace;

pub mod revert;

pub use block::{
	BlockView, IncludedTransaction, LogView, NextBlock, ReceiptView, TransactionBody,
	TransactionView,
};
pub use call::{
	AccessListItem, AccountOverride, Authorization, BlockOverrides, CallOutcome, CallRefusal,
	CallRequest, CallStatus, Checks, EstimateFailure, SimulatedBlock, SimulatedOutcome,
	StorageOverride,
};
pub use primitive_types::{H160, H256, U256};
pub use trace::{
	AccountState, Frame, FrameEnd, FrameKind, FrameLog, SlotChange, Step, StepOptions,
	TouchedAccount, Trace, TraceOptions,
};
