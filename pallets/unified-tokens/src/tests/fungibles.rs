// SPDX-License-Identifier: Apache-2.0
//! Tokens as FRAME's pallets use them.

use super::*;
use crate::NativeAndTokens;
use frame_support::{
	assert_ok,
	traits::{
		fungibles::{approvals, metadata, roles, Inspect, InspectEnumerable, Mutate, Unbalanced},
		tokens::{
			DepositConsequence, Fortitude, Precision, Preservation, Provenance, WithdrawConsequence,
		},
	},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, TokenError};
use unum_vm_engine::Asset;

const EXPENDABLE: Preservation = Preservation::Expendable;

type Assets = NativeAndTokens<Test>;

/// What some pallet of FRAME would do with any asset at all: swap one for another between two people.
fn swap<A: Mutate<AccountId32, Balance = u128>>(
	(one, gives): (&AccountId32, A::AssetId),
	(other, takes): (&AccountId32, A::AssetId),
	amount: u128,
) -> DispatchResult {
	A::transfer(gives, one, other, amount, EXPENDABLE)?;
	A::transfer(takes, other, one, amount, EXPENDABLE).map(drop)
}

#[test]
fn native_coin_and_tokens_are_one_set_of_assets() {
	ExtBuilder::default().build_and_execute(|| {
		let (native, token) = (Asset::Native, Asset::Token(mint()));
		assert_eq!(Assets::total_issuance(native), 3 * FUNDS);
		assert_eq!(Assets::total_issuance(token), SUPPLY);
		assert_eq!(Assets::minimum_balance(native), EXISTENTIAL_DEPOSIT);
		assert_eq!(Assets::minimum_balance(token), 1);

		assert_ok!(swap::<Assets>((&account(1), native), (&account(2), token), 100));
		assert_eq!(Assets::balance(native, &account(1)), FUNDS - 100);
		assert_eq!(Assets::balance(native, &account(2)), FUNDS + 100);
		assert_eq!((balance(1), balance(2)), (100, SUPPLY - 100));
		assert_eq!(events().len(), 1, "the native coin reports its own movements");
	});
}

#[test]
fn each_movement_makes_one_event_and_is_told_of_once() {
	ExtBuilder::default().build_and_execute(|| {
		let (mint, two, three) = (mint(), account(2), account(3));
		assert_ok!(Tokens::mint_into(mint, &three, 10));
		assert_ok!(<Tokens as Mutate<_>>::transfer(mint, &two, &three, 5, EXPENDABLE));
		assert_ok!(<Tokens as Mutate<_>>::transfer(mint, &two, &two, 5, EXPENDABLE));
		assert_ok!(Tokens::shelve(mint, &three, 15));
		assert_ok!(Tokens::restore(mint, &three, 1));
		Tokens::set_balance(mint, &three, 7);
		assert_ok!(<Tokens as approvals::Mutate<_>>::approve(mint, &two, &three, 4));
		let spend = <Tokens as approvals::Mutate<_>>::transfer_from;
		assert_ok!(spend(mint, &two, &three, &three, 3));
		assert_eq!(allowance_of(2, 3), 1);

		let told = movements();
		assert_eq!(told.len(), 8);
		let expected: Vec<_> = told.iter().filter_map(Event::of).collect();
		assert_eq!(events(), expected);
		assert_eq!((balance(2), balance(3), supply()), (SUPPLY - 8, 10, SUPPLY + 2));
	});
}

#[test]
fn raw_writes_keep_supply_and_log() {
	ExtBuilder::default().build_and_execute(|| {
		let (two, three) = (account(2), account(3));
		assert_eq!(Tokens::write_balance(mint(), &two, SUPPLY - 1), Ok(None));
		assert_eq!(Tokens::write_balance(mint(), &three, 3), Ok(None));
		assert_eq!(Tokens::write_balance(mint(), &three, 3), Ok(None));
		Tokens::set_total_issuance(mint(), 1_000_000);
		let (mint, unit) = (mint(), units(1));
		assert_eq!(
			movements(),
			[
				Movement::Burned { mint, from: id(2), amount: unit },
				Movement::Minted { mint, to: id(3), amount: units(3) },
			]
		);
		assert_eq!(supply(), SUPPLY + 2);
	});
}

#[test]
fn refusals_are_in_frames_words() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (account(1), account(2));
		let send = |mint, from: &AccountId32, amount| {
			<Tokens as Mutate<_>>::transfer(mint, from, &account(3), amount, EXPENDABLE).map(drop)
		};
		let refused = |operation: &dyn Fn() -> DispatchResult, error: DispatchError| {
			assert_refused(operation, error);
		};
		refused(&|| send(mint(), &one, 1), TokenError::FundsUnavailable.into());
		refused(&|| send(no_mint(), &two, 1), TokenError::UnknownAsset.into());
		let keep = Preservation::Preserve;
		refused(
			&|| <Tokens as Mutate<_>>::transfer(mint(), &two, &one, SUPPLY, keep).map(drop),
			TokenError::NotExpendable.into(),
		);
		let mint_into = |amount| move || Tokens::mint_into(mint(), &account(3), amount).map(drop);
		refused(&mint_into(0), TokenError::BelowMinimum.into());
		refused(&mint_into(u128::from(u64::MAX)), ArithmeticError::Overflow.into());
		refused(&mint_into(u128::MAX), ArithmeticError::Overflow.into());
		let spend = || <Tokens as approvals::Mutate<_>>::transfer_from(mint(), &two, &one, &one, 1);
		refused(&spend, Error::<Test>::InsufficientAllowance.into());
	});
}

