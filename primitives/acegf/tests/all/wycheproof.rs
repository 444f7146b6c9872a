// SPDX-License-Identifier: Apache-2.0
//! HKDF and HMAC with SHA-256 against Wycheproof: the libraries that the key streams rest on.

use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{de::DeserializeOwned, Deserialize};
use sha2::Sha256;

use crate::{bytes, read};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<T> {
	number_of_tests: usize,
	test_groups: Vec<Group<T>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group<T> {
	/// Bits of the authentication code.
	#[serde(default)]
	tag_size: usize,
	tests: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HkdfCase {
	tc_id: u32,
	ikm: String,
	salt: String,
	info: String,
	size: usize,
	okm: String,
	result: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HmacCase {
	tc_id: u32,
	key: String,
	msg: String,
	tag: String,
	result: String,
}

/// All cases with the size of their group; none may be lost on the way.
fn cases<T: DeserializeOwned>(text: &str) -> Vec<(usize, T)> {
	let file: File<T> = read(text);
	let cases: Vec<_> = file
		.test_groups
		.into_iter()
		.flat_map(|group| group.tests.into_iter().map(move |case| (group.tag_size, case)))
		.collect();
	assert_eq!(cases.len(), file.number_of_tests);
	cases
}

#[test]
fn hkdf_sha256() {
	let cases = cases::<HkdfCase>(include_str!("../vectors/hkdf_sha256_test.json"));
	assert_eq!(cases.len(), 86);
	for (_, case) in cases {
		let hkdf = Hkdf::<Sha256>::new(Some(&bytes(&case.salt)), &bytes(&case.ikm));
		let mut okm = vec![0; case.size];
		let outcome = hkdf.expand(&bytes(&case.info), &mut okm);
		assert_eq!(outcome.is_ok(), case.result == "valid", "case {}", case.tc_id);
		assert!(outcome.is_err() || okm == bytes(&case.okm), "case {}", case.tc_id);
	}
}

#[test]
fn hmac_sha256() {
	let cases = cases::<HmacCase>(include_str!("../vectors/hmac_sha256_test.json"));
	assert_eq!(cases.len(), 174);
	for (tag_size, case) in cases {
		let mut mac = Hmac::<Sha256>::new_from_slice(&bytes(&case.key)).unwrap();
		mac.update(&bytes(&case.msg));
		let tag = mac.finalize().into_bytes();
		let is_valid = tag[..tag_size / 8] == bytes(&case.tag);
		assert_eq!(is_valid, case.result == "valid", "case {}", case.tc_id);
	}
}
