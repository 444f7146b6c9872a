// SPDX-License-Identifier: Apache-2.0
//! `sol_alt_bn128_group_op` and `sol_alt_bn128_compression`, asked by programs.

use proptest::prelude::*;
use unum_sbpf::HEAP_START;
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use crate::{bpf_assembler::Program, world::logs};

const GROUP: &str = "sol_alt_bn128_group_op";
const COMPRESSION: &str = "sol_alt_bn128_compression";
/// Operations on groups.
const ADD: u64 = 0;
const MULTIPLY: u64 = 2;
const PAIR: u64 = 3;
const ADD_G2: u64 = 4;
const MULTIPLY_G2: u64 = 6;
/// Compression, and back.
const COMPRESS: u64 = 0;
const DECOMPRESS: u64 = 1;
const COMPRESS_G2: u64 = 2;
const DECOMPRESS_G2: u64 = 3;
/// Of little-endian bytes.
const LITTLE_ENDIAN: u64 = 0x80;

/// The generator of G2 (EIP-197).
const G2: &str = "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c21800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";
/// The order of both groups (EIP-197).
const ORDER: &str = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";
/// The prime of the field (EIP-196).
const PRIME: &str = "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";

fn hex(text: &str) -> Vec<u8> {
	hex::decode(text).unwrap()
}

fn number(value: u64) -> Vec<u8> {
	[&[0; 24][..], &value.to_be_bytes()].concat()
}

/// The generator of G1.
fn generator() -> Vec<u8> {
	[number(1), number(2)].concat()
}

/// Coordinates of so many bytes in the other order.
fn turned(bytes: &[u8], size: usize) -> Vec<u8> {
	bytes.chunks(size).flat_map(|chunk| chunk.iter().rev()).copied().collect()
}

fn transact(name: &str, operation: u64, input: &[u8], output: u64) -> TransactionMeta {
	let arguments = [operation, 0, input.len() as u64, HEAP_START + 8];
	Program::new(input).call(name, &arguments).keep(0).give(output + 8).transact()
}

/// What a program gets, if not 1, and what the call alone has cost.
fn ask_units(name: &str, operation: u64, input: &[u8], output: u64) -> (Option<Vec<u8>>, u64) {
	let meta = transact(name, operation, input, output);
	assert_eq!(meta.error, None, "{}", logs(&meta).join("\n"));
	// What ends in zeros is returned whole.
	let returned = meta.return_data.unwrap().data;
	assert_eq!(returned.len() as u64, output + 8);
	let (code, result) = returned.split_at(8);
	let result = match u64::from_le_bytes(code.try_into().unwrap()) {
		0 => Some(result.to_vec()),
		1 => {
			assert!(result.iter().all(|byte| *byte == 0), "nothing is written");
			None
		},
		other => panic!("{other}"),
	};
	// Twelve instructions beside the calls, and what giving costs: 100, and one each 250 bytes.
	(result, meta.compute_units_consumed - 12 - 100 - (output + 8) / 250)
}

fn ask(name: &str, operation: u64, input: &[u8], output: u64) -> Option<Vec<u8>> {
	ask_units(name, operation, input, output).0
}

/// The same in both orders, whose results must be the same. Coordinates have `size` bytes, the last
/// `tail` bytes are a number.
fn both(operation: u64, input: &[u8], output: u64, size: usize, tail: usize) -> Option<Vec<u8>> {
	let big = ask(GROUP, operation, input, output);
	let (points, scalar) = input.split_at(input.len() - tail);
	let input = [turned(points, size), turned(scalar, 32)].concat();
	let little = ask(GROUP, operation | LITTLE_ENDIAN, &input, output);
	assert_eq!(little.map(|bytes| turned(&bytes, size.min(bytes.len()))), big);
	big
}

fn add(input: &[u8]) -> Option<Vec<u8>> {
	ask(GROUP, ADD, input, 64)
}

fn multiply(point: &[u8], scalar: &[u8]) -> Option<Vec<u8>> {
	both(MULTIPLY, &[point, scalar].concat(), 64, 32, 32)
}

fn multiply_g2(point: &[u8], scalar: &[u8]) -> Option<Vec<u8>> {
	both(MULTIPLY_G2, &[point, scalar].concat(), 128, 64, 32)
}

