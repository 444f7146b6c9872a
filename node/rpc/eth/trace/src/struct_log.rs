// SPDX-License-Identifier: Apache-2.0
//! The struct logger, which is what geth does where no tracer is named.

use std::collections::BTreeMap;

use serde_json::{json, Map, Value};
use unum_ethereum_view::{FrameEnd, Step, Trace, H160, H256};

use crate::{
	encode::{bytes, number, words},
	opcodes, StructLogConfig,
};

/// Bytes of memory in one piece of text.
const MEMORY_WORD_BYTES: usize = 32;

/// What is known of the storage of contracts so far.
type Storage = BTreeMap<H160, BTreeMap<H256, H256>>;

/// `None` without any frame.
pub(crate) fn format(config: &StructLogConfig, trace: &Trace) -> Option<Value> {
	let transaction = trace.frames.first()?;
	let returned = match transaction.end {
		FrameEnd::Success | FrameEnd::Reverted => transaction.output.as_slice(),
		FrameEnd::Halted(_) => &[],
	};
	Some(json!({
		"gas": transaction.gas_used,
		"failed": transaction.end != FrameEnd::Success,
		"returnValue": bytes(returned),
		"structLogs": logs(config, &trace.steps),
	}))
}

fn logs(config: &StructLogConfig, steps: &[Step]) -> Vec<Value> {
	let (mut storage, mut size) = (Storage::new(), 0_u64);
	let mut logs = Vec::new();
	for step in steps {
		if config.limit != 0 && size > config.limit {
			break;
		}
		let entry = Value::from(log(step, &mut storage));
		if config.limit != 0 {
			let length = entry.to_string().len();
			size = size.saturating_add(length.try_into().unwrap_or(u64::MAX));
		}
		logs.push(entry);
	}
	logs
}

fn log(step: &Step, storage: &mut Storage) -> Map<String, Value> {
	let mut object = Map::new();
	let mut set = |name: &str, value| {
		object.insert(name.to_owned(), value);
	};
	set("pc", step.pc.into());
	set("op", opcodes::name(step.opcode).into());
	set("gas", step.gas.into());
	set("gasCost", step.cost.into());
	set("depth", step.depth.into());
	if let Some(cause) = step.error.as_deref().filter(|cause| is_shown(cause)) {
		set("error", words(cause));
	}
	if let Some(stack) = &step.stack {
		set("stack", stack.iter().copied().map(number).collect());
	}
	if let Some(data) = step.return_data.as_deref().filter(|data| !data.is_empty()) {
		set("returnData", bytes(data));
	}
	if let Some(memory) = step.memory.as_deref().filter(|memory| !memory.is_empty()) {
		set("memory", memory.chunks(MEMORY_WORD_BYTES).map(hex::encode).collect());
	}
	if let Some((contract, slot, value)) = step.slot {
		let known = storage.entry(contract).or_default();
		known.insert(slot, value);
		set("storage", known.iter().map(|(slot, value)| (digits(*slot), digits(*value))).collect());
	}
	if step.refund != 0 {
		set("refund", step.refund.into());
	}
	object
}

fn digits(word: H256) -> String {
	hex::encode(word)
}

