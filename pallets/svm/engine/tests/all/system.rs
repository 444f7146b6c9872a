// SPDX-License-Identifier: Apache-2.0
//! The System program, with upstream's errors (tests of solana-system-program 4.2 name most cases).

use unum_address::SvmAddress;
use unum_solana_view::{InstructionError as E, TransactionError};
use unum_svm_engine::{ids, minimum_balance, testing::MemoryChain};

use crate::world::*;

const ALREADY_IN_USE: E = E::Custom(0);
const NEGATIVE_LAMPORTS: E = E::Custom(1);
const INVALID_LENGTH: E = E::Custom(3);
const SEED_MISMATCH: E = E::Custom(5);

fn program() -> SvmAddress {
	key(0x77)
}

fn with_seed(base: SvmAddress, seed: &str, owner: SvmAddress) -> SvmAddress {
	let bytes = [base.as_ref(), seed.as_bytes(), owner.as_ref()].concat();
	SvmAddress::from(sp_crypto_hashing::sha2_256(&bytes))
}

#[test]
fn a_transfer_moves_lamports_and_costs_150_units_and_the_fee() {
	let mut chain = chain();
	let meta = ok(&mut chain, &[transfer(alice(), bob(), 7)]);
	assert_eq!(meta.compute_units_consumed, 150);
	assert_eq!(meta.fee, 5_000);
	assert_eq!(meta.pre_balances, [RICH, RICH, 1]);
	assert_eq!(meta.post_balances, [RICH - 5_000 - 7, RICH + 7, 1]);
	assert_eq!(chain.account(&alice()).lamports, RICH - 5_007);
	assert_eq!(chain.account(&bob()).lamports, RICH + 7);
	let lines = [
		"Program 11111111111111111111111111111111 invoke [1]",
		"Program 11111111111111111111111111111111 success",
	];
	assert_eq!(logs(&meta), lines);
}

#[test]
fn transfers_fail_as_upstream() {
	let mut chain = chain();
	let too_much = fails(&mut chain, &[transfer(alice(), bob(), RICH)]);
	assert_eq!(too_much, NEGATIVE_LAMPORTS);
	let line = format!(
		"Transfer: insufficient lamports {}, need {RICH}",
		chain.account(&alice()).lamports
	);
	assert_eq!(logs(chain.metas.last().unwrap())[1], line);
	let unsigned = system(2, vec![writable(bob()), writable(alice())], &[&1u64.to_le_bytes()]);
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
	let alone = system(2, vec![signing(writable(alice()))], &[&1u64.to_le_bytes()]);
	assert_eq!(fails(&mut chain, &[alone]), E::MissingAccount);
	let short = system(2, vec![signing(writable(alice())), writable(bob())], &[&[1; 7]]);
	assert_eq!(fails(&mut chain, &[short]), E::InvalidInstructionData);
	let unknown = system(14, vec![signing(writable(alice()))], &[]);
	assert_eq!(fails(&mut chain, &[unknown]), E::InvalidInstructionData);
	let readonly =
		system(2, vec![signing(writable(alice())), readonly(bob())], &[&1u64.to_le_bytes()]);
	assert_eq!(fails(&mut chain, &[readonly]), E::ReadonlyLamportChange);
	assert_eq!(chain.account(&bob()).lamports, RICH);
}

#[test]
fn a_transfer_to_a_new_wallet_has_to_make_it_exempt_from_rent() {
	let mut chain = chain();
	let meta = run(&mut chain, &[transfer(alice(), key(0x55), minimum_balance(0) - 1)]);
	assert_eq!(meta.error, Some(TransactionError::InsufficientFundsForRent { account_index: 1 }));
	assert_eq!(chain.account(&key(0x55)).lamports, 0);
	ok(&mut chain, &[transfer(alice(), key(0x55), minimum_balance(0))]);
}

fn new_account(chain: &mut MemoryChain, to: SvmAddress, space: u64, owner: SvmAddress) {
	let lamports = minimum_balance(space as usize);
	ok(chain, &[create_account(alice(), to, lamports, space, owner)]);
}

#[test]
fn an_account_is_made_and_kept() {
	let mut chain = chain();
	new_account(&mut chain, key(0x20), 100, program());
	let made = chain.account(&key(0x20));
	assert_eq!((made.lamports, made.owner), (minimum_balance(100), program()));
	assert_eq!(made.data, [0; 100]);
	let lamports = made.lamports;
	let again = create_account(alice(), key(0x20), 1, 0, program());
	assert_eq!(fails(&mut chain, &[again]), ALREADY_IN_USE);
	let line = format!(
		"Create Account: account Address {{ address: {}, base: None }} already in use",
		key(0x20)
	);
	assert_eq!(logs(chain.metas.last().unwrap())[1], line);
	assert_eq!(chain.account(&key(0x20)).lamports, lamports);
}

#[test]
fn accounts_are_not_made_where_upstream_refuses() {
	let mut chain = chain();
	let length = 10 * 1024 * 1024 + 1;
	let too_long = create_account(alice(), key(0x20), 1, length, program());
	assert_eq!(fails(&mut chain, &[too_long]), INVALID_LENGTH);
	let mut unsigned = create_account(alice(), key(0x20), 1, 0, program());
	unsigned.accounts[1].is_signer = false;
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
	let too_poor = create_account(alice(), key(0x20), RICH, 0, program());
	assert_eq!(fails(&mut chain, &[too_poor]), NEGATIVE_LAMPORTS);
	let with_lamports = create_account(alice(), bob(), 1, 0, program());
	assert_eq!(fails(&mut chain, &[with_lamports]), ALREADY_IN_USE);
	assert!(chain.state.stored.is_empty());
}

