// SPDX-License-Identifier: Apache-2.0
//! The chain as a whole, the node, and fees.

use base64::{prelude::BASE64_STANDARD, Engine};
use serde_json::{json, Value};
use unum_solana_transaction::{ids, Instruction};
use unum_solana_view::TransactionMeta;

use super::double::{address_of, included, key, signed, text, transfer, wallet, Setup};

#[tokio::test]
async fn slots_and_heights_are_the_same_and_follow_commitment() {
	let setup = Setup::new();
	setup.import(vec![]);
	setup.finalize();
	setup.import(vec![]);
	for method in ["getSlot", "getBlockHeight"] {
		assert_eq!(setup.get(method, json!([])).await, 1);
		assert_eq!(setup.get(method, json!([{ "commitment": "processed" }])).await, 2);
	}
	for method in ["getMaxRetransmitSlot", "getMaxShredInsertSlot"] {
		assert_eq!(setup.get(method, json!([])).await, 2);
	}
}

#[tokio::test]
async fn requests_may_leave_out_parameters_altogether() {
	let setup = Setup::new();
	let request = r#"{"jsonrpc":"2.0","id":7,"method":"getSlot"}"#;
	let (answer, _) = setup.module.raw_json_request(request, 1).await.unwrap();
	assert_eq!(answer, r#"{"jsonrpc":"2.0","id":7,"result":0}"#);
}

#[tokio::test]
async fn epochs_have_upstreams_length() {
	let setup = Setup::new();
	setup.import(vec![]);
	setup.finalize();
	let expected = json!({
		"absoluteSlot": 1,
		"blockHeight": 1,
		"epoch": 0,
		"slotIndex": 1,
		"slotsInEpoch": 432_000,
		"transactionCount": 76,
	});
	assert_eq!(setup.get("getEpochInfo", json!([])).await, expected);
	let expected = json!({
		"slotsPerEpoch": 432_000,
		"leaderScheduleSlotOffset": 432_000,
		"warmup": false,
		"firstNormalEpoch": 0,
		"firstNormalSlot": 0,
	});
	assert_eq!(setup.get("getEpochSchedule", json!([])).await, expected);
}

#[tokio::test]
async fn blockhashes_are_those_of_the_block_that_is_meant() {
	let setup = Setup::new();
	let hash = |byte: u8, slot: u64| {
		let mut hash = [byte; 32];
		hash[..8].copy_from_slice(&slot.to_be_bytes());
		bs58::encode(hash.map(|byte| !byte)).into_string()
	};
	setup.import(vec![]);
	assert_eq!(setup.get("getGenesisHash", json!([])).await, hash(0xb0, 0));
	let latest = setup.value("getLatestBlockhash", json!([{ "commitment": "confirmed" }])).await;
	assert_eq!(latest, json!({ "blockhash": hash(0xb0, 1), "lastValidBlockHeight": 151 }));
	let final_one = setup.value("getLatestBlockhash", json!([])).await;
	assert_eq!(final_one["blockhash"], hash(0xb0, 0));
	let ask = |hash: String| setup.value("isBlockhashValid", json!([hash]));
	assert_eq!(ask(hash(0xb0, 0)).await, true);
	assert_eq!(ask(hash(0xb1, 0)).await, false);
	assert_eq!(setup.fail("isBlockhashValid", json!(["x"])).await.1, "Invalid param: WrongSize");
}

#[tokio::test]
async fn numbers_of_the_chain_have_their_shapes() {
	let setup = Setup::new();
	let rent = |length: u64| setup.get("getMinimumBalanceForRentExemption", json!([length]));
	assert_eq!(rent(0).await, 890_880);
	assert_eq!(rent(165).await, 2_039_280);
	assert_eq!(rent(u64::MAX).await, u64::MAX);
	let expected = json!({
		"total": 1_000_000, "circulating": 1_000_000, "nonCirculating": 0,
		"nonCirculatingAccounts": [],
	});
	assert_eq!(setup.value("getSupply", json!([])).await, expected);
	assert_eq!(setup.get("getTransactionCount", json!([])).await, 77);
	assert_eq!(setup.value("getStakeMinimumDelegation", json!([])).await, 1);
	let rate = setup.get("getInflationRate", json!([])).await;
	assert_eq!(rate, json!({ "total": 0.0, "validator": 0.0, "foundation": 0.0, "epoch": 0 }));
	assert_eq!(setup.get("getInflationGovernor", json!([])).await["initial"], 0.0);
	let rewards = setup.get("getInflationReward", json!([[text(1), text(2)]])).await;
	assert_eq!(rewards, json!([null, null]));
}

#[tokio::test]
async fn the_node_tells_of_itself() {
	let setup = Setup::new();
	let version = setup.get("getVersion", json!([])).await;
	assert_eq!(version["solana-core"], "4.2.2");
	assert!(version["feature-set"].is_u64());
	assert_eq!(setup.get("getIdentity", json!([])).await, json!({ "identity": text(9) }));
	let nodes = setup.get("getClusterNodes", json!([])).await;
	assert_eq!(
		(&nodes[0]["pubkey"], &nodes[0]["rpc"]),
		(&json!(text(9)), &json!("127.0.0.1:8899"))
	);
	assert_eq!(setup.get("getSlotLeader", json!([])).await, text(9));
	let leaders = setup.get("getSlotLeaders", json!([0, 2])).await;
	assert_eq!(leaders, json!([text(9), text(9)]));
	let (_, message) = setup.fail("getSlotLeaders", json!([0, 5_001])).await;
	assert_eq!(message, "Invalid limit; max 5000");
	let votes = setup.get("getVoteAccounts", json!([])).await;
	assert_eq!(votes, json!({ "current": [], "delinquent": [] }));
	let wrong = json!([{ "votePubkey": "x" }]);
	let refused = setup.fail("getVoteAccounts", wrong).await;
	assert_eq!(refused, (-32_602, "Invalid param: WrongSize".into()));
}

#[tokio::test]
async fn the_node_leads_all_slots_of_the_epochs_that_are_known() {
	let setup = Setup::new();
	let ask = |params: Value| setup.get("getLeaderSchedule", params);
	let schedule = ask(json!([])).await;
	let slots = schedule[text(9)].as_array().unwrap();
	assert_eq!((slots.len(), &slots[0], &slots[431_999]), (432_000, &json!(0), &json!(431_999)));
	assert_eq!(schedule.as_object().unwrap().len(), 1);
	for same in [json!([null]), json!([863_999]), json!([5, { "identity": text(9) }])] {
		assert!(ask(same).await == schedule);
	}
	assert_eq!(ask(json!([864_000])).await, Value::Null, "nobody knows the epoch after the next");
	assert_eq!(ask(json!([{ "identity": text(8) }])).await, json!({}));
	for wrong in [json!([{ "identity": "x" }]), json!([null, { "identity": "x" }])] {
		let refused = setup.fail("getLeaderSchedule", wrong).await;
		assert_eq!(refused, (-32_602, "Invalid param: WrongSize".into()));
	}
}

#[tokio::test]
async fn the_node_has_made_the_block_of_each_slot() {
	let setup = Setup::new();
	for _ in 0..9 {
		setup.import(vec![]);
	}
	setup.finalize();
	let ask = |config: Value| setup.value("getBlockProduction", json!([config]));
	let of = |slots: u64, first: u64, last: u64| {
		let range = json!({ "firstSlot": first, "lastSlot": last });
		json!({ "byIdentity": { (text(9)): [slots, slots] }, "range": range })
	};
	assert_eq!(ask(Value::Null).await, of(10, 0, 9));
	assert_eq!(ask(json!({ "range": { "firstSlot": 3 } })).await, of(7, 3, 9));
	let range = json!({ "firstSlot": 3, "lastSlot": 5 });
	assert_eq!(ask(json!({ "range": range, "identity": text(9) })).await, of(3, 3, 5));
	let other = ask(json!({ "range": range, "identity": text(8) })).await;
	assert_eq!(other, json!({ "byIdentity": {}, "range": range }));
	for (config, expected) in [
		(
			json!({ "range": { "firstSlot": 5, "lastSlot": 3 } }),
			"lastSlot, 3, cannot be less than firstSlot, 5",
		),
		(
			json!({ "range": { "firstSlot": 3, "lastSlot": 10 } }),
			"lastSlot, 10, is too large; max 9",
		),
		(json!({ "identity": "x" }), "Invalid param: WrongSize"),
	] {
		let refused = setup.fail("getBlockProduction", json!([config])).await;
		assert_eq!(refused, (-32_602, expected.into()));
	}
}

#[tokio::test]
async fn a_node_that_is_behind_is_not_healthy() {
	let setup = Setup::new();
	assert_eq!(setup.get("getHealth", json!([])).await, "ok");
	*setup.chain.behind.lock() = Some(200);
	let answer = setup.ask("getHealth", json!([])).await;
	assert_eq!(
		answer["error"],
		json!({
			"code": -32_005,
			"message": "Node is behind by 200 slots",
			"data": { "numSlotsBehind": 200 },
		})
	);
}

#[tokio::test]
async fn what_is_not_there_is_refused_as_upstream() {
	let setup = Setup::new();
	assert_eq!(
		setup.fail("getHighestSnapshotSlot", json!([])).await,
		(-32_008, "No snapshot".into())
	);
	assert_eq!(setup.fail("getLargestAccounts", json!([])).await.0, -32_012);
	assert_eq!(setup.fail("getMoon", json!([])).await, (-32_601, "Method not found".into()));
	let (code, message) = setup.fail("getGenesisHash", json!([1])).await;
	assert_eq!(code, -32_602);
	assert_eq!(message, "Invalid parameters: No parameters were expected");
}

fn priced(price: Option<u64>, to: u8) -> unum_solana_transaction::RawTransaction {
	let mut instructions = vec![transfer(address_of(&wallet(1)), key(to), 1)];
	if let Some(price) = price {
		let mut data = vec![3];
		data.extend(price.to_le_bytes());
		let program = ids::compute_budget();
		instructions.insert(0, Instruction { program, accounts: vec![], data });
	}
	signed(&wallet(1), &instructions)
}

#[tokio::test]
async fn fees_are_the_least_that_was_offered_for_the_accounts() {
	let setup = Setup::new();
	let block = [priced(Some(70), 2), priced(Some(50), 3)];
	setup.import(block.iter().map(|raw| included(raw, TransactionMeta::default())).collect());
	setup.import(vec![]);
	let ask = |keys: Value| setup.get("getRecentPrioritizationFees", keys);
	let of = |fees: [u64; 3]| {
		let each =
			(0..).zip(fees).map(|(slot, fee)| json!({ "slot": slot, "prioritizationFee": fee }));
		each.collect::<Value>()
	};
	assert_eq!(ask(json!([])).await, of([0, 50, 0]));
	assert_eq!(ask(json!([[text(2)]])).await, of([0, 70, 0]));
	assert_eq!(ask(json!([[text(2), text(3)]])).await, of([0, 0, 0]));
	let (_, message) = setup.fail("getRecentPrioritizationFees", json!([vec![text(1); 129]])).await;
	assert_eq!(message, "Too many inputs provided; max 128");
}

#[tokio::test]
async fn the_fee_of_a_message_is_asked_of_the_chain() {
	let setup = Setup::new();
	let message = BASE64_STANDARD.encode(priced(None, 2).message_bytes());
	assert_eq!(setup.value("getFeeForMessage", json!([message])).await, 5_000);
	let (code, message) = setup.fail("getFeeForMessage", json!(["!"])).await;
	assert_eq!(code, -32_602);
	assert!(message.starts_with("invalid base64 encoding: "), "{message}");
	let (_, message) = setup.fail("getFeeForMessage", json!(["AQID"])).await;
	assert!(
		message.starts_with("failed to deserialize solana_message::versions::VersionedMessage: "),
		"{message}"
	);
}

#[tokio::test]
async fn samples_count_whole_minutes() {
	let setup = Setup::new();
	for _ in 0..301 {
		setup.import(vec![included(&priced(None, 2), TransactionMeta::default())]);
	}
	setup.finalize();
	let samples = setup.get("getRecentPerformanceSamples", json!([5])).await;
	let expected = |slot: u64| {
		json!({
			"slot": slot,
			"numTransactions": 150,
			"numNonVoteTransactions": 150,
			"numSlots": 150,
			"samplePeriodSecs": 149,
		})
	};
	assert_eq!(samples, json!([expected(301), expected(151)]));
	let one = setup.get("getRecentPerformanceSamples", json!([1])).await;
	assert_eq!(one, json!([expected(301)]));
	assert_eq!(
		setup.fail("getRecentPerformanceSamples", json!([721])).await.1,
		"Invalid limit; max 720"
	);
}
