// SPDX-License-Identifier: Apache-2.0
//! News that are pushed.

use jsonrpsee::core::server::Subscription;
use serde_json::{json, Value};
use unum_ethereum_view::H256;

use super::double::{extrinsic, id, logging, Setup};
use crate::SyncProgress;

async fn subscribe(setup: &Setup, params: Vec<Value>) -> Subscription {
	setup.module.subscribe_unbounded("eth_subscribe", params).await.unwrap()
}

async fn next(subscription: &mut Subscription) -> Value {
	subscription.next::<Value>().await.unwrap().unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn new_heads_are_pushed_in_order() {
	let setup = Setup::new();
	let mut heads = subscribe(&setup, vec![json!("newHeads")]).await;
	setup.index.insert(&logging(1, 0xff, 0xff)).unwrap();
	setup.import(logging(2, 0xff, 0xff));
	for number in 1..=2 {
		let head = next(&mut heads).await;
		assert_eq!(head["hash"], json!(id(number, 0xff).hash));
		assert!(head.get("transactions").is_none());
		let block = setup.get("eth_getBlockByHash", json!([head["hash"], false])).await;
		for (field, value) in head.as_object().unwrap() {
			assert_eq!(&block[field], value, "{field}");
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_of_retracted_blocks_are_pushed_again() {
	let setup = Setup::new();
	let filter = json!({ "topics": [H256::repeat_byte(1)] });
	let mut logs = subscribe(&setup, vec![json!("logs"), filter]).await;
	let mut none =
		subscribe(&setup, vec![json!("logs"), json!({ "topics": [H256::zero()] })]).await;
	setup.import(logging(1, 0xff, 1));
	setup.index.insert(&logging(1, 0xff, 2)).unwrap();
	setup.import(logging(2, 2, 2));
	for (block, removed) in
		[(id(1, 1), false), (id(1, 1), true), (id(1, 2), false), (id(2, 2), false)]
	{
		let log = next(&mut logs).await;
		assert_eq!((&log["blockHash"], &log["removed"]), (&json!(block.hash), &json!(removed)));
	}
	let silent = std::time::Duration::from_millis(50);
	assert!(tokio::time::timeout(silent, none.next::<Value>()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_of_the_pool_are_pushed() {
	let setup = Setup::new();
	let mut hashes = subscribe(&setup, vec![json!("newPendingTransactions")]).await;
	let mut full = subscribe(&setup, vec![json!("newPendingTransactions"), json!(true)]).await;
	setup.announce(extrinsic(4, 1, 0));
	assert_eq!(next(&mut hashes).await, json!(H256::repeat_byte(4)));
	let transaction = next(&mut full).await;
	assert_eq!(transaction["hash"], json!(H256::repeat_byte(4)));
	assert_eq!(transaction["blockHash"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn syncing_is_told_when_it_changes() {
	let setup = Setup::new();
	*setup.chain.sync.lock() = Some(SyncProgress { starting: 1, current: 2, highest: 3 });
	let mut syncing = subscribe(&setup, vec![json!("syncing")]).await;
	let behind = json!({ "syncing": true,
		"status": { "startingBlock": "0x1", "currentBlock": "0x2", "highestBlock": "0x3" } });
	assert_eq!(next(&mut syncing).await, behind);
	*setup.chain.sync.lock() = None;
	assert_eq!(next(&mut syncing).await, json!(false));
}
