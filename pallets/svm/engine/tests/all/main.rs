// SPDX-License-Identifier: Apache-2.0
//! The Solana VM on a chain in memory: against the fixtures of the token program, the suite of engines,
//! what upstream says in its own words, and invariants.

mod alt_bn128;
mod associated;
mod bpf_ace;
mod bpf_assembler;
mod bpf_deploy;
mod bpf_vectors;
mod conformance;
mod costs;
mod fixtures;
mod hashes;
mod lookup_tables;
mod memos;
mod nonces;
mod poseidon;
mod precompiles;
mod properties;
mod raw;
mod system;
mod tokens;
mod world;
