// SPDX-License-Identifier: Apache-2.0
//! What of wallets' transactions is let in.

use ed25519_dalek::{Signer, SigningKey};
use unum_address::SvmAddress;
use unum_solana_transaction::{compile_legacy, Blockhash, RawTransaction, Signature};
use unum_solana_view::{SimulationOptions, TransactionError};
use unum_svm_engine::{
	ids, minimum_balance, simulate,
	testing::{blockhash, MemoryChain},
};
use unum_vm_engine::{IdentityHost, VmEngine};

use crate::{bpf_assembler::Program, bpf_deploy::deploy, world::*};

fn refusal(chain: &mut MemoryChain, bytes: &[u8]) -> String {
	let before = chain.state.clone();
	let refusal = chain.run(bytes).expect_err("it is refused");
	assert_eq!(chain.state, before);
	refusal.message
}

#[test]
fn a_transaction_is_taken_once() {
	let mut chain = chain();
	let bytes = chain.unsigned(alice(), &[transfer(alice(), bob(), 1)]);
	assert_eq!(chain.run(&bytes).expect("taken").error, None);
	let sentence = "This transaction has already been processed";
	assert_eq!(refusal(&mut chain, &bytes), sentence);
	chain.slot += 100;
	assert_eq!(refusal(&mut chain, &bytes), sentence);
	chain.slot += 100;
	assert_eq!(refusal(&mut chain, &bytes), "Blockhash not found");
}

#[test]
fn a_failed_transaction_is_taken_once_too_and_pays() {
	let mut chain = chain();
	let bytes = chain.unsigned(alice(), &[transfer(alice(), bob(), RICH)]);
	assert!(chain.run(&bytes).expect("taken").error.is_some());
	assert_eq!(chain.account(&alice()).lamports, RICH - 5_000);
	assert_eq!(refusal(&mut chain, &bytes), "This transaction has already been processed");
}

#[test]
fn payers_have_to_be_able_to_pay() {
	let mut chain = chain();
	let nobody = chain.unsigned(key(0x20), &[transfer(key(0x20), bob(), 1)]);
	assert_eq!(
		refusal(&mut chain, &nobody),
		"Attempt to debit an account but found no record of a prior credit."
	);
	chain.set_lamports(&key(0x20), 4_999);
	assert_eq!(refusal(&mut chain, &nobody), "Insufficient funds for fee");
	chain.set_lamports(&key(0x20), minimum_balance(0) + 4_999);
	let sentence = "Transaction results in an account (0) with insufficient funds for rent";
	assert_eq!(refusal(&mut chain, &nobody), sentence);
	let allocate = system(8, vec![signing(writable(bob()))], &[&16u64.to_le_bytes()]);
	ok(&mut chain, &[allocate]);
	let with_data = chain.unsigned(bob(), &[transfer(bob(), alice(), 1)]);
	assert_eq!(
		refusal(&mut chain, &with_data),
		"This account may not be used to pay transaction fees"
	);
}

#[test]
fn priority_is_paid_for() {
	let mut chain = chain();
	let budget = |tag: u8, bytes: &[u8]| {
		instruction(ids::compute_budget(), Vec::new(), [&[tag], bytes].concat())
	};
	let limit = budget(2, &10_000u32.to_le_bytes());
	let price = budget(3, &1_000_000u64.to_le_bytes());
	let meta = ok(&mut chain, &[limit.clone(), price, transfer(alice(), bob(), 1)]);
	assert_eq!(meta.fee, 5_000 + 10_000);
	assert_eq!(meta.compute_units_consumed, 450);
	assert_eq!(chain.account(&alice()).lamports, RICH - 15_001);
	let twice = chain.unsigned(alice(), &[limit.clone(), limit]);
	let sentence = "Transaction contains a duplicate instruction (1) that is not allowed";
	assert_eq!(refusal(&mut chain, &twice), sentence);
}

#[test]
fn accounts_are_not_more_than_may_be_loaded() {
	let mut chain = chain();
	// Two wallets, and two programs with their names for data.
	let bytes =
		2 * 64 + (64 + "solana_system_program".len()) + (64 + "compute_budget_program".len());
	let limit = |bytes: usize| {
		let data = [&[4][..], &u32::try_from(bytes).unwrap().to_le_bytes()].concat();
		instruction(ids::compute_budget(), Vec::new(), data)
	};
	let meta = run(&mut chain, &[limit(bytes - 1), transfer(alice(), bob(), 1)]);
	assert_eq!(meta.error, Some(TransactionError::MaxLoadedAccountsDataSizeExceeded));
	ok(&mut chain, &[limit(bytes), transfer(alice(), bob(), 1)]);
}

