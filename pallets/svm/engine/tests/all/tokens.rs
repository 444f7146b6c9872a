// SPDX-License-Identifier: Apache-2.0
//! The token program, as transactions use it: what it logs, what it leaves, what came by another way.

use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_solana_view::{InstructionError as E, TransactionError};
use unum_spl_token::{associated_token_address, Instruction as Token, TokenAccount};
use unum_svm_engine::{ids, minimum_balance, testing::MemoryChain};
use unum_units::LedgerAmount;
use unum_vm_engine::TokenHost;

use crate::world::*;

pub(crate) fn mint() -> SvmAddress {
	key(0x70)
}

pub(crate) fn token(token: Token<'_>, accounts: Vec<AccountMeta>) -> Instruction {
	instruction(ids::token_program(), accounts, token.encode())
}

fn new(to: SvmAddress, space: usize) -> Instruction {
	create_account(alice(), to, minimum_balance(space), space as u64, ids::token_program())
}

pub(crate) fn new_mint(mint: SvmAddress) -> [Instruction; 2] {
	let initialize = Token::InitializeMint2 {
		decimals: 6,
		mint_authority: alice(),
		freeze_authority: Some(alice()),
	};
	[new(mint, 82), token(initialize, vec![writable(mint)])]
}

pub(crate) fn new_account(account: SvmAddress, owner: SvmAddress) -> [Instruction; 2] {
	let initialize = Token::InitializeAccount3 { owner };
	[new(account, 165), token(initialize, vec![writable(account), readonly(mint())])]
}

pub(crate) fn mint_to(account: SvmAddress, amount: u64) -> Instruction {
	let accounts = vec![writable(mint()), writable(account), signing(readonly(alice()))];
	token(Token::MintTo { amount }, accounts)
}

pub(crate) fn send(
	from: SvmAddress,
	to: SvmAddress,
	owner: SvmAddress,
	amount: u64,
) -> Instruction {
	let accounts = vec![writable(from), writable(to), signing(readonly(owner))];
	token(Token::Transfer { amount }, accounts)
}

/// A chain with a token, and accounts of Alice's and Bob's, Alice's with a thousand units.
pub(crate) fn with_token() -> MemoryChain {
	let mut chain = chain();
	let [create, initialize] = new_mint(mint());
	let [create_a, initialize_a] = new_account(key(0x71), alice());
	let [create_b, initialize_b] = new_account(key(0x72), bob());
	ok(&mut chain, &[create, initialize, create_a, initialize_a]);
	ok(&mut chain, &[create_b, initialize_b, mint_to(key(0x71), 1_000)]);
	chain
}

pub(crate) fn amount(chain: &mut MemoryChain, account: SvmAddress) -> u64 {
	TokenAccount::unpack(&chain.account(&account).data).expect("a token account").amount
}

#[test]
fn tokens_move_and_the_meta_tells() {
	let mut chain = with_token();
	let meta = ok(&mut chain, &[send(key(0x71), key(0x72), alice(), 300)]);
	assert_eq!(amount(&mut chain, key(0x71)), 700);
	assert_eq!(amount(&mut chain, key(0x72)), 300);
	let lines = [
		"Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA invoke [1]",
		"Program log: Instruction: Transfer",
		"Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA consumed 4645 of 200000 compute units",
		"Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA success",
	];
	assert_eq!(logs(&meta), lines);
	let units = |balances: &[unum_solana_view::TokenBalance]| -> Vec<_> {
		balances.iter().map(|it| (it.account_index, it.owner, it.amount, it.decimals)).collect()
	};
	assert_eq!(units(&meta.pre_token_balances), [(1, alice(), 1_000, 6), (2, bob(), 0, 6)]);
	assert_eq!(units(&meta.post_token_balances), [(1, alice(), 700, 6), (2, bob(), 300, 6)]);
	// Nothing of it is stored: all is in the ledger and in records.
	assert!(chain.state.stored.is_empty());
	assert_eq!(chain.state.records.len(), 3);
}

#[test]
fn token_errors_are_upstreams() {
	let mut chain = with_token();
	let too_much = send(key(0x71), key(0x72), alice(), 1_001);
	assert_eq!(fails(&mut chain, &[too_much]), E::Custom(1));
	let line = "Program log: Error: insufficient funds";
	assert!(logs(chain.metas.last().unwrap()).contains(&line.into()));
	assert_eq!(fails(&mut chain, &[send(key(0x71), key(0x72), bob(), 1)]), E::Custom(4));
	let no_data = instruction(ids::token_program(), Vec::new(), Vec::new());
	assert_eq!(fails(&mut chain, &[no_data]), E::Custom(12));
	let mut unsigned = send(key(0x72), key(0x71), bob(), 0);
	unsigned.accounts[2] = readonly(bob());
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
}

