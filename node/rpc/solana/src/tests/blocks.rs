// SPDX-License-Identifier: Apache-2.0
//! Blocks and the transactions in them.

use base64::{prelude::BASE64_STANDARD, Engine};
use serde_json::{json, Value};
use unum_solana_transaction::{compile_v0, AccountMeta, Instruction, LookupTable, RawTransaction};
use unum_solana_view::{
	InnerInstruction, InnerInstructions, InstructionError, LoadedAddresses, ReturnData,
	TokenBalance, TransactionError, TransactionMeta,
};

use super::double::{address_of, included, key, signed, text, transfer, wallet, Setup};

fn meta() -> TransactionMeta {
	TransactionMeta {
		fee: 5_000,
		pre_balances: vec![10_000, 0, 1],
		post_balances: vec![3_000, 2_000, 1],
		log_messages: vec![b"Program 1 invoke [1]".to_vec()],
		compute_units_consumed: 150,
		..TransactionMeta::default()
	}
}

fn simple() -> RawTransaction {
	signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 2_000)])
}

fn b58(bytes: &[u8]) -> String {
	bs58::encode(bytes).into_string()
}

#[tokio::test]
async fn a_block_is_told_with_its_neighbours_and_time() {
	let setup = Setup::new();
	let genesis = *setup.chain.best.lock();
	let id = setup.import(vec![included(&simple(), meta())]);
	setup.finalize();
	let block = setup.get("getBlock", json!([1])).await;
	assert_eq!(block["blockhash"], b58(&id.hash.map(|byte| !byte)));
	assert_eq!(block["previousBlockhash"], b58(&genesis.hash.map(|byte| !byte)));
	assert_eq!((&block["parentSlot"], &block["blockHeight"]), (&json!(0), &json!(1)));
	assert_eq!((&block["blockTime"], &block["rewards"]), (&json!(1_700_000_001), &json!([])));
	assert_eq!(block["transactions"].as_array().unwrap().len(), 1);
	assert!(block.get("signatures").is_none());
	let first = setup.get("getBlock", json!([0])).await;
	assert_eq!(first["previousBlockhash"], b58(&[0; 32]));
	assert_eq!(first["parentSlot"], 0);
}

#[tokio::test]
async fn a_transaction_in_json_is_complete() {
	let setup = Setup::new();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	setup.finalize();
	let block = setup.get("getBlock", json!([1, "json"])).await;
	let sender = address_of(&wallet(1)).to_string();
	let expected = json!({
		"transaction": {
			"signatures": [raw.first_signature().to_string()],
			"message": {
				"header": {
					"numRequiredSignatures": 1,
					"numReadonlySignedAccounts": 0,
					"numReadonlyUnsignedAccounts": 1,
				},
				"accountKeys": [sender, text(2), text(0)],
				"recentBlockhash": text(5),
				"instructions": [{
					"programIdIndex": 2,
					"accounts": [0, 1],
					"data": b58(&[2, 0, 0, 0, 0xd0, 7, 0, 0, 0, 0, 0, 0]),
					"stackHeight": 1,
				}],
			},
		},
		"meta": {
			"err": null,
			"status": { "Ok": null },
			"fee": 5_000,
			"preBalances": [10_000, 0, 1],
			"postBalances": [3_000, 2_000, 1],
			"preTokenBalances": [],
			"postTokenBalances": [],
			"innerInstructions": [],
			"logMessages": ["Program 1 invoke [1]"],
			"computeUnitsConsumed": 150,
			"costUnits": 1_481,
			"rewards": [],
			"loadedAddresses": { "writable": [], "readonly": [] },
		},
	});
	assert_eq!(block["transactions"][0], expected);
}

#[tokio::test]
async fn raw_encodings_give_the_bytes_back() {
	let setup = Setup::new();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	setup.finalize();
	for (encoding, expected) in [
		("base64", json!([BASE64_STANDARD.encode(raw.bytes()), "base64"])),
		("base58", json!([b58(raw.bytes()), "base58"])),
		("binary", json!(b58(raw.bytes()))),
	] {
		let params = json!([raw.first_signature().to_string(), { "encoding": encoding }]);
		let found = setup.get("getTransaction", params).await;
		assert_eq!(found["transaction"], expected);
		assert_eq!((&found["slot"], &found["blockTime"]), (&json!(1), &json!(1_700_000_001)));
		assert_eq!(found["meta"]["fee"], 5_000);
		assert!(found.get("version").is_none());
	}
}

