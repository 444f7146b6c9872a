// SPDX-License-Identifier: Apache-2.0
//! Keys that act for an identity, against the wallets of Substrate.

use codec::{Decode, Encode, MaxEncodedLen};
use sp_core::{bounded::BoundedVec, ecdsa, ed25519, sr25519, Pair};
use unum_signature::{
	schemes::{ml_dsa_44::SigningKey, secp256k1::PublicKey},
	AuthKey, AuthSignature, SignatureError, ML_DSA_44_CONTEXT,
};

use crate::wallets::{join_65, negate_s, split_65};

const SEED: [u8; 32] = [7; 32];
const MESSAGE: &[u8] = b"a call";

fn ml_dsa_signature(seed: [u8; 32], message: &[u8]) -> AuthSignature {
	let key = SigningKey::from_seed(&seed);
	let signature = key.sign(message, ML_DSA_44_CONTEXT).expect("signs");
	AuthSignature::MlDsa44 {
		public_key: BoundedVec::truncate_from(key.public_key().to_vec()),
		signature: BoundedVec::truncate_from(signature.to_vec()),
	}
}

/// A key of each scheme and its signature over a message, made by Substrate's own libraries where it
/// has the scheme.
pub(crate) fn signed(seed: [u8; 32], message: &[u8]) -> [(AuthKey, AuthSignature); 4] {
	let sr25519 = sr25519::Pair::from_seed(&seed);
	let ed25519 = ed25519::Pair::from_seed(&seed);
	let ecdsa = ecdsa::Pair::from_seed(&seed);
	let public_key = SigningKey::from_seed(&seed).public_key();
	[
		(AuthKey::Sr25519(sr25519.public().0), AuthSignature::Sr25519(sr25519.sign(message).0)),
		(AuthKey::Ed25519(ed25519.public().0), AuthSignature::Ed25519(ed25519.sign(message).0)),
		(AuthKey::Secp256k1(ecdsa.public().0), AuthSignature::Secp256k1(ecdsa.sign(message).0)),
		(
			AuthKey::of_ml_dsa_44(&public_key).expect("a public key"),
			ml_dsa_signature(seed, message),
		),
	]
}

#[test]
fn each_scheme_verifies_its_own_signatures_only() {
	let pairs = signed(SEED, MESSAGE);
	for (i, (key, _)) in pairs.iter().enumerate() {
		assert_eq!(key.check(), Ok(()));
		for (j, (_, signature)) in pairs.iter().enumerate() {
			let expected = if i == j { Ok(()) } else { Err(SignatureError::WrongScheme) };
			assert_eq!(key.verify(MESSAGE, signature), expected, "{i} {j}");
		}
	}
}

#[test]
fn another_message_or_key_is_a_mismatch() {
	for ((key, signature), (other, _)) in
		signed(SEED, MESSAGE).into_iter().zip(signed([8; 32], MESSAGE))
	{
		assert_eq!(key.verify(b"another call", &signature), Err(SignatureError::Mismatch));
		assert_eq!(key.verify(b"", &signature), Err(SignatureError::Mismatch));
		let expected = match other {
			AuthKey::MlDsa44(_) => SignatureError::ForeignPublicKey,
			_ => SignatureError::Mismatch,
		};
		assert_eq!(other.verify(MESSAGE, &signature), Err(expected));
	}
}

/// `SHA-256("ace-mldsa44:v1" ‖ public key)`.
#[test]
fn an_ml_dsa_key_is_the_commitment_of_the_identity_spec() {
	let public_key = SigningKey::from_seed(&SEED).public_key();
	let hash = sp_crypto_hashing::sha2_256(&[b"ace-mldsa44:v1", &public_key[..]].concat());
	assert_eq!(AuthKey::of_ml_dsa_44(&public_key), Ok(AuthKey::MlDsa44(hash)));
	for wrong in [&public_key[1..], &[&public_key[..], &[0]].concat(), &[]] {
		assert_eq!(AuthKey::of_ml_dsa_44(wrong), Err(SignatureError::InvalidPublicKey));
	}
}

/// A key of another length cannot be the committed one, so only the signature's length is left.
#[test]
fn an_ml_dsa_signature_of_another_length_is_malformed() {
	let [.., (key, signature)] = signed(SEED, MESSAGE);
	let AuthSignature::MlDsa44 { public_key, mut signature } = signature else { panic!("kind 4") };
	signature.pop();
	let shorter = AuthSignature::MlDsa44 { public_key, signature };
	assert_eq!(key.verify(MESSAGE, &shorter), Err(SignatureError::MalformedSignature));
}

