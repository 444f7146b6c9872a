// SPDX-License-Identifier: Apache-2.0
//! The chain, its state, blocks by their tags, and what is refused.

use serde_json::{json, Value};
use unum_ethereum_view::{AccountState, H160, H256, U256};

use super::{
	double::{block, extrinsic, id, included, logging, Setup},
	vectors::{signed, vector},
};
use crate::{SubmitError, SyncProgress};

#[tokio::test]
async fn the_chain_says_what_it_is() {
	let setup = Setup::new();
	for (method, params, answer) in [
		("eth_chainId", json!([]), json!("0x1237")),
		("net_version", json!([]), json!("4663")),
		("eth_blockNumber", json!([]), json!("0x0")),
		("eth_accounts", json!([]), json!([])),
		("eth_syncing", json!([]), json!(false)),
		("net_listening", json!([]), json!(true)),
		("net_peerCount", json!([]), json!("0x3")),
		("web3_clientVersion", json!([]), json!("unum/v0")),
		// The hash of nothing (Ethereum Yellow Paper).
		(
			"web3_sha3",
			json!(["0x"]),
			json!("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
		),
		("eth_blobBaseFee", json!([]), json!("0x1")),
		("debug_getRawHeader", json!(["latest"]), json!("0x0102")),
	] {
		assert_eq!(setup.get(method, params).await, answer, "{method}");
	}
	*setup.chain.sync.lock() = Some(SyncProgress { starting: 0, current: 16, highest: 255 });
	let syncing = json!({ "startingBlock": "0x0", "currentBlock": "0x10", "highestBlock": "0xff" });
	assert_eq!(setup.get("eth_syncing", json!([])).await, syncing);
}

#[tokio::test]
async fn accounts_are_shown() {
	let setup = Setup::new();
	let address = H160::repeat_byte(1);
	let account = AccountState { nonce: 5, balance: U256::from(256), code: vec![0x60] };
	setup.chain.accounts.lock().insert(address, account);
	assert_eq!(setup.get("eth_getBalance", json!([address, "latest"])).await, json!("0x100"));
	assert_eq!(setup.get("eth_getCode", json!([address])).await, json!("0x60"));
	assert_eq!(setup.get("eth_getTransactionCount", json!([address, "0x0"])).await, json!("0x5"));
	let slot = setup.get("eth_getStorageAt", json!([address, "0x2", "latest"])).await;
	assert_eq!(slot, json!(H256::from_low_u64_be(2)));
	let at = json!({ "blockHash": H256::repeat_byte(8) });
	let failure = setup.fail("eth_getBalance", json!([address, at])).await;
	assert_eq!(failure, (-32000, "header for hash not found".into()));
	let failure = setup.fail("eth_getBalance", json!([address, "0x5"])).await;
	assert_eq!(failure, (-32000, "header not found".into()));
	assert_eq!(setup.fail("eth_getBalance", json!(["0x12"])).await.0, -32602);
}

#[tokio::test]
async fn the_pool_counts_into_pending_nonces_without_gaps() {
	let setup = Setup::new();
	let sender = H160::repeat_byte(0xcc);
	let account = AccountState { nonce: 5, ..AccountState::default() };
	setup.chain.accounts.lock().insert(sender, account);
	for (hash, from, nonce) in
		[(1, 0xcc, 6), (2, 0xcc, 5), (3, 0xcc, 9), (4, 0xdd, 7), (5, 0xcc, 4)]
	{
		setup.announce(extrinsic(hash, from, nonce));
	}
	let count = |at: &str| json!([sender, at]);
	assert_eq!(setup.get("eth_getTransactionCount", count("pending")).await, json!("0x7"));
	assert_eq!(setup.get("eth_getTransactionCount", count("latest")).await, json!("0x5"));
}

#[tokio::test]
async fn tags_mean_blocks_of_the_index() {
	let setup = Setup::new();
	for number in 1..=5 {
		setup.import(logging(number, 0xff, 0xff));
	}
	*setup.chain.finalized.lock() = Some(id(3, 0xff));
	let number = |tag: &'static str| {
		let setup = &setup;
		async move { setup.get("eth_getBlockByNumber", json!([tag, false])).await["number"].clone() }
	};
	assert_eq!(number("latest").await, json!("0x5"));
	assert_eq!(number("earliest").await, json!("0x0"));
	assert_eq!(number("finalized").await, json!("0x3"));
	assert_eq!(number("safe").await, json!("0x3"));
	assert_eq!(number("0x2").await, json!("0x2"));
	// The chain is ahead of the index.
	*setup.chain.finalized.lock() = Some(id(9, 0xff));
	assert_eq!(number("finalized").await, json!("0x5"));
	assert_eq!(setup.get("eth_getBlockByNumber", json!(["0x6", true])).await, Value::Null);
	assert_eq!(setup.get("eth_getBlockReceipts", json!(["0x6"])).await, Value::Null);
}

