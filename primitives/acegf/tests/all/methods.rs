// SPDX-License-Identifier: Apache-2.0
//! Lists of methods: one list for each identity.

use codec::{Decode, Encode, MaxEncodedLen};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use unum_acegf::{ml_dsa_44_commitment, Method, MethodKind, Methods, MethodsError};

fn method(kind: MethodKind, commitment: u8) -> Method {
	Method { kind, commitment: [commitment; 32] }
}

/// Every list of kinds with at most five of them.
fn lists_of_kinds() -> Vec<Vec<MethodKind>> {
	let mut lists = vec![vec![]];
	let mut longest = lists.clone();
	for _ in 0..5 {
		longest = longest
			.iter()
			.flat_map(|list| MethodKind::ALL.map(|kind| [&list[..], &[kind]].concat()))
			.collect();
		lists.extend(longest.iter().cloned());
	}
	lists
}

/// What the codec sees: a compact count and the methods, unchecked.
fn encoded(methods: &[Method]) -> Vec<u8> {
	methods.encode()
}

#[test]
fn of_all_lists_the_ascending_ones_are_identities() {
	let mut accepted = 0;
	for kinds in lists_of_kinds() {
		let methods: Vec<_> = kinds.iter().map(|kind| method(*kind, 7)).collect();
		let ascends = kinds.windows(2).all(|pair| pair[0] < pair[1]);
		let is_identity = ascends && (1..=4).contains(&kinds.len());
		let decoded = Methods::decode(&mut &encoded(&methods)[..]);
		let built = Methods::new(methods.clone());
		assert_eq!(built.is_ok(), is_identity, "{kinds:?}");
		assert_eq!(decoded.ok(), built.clone().ok(), "{kinds:?}");
		if let Ok(built) = built {
			assert_eq!(built.encode(), encoded(&methods));
			assert_eq!(built.as_slice(), methods);
			accepted += 1;
		}
	}
	assert_eq!(accepted, 7, "the subsets of three kinds, without the empty one");
}

#[test]
fn errors_say_which_rule_is_broken() {
	let text = |methods: Vec<Method>| Methods::new(methods).expect_err("refused").to_string();
	let (pairing, key) = (method(MethodKind::Pairing, 1), method(MethodKind::MlDsa44, 2));
	assert_eq!(text(vec![]), "an identity has at least one method");
	assert_eq!(text(vec![key; 5]), "an identity has at most four methods, found 5");
	assert_eq!(
		text(vec![key, pairing]),
		"the kinds of methods must ascend, each occurring once, found pairing after ml-dsa-44"
	);
	assert_eq!(
		Methods::new(vec![key, key]),
		Err(MethodsError::NotAscending { before: key.kind, after: key.kind })
	);
}

#[test]
fn decoding_refuses_unknown_kinds_and_foreign_lengths() {
	let decode = |bytes: &[u8]| Methods::decode(&mut &bytes[..]);
	for kind in [0, 4, 5, 255] {
		assert!(decode(&[&[1 << 2, kind][..], &[7; 32]].concat()).is_err(), "kind {kind}");
	}
	let five = [&[5 << 2][..], &[1; 5 * 33]].concat();
	assert!(decode(&five).is_err());
	assert!(decode(&[]).is_err());
	// A count of four thousand million, in the four-byte form, with nothing behind it.
	assert!(decode(&[0xfe, 0xff, 0xff, 0xff]).is_err());
}

#[test]
fn the_longest_list_has_133_bytes() {
	assert_eq!(Methods::max_encoded_len(), 1 + 4 * 33);
}

/// The formula, written out.
#[test]
fn an_identity_is_the_tagged_hash_of_count_and_methods() {
	let methods = vec![method(MethodKind::Stark, 5), method(MethodKind::MlDsa44, 6)];
	let mut input = b"ace-id-com:v1".to_vec();
	input.push(2);
	input.push(1);
	input.extend([5; 32]);
	input.push(3);
	input.extend([6; 32]);
	let expected: [u8; 32] = Sha256::digest(input).into();
	assert_eq!(*Methods::new(methods).unwrap().id_com().as_bytes(), expected);
}

#[test]
fn the_commitment_to_a_key_is_its_tagged_hash() {
	let key = [9; 1312];
	let expected: [u8; 32] = Sha256::digest([&b"ace-mldsa44:v1"[..], &key].concat()).into();
	assert_eq!(ml_dsa_44_commitment(&key), expected);
	let methods = Methods::new(vec![Method::ml_dsa_44(&key)]).unwrap();
	assert_eq!(methods.commitment(MethodKind::MlDsa44), Some(&expected));
	assert_eq!(methods.commitment(MethodKind::Pairing), None);
}

fn any_methods() -> impl Strategy<Value = Methods> {
	let kinds = prop::sample::subsequence(MethodKind::ALL.to_vec(), 1..=3);
	(kinds, any::<[[u8; 32]; 3]>()).prop_map(|(kinds, commitments)| {
		let list = kinds.into_iter().zip(commitments);
		let list = list.map(|(kind, commitment)| Method { kind, commitment });
		Methods::new(list.collect()).expect("a subsequence ascends")
	})
}

proptest! {
	#[test]
	fn lists_round_trip(methods in any_methods()) {
		let bytes = methods.encode();
		prop_assert!(bytes.len() <= Methods::max_encoded_len());
		prop_assert_eq!(Methods::decode(&mut &bytes[..]), Ok(methods));
	}

	#[test]
	fn an_identity_has_one_list(a in any_methods(), b in any_methods()) {
		prop_assert_eq!(a == b, a.id_com() == b.id_com());
	}

	#[test]
	fn what_decodes_is_a_checked_list(bytes in prop::collection::vec(any::<u8>(), 0..140)) {
		if let Ok(methods) = Methods::decode(&mut &bytes[..]) {
			prop_assert_eq!(Methods::new(methods.as_slice().to_vec()), Ok(methods));
		}
	}
}
