// SPDX-License-Identifier: Apache-2.0
//! Lamports: wrapped native coins, what closing pays out, and what the runtime would refuse.

use unum_address::SvmAddress;
use unum_spl_token::{
	associated_token_address, ids, open_associated, process, token_account, AccountMeta,
	AuthorityType, Instruction, ProgramError, SplHost, TokenAccount, TokenError,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, LedgerHost, TokenHost};

use crate::chain::{key, mint_id, token_info, Chain, RawAccount};

fn alice() -> SvmAddress {
	key(1)
}

fn bob() -> SvmAddress {
	key(2)
}

/// Alice's wrapped coins: a hundred in the first account, none in the second.
fn wrapped() -> [SvmAddress; 2] {
	[key(0x51), key(0x52)]
}

fn reserve() -> u64 {
	Chain::default().rent_exemption_lamports(TokenAccount::LEN)
}

fn wrap(chain: &mut Chain, account: SvmAddress, owner: SvmAddress) {
	chain.allocate(&account, TokenAccount::LEN);
	let initialize = Instruction::InitializeAccount3 { owner };
	chain.run(initialize, &[account, ids::native_mint()]).expect("new");
}

fn chain() -> Chain {
	let mut chain = Chain::default();
	for account in wrapped() {
		wrap(&mut chain, account, alice());
	}
	chain.set_lamports(&wrapped()[0], reserve() + 100);
	chain.run(Instruction::SyncNative, &[wrapped()[0]]).expect("native");
	chain
}

fn amount(chain: &Chain, account: SvmAddress) -> u64 {
	token_account(chain, &account).expect("a token account").amount
}

/// Metas with these flags: writable, signed.
fn metas<const N: usize>(keys: [(SvmAddress, bool, bool); N]) -> [AccountMeta; N] {
	keys.map(|(key, is_writable, is_signer)| AccountMeta { key, is_signer, is_writable })
}

#[test]
fn wrapped_coins_are_the_lamports_of_the_account() {
	let mut chain = chain();
	let [source, destination] = wrapped();
	assert_eq!((amount(&chain, source), amount(&chain, destination)), (100, 0));
	chain.run(Instruction::Approve { amount: 40 }, &[source, bob(), alice()]).expect("hers");
	chain
		.run(Instruction::Transfer { amount: 30 }, &[source, destination, bob()])
		.expect("allowed");
	let left = token_account(&chain, &source).expect("an account");
	assert_eq!((left.amount, left.delegated_amount), (70, 10));
	assert_eq!(chain.lamports(&source), reserve() + 70);
	assert_eq!((chain.lamports(&destination), amount(&chain, destination)), (reserve() + 30, 30));
	chain
		.run(Instruction::Transfer { amount: 10 }, &[source, destination, bob()])
		.expect("allowed");
	assert_eq!(token_account(&chain, &source).expect("an account").delegate.get(), None);
	let to_itself = chain.run(Instruction::CloseAccount, &[source, source, alice()]);
	assert_eq!(to_itself, Err(ProgramError::InvalidAccountData));
	chain.run(Instruction::CloseAccount, &[source, alice(), alice()]).expect("hers");
	assert_eq!(chain.lamports(&alice()), reserve() + 60);
}

#[test]
fn wrapped_coins_are_neither_minted_nor_burned_nor_frozen() {
	let (mut chain, mint, account) = (chain(), ids::native_mint(), wrapped()[0]);
	let refused = Err(TokenError::NativeNotSupported.into());
	let frozen = chain.run(Instruction::FreezeAccount, &[account, mint, alice()]);
	let burned = chain.run(Instruction::Burn { amount: 1 }, &[account, mint, alice()]);
	let minted = chain.run(Instruction::MintTo { amount: 1 }, &[mint, account, alice()]);
	assert_eq!([frozen, burned, minted], [refused.clone(), refused.clone(), refused]);
}

#[test]
fn coins_count_when_they_are_synced_and_never_less() {
	let mut chain = chain();
	let account = wrapped()[0];
	chain.set_lamports(&account, reserve() + 250);
	assert_eq!(amount(&chain, account), 100);
	chain.run(Instruction::SyncNative, &[account, ids::rent_sysvar()]).expect("native");
	assert_eq!(amount(&chain, account), 250);
	let other_sysvar = chain.run(Instruction::SyncNative, &[account, alice()]);
	assert_eq!(other_sysvar, Err(ProgramError::InvalidArgument));
	chain.set_lamports(&account, reserve() + 249);
	let less = chain.run(Instruction::SyncNative, &[account]);
	assert_eq!(less, Err(TokenError::InvalidState.into()));
}

