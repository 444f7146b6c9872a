// SPDX-License-Identifier: Apache-2.0
//! `sol_poseidon`, asked by programs.

use proptest::prelude::*;
use unum_sbpf::HEAP_START;
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use crate::{bpf_assembler::Program, world::logs};

const BIG: u64 = 0;
const LITTLE: u64 = 1;
/// Where the result goes.
const RESULT: u64 = HEAP_START + 8;
/// The order of BN254's groups, the modulus of what is hashed (EIP-197).
const ORDER: &str = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";

fn hex(text: &str) -> [u8; 32] {
	hex::decode(text).unwrap().try_into().unwrap()
}

fn number(value: u64) -> [u8; 32] {
	let mut bytes = [0; 32];
	bytes[24..].copy_from_slice(&value.to_be_bytes());
	bytes
}

fn turned(mut bytes: [u8; 32]) -> [u8; 32] {
	bytes.reverse();
	bytes
}

fn transact(arguments: [u64; 5], inputs: &[&[u8]]) -> TransactionMeta {
	let program = Program::with_slices(inputs).call("sol_poseidon", &arguments);
	program.keep(0).give(8 + 32).transact()
}

/// What a program gets, if not 1, and what the call alone has cost.
fn ask_units(order: u64, inputs: &[&[u8]]) -> (Option<[u8; 32]>, u64) {
	let meta = transact([0, order, 0, inputs.len() as u64, RESULT], inputs);
	assert_eq!(meta.error, None, "{}", logs(&meta).join("\n"));
	let returned = meta.return_data.unwrap().data;
	let (code, hash) = returned.split_at(8);
	let hash: [u8; 32] = hash.try_into().unwrap();
	let hash = match u64::from_le_bytes(code.try_into().unwrap()) {
		0 => Some(hash),
		1 => {
			assert_eq!(hash, [0; 32], "nothing is written");
			None
		},
		other => panic!("{other}"),
	};
	// Thirteen instructions beside the calls, and what giving costs.
	(hash, meta.compute_units_consumed - 13 - 100)
}

fn ask(order: u64, inputs: &[&[u8]]) -> Option<[u8; 32]> {
	ask_units(order, inputs).0
}

/// The hash of numbers, which must be the same in both orders.
fn poseidon(inputs: &[[u8; 32]]) -> Option<[u8; 32]> {
	let slices = |inputs: &[[u8; 32]]| inputs.iter().map(|input| input.to_vec()).collect();
	let ask = |order, inputs: Vec<Vec<u8>>| {
		ask(order, &inputs.iter().map(|input| &input[..]).collect::<Vec<_>>())
	};
	let big = ask(BIG, slices(inputs));
	let reversed: Vec<_> = inputs.iter().copied().map(turned).collect();
	assert_eq!(ask(LITTLE, slices(&reversed)).map(turned), big);
	big
}

/// Vectors of solana-poseidon 4.0's own tests (`src/lib.rs`: `test_poseidon_input_ones_be`, `…_le`,
/// `test_poseidon_input_ones_twos_be`, `…_le`).
#[test]
fn hashes_are_solanas() {
	let (ones, twos) = ([1; 32], [2; 32]);
	let one = hex("05bface581ee6177cc19c6c56363a68882f11e8407ac639db991e0d27f1b75e6");
	let two = hex("0d54e1938f8a8c1c7deb5e0355f26319207b84fe9ca2ce1b26e735c829821990");
	for (inputs, expected) in [(&[&ones[..]][..], one), (&[&ones, &twos], two)] {
		assert_eq!(ask(BIG, inputs), Some(expected));
		// These are the same in both orders.
		assert_eq!(ask(LITTLE, inputs), Some(turned(expected)));
	}
}

/// The same, `test_poseidon_input_one`: 1 to 12 ones.
#[test]
fn hashes_of_all_widths_are_solanas() {
	let expected = [
		"29176100eaa962bdc1fe6c654d6a3c130e96a4d1168b33848b897dc502820133",
		"007af346e2d304279e79e0a9f3023f771294a78acb70e73f90afe27cad401e81",
		"02c0066e10a72abd2b33c3b214cb3e81bcb1b6e30961cd23c202b18673bf2543",
		"082c9c370a0d24f4416fbc414a37681f78442d27d86385991c17d6fc0c4b7d71",
		"10389605ae688d4f14db853122c47d66a803c72b41589cb1bf868741b206b9bb",
		"2a73f679328c3eab724aa3e5bdbf50b39035d7729f135b9709890f85c5dc5e76",
		"2276310aa7f3343a284214139d9da959be2a31b2c708a5f81954b265e53a30b8",
		"177e1453c446e1b07d2b4233425147095c4fcabb233d230b6d46a214d95b2884",
		"0e8fee2fe49da30fdeeb48c42ebb44cc6ee7055f61fbca5e313b8a5fca834c47",
		"2ec4c65e6378ab8c7330854f4a7077c1ff9260e44885c4b81dd131ad3a86cd96",
		"00713d41eca635f117d4ecbceb5f3a66dc4142eb70b56765bc358f1bec40bb9b",
		"14390be0baef249bd47c65ddac65c2e52e8513c081c1cd72c98006098e9a8fbe",
	];
	for (count, expected) in (1..).zip(expected) {
		assert_eq!(poseidon(&vec![number(1); count]), Some(hex(expected)), "{count}");
	}
}

