// SPDX-License-Identifier: Apache-2.0
//! Tokens are minted, change hands, and are burned.

use super::*;
use frame_support::assert_ok;
use unum_vm_engine::IdentityRegistry;

#[test]
fn minting_grows_supply_and_balance() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(3), units(40)));
		assert_eq!((supply(), balance(3)), (SUPPLY + 40, 40));
		assert_eq!(events(), [Event::Minted { mint: mint(), to: id(3), amount: units(40) }]);
	});
}

#[test]
fn only_the_authority_mints() {
	ExtBuilder::default().build_and_execute(|| {
		let by_holder = || Tokens::mint_to(signed(2), mint(), id(2), units(1));
		assert_refused(by_holder, Error::<Test>::NotMintAuthority);
		let of_nothing = || Tokens::mint_to(signed(1), no_mint(), id(2), units(1));
		assert_refused(of_nothing, Error::<Test>::UnknownMint);
	});
}

#[test]
fn without_an_authority_the_supply_is_fixed() {
	let fixed = GenesisMint { mint_authority: None, ..genesis_mint() };
	ExtBuilder::of(vec![fixed]).build_and_execute(|| {
		let by_creator = || Tokens::mint_to(signed(1), mint(), id(1), units(1));
		assert_refused(by_creator, Error::<Test>::SupplyIsFixed);
	});
}

#[test]
fn the_supply_stops_at_what_64_bits_show() {
	ExtBuilder::default().build_and_execute(|| {
		// Six decimals in both views: one unit is one unit.
		let room = u128::from(u64::MAX) - SUPPLY;
		let too_much = || Tokens::mint_to(signed(1), mint(), id(3), units(room + 1));
		assert_refused(too_much, Error::<Test>::SupplyTooLarge);
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(3), units(room)));
		assert_refused(
			|| Tokens::mint_to(signed(1), mint(), id(2), units(1)),
			Error::<Test>::SupplyTooLarge,
		);
		assert_refused(
			|| Tokens::mint_to(signed(1), mint(), id(2), LedgerAmount::MAX),
			Error::<Test>::Overflow,
		);
	});
}

#[test]
fn fewer_decimals_for_the_solana_vm_leave_room_for_more() {
	let huge = GenesisMint {
		decimals: Decimals::MAX,
		svm_decimals: Some(Decimals::new(0).expect("18 at most")),
		balances: vec![],
		..genesis_mint()
	};
	ExtBuilder::of(vec![huge]).build_and_execute(|| {
		let largest = u128::from(u64::MAX) * 10u128.pow(18) + (10u128.pow(18) - 1);
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(3), units(largest)));
		assert_refused(
			|| Tokens::mint_to(signed(1), mint(), id(3), units(1)),
			Error::<Test>::SupplyTooLarge,
		);
	});
}

#[test]
fn a_transfer_moves_and_conserves() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::transfer(signed(2), mint(), id(3), units(200)));
		assert_eq!((balance(2), balance(3), supply()), (SUPPLY - 200, 200, SUPPLY));
		assert_eq!(
			events(),
			[Event::Transferred { mint: mint(), from: id(2), to: id(3), amount: units(200) }]
		);
	});
}

#[test]
fn transfers_that_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = |from, mint, amount: LedgerAmount, error: Error<Test>| {
			assert_refused(|| Tokens::transfer(signed(from), mint, id(3), amount), error);
		};
		refused(2, mint(), units(SUPPLY + 1), Error::InsufficientBalance);
		refused(2, mint(), LedgerAmount::MAX, Error::InsufficientBalance);
		refused(1, mint(), units(1), Error::InsufficientBalance);
		refused(2, no_mint(), units(1), Error::UnknownMint);
		refused(2, no_mint(), units(0), Error::UnknownMint);
	});
}

