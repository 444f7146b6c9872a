// SPDX-License-Identifier: Apache-2.0
//! Logs, and filters that are polled while the best chain changes.

use std::time::Duration;

use serde_json::{json, Value};
use unum_ethereum_view::{H160, H256};

use super::double::{block, extrinsic, id, included, log, logging, Setup};
use crate::{
	filters::{Filter, Filters},
	EthError,
};

async fn of_logs(length: u64) -> Setup {
	let setup = Setup::new();
	for number in 1..=length {
		setup.import(logging(number, 0xff, 0xff));
	}
	setup
}

async fn poll(setup: &Setup, id: &Value) -> Value {
	setup.get("eth_getFilterChanges", json!([id])).await
}

/// Number of the block, and whether its log was removed.
fn told(logs: &Value) -> Vec<(String, bool)> {
	let of = |log: &Value| {
		(log["blockNumber"].as_str().unwrap().into(), log["removed"].as_bool().unwrap())
	};
	logs.as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn logs_are_found_by_range_address_and_topics() {
	let setup = of_logs(5).await;
	let logs = |filter: Value| {
		let setup = &setup;
		async move { setup.get("eth_getLogs", json!([filter])).await.as_array().unwrap().len() }
	};
	let (one, three) = (H256::repeat_byte(1), H256::repeat_byte(3));
	assert_eq!(logs(json!({})).await, 1);
	assert_eq!(logs(json!({ "fromBlock": "earliest" })).await, 5);
	assert_eq!(logs(json!({ "fromBlock": "0x2", "toBlock": "0x3" })).await, 2);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "topics": [one, three] })).await, 1);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "topics": [null, [three, one]] })).await, 2);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "topics": [three] })).await, 0);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "topics": [null, null, null] })).await, 0);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "address": H160::repeat_byte(0xaa) })).await, 5);
	assert_eq!(logs(json!({ "fromBlock": "0x0", "address": [H160::zero()] })).await, 0);
	assert_eq!(logs(json!({ "blockHash": id(4, 0xff).hash })).await, 1);
}

/// Codes and sentences of execution-apis (`tests/eth_getLogs/filter-error-*`) and geth.
#[tokio::test]
async fn ranges_that_make_no_sense_are_refused() {
	let setup = of_logs(5).await;
	for (filter, code, words) in [
		(json!({ "fromBlock": "0x4", "toBlock": "0x3" }), -32602, "invalid block range params"),
		(
			json!({ "fromBlock": "0x4", "toBlock": "0x9" }),
			-32602,
			"block range extends beyond current head block",
		),
		(json!({ "fromBlock": "pending" }), -32000, "pending logs are not supported"),
		(json!({ "blockHash": H256::repeat_byte(9) }), -32000, "unknown block"),
	] {
		assert_eq!(setup.fail("eth_getLogs", json!([filter])).await, (code, words.to_string()));
	}
}

#[tokio::test]
async fn queries_are_bounded_in_blocks_and_logs() {
	let setup = Setup::new();
	let many = vec![log(0xaa, &[1]); 10_001];
	let full = included(extrinsic(1, 1, 0), 1, 1, many);
	let mut blocks = vec![block(1, 0xff, 0xff, vec![full])];
	blocks.extend((2..=10_000).map(|number| block(number, 0xff, 0xff, vec![])));
	setup.index.insert_all(&blocks).unwrap();
	setup.index.set_best(id(10_000, 0xff).hash).unwrap();
	let logs = |from: &str| json!([{ "fromBlock": from, "toBlock": "latest" }]);
	let too_wide = (-32005, "query exceeds max block range 10000".to_string());
	assert_eq!(setup.fail("eth_getLogs", logs("0x0")).await, too_wide);
	let too_many = (-32005, "query returned more than 10000 results".to_string());
	assert_eq!(setup.fail("eth_getLogs", logs("0x1")).await, too_many);
	let one = json!([{ "blockHash": id(1, 0xff).hash }]);
	assert_eq!(setup.fail("eth_getLogs", one).await, too_many);
	assert_eq!(setup.get("eth_getLogs", logs("0x2")).await, json!([]));
	let named = json!([{ "fromBlock": "0x0", "address": H160::zero() }]);
	assert_eq!(setup.get("eth_getLogs", named).await, json!([]));
}

