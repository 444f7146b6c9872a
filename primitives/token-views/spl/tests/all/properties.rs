// SPDX-License-Identifier: Apache-2.0
//! Random instructions, failing ones among them, on a chain with several tokens, owners and accounts.

use proptest::prelude::*;
use unum_address::SvmAddress;
use unum_id_com::IdCom;
use unum_spl_token::{
	account_data, ids, mint, process, token_account, AccountMeta, SplHost, TokenAccount,
};
use unum_vm_engine::{Asset, TokenHost};

use crate::{
	chain::{mint_id, Chain},
	draws::draws,
	world::{
		associated, chain, foreign, mints, multisig, second_key, token_accounts, wallet, WALLETS,
	},
};

/// Everything that has an account.
fn everyone() -> Vec<SvmAddress> {
	let others = [multisig(), foreign(), ids::incinerator()];
	token_accounts()
		.into_iter()
		.chain((0..WALLETS).map(wallet))
		.chain(others)
		.chain(mints())
		.collect()
}

fn check_invariants(chain: &Chain) -> Result<(), TestCaseError> {
	for mint_key in [mints()[0], mints()[1]] {
		let token = chain.ledger.token(mint_id(&mint_key)).expect("a token");
		let unit = token.svm_denomination().expect("coarser");
		let total = chain.ledger.total(Asset::Token(mint_id(&mint_key)));
		prop_assert_eq!(token.supply.get(), total, "supply is the sum of the balances");
		let shown = mint(chain, &mint_key).expect("a mint");
		prop_assert_eq!(u128::from(shown.supply), unit.shown(token.supply));
		prop_assert_eq!(account_data(chain, &mint_key), Some(shown.pack()));
	}
	for account in token_accounts() {
		check_account(chain, &account)?;
	}
	Ok(())
}

/// The identity whose balance an account should show, by the rule and not by the record.
fn holder(chain: &Chain, key: &SvmAddress, account: &TokenAccount) -> IdCom {
	if associated().contains(&(*key, account.owner, account.mint)) {
		chain.id(&account.owner)
	} else {
		key.unbound_id_com()
	}
}

fn check_account(chain: &Chain, key: &SvmAddress) -> Result<(), TestCaseError> {
	let Ok(shown) = token_account(chain, key) else { return Ok(()) };
	prop_assert_eq!(TokenAccount::unpack(&account_data(chain, key).expect("ours")), Ok(shown));
	if let Some(reserve) = shown.native_reserve {
		prop_assert!(chain.lamports(key) >= reserve + shown.amount);
		return Ok(());
	}
	let (id, holder) = (mint_id(&shown.mint), holder(chain, key, &shown));
	let unit = chain.ledger.token(id).expect("a token").svm_denomination().expect("coarser");
	let holding = chain.ledger.holding(id, holder);
	prop_assert_eq!(u128::from(shown.amount), unit.shown(holding.amount));
	prop_assert_eq!(shown.is_frozen(), holding.frozen);
	let allowed = shown
		.delegate
		.get()
		.map(|delegate| chain.ledger.allowance(id, holder, chain.id(&delegate)))
		.unwrap_or_default();
	prop_assert_eq!(u128::from(shown.delegated_amount), unit.shown(allowed));
	Ok(())
}

/// Whether it shows a balance that another account shows, too.
fn is_shared(key: &SvmAddress) -> bool {
	let shared = [wallet(1), second_key()];
	associated().iter().any(|(account, owner, _)| account == key && shared.contains(owner))
}

/// Everything that must not change: what is read-only, and what another program owns.
fn check_untouchable(
	before: &Chain,
	after: &Chain,
	metas: &[AccountMeta],
) -> Result<(), TestCaseError> {
	let look = |chain: &Chain, key| (account_data(chain, key), chain.native_coin(key));
	let writable = |key: &SvmAddress| metas.iter().any(|meta| meta.key == *key && meta.is_writable);
	for key in everyone().iter().filter(|key| !writable(key) && !is_shared(key)) {
		prop_assert_eq!(look(before, key), look(after, key), "{} is not writable", key);
	}
	prop_assert_eq!(before.accounts.get(&foreign()), after.accounts.get(&foreign()));
	Ok(())
}

fn native_total(chain: &Chain) -> u128 {
	chain.ledger.total(Asset::Native)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn whatever_happens_numbers_agree_and_failures_change_nothing(
		draws in proptest::collection::vec(draws(), 1..60),
	) {
		let mut chain = chain();
		let coins = native_total(&chain);
		check_invariants(&chain)?;
		for draw in draws {
			let (metas, data) = (draw.metas(&chain), draw.instruction(&chain).encode());
			let before = chain.clone();
			match process(&mut chain, &metas, &data) {
				Ok(_) => check_untouchable(&before, &chain, &metas)?,
				Err(_) => prop_assert_eq!(&chain, &before, "a failure changes nothing"),
			}
			check_invariants(&chain)?;
			prop_assert_eq!(native_total(&chain), coins, "no coin is made or lost");
		}
	}

	#[test]
	fn no_bytes_and_no_accounts_make_it_panic(
		bytes in proptest::collection::vec(any::<u8>(), 0..70),
		number in 0u8..26,
		drawn in proptest::collection::vec((any::<u8>(), any::<bool>(), any::<bool>()), 0..16),
	) {
		let mut chain = chain();
		let everyone = everyone();
		let meta = |(index, is_signer, is_writable): (u8, bool, bool)| AccountMeta {
			key: everyone[usize::from(index) % everyone.len()],
			is_signer,
			is_writable,
		};
		let metas: Vec<_> = drawn.into_iter().map(meta).collect();
		let _ = process(&mut chain, &metas, &bytes);
		let _ = process(&mut chain, &metas, &[&[number], &bytes[..]].concat());
		check_invariants(&chain)?;
	}
}
