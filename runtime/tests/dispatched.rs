// SPDX-License-Identifier: Apache-2.0
//! Signed transactions that dispatch an operation, through the whole runtime: what the pool says of
//! them, and what they leave behind.

mod common;

use std::collections::BTreeMap;

use codec::{Compact, Encode};
use common::*;
use frame_support::traits::Hooks;
use frame_system::Call as SystemCall;
use proptest::prelude::*;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_runtime::{
	Address, Balances, BalancesCall, Dispatch, Executive, IdCom, Runtime, RuntimeCall, System,
	Timestamp, UnifiedTokens, UNIT,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{OneOf, Payload, Receipt, ReceiptStatus};

fn submit(call: NativeCall) -> RuntimeCall {
	let payload = Box::new(Payload::new(OneOf::First(call)));
	RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context: None })
}

fn transfer(to: Id, amount: u128) -> RuntimeCall {
	submit(NativeCall::Transfer { asset: None, to, amount: LedgerAmount::new(amount) })
}

fn remark() -> RuntimeCall {
	RuntimeCall::System(SystemCall::remark { remark: vec![] })
}

fn last_receipt() -> Receipt {
	Dispatch::receipts().pop().expect("there is a receipt")
}

fn state() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let mut state = BTreeMap::new();
	let mut key = vec![];
	while let Some(next) = sp_io::storage::next_key(&key) {
		state.insert(next.clone(), sp_io::storage::get(&next).unwrap_or_default().to_vec());
		key = next;
	}
	state
}

/// The keys that differ between two states, without those of what keeps the books of a block: the
/// dispatcher's receipts, System's events and counters, the next fee.
fn changed(
	before: &BTreeMap<Vec<u8>, Vec<u8>>,
	after: &BTreeMap<Vec<u8>, Vec<u8>>,
) -> Vec<Vec<u8>> {
	let pallet = |name: &str| sp_io::hashing::twox_128(name.as_bytes()).to_vec();
	let accounts = frame_support::storage::storage_prefix(b"System", b"Account");
	let is_bookkeeping = |key: &Vec<u8>| {
		key.starts_with(&pallet("Dispatch"))
			|| key.starts_with(&pallet("TransactionPayment"))
			|| key.starts_with(b":extrinsic_index")
			|| (key.starts_with(&pallet("System")) && !key.starts_with(&accounts))
	};
	let keys = before.keys().chain(after.keys());
	let mut keys: Vec<_> = keys
		.filter(|key| before.get(*key) != after.get(*key) && !is_bookkeeping(key))
		.cloned()
		.collect();
	keys.sort();
	keys.dedup();
	keys
}

#[test]
fn a_failing_operation_changes_nothing_but_nonce_and_fee() {
	for call in [
		transfer(id(BOB), u128::MAX),
		submit(NativeCall::Transfer {
			asset: Some(MintId::from([9; 32])),
			to: id(BOB),
			amount: LedgerAmount::new(1),
		}),
		submit(NativeCall::CreateAccount { id_com: id(BOB), amount: LedgerAmount::new(1) }),
	] {
		run_test(|| {
			// The first transaction of an account retains it; the second shows the operation alone.
			apply(signed(ALICE, 0, remark()));
			burn_fees();
			let (before, issued) = (state(), Balances::total_issuance());
			let funds = Balances::free_balance(account(ALICE));
			apply(signed(ALICE, 1, call));

			let receipt = last_receipt();
			assert_eq!(receipt.status, ReceiptStatus::Reverted);
			assert!(receipt.fee > 0);
			assert_eq!(System::account_nonce(account(ALICE)), 2);
			assert_eq!(Balances::free_balance(account(ALICE)), funds - receipt.fee);
			burn_fees();
			assert_eq!(Balances::total_issuance(), issued - receipt.fee, "fees are burnt");
			assert_eq!(changed(&before, &state()), {
				let mut keys = vec![
					frame_system::Account::<Runtime>::hashed_key_for(account(ALICE)),
					pallet_balances::TotalIssuance::<Runtime>::hashed_key().to_vec(),
				];
				keys.sort();
				keys
			});
		});
	}
}

#[test]
fn an_account_that_was_drained_and_funded_again_refuses_its_old_transactions() {
	run_test(|| {
		let old = signed(BOB, 0, transfer(id(ALICE), 5));
		apply(old.clone());
		let all = RuntimeCall::Balances(BalancesCall::transfer_all {
			dest: Address::Id(account(ALICE)),
			keep_alive: false,
		});
		apply(signed(BOB, 1, all));
		assert_eq!(Balances::free_balance(account(BOB)), 0);
		apply(signed(ALICE, 0, transfer(id(BOB), 100 * UNIT)));
		assert_eq!(System::account_nonce(account(BOB)), 2);
		let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
		assert_eq!(validate(old.clone()), Err(stale));
		assert_eq!(Executive::apply_extrinsic(old), Err(stale));
		assert_eq!(Balances::free_balance(account(BOB)), 100 * UNIT);
	});
}

#[test]
fn the_pool_refuses_what_can_not_succeed_and_says_why() {
	run_test(|| {
		let token = MintId::from([9; 32]);
		for (call, code, words) in [
			(transfer(id(BOB), START + 1), 130, "insufficient balance of the native coin"),
			(transfer(id(BOB), START), 130, "insufficient balance"),
			(
				submit(NativeCall::Transfer {
					asset: Some(token),
					to: id(BOB),
					amount: LedgerAmount::new(1),
				}),
				129,
				"unknown mint",
			),
			(
				submit(NativeCall::CreateAccount { id_com: id(BOB), amount: LedgerAmount::ZERO }),
				144,
				"exists already",
			),
		] {
			let extrinsic = signed(ALICE, 0, call);
			let custom = InvalidTransaction::Custom(code);
			assert_eq!(validate(extrinsic.clone()), Err(custom.into()));
			let sentence = explain(&extrinsic.encode()).expect("explained");
			assert!(sentence.contains(words), "{sentence}");
		}
		assert!(validate(signed(ALICE, 0, transfer(id(BOB), START - UNIT))).is_ok());
	});
}