#[tokio::test]
async fn a_parsed_transaction_is_in_words() {
	let setup = Setup::new();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	setup.finalize();
	let config = json!({ "encoding": "jsonParsed", "maxSupportedTransactionVersion": 0 });
	let found =
		setup.get("getTransaction", json!([raw.first_signature().to_string(), config])).await;
	let sender = address_of(&wallet(1)).to_string();
	assert_eq!(found["version"], "legacy");
	let message = &found["transaction"]["message"];
	assert_eq!(
		message["accountKeys"],
		json!([
			{ "pubkey": sender, "signer": true, "writable": true, "source": "transaction" },
			{ "pubkey": text(2), "signer": false, "writable": true, "source": "transaction" },
			{ "pubkey": text(0), "signer": false, "writable": false, "source": "transaction" },
		])
	);
	let info = json!({ "source": sender, "destination": text(2), "lamports": 2_000 });
	assert_eq!(
		message["instructions"],
		json!([{
			"program": "system",
			"programId": text(0),
			"parsed": { "type": "transfer", "info": info },
			"stackHeight": 1,
		}])
	);
	assert!(found["meta"].get("loadedAddresses").is_none());
}

/// A message of version 0 with accounts from a table, what it called and what it moved.
fn versioned() -> (RawTransaction, TransactionMeta) {
	let payer = address_of(&wallet(1));
	let meta = |pubkey, is_writable| AccountMeta { pubkey, is_signer: false, is_writable };
	let accounts = vec![meta(key(8), true), meta(key(9), false)];
	let instruction = Instruction { program: key(7), accounts, data: vec![1] };
	let table = LookupTable { key: key(6), addresses: vec![key(9), key(8)] };
	let message = compile_v0(payer, &[instruction], &[table], [5; 32].into()).unwrap();
	let raw = RawTransaction::new(&[[3; 64].into()], &message).unwrap();
	let balance = TokenBalance {
		account_index: 1,
		mint: key(4),
		owner: payer,
		program: unum_spl_token::ids::token_program(),
		amount: 1_500,
		decimals: 3,
	};
	let call = InnerInstruction {
		program_index: 1,
		accounts: vec![2, 3],
		data: vec![5, 6],
		stack_height: 2,
	};
	let meta = TransactionMeta {
		error: Some(TransactionError::instruction(0, InstructionError::Custom(6_001))),
		loaded_addresses: LoadedAddresses { writable: vec![key(8)], readonly: vec![key(9)] },
		pre_token_balances: vec![balance],
		inner_instructions: vec![InnerInstructions { index: 0, instructions: vec![call] }],
		return_data: Some(ReturnData { program: key(7), data: vec![1, 2] }),
		..TransactionMeta::default()
	};
	(raw, meta)
}

#[tokio::test]
async fn versions_have_to_be_asked_for() {
	let setup = Setup::new();
	let (raw, meta) = versioned();
	setup.import(vec![included(&raw, meta)]);
	setup.finalize();
	let signature = raw.first_signature().to_string();
	for (method, params) in [
		("getTransaction", json!([signature])),
		("getTransaction", json!([signature, { "encoding": "base64" }])),
		("getBlock", json!([1])),
		("getBlock", json!([1, { "transactionDetails": "accounts" }])),
	] {
		let (code, message) = setup.fail(method, params).await;
		assert_eq!(code, -32_015);
		assert_eq!(
			message,
			"Transaction version (0) is not supported by the requesting client. Please try the \
			 request again with the following configuration parameter: \
			 \"maxSupportedTransactionVersion\": 0"
		);
	}
	let config = json!({ "transactionDetails": "signatures" });
	assert_eq!(setup.get("getBlock", json!([1, config])).await["signatures"], json!([signature]));
}

