// SPDX-License-Identifier: Apache-2.0
//! `eth_simulateV1`, against geth's answers where the chain's part can be fed in.

use alloy_consensus::Header;
use serde_json::{json, Value};
use unum_ethereum_index::BlockId;
use unum_ethereum_view::{
	CallOutcome, CallRefusal, CallStatus, Frame, FrameEnd, FrameKind, FrameLog, Trace, H160, U256,
};

use super::{
	calls::outcome,
	double::{block, log, Setup},
	vectors::{hash, number, vector},
};

/// The chain id of the vectors.
const CHAIN_ID: u64 = 0xc72dd9d5e883e;

fn address(byte: u8) -> H160 {
	let mut address = H160::zero();
	address.0[0] = byte;
	address
}

/// The chain of the vectors up to the block before the simulated one.
fn parent_of(simulated: &Value) -> Setup {
	let mut parent = block(number(&simulated["number"]) - 1, 0, 0, vec![]);
	parent.id = BlockId { hash: hash(&simulated["parentHash"]), ..parent.id };
	parent.view.timestamp = number(&simulated["timestamp"]) - 12;
	parent.view.gas_limit = number(&simulated["gasLimit"]);
	parent.view.beneficiary = H160::zero();
	Setup::of(parent, CHAIN_ID)
}

fn success(gas: u64) -> CallOutcome {
	CallOutcome { gas_used: gas, gas_before_refunds: gas, ..outcome(CallStatus::Success, vec![]) }
}

/// The answer, with geth's state root, under the hash that this makes.
fn with_state_root(answer: &Value, like: &Value) -> Value {
	let mut header = answer[0].clone();
	header["stateRoot"] = like["stateRoot"].clone();
	let sealed: Header = serde_json::from_value(header).unwrap();
	let ours = answer[0]["hash"].as_str().unwrap();
	let hash = sealed.hash_slow().to_string();
	let mut value: Value = serde_json::from_str(&answer.to_string().replace(ours, &hash)).unwrap();
	value[0]["stateRoot"] = like["stateRoot"].clone();
	value
}

#[tokio::test]
async fn blocks_transactions_and_their_hashes_are_geths() {
	let expected = vector("simulation-full");
	let setup = parent_of(&expected[0]);
	let outcomes = vec![Ok((success(21_000), None)), Ok((success(21_000), None))];
	setup.chain.outcomes.lock().push(vec![outcomes]);
	let simulation = json!({
		"blockStateCalls": [{
			"blockOverrides": { "baseFeePerGas": "0xf" },
			"stateOverrides": { format!("{:?}", address(0xc0)): { "balance": "0xe8d4a51000" } },
			"calls": [
				{ "from": address(0xc0), "to": address(0xc1), "maxFeePerGas": "0x10",
					"value": "0x2540be400", "gas": "0x2faf080" },
				{ "from": address(0xc1), "to": address(0xc2), "maxFeePerGas": "0x10",
					"value": "0x3e8", "gas": "0x2fa9e78" },
			],
		}],
		"validation": true,
		"returnFullTransactions": true,
	});
	let answer = setup.get("eth_simulateV1", json!([simulation, "latest"])).await;
	let sealed: Header = serde_json::from_value(answer[0].clone()).unwrap();
	assert_eq!(answer[0]["hash"], json!(sealed.hash_slow()));
	assert_eq!(with_state_root(&answer, &expected[0]), expected);
}

fn frame(parent: Option<u32>, kind: FrameKind, from: H160, to: H160, value: u64) -> Frame {
	Frame {
		parent,
		kind,
		from,
		to,
		value: U256::from(value),
		gas: 0,
		gas_used: 0,
		input: vec![],
		output: vec![],
		end: FrameEnd::Success,
		logs: vec![],
	}
}