fn minus_one() -> Vec<u8> {
	let mut bytes = hex(ORDER);
	bytes[31] -= 1;
	bytes
}

/// Vectors of EIP-196 and 197: of revm-precompile 43.0's own tests (`src/bn254.rs`: `test_bn254_add`,
/// `test_bn254_mul`, `test_bn254_pair`), which has them from Ethereum's clients.
#[test]
fn sums_multiples_and_pairings_are_ethereums() {
	let sum = "2243525c5efd4b9c3d3c45ac0ca3fe4dd85e830a4ce6b65fa1eeaee202839703301d1d33be6da8e509df21cc35964723180eed7532537db9ae5e7d48f195c915";
	let terms = "18b18acfb4c2c30276db5411368e7185b311dd124691610c5d3b74034e093dc9063c909c4720840cb5134cb9f59fa749755796819658d32efc0d288198f3726607c2b7f58a84bd6145f00c9c2bc0bb1a187f20ff2c92963a88019e7c6a014eed06614e20c147e940f2d70da3f74c9a17df361706a4485c742bd6788478fa17d7";
	assert_eq!(both(ADD, &hex(terms), 64, 32, 0), Some(hex(sum)));
	let point = "2bd3e6d0f3b142924f5ca7b49ce5b9d54c4703d7ae5648e61d02268b1a0a9fb721611ce0a6af85915e2f1d70300909ce2e49dfad4a4619c8390cae66cefdb204";
	let scalar = "00000000000000000000000000000000000000000000000011138ce750fa15c2";
	let product = "070a8d6a982153cae4be29d434e8faef8a47b274a053f5a4ee2a6c9c13c31e5c031b8ce914eba3a9ffb989f9cdd5b0f01943074bf4f0f315690ec3cec6981afc";
	assert_eq!(multiply(&hex(point), &hex(scalar)), Some(hex(product)));
	let pairs = "1c76476f4def4bb94541d57ebba1193381ffa7aa76ada664dd31c16024c43f593034dd2920f673e204fee2811c678745fc819b55d3e9d294e45c9b03a76aef41209dd15ebff5d46c4bd888e51a93cf99a7329636c63514396b4a452003a35bf704bf11ca01483bfa8b34b43561848d28905960114c8ac04049af4b6315a416782bb8324af6cfc93537a2ad1a445cfd0ca2a71acd7ac41fadbf933c2a51be344d120a2a4cf30c1bf9845f20c6fe39e07ea2cce61f0c9bb048165fe5e4de877550111e129f1cf1097710d41c4ac70fcdfa5ba2023c6ff1cbeac322de49d1b6df7c2032c61a830e3c17286de9462bf242fca2883585b93870a73853face6a6bf411198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c21800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";
	assert_eq!(pairing(&hex(pairs)), Some(number(1)));
	assert_eq!(pairing(&hex(pairs)[..192]), Some(number(0)));
	assert_eq!(pairing(&[]), Some(number(1)));
}

/// Pairings in both orders.
fn pairing(input: &[u8]) -> Option<Vec<u8>> {
	let big = ask(GROUP, PAIR, input, 32);
	let turn = |pair: &[u8]| match pair.split_at_checked(64) {
		Some((one, other)) => [turned(one, 32), turned(other, 64)].concat(),
		None => pair.to_vec(),
	};
	let input: Vec<u8> = input.chunks(192).flat_map(turn).collect();
	let little = ask(GROUP, PAIR | LITTLE_ENDIAN, &input, 32);
	assert_eq!(little.map(|bytes| turned(&bytes, 32)), big);
	big
}

#[test]
fn g2_computes_as_its_pairings_say() {
	let (point, g) = (hex(G2), generator());
	let twice = both(ADD_G2, &[&point[..], &point].concat(), 128, 64, 0).unwrap();
	assert_eq!(multiply_g2(&point, &number(2)), Some(twice.clone()));
	// e(2P, Q) · e(−P, 2Q) is one.
	let (two, minus) = (multiply(&g, &number(2)).unwrap(), multiply(&g, &minus_one()).unwrap());
	let pairs = [&two[..], &point, &minus, &twice].concat();
	assert_eq!(pairing(&pairs), Some(number(1)));
	let negative = multiply_g2(&point, &minus_one()).unwrap();
	let nothing = both(ADD_G2, &[&point[..], &negative].concat(), 128, 64, 0);
	assert_eq!(nothing, Some(vec![0; 128]));
	assert_eq!(multiply_g2(&point, &hex(ORDER)), Some(vec![0; 128]));
	assert_eq!(multiply_g2(&[0; 128], &number(7)), Some(vec![0; 128]));
	let same = both(ADD_G2, &[&point[..], &[0; 128]].concat(), 128, 64, 0);
	assert_eq!(same, Some(point.clone()));
	// A number above the order, here one more than it.
	let mut above = hex(ORDER);
	above[31] += 1;
	assert_eq!(multiply_g2(&point, &above), Some(point));
}

