// SPDX-License-Identifier: Apache-2.0
//! The signatures about which implementations of Ed25519 disagree, see `tests/vectors/SOURCE.txt`.

use serde::Deserialize;
use unum_signature::{schemes::ed25519, SignatureError};

#[derive(Deserialize)]
struct Vector {
	message: String,
	pub_key: String,
	signature: String,
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
	hex::decode(text).expect("hexadecimal digits").try_into().expect("the length")
}

#[test]
fn disputed_signatures() {
	let vectors: Vec<Vector> =
		serde_json::from_str(include_str!("../vectors/ed25519_speccheck.json")).expect("a list");
	let (weak, mismatch) = (Err(SignatureError::InvalidPublicKey), Err(SignatureError::Mismatch));
	let expected = [
		// The key has small order.
		weak,
		weak,
		// R has small order.
		mismatch,
		// Key and R have a part of small order, and the equation holds without the cofactor.
		Ok(()),
		// It holds with the cofactor only.
		mismatch,
		mismatch,
		// s is not reduced.
		mismatch,
		mismatch,
		// R is not canonical.
		mismatch,
		mismatch,
	];
	assert_eq!(vectors.len(), expected.len());
	for (index, (vector, expected)) in vectors.iter().zip(expected).enumerate() {
		let message = hex::decode(&vector.message).expect("hexadecimal digits");
		let (key, signature) = (bytes(&vector.pub_key), bytes(&vector.signature));
		assert_eq!(ed25519::verify(&key, &message, &signature), expected, "case {index}");
	}
}
