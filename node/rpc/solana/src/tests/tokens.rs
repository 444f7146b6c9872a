// SPDX-License-Identifier: Apache-2.0
//! Tokens and their accounts.

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_view::{AccountView, TokenHolding};
use unum_spl_token::{ids, AccountState, Mint, TokenAccount};

use super::double::{account, key, text, Setup};

pub(super) fn mint_account(supply: u64, decimals: u8) -> AccountView {
	let mint = Mint {
		mint_authority: Some(key(90)).into(),
		supply,
		decimals,
		is_initialized: true,
		freeze_authority: None.into(),
	};
	account(1, ids::token_program(), mint.pack())
}

pub(super) fn token_account(mint: SvmAddress, owner: SvmAddress, amount: u64) -> AccountView {
	account(2_039_280, ids::token_program(), image(mint, owner, amount).pack())
}

pub(super) fn image(mint: SvmAddress, owner: SvmAddress, amount: u64) -> TokenAccount {
	let state = AccountState::Initialized;
	TokenAccount { mint, owner, amount, state, ..TokenAccount::default() }
}

fn setup() -> Setup {
	let setup = Setup::new();
	setup.set(key(50), mint_account(1_000_000, 6));
	setup.set(key(51), mint_account(5, 0));
	for (address, owner, amount) in [(60, 1, 1_500_000), (61, 2, 7), (62, 1, 3)] {
		let mint = key(if address == 62 { 51 } else { 50 });
		setup.set(key(address), token_account(mint, key(owner), amount));
	}
	setup
}

#[tokio::test]
async fn balances_and_supplies_have_all_forms() {
	let setup = setup();
	let expected = json!({
		"amount": "1500000", "decimals": 6, "uiAmount": 1.5, "uiAmountString": "1.5",
	});
	assert_eq!(setup.value("getTokenAccountBalance", json!([text(60)])).await, expected);
	let expected = json!({
		"amount": "1000000", "decimals": 6, "uiAmount": 1.0, "uiAmountString": "1",
	});
	assert_eq!(setup.value("getTokenSupply", json!([text(50)])).await, expected);
}

#[tokio::test]
async fn what_is_no_token_is_refused_in_upstreams_words() {
	let setup = setup();
	setup.set(key(70), account(1, key(0), vec![]));
	for (method, key, expected) in [
		("getTokenAccountBalance", 77, "Invalid param: could not find account"),
		("getTokenAccountBalance", 70, "Invalid param: not a Token account"),
		("getTokenAccountBalance", 50, "Invalid param: not a Token account"),
		("getTokenSupply", 77, "Invalid param: could not find account"),
		("getTokenSupply", 60, "Invalid param: not a Token mint"),
		("getTokenLargestAccounts", 77, "Invalid param: could not find mint"),
		("getTokenLargestAccounts", 70, "Invalid param: not a Token mint"),
	] {
		let (code, message) = setup.fail(method, json!([text(key)])).await;
		assert_eq!((code, message.as_str()), (-32_602, expected), "{method}");
	}
}

#[tokio::test]
async fn the_largest_accounts_come_first() {
	let found = setup().value("getTokenLargestAccounts", json!([text(50)])).await;
	assert_eq!(found.as_array().unwrap().len(), 2);
	assert_eq!(
		found[0],
		json!({
			"address": text(60),
			"amount": "1500000",
			"decimals": 6,
			"uiAmount": 1.5,
			"uiAmountString": "1.5",
		})
	);
	assert_eq!(found[1]["address"], text(61));
}

#[tokio::test]
async fn accounts_of_an_owner_are_found_by_mint_and_by_program() {
	let setup = setup();
	for (address, mint) in [(60, 50), (62, 51)] {
		let account = token_account(key(mint), key(1), 9);
		let mint = MintId::from([mint; 32]);
		setup.chain.holdings.lock().push(TokenHolding { address: key(address), mint, account });
	}
	let parsed = json!({ "encoding": "jsonParsed" });
	let ask = |filter: Value| {
		let (setup, params) = (&setup, json!([text(1), filter, parsed]));
		async move { setup.value("getTokenAccountsByOwner", params).await }
	};
	let all = ask(json!({ "programId": ids::token_program().to_string() })).await;
	assert_eq!(all.as_array().unwrap().len(), 2);
	let one = ask(json!({ "mint": text(50) })).await;
	assert_eq!(one.as_array().unwrap().len(), 1);
	assert_eq!(one[0]["pubkey"], text(60));
	let info = json!({
		"isNative": false,
		"mint": text(50),
		"owner": text(1),
		"state": "initialized",
		"tokenAmount": {
			"amount": "9", "decimals": 6, "uiAmount": 0.000_009, "uiAmountString": "0.000009",
		},
	});
	assert_eq!(
		one[0]["account"]["data"],
		json!({
			"program": "spl-token",
			"parsed": { "type": "account", "info": info },
			"space": 165,
		})
	);
	let none = ask(json!({ "programId": ids::token_2022_program().to_string() })).await;
	assert_eq!(none, json!([]));
}

#[tokio::test]
async fn filters_of_token_accounts_are_checked() {
	let setup = setup();
	for (filter, expected) in [
		(json!({ "mint": text(77) }), "Invalid param: could not find mint"),
		(json!({ "mint": text(60) }), "Invalid param: not a Token mint"),
		(json!({ "programId": text(0) }), "Invalid param: unrecognized Token program id"),
	] {
		for method in ["getTokenAccountsByOwner", "getTokenAccountsByDelegate"] {
			let (code, message) = setup.fail(method, json!([text(1), filter])).await;
			assert_eq!((code, message.as_str()), (-32_602, expected), "{method}");
		}
	}
}

#[tokio::test]
async fn accounts_of_a_delegate_are_searched() {
	let setup = setup();
	let mut delegated = image(key(50), key(1), 9);
	delegated.delegate = Some(key(3)).into();
	delegated.delegated_amount = 4;
	setup.set(key(60), account(1, ids::token_program(), delegated.pack()));
	let program = json!({ "programId": ids::token_program().to_string() });
	for filter in [program.clone(), json!({ "mint": text(50) })] {
		let params = json!([text(3), filter, { "encoding": "jsonParsed" }]);
		let found = setup.value("getTokenAccountsByDelegate", params).await;
		assert_eq!(found.as_array().unwrap().len(), 1);
		let info = &found[0]["account"]["data"]["parsed"]["info"];
		assert_eq!(info["delegate"], text(3));
		assert_eq!(info["delegatedAmount"]["amount"], "4");
	}
	let params = json!([text(4), program, { "encoding": "base64" }]);
	assert_eq!(setup.value("getTokenAccountsByDelegate", params).await, json!([]));
}