#[test]
fn nothing_and_to_oneself_change_no_storage_and_are_reported() {
	ExtBuilder::default().build_and_execute(|| {
		let ledger = || {
			(
				Mints::<Test>::iter().collect::<Vec<_>>(),
				crate::Balances::<Test>::iter().collect::<Vec<_>>(),
				System::account(account(9)),
			)
		};
		let before = ledger();
		for (from, to, amount) in [(2, 9, 0), (9, 9, 0), (9, 2, 0), (2, 2, 1), (2, 2, SUPPLY)] {
			assert_ok!(Tokens::transfer(signed(from), mint(), id(to), units(amount)));
			let expected = Event::Transferred {
				mint: mint(),
				from: id(from),
				to: id(to),
				amount: units(amount),
			};
			assert_eq!(events(), [expected]);
		}
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(9), units(0)));
		assert_ok!(Tokens::burn(signed(9), mint(), units(0)));
		assert_eq!(events().len(), 2);
		assert_eq!(ledger(), before);
		assert!(!Identities::exists(id(9)), "who got nothing has no account");

		// To transfer to oneself one must have it.
		let more = || Tokens::transfer(signed(2), mint(), id(2), units(SUPPLY + 1));
		assert_refused(more, Error::<Test>::InsufficientBalance);
	});
}

#[test]
fn burning_shrinks_supply_and_balance() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::burn(signed(2), mint(), units(100)));
		assert_eq!((supply(), balance(2)), (SUPPLY - 100, SUPPLY - 100));
		assert_eq!(events(), [Event::Burned { mint: mint(), from: id(2), amount: units(100) }]);
		let too_much = || Tokens::burn(signed(2), mint(), units(SUPPLY));
		assert_refused(too_much, Error::<Test>::InsufficientBalance);
		assert_refused(|| Tokens::burn(signed(2), no_mint(), units(0)), Error::<Test>::UnknownMint);
	});
}

#[test]
fn a_balance_of_nothing_leaves_no_storage() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::transfer(signed(2), mint(), id(3), units(SUPPLY)));
		assert!(!crate::Balances::<Test>::contains_key(id(2), mint()));
		assert_ok!(Tokens::burn(signed(3), mint(), units(SUPPLY)));
		assert_eq!(crate::Balances::<Test>::iter().count(), 0);
		assert_eq!(supply(), 0);
	});
}

#[test]
fn who_gets_tokens_has_an_account_that_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::transfer(signed(2), mint(), id(8), units(1)));
		assert_ok!(Tokens::mint_to(signed(1), mint(), id(9), units(1)));
		for n in [8, 9] {
			assert!(Identities::exists(id(n)));
			assert_eq!(System::sufficients(&account(n)), 1);
			assert_eq!(NativeCoin::free_balance(account(n)), 0);
		}
		assert_ok!(Tokens::transfer(signed(8), mint(), id(2), units(1)));
		assert!(Identities::exists(id(8)), "also when the tokens are gone");
	});
}

#[test]
fn frozen_balances_neither_fall_nor_grow() {
	ExtBuilder::default().build_and_execute(|| {
		set_frozen(mint(), 2, true);
		set_frozen(mint(), 3, true);
		let refused = |operation: &dyn Fn() -> sp_runtime::DispatchResult| {
			assert_refused(operation, Error::<Test>::BalanceFrozen);
		};
		refused(&|| Tokens::transfer(signed(2), mint(), id(1), units(1)));
		refused(&|| Tokens::transfer(signed(2), mint(), id(2), units(1)));
		refused(&|| Tokens::burn(signed(2), mint(), units(1)));
		refused(&|| Tokens::mint_to(signed(1), mint(), id(3), units(1)));
		assert_ok!(Tokens::transfer(signed(2), mint(), id(1), units(0)));

		set_frozen(mint(), 2, false);
		refused(&|| Tokens::transfer(signed(2), mint(), id(3), units(1)));
		set_frozen(mint(), 3, false);
		assert_ok!(Tokens::transfer(signed(2), mint(), id(3), units(1)));
	});
}

#[test]
fn an_owners_tokens_are_one_prefix() {
	let other = GenesisMint { salt: [1; 32].into(), ..genesis_mint() };
	ExtBuilder::of(vec![genesis_mint(), other]).build_and_execute(|| {
		let mut tokens: Vec<_> = crate::Balances::<Test>::iter_key_prefix(id(2)).collect();
		let mut expected = vec![mint(), MintId::derive(id(1), [1; 32])];
		tokens.sort();
		expected.sort();
		assert_eq!(tokens, expected);
	});
}
