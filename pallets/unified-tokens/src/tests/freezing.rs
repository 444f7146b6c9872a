// SPDX-License-Identifier: Apache-2.0
//! What is frozen neither falls nor grows, by whatever view.

use super::*;
use frame_support::{
	assert_ok,
	traits::{
		fungibles::{approvals, Mutate, Unbalanced},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use sp_runtime::{DispatchError, DispatchResult, TokenError};
use unum_vm_engine::{Asset, LedgerError, UnifiedLedger};

const EXPENDABLE: Preservation = Preservation::Expendable;

/// 4 may freeze; 2 has all.
fn builder() -> ExtBuilder {
	ExtBuilder::of(vec![GenesisMint { freeze_authority: Some(account(4)), ..genesis_mint() }])
}

fn freeze(owner: u8) {
	assert_ok!(Tokens::freeze(signed(4), mint(), id(owner)));
}

#[test]
fn a_balance_is_frozen_and_thawed() {
	builder().build_and_execute(|| {
		let transfer = || Tokens::transfer(signed(2), mint(), id(3), units(1));
		freeze(2);
		assert_refused(transfer, Error::<Test>::BalanceFrozen);
		assert_ok!(Tokens::thaw(signed(4), mint(), id(2)));
		assert_ok!(transfer());
		let (mint, owner) = (mint(), id(2));
		assert_eq!(events()[..2], [Event::Frozen { mint, owner }, Event::Thawed { mint, owner }]);
	});
}

#[test]
fn to_freeze_or_thaw_again_changes_nothing() {
	builder().build_and_execute(|| {
		freeze(2);
		let before = crate::Balances::<Test>::iter().collect::<Vec<_>>();
		freeze(2);
		assert_eq!(crate::Balances::<Test>::iter().collect::<Vec<_>>(), before);
		assert_ok!(Tokens::thaw(signed(4), mint(), id(3)));
		assert_eq!(crate::Balances::<Test>::iter().collect::<Vec<_>>(), before);
		assert!(movements().is_empty(), "no balance has moved");
	});
}

#[test]
fn nothing_can_be_frozen_and_leaves_nothing_when_thawed() {
	builder().build_and_execute(|| {
		freeze(9);
		assert!(Tokens::holding(mint(), id(9)).frozen);
		let to_frozen = || Tokens::transfer(signed(2), mint(), id(9), units(1));
		assert_refused(to_frozen, Error::<Test>::BalanceFrozen);
		assert_ok!(Tokens::thaw(signed(4), mint(), id(9)));
		assert!(!crate::Balances::<Test>::contains_key(id(9), mint()));
	});
}

#[test]
fn only_the_freeze_authority_freezes_and_thaws() {
	builder().build_and_execute(|| {
		for by in [1, 2] {
			let freeze = || Tokens::freeze(signed(by), mint(), id(3));
			assert_refused(freeze, Error::<Test>::NotFreezeAuthority);
			let thaw = || Tokens::thaw(signed(by), mint(), id(3));
			assert_refused(thaw, Error::<Test>::NotFreezeAuthority);
		}
		let of_nothing = || Tokens::freeze(signed(4), no_mint(), id(3));
		assert_refused(of_nothing, Error::<Test>::UnknownMint);
	});
	ExtBuilder::default().build_and_execute(|| {
		let nobody_can = || Tokens::freeze(signed(1), mint(), id(3));
		assert_refused(nobody_can, Error::<Test>::NoFreezeAuthority);
	});
}

/// What moves a unit to, from or by 2, by every way there is into the ledger.
#[test]
fn frozen_means_frozen_by_every_view() {
	builder().build_and_execute(|| {
		assert_ok!(Tokens::transfer(signed(2), mint(), id(1), units(100)));
		for (owner, spender) in [(1, 3), (2, 3), (2, 2)] {
			assert_ok!(Tokens::approve(signed(owner), mint(), id(spender), LedgerAmount::MAX));
		}
		freeze(2);
		let token = Asset::Token(mint());
		let (one, two) = (account(1), account(2));
		let unit = units(1);

		let calls: [&dyn Fn() -> DispatchResult; 8] = [
			&|| Tokens::transfer(signed(2), mint(), id(1), unit),
			&|| Tokens::transfer(signed(1), mint(), id(2), unit),
			&|| Tokens::transfer(signed(2), mint(), id(2), unit),
			&|| Tokens::transfer_from(signed(3), mint(), id(2), id(1), unit),
			&|| Tokens::transfer_from(signed(3), mint(), id(1), id(2), unit),
			&|| Tokens::burn(signed(2), mint(), unit),
			&|| Tokens::burn_from(signed(3), mint(), id(2), unit),
			&|| Tokens::mint_to(signed(1), mint(), id(2), unit),
		];
		for call in calls {
			assert_refused(call, Error::<Test>::BalanceFrozen);
		}

		let engines: [&dyn Fn() -> Result<(), LedgerError>; 5] = [
			&|| <Tokens as UnifiedLedger>::transfer(token, id(2), id(1), unit),
			&|| <Tokens as UnifiedLedger>::transfer(token, id(1), id(2), unit),
			&|| <Tokens as UnifiedLedger>::can_transfer(token, id(1), id(2), unit),
			&|| <Tokens as TokenLedger>::burn_from(mint(), id(3), id(2), unit),
			&|| <Tokens as TokenLedger>::mint_to(mint(), id(1), id(2), unit),
		];
		for operation in engines {
			assert_refused(operation, LedgerError::Frozen(mint()));
		}

		let frame: [(&dyn Fn() -> DispatchResult, TokenError); 8] = [
			(&|| Tokens::mint_into(mint(), &two, 1).map(drop), TokenError::Frozen),
			(&|| Tokens::restore(mint(), &two, 1).map(drop), TokenError::Frozen),
			(&|| Tokens::shelve(mint(), &two, 1).map(drop), TokenError::Frozen),
			(&|| send(&two, &one), TokenError::Frozen),
			(&|| send(&one, &two), TokenError::Frozen),
			(&|| burn_by_force(&two), TokenError::Frozen),
			(&|| Tokens::write_balance(mint(), &two, 0).map(drop), TokenError::Frozen),
			(&|| spend(&two, &one), TokenError::Frozen),
		];
		for (operation, error) in frame {
			assert_refused(operation, DispatchError::from(error));
		}
		assert_eq!(balance(2), SUPPLY - 100);
	});
}

fn send(from: &AccountId32, to: &AccountId32) -> DispatchResult {
	<Tokens as Mutate<_>>::transfer(mint(), from, to, 1, EXPENDABLE).map(drop)
}

fn burn_by_force(who: &AccountId32) -> DispatchResult {
	let (exact, force) = (Precision::Exact, Fortitude::Force);
	<Tokens as Mutate<_>>::burn_from(mint(), who, 1, EXPENDABLE, exact, force).map(drop)
}

/// 3 spends what the owner allows.
fn spend(owner: &AccountId32, to: &AccountId32) -> DispatchResult {
	<Tokens as approvals::Mutate<_>>::transfer_from(mint(), owner, &account(3), to, 1)
}

#[test]
fn nothing_can_still_be_moved_and_an_allowance_be_set() {
	builder().build_and_execute(|| {
		freeze(2);
		assert_ok!(Tokens::transfer(signed(2), mint(), id(1), units(0)));
		assert_ok!(Tokens::burn(signed(2), mint(), units(0)));
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(2), units(0)));
		assert_ok!(Tokens::approve(signed(2), mint(), id(3), units(1)));
		assert_eq!(movements().len(), 4);
	});
}
