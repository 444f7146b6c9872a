// SPDX-License-Identifier: Apache-2.0
//! Answers of geth (`vectors/README.md`), fed through the index and asked for again. What is compared
//! is the whole object, but for what such a chain can't have.

use alloy_eips::Encodable2718;
use alloy_rpc_types_eth as alloy;
use serde_json::{json, Value};
use unum_ethereum_index::{BlockId, IndexedBlock};
use unum_ethereum_view::{
	BlockView, IncludedTransaction, LogView, ReceiptView, TransactionBody, TransactionView, H160,
	H256,
};

use super::double::{block, Setup};

pub(super) fn vector(name: &str) -> Value {
	let path = format!("{}/vectors/{name}.json", std::env::var("CARGO_MANIFEST_DIR").unwrap());
	serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(super) fn number(value: &Value) -> u64 {
	u64::from_str_radix(value.as_str().unwrap().trim_start_matches("0x"), 16).unwrap()
}

pub(super) fn hash(value: &Value) -> H256 {
	H256(value.as_str().unwrap().parse::<alloy_primitives::B256>().unwrap().0)
}

fn address(value: &Value) -> H160 {
	H160(value.as_str().unwrap().parse::<alloy_primitives::Address>().unwrap().into_array())
}

/// The signed bytes of a transaction: alloy puts them together from the fields.
pub(super) fn signed(json: &Value) -> TransactionView {
	let transaction: alloy::Transaction = serde_json::from_value(json.clone()).unwrap();
	TransactionView {
		hash: hash(&json["hash"]),
		from: address(&json["from"]),
		body: TransactionBody::Raw(transaction.inner.encoded_2718()),
	}
}

fn included(json: &Value, gas_used: u64) -> IncludedTransaction {
	let price = number(&json["gasPrice"]).into();
	super::double::included(signed(json), gas_used, price, vec![])
}

/// A block that holds what a vector says of it.
fn holding(json: &Value, transactions: Vec<IncludedTransaction>) -> IndexedBlock {
	let id = BlockId { number: number(&json["blockNumber"]), hash: hash(&json["blockHash"]) };
	let timestamp =
		json.get("blockTimestamp").or_else(|| json["logs"].get(0)?.get("blockTimestamp"));
	let timestamp = timestamp.map_or(1_000, number);
	let plain = block(id.number, 0, 0, transactions);
	IndexedBlock { id, view: BlockView { timestamp, ..plain.view }, ..plain }
}

/// geth began to show the time of a transaction's block after some of the vectors were made.
fn without_times(mut value: Value, like: &Value) -> Value {
	if like.get("blockTimestamp").is_none() {
		value.as_object_mut().unwrap().remove("blockTimestamp");
	}
	value
}

#[tokio::test]
async fn transactions_of_every_type_are_shown_as_geth_shows_them() {
	for name in ["legacy", "create", "access-list", "dynamic-fee", "set-code"] {
		let json = vector(&format!("transaction-{name}"));
		let position = usize::try_from(number(&json["transactionIndex"])).unwrap();
		let filler = included(&vector("transaction-dynamic-fee"), 1);
		let mut transactions = vec![filler; position];
		transactions.push(included(&json, 21_000));
		let setup = Setup::with(holding(&json, transactions));
		let (block, index) = (&json["blockHash"], &json["transactionIndex"]);
		for (method, params) in [
			("eth_getTransactionByHash", json!([json["hash"]])),
			("eth_getTransactionByBlockHashAndIndex", json!([block, index])),
			("eth_getTransactionByBlockNumberAndIndex", json!([json["blockNumber"], index])),
		] {
			let answer = setup.get(method, params).await;
			assert_eq!(without_times(answer, &json), json, "{name}, {method}");
		}
	}
}

#[tokio::test]
async fn waiting_transactions_have_no_place_and_show_what_they_offer() {
	let json = vector("transaction-set-code");
	let setup = Setup::new();
	setup.announce(signed(&json));
	let mut expected = json.clone();
	for field in ["blockHash", "blockNumber", "blockTimestamp", "transactionIndex"] {
		expected[field] = Value::Null;
	}
	expected["gasPrice"] = json["maxFeePerGas"].clone();
	assert_eq!(setup.get("eth_getTransactionByHash", json!([json["hash"]])).await, expected);
}

#[tokio::test]
async fn the_signed_bytes_come_back() {
	let json = vector("transaction-access-list");
	let TransactionBody::Raw(bytes) = signed(&json).body else { unreachable!() };
	let setup = Setup::with(holding(&json, vec![included(&json, 1)]));
	let expected = alloy_primitives::hex::encode_prefixed(&bytes);
	for method in ["eth_getRawTransactionByHash", "debug_getRawTransaction"] {
		assert_eq!(setup.get(method, json!([json["hash"]])).await, json!(expected));
		assert_eq!(setup.get(method, json!([H256::repeat_byte(9)])).await, Value::Null);
	}
}

/// What a receipt says, for the index.
fn receipt(json: &Value) -> ReceiptView {
	let logs = json["logs"].as_array().unwrap().iter().map(|log| LogView {
		address: address(&log["address"]),
		topics: log["topics"].as_array().unwrap().iter().map(hash).collect(),
		data: alloy_primitives::hex::decode(log["data"].as_str().unwrap()).unwrap(),
	});
	ReceiptView {
		success: number(&json["status"]) == 1,
		gas_used: number(&json["gasUsed"]),
		effective_gas_price: number(&json["effectiveGasPrice"]).into(),
		contract: json["contractAddress"].is_string().then(|| address(&json["contractAddress"])),
		logs: logs.collect(),
	}
}

#[tokio::test]
async fn receipts_are_shown_as_geth_shows_them() {
	for (name, transaction) in [
		("receipt-dynamic-fee", "transaction-dynamic-fee"),
		("receipt-create", "transaction-create"),
	] {
		let json = vector(name);
		let mut signed = signed(&vector(transaction));
		// Of the transaction itself, a receipt shows type, sender and recipient.
		(signed.hash, signed.from) = (hash(&json["transactionHash"]), address(&json["from"]));
		let receipt = receipt(&json);
		let included = IncludedTransaction { extrinsic_index: 0, transaction: signed, receipt };
		let setup = Setup::with(holding(&json, vec![included]));
		let mut expected = json.clone();
		if name == "receipt-dynamic-fee" {
			expected["to"] = vector(transaction)["to"].clone();
		}
		let answer = setup.get("eth_getTransactionReceipt", json!([json["transactionHash"]])).await;
		assert_eq!(answer, expected, "{name}");
		let _: alloy::TransactionReceipt = serde_json::from_value(answer).unwrap();
		let all = setup.get("eth_getBlockReceipts", json!([json["blockHash"]])).await;
		assert_eq!(all, json!([expected]));
		let logs = setup.get("eth_getLogs", json!([{ "blockHash": json["blockHash"] }])).await;
		assert_eq!(logs, json["logs"]);
	}
}

/// A block of geth, with what a chain without beacon chain has instead.
#[tokio::test]
async fn blocks_are_shown_as_geth_shows_them() {
	let json = vector("block-full");
	let transactions: Vec<_> = json["transactions"]
		.as_array()
		.unwrap()
		.iter()
		.map(|transaction| included(transaction, 21_000))
		.collect();
	let indexed = IndexedBlock {
		id: BlockId { number: number(&json["number"]), hash: hash(&json["hash"]) },
		parent_hash: hash(&json["parentHash"]),
		state_root: hash(&json["stateRoot"]),
		extrinsics_root: hash(&json["transactionsRoot"]),
		receipts_root: hash(&json["receiptsRoot"]),
		size: number(&json["size"]),
		view: BlockView {
			timestamp: number(&json["timestamp"]),
			beneficiary: address(&json["miner"]),
			prevrandao: hash(&json["mixHash"]),
			gas_limit: number(&json["gasLimit"]),
			base_fee: number(&json["baseFeePerGas"]),
			transactions,
		},
	};
	let setup = Setup::with(indexed);
	let mut expected = json.clone();
	expected.as_object_mut().unwrap().remove("totalDifficulty");
	expected["withdrawals"] = json!([]);
	expected["withdrawalsRoot"] =
		json!("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
	expected["parentBeaconBlockRoot"] = json!(H256::zero());
	// SHA-256 of nothing (EIP-7685).
	expected["requestsHash"] =
		json!("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for transaction in expected["transactions"].as_array_mut().unwrap() {
		transaction["blockTimestamp"] = json["timestamp"].clone();
	}
	let full = setup.get("eth_getBlockByNumber", json!([json["number"], true])).await;
	assert_eq!(full, expected);
	let parsed: alloy::Block = serde_json::from_value(full).unwrap();
	assert_eq!(parsed.transactions.len(), 3);
	let hashes: Vec<_> =
		expected["transactions"].as_array().unwrap().iter().map(|tx| tx["hash"].clone()).collect();
	expected["transactions"] = json!(hashes);
	assert_eq!(setup.get("eth_getBlockByHash", json!([json["hash"], false])).await, expected);
}
