// SPDX-License-Identifier: Apache-2.0
//! How many transactions a node executes, and what they cost it.
//!
//! [`throughput`] makes blocks in memory and executes them in order and in lanes, in one run: what is
//! compared is the execution of blocks and nothing else. [`load`] sends transactions to a running node and
//! watches what the chain makes of them: with the pool, consensus and the database. [`chain`], [`calls`] and
//! [`solana`] are what it is made of; the executor's tests use them as well.

pub mod calls;
pub mod chain;
pub mod load;
mod plot;
pub mod solana;
pub mod throughput;
mod workload;

pub use plot::PlotError;
pub use workload::Workload;
