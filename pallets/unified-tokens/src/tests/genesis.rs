// SPDX-License-Identifier: Apache-2.0
//! Tokens of a chain specification.

use super::*;
use unum_vm_engine::IdentityRegistry;

#[test]
fn a_token_of_the_chain_specification_is_there_from_the_start() {
	ExtBuilder::default().build_and_execute(|| {
		let token = Mints::<Test>::get(mint()).expect("is there");
		assert_eq!(token.name.as_str(), "Test token");
		assert_eq!(token.svm_decimals.get(), 6);
		assert_eq!(token.mint_authority, Some(id(1)));
		assert_eq!((supply(), balance(2)), (SUPPLY, SUPPLY));
	});
}

#[test]
fn owners_without_native_coin_have_an_account() {
	let balances = vec![(account(9), units(1))];
	ExtBuilder::of(vec![GenesisMint { balances, ..genesis_mint() }]).build_and_execute(|| {
		assert!(Identities::exists(id(9)));
		assert_eq!(balance(9), 1);
	});
}

#[test]
fn no_tokens_are_the_default() {
	ExtBuilder::of(vec![]).build_and_execute(|| {
		assert_eq!(Mints::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_chain_specification_is_readable_json() {
	let json = r#"{
		"creator": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"salt": "0x0000000000000000000000000000000000000000000000000000000000000001",
		"decimals": 18,
		"name": "Example",
		"symbol": "EX",
		"balances": [
			["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "1000000000000000000000"]
		]
	}"#;
	let mint: GenesisMint = serde_json::from_str(json).expect("is readable");
	assert_eq!(mint.balances[0].1, units(10u128.pow(21)));
	assert_eq!(mint.svm_decimals, None);
	let again = serde_json::to_value(&mint).expect("is writable");
	assert_eq!(serde_json::from_value::<GenesisMint>(again).expect("reads"), mint);
	let wrong = json.replace("18", "19");
	let error = serde_json::from_str::<GenesisMint>(&wrong).expect_err("too many decimals");
	assert!(error.to_string().starts_with("19 decimals: 18 are possible at most"), "{error}");
}

#[test]
fn a_wrong_token_stops_the_chain_before_it_begins() {
	let wrong = [
		(vec![genesis_mint(), genesis_mint()], "MintExists"),
		(vec![GenesisMint { name: "a".repeat(65), ..genesis_mint() }], "NameTooLong"),
		(
			vec![GenesisMint { balances: vec![(account(1), LedgerAmount::MAX)], ..genesis_mint() }],
			"SupplyTooLarge",
		),
	];
	for (mints, reason) in wrong {
		let built = std::panic::catch_unwind(|| ExtBuilder::of(mints).build());
		let Err(panic) = built else { panic!("a wrong token was accepted") };
		let message = panic.downcast_ref::<String>().expect("has a message");
		assert!(message.contains(reason), "{message}");
	}
}
