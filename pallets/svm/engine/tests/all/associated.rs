// SPDX-License-Identifier: Apache-2.0
//! Associated token accounts.

use unum_address::SvmAddress;
use unum_solana_transaction::Instruction;
use unum_solana_view::InstructionError as E;
use unum_spl_token::{associated_token_address, AuthorityType, Instruction as Token, TokenAccount};
use unum_svm_engine::{ids, minimum_balance};

use crate::{
	tokens::{amount, mint, mint_to, new_mint, send, token, with_token},
	world::*,
};

pub(crate) fn of(owner: SvmAddress, mint: SvmAddress) -> SvmAddress {
	associated_token_address(&owner, &mint).expect("there is one").0
}

pub(crate) fn create(tag: &[u8], owner: SvmAddress, mint: SvmAddress) -> Instruction {
	let accounts = vec![
		signing(writable(alice())),
		writable(of(owner, mint)),
		readonly(owner),
		readonly(mint),
		readonly(ids::system_program()),
		readonly(ids::token_program()),
	];
	instruction(ids::associated_token_program(), accounts, tag)
}

#[test]
fn an_account_is_made_by_the_calls_that_upstream_makes() {
	let mut chain = with_token();
	let meta = ok(&mut chain, &[create(&[], bob(), mint())]);
	let account = chain.account(&of(bob(), mint()));
	assert_eq!(account.lamports, minimum_balance(165));
	let shown = TokenAccount::unpack(&account.data).expect("a token account");
	assert_eq!((shown.owner, shown.mint, shown.amount), (bob(), mint(), 0));
	assert_eq!(meta.inner_instructions.len(), 1);
	let inner = &meta.inner_instructions[0];
	assert_eq!(inner.index, 0);
	// GetAccountDataSize, CreateAccount, InitializeImmutableOwner, InitializeAccount3.
	let first: Vec<u8> = inner.instructions.iter().map(|it| it.data[0]).collect();
	assert_eq!(first, [21, 0, 22, 18]);
	assert!(inner.instructions.iter().all(|it| it.stack_height == 2));
	let lines = logs(&meta);
	let [ata, token] = [ids::associated_token_program(), ids::token_program()];
	let head = [
		format!("Program {ata} invoke [1]"),
		"Program log: Create".into(),
		format!("Program {token} invoke [2]"),
		"Program log: Instruction: GetAccountDataSize".into(),
	];
	assert_eq!(lines[..4], head);
	assert_eq!(lines[5], format!("Program return: {token} pQAAAAAAAAA="));
	assert!(lines.contains(&"Program log: Initialize the associated token account".into()));
}

#[test]
fn an_account_is_not_made_twice_unless_it_may_be_there() {
	let mut chain = with_token();
	ok(&mut chain, &[create(&[1], bob(), mint())]);
	ok(&mut chain, &[create(&[1], bob(), mint())]);
	assert_eq!(fails(&mut chain, &[create(&[0], bob(), mint())]), E::IllegalOwner);
	let mut wrong = create(&[1], bob(), mint());
	wrong.accounts[1] = writable(key(0x55));
	assert_eq!(fails(&mut chain, &[wrong]), E::InvalidSeeds);
	assert_eq!(fails(&mut chain, &[create(&[3], bob(), mint())]), E::InvalidInstructionData);
	let mut few = create(&[0], key(0x56), mint());
	few.accounts.truncate(5);
	assert_eq!(fails(&mut chain, &[few]), E::NotEnoughAccountKeys);
}

#[test]
fn lamports_that_are_there_count() {
	let mut chain = with_token();
	let address = of(bob(), mint());
	chain.set_lamports(&address, minimum_balance(0));
	let meta = ok(&mut chain, &[create(&[0], bob(), mint())]);
	let first: Vec<u8> =
		meta.inner_instructions[0].instructions.iter().map(|it| it.data[0]).collect();
	// GetAccountDataSize, Transfer, Allocate, Assign, InitializeImmutableOwner, InitializeAccount3.
	assert_eq!(first, [21, 2, 8, 1, 22, 18]);
	assert_eq!(chain.account(&address).lamports, minimum_balance(165));
}

#[test]
fn an_associated_account_shows_the_balance_of_its_owner() {
	let mut chain = with_token();
	ok(&mut chain, &[create(&[0], bob(), mint()), create(&[0], alice(), mint())]);
	ok(&mut chain, &[mint_to(of(alice(), mint()), 40)]);
	ok(&mut chain, &[send(of(alice(), mint()), of(bob(), mint()), alice(), 15)]);
	assert_eq!(amount(&mut chain, of(alice(), mint())), 25);
	assert_eq!(amount(&mut chain, of(bob(), mint())), 15);
	assert_eq!(amount(&mut chain, key(0x71)), 1_000);
}

#[test]
fn an_account_that_was_given_away_is_not_its_owners() {
	let mut chain = with_token();
	let wrapped = of(bob(), ids::native_mint());
	ok(&mut chain, &[create(&[0], bob(), ids::native_mint())]);
	let give = Token::SetAuthority {
		authority_type: AuthorityType::AccountOwner,
		new_authority: Some(alice()),
	};
	ok(&mut chain, &[token(give, vec![writable(wrapped), signing(readonly(bob()))])]);
	let error = fails(&mut chain, &[create(&[1], bob(), ids::native_mint())]);
	assert_eq!(error, E::Custom(0));
}

#[test]
fn nested_accounts_are_recovered() {
	let mut chain = with_token();
	let owner_mint = key(0x76);
	let [new, initialize] = new_mint(owner_mint);
	ok(&mut chain, &[new, initialize, create(&[0], alice(), owner_mint)]);
	let owner = of(alice(), owner_mint);
	ok(&mut chain, &[create(&[0], owner, mint()), create(&[0], alice(), mint())]);
	let nested = of(owner, mint());
	ok(&mut chain, &[mint_to(nested, 9)]);
	let accounts = |wallet| {
		vec![
			writable(nested),
			readonly(mint()),
			writable(of(alice(), mint())),
			readonly(owner),
			readonly(owner_mint),
			wallet,
			readonly(ids::token_program()),
		]
	};
	let recover = |wallet| instruction(ids::associated_token_program(), accounts(wallet), [2]);
	let other = fails(&mut chain, &[recover(signing(writable(bob())))]);
	assert_eq!(other, E::InvalidSeeds);
	ok(&mut chain, &[recover(signing(writable(alice())))]);
	assert_eq!(amount(&mut chain, of(alice(), mint())), 9);
	assert_eq!(chain.account(&nested).lamports, 0);
}