/// Points of solana-bn254 3.2.1's own tests (`compression.rs`), and what they are without `y`: the `x`,
/// with a flag where `y` is more than half of the prime.
#[test]
fn compressed_points_are_upstreams() {
	let g1 = "2dceffa69837808a4fd991a4194a78eaead94495a22c8578b8cd0c2caf62a8ac1418d80fd1af6a4b93ec5a657bdbf597d1cada68940820fef3bfda7a2a51c154";
	let g2 = "2839e9cdb42e236fd705175d0c4776e1072ef7932f826abdb85092678d34f21900cb7cb06e2297d442b4ee97ecbd85d11189cdb7a8c45c9f4bae51a81256b038101ad21412517a8e683efba9628d15fd3282b60f216de41f4fb75893ae6c0416" .to_owned() + "0e81a80650f6fe64da835e31f7d303f516c8b15b3c9093ae5a1113bd3e939812";
	let negative_g1 = multiply(&hex(g1), &minus_one()).unwrap();
	let (x1, x2) = (&hex(g1)[..32], &hex(&g2)[..64]);
	for (point, flag) in [(hex(g1), 0), (negative_g1, 0x80)] {
		let mut expected = x1.to_vec();
		expected[0] |= flag;
		assert_eq!(squeeze(COMPRESS, &point, 32, 32), Some(expected.clone()));
		assert_eq!(squeeze(DECOMPRESS, &expected, 64, 32), Some(point));
	}
	assert_eq!(squeeze(COMPRESS_G2, &hex(&g2), 64, 64), Some(x2.to_vec()));
	assert_eq!(squeeze(DECOMPRESS_G2, x2, 128, 64), Some(hex(&g2)));
	let mut other = x2.to_vec();
	other[0] |= 0x80;
	let negative = squeeze(DECOMPRESS_G2, &other, 128, 64).unwrap();
	let sum = both(ADD_G2, &[hex(&g2), negative].concat(), 128, 64, 0);
	assert_eq!(sum, Some(vec![0; 128]));
}

/// Compression in both orders.
fn squeeze(operation: u64, input: &[u8], output: u64, size: usize) -> Option<Vec<u8>> {
	let big = ask(COMPRESSION, operation, input, output);
	let little = ask(COMPRESSION, operation | LITTLE_ENDIAN, &turned(input, size), output);
	assert_eq!(little.map(|bytes| turned(&bytes, size)), big);
	big
}

#[test]
fn infinity_is_zeros_or_a_flag() {
	let g = generator();
	assert_eq!(squeeze(COMPRESS, &[0; 64], 32, 32), Some(vec![0; 32]));
	assert_eq!(squeeze(DECOMPRESS, &[0; 32], 64, 32), Some(vec![0; 64]));
	assert_eq!(squeeze(COMPRESS_G2, &[0; 128], 64, 64), Some(vec![0; 64]));
	assert_eq!(squeeze(DECOMPRESS_G2, &[0; 64], 128, 64), Some(vec![0; 128]));
	// The flag, whatever the coordinates.
	let mut flagged = g.clone();
	flagged[32] |= 0x40;
	assert_eq!(both(ADD, &[&flagged[..], &g].concat(), 64, 32, 0), Some(g.clone()));
	let mut compressed = vec![0; 32];
	compressed[0] = 0x40;
	assert_eq!(squeeze(COMPRESS, &flagged, 32, 32), Some(compressed.clone()));
	assert_eq!(squeeze(DECOMPRESS, &compressed, 64, 32), Some(vec![0; 64]));
	// The other flag says nothing where there is a `y`, but makes a point of zeros none.
	flagged[32] ^= 0x40 | 0x80;
	assert_eq!(both(ADD, &[&flagged[..], &[0; 64]].concat(), 64, 32, 0), Some(g.clone()));
	assert_eq!(squeeze(COMPRESS, &flagged, 32, 32), Some(g[..32].to_vec()));
	let mut zeros = vec![0; 64];
	zeros[32] = 0x80;
	assert_eq!(both(ADD, &[&zeros[..], &g].concat(), 64, 32, 0), None);
	assert_eq!(squeeze(COMPRESS, &zeros, 32, 32), Some(vec![0; 32]));
	let mut zeros = vec![0; 256];
	zeros[64] = 0x80;
	assert_eq!(both(ADD_G2, &zeros, 128, 64, 0), None);
	// Both flags are none.
	flagged[32] |= 0xc0;
	assert_eq!(both(ADD, &[&flagged[..], &g].concat(), 64, 32, 0), None);
	assert_eq!(squeeze(COMPRESS, &flagged, 32, 32), None);
}

