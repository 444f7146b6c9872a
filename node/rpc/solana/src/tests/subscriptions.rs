// SPDX-License-Identifier: Apache-2.0
//! News that are pushed.

use std::time::Duration;

use serde_json::{json, Value};
use tokio::sync::mpsc::Receiver;
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};

use super::double::{
	account, address_of, included, key, outcome, signed, text, transfer, wallet, Setup,
};

/// A subscription with the name of its notifications.
struct Subscription {
	id: u64,
	from: Receiver<String>,
	name: String,
}

impl Setup {
	async fn subscribe(&self, name: &str, params: Value) -> Subscription {
		let method = format!("{name}Subscribe");
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let answer = self.module.raw_json_request(&request.to_string(), 16).await.unwrap();
		let (answer, from): (String, _) = answer;
		let answer: Value = serde_json::from_str(&answer).unwrap();
		let id = answer["result"].as_u64().unwrap_or_else(|| panic!("{name}: {answer}"));
		Subscription { id, from, name: format!("{name}Notification") }
	}
}

impl Subscription {
	/// The next result that comes, in the form that clients expect.
	async fn next(&mut self) -> Value {
		let text = tokio::time::timeout(Duration::from_secs(10), self.from.recv()).await;
		let mut message: Value = serde_json::from_str(&text.unwrap().unwrap()).unwrap();
		let result = message["params"]["result"].take();
		let expected = json!({
			"jsonrpc": "2.0",
			"method": self.name,
			"params": { "subscription": self.id, "result": null },
		});
		assert_eq!(message, expected);
		result
	}

	/// That nothing has come: not before a later piece of news that does.
	fn assert_silent(&mut self) {
		assert!(self.from.try_recv().is_err());
	}
}

#[tokio::test]
async fn slots_are_told_as_they_come_and_roots_as_they_are_final() {
	let setup = Setup::new();
	let mut slots = setup.subscribe("slot", json!([])).await;
	let mut roots = setup.subscribe("root", json!([])).await;
	setup.import(vec![]);
	assert_eq!(slots.next().await, json!({ "slot": 1, "parent": 0, "root": 0 }));
	setup.import(vec![]);
	assert_eq!(slots.next().await, json!({ "slot": 2, "parent": 1, "root": 0 }));
	roots.assert_silent();
	setup.finalize();
	assert_eq!((roots.next().await, roots.next().await), (json!(1), json!(2)));
	setup.import(vec![]);
	assert_eq!(slots.next().await["root"], 2);
}

#[tokio::test]
async fn updates_of_slots_have_kinds() {
	let setup = Setup::new();
	let mut updates = setup.subscribe("slotsUpdates", json!([])).await;
	setup.import(vec![]);
	let first = updates.next().await;
	assert_eq!((&first["type"], &first["parent"]), (&json!("createdBank"), &json!(0)));
	assert_eq!(updates.next().await["type"], "completed");
	assert_eq!(updates.next().await["type"], "optimisticConfirmation");
	setup.finalize();
	assert_eq!(updates.next().await["type"], "root");
}

#[tokio::test]
async fn an_account_is_told_when_it_changes() {
	let setup = Setup::new();
	let params = json!([text(1), { "commitment": "confirmed", "encoding": "base64" }]);
	let mut confirmed = setup.subscribe("account", params).await;
	let mut finalized = setup.subscribe("account", json!([text(1)])).await;
	setup.import_with(vec![], key(1), account(5, key(0), vec![]));
	let told = confirmed.next().await;
	assert_eq!(told["value"]["lamports"], 5);
	assert_eq!(told["value"]["data"], json!(["", "base64"]));
	assert_eq!(told["context"], json!({ "slot": 1 }));
	// The same state again says nothing; the next change does.
	setup.import(vec![]);
	setup.import_with(vec![], key(1), account(6, key(0), vec![]));
	assert_eq!(confirmed.next().await["value"]["lamports"], 6);
	finalized.assert_silent();
	setup.finalize();
	let told = finalized.next().await;
	assert_eq!((&told["value"]["lamports"], &told["value"]["data"]), (&json!(6), &json!("")));
}

#[tokio::test]
async fn accounts_of_a_program_are_told_when_a_transaction_changes_them() {
	let setup = Setup::new();
	let config = json!({
		"commitment": "confirmed", "encoding": "base64", "filters": [{ "dataSize": 2 }],
	});
	let mut told = setup.subscribe("program", json!([text(9), config])).await;
	let raw = signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 1)]);
	let in_block = || vec![included(&raw, TransactionMeta::default())];
	// Of another length, and one that has not changed: not told. Then one that is.
	setup.import_with(in_block(), key(2), account(1, key(9), vec![0; 3]));
	setup.import(in_block());
	setup.import_with(in_block(), key(2), account(1, key(9), vec![7, 8]));
	let value = told.next().await;
	assert_eq!(value["context"], json!({ "slot": 3 }));
	assert_eq!(value["value"]["pubkey"], text(2));
	assert_eq!(value["value"]["account"]["data"], json!(["Bwg=", "base64"]));
}

