// SPDX-License-Identifier: Apache-2.0
//! Transactions that are tried out, sent, and given away.

use base64::{prelude::BASE64_STANDARD, Engine};
use serde_json::{json, Value};
use unum_solana_transaction::{ids, Instruction, RawTransaction, Signature};
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use super::double::{account, address_of, key, outcome, signed, text, transfer, wallet, Setup};
use crate::{Faucet, SubmitError};

fn raw() -> RawTransaction {
	signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 2_000)])
}

fn base64(raw: &RawTransaction) -> String {
	BASE64_STANDARD.encode(raw.bytes())
}

/// As `raw`, with a signature that is none.
fn forged() -> RawTransaction {
	RawTransaction::new(&[Signature::new([7; 64])], raw().message()).unwrap()
}

fn failed() -> TransactionMeta {
	TransactionMeta {
		error: Some(TransactionError::instruction(0, InstructionError::Custom(1))),
		log_messages: vec![b"Program log: no".to_vec()],
		compute_units_consumed: 150,
		..TransactionMeta::default()
	}
}

#[tokio::test]
async fn a_transaction_that_passes_is_sent() {
	let setup = Setup::new();
	let text58 = bs58::encode(raw().bytes()).into_string();
	for params in [
		json!([text58]),
		json!([text58, { "encoding": "base58", "maxRetries": 3 }]),
		json!([base64(&raw()), { "encoding": "base64", "preflightCommitment": "finalized" }]),
	] {
		setup.chain.outcomes.lock().push(outcome(TransactionMeta::default()));
		let sent = setup.get("sendTransaction", params).await;
		assert_eq!(sent, raw().first_signature().to_string());
		assert_eq!(setup.chain.submitted.lock().pop(), Some(raw().bytes().to_vec()));
	}
}

#[tokio::test]
async fn a_transaction_that_would_fail_is_not_sent() {
	let setup = Setup::new();
	setup.chain.outcomes.lock().push(outcome(failed()));
	let params = json!([base64(&raw()), { "encoding": "base64" }]);
	let answer = setup.ask("sendTransaction", params).await;
	assert_eq!(answer["error"]["code"], -32_002);
	assert_eq!(
		answer["error"]["message"],
		"Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1"
	);
	let data = &answer["error"]["data"];
	assert_eq!(data["err"], json!({ "InstructionError": [0, { "Custom": 1 }] }));
	assert_eq!(data["logs"], json!(["Program log: no"]));
	assert_eq!((&data["unitsConsumed"], &data["accounts"]), (&json!(150), &Value::Null));
	assert_eq!(data["loadedAccountsDataSize"], 42);
	assert!(setup.chain.submitted.lock().is_empty());
}

#[tokio::test]
async fn preflight_can_be_left_out() {
	let setup = Setup::new();
	let params = json!([base64(&raw()), { "encoding": "base64", "skipPreflight": true }]);
	setup.get("sendTransaction", params).await;
	assert_eq!(setup.chain.submitted.lock().len(), 1);
	assert!(setup.chain.asked.lock().is_empty());
}

#[tokio::test]
async fn refusals_of_the_pool_are_told_as_upstream() {
	let setup = Setup::new();
	let cases = [
		(
			SubmitError::Transaction(TransactionError::BlockhashNotFound),
			-32_002,
			"Transaction simulation failed: Blockhash not found",
			json!("BlockhashNotFound"),
		),
		(
			SubmitError::Transaction(TransactionError::AlreadyProcessed),
			-32_002,
			"Transaction simulation failed: This transaction has already been processed",
			json!("AlreadyProcessed"),
		),
		(
			SubmitError::Transaction(TransactionError::SignatureFailure),
			-32_003,
			"Transaction signature verification failure",
			Value::Null,
		),
		(
			SubmitError::Refused("the pool is full".into()),
			-32_002,
			"Transaction simulation failed: the pool is full",
			Value::Null,
		),
	];
	for (refusal, code, message, error) in cases {
		*setup.chain.refusal.lock() = Some(refusal);
		let params = json!([base64(&raw()), { "encoding": "base64", "skipPreflight": true }]);
		let answer = setup.ask("sendTransaction", params).await;
		assert_eq!(answer["error"]["code"], code);
		assert_eq!(answer["error"]["message"], message);
		assert_eq!(answer["error"]["data"]["err"], error);
		// Clients take these apart.
		assert!(code == -32_003 || answer["error"]["data"]["logs"].is_array());
	}
}