#[test]
fn a_failure_takes_back_what_came_before_it() {
	let mut chain = with_token();
	let before = amount(&mut chain, key(0x71));
	let [create, initialize] = new_account(key(0x73), alice());
	let bad = send(key(0x71), key(0x72), alice(), 5_000);
	let all = [create, initialize, send(key(0x71), key(0x73), alice(), 10), bad];
	assert_eq!(fails(&mut chain, &all), E::Custom(1));
	assert_eq!(amount(&mut chain, key(0x71)), before);
	assert_eq!(chain.account(&key(0x73)).lamports, 0);
	assert_eq!(chain.state.records.len(), 3);
}

#[test]
fn a_closed_account_is_the_system_programs_and_can_be_made_again() {
	let mut chain = with_token();
	let close = token(
		Token::CloseAccount,
		vec![writable(key(0x72)), writable(bob()), signing(readonly(bob()))],
	);
	let [create, initialize] = new_account(key(0x72), alice());
	ok(&mut chain, std::slice::from_ref(&close));
	assert!(chain.account(&key(0x72)).data.is_empty());
	assert_eq!(chain.account(&key(0x72)).owner, ids::system_program());
	assert_eq!(chain.account(&bob()).lamports, RICH + minimum_balance(165));
	ok(&mut chain, &[create.clone(), initialize.clone()]);
	let [mut closing, again] = [close.clone(), create];
	closing.accounts[2] = signing(readonly(alice()));
	ok(&mut chain, &[closing, again, initialize]);
	assert_eq!(amount(&mut chain, key(0x72)), 0);
}

#[test]
fn native_coin_is_wrapped_synced_and_unwrapped() {
	let mut chain = chain();
	let wrapped = key(0x74);
	let [create, _] = new_account(wrapped, alice());
	let initialize = token(
		Token::InitializeAccount3 { owner: alice() },
		vec![writable(wrapped), readonly(ids::native_mint())],
	);
	let sync = token(Token::SyncNative, vec![writable(wrapped)]);
	let fund = transfer(alice(), wrapped, 500);
	ok(&mut chain, &[create, initialize, fund, sync.clone()]);
	assert_eq!(amount(&mut chain, wrapped), 500);
	let second = key(0x75);
	let [create, _] = new_account(second, bob());
	let initialize = token(
		Token::InitializeAccount3 { owner: bob() },
		vec![writable(second), readonly(ids::native_mint())],
	);
	ok(&mut chain, &[create, initialize, send(wrapped, second, alice(), 200)]);
	assert_eq!((amount(&mut chain, wrapped), amount(&mut chain, second)), (300, 200));
	assert_eq!(chain.account(&second).lamports, minimum_balance(165) + 200);
	let close = token(
		Token::CloseAccount,
		vec![writable(second), writable(bob()), signing(readonly(bob()))],
	);
	ok(&mut chain, &[close]);
	assert_eq!(chain.account(&bob()).lamports, RICH + minimum_balance(165) + 200);
}

#[test]
fn tokens_that_came_by_another_way_can_be_spent_at_once() {
	let mut chain = with_token();
	let id = MintId::from(*mint().as_bytes());
	let [authority, owner] = [alice(), bob()].map(|key| chain.id(&key));
	chain.state.ledger.mint_to(id, authority, owner, LedgerAmount::new(50)).expect("fits");
	let (associated, _) = associated_token_address(&bob(), &mint()).expect("there is one");
	let checked = token(
		Token::TransferChecked { amount: 20, decimals: 6 },
		vec![writable(associated), readonly(mint()), writable(key(0x71)), signing(readonly(bob()))],
	);
	ok(&mut chain, &[checked]);
	assert_eq!(amount(&mut chain, associated), 30);
	ok(&mut chain, &[send(associated, key(0x71), bob(), 30)]);
	assert_eq!(amount(&mut chain, key(0x71)), 1_050);
	// Nobody else's.
	let (other, _) = associated_token_address(&key(0x33), &mint()).expect("there is one");
	let stranger = send(other, key(0x71), bob(), 1);
	assert!(run(&mut chain, &[stranger]).error.is_some());
	assert_eq!(chain.state.records.len(), 4);
}

#[test]
fn two_keys_of_one_identity_can_not_spend_its_coins_twice() {
	let mut chain = chain();
	let second = SvmAddress::derive(alice().unbound_id_com());
	let half = RICH / 2 + 1;
	let meta = run(&mut chain, &[transfer(alice(), bob(), half), transfer(second, bob(), half)]);
	let error = TransactionError::instruction(1, E::Custom(1));
	assert_eq!(meta.error, Some(error));
	assert_eq!(chain.account(&bob()).lamports, RICH);
	// To itself: nothing changes.
	ok(&mut chain, &[transfer(alice(), second, 1_000)]);
	assert_eq!(chain.account(&second).lamports, chain.account(&alice()).lamports);
}
