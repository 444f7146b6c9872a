// SPDX-License-Identifier: Apache-2.0
//! Nonce accounts, and transactions that use them up.

use unum_address::SvmAddress;
use unum_solana_transaction::{compile_legacy, Blockhash, Instruction};
use unum_solana_view::{InstructionError as E, TransactionError};
use unum_svm_engine::{
	ids, minimum_balance,
	testing::{blockhash, unsigned, MemoryChain},
};

use crate::world::*;

const NOT_EXPIRED: E = E::Custom(7);

fn nonce() -> SvmAddress {
	key(0x40)
}

fn value(slot: u64) -> [u8; 32] {
	sp_crypto_hashing::sha2_256(&[&b"DURABLE_NONCE"[..], &blockhash(slot - 1)].concat())
}

fn data(tags: [u32; 2], authority: SvmAddress, value: [u8; 32]) -> Vec<u8> {
	let tags = tags.map(u32::to_le_bytes).concat();
	[&tags[..], authority.as_ref(), &value, &5_000u64.to_le_bytes()].concat()
}

fn initialize(authority: SvmAddress) -> Instruction {
	let accounts = vec![
		writable(nonce()),
		readonly(ids::recent_blockhashes_sysvar()),
		readonly(ids::rent_sysvar()),
	];
	system(6, accounts, &[authority.as_ref()])
}

fn advance(authority: SvmAddress) -> Instruction {
	let sysvar = readonly(ids::recent_blockhashes_sysvar());
	system(4, vec![writable(nonce()), sysvar, signing(readonly(authority))], &[])
}

fn withdraw(authority: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let accounts = vec![
		writable(nonce()),
		writable(to),
		readonly(ids::recent_blockhashes_sysvar()),
		readonly(ids::rent_sysvar()),
		signing(readonly(authority)),
	];
	system(5, accounts, &[&lamports.to_le_bytes()])
}

/// A chain with a nonce of Alice's, made in the slot before.
fn with_nonce() -> MemoryChain {
	let mut chain = chain();
	let create = create_account(alice(), nonce(), minimum_balance(80), 80, ids::system_program());
	ok(&mut chain, &[create, initialize(alice())]);
	assert_eq!(chain.account(&nonce()).data, data([1, 1], alice(), value(chain.slot)));
	chain
}

#[test]
fn a_nonce_advances_once_in_a_slot_and_for_its_authority() {
	let mut chain = with_nonce();
	assert_eq!(fails(&mut chain, &[advance(bob())]), E::MissingRequiredSignature);
	ok(&mut chain, &[advance(alice())]);
	assert_eq!(chain.account(&nonce()).data, data([1, 1], alice(), value(chain.slot)));
	assert_eq!(fails(&mut chain, &[advance(alice()), advance(alice())]), NOT_EXPIRED);
	let mut wrong = advance(alice());
	wrong.accounts[1] = readonly(ids::rent_sysvar());
	assert_eq!(fails(&mut chain, &[wrong]), E::InvalidArgument);
	let mut locked = advance(alice());
	locked.accounts[0].is_writable = false;
	assert_eq!(fails(&mut chain, &[locked]), E::InvalidArgument);
	assert_eq!(fails(&mut chain, &[initialize(bob())]), E::InvalidAccountData);
}

#[test]
fn a_nonce_is_authorized_and_withdrawn() {
	let mut chain = with_nonce();
	let authorize =
		|by| system(7, vec![writable(nonce()), signing(readonly(by))], &[bob().as_ref()]);
	assert_eq!(fails(&mut chain, &[authorize(key(0x41))]), E::MissingRequiredSignature);
	ok(&mut chain, &[authorize(alice())]);
	let all = minimum_balance(80);
	assert_eq!(fails(&mut chain, &[withdraw(bob(), alice(), 1)]), E::InsufficientFunds);
	assert_eq!(fails(&mut chain, &[withdraw(alice(), alice(), all)]), E::MissingRequiredSignature);
	let twice = [advance(bob()), withdraw(bob(), alice(), all)];
	assert_eq!(fails(&mut chain, &twice), NOT_EXPIRED);
	ok(&mut chain, &[transfer(alice(), nonce(), 5), withdraw(bob(), alice(), 5)]);
	ok(&mut chain, &[withdraw(bob(), alice(), all)]);
	assert!(chain.state.stored.is_empty());
}

#[test]
fn a_nonce_needs_its_rent() {
	let mut chain = chain();
	let lamports = minimum_balance(80) - 1;
	let create = create_account(alice(), nonce(), lamports, 80, ids::system_program());
	assert_eq!(fails(&mut chain, &[create, initialize(alice())]), E::InsufficientFunds);
}

#[test]
fn an_old_nonce_is_upgraded_once() {
	let mut chain = with_nonce();
	let upgrade = system(12, vec![writable(nonce())], &[]);
	assert_eq!(fails(&mut chain, std::slice::from_ref(&upgrade)), E::InvalidArgument);
	let old = [9; 32];
	chain.state.stored.get_mut(&nonce()).unwrap().data = data([0, 1], alice(), old);
	ok(&mut chain, &[upgrade]);
	let new = sp_crypto_hashing::sha2_256(&[&b"DURABLE_NONCE"[..], &old].concat());
	assert_eq!(chain.account(&nonce()).data, data([1, 1], alice(), new));
}

fn with_durable(chain: &MemoryChain, instructions: &[Instruction]) -> Vec<u8> {
	let nonce = chain.state.stored[&nonce()].data[40..72].try_into();
	let nonce: [u8; 32] = nonce.expect("32 bytes");
	unsigned(&compile_legacy(alice(), instructions, Blockhash::from(nonce)).expect("few"))
}

#[test]
fn a_transaction_uses_a_nonce_up_whatever_becomes_of_it() {
	let mut chain = with_nonce();
	// Long after.
	chain.slot += 1_000;
	let good = with_durable(&chain, &[advance(alice()), transfer(alice(), bob(), 5)]);
	assert_eq!(chain.run(&good).expect("taken").error, None);
	assert_eq!(chain.account(&bob()).lamports, RICH + 5);
	assert!(chain.run(&good).is_err());
	chain.slot += 1_000;
	let bad = with_durable(&chain, &[advance(alice()), transfer(alice(), bob(), RICH)]);
	let error = chain.run(&bad).expect("taken").error;
	assert!(matches!(error, Some(TransactionError::InstructionError(1, _))), "{error:?}");
	assert_eq!(chain.account(&nonce()).data, data([1, 1], alice(), value(chain.slot)));
	chain.slot += 1;
	assert!(chain.run(&bad).is_err());
}

#[test]
fn nobody_uses_up_the_nonce_of_another() {
	let mut chain = with_nonce();
	chain.slot += 1_000;
	let foreign = with_durable(&chain, &[advance(bob()), transfer(alice(), bob(), 5)]);
	let refusal = chain.run(&foreign).expect_err("not taken");
	assert_eq!(refusal.message, "Blockhash not found");
	let late = with_durable(&chain, &[transfer(alice(), bob(), 5), advance(alice())]);
	assert!(chain.run(&late).is_err());
}