#[tokio::test]
async fn accounts_too_long_for_base58_are_told_all_the_same() {
	let setup = Setup::new();
	let raw = signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 1)]);
	let confirmed = json!({ "commitment": "confirmed" });
	let base58 = json!({ "commitment": "confirmed", "encoding": "base58" });
	let mut default = setup.subscribe("account", json!([text(2), confirmed])).await;
	let mut named = setup.subscribe("account", json!([text(2), base58])).await;
	let mut program = setup.subscribe("program", json!([text(9), confirmed])).await;
	let block = vec![included(&raw, TransactionMeta::default())];
	setup.import_with(block, key(2), account(1, key(9), vec![0; 129]));
	let said = "error: data too large for bs58 encoding";
	let told = default.next().await;
	assert_eq!((&told["value"]["data"], &told["value"]["space"]), (&json!(said), &json!(129)));
	assert_eq!(named.next().await["value"]["data"], json!([said, "base58"]));
	assert_eq!(program.next().await["value"]["account"]["data"], said);
	let (code, _) = setup.fail("getAccountInfo", json!([text(2), confirmed])).await;
	assert_eq!(code, -32_600, "who asks is refused");
}

#[tokio::test]
async fn logs_are_told_of_all_or_of_who_is_mentioned() {
	let setup = Setup::new();
	let confirmed = json!({ "commitment": "confirmed" });
	let mut all = setup.subscribe("logs", json!(["all", confirmed])).await;
	let mut votes = setup.subscribe("logs", json!(["allWithVotes", confirmed])).await;
	let mentions = json!([{ "mentions": [text(3)] }, confirmed]);
	let mut mentioned = setup.subscribe("logs", mentions).await;
	let mut finalized = setup.subscribe("logs", json!(["all"])).await;
	let sender = address_of(&wallet(1));
	let failed = TransactionMeta {
		error: Some(TransactionError::instruction(0, InstructionError::Custom(1))),
		log_messages: vec![b"a".to_vec(), b"b".to_vec()],
		..TransactionMeta::default()
	};
	let (first, second) = (
		signed(&wallet(1), &[transfer(sender, key(2), 1)]),
		signed(&wallet(1), &[transfer(sender, key(3), 1)]),
	);
	let block = vec![included(&first, TransactionMeta::default()), included(&second, failed)];
	setup.import(block);
	for told in [&mut all, &mut votes] {
		let value = told.next().await["value"].clone();
		let expected = json!({
			"signature": first.first_signature().to_string(), "err": null, "logs": [],
		});
		assert_eq!(value, expected);
		assert_eq!(told.next().await["value"]["logs"], json!(["a", "b"]));
	}
	let value = mentioned.next().await;
	assert_eq!(value["context"], json!({ "slot": 1 }));
	assert_eq!(value["value"]["signature"], second.first_signature().to_string());
	assert_eq!(value["value"]["err"], json!({ "InstructionError": [0, { "Custom": 1 }] }));
	finalized.assert_silent();
	setup.finalize();
	assert_eq!(finalized.next().await["value"]["signature"], first.first_signature().to_string());
}

#[tokio::test]
async fn a_signature_is_told_once() {
	let setup = Setup::new();
	let raw = signed(&wallet(1), &[transfer(address_of(&wallet(1)), key(2), 1)]);
	let name = raw.first_signature().to_string();
	let config = json!({ "commitment": "confirmed", "enableReceivedNotification": true });
	let mut confirmed = setup.subscribe("signature", json!([name, config])).await;
	let mut finalized = setup.subscribe("signature", json!([name])).await;
	setup.chain.outcomes.lock().push(outcome(TransactionMeta::default()));
	let sent = json!([bs58::encode(raw.bytes()).into_string()]);
	setup.get("sendTransaction", sent).await;
	let told = confirmed.next().await;
	assert_eq!(told, json!({ "context": { "slot": 0 }, "value": "receivedSignature" }));
	setup.import(vec![included(&raw, TransactionMeta::default())]);
	let told = confirmed.next().await;
	assert_eq!(told, json!({ "context": { "slot": 1 }, "value": { "err": null } }));
	assert_eq!(confirmed.from.recv().await, None, "the subscription is over");
	finalized.assert_silent();
	setup.finalize();
	assert_eq!(finalized.next().await["value"], json!({ "err": null }));
	// What is there already is told at once.
	let mut late = setup.subscribe("signature", json!([name])).await;
	assert_eq!(late.next().await["value"], json!({ "err": null }));
}

#[tokio::test]
async fn subscriptions_are_refused_as_methods_are() {
	let setup = Setup::new();
	let two = json!([{ "mentions": [text(1), text(2)] }]);
	let other = json!([{ "mentions": ["x"] }]);
	for (method, params, expected) in [
		("accountSubscribe", json!(["x"]), "Invalid Request: Invalid pubkey provided"),
		("accountSubscribe", json!([]), "`params` should have at least 1 argument(s)"),
		("programSubscribe", json!(["x"]), "Invalid Request: Invalid pubkey provided"),
		("signatureSubscribe", json!(["x"]), "Invalid Request: Invalid signature provided"),
		("logsSubscribe", other, "Invalid Request: Invalid mentions provided"),
		("logsSubscribe", two, "Invalid Request: Only 1 address supported"),
		("slotSubscribe", json!([1]), "Invalid parameters: No parameters were expected"),
	] {
		let (code, message) = setup.fail(method, params).await;
		assert_eq!((code, message.as_str()), (-32_602, expected), "{method}");
	}
}
