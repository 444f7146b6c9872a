// SPDX-License-Identifier: Apache-2.0
//! Accounts.

use base64::{prelude::BASE64_STANDARD, Engine};
use serde_json::{json, Value};

use super::double::{account, key, text, Setup};

fn setup() -> Setup {
	let setup = Setup::new();
	setup.set(key(1), account(7, key(0), vec![]));
	setup.set(key(2), account(8, key(3), (0..200).collect()));
	setup.set(key(4), account(9, key(3), vec![1, 2, 3]));
	setup
}

#[tokio::test]
async fn accounts_have_all_fields_and_the_old_encoding_by_default() {
	let setup = setup();
	let found = setup.value("getAccountInfo", json!([text(4)])).await;
	let expected = json!({
		"lamports": 9,
		"data": bs58::encode([1, 2, 3]).into_string(),
		"owner": text(3),
		"executable": false,
		"rentEpoch": u64::MAX,
		"space": 3,
	});
	assert_eq!(found, expected);
	assert_eq!(setup.value("getAccountInfo", json!([text(77)])).await, Value::Null);
	assert_eq!(setup.value("getAccountInfo", json!([text(77), null])).await, Value::Null);
}

#[tokio::test]
async fn every_encoding_says_which_it_is() {
	let setup = setup();
	let data = |encoding: &'static str| {
		let config = json!({ "encoding": encoding, "dataSlice": { "offset": 1, "length": 2 } });
		let request = json!([text(2), config]);
		let setup = &setup;
		async move { setup.value("getAccountInfo", request).await["data"].clone() }
	};
	assert_eq!(data("base58").await, json!([bs58::encode([1, 2]).into_string(), "base58"]));
	assert_eq!(data("base64").await, json!([BASE64_STANDARD.encode([1, 2]), "base64"]));
	assert_eq!(data("binary").await, json!(bs58::encode([1, 2]).into_string()));
	assert_eq!(data("base64+zstd").await[1], "base64+zstd");
	// What can't be parsed is in base64.
	assert_eq!(data("jsonParsed").await, json!([BASE64_STANDARD.encode([1, 2]), "base64"]));
}

#[tokio::test]
async fn long_data_are_not_given_in_base58() {
	let (code, message) = setup().fail("getAccountInfo", json!([text(2)])).await;
	assert_eq!(code, -32_600);
	assert_eq!(
		message,
		"Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding."
	);
}

#[tokio::test]
async fn bad_parameters_are_refused_in_upstreams_words() {
	let setup = setup();
	let cases = [
		(json!([]), "`params` should have at least 1 argument(s)"),
		(json!({}), "`params` should be an array"),
		(json!([true]), "Invalid params: invalid type: boolean `true`, expected a string."),
		(json!(["abc"]), "Invalid param: WrongSize"),
		(json!(["0OIl"]), "Invalid param: Invalid"),
		(json!([text(1), null, 5]), "Invalid parameters: Expected from 1 to 2 parameters."),
	];
	for (params, expected) in cases {
		let (code, message) = setup.fail("getAccountInfo", params.clone()).await;
		assert_eq!((code, message.as_str()), (-32_602, expected), "{params}");
	}
	let (code, message) =
		setup.fail("getAccountInfo", json!([text(1), { "encoding": "hex" }])).await;
	assert_eq!(code, -32_602);
	assert!(message.starts_with("Invalid params: unknown variant `hex`, expected"), "{message}");
	let config = json!({ "commitment": "sure" });
	let (code, message) = setup.fail("getBalance", json!([text(1), config])).await;
	assert_eq!(code, -32_602);
	assert!(message.starts_with("Invalid params: unknown variant `sure`"), "{message}");
}

#[tokio::test]
async fn who_has_seen_a_later_slot_is_told_that_it_is_not_reached() {
	let setup = setup();
	let answer =
		setup.ask("getBalance", json!([text(1), { "minContextSlot": 5 }])).await["error"].clone();
	assert_eq!(
		answer,
		json!({
			"code": -32_016,
			"message": "Minimum context slot has not been reached",
			"data": { "contextSlot": 0 },
		})
	);
	assert_eq!(setup.value("getBalance", json!([text(1), { "minContextSlot": 0 }])).await, 7);
}