#[tokio::test]
async fn history_that_is_not_kept_is_not_denied() {
	let setup = Setup::with(block(100, 1, 1, vec![]));
	assert_eq!(setup.get("eth_getBlockByNumber", json!(["earliest"])).await["number"], "0x64");
	let (code, message) = setup.fail("eth_getBlockByNumber", json!(["0x63"])).await;
	assert_eq!((code, message.as_str()), (4444, "pruned history unavailable"));
	let filter = json!([{ "fromBlock": "0x63", "toBlock": "0x64" }]);
	assert_eq!(setup.fail("eth_getLogs", filter).await.0, 4444);
}

#[tokio::test]
async fn retracted_blocks_are_known_by_hash_but_not_canonical() {
	let setup = Setup::new();
	setup.import(logging(1, 0xff, 1));
	setup.import(logging(1, 0xff, 2));
	setup.import(logging(2, 2, 2));
	let retracted = id(1, 1).hash;
	let block = setup.get("eth_getBlockByHash", json!([retracted, true])).await;
	assert_eq!(block["hash"], json!(retracted));
	let transaction = block["transactions"][0]["hash"].clone();
	assert_eq!(setup.get("eth_getTransactionReceipt", json!([transaction])).await, Value::Null);
	let at = json!({ "blockHash": retracted, "requireCanonical": true });
	let failure = setup.fail("eth_getBalance", json!([H160::zero(), at])).await;
	assert_eq!(failure, (-32000, format!("hash {retracted:?} is not currently canonical")));
}

#[tokio::test]
async fn extrinsics_are_legacy_transactions_without_signature() {
	let setup = Setup::new();
	let included = included(extrinsic(0x11, 0xcc, 3), 50_000, 25, vec![]);
	setup.import(block(1, 0xff, 0xff, vec![included]));
	let hash = H256::repeat_byte(0x11);
	let expected = json!({
		"blockHash": id(1, 0xff).hash, "blockNumber": "0x1", "blockTimestamp": "0x3e9",
		"from": H160::repeat_byte(0xcc), "gas": "0x186a0", "gasPrice": "0x19", "hash": hash,
		"input": "0x010203", "nonce": "0x3", "to": H160::zero(), "transactionIndex": "0x0",
		"value": "0x5", "type": "0x0", "v": "0x0", "r": "0x0", "s": "0x0",
	});
	assert_eq!(setup.get("eth_getTransactionByHash", json!([hash])).await, expected);
	assert_eq!(setup.get("eth_getRawTransactionByHash", json!([hash])).await, Value::Null);
}

#[tokio::test]
async fn a_pending_block_holds_what_fits_and_has_no_hash() {
	let setup = Setup::new();
	setup.chain.next.lock().gas_limit = 250_000;
	let transaction = signed(&vector("transaction-access-list"));
	setup.announce(transaction.clone());
	setup.announce(extrinsic(2, 2, 0));
	setup.announce(extrinsic(3, 2, 1));
	let block = setup.get("eth_getBlockByNumber", json!(["pending", false])).await;
	for field in ["hash", "nonce", "miner"] {
		assert_eq!(block[field], Value::Null, "{field}");
	}
	assert_eq!(block["number"], "0x1");
	assert_eq!(block["parentHash"], json!(id(0, 0xff).hash));
	assert_eq!(block["baseFeePerGas"], "0x7");
	assert_eq!(block["gasUsed"], format!("{:#x}", 200_000));
	assert_eq!(block["transactions"], json!([transaction.hash, H256::repeat_byte(2)]));
	let count = setup.get("eth_getBlockTransactionCountByNumber", json!(["pending"])).await;
	assert_eq!(count, json!("0x2"));
	let second =
		setup.get("eth_getTransactionByBlockNumberAndIndex", json!(["pending", "0x1"])).await;
	assert_eq!(second["hash"], json!(H256::repeat_byte(2)));
	assert_eq!(second["blockHash"], Value::Null);
}

