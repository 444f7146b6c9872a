// SPDX-License-Identifier: Apache-2.0
//! Calls that are only tried out: what is asked of the chain, and what its answers become.

use serde_json::{json, Value};
use unum_ethereum_view::{
	CallOutcome, CallRefusal, CallStatus, EstimateFailure, SlotChange, TouchedAccount, Trace, H160,
	H256,
};

use super::double::{logging, Setup};

pub(super) fn outcome(status: CallStatus, output: Vec<u8>) -> CallOutcome {
	CallOutcome {
		status,
		gas_used: 21_000,
		gas_before_refunds: 22_000,
		output,
		logs: vec![],
		contract: None,
	}
}

fn answers(setup: &Setup, outcome: CallOutcome, trace: Option<Trace>) {
	setup.chain.outcomes.lock().push(vec![vec![Ok((outcome, trace))]]);
}

fn panic_data() -> Vec<u8> {
	alloy_primitives::hex::decode(
		"4e487b710000000000000000000000000000000000000000000000000000000000000001",
	)
	.unwrap()
}

#[tokio::test]
async fn a_call_returns_what_it_returned() {
	let setup = Setup::new();
	answers(&setup, outcome(CallStatus::Success, vec![1, 2]), None);
	let call = json!({ "to": H160::repeat_byte(1), "gas": "0xffffffffff", "gasPrice": "0x0" });
	let overrides = json!({ format!("{:?}", H160::repeat_byte(2)): { "balance": "0x9" } });
	let params = json!([call, "latest", overrides, { "number": "0x99" }]);
	assert_eq!(setup.get("eth_call", params).await, json!("0x0102"));
	let asked = setup.chain.asked.lock()[0].clone();
	// How much gas a call can have, the chain says; and a price of zero is none.
	assert_eq!(asked.calls[0].gas, Some(0xff_ffff_ffff));
	assert_eq!(asked.calls[0].max_fee_per_gas, None);
	assert_eq!(asked.block.number, Some(0x99));
	assert_eq!(asked.accounts[0].address, H160::repeat_byte(2));
}

#[tokio::test]
async fn a_pending_call_runs_in_the_next_block() {
	let setup = Setup::new();
	setup.import(logging(1, 0xff, 0xff));
	for (call, base_fee) in [(json!({}), None), (json!({ "maxFeePerGas": "0x64" }), Some(7))] {
		answers(&setup, outcome(CallStatus::Success, vec![]), None);
		setup.get("eth_call", json!([call, "pending"])).await;
		let asked = setup.chain.asked.lock().pop().unwrap().block;
		assert_eq!((asked.number, asked.base_fee), (Some(2), base_fee));
		assert!(asked.timestamp.unwrap() > 1_001);
	}
}

/// As execution-apis has it (`tests/eth_call/call-revert-abi-panic`).
#[tokio::test]
async fn a_revert_is_told_with_reason_and_data() {
	let setup = Setup::new();
	answers(&setup, outcome(CallStatus::Reverted, panic_data()), None);
	let answer = setup.ask("eth_call", json!([{}, "latest"])).await;
	let expected = json!({
		"code": 3, "message": "execution reverted: assert(false)",
		"data": "0x4e487b710000000000000000000000000000000000000000000000000000000000000001",
	});
	assert_eq!(answer["error"], expected);
	answers(&setup, outcome(CallStatus::Reverted, vec![]), None);
	let answer = setup.ask("eth_call", json!([{}])).await;
	assert_eq!(
		answer["error"],
		json!({ "code": 3, "message": "execution reverted", "data": "0x" })
	);
}

#[tokio::test]
async fn calls_that_stop_or_do_not_run_are_told_in_geths_words() {
	let setup = Setup::new();
	answers(&setup, outcome(CallStatus::Halted(b"out of gas".to_vec()), vec![]), None);
	assert_eq!(setup.fail("eth_call", json!([{}])).await, (-32000, "out of gas".into()));
	let refusal = CallRefusal { code: -32000, message: b"nonce too high".to_vec() };
	setup.chain.outcomes.lock().push(vec![vec![Err(refusal.clone())]]);
	assert_eq!(setup.fail("eth_call", json!([{}])).await, (-32000, "nonce too high".into()));
	let halted = |cause: &str| {
		EstimateFailure::Failed(outcome(CallStatus::Halted(cause.as_bytes().to_vec()), vec![]))
	};
	for (failure, code, words) in [
		(EstimateFailure::Refused(refusal), -32000, "nonce too high"),
		(halted("out of gas"), -32000, "gas required exceeds allowance (21000)"),
		(halted("invalid opcode: INVALID"), -32000, "invalid opcode: INVALID"),
		(
			EstimateFailure::Failed(outcome(CallStatus::Reverted, panic_data())),
			3,
			"execution reverted: assert(false)",
		),
	] {
		*setup.chain.estimate.lock() = Some(Err(failure));
		assert_eq!(setup.fail("eth_estimateGas", json!([{}])).await, (code, words.to_string()));
	}
	*setup.chain.estimate.lock() = Some(Ok(21_000));
	assert_eq!(setup.get("eth_estimateGas", json!([{}, "latest"])).await, json!("0x5208"));
}

fn touched(address: H160, slots: &[u8]) -> TouchedAccount {
	let slot = |byte: &u8| SlotChange {
		slot: H256::repeat_byte(*byte),
		before: H256::zero(),
		after: H256::zero(),
	};
	TouchedAccount { address, before: None, after: None, slots: slots.iter().map(slot).collect() }
}

#[tokio::test]
async fn an_access_list_grows_until_it_settles() {
	let setup = Setup::new();
	let (from, to, other) = (H160::repeat_byte(1), H160::repeat_byte(2), H160::repeat_byte(3));
	let precompile = H160::from_low_u64_be(4);
	let beneficiary = H160::repeat_byte(0xbe);
	let first = Trace {
		accounts: vec![
			touched(precompile, &[]),
			touched(from, &[]),
			touched(to, &[7]),
			touched(other, &[]),
			touched(beneficiary, &[]),
		],
		..Trace::default()
	};
	// With other costs, the contract goes another way.
	let second = Trace { accounts: vec![touched(to, &[8])], ..Trace::default() };
	for trace in [first, second.clone(), second] {
		answers(&setup, outcome(CallStatus::Reverted, vec![]), Some(trace));
	}
	let call = json!({ "from": from, "to": to });
	let answer = setup.get("eth_createAccessList", json!([call, "latest"])).await;
	let keys = [H256::repeat_byte(7), H256::repeat_byte(8)];
	let none: Vec<Value> = vec![];
	let expected = json!({
		"accessList": [
			{ "address": to, "storageKeys": keys },
			{ "address": other, "storageKeys": none },
		],
		"gasUsed": "0x5208",
		"error": "execution reverted",
	});
	assert_eq!(answer, expected);
	let asked = setup.chain.asked.lock();
	assert_eq!(asked.len(), 3);
	assert!(asked.iter().all(|block| block.trace.state));
	assert_eq!(asked[2].calls[0].access_list.len(), 2);
}
