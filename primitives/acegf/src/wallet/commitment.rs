// SPDX-License-Identifier: Apache-2.0
//! The commitment that a proof over a pairing curve opens.

use ark_bn254::Fr;
use ark_ff::{BigInteger, PrimeField};
use core::fmt;
use light_poseidon::{Poseidon, PoseidonHasher};
use zeroize::Zeroize;

use super::Rev;

/// Keeps commitments of this chain apart from those that others make of the same secret:
/// `unum-pairing:v1`, big-endian.
pub const PAIRING_DOMAIN: u128 = u128::from_be_bytes(*b"\0unum-pairing:v1");

/// Commits to a secret: standard Poseidon over the scalar field of BN254, with the parameters of
/// [circom] for five inputs, `(rev_hi, rev_lo, salt_hi, salt_lo, domain)`; 32 bytes, big-endian.
///
/// A half is 16 bytes, big-endian, and so less than 2¹²⁸ and the field's order: every (secret, salt,
/// domain) is one input and every input is canonical, whatever the bytes are. Reducing all 32 bytes
/// into one field element would let several secrets open one commitment.
///
/// [circom]: https://github.com/iden3/circomlib/blob/master/circuits/poseidon.circom
///
/// # Errors
/// None that can happen: the library refuses numbers of inputs that it has no parameters for, and it
/// has them for five.
pub fn pairing_commitment(
	rev: &Rev,
	salt: &[u8; 32],
	domain: u128,
) -> Result<[u8; 32], PairingError> {
	let mut inputs = field_inputs(rev.expose(), salt, domain);
	let commitment = poseidon(&inputs);
	inputs.zeroize();
	commitment
}

/// What is hashed.
fn field_inputs(rev: &[u8; 32], salt: &[u8; 32], domain: u128) -> [Fr; 5] {
	let ((rev_hi, rev_lo), (salt_hi, salt_lo)) = (halves(rev), halves(salt));
	[rev_hi, rev_lo, salt_hi, salt_lo, domain].map(Fr::from)
}

fn halves(bytes: &[u8; 32]) -> (u128, u128) {
	let (high, low) = bytes.split_at(16);
	(number(high), number(low))
}

/// Reads bytes, of which there are at most 16, big-endian.
fn number(bytes: &[u8]) -> u128 {
	bytes.iter().fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

fn poseidon(inputs: &[Fr; 5]) -> Result<[u8; 32], PairingError> {
	let mut hasher = Poseidon::<Fr>::new_circom(inputs.len()).map_err(|_| PairingError)?;
	let hash = hasher.hash(inputs).map_err(|_| PairingError)?;
	hash.into_bigint().to_bytes_be().try_into().map_err(|_| PairingError)
}

/// The Poseidon library refused five field elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PairingError;

impl fmt::Display for PairingError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("the Poseidon library has no parameters for five inputs")
	}
}

impl core::error::Error for PairingError {}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	/// Undoes the encoding: five field elements are one (secret, salt, domain).
	fn decoded(inputs: [Fr; 5]) -> ([u8; 32], [u8; 32], u128) {
		let [rev_hi, rev_lo, salt_hi, salt_lo, domain] = inputs.map(|input| {
			let bytes = input.into_bigint().to_bytes_be();
			assert_eq!(bytes[..16], [0; 16], "each input is below 2^128");
			u128::from_be_bytes(bytes[16..].try_into().unwrap())
		});
		let joined = |high: u128, low: u128| {
			[high.to_be_bytes(), low.to_be_bytes()].concat().try_into().unwrap()
		};
		(joined(rev_hi, rev_lo), joined(salt_hi, salt_lo), domain)
	}

	proptest! {
		#[test]
		fn the_encoding_is_injective(rev: [u8; 32], salt: [u8; 32], domain: u128) {
			prop_assert_eq!(decoded(field_inputs(&rev, &salt, domain)), (rev, salt, domain));
		}
	}

	#[test]
	fn the_largest_values_are_no_exception() {
		let all = ([0xff; 32], [0xff; 32], u128::MAX);
		assert_eq!(decoded(field_inputs(&all.0, &all.1, all.2)), all);
	}
}
