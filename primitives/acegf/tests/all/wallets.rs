// SPDX-License-Identifier: Apache-2.0
//! Keys, addresses, exports and identities against the libraries that wallets are made of.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use unum_acegf::{
	wallet::{MethodSet, ParseMethodSetError, Rev, Stream},
	MethodKind,
};
use unum_address::Address;

use crate::{bytes32, read};

#[derive(Deserialize)]
struct File {
	wallets: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
	rev: String,
	phrase: String,
	commitments: BTreeMap<String, String>,
	id_com: BTreeMap<String, String>,
	#[serde(flatten)]
	streams: BTreeMap<String, Wallet>,
}

#[derive(Deserialize)]
struct Wallet {
	address: Option<String>,
	public_key: Option<String>,
	public_key_sha256: Option<String>,
	export: String,
}

fn cases() -> Vec<(Rev, Case)> {
	let file: File = read(include_str!("../vectors/wallets.json"));
	assert_eq!(file.wallets.len(), 5);
	file.wallets.into_iter().map(|case| (Rev::new(bytes32(&case.rev)), case)).collect()
}

/// Runs a check for every secret and every stream.
fn for_each_wallet(check: impl Fn(&Rev, Stream, &Wallet)) {
	for (rev, case) in cases() {
		assert_eq!(case.streams.len(), Stream::ALL.len());
		for stream in Stream::ALL {
			check(&rev, stream, &case.streams[&stream.to_string()]);
		}
	}
}

#[test]
fn phrases_agree() {
	for (rev, case) in cases() {
		assert_eq!(rev.to_phrase().unwrap().expose(), case.phrase);
	}
}

#[test]
fn public_keys_agree() {
	for_each_wallet(|rev, stream, wallet| {
		let key = rev.key(stream).public_key();
		match (&wallet.public_key, &wallet.public_key_sha256) {
			(Some(expected), None) => assert_eq!(hex::encode(key), *expected, "{stream}"),
			(None, Some(expected)) => {
				assert_eq!((key.len(), hex::encode(Sha256::digest(key))), (1312, expected.clone()));
			},
			_ => panic!("{stream} has one public key"),
		}
	});
}

#[test]
fn addresses_agree() {
	for_each_wallet(|rev, stream, wallet| {
		let address = rev.key(stream).address().map(|address| match address {
			Address::Native(id) => ss58(*id.as_bytes()),
			other => other.to_string(),
		});
		assert_eq!(address, wallet.address, "{stream}");
	});
}

/// The account's notation on Substrate chains, prefix 42.
fn ss58(account: [u8; 32]) -> String {
	use sp_core::crypto::{AccountId32, Ss58Codec};
	AccountId32::new(account).to_ss58check_with_version(42_u16.into())
}

#[test]
fn exports_agree() {
	for_each_wallet(|rev, stream, wallet| {
		assert_eq!(rev.key(stream).export().expose(), wallet.export, "{stream}");
	});
}

#[test]
fn identities_agree() {
	for (rev, case) in cases() {
		for set in MethodSet::ALL {
			let methods = rev.methods(set).unwrap();
			for method in methods.as_slice() {
				let expected = &case.commitments[&method.kind.to_string()];
				assert_eq!(hex::encode(method.commitment), *expected, "{}", method.kind);
			}
			let expected = bytes32(&case.id_com[&set.to_string()]);
			assert_eq!(*methods.id_com().as_bytes(), expected, "{set}");
		}
	}
}

#[test]
fn an_identity_has_one_method_unless_asked_for_more() {
	let rev = Rev::new([7; 32]);
	let kinds = |set| {
		let methods = rev.methods(set).unwrap();
		methods.as_slice().iter().map(|method| method.kind).collect::<Vec<_>>()
	};
	assert_eq!(kinds(MethodSet::default()), [MethodKind::MlDsa44]);
	assert_eq!(kinds(MethodSet::Both), [MethodKind::Pairing, MethodKind::MlDsa44]);
	for set in MethodSet::ALL {
		assert_eq!(set.to_string().parse(), Ok(set));
	}
	assert_eq!("stark".parse::<MethodSet>(), Err(ParseMethodSetError));
}
