// SPDX-License-Identifier: Apache-2.0
//! The conformance suite of engines and hosts, and the tools to test them without FRAME.
//!
//! The suite belongs to the traits: each engine instantiates all of [`engine`] by
//! [`engine_conformance!`](crate::engine_conformance), once per host that it runs on, and each host
//! all of [`host`] by [`host_conformance!`](crate::host_conformance).

mod echo;
pub mod engine;
pub mod host;
mod memory;
mod memory_identity;
mod memory_tokens;

pub use echo::{Echo, EchoCall, EchoStatus};
pub use memory::MemoryHost;
pub use memory_identity::GENESIS;