/// The other three signatures that follow from an ECDSA signature without the secret.
#[test]
fn malleated_ecdsa_signatures_are_refused() {
	let [_, _, (key, signature), _] = signed(SEED, MESSAGE);
	let AuthSignature::Secp256k1(bytes) = signature else { panic!("kind 3") };
	let (compact, v) = split_65(&bytes);
	let with = |bytes| key.verify(MESSAGE, &AuthSignature::Secp256k1(bytes));
	assert_eq!(with(bytes), Ok(()));
	assert_eq!(with(join_65(compact, &[v ^ 1])), Err(SignatureError::Mismatch));
	let negated = negate_s(compact);
	assert_eq!(with(join_65(&negated, &[v ^ 1])), Err(SignatureError::HighS));
	assert_eq!(with(join_65(&negated, &[v])), Err(SignatureError::HighS));
	for v in 2..=u8::MAX {
		let outcome = with(join_65(compact, &[v]));
		assert_eq!(outcome, Err(SignatureError::InvalidRecoveryByte), "{v}");
	}
}

/// Keys with which nobody, or anybody, can sign.
#[test]
fn keys_that_cannot_sign_are_refused() {
	let mut one = [0; 32];
	one[0] = 1;
	let mut minus_one = [0xff; 32];
	(minus_one[0], minus_one[31]) = (0xec, 0x7f);
	let with = |tag: u8, x: [u8; 32]| {
		let mut key = [tag; 33];
		key[1..].copy_from_slice(&x);
		AuthKey::Secp256k1(key)
	};
	let good = ecdsa::Pair::from_seed(&SEED).public().0;
	let x = good[1..].try_into().expect("32 bytes");
	let bad = [
		// The identity of Ristretto, and what is no element of it.
		AuthKey::Sr25519([0; 32]),
		AuthKey::Sr25519(one),
		AuthKey::Sr25519([0xff; 32]),
		// Orders 1, 2 and 4; no point of the curve; above the prime.
		AuthKey::Ed25519(one),
		AuthKey::Ed25519(minus_one),
		AuthKey::Ed25519([0; 32]),
		AuthKey::Ed25519([2; 32]),
		AuthKey::Ed25519([0xff; 32]),
		// Another tag; no coordinate of the curve; zero; above the prime.
		with(0, x),
		with(4, x),
		with(5, x),
		with(6, x),
		with(2, [0; 32]),
		with(2, [0xff; 32]),
		with(3, [5; 32].map(|_| 0)),
	];
	for key in bad {
		assert_eq!(key.check(), Err(SignatureError::InvalidPublicKey), "{key:?}");
		for (_, signature) in signed(SEED, MESSAGE) {
			assert!(key.verify(MESSAGE, &signature).is_err(), "{key:?}");
		}
	}
	assert_eq!(with(2, x).check(), Ok(()));
	assert_eq!(with(3, x).check(), Ok(()));
}

/// With the identity as key and as `R`, and `s` zero, anybody could sign for sr25519.
#[test]
fn nobody_signs_for_the_identity_of_ristretto() {
	let mut signature = [0; 64];
	signature[63] = 0x80;
	let outcome = AuthKey::Sr25519([0; 32]).verify(MESSAGE, &AuthSignature::Sr25519(signature));
	assert_eq!(outcome, Err(SignatureError::InvalidPublicKey));
}

#[test]
fn the_numbers_of_the_schemes_are_fixed() {
	let pairs = signed(SEED, MESSAGE);
	let key_lengths = [33, 33, 34, 33];
	// The lists have a length in front, of two bytes.
	let signature_lengths = [65, 65, 66, 1 + 2 + 1312 + 2 + 2420];
	for (i, (key, signature)) in pairs.iter().enumerate() {
		let (key_bytes, signature_bytes) = (key.encode(), signature.encode());
		assert_eq!((key_bytes[0], key_bytes.len()), (i as u8 + 1, key_lengths[i]));
		let found = (signature_bytes[0], signature_bytes.len());
		assert_eq!(found, (i as u8 + 1, signature_lengths[i]));
		assert_eq!(AuthKey::decode(&mut &key_bytes[..]), Ok(*key));
		assert_eq!(AuthSignature::decode(&mut &signature_bytes[..]).as_ref(), Ok(signature));
	}
	assert_eq!(AuthKey::max_encoded_len(), 34);
	assert_eq!(AuthSignature::max_encoded_len(), 3737);
	for unknown in [0, 5, 255] {
		let bytes = [&[unknown][..], &[1; 4000]].concat();
		assert!(AuthKey::decode(&mut &bytes[..]).is_err());
		assert!(AuthSignature::decode(&mut &bytes[..]).is_err());
	}
}

#[test]
fn a_public_key_has_two_forms_and_no_third() {
	let key = PublicKey::from_compressed(&ecdsa::Pair::from_seed(&SEED).public().0).expect("a key");
	assert_eq!(PublicKey::from_compressed(&key.to_compressed()), Ok(key));
	let mut long = key.to_uncompressed();
	assert_eq!(PublicKey::from_uncompressed(&long), Ok(key));
	for tag in (0..=u8::MAX).filter(|tag| *tag != 4) {
		long[0] = tag;
		let outcome = PublicKey::from_uncompressed(&long);
		assert_eq!(outcome, Err(SignatureError::InvalidPublicKey), "{tag}");
	}
	long[0] = 4;
	long[64] ^= 1;
	assert_eq!(PublicKey::from_uncompressed(&long), Err(SignatureError::InvalidPublicKey));
}
