// SPDX-License-Identifier: Apache-2.0
//! Native coin and tokens through the interface of the engines.

use super::*;
use frame_support::{
	assert_ok,
	traits::{LockableCurrency, ReservableCurrency, WithdrawReasons},
};
use unum_vm_engine::{Asset, IdentityRegistry, LedgerError, UnifiedLedger};

const NATIVE: Asset = Asset::Native;

fn native(n: u8) -> u128 {
	NativeCoin::free_balance(account(n))
}

fn spendable(asset: Asset, n: u8) -> u128 {
	Ledger::spendable(asset, id(n)).expect("the asset exists").get()
}

fn transfer(asset: Asset, from: u8, to: u8, amount: u128) -> Result<(), LedgerError> {
	let foreseen = Ledger::can_transfer(asset, id(from), id(to), units(amount));
	let result = Ledger::transfer(asset, id(from), id(to), units(amount));
	assert_eq!(foreseen, result, "what was foreseen must come true");
	result
}

#[track_caller]
fn refused(asset: Asset, from: u8, to: u8, amount: u128, error: LedgerError) {
	assert_refused(|| transfer(asset, from, to, amount), error);
}

fn insufficient(asset: Asset, available: u128, needed: u128) -> LedgerError {
	LedgerError::InsufficientBalance { asset, available: units(available), needed: units(needed) }
}

/// The trait by name: the pallet has a call `transfer` with other arguments.
struct Ledger;

impl Ledger {
	fn spendable(asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError> {
		<Pallet<Test> as UnifiedLedger>::spendable(asset, owner)
	}

	fn can_transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		<Pallet<Test> as UnifiedLedger>::can_transfer(asset, from, to, amount)
	}

	fn transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		<Pallet<Test> as UnifiedLedger>::transfer(asset, from, to, amount)
	}
}

#[test]
fn both_kinds_of_asset_move_alike() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(transfer(NATIVE, 1, 2, 100));
		assert_eq!((native(1), native(2)), (FUNDS - 100, FUNDS + 100));
		let token = Asset::Token(mint());
		assert_ok!(transfer(token, 2, 1, 100));
		assert_eq!((spendable(token, 1), spendable(token, 2)), (100, SUPPLY - 100));
		assert_eq!(events().len(), 1, "the native coin reports its own movements");
	});
}

#[test]
fn a_token_that_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		let token = Asset::Token(no_mint());
		let error = LedgerError::UnknownMint(no_mint());
		assert_eq!(Ledger::spendable(token, id(1)), Err(error));
		refused(token, 1, 2, 0, error);
		refused(token, 1, 2, 1, error);
	});
}

#[test]
fn too_much_is_refused_with_both_numbers() {
	ExtBuilder::default().build_and_execute(|| {
		let token = Asset::Token(mint());
		refused(token, 2, 1, SUPPLY + 1, insufficient(token, SUPPLY, SUPPLY + 1));
		refused(token, 9, 1, 1, insufficient(token, 0, 1));
		refused(NATIVE, 1, 2, FUNDS + 1, insufficient(NATIVE, FUNDS, FUNDS + 1));
		refused(NATIVE, 9, 2, 1, insufficient(NATIVE, 0, 1));
		// Also to oneself.
		refused(NATIVE, 1, 1, FUNDS + 1, insufficient(NATIVE, FUNDS, FUNDS + 1));
		refused(NATIVE, 1, 1, u128::MAX, insufficient(NATIVE, FUNDS, u128::MAX));
	});
}

#[test]
fn nothing_and_to_oneself_change_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let before = state_root();
		assert_ok!(transfer(NATIVE, 1, 9, 0));
		assert_ok!(transfer(NATIVE, 9, 1, 0));
		assert_ok!(transfer(NATIVE, 1, 1, FUNDS));
		assert_eq!(state_root(), before);
		assert!(!Identities::exists(id(9)));
	});
}

#[test]
fn an_account_needs_the_existential_deposit_to_begin_with() {
	ExtBuilder::default().build_and_execute(|| {
		refused(NATIVE, 1, 9, EXISTENTIAL_DEPOSIT - 1, LedgerError::BelowExistentialDeposit);
		assert_ok!(transfer(NATIVE, 1, 9, EXISTENTIAL_DEPOSIT));
		assert_ok!(transfer(NATIVE, 1, 9, 1));
		assert_eq!(native(9), EXISTENTIAL_DEPOSIT + 1);
	});
}