/// geth notes the failure of an instruction that it found out before it ran: it looks at the stack and
/// takes the gas first. What goes wrong while an instruction runs is told of its frame alone.
fn is_shown(cause: &[u8]) -> bool {
	[&b"out of gas"[..], b"gas uint64 overflow", b"stack underflow", b"stack limit reached"]
		.iter()
		.any(|shown| cause.starts_with(shown))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::tests::frame;
	use unum_ethereum_view::{Frame, FrameKind, U256};

	fn step(pc: u32, opcode: u8) -> Step {
		Step {
			pc,
			opcode,
			depth: 1,
			gas: 100,
			cost: 3,
			refund: 0,
			stack: None,
			memory: None,
			slot: None,
			return_data: None,
			error: None,
		}
	}

	fn word(last: u8) -> H256 {
		H256::from_low_u64_be(last.into())
	}

	fn logs_of(limit: u64, steps: Vec<Step>) -> Value {
		let top = Frame { output: vec![0x2a], ..frame(None, FrameKind::Call, 1) };
		let trace = Trace { frames: vec![top], steps, ..Trace::default() };
		let config = StructLogConfig { limit, ..StructLogConfig::default() };
		format(&config, &trace).unwrap()
	}

	#[test]
	fn a_step_has_what_was_recorded() {
		let full = Step {
			stack: Some(vec![U256::zero(), U256::from(0x1ff)]),
			memory: Some([[0; 32], [0xab; 32]].concat()),
			slot: Some((H160::zero(), word(1), word(2))),
			return_data: Some(vec![7]),
			refund: 4_800,
			..step(1, 0x54)
		};
		let second = Step { slot: Some((H160::zero(), word(3), word(4))), ..step(2, 0x55) };
		let elsewhere = Step { slot: Some((H160([1; 20]), word(5), word(6))), ..step(3, 0x55) };
		let failed = Step { error: Some(b"out of gas".to_vec()), ..step(4, 0x0c) };
		let jumped = Step { error: Some(b"invalid jump destination".to_vec()), ..step(5, 0x56) };
		let got = logs_of(0, vec![full, second, elsewhere, failed, jumped]);
		let digits = |last: u8| hex::encode(word(last));
		assert_eq!((&got["gas"], &got["failed"]), (&10.into(), &false.into()));
		assert_eq!(got["returnValue"], "0x2a");
		let logs = &got["structLogs"];
		let full = json!({
			"pc": 1, "op": "SLOAD", "gas": 100, "gasCost": 3, "depth": 1, "refund": 4_800,
			"stack": ["0x0", "0x1ff"], "memory": ["00".repeat(32), "ab".repeat(32)],
			"returnData": "0x07", "storage": { digits(1): digits(2) },
		});
		assert_eq!(logs[0], full);
		// What is known of one contract grows; another has its own.
		assert_eq!(logs[1]["storage"], json!({ digits(1): digits(2), digits(3): digits(4) }));
		assert_eq!(logs[2]["storage"], json!({ digits(5): digits(6) }));
		let failed = json!({
			"pc": 4, "op": "opcode 0xc not defined", "gas": 100, "gasCost": 3, "depth": 1,
			"error": "out of gas",
		});
		assert_eq!(logs[3], failed);
		assert_eq!(logs[4].get("error"), None);
	}

	#[test]
	fn the_limit_is_one_of_bytes() {
		let count = |limit| {
			let steps = (0..9).map(|pc| step(pc, 0x01)).collect();
			logs_of(limit, steps)["structLogs"].as_array().unwrap().len()
		};
		let one = json!({ "pc": 0, "op": "ADD", "gas": 100, "gasCost": 3, "depth": 1 });
		let one = u64::try_from(one.to_string().len()).unwrap();
		assert_eq!((count(0), count(1), count(one), count(one + 1)), (9, 1, 2, 2));
		assert_eq!((count(2 * one), count(2 * one - 1)), (3, 2));
	}

	#[test]
	fn what_was_stopped_returns_nothing() {
		let of = |end| {
			let top = Frame { output: vec![0x2a], end, ..frame(None, FrameKind::Call, 1) };
			let trace = Trace { frames: vec![top], ..Trace::default() };
			let got = format(&StructLogConfig::default(), &trace).unwrap();
			(got["failed"].clone(), got["returnValue"].clone())
		};
		assert_eq!(of(FrameEnd::Reverted), (true.into(), "0x2a".into()));
		assert_eq!(of(FrameEnd::Halted(b"out of gas".to_vec())), (true.into(), "0x".into()));
		assert_eq!(format(&StructLogConfig::default(), &Trace::default()), None);
	}

	/// As many steps are recorded as the limit can hold, whatever they are.
	#[test]
	fn the_runtime_records_enough_for_the_limit() {
		let smallest = Step { gas: 0, cost: 0, ..step(0, 0x1b) };
		for limit in [1, 46, 47, 48, 100, 1_000, 12_345] {
			let config = StructLogConfig { limit, ..StructLogConfig::default() };
			let options = crate::Tracer::StructLog(config).options();
			let recorded = usize::try_from(options.steps.unwrap().limit).unwrap();
			let all = vec![smallest.clone(); 10_000];
			let shown = logs(&config, &all).len();
			assert!(recorded >= shown, "limit {limit}: {recorded} recorded, {shown} shown");
		}
	}
}
