// SPDX-License-Identifier: Apache-2.0
//! Accounts and instructions in words.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::ids;
use unum_spl_token::{ids as spl, Instruction as Token, Multisig};

use super::{
	double::{account, key, text},
	tokens::{image, mint_account},
};
use crate::parsed::{self, Instruction};

fn parse(program: SvmAddress, keys: &[u8], data: &[u8]) -> Option<(&'static str, Value)> {
	let keys = keys.iter().map(|byte| key(*byte)).collect();
	parsed::instruction(&Instruction { program, keys, data })
}

fn system(keys: &[u8], number: u32, parts: &[&[u8]]) -> Value {
	let data = [&number.to_le_bytes()[..], &parts.concat()].concat();
	let (name, value) = parse(ids::system_program(), keys, &data).unwrap();
	assert_eq!(name, "system");
	value
}

#[test]
fn system_instructions_are_told_in_words() {
	let (seven, space, owner) = (7_u64.to_le_bytes(), 9_u64.to_le_bytes(), [3; 32]);
	let seed = [&4_u64.to_le_bytes()[..], b"seed"].concat();
	let info = json!({
		"source": text(1), "newAccount": text(2), "lamports": 7, "space": 9, "owner": text(3),
	});
	assert_eq!(
		system(&[1, 2], 0, &[&seven, &space, &owner]),
		json!({ "type": "createAccount", "info": info })
	);
	let info = json!({ "account": text(1), "owner": text(3) });
	assert_eq!(system(&[1], 1, &[&owner]), json!({ "type": "assign", "info": info }));
	let found = system(&[1, 2], 3, &[&owner, &seed, &seven, &space, &owner]);
	assert_eq!(
		(&found["type"], &found["info"]["seed"]),
		(&json!("createAccountWithSeed"), &json!("seed"))
	);
	let found = system(&[1, 2, 3], 11, &[&seven, &seed, &owner]);
	assert_eq!(found["info"]["sourceBase"], text(2));
	assert_eq!(found["info"]["sourceOwner"], text(3));
	let found = system(&[1, 2, 3], 4, &[]);
	assert_eq!(
		(&found["type"], &found["info"]["nonceAuthority"]),
		(&json!("advanceNonce"), &json!(text(3)))
	);
}

#[test]
fn what_is_too_short_is_not_told_in_words() {
	assert!(parse(ids::system_program(), &[1, 2], &[2, 0, 0, 0, 1]).is_none());
	assert!(parse(ids::system_program(), &[1], &[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]).is_none());
	assert!(parse(ids::system_program(), &[1], &[99, 0, 0, 0]).is_none());
	assert!(parse(spl::token_program(), &[1], &[3, 1, 0, 0, 0, 0, 0, 0, 0]).is_none());
	assert!(parse(key(77), &[], &[]).is_none());
	// A length that there are not as many bytes for.
	let mut endless = vec![2, 0, 0, 0];
	endless.extend(u64::MAX.to_le_bytes());
	assert!(parse(ids::address_lookup_table(), &[1, 2], &endless).is_none());
}

fn token(keys: &[u8], instruction: Token<'_>) -> Value {
	let (name, value) = parse(spl::token_program(), keys, &instruction.encode()).unwrap();
	assert_eq!(name, "spl-token");
	value
}

