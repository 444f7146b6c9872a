// SPDX-License-Identifier: Apache-2.0
//! Fees: the receipt knows them, and whoever pays one is never reaped.

use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use pallet_transaction_payment::ChargeTransactionPayment;
use sp_runtime::traits::DispatchTransaction;

use super::mock::*;

/// Applies `call` as a signed transaction with a fee and a tip, and returns what it cost `who`.
fn apply(who: [u8; 32], call: RuntimeCall, tip: u128, moved: u128) -> u128 {
	let before = balance(who);
	let info = call.get_dispatch_info();
	let extension = ChargeTransactionPayment::<Test>::from(tip);
	let origin = RuntimeOrigin::signed(account(who));
	assert_ok!(extension.dispatch_transaction(origin, call, &info, 100, 0).unwrap());
	before - balance(who) - moved
}

#[test]
fn the_receipt_holds_the_fee_with_its_tip() {
	run_test(|| {
		for (index, tip) in [(0, 0), (1, 77)] {
			System::set_extrinsic_index(index);
			let cost = apply(ALICE, submit_call(native_transfer(BOB, 10)), tip, 10);
			assert!(cost > tip);
			assert_eq!(last_receipt().fee, cost);
			assert_eq!(last_receipt().extrinsic_index, index);
		}
	});
}

#[test]
fn a_failed_operation_pays_too() {
	run_test(|| {
		System::set_extrinsic_index(0);
		let cost = apply(ALICE, submit_call(native_transfer(BOB, u128::MAX)), 0, 0);
		assert!(cost > 0);
		assert_eq!(last_receipt().fee, cost);
	});
}

#[test]
fn a_transaction_without_receipts_leaves_those_of_others_alone() {
	run_test(|| {
		System::set_extrinsic_index(0);
		apply(ALICE, submit_call(echo(b"x")), 0, 0);
		let before = all_receipts();
		System::set_extrinsic_index(1);
		let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
		apply(BOB, remark, 5, 0);
		assert_eq!(all_receipts(), before);
	});
}

#[test]
fn whoever_sends_is_never_reaped_and_keeps_its_nonce() {
	run_test(|| {
		System::inc_account_nonce(account(BOB));
		assert_eq!(System::sufficients(&account(BOB)), 0);
		let cost = apply(BOB, submit_call(echo(b"x")), 0, 0);
		assert_eq!(System::sufficients(&account(BOB)), 1);
		// Everything goes: without the reference this would end the account.
		assert_ok!(Balances::transfer_all(
			RuntimeOrigin::signed(account(BOB)),
			account(ALICE),
			false
		));
		assert_eq!((balance(BOB), cost > 0), (0, true));
		assert!(System::account_exists(&account(BOB)));
		assert_eq!(System::account_nonce(account(BOB)), 1);
		// Once is enough.
		System::set_extrinsic_index(1);
		assert_ok!(submit(ALICE, native_transfer(BOB, START)));
		apply(BOB, submit_call(echo(b"y")), 0, 0);
		assert_eq!(System::sufficients(&account(BOB)), 1);
	});
}
