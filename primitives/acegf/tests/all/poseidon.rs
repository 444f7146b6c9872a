// SPDX-License-Identifier: Apache-2.0
//! The pairing commitment: standard Poseidon, injective encoding.

use ark_bn254::Fr;
use light_poseidon::{Poseidon, PoseidonHasher};
use proptest::prelude::*;
use serde::Deserialize;
use std::str::FromStr;
use unum_acegf::wallet::{pairing_commitment, Rev, PAIRING_DOMAIN};

use crate::{bytes32, read};

/// Published values of circom's Poseidon: circomlib and circomlibjs (tests), go-iden3-crypto
/// (`poseidon_test.go`).
#[test]
fn the_library_has_circoms_parameters() {
	for (inputs, expected) in [
		(&[1][..], "18586133768512220936620570745912940619677854269274689475585506675881198879027"),
		(&[1, 2], "7853200120776062878684798364095072458815029376092732009249414926327459813530"),
		(
			&[1, 2, 3, 4],
			"18821383157269793795438455681495246036402687001665670618754263018637548127333",
		),
		(
			&[1, 2, 3, 4, 5],
			"6183221330272524995739186171720101788151706631170188140075976616310159254464",
		),
		(
			&[1, 2, 0, 0, 0],
			"1018317224307729531995786483840663576608797660851238720571059489595066344487",
		),
		(
			&[3, 4, 0, 0, 0],
			"5811595552068139067952687508729883632420015185677766880877743348592482390548",
		),
		(
			&[1, 2, 3, 4, 5, 6],
			"20400040500897583745843009878988256314335038853985262692600694741116813247201",
		),
	] {
		let inputs: Vec<_> = inputs.iter().map(|input| Fr::from(*input as u64)).collect();
		let hash = Poseidon::<Fr>::new_circom(inputs.len()).unwrap().hash(&inputs).unwrap();
		assert_eq!(hash, Fr::from_str(expected).unwrap(), "{inputs:?}");
	}
}

/// A commitment whose five inputs are the published (1, 2, 0, 0, 0) and (3, 4, 0, 0, 0).
#[test]
fn a_commitment_is_the_published_hash_of_its_halves() {
	let halves = |high: u128, low: u128| -> [u8; 32] {
		[high.to_be_bytes(), low.to_be_bytes()].concat().try_into().unwrap()
	};
	for (high, low, expected) in [
		(1, 2, "024058dd1e168f34bac462b6fffe58fd69982807e9884c1c6148182319cee427"),
		(3, 4, "0cd93f1bab9e8c9166ef00f2a1b0e1d66d6a4145e596abe0526247747cc71214"),
	] {
		let commitment = pairing_commitment(&Rev::new(halves(high, low)), &[0; 32], 0).unwrap();
		assert_eq!(hex::encode(commitment), expected);
	}
}

#[derive(Deserialize)]
struct File {
	poseidon: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
	rev: String,
	salt: String,
	domain: String,
	commitment: String,
}

#[test]
fn commitments_agree_with_another_implementation() {
	let file: File = read(include_str!("../vectors/wallets.json"));
	assert_eq!(file.poseidon.len(), 7);
	for case in file.poseidon {
		let rev = Rev::new(bytes32(&case.rev));
		let domain = case.domain.parse().unwrap();
		let commitment = pairing_commitment(&rev, &bytes32(&case.salt), domain).unwrap();
		assert_eq!(commitment, bytes32(&case.commitment), "{} {domain}", case.rev);
	}
}

/// The order of the field. As a number modulo itself it is zero, as a secret it is not.
const ORDER: &str = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";

#[test]
fn secrets_that_agree_modulo_the_field_have_different_commitments() {
	let of = |rev, salt| pairing_commitment(&Rev::new(rev), &salt, 0).unwrap();
	let order = bytes32(ORDER);
	assert_ne!(of(order, [0; 32]), of([0; 32], [0; 32]));
	assert_ne!(of([0; 32], order), of([0; 32], [0; 32]));
	assert_ne!(of(order, [0; 32]), of([0; 32], order));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn everything_counts(rev: [u8; 32], salt: [u8; 32], bit in 0..256_usize, domain_bit in 0..128) {
		let of = |rev: [u8; 32], salt: [u8; 32], domain| {
			pairing_commitment(&Rev::new(rev), &salt, domain).unwrap()
		};
		let flipped = |mut bytes: [u8; 32]| {
			bytes[bit / 8] ^= 1 << (bit % 8);
			bytes
		};
		let commitment = of(rev, salt, PAIRING_DOMAIN);
		prop_assert_ne!(commitment, of(flipped(rev), salt, PAIRING_DOMAIN));
		prop_assert_ne!(commitment, of(rev, flipped(salt), PAIRING_DOMAIN));
		prop_assert_ne!(commitment, of(rev, salt, PAIRING_DOMAIN ^ (1_u128 << domain_bit)));
	}
}