#[test]
fn token_instructions_say_who_has_signed() {
	let transfer = Token::Transfer { amount: 5 };
	let info = json!({
		"source": text(1), "destination": text(2), "amount": "5", "authority": text(3),
	});
	assert_eq!(token(&[1, 2, 3], transfer), json!({ "type": "transfer", "info": info }));
	let info = json!({
		"source": text(1),
		"destination": text(2),
		"amount": "5",
		"multisigAuthority": text(3),
		"signers": [text(4), text(5)],
	});
	assert_eq!(token(&[1, 2, 3, 4, 5], transfer), json!({ "type": "transfer", "info": info }));
	let found = token(&[1, 2, 3, 4], Token::TransferChecked { amount: 1_500, decimals: 3 });
	assert_eq!(
		(&found["type"], &found["info"]["mint"]),
		(&json!("transferChecked"), &json!(text(2)))
	);
	assert_eq!(found["info"]["tokenAmount"]["uiAmountString"], "1.5");
	let found = token(&[1, 2, 3], Token::MintTo { amount: 1 });
	assert_eq!(found["info"]["mintAuthority"], text(3));
	let found = token(&[1, 2, 3], Token::FreezeAccount);
	assert_eq!(found["info"]["freezeAuthority"], text(3));
	let found = token(&[1, 2, 3], Token::CloseAccount);
	assert_eq!(found["info"]["owner"], text(3));
}

#[test]
fn making_mints_and_accounts_is_told_in_words() {
	let make =
		Token::InitializeMint2 { decimals: 6, mint_authority: key(2), freeze_authority: None };
	let info = json!({ "mint": text(1), "decimals": 6, "mintAuthority": text(2) });
	assert_eq!(token(&[1], make), json!({ "type": "initializeMint2", "info": info }));
	let info = json!({ "account": text(1), "mint": text(2), "owner": text(3) });
	let make = Token::InitializeAccount3 { owner: key(3) };
	assert_eq!(token(&[1, 2], make), json!({ "type": "initializeAccount3", "info": info }));
	let found = token(&[1, 2, 3], Token::InitializeMultisig2 { required: 2 });
	assert_eq!(
		(&found["info"]["signers"], &found["info"]["m"]),
		(&json!([text(2), text(3)]), &json!(2))
	);
}

#[test]
fn associated_accounts_memos_and_loaders_are_known() {
	for (data, name) in [(&[][..], "create"), (&[0], "create"), (&[1], "createIdempotent")] {
		let (program, value) =
			parse(spl::associated_token_program(), &[1, 2, 3, 4, 5, 6], data).unwrap();
		assert_eq!((program, &value["type"]), ("spl-associated-token-account", &json!(name)));
		assert_eq!(value["info"]["wallet"], text(3));
	}
	let memo = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr".parse().unwrap();
	assert_eq!(parse(memo, &[], b"hi"), Some(("spl-memo", json!("hi"))));
	assert_eq!(parse(memo, &[], &[0xff]), None);
	let write = [&[1, 0, 0, 0, 5, 0, 0, 0][..], &2_u64.to_le_bytes(), &[7, 8]].concat();
	let (program, value) = parse(ids::bpf_loader_upgradeable(), &[1, 2], &write).unwrap();
	assert_eq!(program, "bpf-upgradeable-loader");
	let info = json!({
		"offset": 5, "bytes": "Bwg=", "account": text(1), "authority": text(2),
	});
	assert_eq!(value, json!({ "type": "write", "info": info }));
	let (_, value) = parse(ids::bpf_loader_upgradeable(), &[1, 2], &[4, 0, 0, 0]).unwrap();
	assert_eq!(value["info"]["newAuthority"], Value::Null);
}

#[test]
fn lookup_tables_are_told_in_words() {
	let extend = [&[2, 0, 0, 0][..], &1_u64.to_le_bytes(), &[9; 32]].concat();
	let (program, value) = parse(ids::address_lookup_table(), &[1, 2, 3, 4], &extend).unwrap();
	assert_eq!(program, "address-lookup-table");
	let info = json!({
		"lookupTableAccount": text(1),
		"lookupTableAuthority": text(2),
		"newAddresses": [text(9)],
		"payerAccount": text(3),
		"systemProgram": text(4),
	});
	assert_eq!(value, json!({ "type": "extendLookupTable", "info": info }));
}

fn account_of(owner: SvmAddress, data: Vec<u8>) -> Option<Value> {
	let decimals = BTreeMap::from([(key(50), 6)]);
	parsed::account(&ids::clock_sysvar(), &account(1, owner, data), &decimals)
}

