// SPDX-License-Identifier: Apache-2.0
//! The syscalls that only this chain has.

use ed25519_dalek::{Signer, SigningKey};
use unum_address::{Address, SvmAddress, VmKind};
use unum_sbpf::HEAP_START;
use unum_signature::{AuthKey, AuthSignature};
use unum_solana_transaction::{compile_legacy, AccountMeta, Blockhash, RawTransaction, Signature};
use unum_solana_view::TransactionMeta;
use unum_svm_engine::{
	ids,
	testing::{MemoryChain, LAMPORT},
	weight_of, StoredAccount, SvmEngine, SvmHost, SvmOperation,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::engine::context, Asset, Fate, IdentityControlHost, IdentityHost, LedgerHost,
	Meter, VmCallResult, VmEngine,
};

use crate::{
	bpf_assembler::Program,
	world::{alice, bob, chain, instruction, key, logs, ok, writable},
};

const PROGRAM: u8 = 0xa0;

/// Runs a program that stands where it stands by genesis.
fn run_on(
	chain: &mut MemoryChain,
	program: Program,
	accounts: Vec<AccountMeta>,
) -> TransactionMeta {
	let stored = StoredAccount { owner: ids::bpf_loader(), executable: true, data: program.file() };
	chain.set_lamports(&key(PROGRAM), 10_000_000);
	chain.store(&key(PROGRAM), Some(stored));
	ok(chain, &[instruction(key(PROGRAM), accounts, [])])
}

fn run(chain: &mut MemoryChain, program: Program) -> TransactionMeta {
	run_on(chain, program, vec![])
}

fn returned(meta: &TransactionMeta) -> Vec<u8> {
	meta.return_data.as_ref().map(|returned| returned.data.clone()).unwrap_or_default()
}

#[test]
fn ace_id_com_is_the_identity_behind_an_address() {
	let (mut chain, somebody) = (chain(), key(0x77));
	let expected = chain.id(&somebody);
	let program = Program::new(somebody.as_ref()).call("ace_id_com", &[0, HEAP_START]).give(32);
	assert_eq!(returned(&run(&mut chain, program)), expected.as_bytes());
}

/// What `ace_attest` says of a signature.
fn attest(chain: &mut MemoryChain, who: &SvmAddress, message: &[u8], signature: &[u8]) -> u8 {
	let data = [who.as_ref(), message, signature].concat();
	let (length, signed) = (message.len() as u64, signature.len() as u64);
	let arguments = [0, 32, length, 32 + length, signed];
	let meta = run(chain, Program::new(&data).call("ace_attest", &arguments).keep(0).give(8));
	assert!(meta.compute_units_consumed > 4_000, "{}", meta.compute_units_consumed);
	returned(&meta)[0]
}

/// Runs the program in a transaction that is really signed.
fn run_signed(chain: &mut MemoryChain, secret: &SigningKey, program: Program) -> TransactionMeta {
	let payer = SvmAddress::from(secret.verifying_key().to_bytes());
	chain.set_lamports(&payer, 1_000_000_000);
	chain.set_lamports(&key(PROGRAM), 10_000_000);
	let stored = StoredAccount { owner: ids::bpf_loader(), executable: true, data: program.file() };
	chain.store(&key(PROGRAM), Some(stored));
	chain.slot += 1;
	let blockhash = Blockhash::from(chain.environment().blockhash);
	let call = instruction(key(PROGRAM), vec![], []);
	let message = compile_legacy(payer, &[call], blockhash).unwrap();
	let signature = Signature::from(secret.sign(&message.encode()).to_bytes());
	let transaction = RawTransaction::new(&[signature], &message).unwrap();
	chain.run(transaction.bytes()).unwrap()
}

#[test]
fn ace_attest_takes_the_keys_own_signature_over_any_message() {
	let mut chain = chain();
	chain.trusts = false;
	let secret = SigningKey::from_bytes(&[7; 32]);
	let who = secret.verifying_key().to_bytes();
	let signature = secret.sign(b"any message").to_bytes();
	let mut ask = |message: &[u8]| {
		let data = [&who[..], message, &signature].concat();
		let length = message.len() as u64;
		let arguments = [0, 32, length, 32 + length, 64];
		let program = Program::new(&data).call("ace_attest", &arguments).keep(0).give(8);
		returned(&run_signed(&mut chain, &secret, program))[0]
	};
	assert_eq!(ask(b"any message"), 1);
	assert_eq!(ask(b"another one"), 0);
}

