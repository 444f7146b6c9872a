// SPDX-License-Identifier: Apache-2.0
//! Addresses that programs derive.

use serde_json::Value;
use unum_address::SvmAddress;
use unum_spl_token::{
	associated_token_address, create_program_address, find_program_address, ids, PdaError,
};

fn address(text: &str) -> SvmAddress {
	text.parse().expect("an address")
}

fn address_of_hex(json: &Value) -> SvmAddress {
	let bytes = hex::decode(json.as_str().expect("hex")).expect("hex");
	<[u8; 32]>::try_from(bytes).expect("32 bytes").into()
}

#[test]
fn associated_accounts_are_where_solana_has_them() {
	let cases: Value = serde_json::from_str(include_str!("../vectors/ata.json")).expect("JSON");
	let cases = cases.as_array().expect("a list");
	assert_eq!(cases.len(), 4);
	for case in cases {
		let (owner, mint) = (address_of_hex(&case["owner"]), address_of_hex(&case["mint"]));
		let (found, bump) = associated_token_address(&owner, &mint).expect("exists");
		assert_eq!(found.to_string(), case["ata_base58"]);
		assert_eq!(u64::from(bump), case["bump"]);
	}
}

// From the tests of `create_program_address` in solana-address.
#[test]
fn program_addresses_are_those_of_solana() {
	let program = address("BPFLoaderUpgradeab1e11111111111111111111111");
	let key = address("SeedPubey1111111111111111111111111111111111");
	let cases: [(&[&[u8]], &str); 4] = [
		(&[b"", &[1]], "BwqrghZA2htAcqq8dzP1WDAhTXYTYWj7CHxF5j7TDBAe"),
		(&["☉".as_bytes(), &[0]], "13yWmRpaTR4r5nAktwLqMpRNr28tnVUZw26rTvPSSB19"),
		(&[b"Talking", b"Squirrels"], "2fnQrngrQT4SeLcdToJAD96phoEjNL2man2kfRLCASVk"),
		(&[key.as_ref(), &[1]], "976ymqVnfE32QFe6NfGDctSvVa36LWnvYxhU6G2232YL"),
	];
	for (seeds, expected) in cases {
		let found = create_program_address(seeds, &program).expect("not a key");
		assert_eq!(found.to_string(), expected);
	}
}

#[test]
fn seeds_have_limits() {
	let program = ids::token_program();
	let too_long = [7; 33];
	let create = |seeds: &[&[u8]]| create_program_address(seeds, &program);
	let find = |seeds: &[&[u8]]| find_program_address(seeds, &program);
	assert_eq!(create(&[&too_long]), Err(PdaError::MaxSeedLengthExceeded));
	assert_eq!(create(&[&b"x"[..]; 17]), Err(PdaError::MaxSeedLengthExceeded));
	assert_ne!(create(&[&b"x"[..]; 16]), Err(PdaError::MaxSeedLengthExceeded));
	assert_eq!(find(&[&too_long]).err(), Some(PdaError::MaxSeedLengthExceeded));
	assert_eq!(find(&[&b"x"[..]; 16]).err(), Some(PdaError::MaxSeedLengthExceeded));
	assert!(find(&[&b"x"[..]; 15]).is_ok());
}

#[test]
fn a_found_address_is_created_with_its_bump_and_no_higher_one() {
	let program = ids::associated_token_program();
	for seed in 0..50u8 {
		let (found, bump) = find_program_address(&[&[seed]], &program).expect("exists");
		assert_eq!(create_program_address(&[&[seed], &[bump]], &program), Ok(found));
		for higher in bump..u8::MAX {
			let created = create_program_address(&[&[seed], &[higher + 1]], &program);
			assert_eq!(created, Err(PdaError::InvalidSeeds));
		}
	}
}