#[tokio::test]
async fn balances_of_nobody_are_zero() {
	let setup = setup();
	assert_eq!(setup.value("getBalance", json!([text(1)])).await, 7);
	assert_eq!(setup.value("getBalance", json!([text(77)])).await, 0);
}

#[tokio::test]
async fn commitment_decides_which_state_is_asked() {
	let setup = setup();
	let best = setup.import(vec![]);
	setup.set_at(best, key(1), account(100, key(0), vec![]));
	for (commitment, expected) in
		[("processed", 100), ("confirmed", 100), ("finalized", 7), ("recent", 100), ("max", 7)]
	{
		let params = json!([text(1), { "commitment": commitment }]);
		assert_eq!(setup.value("getBalance", params).await, expected, "{commitment}");
	}
	assert_eq!(setup.value("getBalance", json!([text(1)])).await, 7);
}

#[tokio::test]
async fn many_accounts_come_in_order_and_in_base64() {
	let setup = setup();
	let found = setup.value("getMultipleAccounts", json!([[text(4), text(77), text(1)]])).await;
	assert_eq!(found[0]["data"], json!([BASE64_STANDARD.encode([1, 2, 3]), "base64"]));
	assert_eq!((&found[1], &found[2]["data"]), (&Value::Null, &json!(["", "base64"])));
	let many = vec![text(1); 101];
	let (code, message) = setup.fail("getMultipleAccounts", json!([many])).await;
	assert_eq!((code, message.as_str()), (-32_602, "Too many inputs provided; max 100"));
}

#[tokio::test]
async fn accounts_of_a_program_are_filtered() {
	let setup = setup();
	let ask = |config: Value| {
		let (setup, params) = (&setup, json!([text(3), config]));
		async move { setup.get("getProgramAccounts", params).await }
	};
	let base64 = json!({ "encoding": "base64" });
	let all = ask(base64.clone()).await;
	assert_eq!(all.as_array().unwrap().len(), 2);
	assert_eq!(all[0]["pubkey"], text(2));
	assert_eq!(all[1]["account"]["data"], json!([BASE64_STANDARD.encode([1, 2, 3]), "base64"]));
	let by_size = json!({ "encoding": "base64", "filters": [{ "dataSize": 3 }] });
	assert_eq!(ask(by_size).await.as_array().unwrap().len(), 1);
	for memcmp in [
		json!({ "offset": 1, "bytes": bs58::encode([2, 3]).into_string() }),
		json!({ "offset": 1, "bytes": BASE64_STANDARD.encode([2, 3]), "encoding": "base64" }),
		json!({ "offset": 1, "bytes": [2, 3], "encoding": "bytes" }),
	] {
		let config = json!({ "filters": [{ "memcmp": memcmp }], "withContext": true });
		let found = ask(config).await;
		assert_eq!(found["value"].as_array().unwrap().len(), 1, "{memcmp}");
		assert_eq!(found["context"]["slot"], 0);
	}
}

#[tokio::test]
async fn filters_are_checked() {
	let setup = setup();
	let five = vec![json!({ "dataSize": 1 }); 5];
	let long = json!([{ "memcmp": { "offset": 0, "bytes": "1".repeat(200) } }]);
	let bad = json!([{ "memcmp": { "offset": 0, "bytes": "0" } }]);
	for (filters, expected) in [
		(json!(five), "Too many filters provided; max 4"),
		(long, "Invalid param: data too large"),
		(bad, "Invalid param: base58 decode error"),
	] {
		let params = json!([text(3), { "filters": filters }]);
		let (code, message) = setup.fail("getProgramAccounts", params).await;
		assert_eq!((code, message.as_str()), (-32_602, expected));
	}
}

#[tokio::test]
async fn programs_with_many_accounts_are_read_page_by_page() {
	let setup = Setup::new();
	for number in 0..2_500_u16 {
		let mut bytes = [1; 32];
		bytes[..2].copy_from_slice(&number.to_be_bytes());
		setup.set(bytes.into(), account(1, key(3), vec![]));
	}
	let found = setup.get("getProgramAccounts", json!([text(3), { "encoding": "base64" }])).await;
	assert_eq!(found.as_array().unwrap().len(), 2_500);
}
