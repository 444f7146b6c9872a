// SPDX-License-Identifier: Apache-2.0
//! The Compute Budget program (`solana-compute-budget-interface`): variants by number in one byte.

use crate::{keys, wire::Instruction};

fn instruction(number: u8, rest: &[u8]) -> Instruction {
	let data = [&[number], rest].concat();
	Instruction { program: keys::compute_budget(), accounts: Vec::new(), data }
}

/// How many bytes of heap programs get.
pub fn heap(bytes: u32) -> Instruction {
	instruction(1, &bytes.to_le_bytes())
}

/// How many compute units the transaction may use.
pub fn units(limit: u32) -> Instruction {
	instruction(2, &limit.to_le_bytes())
}

/// What a unit costs, in millionths of a lamport.
pub fn price(micro_lamports: u64) -> Instruction {
	instruction(3, &micro_lamports.to_le_bytes())
}

/// How many bytes of accounts the transaction may load.
pub fn loaded_bytes(limit: u32) -> Instruction {
	instruction(4, &limit.to_le_bytes())
}