#[test]
fn ace_attest_takes_a_signature_of_one_of_the_identitys_keys_over_a_digest() {
	let (mut chain, who, digest) = (chain(), key(0x78), [9; 32]);
	let secret = SigningKey::from_bytes(&[8; 32]);
	let auth = AuthKey::Ed25519(secret.verifying_key().to_bytes());
	let signature = AuthSignature::Ed25519(secret.sign(&digest).to_bytes());
	let signature = [&[1][..], &codec::Encode::encode(&(auth, signature))].concat();
	assert_eq!(attest(&mut chain, &who, &digest, &signature), 0, "the key is nobody's");
	let id = chain.id(&who);
	chain.state.ledger.set_auth_keys(id, vec![auth]).unwrap();
	assert_eq!(attest(&mut chain, &who, &digest, &signature), 1);
	assert_eq!(attest(&mut chain, &who, &[10; 32], &signature), 0, "another digest");
	assert_eq!(attest(&mut chain, &who, &[9; 31], &signature), 0, "no digest");
	assert_eq!(attest(&mut chain, &who, &digest, &signature[..60]), 0, "a piece of it");
}

#[test]
fn a_call_of_another_vm_that_is_refused_says_why() {
	let mut chain = chain();
	let program = Program::new(b"\x10payload")
		.call("ace_cross_vm_call", &[1, 0, 8, 1_000, 0])
		.keep(0)
		.call("sol_log_64_", &[0; 5])
		.exit(0);
	let meta = run(&mut chain, program);
	assert_eq!(returned(&meta), b"the chain has no other VM");
	assert!(logs(&meta).iter().any(|line| line.starts_with("Program return: ")));
}

#[test]
fn a_call_of_another_vm_runs_as_the_programs_own_address_and_its_accounts_are_up_to_date_after_it()
{
	let mut chain = chain();
	// The other VM gives Bob a lamport of whoever calls.
	chain.vms = |state, call| {
		assert_eq!(call.caller, state.ledger.resolve(&Address::Svm(key(PROGRAM))));
		assert_eq!((call.vm, call.data), (VmKind::EVM, &b"payload!"[..]));
		let (to, lamport) =
			(state.ledger.resolve(&Address::Svm(bob())), LedgerAmount::new(LAMPORT));
		state.ledger.transfer(Asset::Native, call.caller, to, lamport).unwrap();
		let made = Address::Evm([7; 20].into());
		VmCallResult {
			ok: true,
			output: b"done".to_vec(),
			used: weight_of(1_234),
			created: vec![made],
		}
	};
	let program = Program::new(b"payload!")
		.call("ace_cross_vm_call", &[VmKind::EVM.get().into(), 0, 8, 100_000, 0])
		.keep(0)
		.exit(0);
	let before = chain.account(&bob()).lamports;
	// Bob's account is in the program's memory, and what the program leaves of it there is taken over.
	let meta = run_on(&mut chain, program, vec![writable(bob())]);
	assert_eq!(returned(&meta), b"done");
	assert!(meta.compute_units_consumed > 1_234 + 946, "{}", meta.compute_units_consumed);
	assert_eq!(chain.account(&bob()).lamports, before + 1);
	assert_eq!(chain.account(&key(PROGRAM)).lamports, 9_999_999);
	// What it brought to life is what the operation did.
	let (program, accounts, data) = (key(PROGRAM), vec![], vec![]);
	let call = SvmOperation::SvmInvoke { program, accounts, data };
	let (context, mut meter) =
		(context(alice().unbound_id_com()), Meter::new(weight_of(5_000_000)));
	let outcome = SvmEngine::execute(&mut chain, &context, &call, &mut meter).unwrap();
	assert_eq!(
		(outcome.fate, outcome.created),
		(Fate::Success, vec![Address::Evm([7; 20].into())])
	);
}

/// An account of the program's.
const STATE: u8 = 0xa1;

#[test]
fn what_another_vm_did_to_a_programs_account_stays_done() {
	let mut chain = chain();
	chain.vms = |state, _| {
		let stored = state.stored.get_mut(&key(STATE)).expect("it is there");
		assert_eq!(stored.data, [0; 16]);
		stored.data = vec![7; 20];
		VmCallResult { ok: true, ..VmCallResult::refused("") }
	};
	chain.set_lamports(&key(STATE), 10_000_000);
	let state = StoredAccount { owner: key(PROGRAM), executable: false, data: vec![0; 16] };
	chain.store(&key(STATE), Some(state));
	let program = Program::new(b"payload").call("ace_cross_vm_call", &[1, 0, 7, 1_000, 0]).exit(0);
	run_on(&mut chain, program, vec![writable(key(STATE))]);
	assert_eq!(chain.account(&key(STATE)).data, [7; 20]);
}
