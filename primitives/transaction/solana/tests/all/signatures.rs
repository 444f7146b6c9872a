// SPDX-License-Identifier: Apache-2.0
//! Who signed, as strictly as Solana asks.

use ed25519_dalek::{Verifier, VerifyingKey};
use unum_solana_transaction::{
	wallet::{address_of, key_of, sign},
	Message, RawTransaction, SanitizeError, Signature, VerifyError,
};
use unum_solana_view::TransactionError;

use crate::support::{header, key, legacy};

fn message() -> (Message, [ed25519_dalek::SigningKey; 2]) {
	let signers = [key_of([1; 32]), key_of([2; 32])];
	let keys = vec![address_of(&signers[0]), address_of(&signers[1]), key(3)];
	(legacy(header(2, 1, 1), keys, vec![]), signers)
}

#[test]
fn everyone_signs_who_has_to() {
	let (message, [first, second]) = message();
	let verified = sign(&message, &[&second, &first]).unwrap().verify().unwrap();
	assert_eq!(verified.message(), &message);
	let partly = sign(&message, &[&first]).unwrap();
	assert_eq!(partly.signatures()[1], Signature::default());
	let failure = VerifyError::SignatureFailure { index: 1 };
	assert_eq!(partly.verify(), Err(failure));
	assert_eq!(TransactionError::from(failure), TransactionError::SignatureFailure);
}

#[test]
fn signatures_stand_in_the_order_of_the_accounts() {
	let (message, [first, second]) = message();
	let mut signatures = sign(&message, &[&first, &second]).unwrap().signatures().to_vec();
	signatures.reverse();
	let swapped = RawTransaction::new(&signatures, &message).unwrap();
	assert_eq!(swapped.verify(), Err(VerifyError::SignatureFailure { index: 0 }));
}

#[test]
fn a_judge_sees_each_signature_with_its_account() {
	let (message, [first, second]) = message();
	let raw = sign(&message, &[&first, &second]).unwrap();
	let mut seen = vec![];
	let verified = raw.clone().verify_with(|key, message, signature| {
		seen.push((*key, message.to_vec(), Signature::new(*signature)));
		true
	});
	assert!(verified.is_ok());
	let expected =
		|index: usize| (message.account_keys()[index], message.encode(), raw.signatures()[index]);
	assert_eq!(seen, [expected(0), expected(1)]);
	let mut count = 0;
	let refused = raw.verify_with(|_, _, _| {
		count += 1;
		false
	});
	assert_eq!((refused, count), (Err(VerifyError::SignatureFailure { index: 0 }), 1));
}

#[test]
fn rules_come_before_signatures() {
	let message = legacy(header(1, 0, 0), vec![key(1), key(1)], vec![]);
	let raw = RawTransaction::new(&[Signature::default()], &message).unwrap();
	let error = SanitizeError::AccountLoadedTwice { key: key(1) };
	let verified = raw.verify_with(|_, _, _| panic!("nobody has to look"));
	assert_eq!(verified, Err(VerifyError::Sanitize(error)));
}

/// With a key of small order, the signature of one message is one of every message. Lenient libraries
/// take it.
#[test]
fn a_key_of_small_order_signs_nothing() {
	let neutral: [u8; 32] = {
		let mut bytes = [0; 32];
		bytes[0] = 1;
		bytes
	};
	// R is the base point and s is 1.
	let mut signature = [0x66; 64];
	signature[0] = 0x58;
	signature[32..].copy_from_slice(&neutral);
	let message = legacy(header(1, 0, 1), vec![neutral.into(), key(3)], vec![]);
	let lenient = VerifyingKey::from_bytes(&neutral).unwrap();
	let parsed = ed25519_dalek::Signature::from_bytes(&signature);
	assert!(lenient.verify(&message.encode(), &parsed).is_ok());
	let raw = RawTransaction::new(&[Signature::new(signature)], &message).unwrap();
	assert_eq!(raw.verify(), Err(VerifyError::SignatureFailure { index: 0 }));
}

/// The order of the group, little-endian.
const ORDER: [u8; 32] = [
	0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Whoever sees a signature could otherwise make a second one of it.
#[test]
fn s_is_below_the_order_of_the_group() {
	let (message, [first, second]) = message();
	let mut signatures = sign(&message, &[&first, &second]).unwrap().signatures().to_vec();
	let mut bytes = *signatures[0].as_bytes();
	let mut carry = 0u16;
	for (byte, add) in bytes[32..].iter_mut().zip(ORDER) {
		carry += u16::from(*byte) + u16::from(add);
		*byte = carry.to_le_bytes()[0];
		carry >>= 8;
	}
	assert_eq!(carry, 0);
	signatures[0] = Signature::new(bytes);
	let raw = RawTransaction::new(&signatures, &message).unwrap();
	assert_eq!(raw.verify(), Err(VerifyError::SignatureFailure { index: 0 }));
}

#[test]
fn a_signature_is_shown_in_base58() {
	let zero = Signature::default();
	assert_eq!(zero.to_string(), "1".repeat(64));
	assert_eq!("1".repeat(64).parse(), Ok(zero));
	let longest = Signature::new([0xff; 64]);
	assert_eq!(longest.to_string().len(), 88);
	assert_eq!(longest.to_string().parse(), Ok(longest));
	use unum_solana_transaction::ParseBase58Error::{self, *};
	let parse = |text: &str| text.parse::<Signature>();
	let cases: [(String, ParseBase58Error); 5] = [
		(String::new(), WrongLength),
		("1".repeat(89), WrongLength),
		("1".repeat(63), WrongByteCount),
		("1".repeat(65), WrongByteCount),
		("0".repeat(64), InvalidCharacter),
	];
	for (text, error) in cases {
		assert_eq!(parse(&text), Err(error), "{text}");
	}
}