#[tokio::test]
async fn what_is_no_transaction_is_refused() {
	let setup = Setup::new();
	let kind = "solana_transaction::versioned::VersionedTransaction";
	let long = "1".repeat(1_684);
	let cases = [
		(json!(["0"]), "invalid base58 encoding: ".into()),
		(json!(["_", { "encoding": "base64" }]), "invalid base64 encoding: ".into()),
		(json!(["", { "encoding": "base64" }]), format!("failed to deserialize {kind}: ")),
		(
			json!([long]),
			format!("base58 encoded {kind} too large: 1684 bytes (max: encoded/raw 1683/1232)"),
		),
		(
			json!(["1".repeat(1_233)]),
			format!("decoded {kind} too large: 1233 bytes (max: 1232 bytes)"),
		),
		(
			json!(["1", { "encoding": "json" }]),
			"unsupported encoding: json. Supported encodings: base58, base64".into(),
		),
		(json!([]), "`params` should have at least 1 argument(s)".into()),
	];
	for method in ["sendTransaction", "simulateTransaction"] {
		for (params, expected) in &cases {
			let (code, message) = setup.fail(method, params.clone()).await;
			assert_eq!(code, -32_602);
			assert!(message.starts_with(expected), "{method}: {message}");
		}
	}
	let twice = signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 1)]);
	let broken = RawTransaction::new(&[twice.first_signature(); 2], twice.message()).unwrap();
	let params = json!([base64(&broken), { "encoding": "base64" }]);
	let (code, message) = setup.fail("sendTransaction", params).await;
	assert_eq!(code, -32_602);
	assert_eq!(
		message,
		"invalid transaction: Transaction failed to sanitize accounts offsets correctly"
	);
}

/// A transaction of these instructions, in Compute Budget's data, and one that moves something.
fn budgeted(data: &[&[u8]]) -> RawTransaction {
	let budget = |data: &&[u8]| Instruction {
		program: ids::compute_budget(),
		accounts: Vec::new(),
		data: data.to_vec(),
	};
	let mut instructions: Vec<_> = data.iter().map(budget).collect();
	instructions.push(transfer(address_of(&wallet(1)), key(2), 1));
	signed(&wallet(1), &instructions)
}

#[tokio::test]
async fn what_upstream_cannot_read_is_told_apart_from_what_fails() {
	let setup = Setup::new();
	let cases: [(&[&[u8]], Option<&str>); 5] = [
		(&[&[2, 1, 0, 0, 0], &[2, 1, 0, 0, 0]], Some("duplicate instruction (1)")),
		(&[&[9]], Some("Error processing Instruction 0: invalid instruction data")),
		(&[&[1, 1]], Some("Error processing Instruction 0: invalid instruction data")),
		// Sizes that there are not.
		(&[&[1, 1, 0, 0, 0]], None),
		(&[&[4, 0, 0, 0, 0]], None),
	];
	for (data, expected) in cases {
		let config = json!({ "encoding": "base64" });
		setup.chain.outcomes.lock().push(outcome(failed()));
		let (code, message) =
			setup.fail("sendTransaction", json!([base64(&budgeted(data)), config])).await;
		match expected {
			Some(sentence) => {
				assert_eq!(code, -32_602);
				assert!(message.starts_with("invalid transaction: "), "{message}");
				assert!(message.contains(sentence), "{message}");
				setup.chain.outcomes.lock().clear();
			},
			None => assert_eq!(code, -32_002),
		}
	}
	for (error, code) in [
		(TransactionError::AddressLookupTableNotFound, -32_602),
		(TransactionError::InvalidAddressLookupTableIndex, -32_602),
		(TransactionError::AccountLoadedTwice, -32_002),
		(TransactionError::TooManyAccountLocks, -32_002),
	] {
		let meta = TransactionMeta { error: Some(error.clone()), ..TransactionMeta::default() };
		setup.chain.outcomes.lock().push(outcome(meta));
		let params = json!([base64(&raw()), { "encoding": "base64" }]);
		let (said, message) = setup.fail("sendTransaction", params).await;
		assert_eq!(said, code, "{message}");
		assert!(message.ends_with(&format!(": {error}")), "{message}");
	}
}

#[tokio::test]
async fn a_wrong_signature_is_found_before_anything_runs() {
	let setup = Setup::new();
	for (method, config) in [
		("sendTransaction", json!({ "encoding": "base64" })),
		("simulateTransaction", json!({ "encoding": "base64", "sigVerify": true })),
	] {
		let refused = setup.fail(method, json!([base64(&forged()), config])).await;
		assert_eq!(refused, (-32_003, "Transaction signature verification failure".into()));
	}
	assert!(setup.chain.asked.lock().is_empty());
}

