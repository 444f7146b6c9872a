// SPDX-License-Identifier: Apache-2.0
//! SPL programs do what they do on Solana: here their input is one that they accept.

use crate::{
	harness::{config, execute_file, Input, Outcome},
	vectors::folder,
};
use unum_sbpf::Config;

/// Bytes by which the data of an account may grow.
const GROWTH: usize = 10_240;

/// An account as the aligned serialisation of the Solana runtime has it.
fn account(data: &[u8], signer: bool, owner: [u8; 32]) -> Vec<u8> {
	let mut bytes = vec![0xff, u8::from(signer), 1, 0, 0, 0, 0, 0];
	bytes.extend([9; 32]);
	bytes.extend(owner);
	bytes.extend(1_000_000_000_u64.to_le_bytes());
	bytes.extend((data.len() as u64).to_le_bytes());
	bytes.extend(data);
	bytes.resize(bytes.len() + GROWTH, 0);
	bytes.resize(bytes.len().next_multiple_of(8), 0);
	bytes.extend(u64::MAX.to_le_bytes());
	bytes
}

fn input(accounts: &[Vec<u8>], instruction: &[u8], program: [u8; 32]) -> Vec<u8> {
	let mut bytes = (accounts.len() as u64).to_le_bytes().to_vec();
	bytes.extend(accounts.concat());
	bytes.extend((instruction.len() as u64).to_le_bytes());
	bytes.extend(instruction);
	bytes.extend(program);
	bytes
}

/// Where the data of the first account are.
const FIRST_DATA: usize = 8 + 8 + 32 + 32 + 8 + 8;

fn configs() -> [Config; 2] {
	[config(true, true, false), config(false, false, false)]
}

fn execute(name: &str, config: &Config, bytes: Vec<u8>) -> Outcome {
	let files = folder("spl");
	let (_, file) = files.iter().find(|(file, _)| file.starts_with(name)).unwrap();
	let mut input = Input::new(bytes, 200_000);
	input.heap = vec![0; 32 * 1024];
	execute_file(file, config, &input)
}

#[test]
fn the_token_programs_initialise_a_mint() {
	// The id of the program owns the mint: the token program looks, the other does not.
	let id = *b"\x06\xdd\xf6\xe1\xd7\x65\xa1\x93\xd9\xcb\xe1\x46\xce\xeb\x79\xac\x1c\xb4\x85\xed\x5f\x5b\x37\x91\x3a\x8c\xf5\x85\x7e\xff\x00\xa9";
	// InitializeMint2: six decimals, this authority, no freeze authority.
	let mut instruction = vec![20, 6];
	instruction.extend([5; 32]);
	instruction.push(0);
	for config in configs() {
		for name in ["spl_token-3.5.0", "pinocchio_token"] {
			let bytes = input(&[account(&[0; 82], false, id)], &instruction, id);
			let outcome = execute(name, &config, bytes);
			assert_eq!(outcome.result, Ok(0), "{name}");
			assert!(outcome.used > 50, "{name} used {}", outcome.used);
			let mint = &outcome.regions[0][FIRST_DATA..][..82];
			assert_eq!(mint[..4], [1, 0, 0, 0]);
			assert_eq!(mint[4..36], [5; 32]);
			assert_eq!(mint[44..46], [6, 1]);
		}
	}
}

#[test]
fn the_memo_programs_take_text() {
	for config in configs() {
		for name in ["spl_memo-1.0.0", "spl_memo-4.0.0"] {
			let memo = |text: &[u8]| execute(name, &config, input(&[], text, [7; 32])).result;
			assert_eq!(memo("gm, \u{1F43B}".as_bytes()), Ok(0), "{name}");
			// The later one leaves it to the syscall that logs, which here takes anything.
			let refused = memo(b"\xf0\x9f\x86") != Ok(0);
			assert_eq!(refused, name == "spl_memo-1.0.0", "{name}");
		}
	}
}
