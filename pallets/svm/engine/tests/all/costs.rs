// SPDX-License-Identifier: Apache-2.0
//! What a transaction weighs besides its compute units, which nobody sees.

use unum_solana_transaction::Instruction;
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};
use unum_spl_token::Instruction as Token;
use unum_svm_engine::{
	ids,
	limits::{BUILT_IN_BYTES_MAX, WEIGHT_PER_COMPUTE_UNIT},
	minimum_balance,
	testing::MemoryChain,
	ChainCosts, StoredAccount, SvmEngine, SvmHost,
};
use unum_vm_engine::{conformance::engine::context, IdentityHost, Meter, VmEngine};

use crate::{
	associated::{create, of},
	tokens::{mint, send, token, with_token},
	world::*,
};

const COSTS: ChainCosts = ChainCosts::ROUND;

/// Runs a transaction, and says what it weighs in units besides those that are seen, and the most that it
/// could have weighed.
fn weighed(chain: &mut MemoryChain, instructions: &[Instruction]) -> (TransactionMeta, u64, u64) {
	let bytes = chain.unsigned(alice(), instructions);
	let raw = SvmEngine::read_raw(chain, &bytes).expect("it is taken");
	SvmEngine::note_raw(chain, &bytes);
	let mut meter = Meter::new(SvmEngine::raw_weight_limit(chain, &bytes));
	let payer = chain.state.ledger.resolve(&raw.sender);
	let context = context(payer);
	SvmEngine::execute_raw(chain, &bytes, &raw.sender, &context, &mut meter).expect("no fault");
	let meta = chain.metas.last().cloned().expect("it was kept");
	let [used, limit] =
		[meter.used(), meter.limit()].map(|weight| weight.ref_time() / WEIGHT_PER_COMPUTE_UNIT);
	// Only those that ask for fewer units than they use are stopped by them.
	let hidden = used - meta.compute_units_consumed;
	(meta, hidden, limit)
}

fn hidden(chain: &mut MemoryChain, instructions: &[Instruction]) -> u64 {
	let (meta, hidden, _) = weighed(chain, instructions);
	assert_eq!(meta.error, None, "{:?}", meta.log_messages);
	hidden
}

#[test]
fn a_payment_weighs_what_the_chain_does_for_it() {
	let base = COSTS.transaction + COSTS.instruction + 2 * COSTS.account + 2 * COSTS.change;
	assert_eq!(hidden(&mut chain(), &[transfer(alice(), bob(), 1)]), base);
	// Whose receiver is new.
	let to = key(0x20);
	assert_eq!(hidden(&mut chain(), &[transfer(alice(), to, 1_000_000)]), base + COSTS.birth);
	// Each further one between the same two.
	let many = vec![transfer(alice(), bob(), 1); 8];
	assert_eq!(hidden(&mut chain(), &many), base + 7 * COSTS.instruction);
}

#[test]
fn each_account_that_a_token_can_concern_is_rendered_again() {
	let base = hidden(&mut with_token(), &[send(key(0x71), key(0x72), alice(), 1)]);
	let mut with_more = send(key(0x71), key(0x72), alice(), 1);
	with_more.accounts.extend((1..=5).map(|n| readonly(key(n))));
	let named = 5 * (COSTS.account + COSTS.rendering);
	assert_eq!(hidden(&mut with_token(), &[with_more]), base + named);
	// Named by another instruction, where they are nobody's who is concerned.
	let mut memo = instruction(ids::memo(), vec![], *b"hello");
	memo.accounts.extend((1..=5).map(|n| signing(readonly(key(n)))));
	let both = [send(key(0x71), key(0x72), alice(), 1), memo];
	let more = 5 * COSTS.account + COSTS.instruction + 5 * COSTS.signature;
	assert_eq!(hidden(&mut with_token(), &both), base + more);
}

fn stored(bytes: usize) -> StoredAccount {
	StoredAccount { owner: key(0x77), executable: false, data: vec![1; bytes] }
}

#[test]
fn bytes_of_accounts_weigh_and_too_many_are_not_loaded() {
	let mut payment = transfer(alice(), bob(), 1);
	payment.accounts.push(writable(key(0x30)));
	let base = hidden(&mut chain(), core::slice::from_ref(&payment));
	let with_data = |bytes: usize| {
		let mut chain = chain();
		chain.store(&key(0x30), Some(stored(bytes)));
		weighed(&mut chain, core::slice::from_ref(&payment))
	};
	assert_eq!(with_data(30_000).1, base + 10_000);
	let most = usize::try_from(BUILT_IN_BYTES_MAX).unwrap();
	// What is spared elsewhere can be used: the transaction could have brought two accounts to life.
	let (meta, used, limit) = with_data(most * 3);
	assert_eq!(meta.error, Some(TransactionError::MaxLoadedAccountsDataSizeExceeded));
	assert_eq!(meta.pre_balances.len(), 4);
	assert!(used <= limit);
	assert_eq!(with_data(most).0.error, None);
}

#[test]
fn bytes_that_are_allocated_weigh() {
	let create = |space: u64| {
		let lamports = minimum_balance(usize::try_from(space).unwrap());
		create_account(alice(), key(0x40), lamports, space, ids::system_program())
	};
	let few = hidden(&mut chain(), &[create(3)]);
	assert_eq!(hidden(&mut chain(), &[create(30_000)]), few + 9_999);
	// As much as a program could be given.
	for space in [120_000, 1_000_000, 2_900_000] {
		let mut chain = chain();
		chain.set_lamports(&alice(), u64::MAX / 2);
		let (meta, used, limit) = weighed(&mut chain, &[create(space)]);
		assert_eq!(meta.error, None, "{space}");
		assert!(used + meta.compute_units_consumed <= limit);
	}
	let mut chain = chain();
	chain.set_lamports(&alice(), u64::MAX / 2);
	let (meta, ..) = weighed(&mut chain, &[create(10 * 1024 * 1024)]);
	let exceeded = InstructionError::ComputationalBudgetExceeded;
	assert_eq!(meta.error, Some(TransactionError::instruction(0, exceeded)));
}

/// Nothing that only built-in programs do is stopped by what nobody sees.
#[test]
fn what_is_given_to_built_in_programs_suffices() {
	let close = token(
		Token::CloseAccount,
		vec![writable(key(0x72)), writable(bob()), signing(readonly(bob()))],
	);
	let account = of(key(0x20), mint());
	let cases = [
		vec![transfer(alice(), key(0x20), 1_000_000)],
		(1..=12).map(|n| transfer(alice(), key(0x80 + n), 1_000_000)).collect(),
		vec![create(&[], bob(), mint())],
		// With coins at its address already: the way with most calls.
		vec![transfer(alice(), account, 1_000_000), create(&[], key(0x20), mint())],
		(1..=5).map(|n| create(&[], key(0x80 + n), mint())).collect(),
		vec![send(key(0x71), key(0x72), alice(), 10); 25],
		vec![close],
	];
	for instructions in cases {
		let (meta, used, limit) = weighed(&mut with_token(), &instructions);
		assert_eq!(meta.error, None, "{:?}", meta.log_messages);
		assert!(used + meta.compute_units_consumed <= limit);
	}
}