#[test]
fn a_simulation_says_how_many_bytes_have_to_be_asked_for() {
	let mut chain = chain();
	let program = key(0xa0);
	deploy(&mut chain, program, &Program::new(&[]).exit(0).file());
	chain.slot += 1;
	let cases = [transfer(alice(), bob(), 1), instruction(program, Vec::new(), [])];
	for instruction in cases {
		let budget = |bytes: u32| {
			let data = [&[4][..], &bytes.to_le_bytes()].concat();
			[
				crate::world::instruction(ids::compute_budget(), Vec::new(), data),
				instruction.clone(),
			]
		};
		let bytes = chain.unsigned(alice(), &budget(1_000_000));
		let options = SimulationOptions {
			verify_signatures: false,
			replace_blockhash: true,
			accounts: Vec::new(),
		};
		let size = simulate(&mut chain.clone(), &bytes, &options).loaded_accounts_data_size;
		let exceeded = Some(TransactionError::MaxLoadedAccountsDataSizeExceeded);
		assert_eq!(run(&mut chain, &budget(size - 1)).error, exceeded);
		ok(&mut chain, &budget(size));
	}
	// As Agave 4.2.1 has it: two wallets, and the System program with its name.
	let bytes = chain.unsigned(alice(), &[transfer(alice(), bob(), 1)]);
	let options = SimulationOptions { accounts: Vec::new(), ..Default::default() };
	assert_eq!(simulate(&mut chain, &bytes, &options).loaded_accounts_data_size, 213);
}

#[test]
fn units_run_out() {
	let mut chain = chain();
	let limit =
		instruction(ids::compute_budget(), Vec::new(), [&[2][..], &299u32.to_le_bytes()].concat());
	let meta = run(&mut chain, &[limit, transfer(alice(), bob(), 1)]);
	let exceeded = unum_solana_view::InstructionError::ComputationalBudgetExceeded;
	assert_eq!(meta.error, Some(TransactionError::instruction(1, exceeded)));
	assert_eq!(meta.compute_units_consumed, 299);
}

#[test]
fn signatures_are_those_of_the_signers() {
	let mut chain = chain();
	chain.trusts = false;
	let wallet = SigningKey::from_bytes(&[7; 32]);
	let address = SvmAddress::from(wallet.verifying_key().to_bytes());
	chain.set_lamports(&address, RICH);
	let newest = Blockhash::from(blockhash(chain.slot - 1));
	let message = compile_legacy(address, &[transfer(address, bob(), 1)], newest).expect("few");
	let signature = wallet.sign(&message.encode()).to_bytes();
	let signed = |signature| {
		let raw = RawTransaction::new(&[Signature::from(signature)], &message);
		raw.expect("short").bytes().to_vec()
	};
	let mut wrong = signature;
	wrong[0] ^= 1;
	assert_eq!(
		refusal(&mut chain, &signed(wrong)),
		"Transaction did not pass signature verification"
	);
	assert_eq!(chain.run(&signed(signature)).expect("taken").error, None);
	assert_eq!(chain.account(&bob()).lamports, RICH + 1);
}

#[test]
fn bytes_that_are_no_transaction_weigh_nothing_and_are_refused() {
	let mut chain = chain();
	let good = chain.unsigned(alice(), &[transfer(alice(), bob(), 1)]);
	for cut in 0..good.len() {
		let weight = unum_svm_engine::SvmEngine::raw_weight_limit(&chain, &good[..cut]);
		assert_eq!(weight, Default::default());
		refusal(&mut chain, &good[..cut]);
	}
	refusal(&mut chain, &[good, vec![0]].concat());
}

#[test]
fn a_simulation_shows_what_would_come() {
	let mut chain = chain();
	let bytes = chain.unsigned(alice(), &[transfer(alice(), bob(), 7)]);
	let options = SimulationOptions {
		verify_signatures: false,
		replace_blockhash: true,
		accounts: vec![bob(), key(0x55)],
	};
	let outcome = simulate(&mut chain.clone(), &bytes, &options);
	assert_eq!(outcome.meta.error, None);
	assert_eq!(outcome.meta.post_balances[1], RICH + 7);
	assert_eq!(outcome.accounts[0].as_ref().map(|it| it.lamports), Some(RICH + 7));
	assert_eq!(outcome.accounts[1], None);
	assert_eq!(chain.account(&bob()).lamports, RICH);
	// As it comes.
	let meta = chain.run(&bytes).expect("taken");
	assert_eq!(meta.log_messages, outcome.meta.log_messages);
	assert_eq!(meta.post_balances, outcome.meta.post_balances);
}

#[test]
fn the_access_set_names_what_is_written() {
	let chain = chain();
	let bytes = chain.unsigned(alice(), &[transfer(alice(), bob(), 7)]);
	let set = unum_svm_engine::SvmEngine::raw_access_set(&chain, &bytes);
	let key = |key| {
		let id = chain.state.ledger.resolve(&unum_address::Address::Svm(key));
		unum_vm_engine::AccessKey::Account(id)
	};
	assert_eq!(set, unum_vm_engine::AccessSet::writes(vec![key(alice()), key(bob())]));
}
