// SPDX-License-Identifier: Apache-2.0
//! The vectors of BIP-322, see `tests/vectors/SOURCE.txt`, and the shapes of a witness.

use base64::prelude::{Engine, BASE64_STANDARD};
use serde::Deserialize;
use unum_address::BtcScript;
use unum_signature::{message::bip322, SignatureError};

use crate::wallets::{p2tr, p2wpkh, BitcoinKey};

#[derive(Deserialize)]
struct Vector {
	message: String,
	address: String,
	signature: String,
	outcome: String,
}

fn vectors() -> Vec<Vector> {
	serde_json::from_str(include_str!("../vectors/bip322.json")).expect("a list of vectors")
}

/// The script of a segwit address of the main network, which the chain itself does not read.
fn main_network_script(address: &str) -> BtcScript {
	let (_, version, program) = bech32::segwit::decode(address).expect("a segwit address");
	let opcode = if version.to_u8() == 0 { 0 } else { 0x50 + version.to_u8() };
	let length = u8::try_from(program.len()).expect("at most 40");
	BtcScript::new([&[opcode, length], &program[..]].concat()).expect("short")
}

/// Reads a witness as transactions carry it: a count, and each item with its length. All are below
/// 253.
fn witness(base64: &str) -> Vec<Vec<u8>> {
	let bytes = BASE64_STANDARD.decode(base64).expect("base64");
	let (count, mut rest) = bytes.split_first().expect("a count");
	let items = (0..*count).map(|_| {
		let (length, tail) = rest.split_first().expect("a length");
		let (item, tail) = tail.split_at(usize::from(*length));
		rest = tail;
		item.to_vec()
	});
	let items = items.collect();
	assert!(rest.is_empty());
	items
}

fn verify(script: &BtcScript, message: &str, witness: &[Vec<u8>]) -> Result<(), SignatureError> {
	let items: Vec<&[u8]> = witness.iter().map(Vec::as_slice).collect();
	bip322::verify(script, message.as_bytes(), &items)
}

#[test]
fn all_vectors() {
	let vectors = vectors();
	for vector in &vectors {
		let script = main_network_script(&vector.address);
		let outcome = verify(&script, &vector.message, &witness(&vector.signature));
		let expected = match vector.outcome.as_str() {
			"valid" => Ok(()),
			"mismatch" => Err(SignatureError::Mismatch),
			"witness" => Err(SignatureError::MalformedWitness),
			"script" => Err(SignatureError::UnsupportedScript),
			other => panic!("unknown outcome {other}"),
		};
		assert_eq!(outcome, expected, "{} {}", vector.address, vector.message);
	}
	let valid = vectors.iter().filter(|vector| vector.outcome == "valid").count();
	assert_eq!((vectors.len(), valid), (16, 8));
}

/// BIP-322, "Message hashing" and "Transaction hashes" (those in the reversed order).
#[test]
fn hashes_of_the_first_transaction() {
	let script = main_network_script("bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l");
	for (message, message_hash, txid) in [
		(
			"",
			"c90c269c4f8fcbe6880f72a721ddfbf1914268a794cbb21cfafee13770ae19f1",
			"c5680aa69bb8d860bf82d4e9cd3504b55dde018de765a91bb566283c545a99a7",
		),
		(
			"Hello World",
			"f0eb03b1a75ac6d9847f55c624a99169b5dccba2a31f5b23bea77ba270de0a7a",
			"b79d196740ad5217771c1098fc4a4b51e0535c32236c71f1ea4d61a2d603352b",
		),
		(
			"UTF-8 support: öäüéàè 测试文本 \u{1f604}",
			"43936b237ea38c7794eb5d755e0d220b6db92ebfc5c8f482759d22b1286376d7",
			"c8f4f525fe8afb1bc09b44175bd2096f079c98425e8a1be676b712add1fb62f0",
		),
	] {
		let mut found = bip322::to_spend_txid(&script, message.as_bytes());
		found.reverse();
		assert_eq!(hex::encode(found), txid);
		assert_eq!(hex::encode(bip322::message_hash(message.as_bytes())), message_hash);
	}
}

