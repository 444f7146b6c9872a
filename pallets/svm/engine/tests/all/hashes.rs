// SPDX-License-Identifier: Apache-2.0
//! `sol_sha256`, `sol_keccak256` and `sol_blake3`, asked by programs.

use unum_sbpf::HEAP_START;
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use crate::{bpf_assembler::Program, world::logs};

const SHA256: &str = "sol_sha256";
const KECCAK256: &str = "sol_keccak256";
const BLAKE3: &str = "sol_blake3";
/// Where the result goes.
const RESULT: u64 = HEAP_START + 8;

fn transact(name: &str, count: u64, inputs: &[&[u8]]) -> TransactionMeta {
	let program = Program::with_slices(inputs).call(name, &[0, count, RESULT]);
	program.keep(0).give(8 + 32).transact()
}

/// The hash, and what the call alone has cost.
fn ask_units(name: &str, inputs: &[&[u8]]) -> (String, u64) {
	let meta = transact(name, inputs.len() as u64, inputs);
	assert_eq!(meta.error, None, "{}", logs(&meta).join("\n"));
	let returned = meta.return_data.unwrap().data;
	let (code, hash) = returned.split_at(8);
	assert_eq!(code, [0; 8]);
	// Eleven instructions beside the calls, and what giving costs.
	(hex::encode(hash), meta.compute_units_consumed - 11 - 100)
}

/// The bytes that BLAKE3's vectors are of.
fn pattern(length: usize) -> Vec<u8> {
	(0..length).map(|at| (at % 251) as u8).collect()
}

/// SHA-256: FIPS 180-4's examples, and of nothing. Keccak-256: of nothing (EIP-1052) and of `abc` (the
/// Keccak team's `ShortMsgKAT_256`). BLAKE3: `test_vectors.json` of its repository, lengths 0, 1, 1024, 1025.
#[test]
fn hashes_are_those_of_their_authors() {
	let long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	let vectors: [(&str, &[u8], &str); 9] = [
		(SHA256, b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
		(SHA256, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
		(SHA256, long, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
		(KECCAK256, b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
		(KECCAK256, b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
		(BLAKE3, b"", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
		(BLAKE3, &[0], "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
		(
			BLAKE3,
			&pattern(1024),
			"42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
		),
		(
			BLAKE3,
			&pattern(1025),
			"d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
		),
	];
	for (name, input, expected) in vectors {
		assert_eq!(ask_units(name, &[input]).0, expected, "{name} of {} bytes", input.len());
		// One after the other, wherever they are divided.
		for at in [0, input.len() / 3, input.len()] {
			let (one, other) = input.split_at(at);
			assert_eq!(ask_units(name, &[one, &[], other]).0, expected, "{name} at {at}");
		}
	}
}

/// Upstream's `SVMTransactionExecutionCost`: 85, and for each slice half a unit a byte, but 10 at least.
#[test]
fn they_cost_what_they_cost_on_solana() {
	for name in [SHA256, KECCAK256, BLAKE3] {
		for (inputs, price) in [
			(&[][..], 85),
			(&[&[][..]], 85 + 10),
			(&[&pattern(21)], 85 + 10),
			(&[&pattern(23)], 85 + 11),
			(&[&pattern(64), &pattern(2), &pattern(101)], 85 + 32 + 10 + 50),
		] {
			assert_eq!(ask_units(name, inputs).1, price, "{name}");
		}
	}
}

#[test]
fn more_slices_than_upstream_takes_stop_a_program() {
	for (name, said) in [(SHA256, "Sha256"), (KECCAK256, "Keccak256"), (BLAKE3, "Blake3")] {
		let meta = transact(name, 20_001, &[b"abc"]);
		let error = InstructionError::ProgramFailedToComplete;
		assert_eq!(meta.error, Some(TransactionError::InstructionError(0, error)));
		let lines = logs(&meta);
		let line = format!("{said} Hashing 20001 sequences in one syscall is over the limit 20000");
		assert!(lines.contains(&line), "{lines:?}");
		assert!(lines.last().unwrap().ends_with("failed: Hashing too many sequences"), "{lines:?}");
	}
}
