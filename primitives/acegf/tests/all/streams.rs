// SPDX-License-Identifier: Apache-2.0
//! The 32 bytes of each stream.

use proptest::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use unum_acegf::wallet::{ParseStreamError, Rev, Scheme, Stream, StreamKey};

use crate::{bytes32, read};

#[derive(Deserialize)]
struct File {
	hkdf: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
	rev: String,
	label: String,
	okm: String,
}

fn stream_of(label: &str) -> Stream {
	match label {
		"ED25519-SOLANA" => Stream::Solana,
		"ED25519-POLKADOT" => Stream::Polkadot,
		"SECP256K1-EVM" => Stream::Evm,
		"SECP256K1-BTC" => Stream::Btc,
		"SECP256K1-COSMOS" => Stream::Cosmos,
		"SECP256K1-TRON" => Stream::Tron,
		"X25519-IDENTITY" => Stream::X25519,
		"ML-DSA-44-PQC-IDENTITY" => Stream::MlDsa44,
		other => panic!("no stream has the label {other}"),
	}
}

#[test]
fn streams_have_the_known_values() {
	let file: File = read(include_str!("../vectors/identity.json"));
	assert_eq!(file.hkdf.len(), 2 * Stream::ALL.len());
	for case in file.hkdf {
		let stream = Rev::new(bytes32(&case.rev)).stream(stream_of(&case.label));
		assert_eq!(*stream, bytes32(&case.okm), "{} of {}", case.label, case.rev);
	}
}

#[test]
fn streams_have_names_and_nothing_else_is_one() {
	for stream in Stream::ALL {
		assert_eq!(stream.to_string().parse(), Ok(stream));
	}
	for wrong in ["", "EVM", "evm ", "ethereum", "mldsa44"] {
		assert_eq!(wrong.parse::<Stream>(), Err(ParseStreamError), "{wrong:?}");
	}
	assert_eq!(
		ParseStreamError.to_string(),
		"a stream is one of solana, polkadot, evm, btc, cosmos, tron, x25519, ml-dsa-44"
	);
}

#[derive(Deserialize)]
struct Scalars {
	secp256k1: Vec<Scalar>,
}

#[derive(Deserialize)]
struct Scalar {
	stream: String,
	scalar: String,
}

#[test]
fn a_stream_that_is_no_scalar_is_hashed_until_it_is() {
	let file: Scalars = read(include_str!("../vectors/wallets.json"));
	let mut hashed = 0;
	for case in &file.secp256k1 {
		let (stream, scalar) = (bytes32(&case.stream), bytes32(&case.scalar));
		for kind in Stream::ALL.into_iter().filter(|s| s.scheme() == Scheme::Secp256k1) {
			assert_eq!(*StreamKey::from_stream(kind, &stream).expose(), scalar, "{}", case.stream);
		}
		if stream != scalar {
			assert_eq!(scalar, <[u8; 32]>::from(Sha256::digest(stream)));
			hashed += 1;
		}
	}
	assert_eq!((file.secp256k1.len(), hashed), (6, 4), "0, n, n + 1 and 2^256 - 1 are no scalars");
}

#[test]
fn a_key_shows_nothing_of_itself() {
	let key = Rev::new([7; 32]).key(Stream::Evm);
	assert_eq!(format!("{key:?}"), "StreamKey(evm, ..)");
	assert_eq!(format!("{:?}", key.export()), "SecretText(..)");
}

proptest! {
	#[test]
	fn no_two_streams_agree(rev: [u8; 32]) {
		let rev = Rev::new(rev);
		for (i, a) in Stream::ALL.iter().enumerate() {
			for b in &Stream::ALL[i + 1..] {
				prop_assert_ne!(*rev.stream(*a), *rev.stream(*b));
			}
		}
	}
}
