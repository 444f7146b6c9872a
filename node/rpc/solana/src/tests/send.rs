// SPDX-License-Identifier: Apache-2.0
//! Transactions that are tried out, sent, and given away.

use base64::{prelude::BASE64_STANDARD, Engine};
use futures::StreamExt;
use serde_json::{json, Value};
use unum_solana_transaction::{ids, Instruction, RawTransaction, Signature};
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use super::double::{account, address_of, key, outcome, signed, text, transfer, wallet, Setup};
use crate::{limits, Faucet, SolanaChain, SubmitError};

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

/// What a refusal leaves out.
const BALANCES: [&str; 5] =
	["preBalances", "postBalances", "preTokenBalances", "postTokenBalances", "loadedAddresses"];

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
	assert_eq!((&data["loadedAccountsDataSize"], &data["fee"]), (&json!(42), &Value::Null));
	for unknown in BALANCES {
		assert_eq!(data.get(unknown), Some(&Value::Null), "{unknown}");
	}
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
			-32_002,
			"Transaction simulation failed: Transaction did not pass signature verification",
			json!("SignatureFailure"),
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
		setup.chain.outcomes.lock().push(outcome(TransactionMeta::default()));
		let params = json!([base64(&raw()), { "encoding": "base64" }]);
		let answer = setup.ask("sendTransaction", params).await;
		assert_eq!(answer["error"]["code"], code);
		assert_eq!(answer["error"]["message"], message);
		assert_eq!(answer["error"]["data"]["err"], error);
		// Clients take these apart.
		assert!(answer["error"]["data"]["logs"].is_array());
		assert_eq!(answer["error"]["data"]["fee"], Value::Null);
	}
}

/// Sends without a preflight, which is answered with the signature whatever the pool says.
async fn send_unjudged(setup: &Setup, raw: &RawTransaction, retries: Option<u64>) {
	let config = json!({ "encoding": "base64", "skipPreflight": true, "maxRetries": retries });
	let sent = setup.get("sendTransaction", json!([base64(raw), config])).await;
	assert_eq!(sent, raw.first_signature().to_string());
}

/// Lets all that is about to happen happen: nothing here waits for the time or for a thread.
async fn settle() {
	for _ in 0..1_000 {
		tokio::task::yield_now().await;
	}
}

fn too_early() -> SubmitError {
	SubmitError::Transaction(TransactionError::AccountNotFound)
}

#[tokio::test]
async fn without_a_preflight_nobody_judges() {
	let setup = Setup::new();
	for refusal in [
		SubmitError::Transaction(TransactionError::AlreadyProcessed),
		SubmitError::Transaction(TransactionError::BlockhashNotFound),
		SubmitError::Transaction(TransactionError::SignatureFailure),
	] {
		*setup.chain.refusal.lock() = Some(refusal);
		send_unjudged(&setup, &raw(), None).await;
	}
	for refusal in [too_early(), SubmitError::Refused("the pool is full".into())] {
		*setup.chain.refusal.lock() = Some(refusal);
		send_unjudged(&setup, &raw(), Some(0)).await;
	}
	send_unjudged(&setup, &forged(), Some(0)).await;
	assert_eq!(setup.chain.submitted.lock().len(), 6);
	setup.import(vec![]);
	settle().await;
	assert_eq!(setup.chain.submitted.lock().len(), 6, "none of these is tried again");
	// What upstream could not even read, and what is no fault of the transaction.
	let params = json!([base64(&raw()), { "encoding": "base64", "skipPreflight": true }]);
	let unreadable = TransactionError::AddressLookupTableNotFound;
	*setup.chain.refusal.lock() = Some(SubmitError::Transaction(unreadable));
	assert_eq!(setup.fail("sendTransaction", params.clone()).await.0, -32_602);
	*setup.chain.refusal.lock() = Some(SubmitError::Failed("no state".into()));
	assert_eq!(setup.fail("sendTransaction", params).await.0, -32_603);
}

