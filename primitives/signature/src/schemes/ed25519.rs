// SPDX-License-Identifier: Apache-2.0
//! Ed25519, as strict as Solana.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::SignatureError;

/// Checks that `public_key` is one with which somebody can sign.
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`]: no point of the curve, a point of small order, or a point
/// whose coordinate is not written below the prime.
pub fn check_public_key(public_key: &[u8; 32]) -> Result<(), SignatureError> {
	parse_public_key(public_key).map(|_| ())
}

/// Verifies a signature over `message`, which is not hashed before.
///
/// The rules are those of `verify_strict` in ed25519-dalek, which Solana uses: neither the key nor
/// the `R` of the signature has small order, `s` is below the order of the group, and the equation is
/// the one without cofactor.
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`] as in [`check_public_key`]; [`SignatureError::Mismatch`] for
/// everything else.
pub fn verify(
	public_key: &[u8; 32],
	message: &[u8],
	signature: &[u8; 64],
) -> Result<(), SignatureError> {
	parse_public_key(public_key)?
		.verify_strict(message, &Signature::from_bytes(signature))
		.map_err(|_| SignatureError::Mismatch)
}

fn parse_public_key(bytes: &[u8; 32]) -> Result<VerifyingKey, SignatureError> {
	VerifyingKey::from_bytes(bytes)
		.ok()
		.filter(|key| is_canonical(bytes) && !key.is_weak())
		.ok_or(SignatureError::InvalidPublicKey)
}

/// Whether the coordinate is below the prime 2^255 − 19. The library reduces it instead.
fn is_canonical(bytes: &[u8; 32]) -> bool {
	let [low, middle @ .., high] = bytes;
	let above = high & 0x7f == 0x7f && middle.iter().all(|byte| *byte == 0xff) && *low >= 0xed;
	!above
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 2^255 − 19, little-endian.
	const PRIME: [u8; 32] = {
		let mut bytes = [0xff; 32];
		bytes[0] = 0xed;
		bytes[31] = 0x7f;
		bytes
	};

	#[test]
	fn a_coordinate_is_below_the_prime() {
		let with = |low: u8, high: u8| {
			let mut bytes = PRIME;
			(bytes[0], bytes[31]) = (low, high);
			bytes
		};
		for high in [0x7f, 0xff] {
			assert!(is_canonical(&with(0xec, high)));
			assert!(!is_canonical(&with(0xed, high)));
			assert!(!is_canonical(&with(0xff, high)));
		}
		assert!(is_canonical(&with(0xff, 0x7e)));
	}

	#[test]
	fn points_of_small_order_and_above_the_prime_are_no_keys() {
		let one = {
			let mut bytes = [0; 32];
			bytes[0] = 1;
			bytes
		};
		// Order 1, order 4, order 2, and the coordinate 3 written as 3 + p.
		let minus_one = {
			let mut bytes = PRIME;
			bytes[0] = 0xec;
			bytes
		};
		let three_above = {
			let mut bytes = PRIME;
			bytes[0] = 0xf0;
			bytes
		};
		for bytes in [one, [0; 32], minus_one, three_above] {
			assert_eq!(
				check_public_key(&bytes),
				Err(SignatureError::InvalidPublicKey),
				"{bytes:?}"
			);
		}
		let three = {
			let mut bytes = [0; 32];
			bytes[0] = 3;
			bytes
		};
		assert_eq!(check_public_key(&three), Ok(()));
	}
}
