// SPDX-License-Identifier: Apache-2.0
//! The wallet's side of ML-DSA-44, and the context string.

use unum_signature::{
	schemes::ml_dsa_44::{verify, SigningKey, CONTEXT_BYTES_MAX},
	SignatureError,
};

fn key() -> SigningKey {
	SigningKey::from_seed(&[7; 32])
}

#[test]
fn the_same_seed_gives_the_same_key_and_signature() {
	let signature = key().sign(b"message", b"context").expect("signs");
	assert_eq!(key().sign(b"message", b"context"), Ok(signature));
	assert_eq!(key().public_key(), key().public_key());
	assert_ne!(key().public_key(), SigningKey::from_seed(&[8; 32]).public_key());
	assert_eq!(verify(&key().public_key(), b"message", b"context", &signature), Ok(()));
	assert_eq!(format!("{:?}", key()), "SigningKey(secret)");
}

#[test]
fn context_and_message_are_apart() {
	let (public, key) = (key().public_key(), key());
	let signature = key.sign(b"message", b"context").expect("signs");
	for (message, context) in [
		(&b"message"[..], &b""[..]),
		(b"contextmessage", b""),
		(b"tmessage", b"contex"),
		(b"", b""),
	] {
		let outcome = verify(&public, message, context, &signature);
		assert_eq!(outcome, Err(SignatureError::Mismatch));
	}
}

#[test]
fn a_context_has_at_most_255_bytes() {
	let context = [1; CONTEXT_BYTES_MAX + 1];
	let longest = &context[1..];
	let signature = key().sign(b"", longest).expect("signs");
	assert_eq!(verify(&key().public_key(), b"", longest, &signature), Ok(()));
	assert_eq!(key().sign(b"", &context), Err(SignatureError::ContextTooLong));
	let outcome = verify(&key().public_key(), b"", &context, &signature);
	assert_eq!(outcome, Err(SignatureError::ContextTooLong));
}
