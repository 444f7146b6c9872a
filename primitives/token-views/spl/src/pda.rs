// SPDX-License-Identifier: Apache-2.0
//! Addresses that programs derive.

use core::fmt;
use curve25519_dalek::edwards::CompressedEdwardsY;
use sha2::{Digest, Sha256};
use unum_address::SvmAddress;

use crate::ids;

/// How many seeds an address can be derived from, the bump among them (`solana-address`).
pub const MAX_SEEDS: usize = 16;
/// How many bytes one seed can have (`solana-address`).
pub const MAX_SEED_LEN: usize = 32;

const MARKER: &[u8] = b"ProgramDerivedAddress";

/// Why no address can be derived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PdaError {
	/// There are too many seeds, or one is too long.
	MaxSeedLengthExceeded,
	/// The address would be a point of the curve: somebody could have its private key.
	InvalidSeeds,
}

impl fmt::Display for PdaError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::MaxSeedLengthExceeded => {
				write!(f, "an address has at most {MAX_SEEDS} seeds of {MAX_SEED_LEN} bytes")
			},
			Self::InvalidSeeds => f.write_str("the seeds give an address that is a public key"),
		}
	}
}

impl core::error::Error for PdaError {}

fn hash(seeds: &[&[u8]], bump: &[u8], program: &SvmAddress) -> Result<SvmAddress, PdaError> {
	let mut hasher = Sha256::new();
	seeds.iter().for_each(|seed| hasher.update(seed));
	hasher.update(bump);
	hasher.update(program);
	hasher.update(MARKER);
	let bytes: [u8; 32] = hasher.finalize().into();
	let is_key = CompressedEdwardsY(bytes).decompress().is_some();
	if is_key {
		return Err(PdaError::InvalidSeeds);
	}
	Ok(bytes.into())
}

fn ensure_seeds(seeds: &[&[u8]], seeds_max: usize) -> Result<(), PdaError> {
	if seeds.len() > seeds_max || seeds.iter().any(|seed| seed.len() > MAX_SEED_LEN) {
		return Err(PdaError::MaxSeedLengthExceeded);
	}
	Ok(())
}

/// The address that `program` derives from `seeds`: nobody has its private key.
///
/// As `create_program_address` of `solana-address`.
///
/// # Errors
/// `MaxSeedLengthExceeded` for more than 16 seeds or one of more than 32 bytes; `InvalidSeeds` for
/// about every second choice of seeds.
pub fn create_program_address(
	seeds: &[&[u8]],
	program: &SvmAddress,
) -> Result<SvmAddress, PdaError> {
	ensure_seeds(seeds, MAX_SEEDS)?;
	hash(seeds, &[], program)
}

/// The first address, with the bump seed counting down from 255, that is not a public key.
///
/// As `find_program_address` of `solana-address`.
///
/// # Errors
/// `MaxSeedLengthExceeded` for more than 15 seeds or one of more than 32 bytes; `InvalidSeeds` if
/// none of the 255 tried bumps fits, which nobody will ever see.
pub fn find_program_address(
	seeds: &[&[u8]],
	program: &SvmAddress,
) -> Result<(SvmAddress, u8), PdaError> {
	ensure_seeds(seeds, MAX_SEEDS.saturating_sub(1))?;
	(1..=u8::MAX)
		.rev()
		.find_map(|bump| Some((hash(seeds, &[bump], program).ok()?, bump)))
		.ok_or(PdaError::InvalidSeeds)
}

/// The associated token account of `owner` for `mint`, and its bump seed.
///
/// # Examples
/// ```
/// use unum_address::SvmAddress;
/// let (owner, mint) = (SvmAddress::from([1; 32]), SvmAddress::from([0x55; 32]));
/// let (address, bump) = unum_spl_token::associated_token_address(&owner, &mint).unwrap();
/// assert_eq!(address.to_string(), "5r9T2h2F1J7qyou1HnTBFyGEnnr3mzdQU35zSvt9yEbN");
/// assert_eq!(bump, 254);
/// ```
///
/// # Errors
/// As [`find_program_address`]: never in practice.
pub fn associated_token_address(
	owner: &SvmAddress,
	mint: &SvmAddress,
) -> Result<(SvmAddress, u8), PdaError> {
	let token_program = ids::token_program();
	let seeds = [owner.as_ref(), token_program.as_ref(), mint.as_ref()];
	find_program_address(&seeds, &ids::associated_token_program())
}
