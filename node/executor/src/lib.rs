// SPDX-License-Identifier: Apache-2.0
//! Makes and executes blocks in parallel, bit-identical to `Core_execute_block`.
//!
//! The Wasm runtime is the only definition of what a block does. This crate only chooses which of its
//! extrinsics the runtime executes at the same time, and checks afterwards that this made no difference:
//!
//! ```text
//!   hints ─► plan: runs of extrinsics (lanes) that have no account in common
//!             │
//!   begin ─► inherents ─► lanes, each in a Wasm instance of its own ─► merge ─► end
//!                          │ reads: state before + what the block has     ▲
//!                          │        changed so far, all written down      │ in order, while what
//!                          └ writes: its own ────────────────────────────►│ a lane read is still so
//!                                             executed again otherwise ◄──┘
//! ```
//!
//! # Why the result is the same
//! A lane's result depends on nothing but the values that it read. A lane is merged only when each of them
//! still is what it was, and so does what it would have done in its turn. What every extrinsic changes
//! (events, their number, weight, length, fees) is put together as the runtime says and adds up itself.
//! Whoever goes through the keys of the state, uses a child trie or asks for a root is executed in its
//! turn. At the end the header must be the block's; in every doubt the block is executed again in the
//! ordinary way ([`Fallback`]).

mod author;
mod backend;
mod engine;
mod executor;
mod lane;
mod layer;
mod machine;
mod metrics;
mod plan;
mod report;
mod rules;
mod session;
pub mod signatures;

pub use author::{Authored, Candidate, Candidates, Task};
pub use backend::Apart;
pub use engine::{Engine, Fallback};
pub use executor::{BlockExecutor, Mode, Replayed};
pub use rayon::ThreadPoolBuildError;

pub use machine::{CallError, Machine, Overlay, States};
pub use metrics::Metrics;
pub use report::{Report, Stages};
