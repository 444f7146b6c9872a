// SPDX-License-Identifier: Apache-2.0
//! Who may do what with a token, and how that changes hands.

use super::*;
use frame_support::assert_ok;
use sp_runtime::DispatchResult;
use unum_vm_engine::TokenAuthority;

const MINT: TokenAuthority = TokenAuthority::Mint;
const FREEZE: TokenAuthority = TokenAuthority::Freeze;

/// 1 may mint, 4 may freeze.
fn builder() -> ExtBuilder {
	ExtBuilder::of(vec![GenesisMint { freeze_authority: Some(account(4)), ..genesis_mint() }])
}

fn set(by: u8, which: TokenAuthority, new: Option<u8>) -> DispatchResult {
	Tokens::set_authority(signed(by), mint(), which, new.map(id))
}

fn rename(by: u8, name: &str, symbol: &str) -> DispatchResult {
	Tokens::set_metadata(signed(by), mint(), name.into(), symbol.into())
}

#[test]
fn an_authority_is_handed_on() {
	builder().build_and_execute(|| {
		assert_ok!(set(1, MINT, Some(5)));
		assert_ok!(set(4, FREEZE, Some(6)));
		let set_to = |authority, new| Event::AuthoritySet { mint: mint(), authority, new };
		assert_eq!(events(), [set_to(MINT, Some(id(5))), set_to(FREEZE, Some(id(6)))]);
		assert!(movements().is_empty());

		let mint_by = |by| Tokens::mint_to(signed(by), mint(), id(2), units(1));
		assert_refused(|| mint_by(1), Error::<Test>::NotMintAuthority);
		assert_ok!(mint_by(5));
		let freeze_by = |by| Tokens::freeze(signed(by), mint(), id(2));
		assert_refused(|| freeze_by(4), Error::<Test>::NotFreezeAuthority);
		assert_ok!(freeze_by(6));
	});
}

#[test]
fn an_authority_that_is_given_up_is_gone_for_ever() {
	builder().build_and_execute(|| {
		assert_ok!(set(1, MINT, None));
		assert_ok!(set(4, FREEZE, None));
		for by in [1, 4] {
			assert_refused(|| set(by, MINT, Some(1)), Error::<Test>::SupplyIsFixed);
			assert_refused(|| set(by, FREEZE, Some(4)), Error::<Test>::NoFreezeAuthority);
		}
		let again = || Tokens::mint_to(signed(1), mint(), id(2), units(1));
		assert_refused(again, Error::<Test>::SupplyIsFixed);
	});
}

#[test]
fn only_who_has_an_authority_hands_it_on() {
	builder().build_and_execute(|| {
		assert_refused(|| set(4, MINT, Some(4)), Error::<Test>::NotMintAuthority);
		assert_refused(|| set(1, FREEZE, Some(1)), Error::<Test>::NotFreezeAuthority);
		let of_nothing = || Tokens::set_authority(signed(1), no_mint(), MINT, None);
		assert_refused(of_nothing, Error::<Test>::UnknownMint);
	});
}

#[test]
fn a_token_is_renamed_by_its_mint_authority() {
	builder().build_and_execute(|| {
		assert_ok!(rename(1, "Übermünze", "ÜM"));
		let token = Tokens::token(mint()).expect("the token exists");
		assert_eq!((token.name.as_str(), token.symbol.as_str()), ("Übermünze", "ÜM"));
		let named = Mints::<Test>::get(mint()).expect("the token exists");
		let (name, symbol) = (named.name, named.symbol);
		assert_eq!(events(), [Event::MetadataSet { mint: mint(), name, symbol }]);
		assert_eq!((supply(), token.decimals.get()), (SUPPLY, 6), "all else stays");

		for other in [2, 4] {
			assert_refused(|| rename(other, "a", "b"), Error::<Test>::NotMintAuthority);
		}
		let of_nothing = || Tokens::set_metadata(signed(1), no_mint(), vec![], vec![]);
		assert_refused(of_nothing, Error::<Test>::UnknownMint);
	});
}

#[test]
fn a_token_without_mint_authority_keeps_its_name() {
	builder().build_and_execute(|| {
		assert_ok!(set(1, MINT, None));
		assert_refused(|| rename(1, "a", "b"), Error::<Test>::SupplyIsFixed);
	});
}

#[test]
fn a_new_name_obeys_the_rules_of_the_first() {
	builder().build_and_execute(|| {
		let cases = [
			("a".repeat(65), String::new(), Error::<Test>::NameTooLong),
			(String::new(), "a".repeat(17), Error::SymbolTooLong),
			("bell\u{7}".into(), String::new(), Error::TextHasHiddenCharacter),
			(String::new(), "\u{202e}".into(), Error::TextHasHiddenCharacter),
		];
		for (name, symbol, error) in cases {
			assert_refused(|| rename(1, &name, &symbol), error);
		}
		let not_utf8 = || Tokens::set_metadata(signed(1), mint(), vec![0xff], vec![]);
		assert_refused(not_utf8, Error::<Test>::TextNotUtf8);
		assert_ok!(rename(1, "", ""));
	});
}
