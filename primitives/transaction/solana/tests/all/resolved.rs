// SPDX-License-Identifier: Apache-2.0
//! All accounts of a message: their order, who signs, what may be written.

use unum_solana_transaction::{
	ids, LoadedAddresses, Message, ResolveError, ResolvedMessage, SanitizeError,
};

use crate::support::{header, instruction, key, keys, legacy, loaded, lookup, v0};

fn resolve(message: Message) -> ResolvedMessage {
	ResolvedMessage::new(message, LoadedAddresses::default()).unwrap()
}

fn writable(resolved: &ResolvedMessage) -> Vec<bool> {
	(0..resolved.account_keys().len()).map(|index| resolved.is_writable(index)).collect()
}

#[test]
fn loaded_accounts_follow_those_to_write_first() {
	let lookups = vec![lookup(1, &[4], &[5, 6]), lookup(2, &[7, 8], &[])];
	let message = v0(header(2, 1, 1), keys(4), vec![instruction(3, &[4, 8], &[])], lookups);
	let resolved =
		ResolvedMessage::new(message, loaded(&[0x14, 0x27, 0x28], &[0x15, 0x16])).unwrap();
	let expected = [0x80, 0x81, 0x82, 0x83, 0x14, 0x27, 0x28, 0x15, 0x16].map(key);
	assert_eq!(resolved.account_keys(), expected);
	assert_eq!(resolved.fee_payer(), key(0x80));
	let (yes, no) = (true, false);
	assert_eq!(writable(&resolved), [yes, no, yes, no, yes, yes, yes, no, no]);
	let signers: Vec<_> = (0..9).map(|index| resolved.is_signer(index)).collect();
	assert_eq!(signers, [yes, yes, no, no, no, no, no, no, no]);
	assert!(!resolved.is_writable(9) && !resolved.is_signer(9));
}

#[test]
fn lookups_and_addresses_match() {
	let message = || v0(header(1, 0, 0), keys(2), vec![], vec![lookup(1, &[0], &[1])]);
	let cases: [(&[u8], &[u8]); 4] = [(&[], &[1]), (&[1], &[]), (&[1, 2], &[]), (&[1], &[2, 3])];
	for (writable, readonly) in cases {
		let resolved = ResolvedMessage::new(message(), loaded(writable, readonly));
		assert_eq!(resolved, Err(ResolveError::LookupMismatch));
	}
	let twice = SanitizeError::AccountLoadedTwice { key: key(0x81) };
	let resolved = ResolvedMessage::new(message(), loaded(&[1], &[0x81]));
	assert_eq!(resolved, Err(ResolveError::Sanitize(twice)));
	let resolved = ResolvedMessage::new(
		legacy(header(1, 0, 0), keys(2), vec![]),
		LoadedAddresses { writable: vec![], readonly: vec![key(1)] },
	);
	assert_eq!(resolved, Err(ResolveError::LookupMismatch));
}

#[test]
fn programs_that_are_called_are_not_written() {
	let call = vec![instruction(2, &[1], &[])];
	assert_eq!(
		writable(&resolve(legacy(header(1, 0, 0), keys(3), call.clone()))),
		[true, true, false]
	);
	// An upgrade writes its program.
	let mut with_loader = keys(3);
	with_loader.push(ids::bpf_loader_upgradeable());
	let resolved = resolve(legacy(header(1, 0, 1), with_loader, call.clone()));
	assert_eq!(writable(&resolved), [true, true, true, false]);
	// The loader may come out of a table as well.
	let message = v0(header(1, 0, 0), keys(3), call, vec![lookup(1, &[], &[0])]);
	let loader = ids::bpf_loader_upgradeable();
	let loaded = LoadedAddresses { writable: vec![], readonly: vec![loader] };
	let resolved = ResolvedMessage::new(message, loaded).unwrap();
	assert_eq!(writable(&resolved), [true, true, true, false]);
}

#[test]
fn reserved_addresses_are_not_written() {
	let keys = vec![key(1), ids::clock_sysvar(), ids::system_program(), key(2)];
	assert_eq!(
		writable(&resolve(legacy(header(1, 0, 0), keys, vec![]))),
		[true, false, false, true]
	);
	let message = v0(header(1, 0, 0), vec![key(1)], vec![], vec![lookup(1, &[0], &[])]);
	let loaded = LoadedAddresses { writable: vec![ids::native_loader()], readonly: vec![] };
	assert_eq!(writable(&ResolvedMessage::new(message, loaded).unwrap()), [true, false]);
}

#[test]
fn a_durable_nonce_is_taken_first() {
	let nonce = |keys: Vec<_>, instructions| {
		resolve(legacy(header(1, 0, 1), keys, instructions)).nonce_account()
	};
	let keys = vec![key(1), key(2), ids::system_program()];
	let advance = instruction(2, &[1, 0], &[4, 0, 0, 0]);
	let transfer = instruction(2, &[0, 1], &[2, 0, 0, 0]);
	assert_eq!(nonce(keys.clone(), vec![advance.clone(), transfer.clone()]), Some(key(2)));
	assert_eq!(nonce(keys.clone(), vec![transfer, advance.clone()]), None);
	assert_eq!(nonce(keys.clone(), vec![instruction(2, &[1], &[4, 0, 0])]), None);
	assert_eq!(nonce(keys.clone(), vec![instruction(2, &[2], &[4, 0, 0, 0])]), None);
	assert_eq!(nonce(keys.clone(), vec![instruction(2, &[], &[4, 0, 0, 0])]), None);
	assert_eq!(nonce(keys, vec![]), None);
	assert_eq!(nonce(vec![key(1), key(2), key(3)], vec![advance]), None);
}

#[test]
fn precompiles_are_paid_for_by_what_they_verify() {
	let keys = vec![key(1), ids::ed25519(), ids::secp256k1(), ids::secp256r1(), key(5)];
	let instructions = vec![
		instruction(1, &[], &[2, 0]),
		instruction(2, &[], &[3]),
		instruction(3, &[], &[4]),
		instruction(4, &[], &[9]),
		instruction(1, &[], &[]),
	];
	assert_eq!(legacy(header(1, 0, 4), keys, instructions).fee_signatures(), 10);
}