/// A high `s`, another signature type, and an encoding with a leading zero too many.
#[test]
fn other_forms_of_a_p2wpkh_signature_are_refused() {
	let key = BitcoinKey::new([7; 32]);
	let script = p2wpkh(&key);
	let good = key.sign_bip322(&script, b"text");
	let with = |signature: Vec<u8>| verify(&script, "text", &[signature, good[1].clone()]);
	assert_eq!(with(good[0].clone()), Ok(()));

	let der = &good[0][..good[0].len() - 1];
	for sighash_type in (0..=u8::MAX).filter(|byte| *byte != 1) {
		let outcome = with([der, &[sighash_type]].concat());
		assert_eq!(outcome, Err(SignatureError::WrongSighashType), "{sighash_type}");
	}
	let high = key.high_s_der(&script, b"text");
	assert_eq!(with([&high[..], &[1]].concat()), Err(SignatureError::HighS));
	// 30 len 02 len r…: one zero more in front of r.
	let padded = [&[0x30, der[1] + 1, 0x02, der[3] + 1, 0], &der[4..], &[1]].concat();
	assert_eq!(with(padded), Err(SignatureError::MalformedSignature));
	assert_eq!(with([der, &[0, 1]].concat()), Err(SignatureError::MalformedSignature));
	assert_eq!(with(vec![1]), Err(SignatureError::MalformedSignature));
	assert_eq!(with(vec![]), Err(SignatureError::MalformedSignature));
}

#[test]
fn a_p2wpkh_key_is_compressed_and_the_hashed_one() {
	let (key, other) = (BitcoinKey::new([7; 32]), BitcoinKey::new([8; 32]));
	let script = p2wpkh(&key);
	let signature = key.sign_bip322(&script, b"text")[0].clone();
	let with = |key: Vec<u8>| verify(&script, "text", &[signature.clone(), key]);
	assert_eq!(with(key.uncompressed()), Err(SignatureError::MalformedWitness));
	assert_eq!(with(vec![]), Err(SignatureError::MalformedWitness));
	assert_eq!(with(other.compressed()), Err(SignatureError::Mismatch));
	let no_point = [&[2][..], &[0xff; 32]].concat();
	assert_eq!(with(no_point), Err(SignatureError::InvalidPublicKey));
	let compact_tag = [&[5], &key.compressed()[1..]].concat();
	assert_eq!(with(compact_tag), Err(SignatureError::InvalidPublicKey));
}

/// Another wallet signs what this one would have to sign, and shows its own key.
#[test]
fn another_wallet_cannot_sign_for_a_script() {
	let (key, other) = (BitcoinKey::new([7; 32]), BitcoinKey::new([8; 32]));
	for script in [p2wpkh(&key), p2tr(&key)] {
		let forged = other.sign_bip322(&script, b"text");
		assert_eq!(verify(&script, "text", &forged), Err(SignatureError::Mismatch));
		let genuine = key.sign_bip322(&script, b"text");
		assert_eq!(verify(&script, "text", &genuine), Ok(()));
	}
}

#[test]
fn a_witness_has_the_items_of_its_script() {
	let key = BitcoinKey::new([7; 32]);
	for script in [p2wpkh(&key), p2tr(&key)] {
		let good = key.sign_bip322(&script, b"text");
		assert_eq!(verify(&script, "text", &good), Ok(()));
		let more = [&good[..], &[vec![]]].concat();
		let annex = [&good[..], &[vec![0x50]]].concat();
		for wrong in [&good[1..], &more, &annex, &[]] {
			assert_eq!(verify(&script, "text", wrong), Err(SignatureError::MalformedWitness));
		}
	}
}

#[test]
fn a_p2tr_signature_has_64_bytes_or_names_all() {
	let key = BitcoinKey::new([7; 32]);
	let script = p2tr(&key);
	let good = key.sign_bip322(&script, b"text")[0].clone();
	let with = |signature: Vec<u8>| verify(&script, "text", &[signature]);
	for byte in (0..=u8::MAX).filter(|byte| *byte != 1) {
		let typed = [&good[..], &[byte]].concat();
		assert_eq!(with(typed), Err(SignatureError::WrongSighashType), "{byte}");
	}
	// The type is part of what is signed.
	assert_eq!(with([&good[..], &[1]].concat()), Err(SignatureError::Mismatch));
	assert_eq!(with(good[..63].to_vec()), Err(SignatureError::MalformedSignature));
	assert_eq!(with([&good[..], &[1, 1]].concat()), Err(SignatureError::MalformedSignature));
}
