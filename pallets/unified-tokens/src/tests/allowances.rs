// SPDX-License-Identifier: Apache-2.0
//! Owners let others move their tokens.

use super::*;
use frame_support::assert_ok;
use sp_runtime::DispatchResult;

fn approve(amount: u128) {
	assert_ok!(Tokens::approve(signed(2), mint(), id(3), units(amount)));
}

/// Spender 3 moves tokens of 2 to 4.
fn spend(amount: u128) -> DispatchResult {
	Tokens::transfer_from(signed(3), mint(), id(2), id(4), units(amount))
}

fn allowance() -> u128 {
	allowance_of(2, 3)
}

#[test]
fn an_allowance_is_set_and_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		approve(10);
		assert_eq!(allowance(), 10);
		let event = |amount| Event::Approved { mint: mint(), owner: id(2), spender: id(3), amount };
		assert_eq!(events(), [event(units(10))]);
		approve(7);
		assert_eq!(allowance(), 7);
		approve(7);
		assert_eq!(events(), [event(units(7)), event(units(7))]);
		// It is that of this token, owner and spender alone.
		assert_eq!(allowance_of(3, 2), 0);
		assert!(<Tokens as TokenLedger>::allowance(no_mint(), id(2), id(3)).is_zero());
	});
}

#[test]
fn an_allowance_is_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		approve(10);
		events();
		assert_ok!(spend(4));
		assert_eq!((allowance(), balance(2), balance(4)), (6, SUPPLY - 4, 4));
		assert_eq!(
			events(),
			[Event::Transferred { mint: mint(), from: id(2), to: id(4), amount: units(4) }]
		);
		assert_refused(|| spend(7), Error::<Test>::InsufficientAllowance);
		assert_ok!(spend(6));
		assert_eq!(crate::Allowances::<Test>::iter().count(), 0, "nothing is left in storage");
		assert_refused(|| spend(1), Error::<Test>::InsufficientAllowance);
	});
}

#[test]
fn an_unlimited_allowance_is_not_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		approve(u128::MAX);
		assert_ok!(spend(100));
		assert_eq!(allowance(), u128::MAX);
		approve(u128::MAX - 1);
		assert_ok!(spend(100));
		assert_eq!(allowance(), u128::MAX - 101);
	});
}

#[test]
fn an_allowance_of_zero_takes_it_back_and_leaves_no_storage() {
	ExtBuilder::default().build_and_execute(|| {
		approve(10);
		approve(0);
		assert_eq!(crate::Allowances::<Test>::iter().count(), 0);
		assert_refused(|| spend(1), Error::<Test>::InsufficientAllowance);
		// To take back what was never given is fine.
		approve(0);
	});
}

#[test]
fn an_allowance_is_no_balance() {
	ExtBuilder::default().build_and_execute(|| {
		approve(SUPPLY + 1);
		assert_refused(|| spend(SUPPLY + 1), Error::<Test>::InsufficientBalance);
		assert_eq!(allowance(), SUPPLY + 1, "a refused transfer uses nothing up");
	});
}

#[test]
fn nothing_can_be_moved_without_an_allowance() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(spend(0));
		assert_eq!(events().len(), 1);
		assert_refused(|| spend(1), Error::<Test>::InsufficientAllowance);
	});
}

#[test]
fn transfer_from_oneself_needs_an_allowance_too() {
	ExtBuilder::default().build_and_execute(|| {
		let own = || Tokens::transfer_from(signed(2), mint(), id(2), id(4), units(1));
		assert_refused(own, Error::<Test>::InsufficientAllowance);
		assert_ok!(Tokens::approve(signed(2), mint(), id(2), units(1)));
		assert_ok!(own());
	});
}

#[test]
fn a_self_transfer_out_of_an_allowance_uses_it_up() {
	ExtBuilder::default().build_and_execute(|| {
		approve(10);
		assert_ok!(Tokens::transfer_from(signed(3), mint(), id(2), id(2), units(4)));
		assert_eq!((allowance(), balance(2)), (6, SUPPLY));
	});
}

#[test]
fn frozen_tokens_stay_whoever_moves_them() {
	ExtBuilder::default().build_and_execute(|| {
		approve(10);
		set_frozen(mint(), 2, true);
		assert_refused(|| spend(1), Error::<Test>::BalanceFrozen);
	});
}

#[test]
fn a_token_that_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		assert_refused(
			|| Tokens::approve(signed(2), no_mint(), id(3), units(1)),
			Error::<Test>::UnknownMint,
		);
		assert_refused(
			|| Tokens::transfer_from(signed(3), no_mint(), id(2), id(4), units(0)),
			Error::<Test>::UnknownMint,
		);
	});
}

#[test]
fn tokens_are_burned_out_of_an_allowance() {
	ExtBuilder::default().build_and_execute(|| {
		let burn = |amount| Tokens::burn_from(signed(3), mint(), id(2), units(amount));
		approve(10);
		events();
		assert_ok!(burn(4));
		assert_eq!((allowance(), balance(2), supply()), (6, SUPPLY - 4, SUPPLY - 4));
		assert_eq!(events(), [Event::Burned { mint: mint(), from: id(2), amount: units(4) }]);
		assert_refused(|| burn(7), Error::<Test>::InsufficientAllowance);
		approve(u128::MAX);
		assert_refused(|| burn(SUPPLY), Error::<Test>::InsufficientBalance);
		assert_ok!(burn(SUPPLY - 4));
		assert_eq!((allowance(), supply()), (u128::MAX, 0));
		assert_ok!(burn(0));
		let of_nothing = || Tokens::burn_from(signed(3), no_mint(), id(2), units(0));
		assert_refused(of_nothing, Error::<Test>::UnknownMint);
	});
}

#[test]
fn an_allowance_to_oneself_is_one_like_any_other() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::approve(signed(2), mint(), id(2), units(5)));
		assert_eq!(allowance_of(2, 2), 5);
		assert_ok!(Tokens::transfer(signed(2), mint(), id(3), units(1)));
		assert_eq!(allowance_of(2, 2), 5, "a transfer of one's own uses none of it");
		assert_ok!(Tokens::burn_from(signed(2), mint(), id(2), units(5)));
		assert_eq!((allowance_of(2, 2), balance(2)), (0, SUPPLY - 6));
	});
}