#[tokio::test]
async fn movements_of_coins_are_logs_that_are_not_in_the_receipts() {
	let expected = vector("simulation-transfers");
	let setup = parent_of(&expected[0]);
	let (sender, contract) = (address(0xc0), address(0xc1));
	let trace = Trace {
		frames: vec![
			frame(None, FrameKind::Call, sender, contract, 1_000),
			frame(Some(0), FrameKind::Call, contract, H160::from_low_u64_be(0x100), 1_000),
		],
		..Trace::default()
	};
	setup.chain.outcomes.lock().push(vec![vec![Ok((success(0xdad2), Some(trace)))]]);
	let input = format!("0x4b64e492{:064x}", 0x100);
	let simulation = json!({
		"blockStateCalls": [{ "calls": [{ "from": sender, "to": contract, "value": "0x3e8",
			"input": input }] }],
		"traceTransfers": true,
	});
	let answer = setup.get("eth_simulateV1", json!([simulation, "latest"])).await;
	// The gas that a call may have is another one here, and with it the transaction's hash.
	for field in ["logsBloom", "receiptsRoot", "gasUsed", "number", "timestamp", "baseFeePerGas"] {
		assert_eq!(answer[0][field], expected[0][field], "{field}");
	}
	let shown = |value: &Value| {
		let logs = value[0]["calls"][0]["logs"].as_array().unwrap().clone();
		let part = |log: Value| {
			let fields = ["address", "topics", "data", "logIndex", "blockNumber", "removed"];
			fields.map(|field| log[field].clone())
		};
		logs.into_iter().map(part).collect::<Vec<_>>()
	};
	assert_eq!(shown(&answer), shown(&expected));
	assert!(setup.chain.asked.lock()[0].trace.frames);
}

#[tokio::test]
async fn logs_stand_in_the_order_in_which_they_were_made() {
	let setup = Setup::new();
	let [a, b, c] = [1, 2, 3].map(H160::repeat_byte);
	let own = |byte, position| FrameLog { log: log(byte, &[]), position, index: 0 };
	let mut root = frame(None, FrameKind::Call, a, b, 0);
	root.logs = vec![own(0x10, 0), own(0x11, 1), own(0x12, 3)];
	let mut failed = frame(Some(0), FrameKind::Call, b, c, 9);
	failed.end = FrameEnd::Reverted;
	failed.logs = vec![own(0x13, 0)];
	let mut below = frame(Some(1), FrameKind::Call, c, a, 9);
	below.logs = vec![own(0x14, 0)];
	let mut paid = frame(Some(0), FrameKind::Create, b, c, 5);
	paid.logs = vec![own(0x15, 0)];
	let delegated = frame(Some(0), FrameKind::DelegateCall, b, c, 7);
	let trace = Trace { frames: vec![root, failed, below, paid, delegated], ..Trace::default() };
	setup.chain.outcomes.lock().push(vec![vec![Ok((success(1), Some(trace)))]]);
	let simulation = json!({ "blockStateCalls": [{ "calls": [{}] }], "traceTransfers": true });
	let answer = setup.get("eth_simulateV1", json!([simulation])).await;
	let logs = answer[0]["calls"][0]["logs"].as_array().unwrap();
	let addresses: Vec<_> = logs.iter().map(|log| log["address"].clone()).collect();
	let expected = [0x10, 0x11, 0xee, 0x15, 0x12].map(|byte| json!(H160::repeat_byte(byte)));
	assert_eq!(addresses, expected);
}

#[tokio::test]
async fn blocks_are_linked_and_gaps_are_filled() {
	let setup = Setup::new();
	let done = || vec![Ok((success(21_000), None))];
	setup.chain.outcomes.lock().push(vec![done(), vec![], done()]);
	let simulation = json!({ "blockStateCalls": [
		{ "calls": [{ "from": address(1), "nonce": "0x5" }] },
		{ "blockOverrides": { "number": "0x3", "time": "0xffff" }, "calls": [{ "from": address(1) }] },
	], "returnFullTransactions": true });
	let answer = setup.get("eth_simulateV1", json!([simulation])).await;
	let blocks = answer.as_array().unwrap();
	let base = setup.get("eth_getBlockByNumber", json!(["latest"])).await;
	let mut parent = base["hash"].clone();
	for (block, (number, time)) in
		blocks.iter().zip([("0x1", 1_012_u64), ("0x2", 1_024), ("0x3", 0xffff)])
	{
		assert_eq!(block["parentHash"], parent);
		assert_eq!(
			(&block["number"], &block["timestamp"]),
			(&json!(number), &json!(format!("{time:#x}")))
		);
		parent = block["hash"].clone();
	}
	assert_eq!(blocks[2]["transactions"][0]["nonce"], "0x6");
	let asked = setup.chain.asked.lock();
	assert_eq!(asked.len(), 3);
	// Nothing is validated, so gas is free unless the caller says otherwise.
	assert!(asked.iter().all(|block| block.block.base_fee == Some(0)));
}

