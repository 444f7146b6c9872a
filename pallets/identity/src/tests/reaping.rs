// SPDX-License-Identifier: Apache-2.0
//! An account that has sent anything keeps its nonce, whatever happens to its balance.

use super::*;
use frame_support::{assert_ok, traits::Currency};
use unum_vm_engine::IdentityRegistry;

fn drain(from: u8) {
	assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(account(from)), account(2), false));
	assert_eq!(Balances::total_balance(&account(from)), 0);
}

fn fund(to: u8) {
	assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(account(3)), account(to), 10));
}

#[test]
fn send_drain_to_zero_fund_again_keeps_the_nonce() {
	ExtBuilder.build_and_execute(|| {
		send_transaction(1);
		send_transaction(1);
		drain(1);
		assert!(Pallet::<Test>::exists(id(1)));
		assert_eq!(System::account_nonce(account(1)), 2);
		fund(1);
		assert_eq!(System::account_nonce(account(1)), 2);
		// And again: the reference is not used up.
		send_transaction(1);
		drain(1);
		fund(1);
		assert_eq!(System::account_nonce(account(1)), 3);
	});
}

#[test]
fn without_the_reference_the_nonce_would_start_again() {
	// Shows that the test above tests something.
	ExtBuilder.build().execute_with(|| {
		System::inc_account_nonce(account(1));
		drain(1);
		assert!(!Pallet::<Test>::exists(id(1)));
		fund(1);
		assert_eq!(System::account_nonce(account(1)), 0);
	});
}

#[test]
fn an_identity_is_retained_once() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..3 {
			Pallet::<Test>::retain(id(1));
			Pallet::<Test>::retain(id(9));
		}
		assert_eq!(System::sufficients(&account(1)), 1);
		assert_eq!(System::providers(&account(1)), 1);
		assert_eq!(System::sufficients(&account(9)), 1);
		assert_eq!(System::providers(&account(9)), 0);
	});
}

#[test]
fn a_retained_account_without_balance_can_be_funded_and_spends_all() {
	ExtBuilder.build_and_execute(|| {
		Pallet::<Test>::retain(id(9));
		fund(9);
		drain(9);
		assert!(Pallet::<Test>::exists(id(9)));
	});
}

#[test]
fn an_account_that_only_received_may_be_reaped() {
	ExtBuilder.build_and_execute(|| {
		fund(9);
		assert!(Pallet::<Test>::exists(id(9)));
		// Slashed away by another pallet, say: the account did not sign.
		let _ = Balances::slash(&account(9), 10);
		assert!(!Pallet::<Test>::exists(id(9)));
	});
}