/// Vectors of circom's Poseidon in another implementation, go-iden3-crypto (`poseidon/poseidon_test.go`:
/// `TestPoseidonHash`), which gives them in decimal.
#[test]
fn hashes_are_circoms() {
	for (inputs, expected) in [
		(&[1, 2][..], "115cc0f5e7d690413df64c6b9662e9cf2a3617f2743245519e19607a4417189a"),
		(&[1, 2, 0, 0, 0], "024058dd1e168f34bac462b6fffe58fd69982807e9884c1c6148182319cee427"),
		(&[1, 2, 0, 0, 0, 0], "21e82f465e00a15965e97a44fe3c30f3bf5279d8bf37d4e65765b6c2550f42a1"),
		(&[3, 4, 0, 0, 0], "0cd93f1bab9e8c9166ef00f2a1b0e1d66d6a4145e596abe0526247747cc71214"),
		(&[3, 4, 0, 0, 0, 0], "1b1caddfc5ea47e09bb445a7447eb9694b8d1b75a97fff58e884398c6b22825a"),
		(&[1, 2, 3, 4, 5, 6], "2d1a03850084442813c8ebf094dea47538490a68b05f2239134a4cca2f6302e1"),
	] {
		let inputs: Vec<_> = inputs.iter().copied().map(number).collect();
		assert_eq!(poseidon(&inputs), Some(hex(expected)), "{inputs:?}");
	}
}

#[test]
fn what_is_no_number_of_the_field_is_answered_with_1() {
	let order = hex(ORDER);
	let mut largest = order;
	largest[31] -= 1;
	assert!(poseidon(&[largest, number(0)]).is_some());
	assert_eq!(poseidon(&[order]), None);
	assert_eq!(poseidon(&[number(0), order]), None);
	assert_eq!(poseidon(&[[0xff; 32]]), None);
	assert_eq!(poseidon(&[]), None);
	// SIMD-0359: as upstream's `test_poseidon_input_without_padding`, and longer ones.
	let one = number(1);
	for short in [&one[31..], &one[1..], &[], &[one, one].concat(), &[0; 33]] {
		for count in 1..12 {
			let mut inputs = vec![&one[..]; count - 1];
			inputs.push(short);
			assert_eq!(ask(BIG, &inputs), None);
			assert_eq!(ask(LITTLE, &inputs), None);
		}
	}
}

#[test]
fn it_costs_what_it_costs_on_solana() {
	for count in 0..=12 {
		let price = 61 * (count * count) as u64 + 542;
		assert_eq!(ask_units(BIG, &vec![&[0; 32][..]; count]).1, price);
		// What fails costs the same.
		assert_eq!(ask_units(LITTLE, &vec![&[0xff; 32][..]; count]).1, price);
	}
}

/// What is logged at last of a program that is stopped, and what it has used.
fn stopped(arguments: [u64; 5]) -> (Vec<String>, u64) {
	let inputs = [&[0_u8; 32][..]; 13];
	let meta = transact(arguments, &inputs);
	let error = InstructionError::ProgramFailedToComplete;
	assert_eq!(meta.error, Some(TransactionError::InstructionError(0, error)));
	(logs(&meta), meta.compute_units_consumed)
}

#[test]
fn what_stops_a_program_is_found_in_upstreams_order() {
	// Five registers and the call.
	let before = 6;
	let is = |arguments, sentence: &str, units| {
		let (lines, used) = stopped(arguments);
		assert!(lines.last().unwrap().ends_with(sentence), "{lines:?}");
		assert_eq!(used, units, "{sentence}");
		lines
	};
	is([1, 2, 4, 13, 0], "failed: Invalid parameters.", before);
	is([0, 2, 4, 13, 0], "failed: Invalid endianness.", before);
	is([0, 1 << 32, 0, 1, RESULT], "failed: Invalid endianness.", before);
	let lines = is([0, 1, 4, 13, 0], "failed: InvalidLength", before);
	let message = "Poseidon hashing 13 sequences is not supported";
	assert!(lines.iter().any(|line| line == message), "{lines:?}");
	// From here on it is paid for: the place of the result, the slices, what they point to.
	let paid = before + 542 + 61 * 4;
	assert!(stopped([0, 0, 4, 2, 0]).0.last().unwrap().contains("Access violation"));
	is([0, 0, 4, 2, RESULT], "failed: Unaligned pointer", paid);
	let (lines, used) = stopped([0, 0, HEAP_START << 1, 2, RESULT]);
	assert!(lines.last().unwrap().contains("Access violation"), "{lines:?}");
	assert_eq!(used, paid);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	/// And the hash of a hash is one: results are numbers of the field, in the order of what was hashed.
	#[test]
	fn hashes_can_be_hashed(values in prop::collection::vec(any::<[u8; 31]>(), 1..=12)) {
		let inputs: Vec<[u8; 32]> = values
			.iter()
			.map(|value| [&[0][..], value].concat().try_into().unwrap())
			.collect();
		let hash = poseidon(&inputs).unwrap();
		prop_assert!(hash < hex(ORDER));
		prop_assert!(poseidon(&[hash, inputs[0]]).is_some());
		prop_assert_ne!(poseidon(&[hash]), poseidon(&[inputs[0]]));
	}
}