#[test]
fn what_is_no_point_is_answered_with_1() {
	let (g, point) = (generator(), hex(G2));
	let off = [number(1), number(3)].concat();
	assert_eq!(both(ADD, &[&g[..], &off].concat(), 64, 32, 0), None);
	assert_eq!(multiply(&off, &number(1)), None);
	assert_eq!(pairing(&[&off[..], &point].concat()), None);
	let above = [hex(PRIME), number(2)].concat();
	assert_eq!(both(ADD, &[&g[..], &above].concat(), 64, 32, 0), None);
	assert_eq!(squeeze(COMPRESS, &above, 32, 32), None);
	assert_eq!(squeeze(DECOMPRESS, &hex(PRIME), 64, 32), None);
	// No `y` fits: 4³ + 3 is no square.
	assert_eq!(squeeze(DECOMPRESS, &number(4), 64, 32), None);
	let mut off = point.clone();
	off[127] ^= 1;
	assert_eq!(both(ADD_G2, &[&off[..], &point].concat(), 128, 64, 0), None);
	assert_eq!(multiply_g2(&off, &number(1)), None);
	assert_eq!(pairing(&[&g[..], &off].concat()), None);
}

/// Of the curve, but not of the group: sums take it, multiples and pairings don't.
#[test]
fn the_curve_of_g2_has_more_points_than_the_group() {
	let outside = (1..50)
		.find_map(|x| {
			let compressed = [number(0), number(x)].concat();
			let point = squeeze(DECOMPRESS_G2, &compressed, 128, 64)?;
			multiply_g2(&point, &number(1)).is_none().then_some(point)
		})
		.unwrap();
	assert!(both(ADD_G2, &[&outside[..], &outside].concat(), 128, 64, 0).is_some());
	assert_eq!(pairing(&[&generator()[..], &outside].concat()), None);
	let compressed = squeeze(COMPRESS_G2, &outside, 64, 64).unwrap();
	assert_eq!(squeeze(DECOMPRESS_G2, &compressed, 128, 64), Some(outside));
}

#[test]
fn big_endian_inputs_of_g1_may_be_short() {
	let (g, point) = (generator(), hex(G2));
	assert_eq!(add(&g), Some(g.clone()));
	assert_eq!(add(&[]), Some(vec![0; 64]));
	assert_eq!(add(&[0; 129]), None);
	assert_eq!(ask(GROUP, ADD | LITTLE_ENDIAN, &turned(&g, 32), 64), None);
	assert_eq!(ask(GROUP, MULTIPLY, &g, 64), Some(vec![0; 64]));
	// Its zeros at the end cut off: 256 times.
	let times = [&g[..], &number(256)[..31]].concat();
	assert_eq!(ask(GROUP, MULTIPLY, &times, 64), multiply(&g, &number(256)));
	assert_eq!(ask(GROUP, MULTIPLY, &[0; 97], 64), None);
	assert_eq!(ask(GROUP, MULTIPLY | LITTLE_ENDIAN, &[0; 95], 64), None);
	assert_eq!(ask(GROUP, PAIR, &[0; 193], 32), None);
	assert_eq!(ask(GROUP, ADD_G2, &point, 128), None);
	assert_eq!(ask(GROUP, MULTIPLY_G2, &[0; 159], 128), None);
	assert_eq!(ask(GROUP, MULTIPLY_G2, &[0; 161], 128), None);
	assert_eq!(ask(COMPRESSION, COMPRESS, &[0; 63], 32), None);
	assert_eq!(ask(COMPRESSION, DECOMPRESS, &[0; 33], 64), None);
	assert_eq!(ask(COMPRESSION, COMPRESS_G2, &[0; 64], 64), None);
	assert_eq!(ask(COMPRESSION, DECOMPRESS_G2, &[0; 65], 128), None);
}

