// SPDX-License-Identifier: Apache-2.0
//! Whoever gets a token has a token account, wherever the token came from.

use unum_spl_token::{associated_token_address, TokenAccount};
use unum_units::LedgerAmount;

use super::{
	address_of, id_of, key_of, mint, mint_key, tokens, wallet, with_chain, RuntimeOrigin, Svm,
	UnifiedTokens, ALICE, TOKENS,
};
use unum_id_com::IdCom as Id;

/// The token account that clients find at an owner's associated address.
fn shown(owner: unum_address::SvmAddress) -> Option<TokenAccount> {
	let (key, _) = associated_token_address(&owner, &mint_key()).unwrap();
	let view = Svm::account_view(&key)?;
	Some(TokenAccount::unpack(&view.data).unwrap())
}

#[test]
fn who_gets_tokens_by_an_extrinsic_has_an_account_at_once() {
	with_chain(|| {
		let wallet = key_of(&wallet());
		assert_eq!(shown(address_of(Id::from(ALICE))).unwrap().amount, TOKENS as u64, "by minting");
		assert_eq!(shown(wallet), None);
		let alice = RuntimeOrigin::signed(ALICE.into());
		UnifiedTokens::transfer(alice, mint(), id_of(wallet), LedgerAmount::new(70)).unwrap();
		// The wallet has never shown itself: its identity is known by its bytes alone.
		let owner = address_of(id_of(wallet));
		let account = shown(owner).unwrap();
		assert_eq!((account.amount, account.owner, account.mint), (70, owner, mint_key()));
		assert_eq!(tokens(id_of(wallet)), 70);
	});
}

#[test]
fn an_account_stays_when_its_balance_is_gone_and_is_not_opened_again() {
	with_chain(|| {
		let owner = address_of(Id::from(ALICE));
		let alice = || RuntimeOrigin::signed(ALICE.into());
		let all = LedgerAmount::new(TOKENS);
		UnifiedTokens::transfer(alice(), mint(), Id::from([9; 32]), all).unwrap();
		assert_eq!(shown(owner).unwrap().amount, 0);
		let count = crate::TokenRecords::<super::Test>::iter().count();
		UnifiedTokens::transfer(RuntimeOrigin::signed([9; 32].into()), mint(), ALICE.into(), all)
			.unwrap();
		assert_eq!(crate::TokenRecords::<super::Test>::iter().count(), count);
		assert_eq!(shown(owner).unwrap().amount, TOKENS as u64);
	});
}