#[tokio::test]
async fn accounts_of_lookup_tables_and_inner_calls_are_told() {
	let setup = Setup::new();
	let (raw, meta) = versioned();
	setup.import(vec![included(&raw, meta)]);
	setup.finalize();
	let ask = |encoding: &'static str| {
		let config = json!({ "encoding": encoding, "maxSupportedTransactionVersion": 0 });
		let params = json!([raw.first_signature().to_string(), config]);
		let setup = &setup;
		async move { setup.get("getTransaction", params).await }
	};
	let found = ask("json").await;
	assert_eq!(found["version"], 0);
	let lookup = json!({ "accountKey": text(6), "writableIndexes": [1], "readonlyIndexes": [0] });
	assert_eq!(found["transaction"]["message"]["addressTableLookups"], json!([lookup]));
	let meta = &found["meta"];
	assert_eq!(meta["err"], json!({ "InstructionError": [0, { "Custom": 6_001 }] }));
	assert_eq!(meta["status"], json!({ "Err": meta["err"] }));
	assert_eq!(meta["loadedAddresses"], json!({ "writable": [text(8)], "readonly": [text(9)] }));
	assert_eq!(meta["returnData"], json!({ "programId": text(7), "data": ["AQI=", "base64"] }));
	let call = json!({
		"programIdIndex": 1, "accounts": [2, 3], "data": b58(&[5, 6]), "stackHeight": 2,
	});
	assert_eq!(meta["innerInstructions"], json!([{ "index": 0, "instructions": [call] }]));
	assert_eq!(
		meta["preTokenBalances"][0]["uiTokenAmount"],
		json!({ "amount": "1500", "decimals": 3, "uiAmount": 1.5, "uiAmountString": "1.5" })
	);
	let found = ask("jsonParsed").await;
	let keys = found["transaction"]["message"]["accountKeys"].as_array().unwrap();
	assert_eq!(
		keys[2..],
		[
			json!({ "pubkey": text(8), "signer": false, "writable": true, "source": "lookupTable" }),
			json!({ "pubkey": text(9), "signer": false, "writable": false, "source": "lookupTable" }),
		]
	);
	// A program that is not known: keys and data.
	let call = json!({
		"programId": text(7),
		"accounts": [text(8), text(9)],
		"data": b58(&[5, 6]),
		"stackHeight": 2,
	});
	assert_eq!(found["meta"]["innerInstructions"][0]["instructions"], json!([call]));
}

#[tokio::test]
async fn less_of_a_block_can_be_asked_for() {
	let setup = Setup::new();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	setup.finalize();
	let none = setup.get("getBlock", json!([1, { "transactionDetails": "none" }])).await;
	assert!(none.get("transactions").is_none() && none.get("signatures").is_none());
	let config = json!({ "transactionDetails": "accounts", "rewards": false });
	let accounts = setup.get("getBlock", json!([1, config])).await;
	assert!(accounts.get("rewards").is_none());
	let found = &accounts["transactions"][0];
	assert_eq!(found["transaction"]["accountKeys"][1]["pubkey"], text(2));
	assert_eq!(found["meta"]["fee"], 5_000);
	assert!(found["meta"].get("logMessages").is_none());
}

#[tokio::test]
async fn blocks_that_are_not_there_are_refused() {
	let setup = Setup::new();
	setup.import(vec![]);
	// Not final yet.
	let (code, message) = setup.fail("getBlock", json!([1])).await;
	assert_eq!((code, message.as_str()), (-32_004, "Block not available for slot 1"));
	assert!(setup.get("getBlock", json!([1, { "commitment": "confirmed" }])).await.is_object());
	for method in ["getBlock", "getBlockTime"] {
		assert_eq!(setup.fail(method, json!([99])).await.0, -32_004);
	}
	let (code, message) = setup.fail("getBlock", json!([1, { "commitment": "processed" }])).await;
	assert_eq!(code, -32_602);
	assert_eq!(message, "Method does not support commitment below `confirmed`");
	let (code, _) = setup.fail("getBlock", json!(["one"])).await;
	assert_eq!(code, -32_602);
}

#[tokio::test]
async fn history_that_starts_later_is_said_to_be_cleaned_up() {
	let setup = Setup::new();
	setup.import(vec![]);
	setup.import(vec![]);
	setup.finalize();
	let kept = setup.index.block(setup.chain.best.lock().hash).unwrap().unwrap();
	setup.index.clear().unwrap();
	setup.index.insert_all(&[kept]).unwrap();
	let (code, message) = setup.fail("getBlock", json!([1])).await;
	assert_eq!(code, -32_001);
	assert_eq!(message, "Block 1 cleaned up, does not exist on node. First available block: 2");
	assert_eq!(setup.get("getFirstAvailableBlock", json!([])).await, 2);
	assert_eq!(setup.get("minimumLedgerSlot", json!([])).await, 2);
	assert_eq!(setup.get("getBlocks", json!([0])).await, json!([2]));
}

#[tokio::test]
async fn ranges_of_blocks_end_at_the_last_one() {
	let setup = Setup::new();
	for _ in 0..5 {
		setup.import(vec![]);
	}
	setup.finalize();
	assert_eq!(setup.get("getBlocks", json!([3])).await, json!([3, 4, 5]));
	assert_eq!(setup.get("getBlocks", json!([1, 2])).await, json!([1, 2]));
	let config = json!({ "commitment": "confirmed" });
	assert_eq!(setup.get("getBlocks", json!([4, config])).await, json!([4, 5]));
	assert_eq!(setup.get("getBlocks", json!([4, null, config])).await, json!([4, 5]));
	assert_eq!(setup.get("getBlocks", json!([9])).await, json!([]));
	assert_eq!(setup.get("getBlocksWithLimit", json!([2, 2])).await, json!([2, 3]));
	assert_eq!(setup.get("getBlocksWithLimit", json!([2, 0])).await, json!([]));
	let (_, message) = setup.fail("getBlocksWithLimit", json!([2, 500_001])).await;
	assert_eq!(message, "Limit too large; max 500000");
	assert_eq!(setup.get("getBlockTime", json!([4])).await, 1_700_000_004);
	let expected = json!({ "commitment": null, "totalStake": 0 });
	assert_eq!(setup.get("getBlockCommitment", json!([4])).await, expected);
}

