// SPDX-License-Identifier: Apache-2.0
//! The memory of the Wasm runtime is enough for whatever a contract does with the gas of a whole block.
//!
//! A call that runs out of it traps: its block would lose the transaction, unpaid.

use sp_core::Get;
use unum_benches::{Chain, Machine};
use unum_ethereum_view::{
	AccountOverride, CallOutcome, CallRequest, CallStatus, SimulatedBlock, H160,
};
use unum_runtime::configs::evm::BlockGasLimit;

const HUNGRY: H160 = H160([0x77; 20]);

/// The gas of a block.
fn block_gas() -> u64 {
	BlockGasLimit::get()
}

/// Calls a contract of this code with the gas of a block, in Wasm. How it ended, and what it used.
fn run(chain: &Chain, code: &[u8]) -> CallOutcome {
	let contract =
		AccountOverride { address: HUNGRY, code: Some(code.to_vec()), ..Default::default() };
	let gas = Some(block_gas());
	let call = CallRequest { from: Chain::sender(), to: Some(HUNGRY), gas, ..Default::default() };
	let block =
		SimulatedBlock { accounts: vec![contract], calls: vec![call], ..Default::default() };
	let mut outcomes =
		chain.simulate(Machine::Wasm, vec![block]).expect("the runtime does not trap");
	let outcome = outcomes.remove(0).remove(0);
	outcome.map_err(|refusal| String::from_utf8(refusal.message)).expect("it is run").0
}

/// JUMPDEST, the body, and back: until the gas is used.
fn repeat(body: &[u8]) -> Vec<u8> {
	[&[0x5b], body, &[0x5f, 0x56]].concat()
}

/// Uses so many bytes of memory and then calls itself, with all the gas that is left.
fn dig(bytes: u32) -> Vec<u8> {
	let [_, size @ ..] = bytes.to_be_bytes();
	let store = [&[0x60, 1, 0x62], &size[..], &[0x52]].concat();
	[&store[..], &[0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf1]].concat()
}

#[test]
fn no_contract_uses_up_the_heap_with_the_gas_of_a_block() {
	let chain = Chain::new().unwrap();
	let loops: [(&str, &[u8]); 5] = [
		("transient slots", &[0x5a, 0x80, 0x5d]),
		("slots", &[0x5a, 0x54, 0x50]),
		("accounts", &[0x5a, 0x31, 0x50]),
		("logs", &[0x5f, 0x5f, 0xa0]),
		// The identity precompile copies 64 KiB, and its answer is copied once more.
		(
			"return data",
			&[
				0x62, 1, 0, 0, 0x5f, 0x62, 1, 0, 0, 0x5f, 0x60, 4, 0x5a, 0xfa, 0x50, 0x3d, 0x5f,
				0x5f, 0x3e,
			],
		),
	];
	for (name, body) in loops {
		let outcome = run(&chain, &repeat(body));
		assert!(matches!(outcome.status, CallStatus::Halted(_)), "{name}: {:?}", outcome.status);
		assert_eq!(outcome.gas_used, block_gas(), "{name}");
	}
	// One frame with all its memory, and many with some.
	for bytes in [1_500_000, 400_000, 130_000, 60_000, 20_000, 5_000, 32] {
		let outcome = run(&chain, &dig(bytes));
		// What a frame can not hand on is left over.
		assert!(outcome.gas_used > 50_000, "{bytes}: {}", outcome.gas_used);
	}
}
