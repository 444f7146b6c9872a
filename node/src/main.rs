// SPDX-License-Identifier: Apache-2.0
//! The Unum node: networking, consensus, storage and RPC around the runtime.
//!
//! ```text
//! cli.rs         what can be typed, and the help that explains it
//! command.rs     what each command does
//! key.rs         the commands on keys: ours are in the crate `unum-key`, those for nodes the SDK's
//! chain_spec.rs  the chains that the node knows, and those it reads from files
//! replay.rs      executes stored blocks again, in order and in lanes
//! errors.rs      what can go wrong at the start, as sentences
//! benchmark.rs   the measurement of weights (feature `runtime-benchmarks` alone)
//! banner.rs      what a newcomer reads when the node is up
//! rpc.rs         the RPC methods that the SDK does not add by itself
//! dev_rpc.rs     those by which development tools make blocks and move their time
//! service/       a running node: database, network, pool, consensus
//! ```

mod banner;
#[cfg(feature = "runtime-benchmarks")]
mod benchmark;
mod chain_spec;
mod cli;
mod command;
mod dev_rpc;
mod errors;
mod key;
mod replay;
mod rpc;
mod service;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A block asks for some hundred pieces of memory for each transaction, on several threads.
#[global_allocator]
static HEAP: MiMalloc = MiMalloc;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {}", error.one_line());
			ExitCode::FAILURE
		},
	}
}