#[test]
fn each_operation_costs_what_it_costs_on_solana() {
	let units = |name, operation, length, output| {
		let (big, little) = (operation, operation | LITTLE_ENDIAN);
		let units = ask_units(name, big, &vec![0; length], output).1;
		assert_eq!(ask_units(name, little, &vec![0; length], output).1, units);
		units
	};
	assert_eq!(units(GROUP, ADD, 128, 64), 334);
	// What fails costs the same.
	assert_eq!(units(GROUP, ADD, 127, 64), 334);
	assert_eq!(units(GROUP, MULTIPLY, 96, 64), 3_840);
	assert_eq!(units(GROUP, ADD_G2, 256, 128), 535);
	assert_eq!(units(GROUP, MULTIPLY_G2, 160, 128), 15_670);
	assert_eq!(units(GROUP, PAIR, 0, 32), 36_364 + 85 + 32);
	assert_eq!(units(GROUP, PAIR, 192, 32), 36_364 + 85 + 192 + 32);
	assert_eq!(units(GROUP, PAIR, 3 * 192, 32), 36_364 + 2 * 12_121 + 85 + 3 * 192 + 32);
	assert_eq!(units(COMPRESSION, COMPRESS, 64, 32), 130);
	assert_eq!(units(COMPRESSION, DECOMPRESS, 32, 64), 498);
	assert_eq!(units(COMPRESSION, COMPRESS_G2, 128, 64), 186);
	assert_eq!(units(COMPRESSION, DECOMPRESS_G2, 64, 128), 13_710);
}

#[test]
fn an_unknown_operation_stops_the_program() {
	// 1 and 5, subtractions, have numbers in upstream's library, but are not computed.
	let unknown = [(GROUP, 1), (GROUP, 5), (GROUP, 7), (GROUP, 0x81), (GROUP, 0x100)];
	for (name, operation) in unknown.into_iter().chain([(COMPRESSION, 4), (COMPRESSION, 0x84)]) {
		let meta = transact(name, operation, &[0; 128], 64);
		let error = InstructionError::ProgramFailedToComplete;
		assert_eq!(meta.error, Some(TransactionError::InstructionError(0, error)));
		assert!(logs(&meta).iter().any(|line| line.ends_with("InvalidAttribute")), "{meta:?}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn points_survive_compression(a in 1_u64.., b in 1_u64.., minus: bool) {
		let scalar = |value| match minus {
			true => [&[0x20; 24][..], &u64::to_be_bytes(value)].concat(),
			false => number(value),
		};
		let one = multiply(&generator(), &scalar(a)).unwrap();
		let compressed = squeeze(COMPRESS, &one, 32, 32).unwrap();
		prop_assert_eq!(squeeze(DECOMPRESS, &compressed, 64, 32), Some(one.clone()));
		let other = multiply_g2(&hex(G2), &scalar(b)).unwrap();
		let compressed = squeeze(COMPRESS_G2, &other, 64, 64).unwrap();
		prop_assert_eq!(squeeze(DECOMPRESS_G2, &compressed, 128, 64), Some(other.clone()));
		// aP + P is (a + 1)P, in both groups: e(aP + P, Q) · e(−P, aQ + Q) is one.
		let (p, q) = (generator(), hex(G2));
		let sum = both(ADD, &[&one[..], &p].concat(), 64, 32, 0).unwrap();
		let point = multiply_g2(&q, &scalar(a)).unwrap();
		let sum_g2 = both(ADD_G2, &[&point[..], &q].concat(), 128, 64, 0).unwrap();
		let minus = multiply(&p, &minus_one()).unwrap();
		prop_assert_eq!(pairing(&[&sum[..], &q, &minus, &sum_g2].concat()), Some(number(1)));
	}
}