#[tokio::test]
async fn what_comes_too_early_is_tried_again_with_each_block() {
	let setup = Setup::new();
	*setup.chain.refusal.lock() = Some(too_early());
	send_unjudged(&setup, &raw(), None).await;
	let mut received = setup.chain.received();
	*setup.chain.refusal.lock() = Some(too_early());
	setup.import(vec![]);
	settle().await;
	setup.finalize();
	settle().await;
	assert_eq!(setup.chain.submitted.lock().len(), 2, "with blocks, not with what is final");
	setup.import(vec![]);
	assert_eq!(received.next().await, Some(*raw().first_signature().as_bytes()));
	setup.import(vec![]);
	settle().await;
	assert_eq!(*setup.chain.submitted.lock(), vec![raw().bytes(); 3], "it is in the pool");
}

#[tokio::test]
async fn it_is_tried_as_often_as_is_said_and_until_its_blockhash_is_too_old() {
	let setup = Setup::new();
	let refuse_and_import = async || {
		*setup.chain.refusal.lock() = Some(too_early());
		setup.import(vec![]);
		settle().await;
	};
	for (retries, expected) in [(Some(2), 2), (None, 150)] {
		*setup.chain.refusal.lock() = Some(too_early());
		send_unjudged(&setup, &raw(), retries).await;
		setup.chain.submitted.lock().clear();
		for _ in 0..155 {
			refuse_and_import().await;
		}
		assert_eq!(setup.chain.submitted.lock().len(), expected);
	}
}

#[tokio::test]
async fn the_oldest_makes_room_and_none_waits_twice() {
	let setup = Setup::new();
	let numbered = |number| signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), number)]);
	let all: Vec<_> = (0..=limits::MAX_HELD as u64).map(numbered).collect();
	for raw in all.iter().chain(&all[5..7]) {
		*setup.chain.refusal.lock() = Some(too_early());
		send_unjudged(&setup, raw, None).await;
	}
	setup.chain.submitted.lock().clear();
	setup.import(vec![]);
	settle().await;
	let mut tried = setup.chain.submitted.lock().clone();
	tried.sort();
	let mut expected: Vec<_> = all[1..].iter().map(|raw| raw.bytes().to_vec()).collect();
	expected.sort();
	assert!(tried == expected);
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
	let params = json!([base64(&forged()), { "encoding": "base64" }]);
	let answer = setup.ask("sendTransaction", params).await;
	assert_eq!(answer["error"]["code"], -32_002);
	assert_eq!(
		answer["error"]["message"],
		"Transaction simulation failed: Transaction did not pass signature verification"
	);
	let config = json!({ "encoding": "base64", "sigVerify": true });
	let value = setup.value("simulateTransaction", json!([base64(&forged()), config])).await;
	let none = json!({ "writable": [], "readonly": [] });
	assert_eq!(value["loadedAddresses"], none);
	for said in [&answer["error"]["data"], &value] {
		assert_eq!((&said["err"], &said["logs"]), (&json!("SignatureFailure"), &json!([])));
		assert_eq!((&said["unitsConsumed"], &said["fee"]), (&json!(0), &Value::Null));
		assert_eq!(said["preBalances"], Value::Null);
	}
	assert!(setup.chain.asked.lock().is_empty());
}

#[tokio::test]
async fn a_simulation_tells_all() {
	let setup = Setup::new();
	let mut result = outcome(failed());
	result.meta.error = None;
	result.meta.fee = 5_000;
	(result.meta.pre_balances, result.meta.post_balances) = (vec![9, 8], vec![7, 6]);
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
	let [before, after] = [&value["preBalances"], &value["postBalances"]];
	assert_eq!((before, after), (&json!([9, 8]), &json!([7, 6])));
	assert_eq!(value["preTokenBalances"], json!([]));
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
	setup.set(faucet, account(2_000_000, key(0), vec![]));
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

#[tokio::test]
async fn a_faucet_gives_no_more_than_it_has() {
	let setup = Setup::with(Some(Faucet::development()));
	let ask = |lamports: u64| setup.fail("requestAirdrop", json!([text(2), lamports]));
	let sentence = |has: u64| format!("the faucet cannot give that much: it has {has} lamports");
	assert_eq!(ask(1).await, (-32_603, sentence(0)));
	setup.set(Faucet::development().address(), account(2_000_000, key(0), vec![]));
	// The fee, and what an account has to have.
	let most = 2_000_000 - 5_000 - 890_880;
	setup.get("requestAirdrop", json!([text(2), most])).await;
	for more in [most + 1, u64::MAX] {
		assert_eq!(ask(more).await, (-32_603, sentence(2_000_000)));
	}
	assert_eq!(setup.chain.submitted.lock().len(), 1);
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