#[test]
fn an_account_can_be_made_where_lamports_are() {
	let mut chain = chain();
	let fields = [&5u64.to_le_bytes()[..], &10u64.to_le_bytes(), program().as_ref()].concat();
	let accounts = vec![signing(writable(bob())), signing(writable(alice()))];
	ok(&mut chain, &[system(13, accounts, &[&fields])]);
	let made = chain.account(&bob());
	assert_eq!((made.lamports, made.owner, made.data.len()), (RICH + 5, program(), 10));
	let fields = [&0u64.to_le_bytes()[..], &10u64.to_le_bytes(), program().as_ref()].concat();
	let again = system(13, vec![signing(writable(bob()))], &[&fields]);
	assert_eq!(fails(&mut chain, &[again]), ALREADY_IN_USE);
}

#[test]
fn derived_addresses_are_signed_for_by_their_base() {
	let mut chain = chain();
	let derived = with_seed(alice(), "seed", program());
	let lamports = minimum_balance(8);
	let create = |to, seed: &str| {
		let sizes = [lamports.to_le_bytes(), 8u64.to_le_bytes()].concat();
		let fields = [alice().as_ref(), &text(seed)[..], &sizes, program().as_ref()].concat();
		system(3, vec![signing(writable(alice())), writable(to)], &[&fields])
	};
	assert_eq!(fails(&mut chain, &[create(derived, "other")]), SEED_MISMATCH);
	assert_eq!(fails(&mut chain, &[create(derived, &"x".repeat(33))]), E::Custom(0));
	ok(&mut chain, &[create(derived, "seed")]);
	assert_eq!(chain.account(&derived).owner, program());
	let allocated = with_seed(alice(), "room", program());
	let fields =
		|more: &[u8]| [alice().as_ref(), &text("room")[..], more, program().as_ref()].concat();
	let fund = transfer(alice(), allocated, minimum_balance(4));
	let allocate = system(
		9,
		vec![writable(allocated), signing(readonly(alice()))],
		&[&fields(&4u64.to_le_bytes())],
	);
	ok(&mut chain, &[fund, allocate]);
	assert_eq!(chain.account(&allocated).data.len(), 4);
	let assigned = with_seed(bob(), "room", program());
	let fields = [bob().as_ref(), &text("room")[..], program().as_ref()].concat();
	let assign = |base| system(10, vec![writable(assigned), base], &[&fields]);
	let fund = transfer(alice(), assigned, minimum_balance(0));
	let unsigned = [fund.clone(), assign(readonly(bob()))];
	assert_eq!(fails(&mut chain, &unsigned), E::MissingRequiredSignature);
	ok(&mut chain, &[fund, assign(signing(readonly(bob())))]);
	assert_eq!(chain.account(&assigned).owner, program());
}

#[test]
fn lamports_leave_a_derived_address_if_its_base_signs() {
	let mut chain = chain();
	let owner = ids::system_program();
	let derived = with_seed(alice(), "purse", owner);
	chain.set_lamports(&derived, RICH);
	let fields = |seed: &str| [&9u64.to_le_bytes()[..], &text(seed)[..], owner.as_ref()].concat();
	let accounts = |base| vec![writable(derived), base, writable(bob())];
	let base = signing(readonly(alice()));
	ok(&mut chain, &[system(11, accounts(base), &[&fields("purse")])]);
	assert_eq!(chain.account(&bob()).lamports, RICH + 9);
	let wrong = system(11, accounts(base), &[&fields("other")]);
	assert_eq!(fails(&mut chain, &[wrong]), SEED_MISMATCH);
	let unsigned = system(11, accounts(readonly(bob())), &[&fields("purse")]);
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
}

#[test]
fn accounts_are_allocated_and_assigned_once() {
	let mut chain = chain();
	let allocate = system(8, vec![signing(writable(bob()))], &[&16u64.to_le_bytes()]);
	ok(&mut chain, std::slice::from_ref(&allocate));
	assert_eq!(fails(&mut chain, &[allocate]), ALREADY_IN_USE);
	let assign = |owner: SvmAddress| system(1, vec![signing(writable(bob()))], &[owner.as_ref()]);
	ok(&mut chain, &[assign(program())]);
	assert_eq!(chain.account(&bob()).owner, program());
	// To itself: nothing to do. To another one: only its owner could.
	ok(&mut chain, &[assign(program())]);
	assert_eq!(fails(&mut chain, &[assign(key(0x78))]), E::ModifiedProgramId);
	let spend = transfer(bob(), alice(), 1);
	assert_eq!(fails(&mut chain, &[spend]), E::InvalidArgument);
}

#[test]
fn an_account_of_a_program_is_not_allocated_even_if_it_is_empty() {
	let mut chain = chain();
	let assign = system(1, vec![signing(writable(bob()))], &[program().as_ref()]);
	ok(&mut chain, &[assign]);
	let allocate = system(8, vec![signing(writable(bob()))], &[&16u64.to_le_bytes()]);
	assert_eq!(fails(&mut chain, &[allocate]), ALREADY_IN_USE);
}

#[test]
fn an_account_without_lamports_is_forgotten() {
	let mut chain = chain();
	let gone = system(8, vec![signing(writable(key(0x30)))], &[&16u64.to_le_bytes()]);
	ok(&mut chain, &[gone]);
	assert!(chain.state.stored.is_empty());
}

#[test]
fn programs_that_are_none_do_not_run() {
	let mut chain = chain();
	let call = |program| instruction(program, Vec::new(), Vec::new());
	let meta = run(&mut chain, &[call(key(0x66))]);
	assert_eq!(meta.error, Some(TransactionError::ProgramAccountNotFound));
	let meta = run(&mut chain, &[call(bob())]);
	assert_eq!(meta.error, Some(TransactionError::InvalidProgramForExecution));
}