#[test]
fn token_accounts_mints_and_multisigs_are_told_in_words() {
	let mint = account_of(spl::token_program(), mint_account(5, 2).data).unwrap();
	let info = json!({
		"mintAuthority": text(90),
		"supply": "5",
		"decimals": 2,
		"isInitialized": true,
		"freezeAuthority": null,
	});
	assert_eq!(mint["parsed"], json!({ "type": "mint", "info": info }));
	assert_eq!(mint["space"], 82);
	// Without its mint, nobody knows what an amount means.
	assert!(account_of(spl::token_program(), image(key(51), key(1), 1).pack()).is_none());
	let mut native = image(key(50), key(1), 1);
	native.native_reserve = Some(2);
	native.close_authority = Some(key(4)).into();
	let native = account_of(spl::token_program(), native.pack()).unwrap();
	assert_eq!(native["parsed"]["info"]["isNative"], true);
	assert_eq!(native["parsed"]["info"]["rentExemptReserve"]["amount"], "2");
	assert_eq!(native["parsed"]["info"]["closeAuthority"], text(4));
	let mut data = vec![0; Multisig::LEN];
	data[..3].copy_from_slice(&[1, 2, 1]);
	data[3..35].fill(7);
	data[35..67].fill(8);
	let multisig = account_of(spl::token_program(), data).unwrap();
	assert_eq!(multisig["parsed"]["type"], "multisig");
	assert_eq!(multisig["parsed"]["info"]["signers"], json!([text(7), text(8)]));
}

#[test]
fn nonces_tables_programs_and_sysvars_are_told_in_words() {
	let nonce =
		[&[1, 0, 0, 0, 1, 0, 0, 0][..], &[3; 32], &[4; 32], &5_000_u64.to_le_bytes()].concat();
	let info = json!({
		"authority": text(3),
		"blockhash": text(4),
		"feeCalculator": { "lamportsPerSignature": "5000" },
	});
	assert_eq!(
		account_of(ids::system_program(), nonce),
		Some(json!({
			"program": "nonce",
			"parsed": { "type": "initialized", "info": info },
			"space": 80,
		}))
	);
	assert!(account_of(ids::system_program(), vec![]).is_none());

	let mut table = vec![0; 56];
	table[0] = 1;
	table[4..12].fill(0xff);
	table[21] = 1;
	table[22..54].fill(6);
	table.extend([9; 32]);
	let found = account_of(ids::address_lookup_table(), table).unwrap();
	let info = json!({
		"deactivationSlot": u64::MAX.to_string(),
		"lastExtendedSlot": "0",
		"lastExtendedSlotStartIndex": 0,
		"authority": text(6),
		"addresses": [text(9)],
	});
	assert_eq!(found["parsed"], json!({ "type": "lookupTable", "info": info }));

	let program = [&[2, 0, 0, 0][..], &[8; 32]].concat();
	let found = account_of(ids::bpf_loader_upgradeable(), program).unwrap();
	let info = json!({ "programData": text(8) });
	assert_eq!(found["parsed"], json!({ "type": "program", "info": info }));
	let mut data = [&[3, 0, 0, 0][..], &7_u64.to_le_bytes(), &[1], &[8; 32]].concat();
	data.extend([1, 2]);
	let found = account_of(ids::bpf_loader_upgradeable(), data).unwrap();
	let info = json!({ "slot": 7, "authority": text(8), "data": ["AQI=", "base64"] });
	assert_eq!(found["parsed"], json!({ "type": "programData", "info": info }));

	let clock: Vec<u8> = (1..=5_u64).flat_map(u64::to_le_bytes).collect();
	let found = account_of(ids::sysvar(), clock).unwrap();
	assert_eq!((&found["program"], &found["parsed"]["type"]), (&json!("sysvar"), &json!("clock")));
	assert_eq!(found["parsed"]["info"]["unixTimestamp"], 5);
}