#[tokio::test]
async fn there_are_no_uncles() {
	let setup = Setup::new();
	let hash = id(0, 0xff).hash;
	assert_eq!(setup.get("eth_getUncleCountByBlockHash", json!([hash])).await, json!("0x0"));
	assert_eq!(setup.get("eth_getUncleCountByBlockNumber", json!(["latest"])).await, json!("0x0"));
	assert_eq!(setup.get("eth_getUncleCountByBlockNumber", json!(["0x9"])).await, Value::Null);
	for method in ["eth_getUncleByBlockHashAndIndex", "eth_getUncleByBlockNumberAndIndex"] {
		let block = if method.contains("Hash") { json!(hash) } else { json!("latest") };
		assert_eq!(setup.get(method, json!([block, "0x0"])).await, Value::Null);
	}
}

#[tokio::test]
async fn the_pools_answer_to_a_transaction_is_passed_on() {
	let setup = Setup::new();
	let hash = H256::repeat_byte(3);
	*setup.chain.submitted.lock() = Some(Ok(hash));
	assert_eq!(setup.get("eth_sendRawTransaction", json!(["0x02"])).await, json!(hash));
	let low = "nonce too low: next nonce 5, tx nonce 4";
	for (error, code) in [
		(SubmitError::Refused(low.into()), -32000),
		(SubmitError::Malformed("typed transaction too short".into()), -32602),
	] {
		let words = error.to_string();
		*setup.chain.submitted.lock() = Some(Err(error));
		assert_eq!(setup.fail("eth_sendRawTransaction", json!(["0x02"])).await, (code, words));
	}
}

#[tokio::test]
async fn what_the_node_does_not_have_is_refused_with_the_reason() {
	let setup = Setup::new();
	let from = H160::zero();
	for (method, params, words) in [
		("eth_sendTransaction", json!([{ "from": from }]), "unknown account"),
		("eth_sign", json!([from, "0x"]), "unknown account"),
		("eth_signTransaction", json!([{}]), "unknown account"),
		("eth_getProof", json!([from, [], "latest"]), "proofs are not available"),
		("eth_coinbase", json!([]), "etherbase"),
		("eth_getFilterChanges", json!(["0x1"]), "filter not found"),
		("debug_getRawBlock", json!(["latest"]), "historical state"),
	] {
		let (code, message) = setup.fail(method, params).await;
		assert_eq!(code, -32000, "{method}");
		assert!(message.starts_with(words), "{method}: {message}");
	}
	assert_eq!(setup.fail("eth_mine", json!([])).await.0, -32601);
	assert_eq!(setup.fail("eth_subscribe", json!(["blocks"])).await.0, -32601);
}

/// Encoded receipts are those of Ethereum: alloy reads them back.
#[tokio::test]
async fn receipts_are_encoded_as_ethereum_encodes_them() {
	use alloy_eips::Decodable2718;
	let setup = Setup::new();
	let typed = included(signed(&vector("transaction-set-code")), 30_000, 1, vec![]);
	let mut block = logging(1, 0xff, 0xff);
	block.view.transactions.push(typed);
	setup.import(block);
	let answer = setup.get("debug_getRawReceipts", json!(["0x1"])).await;
	let read = |value: &Value| {
		let bytes = alloy_primitives::hex::decode(value.as_str().unwrap()).unwrap();
		alloy_consensus::ReceiptEnvelope::decode_2718(&mut bytes.as_slice()).unwrap()
	};
	let [legacy, typed] = [read(&answer[0]), read(&answer[1])];
	assert_eq!((u8::from(legacy.tx_type()), u8::from(typed.tx_type())), (0, 4));
	assert_eq!((legacy.cumulative_gas_used(), typed.cumulative_gas_used()), (21_000, 51_000));
	assert_eq!((legacy.logs().len(), typed.logs().len()), (1, 0));
}
