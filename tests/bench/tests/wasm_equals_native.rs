// SPDX-License-Identifier: Apache-2.0
//! The Wasm runtime runs contracts as the native one does: gas, logs, output, every frame and every
//! change of state, on transactions of Ethereum's state tests.

use std::{error::Error, io::Read};

use serde_json::Value;
use unum_benches::{Chain, Machine};
use unum_ethereum_view::{
	AccountOverride, CallRequest, SimulatedBlock, StorageOverride, TraceOptions, H160, H256, U256,
};

/// Every so many files of the archive: a sample that takes seconds.
const EVERY: usize = 4;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
	value[name].as_str().unwrap_or_else(|| panic!("{name} is text"))
}

fn number(text: &str) -> U256 {
	U256::from_str_radix(text.trim_start_matches("0x"), 16).expect("a number")
}

fn bytes(text: &str) -> Vec<u8> {
	hex::decode(text.trim_start_matches("0x")).expect("hexadecimal")
}

fn address(text: &str) -> H160 {
	H160::from_slice(&bytes(text))
}

fn word(text: &str) -> H256 {
	H256(number(text).to_big_endian())
}

/// An account as it is before a test; `None` where the chain could not hold its balance.
fn account((at, pre): (&String, &Value)) -> Option<AccountOverride> {
	let balance = number(text(pre, "balance"));
	let slots = pre["storage"].as_object().expect("an object").iter();
	let slots = slots.map(|(slot, value)| (word(slot), word(value.as_str().expect("text"))));
	(balance <= U256::from(u64::MAX)).then(|| AccountOverride {
		address: address(at),
		balance: Some(balance),
		nonce: Some(number(text(pre, "nonce")).try_into().unwrap_or(u64::from(u32::MAX))),
		code: Some(bytes(text(pre, "code"))),
		storage: StorageOverride::Replace(slots.collect()),
		..Default::default()
	})
}

/// The first transaction of a test as a call in a block of its own.
fn block(test: &Value) -> Option<SimulatedBlock> {
	let transaction = &test["transaction"];
	let first = |name: &str| transaction[name][0].as_str().expect("a list of texts");
	let to = Some(text(transaction, "to")).filter(|to| !to.is_empty());
	let call = CallRequest {
		from: address(text(transaction, "sender")),
		to: to.map(address),
		gas: Some(number(first("gasLimit")).low_u64()),
		value: number(first("value")),
		input: bytes(first("data")),
		..Default::default()
	};
	let pre = test["pre"].as_object().expect("an object").iter();
	let trace = TraceOptions { frames: true, steps: None, state: true };
	let accounts = pre.map(account).collect::<Option<Vec<_>>>()?;
	Some(SimulatedBlock { accounts, calls: vec![call], trace, ..Default::default() })
}

/// The state tests in the archive that the conformance suite has.
fn sample() -> Result<Vec<Value>, Box<dyn Error>> {
	let path =
		concat!(env!("CARGO_MANIFEST_DIR"), "/../evm-conformance/vectors/GeneralStateTests.tar.gz");
	let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(std::fs::File::open(path)?));
	let mut tests = Vec::new();
	for entry in archive.entries()? {
		let mut entry = entry?;
		if entry.path()?.extension().is_some_and(|extension| extension == "json") {
			let mut json = String::new();
			entry.read_to_string(&mut json)?;
			let file: Value = serde_json::from_str(&json)?;
			tests.extend(file.as_object().expect("an object").values().take(1).cloned());
		}
	}
	Ok(tests)
}

#[test]
fn contracts_run_in_wasm_as_they_do_natively() {
	let chain = Chain::new().unwrap();
	let tests = sample().unwrap();
	let sampled: Vec<_> = tests.iter().step_by(EVERY).collect();
	let (mut compared, mut too_rich) = (0, 0);
	for test in &sampled {
		let Some(block) = block(test) else {
			too_rich += 1;
			continue;
		};
		let native = chain.simulate(Machine::Native, vec![block.clone()]).unwrap();
		let wasm = chain.simulate(Machine::Wasm, vec![block]).unwrap();
		assert_eq!(native, wasm);
		assert_eq!(native[0].len(), 1);
		compared += usize::from(native[0][0].is_ok());
	}
	println!("{compared} of {} compared; {too_rich} have more coins than fit", sampled.len());
	assert!(compared > 100, "only {compared} of {} ran", sampled.len());
}
