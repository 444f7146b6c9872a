// SPDX-License-Identifier: Apache-2.0
//! The vectors of BIP-340, see `tests/vectors/SOURCE.txt`.

use unum_signature::{schemes::schnorr, SignatureError};

fn bytes<const N: usize>(text: &str) -> [u8; N] {
	hex::decode(text).expect("hexadecimal digits").try_into().expect("the length")
}

/// Index, key, message, signature and whether it is valid.
fn rows() -> impl Iterator<Item = (u32, [u8; 32], Vec<u8>, [u8; 64], bool)> {
	include_str!("../vectors/bip340.csv").lines().skip(1).map(|line| {
		let fields: Vec<&str> = line.split(',').collect();
		let message = hex::decode(fields[2]).expect("hexadecimal digits");
		let index = fields[0].parse().expect("a number");
		(index, bytes(fields[1]), message, bytes(fields[3]), fields[4] == "TRUE")
	})
}

#[test]
fn all_vectors() {
	let outcomes: Vec<_> = rows()
		.map(|(index, key, message, signature, valid)| {
			let outcome = schnorr::verify(&key, &message, &signature);
			assert_eq!(outcome.is_ok(), valid, "vector {index}: {outcome:?}");
			outcome
		})
		.collect();
	let count = |expected| outcomes.iter().filter(|outcome| **outcome == expected).count();
	assert_eq!(count(Ok(())), 9);
	// 5 and 14: no coordinate of the curve, and above the field.
	assert_eq!(count(Err(SignatureError::InvalidPublicKey)), 2);
	// 9, 12 and 13: r zero, r above the field, s above the order.
	assert_eq!(count(Err(SignatureError::MalformedSignature)), 3);
	// 6, 7, 8, 10 and 11.
	assert_eq!(count(Err(SignatureError::Mismatch)), 5);
	assert_eq!(outcomes.len(), 19);
}
