// SPDX-License-Identifier: Apache-2.0
//! The pool.

use alloy_primitives::Address;
use serde_json::{json, Value};

use super::{
	double::{extrinsic, Setup},
	vectors::{signed, vector},
};

#[tokio::test]
async fn the_pool_is_shown_by_sender_and_nonce() {
	let setup = Setup::new();
	let json = vector("transaction-dynamic-fee");
	let create = vector("transaction-create");
	setup.announce(signed(&json));
	setup.announce(extrinsic(1, 0xcc, 7));
	setup.chain.pool.lock().queued.push(signed(&create));
	assert_eq!(
		setup.get("txpool_status", json!([])).await,
		json!({ "pending": "0x2", "queued": "0x1" })
	);
	let content = setup.get("txpool_content", json!([])).await;
	// Keys have checksums (EIP-55).
	let key = |transaction: &Value| {
		let address: Address = transaction["from"].as_str().unwrap().parse().unwrap();
		address.to_checksum(None)
	};
	let (sender, creator) = (&key(&json), &key(&create));
	let shown = &content["pending"][sender]["4"];
	assert_eq!((&shown["hash"], &shown["blockHash"]), (&json["hash"], &json!(null)));
	assert_eq!(content["queued"].as_object().unwrap().len(), 1);
	let own = setup.get("txpool_contentFrom", json!([json["from"]])).await;
	assert_eq!(own, json!({ "pending": { "4": shown }, "queued": {} }));
	// geth's lines.
	let lines = setup.get("txpool_inspect", json!([])).await;
	assert_eq!(
		lines["pending"][sender]["4"],
		"0x0000000000000000000000000000000000031eC7: 1 wei + 60000 gas × 516410695 wei"
	);
	assert_eq!(
		lines["queued"][creator]["0"],
		"contract creation: 0 wei + 78316 gas × 875000001 wei"
	);
}