#[test]
fn an_account_can_spend_its_last_unit_and_keeps_its_nonce() {
	ExtBuilder::default().build_and_execute(|| {
		Identities::retain(id(1));
		System::inc_account_nonce(account(1));
		assert_ok!(transfer(NATIVE, 1, 2, FUNDS));
		assert_eq!(native(1), 0);
		assert_eq!(System::account_nonce(account(1)), 1);
		assert_ok!(transfer(NATIVE, 2, 1, 50));
		assert_eq!(System::account_nonce(account(1)), 1);
	});
}

#[test]
fn whoever_sends_native_coin_is_retained() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(System::sufficients(&account(1)), 0);
		assert_ok!(transfer(NATIVE, 1, 3, FUNDS));
		assert!(Identities::exists(id(1)));
		assert_eq!(System::sufficients(&account(3)), 0, "to receive alone does not retain");
	});
}

#[test]
fn the_native_issuance_is_conserved() {
	ExtBuilder::default().build_and_execute(|| {
		let issuance = NativeCoin::total_issuance();
		assert_ok!(transfer(NATIVE, 1, 2, 1));
		assert_ok!(transfer(NATIVE, 1, 9, FUNDS - 1));
		assert_eq!(NativeCoin::total_issuance(), issuance);
	});
}

#[test]
fn what_is_below_the_existential_deposit_is_removed_with_the_account() {
	// As in every transfer of the native coin. On the chain the deposit is one unit, so there is no
	// amount below it.
	ExtBuilder::default().build_and_execute(|| {
		let issuance = NativeCoin::total_issuance();
		assert_ok!(transfer(NATIVE, 1, 2, FUNDS - 3));
		assert_eq!((native(1), native(2)), (0, 2 * FUNDS - 3));
		assert_eq!(NativeCoin::total_issuance(), issuance - 3);
	});
}

#[test]
fn locked_and_reserved_coin_stays() {
	ExtBuilder::default().build_and_execute(|| {
		NativeCoin::set_lock(*b"testlock", &account(1), FUNDS - 100, WithdrawReasons::all());
		assert_eq!(spendable(NATIVE, 1), 100);
		refused(NATIVE, 1, 2, 101, LedgerError::Restricted);
		assert_ok!(transfer(NATIVE, 1, 2, 100));

		assert_ok!(NativeCoin::reserve(&account(3), 400));
		// Reserved coin needs the account, and that the deposit.
		assert_eq!(spendable(NATIVE, 3), 600 - EXISTENTIAL_DEPOSIT);
		refused(NATIVE, 3, 2, 600, LedgerError::Restricted);
		let spendable = 600 - EXISTENTIAL_DEPOSIT;
		refused(NATIVE, 3, 2, 601, insufficient(NATIVE, spendable, 601));
		assert_ok!(transfer(NATIVE, 3, 2, spendable));
	});
}

#[test]
fn a_balance_that_would_not_fit_is_refused() {
	ExtBuilder::default().build().execute_with(|| {
		// More than can be issued: made by hand, so the issuance does not add up here.
		let huge = u128::MAX - FUNDS + 1;
		frame_system::Account::<Test>::mutate(account(2), |info| info.data.free = huge);
		refused(NATIVE, 1, 2, FUNDS, LedgerError::Overflow(NATIVE));
		let token = Asset::Token(mint());
		crate::Balances::<Test>::mutate(id(3), mint(), |b| b.amount = LedgerAmount::MAX);
		refused(token, 2, 3, 1, LedgerError::Overflow(token));
	});
}

#[test]
fn frozen_tokens_are_not_spendable() {
	ExtBuilder::default().build_and_execute(|| {
		let token = Asset::Token(mint());
		set_frozen(mint(), 2, true);
		assert_eq!(spendable(token, 2), 0);
		refused(token, 2, 1, 1, LedgerError::Frozen(mint()));
		assert_ok!(transfer(token, 2, 1, 0));
	});
}
