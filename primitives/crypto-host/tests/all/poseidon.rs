// SPDX-License-Identifier: Apache-2.0
//! Poseidon. Vectors of all widths are in the tests of the Solana VM, which asks for it.

use unum_crypto_host::contract_crypto::bn254_poseidon;

/// Of bytes that are all 1, then of such and of bytes that are all 2 (solana-poseidon 4.0, `src/lib.rs`).
const ONES: [u8; 32] = [
	5, 191, 172, 229, 129, 238, 97, 119, 204, 25, 198, 197, 99, 99, 166, 136, 130, 241, 30, 132, 7,
	172, 99, 157, 185, 145, 224, 210, 127, 27, 117, 230,
];
const ONES_TWOS: [u8; 32] = [
	13, 84, 225, 147, 143, 138, 140, 28, 125, 235, 94, 3, 85, 242, 99, 25, 32, 123, 132, 254, 156,
	162, 206, 27, 38, 231, 53, 200, 41, 130, 25, 144,
];

fn twos() -> Vec<u8> {
	[[1; 32], [2; 32]].concat()
}

#[test]
fn what_was_hashed_before_makes_no_difference() {
	for _ in 0..2 {
		assert_eq!(bn254_poseidon(&[1; 32]), Some(ONES));
		assert_eq!(bn254_poseidon(&twos()), Some(ONES_TWOS));
		// Refused: the first number, or the last one, is above the order.
		assert_eq!(bn254_poseidon(&[[0xff; 32], [2; 32]].concat()), None);
		assert_eq!(bn254_poseidon(&[[1; 32], [0xff; 32]].concat()), None);
	}
}

#[test]
fn threads_agree() {
	let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| bn254_poseidon(&twos()))).collect();
	assert!(threads.into_iter().all(|thread| thread.join().unwrap() == Some(ONES_TWOS)));
}

#[test]
fn only_1_to_12_whole_numbers_are_hashed() {
	for length in 0..=14 * 32 {
		let is_hashed = bn254_poseidon(&vec![0; length]).is_some();
		assert_eq!(is_hashed, length % 32 == 0 && (1..=12).contains(&(length / 32)), "{length}");
	}
}
