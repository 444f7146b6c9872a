// SPDX-License-Identifier: Apache-2.0
//! From instructions to messages: the order of accounts, lookups, and transactions that nobody signed.

use unum_solana_transaction::{
	compile_legacy, compile_v0, ids, synthesize,
	wallet::{readonly, signer, transfer, writable},
	Blockhash, CompileError, Instruction, LoadedAddresses, LookupTable, RawTransaction,
	ResolvedMessage, Signature,
};

use crate::support::{header, instruction, key, lookup};

fn call(program: u8, accounts: Vec<unum_solana_transaction::AccountMeta>) -> Instruction {
	Instruction { program: key(program), accounts, data: vec![program] }
}

/// Written signers, read signers, written others, read others; in each the bytes decide.
#[test]
fn accounts_stand_in_upstreams_order() {
	let message = compile_legacy(
		key(50),
		&[
			call(9, vec![readonly(key(8)), writable(key(7)), signer(readonly(key(6)))]),
			call(4, vec![signer(writable(key(5))), writable(key(8)), readonly(key(50))]),
		],
		Blockhash::new([1; 32]),
	)
	.unwrap();
	assert_eq!(message.header(), header(3, 1, 2));
	assert_eq!(message.account_keys(), [50, 5, 6, 7, 8, 4, 9].map(key));
	let expected = [instruction(6, &[4, 3, 2], &[9]), instruction(5, &[1, 4, 0], &[4])];
	assert_eq!(message.instructions(), expected);
	assert_eq!(message.sanitize(), Ok(()));
}

#[test]
fn tables_take_what_does_not_sign_and_is_not_called() {
	let tables = [
		LookupTable { key: key(100), addresses: [9, 8, 7, 6, 50].map(key).to_vec() },
		LookupTable { key: key(101), addresses: [3, 8, 5].map(key).to_vec() },
		LookupTable { key: key(102), addresses: [77].map(key).to_vec() },
	];
	let it = call(
		9,
		vec![
			readonly(key(8)),
			writable(key(7)),
			signer(readonly(key(6))),
			readonly(key(5)),
			writable(key(4)),
		],
	);
	let message = compile_v0(key(50), &[it], &tables, Blockhash::default()).unwrap();
	assert_eq!(message.account_keys(), [50, 6, 4, 9].map(key));
	let lookups = [lookup(100, &[2], &[1]), lookup(101, &[], &[2])];
	assert_eq!(message.address_table_lookups(), lookups);
	// 7 is written and comes first, then 8 and 5.
	assert_eq!(message.instructions(), [instruction(3, &[5, 4, 1, 6, 2], &[9])]);
	let loaded = LoadedAddresses { writable: vec![key(7)], readonly: vec![key(8), key(5)] };
	let resolved = ResolvedMessage::new(message, loaded).unwrap();
	let named = [5, 4, 1, 6, 2].map(|index: usize| resolved.account_keys()[index]);
	assert_eq!(named, [8, 7, 6, 5, 4].map(key));
}

#[test]
fn a_durable_nonce_stands_in_the_message() {
	let advance = Instruction {
		program: ids::system_program(),
		accounts: vec![writable(key(2)), signer(readonly(key(50)))],
		data: vec![4, 0, 0, 0],
	};
	let tables = [LookupTable { key: key(100), addresses: vec![key(2)] }];
	let message = compile_v0(key(50), &[advance], &tables, Blockhash::default()).unwrap();
	assert_eq!(message.address_table_lookups(), []);
	let resolved = ResolvedMessage::new(message, LoadedAddresses::default()).unwrap();
	assert_eq!(resolved.nonce_account(), Some(key(2)));
}

#[test]
fn more_than_256_accounts_do_not_fit() {
	let numbered = |index: u16| {
		let mut bytes = [0; 32];
		bytes[..2].copy_from_slice(&index.to_be_bytes());
		readonly(bytes.into())
	};
	let it = |count: u16| call(9, (1000..1000 + count).map(numbered).collect());
	assert!(compile_legacy(key(50), &[it(254)], Blockhash::default()).is_ok());
	let longer = compile_legacy(key(50), &[it(255)], Blockhash::default());
	assert_eq!(longer, Err(CompileError::TooManyAccounts));
}

#[test]
fn what_moved_elsewhere_reads_as_a_transaction() {
	let moved = Instruction {
		accounts: vec![writable(key(1)), writable(key(2))],
		..transfer(key(1), key(2), 5)
	};
	let (bytes, accounts) = synthesize(key(3), &[moved], [7; 64]).unwrap();
	let raw = RawTransaction::decode(&bytes).unwrap();
	assert_eq!(raw.first_signature(), Signature::new([7; 64]));
	assert_eq!(raw.sanitize(), Ok(()));
	assert_eq!(raw.message().account_keys(), [key(3), key(1), key(2), ids::system_program()]);
	assert_eq!(accounts, raw.message().account_keys());
	assert!(raw.verify().is_err());
}

#[test]
fn as_much_is_shown_as_fits() {
	let moved: Vec<_> =
		(0..20u8).map(|index| transfer(key(100 + 2 * index), key(101 + 2 * index), 5)).collect();
	let (bytes, accounts) = synthesize(key(1), &moved, [7; 64]).unwrap();
	let raw = RawTransaction::decode(&bytes).unwrap();
	// Each has a second signature, two accounts and an instruction: 64 + 64 + 17 bytes. The payer,
	// the program and the rest are 166.
	assert_eq!((raw.message().instructions().len(), bytes.len()), (7, 166 + 7 * (64 + 64 + 17)));
	assert_eq!(raw.signatures()[1..], [Signature::default(); 7]);
	assert_eq!(accounts.len(), 1 + 1 + 40);
	let (bytes, accounts) = synthesize(key(1), &[], [7; 64]).unwrap();
	assert_eq!(RawTransaction::decode(&bytes).unwrap().message().instructions(), []);
	assert_eq!(accounts, [key(1)]);
}
