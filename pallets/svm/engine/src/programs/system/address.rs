// SPDX-License-Identifier: Apache-2.0
//! Addresses that are a key's own, or derived from another one with a seed.

use core::fmt;
use sp_crypto_hashing::sha2_256;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;
use unum_spl_token::MAX_SEED_LEN;

use super::Seed;

/// What addresses of programs are derived with, so that no seed can make one.
const PROGRAM_ADDRESS_MARKER: &[u8] = b"ProgramDerivedAddress";

/// An address, and from which it is derived, if it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Address {
	pub(super) address: SvmAddress,
	pub(super) base: Option<SvmAddress>,
}

impl Address {
	/// Who signs for it.
	pub(super) fn signer(&self) -> &SvmAddress {
		self.base.as_ref().unwrap_or(&self.address)
	}
}

/// As it stands in upstream's logs.
impl fmt::Display for Address {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Address {{ address: {}, base: ", self.address)?;
		match self.base {
			Some(base) => write!(f, "Some({base}) }}"),
			None => f.write_str("None }"),
		}
	}
}

/// The address that a seed gives (`create_with_seed`, solana-address 2.6).
///
/// # Errors
/// `Custom(0)`: the seed is longer than 32 bytes; `Custom(2)`: the program's address could be confused
/// with what a program derives. Upstream hands the numbers of another enum on, and so they have stayed.
pub(super) fn with_seed(seed: &Seed<'_>) -> Result<SvmAddress, InstructionError> {
	if seed.seed.len() > MAX_SEED_LEN {
		return Err(InstructionError::Custom(0));
	}
	if seed.owner.as_bytes().ends_with(PROGRAM_ADDRESS_MARKER) {
		return Err(InstructionError::Custom(2));
	}
	let parts = [&seed.base.as_bytes()[..], seed.seed.as_bytes(), &seed.owner.as_bytes()[..]];
	Ok(SvmAddress::from(sha2_256(&parts.concat())))
}
