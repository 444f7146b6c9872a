// SPDX-License-Identifier: Apache-2.0
//! Transactions as Solana's wallets sign them, on the chain.

use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource},
	AccountId32,
};
use unum_address::SvmAddress;
use unum_solana_transaction::{
	compile_legacy,
	wallet::{sign, transfer},
	Blockhash, Instruction,
};
use unum_solana_view::TransactionError;
use unum_svm_engine::limits::{BLOCKHASH_SLOTS, LAMPORTS_PER_SIGNATURE};
use unum_vm_engine::ReceiptStatus;

use super::{
	begin, blockhash, coins, id_of, key_of, message, send, sentence, submit, validate, wallet,
	with_chain, Balances, RuntimeOrigin, Svm, System, Test, ALICE, LAMPORT, START,
};

const BOB: [u8; 32] = [0xb0; 32];
/// One coin.
const COIN: u64 = 1_000_000_000;

fn signed(instructions: &[Instruction], blockhash: [u8; 32]) -> Vec<u8> {
	let payer = key_of(&wallet());
	let message = compile_legacy(payer, instructions, Blockhash::new(blockhash)).unwrap();
	sign(&message, &[&wallet()]).unwrap().bytes().to_vec()
}

fn pay(lamports: u64) -> Vec<u8> {
	signed(&[transfer(key_of(&wallet()), BOB.into(), lamports)], blockhash())
}

fn fee() -> u128 {
	u128::from(LAMPORTS_PER_SIGNATURE) * LAMPORT
}

#[test]
fn a_payment_moves_coins_and_costs_its_signature() {
	with_chain(|| {
		let receipt = send(&pay(COIN));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!(receipt.fee, fee());
		let bob = SvmAddress::from(BOB);
		assert_eq!(coins(bob), u128::from(COIN) * LAMPORT);
		assert_eq!(coins(key_of(&wallet())), START - u128::from(COIN) * LAMPORT - fee());
		// Who was paid at a key is shown under it.
		assert_eq!(super::address_of(id_of(bob)), bob);
		let who = AccountId32::from(id_of(key_of(&wallet())));
		assert_eq!(System::account_nonce(who), 0, "another line");
	});
}

#[test]
fn clients_can_read_what_became_of_it() {
	with_chain(|| {
		send(&pay(COIN));
		let metas = crate::Metas::<Test>::get();
		let [(1, meta)] = &metas[..] else { panic!("{metas:?}") };
		assert_eq!((meta.error.clone(), meta.fee), (None, LAMPORTS_PER_SIGNATURE));
		let had = u64::try_from(START / LAMPORT).unwrap();
		assert_eq!(meta.pre_balances[..2], [had, 0]);
		assert_eq!(meta.post_balances[..2], [had - COIN - LAMPORTS_PER_SIGNATURE, COIN]);
		assert_eq!(meta.compute_units_consumed, 150);
		begin(6);
		assert!(crate::Metas::<Test>::get().is_empty(), "for one block");
	});
}

#[test]
fn it_runs_once_also_under_another_signature_of_it() {
	with_chain(|| {
		let bytes = pay(1_000_000);
		send(&bytes);
		assert_eq!(sentence(&bytes), TransactionError::AlreadyProcessed.to_string());
		assert!(submit(&bytes).is_err());
		let refused = validate(TransactionSource::External, &bytes).unwrap_err();
		let code = 128 + TransactionError::AlreadyProcessed.index();
		assert_eq!(refused, InvalidTransaction::Custom(code));
	});
}

#[test]
fn a_failed_one_pays_moves_nothing_and_does_not_come_again() {
	with_chain(|| {
		let bytes = pay(u64::MAX);
		let receipt = send(&bytes);
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		assert_eq!(message(&receipt), "Error processing Instruction 0: custom program error: 0x1");
		assert_eq!(coins(key_of(&wallet())), START - fee());
		assert_eq!(sentence(&bytes), TransactionError::AlreadyProcessed.to_string());
	});
}

#[test]
fn a_block_can_be_named_for_150_blocks_and_no_longer() {
	with_chain(|| {
		let bytes = pay(1_000_000);
		let named = 4;
		(6..=named + BLOCKHASH_SLOTS).for_each(begin);
		let validity = validate(TransactionSource::External, &bytes).unwrap();
		assert_eq!(validity.longevity, 0, "the last block");
		begin(named + BLOCKHASH_SLOTS + 1);
		assert_eq!(sentence(&bytes), "Blockhash not found");
	});
}

#[test]
fn what_was_processed_is_forgotten_when_it_could_not_come_again() {
	with_chain(|| {
		send(&pay(1_000_000));
		assert_eq!(crate::Processed::<Test>::iter().count(), 1);
		(6..=200).for_each(begin);
		assert_eq!(crate::Processed::<Test>::iter().count(), 0);
		assert!(crate::Blockhashes::<Test>::iter().count() as u64 <= BLOCKHASH_SLOTS + 1);
	});
}

#[test]
fn a_blockhash_of_another_chain_is_none_here() {
	with_chain(|| {
		// The chain's own hash is not what wallets name, either.
		for foreign in [[7; 32], System::parent_hash().0] {
			let bytes = signed(&[transfer(key_of(&wallet()), BOB.into(), 1)], foreign);
			assert_eq!(sentence(&bytes), "Blockhash not found");
		}
	});
}

#[test]
fn who_has_nothing_is_refused() {
	with_chain(|| {
		let who = AccountId32::from(id_of(key_of(&wallet())));
		let all = Balances::free_balance(&who);
		let alice = AccountId32::from(ALICE);
		Balances::transfer_allow_death(RuntimeOrigin::signed(who), alice, all - fee() / 2).unwrap();
		assert_eq!(sentence(&pay(1)), "Insufficient funds for fee");
	});
}

#[test]
fn a_damaged_transaction_is_refused_in_words() {
	with_chain(|| {
		let mut bytes = pay(1);
		*bytes.last_mut().unwrap() ^= 1;
		assert_eq!(sentence(&bytes), TransactionError::SignatureFailure.to_string());
		assert!(sentence(&bytes[..100]).contains("end"), "{}", sentence(&bytes[..100]));
		assert!(!sentence(&[]).is_empty());
	});
}

#[test]
fn a_simulation_says_what_would_come_and_changes_nothing() {
	with_chain(|| {
		let options = unum_solana_view::SimulationOptions {
			accounts: vec![BOB.into()],
			..Default::default()
		};
		sp_io::storage::start_transaction();
		let simulated = Svm::simulate(&pay(COIN), &options);
		sp_io::storage::rollback_transaction();
		assert_eq!(simulated.meta.error, None);
		assert_eq!(simulated.accounts[0].as_ref().unwrap().lamports, COIN);
		assert_eq!(coins(BOB.into()), 0);
	});
}