#[test]
fn only_the_next_transaction_is_judged_by_its_engine() {
	run_test(|| {
		let later = signed(ALICE, 1, transfer(id(BOB), START + 1));
		assert!(validate(later.clone()).is_ok(), "what comes before it may bring the coins");
		assert_eq!(explain(&later.encode()), None);
		apply(signed(ALICE, 0, remark()));
		assert!(validate(later).is_err());
	});
}

#[test]
fn asking_changes_nothing() {
	run_test(|| {
		let before = state();
		let _ = validate(signed(ALICE, 0, transfer(Id::from([7; 32]), 5)));
		let _ = explain(&signed(ALICE, 0, transfer(id(BOB), START)).encode());
		assert_eq!(state(), before);
	});
}

#[test]
fn reasons_that_are_not_ours_are_left_to_the_node() {
	run_test(|| {
		apply(signed(ALICE, 0, remark()));
		for extrinsic in [signed(ALICE, 0, transfer(id(BOB), 1)), signed(ALICE, 1, remark())] {
			assert_eq!(explain(&extrinsic.encode()), None);
		}
	});
}

/// Replaces the call of a signed extrinsic by raw bytes. The signature does not matter here.
fn with_raw_call(call: &[u8]) -> Vec<u8> {
	let good = signed(ALICE, 0, remark()).encode();
	let prefix = Compact::<u32>::from(u32::try_from(good.len()).unwrap()).encoded_size();
	let body = &good[prefix..];
	let call_length = remark().encoded_size();
	let body = [&body[..body.len() - call_length], call].concat();
	body.encode()
}

#[test]
fn each_way_not_to_decode_has_its_sentence() {
	let good = transfer(id(BOB), 1).encode();
	let [pallet, call] = [good[0], good[1]];
	run_test(|| {
		for (bytes, words) in [
			(vec![pallet, call, 0x77, 1, 2, 3], "opcode 0x77 belongs to no engine"),
			(vec![pallet, call], "payload is empty"),
			(good[..20].to_vec(), "truncated"),
			([&good[..], &[1, 2]].concat(), "2 trailing bytes"),
			([&[pallet, call, 1], &vec![0u8; 131_072][..]].concat(), "131073 bytes"),
			(vec![pallet, 99, 0], "does not exist"),
			(vec![250, 0], "does not exist"),
			(vec![], "holds no call"),
		] {
			let sentence = explain(&with_raw_call(&bytes)).expect("explained");
			assert!(sentence.contains(words), "{sentence} does not say {words}");
		}
		assert!(explain(&[1, 2, 3]).unwrap().contains("does not decode"));
	});
}

#[test]
fn genesis_accounts_are_in_the_address_index() {
	use unum_address::VmKind;
	use unum_vm_engine::IdentityRegistry;
	run_test(|| {
		for vm in VmKind::ADDRESSED {
			let address = IdCom::address_of(id(BOB), vm).unwrap();
			assert_eq!(IdCom::resolve(&address), id(BOB));
		}
	});
}

#[test]
fn receipts_are_committed_to_at_the_end_of_the_block_and_gone_in_the_next() {
	run_test(|| {
		apply(signed(ALICE, 0, transfer(id(BOB), 1)));
		let receipts = Dispatch::receipts();
		assert_eq!(receipts.len(), 1);
		Dispatch::on_finalize(System::block_number());
		let root = pallet_dispatch::ReceiptsRoot::<Runtime>::get();
		let encoded = receipts.iter().map(Encode::encode).collect();
		assert_eq!(
			root,
			sp_io::trie::blake2_256_ordered_root(encoded, sp_runtime::StateVersion::V1)
		);
		Dispatch::on_initialize(System::block_number() + 1);
		assert!(Dispatch::receipts().is_empty());
	});
}

#[test]
fn time_reaches_the_engines() {
	run_test(|| assert_eq!(Dispatch::block_env().timestamp_ms, Timestamp::get()));
}

#[test]
fn tokens_reach_the_native_vm() {
	run_test(|| {
		let origin = unum_runtime::RuntimeOrigin::signed(account(ALICE));
		let salt = [1; 32];
		let mint = MintId::derive(id(ALICE), salt);
		UnifiedTokens::create_mint(
			origin.clone(),
			salt,
			6,
			None,
			b"Token".to_vec(),
			b"TKN".to_vec(),
			None,
			None,
		)
		.unwrap();
		UnifiedTokens::mint_to(origin, mint, id(ALICE), LedgerAmount::new(50)).unwrap();
		let call = NativeCall::Transfer {
			asset: Some(mint),
			to: Id::from([7; 32]),
			amount: LedgerAmount::new(20),
		};
		apply(signed(ALICE, 0, submit(call)));
		assert_eq!(last_receipt().status, ReceiptStatus::Success);
		let held = |who: Id| pallet_unified_tokens::Balances::<Runtime>::get(who, mint).amount;
		assert_eq!(held(id(ALICE)), LedgerAmount::new(30));
		assert_eq!(held(Id::from([7; 32])), LedgerAmount::new(20));
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	/// Whatever arrives, there is an answer and no panic.
	#[test]
	fn explaining_never_panics(call in prop::collection::vec(any::<u8>(), 0..200), raw in any::<bool>()) {
		run_test(|| {
			let extrinsic = if raw { call } else { with_raw_call(&call) };
			let _ = explain(&extrinsic);
		});
	}
}