/// A variable in words: its name, and what it holds.
fn sysvar(key: SvmAddress, parts: &[&[u8]]) -> Option<(Value, Value)> {
	let account = account(1, ids::sysvar(), parts.concat());
	let mut found = parsed::account(&key, &account, &BTreeMap::new())?;
	assert_eq!(found["program"], "sysvar");
	Some((found["parsed"]["type"].take(), found["parsed"]["info"].take()))
}

#[test]
fn variables_of_programs_are_told_in_words() {
	let [one, two, three, four] = [1_u64, 2, 3, 4].map(u64::to_le_bytes);
	let list = sysvar(ids::recent_blockhashes_sysvar(), &[&two, &[7; 32], &three, &[8; 32], &four]);
	let calculator = |fee: &str| json!({ "lamportsPerSignature": fee });
	let info = json!([
		{ "blockhash": text(7), "feeCalculator": calculator("3") },
		{ "blockhash": text(8), "feeCalculator": calculator("4") },
	]);
	assert_eq!(list, Some((json!("recentBlockhashes"), info)));
	let list = sysvar(ids::slot_hashes_sysvar(), &[&one, &four, &[7; 32]]);
	let info = json!([{ "slot": 4, "hash": text(7) }]);
	assert_eq!(list, Some((json!("slotHashes"), info)));
	let list = sysvar(ids::stake_history_sysvar(), &[&one, &four, &one, &two, &three]);
	let stake = json!({ "effective": 1, "activating": 2, "deactivating": 3 });
	let info = json!([{ "epoch": 4, "stakeHistory": stake }]);
	assert_eq!(list, Some((json!("stakeHistory"), info)));
	let restart = sysvar(ids::last_restart_slot_sysvar(), &[&four]);
	assert_eq!(restart, Some((json!("lastRestartSlot"), json!({ "lastRestartSlot": 4 }))));
	let points = u128::MAX.to_le_bytes();
	let rewards = [&one[..], &two, &[7; 32], &points, &three, &four, &[1]];
	let info = json!({
		"distributionStartingBlockHeight": 1,
		"numPartitions": 2,
		"parentBlockhash": text(7),
		"totalPoints": u128::MAX.to_string(),
		"totalRewards": "3",
		"distributedRewards": "4",
		"active": true,
	});
	let found = sysvar(ids::epoch_rewards_sysvar(), &rewards);
	assert_eq!(found, Some((json!("epochRewards"), info)));
}

#[test]
fn variables_that_say_more_than_they_hold_are_not_told_in_words() {
	for key in
		[ids::recent_blockhashes_sysvar(), ids::slot_hashes_sysvar(), ids::stake_history_sysvar()]
	{
		assert_eq!(sysvar(key, &[&u64::MAX.to_le_bytes(), &[0; 40]]), None);
		assert_eq!(sysvar(key, &[&0_u64.to_le_bytes()]).unwrap().1, json!([]));
	}
	assert_eq!(sysvar(ids::instructions_sysvar(), &[&[0; 100]]), None);
}

proptest! {
	#[test]
	fn nothing_that_is_not_understood_harms(
		bytes in proptest::collection::vec(any::<u8>(), 0..200),
		number in 0..14_u8,
		accounts in 0..12_u8,
	) {
		let keys: Vec<_> = (0..accounts).collect();
		let programs = [
			ids::system_program(),
			spl::token_program(),
			spl::associated_token_program(),
			ids::address_lookup_table(),
			ids::bpf_loader(),
			ids::bpf_loader_upgradeable(),
			ids::sysvar(),
		];
		for program in programs {
			for data in [bytes.clone(), [&[number, 0, 0, 0][..], &bytes].concat()] {
				let _ = parse(program, &keys, &data);
				let _ = account_of(program, data);
			}
		}
	}
}