#[tokio::test]
async fn a_filter_of_logs_follows_a_reorganization() {
	let setup = of_logs(3).await;
	let filter = setup.get("eth_newFilter", json!([{ "topics": [H256::repeat_byte(1)] }])).await;
	assert_eq!(poll(&setup, &filter).await, json!([]));
	setup.import(logging(4, 0xff, 0xff));
	assert_eq!(told(&poll(&setup, &filter).await), [("0x4".into(), false)]);
	assert_eq!(poll(&setup, &filter).await, json!([]));
	// Blocks 3 and 4 go, newest first; others come in their places.
	setup.index.insert(&logging(3, 0xff, 7)).unwrap();
	setup.index.insert(&logging(4, 7, 7)).unwrap();
	setup.import(logging(5, 7, 7));
	let changes = poll(&setup, &filter).await;
	let expected = [("0x4", true), ("0x3", true), ("0x3", false), ("0x4", false), ("0x5", false)];
	assert_eq!(told(&changes), expected.map(|(number, removed)| (number.to_string(), removed)));
	assert_eq!(changes[0]["blockHash"], json!(id(4, 0xff).hash));
	assert_eq!(changes[3]["blockHash"], json!(id(4, 7).hash));
	assert_eq!(poll(&setup, &filter).await, json!([]));
}

#[tokio::test]
async fn a_chain_that_becomes_shorter_is_followed() {
	let setup = of_logs(3).await;
	let logs = setup.get("eth_newFilter", json!([{}])).await;
	let blocks = setup.get("eth_newBlockFilter", json!([])).await;
	setup.index.set_best(id(2, 0xff).hash).unwrap();
	assert_eq!(told(&poll(&setup, &logs).await), [("0x3".into(), true)]);
	assert_eq!(poll(&setup, &blocks).await, json!([]));
	setup.index.set_best(id(3, 0xff).hash).unwrap();
	assert_eq!(told(&poll(&setup, &logs).await), [("0x3".into(), false)]);
	assert_eq!(poll(&setup, &blocks).await, json!([id(3, 0xff).hash]));
}

#[tokio::test]
async fn a_filter_of_logs_keeps_to_its_blocks() {
	let setup = of_logs(1).await;
	let filter = json!([{ "fromBlock": "0x2", "toBlock": "0x3" }]);
	let filter = setup.get("eth_newFilter", filter).await;
	for number in 2..=5 {
		setup.import(logging(number, 0xff, 0xff));
	}
	let changes = poll(&setup, &filter).await;
	assert_eq!(told(&changes), [("0x2".into(), false), ("0x3".into(), false)]);
	assert_eq!(setup.get("eth_getFilterLogs", json!([filter])).await, changes);
}

#[tokio::test]
async fn a_filter_of_blocks_tells_of_new_ones() {
	let setup = of_logs(1).await;
	let filter = setup.get("eth_newBlockFilter", json!([])).await;
	setup.import(logging(2, 0xff, 0xff));
	setup.import(logging(3, 0xff, 0xff));
	assert_eq!(poll(&setup, &filter).await, json!([id(2, 0xff).hash, id(3, 0xff).hash]));
	let failure = setup.fail("eth_getFilterLogs", json!([filter])).await;
	assert_eq!(failure, (-32000, "filter not found".into()));
}

#[tokio::test]
async fn filters_of_the_pool_tell_of_hashes_or_transactions() {
	let setup = Setup::new();
	setup.announce(extrinsic(1, 1, 0));
	let hashes = setup.get("eth_newPendingTransactionFilter", json!([])).await;
	let full = setup.get("eth_newPendingTransactionFilter", json!([true])).await;
	setup.announce(extrinsic(2, 1, 1));
	setup.announce(extrinsic(3, 1, 2));
	let expected = [H256::repeat_byte(2), H256::repeat_byte(3)];
	assert_eq!(poll(&setup, &hashes).await, json!(expected));
	let transactions = poll(&setup, &full).await;
	assert_eq!(transactions[1]["hash"], json!(expected[1]));
	assert_eq!(poll(&setup, &hashes).await, json!([]));
}

#[tokio::test]
async fn an_uninstalled_filter_is_gone() {
	let setup = Setup::new();
	let filter = setup.get("eth_newBlockFilter", json!([])).await;
	assert_eq!(setup.get("eth_uninstallFilter", json!([filter])).await, json!(true));
	assert_eq!(setup.get("eth_uninstallFilter", json!([filter])).await, json!(false));
	let failure = setup.fail("eth_getFilterChanges", json!([filter])).await;
	assert_eq!(failure, (-32000, "filter not found".into()));
}

#[test]
fn idle_filters_are_forgotten_and_there_are_not_too_many() {
	let filters = Filters::default();
	let add = || filters.add(Filter::Blocks { last: id(0, 0) });
	let first = add().unwrap();
	for _ in 1..1_000 {
		add().unwrap();
	}
	assert!(add().is_err());
	filters.age(&first, Duration::from_secs(299));
	assert!(filters.get(&first).is_ok());
	// Asking for it has made it young again.
	filters.age(&first, Duration::from_secs(299));
	assert!(filters.get(&first).is_ok());
	filters.age(&first, Duration::from_secs(300));
	assert!(matches!(filters.get(&first), Err(EthError::FilterNotFound)));
	assert!(add().is_ok());
}
