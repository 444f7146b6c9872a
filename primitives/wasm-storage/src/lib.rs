// SPDX-License-Identifier: Apache-2.0
//! The entries that a call of the runtime reads and writes, kept inside Wasm until it ends.
//!
//! FRAME's pallets have no memory of their own: each look at an entry is a call out of Wasm, and so is each
//! change, and each of the three hashes that make an entry's key. A transfer of coins looks 80 times at 18
//! entries, and changes them 20 times (`RUST_LOG=state=trace` shows each). While [`kept`] runs, an entry is fetched from the node once, and given
//! back when the call ends or the node has to know of it; hashes are remembered.
//! That is no part of the state transition: what the state is afterwards, what a storage transaction
//! undoes, and what other host functions see is the same.
//!
//! - What is kept has a bound. Long values are not kept, and where there is no room for another entry, the
//!   node has it as before.
//! - Storage transactions are opened, committed and rolled back here and in the node at the same time. So
//!   what is not kept (long values, lists that are appended to, child tries) is undone by the node.
//! - The node is told of all changes before it goes through keys, clears a prefix or computes the root.
//!
//! Outside Wasm, in native tests, storage is reached as ever.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(test, substrate_runtime))]
mod memo;
#[cfg(substrate_runtime)]
mod node;
#[cfg(any(test, substrate_runtime))]
mod store;

/// Runs `work`, and keeps what it reads and writes inside Wasm until it ends. Within another `kept` it is
/// part of that.
///
/// `seed` is something that who sends transactions can not know beforehand, such as the hash of the block
/// before: with it, nobody can choose keys that are dear to look up. It has no other effect.
pub fn kept<R>(seed: impl FnOnce() -> u64, work: impl FnOnce() -> R) -> R {
	#[cfg(substrate_runtime)]
	let _installed = node::install(seed);
	#[cfg(not(substrate_runtime))]
	let _ = seed;
	work()
}
