// SPDX-License-Identifier: Apache-2.0
//! Wycheproof, see `tests/vectors/SOURCE.txt`. Every vector of the files is run, and how many have
//! which outcome is asserted, so that none can drop out unseen.

use flate2::read::GzDecoder;
use serde::Deserialize;
use sp_crypto_hashing::sha2_256;
use unum_signature::{
	schemes::{
		ed25519, ml_dsa_44,
		secp256k1::{recover, verify, EcdsaSignature, PublicKey, RecoveryId},
	},
	SignatureError,
};

use crate::wallets::negate_s;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
	number_of_tests: usize,
	test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
	public_key: Key,
	tests: Vec<Test>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Key {
	Bytes(String),
	Point { uncompressed: String },
	Edwards { pk: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
	tc_id: u32,
	#[serde(default)]
	flags: Vec<String>,
	msg: String,
	#[serde(default)]
	ctx: String,
	sig: String,
	result: String,
}

/// A vector, decoded.
struct Case {
	id: u32,
	flags: Vec<String>,
	key: Vec<u8>,
	message: Vec<u8>,
	context: Vec<u8>,
	signature: Vec<u8>,
	valid: bool,
}

fn bytes(text: &str) -> Vec<u8> {
	hex::decode(text).expect("hexadecimal digits")
}

fn cases(gzip: &[u8]) -> Vec<Case> {
	let file: File = serde_json::from_reader(GzDecoder::new(gzip)).expect("a file of Wycheproof");
	let cases: Vec<Case> = file.test_groups.iter().flat_map(group_cases).collect();
	assert_eq!(cases.len(), file.number_of_tests);
	cases
}

fn group_cases(group: &Group) -> impl Iterator<Item = Case> + '_ {
	let (Key::Bytes(key) | Key::Point { uncompressed: key } | Key::Edwards { pk: key }) =
		&group.public_key;
	group.tests.iter().map(move |test| Case {
		id: test.tc_id,
		flags: test.flags.clone(),
		key: bytes(key),
		message: bytes(&test.msg),
		context: bytes(&test.ctx),
		signature: bytes(&test.sig),
		valid: match test.result.as_str() {
			"valid" => true,
			"invalid" => false,
			other => panic!("unknown result {other}"),
		},
	})
}

/// How often each outcome occurred: accepted, refused although the file calls it valid (always for
/// the `s` in the upper half), refused.
#[derive(Default, PartialEq, Eq, Debug)]
struct Score {
	accepted: u32,
	high_s: u32,
	refused: u32,
}

impl Score {
	fn count(&mut self, case: &Case, outcome: Result<(), SignatureError>) {
		match (case.valid, outcome) {
			(true, Ok(())) => self.accepted += 1,
			(true, Err(SignatureError::HighS)) => self.high_s += 1,
			(false, Err(_)) => self.refused += 1,
			(valid, outcome) => {
				panic!("case {} {:?}: valid is {valid}, but {outcome:?}", case.id, case.flags)
			},
		}
	}
}

fn ecdsa(
	case: &Case,
	signature: Result<EcdsaSignature, SignatureError>,
) -> Result<(), SignatureError> {
	let key = case.key[..].try_into().expect("an uncompressed key");
	verify(&PublicKey::from_uncompressed(key)?, &sha2_256(&case.message), &signature?)
}

#[test]
fn ecdsa_in_der() {
	let gzip = include_bytes!("../vectors/wycheproof/ecdsa_secp256k1_sha256_test.json.gz");
	let mut score = Score::default();
	for case in cases(gzip) {
		score.count(&case, ecdsa(&case, EcdsaSignature::from_der(&case.signature)));
	}
	assert_eq!(score, Score { accepted: 96, high_s: 72, refused: 308 });
}

/// The file for Bitcoin, where a high `s` and any other encoding than the strict one are invalid:
/// no difference.
#[test]
fn ecdsa_as_bitcoin_has_it() {
	let gzip = include_bytes!("../vectors/wycheproof/ecdsa_secp256k1_sha256_bitcoin_test.json.gz");
	let mut score = Score::default();
	for case in cases(gzip) {
		score.count(&case, ecdsa(&case, EcdsaSignature::from_der(&case.signature)));
	}
	assert_eq!(score, Score { accepted: 162, high_s: 0, refused: 301 });
}