#[test]
fn consequences_are_foreseen() {
	ExtBuilder::default().build_and_execute(|| {
		use WithdrawConsequence::*;
		let (one, two) = (account(1), account(2));
		let withdraw = |mint, amount| Tokens::can_withdraw(mint, &account(2), amount);
		assert_eq!(withdraw(no_mint(), 1), UnknownAsset);
		assert_eq!(withdraw(mint(), SUPPLY), ReducedToZero(0));
		assert_eq!(withdraw(mint(), SUPPLY - 1), Success);
		assert_eq!(withdraw(mint(), SUPPLY + 1), BalanceLow);
		assert_eq!(Tokens::can_withdraw(mint(), &one, 0), Success);

		let deposit = |mint, amount, from| Tokens::can_deposit(mint, &account(2), amount, from);
		let (minted, extant) = (Provenance::Minted, Provenance::Extant);
		assert_eq!(deposit(no_mint(), 0, extant), DepositConsequence::UnknownAsset);
		assert_eq!(deposit(mint(), u128::from(u64::MAX), minted), DepositConsequence::Overflow);
		assert_eq!(deposit(mint(), u128::MAX, extant), DepositConsequence::Overflow);
		assert_eq!(deposit(mint(), 1, minted), DepositConsequence::Success);

		set_frozen(mint(), 2, true);
		assert_eq!(withdraw(mint(), 1), Frozen);
		assert_eq!(deposit(mint(), 1, extant), DepositConsequence::Blocked);
		for force in [Fortitude::Polite, Fortitude::Force] {
			assert_eq!(Tokens::reducible_balance(mint(), &two, EXPENDABLE, force), 0);
		}
	});
}

#[test]
fn a_best_effort_takes_what_is_there_and_gives_what_fits() {
	ExtBuilder::default().build_and_execute(|| {
		let (two, effort, polite) = (account(2), Precision::BestEffort, Fortitude::Polite);
		let burn = |amount, preservation| {
			<Tokens as Mutate<_>>::burn_from(mint(), &two, amount, preservation, effort, polite)
		};
		assert_eq!(burn(u128::MAX, Preservation::Protect), Ok(SUPPLY - 1));
		assert_eq!(burn(u128::MAX, EXPENDABLE), Ok(1));
		assert_eq!(supply(), 0);
		let most = u128::from(u64::MAX);
		assert_eq!(Tokens::increase_balance(mint(), &two, u128::MAX, effort), Ok(most));
		assert_eq!(Tokens::increase_balance(mint(), &two, 1, effort), Ok(0));
	});
}

#[test]
fn names_and_decimals_are_those_of_the_token() {
	ExtBuilder::default().build_and_execute(|| {
		let read = |mint| {
			(
				<Tokens as metadata::Inspect<AccountId32>>::name(mint),
				<Tokens as metadata::Inspect<AccountId32>>::symbol(mint),
				<Tokens as metadata::Inspect<AccountId32>>::decimals(mint),
			)
		};
		assert_eq!(read(mint()), (b"Test token".to_vec(), b"TEST".to_vec(), 6));
		assert_eq!(read(no_mint()), (vec![], vec![], 0));

		let set = |by, decimals| {
			let (name, symbol) = (b"New".to_vec(), b"NEW".to_vec());
			<Tokens as metadata::Mutate<_>>::set(mint(), &account(by), name, symbol, decimals)
		};
		assert_refused(|| set(1, 7), Error::<Test>::DecimalsAreFixed);
		assert_refused(|| set(2, 6), Error::<Test>::NotMintAuthority);
		assert_ok!(set(1, 6));
		assert_eq!(read(mint()), (b"New".to_vec(), b"NEW".to_vec(), 6));
	});
}

#[test]
fn roles_are_the_authorities() {
	let token = GenesisMint { freeze_authority: Some(account(4)), ..genesis_mint() };
	ExtBuilder::of(vec![token]).build_and_execute(|| {
		assert_eq!(<Tokens as roles::Inspect<_>>::owner(mint()), Some(account(1)));
		assert_eq!(<Tokens as roles::Inspect<_>>::issuer(mint()), Some(account(1)));
		assert_eq!(<Tokens as roles::Inspect<_>>::freezer(mint()), Some(account(4)));
		assert_eq!(<Tokens as roles::Inspect<AccountId32>>::admin(mint()), None);
		assert_eq!(<Tokens as roles::Inspect<AccountId32>>::owner(no_mint()), None);
	});
}

#[test]
fn tokens_can_be_listed() {
	ExtBuilder::default().build_and_execute(|| {
		let all: Vec<_> = <Tokens as InspectEnumerable<AccountId32>>::asset_ids().collect();
		assert_eq!(all, [mint()]);
		assert!(<Tokens as Inspect<AccountId32>>::asset_exists(mint()));
		assert!(!<Tokens as Inspect<AccountId32>>::asset_exists(no_mint()));
	});
}
