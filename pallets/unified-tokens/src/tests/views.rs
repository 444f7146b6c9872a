// SPDX-License-Identifier: Apache-2.0
//! Where VMs find tokens.

use super::*;
use crate::{MintOfErc20, TokenViewAddresses};
use frame_support::{assert_ok, traits::Contains};
use unum_address::{erc20_address, Address, BtcScript, EvmAddress, SvmAddress, TronAddress};
use unum_vm_engine::{LedgerError, TokenInfo};

fn evm(mint: MintId) -> Address {
	Address::Evm(erc20_address(mint))
}

/// The same 20 bytes.
fn tvm(mint: MintId) -> Address {
	Address::Tvm(TronAddress::from(*erc20_address(mint).as_bytes()))
}

fn svm(mint: MintId) -> Address {
	Address::Svm(SvmAddress::from(*mint.as_bytes()))
}

fn create(creator: u8) -> sp_runtime::DispatchResult {
	Tokens::create_mint(signed(creator), [7; 32], 6, None, vec![], vec![], None, None)
}

fn info() -> TokenInfo {
	Tokens::token(mint()).expect("the token exists")
}

#[test]
fn a_token_is_found_at_its_address_in_every_vm_that_has_tokens() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(create(3));
		for mint in [mint(), MintId::derive(id(3), [7; 32])] {
			for address in [evm(mint), tvm(mint), svm(mint)] {
				assert_eq!(Tokens::mint_at(&address), Some(mint), "{address:?}");
				assert!(TokenViewAddresses::<Test>::contains(&address));
			}
		}
	});
}

#[test]
fn no_token_stands_at_other_addresses() {
	ExtBuilder::default().build_and_execute(|| {
		let bytes = *mint().as_bytes();
		let elsewhere = [
			evm(no_mint()),
			tvm(no_mint()),
			svm(no_mint()),
			Address::Evm(EvmAddress::derive(id(2))),
			Address::Native(bytes.into()),
			Address::Bvm(BtcScript::derive(bytes.into())),
		];
		for address in elsewhere {
			assert_eq!(Tokens::mint_at(&address), None, "{address:?}");
			assert!(!TokenViewAddresses::<Test>::contains(&address));
		}
	});
}

#[test]
fn two_tokens_cannot_have_one_address() {
	ExtBuilder::default().build().execute_with(|| {
		let (new, other) = (MintId::derive(id(3), [7; 32]), mint());
		// Nobody has found two such tokens: made by hand.
		MintOfErc20::<Test>::insert(erc20_address(new), other);
		assert_refused(|| create(3), Error::<Test>::AddressTaken);
		let by_an_engine = || Tokens::create_token(new, info());
		assert_refused(by_an_engine, LedgerError::AddressTaken(new));
	});
}

#[test]
fn an_owners_holdings_are_read_page_by_page() {
	let token = |n| GenesisMint { salt: [n; 32].into(), ..genesis_mint() };
	ExtBuilder::of((0..5).map(token).collect()).build_and_execute(|| {
		let all = Tokens::holdings(id(2), None, 100);
		assert_eq!(all.len(), 5);
		assert!(all.iter().all(|(_, holding)| holding.amount == units(SUPPLY)));
		let mut pages = vec![];
		let mut after = None;
		while let page @ [.., (last, _)] = &Tokens::holdings(id(2), after, 2)[..] {
			after = Some(*last);
			pages.push(page.to_vec());
		}
		assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
		assert_eq!(pages.concat(), all);
		assert_eq!(Tokens::holdings(id(3), None, 100), []);
	});
}