#[test]
fn ecdsa_in_64_bytes() {
	let gzip = include_bytes!("../vectors/wycheproof/ecdsa_secp256k1_sha256_p1363_test.json.gz");
	let mut score = Score::default();
	for case in cases(gzip) {
		score.count(&case, ecdsa(&case, compact(&case)));
	}
	assert_eq!(score, Score { accepted: 95, high_s: 72, refused: 85 });
}

/// A signature of another length has no type here.
fn compact(case: &Case) -> Result<EcdsaSignature, SignatureError> {
	let bytes = case.signature[..].try_into().map_err(|_| SignatureError::MalformedSignature)?;
	EcdsaSignature::from_compact(bytes)
}

/// What is verified can be recovered, with one of the recovery numbers and no other; what is refused
/// recovers no such key. Those with a high `s` are nothing but that: they verify with n − s.
#[test]
fn recovery_agrees_with_verification() {
	let gzip = include_bytes!("../vectors/wycheproof/ecdsa_secp256k1_sha256_p1363_test.json.gz");
	let (mut recovered, mut with_high_s) = (0, 0);
	for case in cases(gzip) {
		let signature = match compact(&case) {
			Ok(signature) => signature,
			Err(SignatureError::HighS) if case.valid => {
				with_high_s += 1;
				low_s(&case)
			},
			Err(_) => continue,
		};
		let key: [u8; 65] = case.key[..].try_into().expect("an uncompressed key");
		let hash = sha2_256(&case.message);
		let ids = (0..4).map(|bits| RecoveryId::from_bits(bits).expect("two bits"));
		let found = ids.filter_map(|id| recover(&hash, &signature, id).ok());
		let count = found.filter(|found| found.to_uncompressed() == key).count();
		assert_eq!(count, usize::from(case.valid), "case {}", case.id);
		recovered += count;
	}
	assert_eq!((recovered, with_high_s), (167, 72));
}

/// The other signature, which every wallet gives.
fn low_s(case: &Case) -> EcdsaSignature {
	let bytes = case.signature[..].try_into().expect("64 bytes");
	EcdsaSignature::from_compact(&negate_s(bytes)).expect("the lower half")
}

#[test]
fn ed25519_strict() {
	let gzip = include_bytes!("../vectors/wycheproof/ed25519_test.json.gz");
	let mut score = Score::default();
	for case in cases(gzip) {
		let key = case.key[..].try_into().expect("32 bytes");
		let outcome = match case.signature[..].try_into() {
			Ok(signature) => ed25519::verify(key, &case.message, signature),
			Err(_) => Err(SignatureError::MalformedSignature),
		};
		score.count(&case, outcome);
	}
	assert_eq!(score, Score { accepted: 88, high_s: 0, refused: 63 });
}

#[test]
fn ml_dsa_44_verification() {
	let gzip = include_bytes!("../vectors/wycheproof/mldsa_44_verify_test.json.gz");
	let mut score = Score::default();
	for case in cases(gzip) {
		let Case { key, message, context, signature, .. } = &case;
		let outcome = ml_dsa_44::verify(key, message, context, signature);
		for (flag, reason) in [
			("IncorrectPublicKeyLength", SignatureError::InvalidPublicKey),
			("IncorrectSignatureLength", SignatureError::MalformedSignature),
			("InvalidHintsEncoding", SignatureError::MalformedSignature),
			("InfinityNormViolation", SignatureError::MalformedSignature),
		] {
			let flagged = case.flags.iter().any(|found| found == flag);
			assert!(!flagged || outcome == Err(reason), "case {}: {outcome:?}", case.id);
		}
		score.count(&case, outcome);
	}
	assert_eq!(score, Score { accepted: 77, high_s: 0, refused: 103 });
}

/// The first key of the file is that of the seed 2a…2a, and its valid signatures are those of the
/// deterministic variant: so says `mldsa_44_sign_seed_test.json` of the same source.
#[test]
fn ml_dsa_44_signing() {
	let gzip = include_bytes!("../vectors/wycheproof/mldsa_44_verify_test.json.gz");
	let key = ml_dsa_44::SigningKey::from_seed(&[0x2a; 32]);
	let (mut same, mut other) = (0, Vec::new());
	let of_seed = cases(gzip).into_iter().filter(|case| case.key == key.public_key());
	for case in of_seed.filter(|case| case.valid) {
		match key.sign(&case.message, &case.context).expect("a short context")[..] == case.signature
		{
			true => same += 1,
			false => other.push(case.id),
		}
	}
	assert_eq!((same, other), (48, vec![]));
}