#[test]
fn an_associated_account_of_wrapped_coins_does_not_hold_its_owners_coins() {
	let mut chain = Chain::default();
	chain.set_lamports(&alice(), 1_000_000);
	let (account, _) = associated_token_address(&alice(), &ids::native_mint()).expect("exists");
	wrap(&mut chain, account, alice());
	chain.run(Instruction::SyncNative, &[account]).expect("native");
	assert_eq!(amount(&chain, account), 0);
	// So it can be given away like any account with a balance of its own.
	let give = Instruction::SetAuthority {
		authority_type: AuthorityType::AccountOwner,
		new_authority: Some(bob()),
	};
	chain.run(give, &[account, alice()]).expect("hers");
	chain.run(Instruction::CloseAccount, &[account, bob(), bob()]).expect("his");
	assert_eq!((chain.lamports(&alice()), chain.lamports(&bob())), (1_000_000, reserve()));
	let opened = open_associated(&mut chain, &alice(), &ids::native_mint());
	assert_eq!(opened, Err(TokenError::InvalidMint.into()));
}

#[test]
fn what_the_runtime_would_refuse_is_refused_and_changes_nothing() {
	let mut chain = chain();
	let ([source, destination], by) = (wrapped(), (alice(), false, true));
	let foreign = key(0x61);
	let data = token_account(&chain, &source).expect("an account").pack();
	chain.accounts.insert(foreign, RawAccount { program: key(0x62), data });
	chain.set_lamports(&foreign, 5);
	let before = chain.clone();
	let mut refused = |instruction: Instruction<'_>, keys, error| {
		let result = process(&mut chain, &metas(keys), &instruction.encode());
		assert_eq!(result, Err(error), "{instruction:?}");
		assert_eq!(chain, before);
	};
	let (transfer, close) = (Instruction::Transfer { amount: 1 }, Instruction::CloseAccount);
	let readonly = ProgramError::ReadonlyLamportChange;
	refused(transfer, [(source, false, false), (destination, true, false), by], readonly);
	refused(transfer, [(source, true, false), (destination, false, false), by], readonly);
	refused(close, [(source, false, false), (bob(), true, false), by], readonly);
	refused(close, [(source, true, false), (bob(), false, false), by], readonly);
	let spent = ProgramError::ExternalAccountLamportSpend;
	refused(transfer, [(foreign, true, false), (destination, true, false), by], spent);
	refused(close, [(foreign, true, false), (bob(), true, false), by], spent);
	let external = ProgramError::ExternalAccountDataModified;
	refused(transfer, [(source, true, false), (foreign, true, false), by], external);
	let set_authority = Instruction::SetAuthority {
		authority_type: AuthorityType::CloseAccount,
		new_authority: Some(bob()),
	};
	refused(set_authority, [(foreign, true, false), by, by], external);
	let readonly = ProgramError::ReadonlyDataModified;
	refused(set_authority, [(source, false, false), by, by], readonly);
}

#[test]
fn a_refused_payment_leaves_the_account_and_its_rest_alone() {
	let mut chain = Chain::default();
	let (mint, account, owner) = (key(0x70), key(0x51), chain.id(&alice()));
	chain.ledger.create_token(mint_id(&mint), token_info(18, 9, owner)).expect("new");
	chain.allocate(&account, TokenAccount::LEN);
	let initialize = Instruction::InitializeAccount3 { owner: alice() };
	chain.run(initialize, &[account, mint]).expect("new");
	// Too little to be shown, so the account can be closed.
	let rest = LedgerAmount::new(5);
	chain.ledger.mint_to(mint_id(&mint), owner, account.unbound_id_com(), rest).expect("fits");
	let full = chain.id(&bob());
	chain.ledger.set_balance(Asset::Native, full, LedgerAmount::MAX);
	let before = chain.clone();
	let close = chain.run(Instruction::CloseAccount, &[account, bob(), alice()]);
	assert_eq!(close, Err(TokenError::Overflow.into()));
	assert_eq!(chain, before);
	chain.run(Instruction::CloseAccount, &[account, key(3), alice()]).expect("there is room");
	assert_eq!(chain.ledger.spendable(Chain::supply_asset(&mint), owner), Ok(rest));
}