/// Codes and sentences of execution-apis (`tests/eth_simulateV1/*-380*`).
#[tokio::test]
async fn simulations_that_make_no_sense_are_refused() {
	let setup = Setup::new();
	let numbered = |numbers: &[&str]| {
		let block = |number: &&str| json!({ "blockOverrides": { "number": number } });
		json!({ "blockStateCalls": numbers.iter().map(block).collect::<Vec<_>>() })
	};
	let timed = json!({ "blockStateCalls": [{ "blockOverrides": { "time": "0x3e8" } }] });
	let calls = json!({ "blockStateCalls": [{ "calls": vec![json!({}); 1_001] }] });
	for (simulation, code, words) in [
		(numbered(&["0x9a", "0x90"]), -38020, "block numbers must be in order: 144 <= 154"),
		(numbered(&["0x0"]), -38020, "block numbers must be in order: 0 <= 0"),
		(timed, -38021, "block timestamps must be in order: 1000 <= 1000"),
		(numbered(&["0x101"]), -38026, "too many blocks"),
		(calls, -38026, "too many calls"),
		(json!({ "blockStateCalls": [] }), -32602, "empty input"),
	] {
		let failure = setup.fail("eth_simulateV1", json!([simulation])).await;
		assert_eq!(failure, (code, words.to_string()));
	}
	let failure = setup.fail("eth_simulateV1", json!([numbered(&["0x1"]), "0x37"])).await;
	assert_eq!(failure, (-32000, "header not found".into()));
}

#[tokio::test]
async fn calls_that_fail_are_part_of_the_answer_and_calls_that_cannot_be_made_are_not() {
	let setup = Setup::new();
	let one = json!([{ "blockStateCalls": [{ "calls": [{}] }] }]);
	let halted = outcome(CallStatus::Halted(b"out of gas".to_vec()), vec![]);
	setup.chain.outcomes.lock().push(vec![vec![Ok((halted, None))]]);
	let call = setup.get("eth_simulateV1", one.clone()).await[0]["calls"][0].clone();
	assert_eq!((&call["status"], &call["returnData"]), (&json!("0x0"), &json!("0x")));
	assert_eq!(call["maxUsedGas"], "0x55f0");
	assert_eq!(call["error"], json!({ "message": "out of gas", "code": -32015 }));
	let reverted = outcome(CallStatus::Reverted, vec![]);
	setup.chain.outcomes.lock().push(vec![vec![Ok((reverted, None))]]);
	let call = setup.get("eth_simulateV1", one.clone()).await[0]["calls"][0].clone();
	let expected = json!({ "message": "execution reverted", "code": -32000, "data": "0x" });
	assert_eq!(call["error"], expected);
	let message = b"insufficient funds for gas * price + value: address 0x".to_vec();
	let refusal = CallRefusal { code: -32000, message };
	setup.chain.outcomes.lock().push(vec![vec![Err(refusal)]]);
	assert_eq!(setup.fail("eth_simulateV1", one).await.0, -38014);
	let full = json!([{ "blockStateCalls": [
		{ "blockOverrides": { "gasLimit": "0xa410" }, "calls": [{}, { "gas": "0x5209" }] },
	] }]);
	let both = vec![Ok((success(21_000), None)), Ok((success(21_000), None))];
	setup.chain.outcomes.lock().push(vec![both]);
	assert_eq!(setup.fail("eth_simulateV1", full).await.0, -38015);
}