#[tokio::test]
async fn a_simulation_tells_all() {
	let setup = Setup::new();
	let mut result = outcome(failed());
	result.meta.error = None;
	result.meta.fee = 5_000;
	result.accounts = vec![Some(account(3, key(0), vec![1])), None];
	setup.chain.outcomes.lock().push(result);
	let config = json!({
		"encoding": "base64",
		"replaceRecentBlockhash": true,
		"innerInstructions": true,
		"accounts": { "encoding": "base64", "addresses": [text(2), text(3)] },
	});
	let value = setup.value("simulateTransaction", json!([base64(&forged()), config])).await;
	assert_eq!((&value["err"], &value["fee"]), (&Value::Null, &json!(5_000)));
	assert_eq!(value["accounts"][0]["data"], json!(["AQ==", "base64"]));
	assert_eq!(value["accounts"][1], Value::Null);
	assert_eq!(value["replacementBlockhash"]["lastValidBlockHeight"], 150);
	assert_eq!(value["innerInstructions"], json!([]));
	assert_eq!(value["returnData"], Value::Null);
	let (_, _, options) = setup.chain.asked.lock().pop().unwrap();
	assert!(options.replace_blockhash && !options.verify_signatures);
	assert_eq!(options.accounts, [key(2), key(3)]);
}

#[tokio::test]
async fn a_simulation_that_fails_is_an_answer() {
	let setup = Setup::new();
	let mut result = outcome(failed());
	result.accounts = vec![Some(account(3, key(0), vec![]))];
	setup.chain.outcomes.lock().push(result);
	let config = json!({ "encoding": "base64", "accounts": { "addresses": [text(2)] } });
	let value = setup.value("simulateTransaction", json!([base64(&raw()), config])).await;
	assert_eq!(value["err"], json!({ "InstructionError": [0, { "Custom": 1 }] }));
	assert_eq!(value["accounts"], json!([null]));
	assert_eq!(
		(&value["innerInstructions"], &value["replacementBlockhash"]),
		(&Value::Null, &Value::Null)
	);
}

#[tokio::test]
async fn contradictions_of_a_simulation_are_refused() {
	let setup = Setup::new();
	for (config, expected) in [
		(
			json!({ "sigVerify": true, "replaceRecentBlockhash": true }),
			"sigVerify may not be used with replaceRecentBlockhash",
		),
		(
			json!({ "accounts": { "encoding": "base58", "addresses": [text(2)] } }),
			"base58 encoding not supported",
		),
		(
			json!({ "accounts": { "addresses": vec![text(2); 4] } }),
			"Too many accounts provided; max 3",
		),
	] {
		let mut config = config;
		config["encoding"] = json!("base64");
		let (code, message) =
			setup.fail("simulateTransaction", json!([base64(&raw()), config])).await;
		assert_eq!((code, message.as_str()), (-32_602, expected));
	}
}

#[tokio::test]
async fn gifts_in_a_row_are_different_transactions() {
	let setup = Setup::with(Some(Faucet::development()));
	let faucet = Faucet::development().address();
	let mut signatures = Vec::new();
	for _ in 0..5 {
		let given = setup.get("requestAirdrop", json!([text(2), 1_000])).await;
		signatures.push(given.as_str().unwrap().to_string());
	}
	signatures.sort();
	signatures.dedup();
	assert_eq!(signatures.len(), 5);
	for bytes in setup.chain.submitted.lock().iter() {
		let raw = RawTransaction::decode(bytes).unwrap().verify().unwrap();
		assert_eq!(raw.message().fee_payer(), Some(&faucet));
		assert_eq!(raw.message().account_keys()[1], key(2));
		let blockhash: [u8; 32] = raw.message().recent_blockhash().into();
		assert_eq!(blockhash, setup.chain.best.lock().hash.map(|byte| !byte));
	}
}

#[test]
fn the_faucet_of_development_chains_is_where_their_genesis_pays() {
	let address = Faucet::development().address();
	assert_eq!(address.to_string(), "3JE3AnyyJhUUowJfzXGxFNM1xUnqC4Xebn7kKcDR1EH7");
}

#[tokio::test]
async fn without_a_faucet_nothing_is_given() {
	let refused = Setup::new().fail("requestAirdrop", json!([text(2), 1_000])).await;
	assert_eq!(refused, (-32_600, "Invalid request".into()));
}
