// SPDX-License-Identifier: Apache-2.0
//! What engines can do beyond the calls.

use super::*;
use crate::PermitNonces;
use frame_support::assert_ok;
use unum_address::Address;
use unum_vm_engine::{Asset, LedgerError, TokenAuthority, TokenInfo, UnifiedLedger};

fn decimals(n: u8) -> Decimals {
	Decimals::new(n).expect("18 at most")
}

fn info() -> TokenInfo {
	TokenInfo {
		supply: units(77),
		decimals: decimals(9),
		svm_decimals: decimals(6),
		name: "By a program".into(),
		symbol: "PRG".into(),
		mint_authority: Some(id(3)),
		freeze_authority: None,
	}
}

#[test]
fn an_engine_creates_a_token_that_begins_with_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Tokens::create_token(no_mint(), info()));
		let expected = TokenInfo { supply: LedgerAmount::ZERO, ..info() };
		assert_eq!(Tokens::token(no_mint()), Some(expected));
		assert_eq!(events(), [Event::MintCreated { mint: no_mint(), creator: None }]);
		assert_ok!(Tokens::mint_to(signed(3), no_mint(), id(2), units(1)));
		let again = || Tokens::create_token(no_mint(), info());
		assert_refused(again, LedgerError::MintExists(no_mint()));
	});
}

#[test]
fn a_token_that_no_view_could_show_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong = [
			TokenInfo { svm_decimals: decimals(10), ..info() },
			TokenInfo { name: "a".repeat(65), ..info() },
			TokenInfo { symbol: "a\nb".into(), ..info() },
		];
		for info in wrong {
			let create = || Tokens::create_token(no_mint(), info);
			assert_refused(create, LedgerError::InvalidToken(no_mint()));
		}
	});
}

fn wallet(n: u8) -> Address {
	Address::Evm([n; 20].into())
}

#[test]
fn a_permit_nonce_counts_up_for_each_wallet_and_token() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Tokens::permit_nonce(mint(), &wallet(2)), 0);
		for expected in 1..=3 {
			assert_ok!(Tokens::use_permit_nonce(mint(), &wallet(2)));
			assert_eq!(Tokens::permit_nonce(mint(), &wallet(2)), expected);
		}
		assert_eq!(Tokens::permit_nonce(mint(), &wallet(3)), 0);
		assert!(events().is_empty() && movements().is_empty());

		let of_nothing = || Tokens::use_permit_nonce(no_mint(), &wallet(2));
		assert_refused(of_nothing, LedgerError::UnknownMint(no_mint()));
		PermitNonces::<Test>::insert(mint(), wallet(2), u64::MAX);
		let one_more = || Tokens::use_permit_nonce(mint(), &wallet(2));
		assert_refused(one_more, LedgerError::Overflow(Asset::Token(mint())));
	});
}

#[test]
fn every_movement_is_told_of_once() {
	ExtBuilder::default().build_and_execute(|| {
		let (mint, unit) = (mint(), units(1));
		let (token, native) = (Asset::Token(mint), Asset::Native);
		assert_ok!(Tokens::mint_to(signed(1), mint, id(2), unit));
		assert_ok!(<Tokens as UnifiedLedger>::transfer(token, id(2), id(3), unit));
		assert_ok!(<Tokens as UnifiedLedger>::transfer(native, id(2), id(3), unit));
		assert_ok!(<Tokens as UnifiedLedger>::transfer(native, id(2), id(2), units(0)));
		assert_ok!(Tokens::approve(signed(2), mint, id(1), unit));
		assert_ok!(Tokens::burn_from(signed(1), mint, id(2), unit));
		let expected = [
			Movement::Minted { mint, to: id(2), amount: unit },
			Movement::Transferred { asset: token, from: id(2), to: id(3), amount: unit },
			Movement::Transferred { asset: native, from: id(2), to: id(3), amount: unit },
			Movement::Transferred { asset: native, from: id(2), to: id(2), amount: units(0) },
			Movement::Approved { mint, owner: id(2), spender: id(1), amount: unit },
			Movement::Burned { mint, from: id(2), amount: unit },
		];
		assert_eq!(movements(), expected);
		// The native coin has events of its own pallet.
		assert_eq!(events().len(), 4);
	});
}

#[test]
fn a_refused_movement_is_not_told_of() {
	ExtBuilder::default().build_and_execute(|| {
		let too_much = units(u128::MAX);
		for asset in [Asset::Native, Asset::Token(mint())] {
			<Tokens as UnifiedLedger>::transfer(asset, id(2), id(3), too_much)
				.expect_err("there is less");
		}
		Tokens::transfer(signed(2), mint(), id(3), too_much).expect_err("there is less");
		assert!(movements().is_empty() && events().is_empty());
	});
}

#[test]
fn a_transfer_between_two_vms_is_one_transition() {
	// 2 is known by its EVM wallet, 3 by its Solana wallet: what one has, the other gets, in one step.
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(<Tokens as UnifiedLedger>::transfer(
			Asset::Token(mint()),
			id(2),
			id(3),
			units(SUPPLY)
		));
		assert_eq!((balance(2), balance(3), supply()), (0, SUPPLY, SUPPLY));
		assert_eq!(crate::Balances::<Test>::iter().count(), 1, "nothing is held in between");
		assert_eq!(movements().len(), 1);
	});
}

#[test]
fn authorities_are_refused_in_the_ledgers_words() {
	ExtBuilder::default().build_and_execute(|| {
		let mint_by = |by| move || <Tokens as TokenLedger>::mint_to(mint(), by, id(2), units(1));
		let not_2 = LedgerError::NotAuthority(mint(), TokenAuthority::Mint);
		assert_refused(mint_by(id(2)), not_2);
		let freeze = || Tokens::set_frozen(mint(), id(1), id(2), true);
		assert_refused(freeze, LedgerError::NoAuthority(mint(), TokenAuthority::Freeze));
	});
}
