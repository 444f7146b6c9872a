// SPDX-License-Identifier: Apache-2.0
//! Each broken invariant is noticed.

use super::*;
use crate::{Allowances, Balances, BrokenInvariant, MintOfErc20, PermitNonces, TokenText};
use codec::{Decode, Encode};
use frame_support::traits::StorageVersion;
use unum_address::{erc20_address, Address};

#[track_caller]
fn assert_noticed(broken: BrokenInvariant, damage: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		assert_eq!(Tokens::do_try_state(), Ok(()));
		damage();
		assert_eq!(Tokens::do_try_state(), Err(broken));
	});
}

fn put_balance(mint: MintId, owner: u8, amount: LedgerAmount) {
	Balances::<Test>::insert(id(owner), mint, Holding { amount, frozen: false });
}

#[test]
fn a_supply_that_is_not_the_sum() {
	assert_noticed(BrokenInvariant::SupplyIsNotTheSum, || put_balance(mint(), 3, units(1)));
	assert_noticed(BrokenInvariant::SupplyIsNotTheSum, || {
		Balances::<Test>::remove(id(2), mint());
	});
	assert_noticed(BrokenInvariant::SupplyIsNotTheSum, || {
		put_balance(mint(), 3, LedgerAmount::MAX);
	});
}

#[test]
fn a_supply_that_a_view_cannot_show() {
	assert_noticed(BrokenInvariant::SupplyNotShown, || {
		let amount = units(u128::from(u64::MAX) + 1);
		Mints::<Test>::mutate(mint(), |mint| mint.as_mut().expect("is there").supply = amount);
		put_balance(mint(), 2, amount);
	});
}

#[test]
fn decimals_of_a_view_that_are_finer_than_the_ledgers() {
	assert_noticed(BrokenInvariant::SupplyNotShown, || {
		Mints::<Test>::mutate(mint(), |mint| {
			mint.as_mut().expect("is there").svm_decimals = Decimals::MAX;
		});
	});
}

#[test]
fn a_text_that_breaks_the_rules() {
	for bytes in [&b"bell\x07"[..], &[0xff]] {
		assert_noticed(BrokenInvariant::BadText, || {
			let name = TokenText::decode(&mut &bytes.to_vec().encode()[..]).expect("fits");
			Mints::<Test>::mutate(mint(), |mint| mint.as_mut().expect("is there").name = name);
		});
	}
}

#[test]
fn an_empty_balance() {
	assert_noticed(BrokenInvariant::EmptyBalance, || put_balance(mint(), 3, units(0)));
}

#[test]
fn an_empty_frozen_balance_is_fine() {
	ExtBuilder::default().build_and_execute(|| set_frozen(mint(), 9, true));
}

#[test]
fn an_empty_allowance() {
	assert_noticed(BrokenInvariant::EmptyAllowance, || {
		Allowances::<Test>::insert((mint(), id(1), id(2)), units(0));
	});
}

#[test]
fn tokens_that_do_not_exist() {
	assert_noticed(BrokenInvariant::NoSuchMint, || put_balance(no_mint(), 2, units(1)));
	assert_noticed(BrokenInvariant::NoSuchMint, || {
		Allowances::<Test>::insert((no_mint(), id(1), id(2)), units(1));
	});
}

#[test]
fn an_owner_without_an_account() {
	assert_noticed(BrokenInvariant::OwnerWithoutAccount, || {
		put_balance(mint(), 9, units(SUPPLY));
		Balances::<Test>::remove(id(2), mint());
	});
}

#[test]
fn a_permit_nonce_of_nothing() {
	assert_noticed(BrokenInvariant::BadPermitNonce, || {
		PermitNonces::<Test>::insert(no_mint(), Address::Evm([1; 20].into()), 1);
	});
	assert_noticed(BrokenInvariant::BadPermitNonce, || {
		PermitNonces::<Test>::insert(mint(), Address::Evm([1; 20].into()), 0);
	});
}

#[test]
fn a_wrong_index() {
	assert_noticed(BrokenInvariant::WrongErc20Index, || {
		MintOfErc20::<Test>::insert(erc20_address(no_mint()), no_mint());
	});
	assert_noticed(BrokenInvariant::WrongErc20Index, || {
		MintOfErc20::<Test>::insert(erc20_address(no_mint()), mint());
	});
	assert_noticed(BrokenInvariant::NotInErc20Index, || {
		MintOfErc20::<Test>::remove(erc20_address(mint()));
	});
}

#[test]
fn an_index_that_is_still_being_made_may_lack_tokens() {
	ExtBuilder::default().build_and_execute(|| {
		StorageVersion::new(1).put::<Tokens>();
		MintOfErc20::<Test>::remove(erc20_address(mint()));
	});
}

#[test]
fn every_rule_has_words() {
	use sp_runtime::DispatchError;
	assert_eq!(
		DispatchError::from(BrokenInvariant::EmptyBalance),
		DispatchError::Other("a balance of nothing is stored")
	);
}
