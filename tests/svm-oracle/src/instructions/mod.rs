// SPDX-License-Identifier: Apache-2.0
//! Instructions as bytes, written from the descriptions of the programs' interfaces.

pub mod budget;
pub mod forward;
pub mod loader;
pub mod poseidon;
pub mod system;
pub mod tables;
pub mod token;

use sha2::{Digest, Sha256};
use unum_address::SvmAddress;
use unum_spl_token::{create_program_address, find_program_address};

/// Data of an instruction: parts, one after the other.
pub(crate) fn data(parts: &[&[u8]]) -> Vec<u8> {
	parts.concat()
}

/// Bytes with their length before them, as bincode has them.
pub(crate) fn sized(bytes: &[u8]) -> Vec<u8> {
	[&(bytes.len() as u64).to_le_bytes(), bytes].concat()
}

/// The address that a base, a seed and an owner make (`create_with_seed`).
pub fn with_seed(base: &SvmAddress, seed: &str, owner: &SvmAddress) -> SvmAddress {
	let digest = Sha256::digest([base.as_bytes(), seed.as_bytes(), owner.as_bytes()].concat());
	<[u8; 32]>::from(digest).into()
}

/// The address that a program derives from seeds, and its bump.
pub fn derived(seeds: &[&[u8]], program: &SvmAddress) -> (SvmAddress, u8) {
	find_program_address(seeds, program).expect("one of 256 is off the curve")
}

/// The same with a given bump, if there is one.
pub fn derived_with(seeds: &[&[u8]], program: &SvmAddress) -> Option<SvmAddress> {
	create_program_address(seeds, program).ok()
}