#[tokio::test]
async fn a_transaction_of_a_fork_is_not_found() {
	let setup = Setup::new();
	let genesis = *setup.chain.best.lock();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	let params = json!([raw.first_signature().to_string(), { "commitment": "confirmed" }]);
	assert_eq!(setup.get("getTransaction", params.clone()).await["slot"], 1);
	setup.fork(genesis, 1, 0xf0, vec![]);
	assert_eq!(setup.get("getTransaction", params).await, Value::Null);
	let statuses =
		setup.value("getSignatureStatuses", json!([[raw.first_signature().to_string()]])).await;
	assert_eq!(statuses, json!([null]));
	assert_eq!(setup.get("getSignaturesForAddress", json!([text(2)])).await, json!([]));
}

#[tokio::test]
async fn a_status_says_how_sure_it_is() {
	let setup = Setup::new();
	let raw = simple();
	setup.import(vec![included(&raw, meta())]);
	setup.import(vec![]);
	let signature = raw.first_signature().to_string();
	let ask = || setup.value("getSignatureStatuses", json!([[signature, "1".repeat(64)]]));
	let expected = json!({
		"slot": 1,
		"confirmations": 1,
		"status": { "Ok": null },
		"err": null,
		"confirmationStatus": "confirmed",
	});
	assert_eq!(ask().await, json!([expected, null]));
	setup.finalize();
	let status = ask().await[0].clone();
	assert_eq!(
		(&status["confirmations"], &status["confirmationStatus"]),
		(&Value::Null, &json!("finalized"))
	);
	// Statuses that are old have to be searched for.
	for _ in 0..301 {
		setup.import(vec![]);
	}
	assert_eq!(ask().await, json!([null, null]));
	let params = json!([[signature], { "searchTransactionHistory": true }]);
	assert_eq!(setup.value("getSignatureStatuses", params).await[0]["slot"], 1);
	let many = vec![signature; 257];
	let (_, message) = setup.fail("getSignatureStatuses", json!([many])).await;
	assert_eq!(message, "Too many inputs provided; max 256");
}

#[tokio::test]
async fn signatures_of_an_address_come_in_pages() {
	let setup = Setup::new();
	let memo = Instruction {
		program: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr".parse().unwrap(),
		accounts: vec![],
		data: b"hello".to_vec(),
	};
	let sender = address_of(&wallet(1));
	let all: Vec<_> = (1..6)
		.map(|lamports| signed(&wallet(1), &[transfer(sender, key(2), lamports), memo.clone()]))
		.collect();
	for raw in &all {
		setup.import(vec![included(raw, meta())]);
	}
	setup.finalize();
	let names: Vec<_> = all.iter().rev().map(|raw| raw.first_signature().to_string()).collect();
	let ask = |config: Value| {
		let (setup, params) = (&setup, json!([text(2), config]));
		async move {
			let found = setup.get("getSignaturesForAddress", params).await;
			let found = found.as_array().unwrap().clone();
			found
				.iter()
				.map(|one| one["signature"].as_str().unwrap().to_string())
				.collect::<Vec<_>>()
		}
	};
	assert_eq!(ask(json!({})).await, names);
	assert_eq!(ask(json!({ "limit": 2 })).await, names[..2]);
	assert_eq!(ask(json!({ "before": names[1], "limit": 2 })).await, names[2..4]);
	assert_eq!(ask(json!({ "until": names[3] })).await, names[..3]);
	assert!(ask(json!({ "before": "1".repeat(64) })).await.is_empty());
	let first = setup.get("getSignaturesForAddress", json!([text(2), { "limit": 1 }])).await;
	assert_eq!(
		first[0],
		json!({
			"signature": names[0],
			"slot": 5,
			"transactionIndex": 0,
			"err": null,
			"memo": "[5] hello",
			"blockTime": 1_700_000_005,
			"confirmationStatus": "finalized",
		})
	);
	for limit in [0, 1_001] {
		let params = json!([text(2), { "limit": limit }]);
		let (code, message) = setup.fail("getSignaturesForAddress", params).await;
		assert_eq!((code, message.as_str()), (-32_602, "Invalid limit; max 1000"));
	}
}
