// SPDX-License-Identifier: Apache-2.0
//! The Wasm runtime runs Solana's programs as the native one does: compute units, logs, inner
//! instructions, what they return, and what becomes of accounts.

use codec::Encode;
use unum_address::SvmAddress;
use unum_benches::{
	solana::{chain, create, elf, instruction, payer, seeded, simulate},
	Chain, Machine,
};
use unum_runtime::Runtime;
use unum_solana_transaction::{
	wallet::{readonly, set_compute_unit_limit, signer, transfer, writable},
	Instruction,
};
use unum_solana_view::{SimulationOutcome, TransactionError};
use unum_svm_engine::StoredAccount;

/// Where the `n`th program is.
fn at(n: usize) -> SvmAddress {
	let mut bytes = [0xb0; 32];
	bytes[0] = n.try_into().expect("few programs");
	bytes.into()
}

fn programs(names: &[String]) -> Chain {
	let read = |(n, name): (usize, &String)| (at(n), elf(name).expect("it is there"));
	let all: Vec<_> = names.iter().enumerate().map(read).collect();
	chain(&all).expect("a chain")
}

fn same(chain: &Chain, instructions: &[Instruction], shown: &[SvmAddress]) -> SimulationOutcome {
	let [native, wasm] = [Machine::Native, Machine::Wasm]
		.map(|machine| simulate(chain, machine, instructions, shown).expect("it answers"));
	assert_eq!(native, wasm);
	native
}

#[test]
fn every_file_of_the_virtual_machines_vectors_does_the_same() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../pallets/svm/sbpf/tests/vectors/sbpf");
	let files = std::fs::read_dir(folder).expect("it is there");
	let name = |file: std::fs::DirEntry| {
		let name = file.file_name().into_string().expect("it is text");
		format!("sbpf/{}", name.trim_end_matches(".so.gz"))
	};
	let mut names: Vec<_> = files.map(|file| name(file.expect("it can be read"))).collect();
	names.sort();
	let chain = programs(&names);
	let mut ran = 0;
	for n in 0..names.len() {
		let accounts = vec![signer(writable(payer())), readonly(at(n))];
		let outcome = same(&chain, &[instruction(at(n), accounts, &[b"some data"])], &[payer()]);
		ran += u32::from(outcome.meta.compute_units_consumed > 0);
	}
	assert!(ran > 10, "only {ran} of {} ran", names.len());
}

#[test]
fn memos_do_the_same() {
	let names = ["spl/spl_memo-1.0.0", "spl/spl_memo-4.0.0"].map(String::from);
	let chain = programs(&names);
	let texts: [&[u8]; 5] =
		[b"", b"hello", "Grüße, 世界 🌍".as_bytes(), &[b'm'; 500], &[0xff, 0xfe]];
	for program in 0..names.len() {
		for text in texts {
			let memo = instruction(at(program), vec![], &[text]);
			let outcome = same(&chain, core::slice::from_ref(&memo), &[]);
			assert_eq!(
				outcome.meta.error.is_none(),
				core::str::from_utf8(text).is_ok(),
				"{program}: {outcome:?}"
			);
			// It ends in the middle.
			let least = outcome.meta.compute_units_consumed - 1;
			let outcome = same(&chain, &[set_compute_unit_limit(least as u32), memo], &[]);
			assert_eq!(outcome.meta.compute_units_consumed, least);
			assert!(outcome.meta.error.is_some());
		}
	}
}

/// Solana's token program under an address of its own: a mint, two accounts, and tokens that move.
fn market(program: SvmAddress, moved: u64) -> (Vec<Instruction>, [SvmAddress; 3]) {
	let all = ["mint", "one", "other"].map(|seed| seeded(seed, &program));
	let [mint, one, other] = all;
	let me = payer();
	let call = |accounts, data: &[&[u8]]| instruction(program, accounts, data);
	let owner = signer(readonly(me));
	let instructions = vec![
		create("mint", 82, &program),
		create("one", 165, &program),
		create("other", 165, &program),
		// InitializeMint2: decimals, authority, no other.
		call(vec![writable(mint)], &[&[20, 6], me.as_ref(), &[0]]),
		// InitializeAccount3.
		call(vec![writable(one), readonly(mint)], &[&[18], me.as_ref()]),
		call(vec![writable(other), readonly(mint)], &[&[18], me.as_ref()]),
		// MintTo, Transfer, Burn.
		call(vec![writable(mint), writable(one), owner], &[&[7], &1_000u64.to_le_bytes()]),
		call(vec![writable(one), writable(other), owner], &[&[3], &moved.to_le_bytes()]),
		call(vec![writable(other), writable(mint), owner], &[&[8], &100u64.to_le_bytes()]),
	];
	(instructions, all)
}

#[test]
fn token_programs_do_the_same() {
	let names = ["spl/spl_token-3.5.0", "spl/pinocchio_token_program"].map(String::from);
	let chain = programs(&names);
	for program in 0..names.len() {
		// All, some, more than there is, and too few to burn.
		for moved in [1_000, 400, 1_001, 99] {
			let (instructions, accounts) = market(at(program), moved);
			let outcome = same(&chain, &instructions, &accounts);
			// The other one takes accounts of the address alone that it has on Solana.
			let succeeds = program == 0 && (100..=1_000).contains(&moved);
			assert_eq!(outcome.meta.error.is_none(), succeeds, "{:?}", outcome.meta);
			let other = outcome.accounts[2].as_ref().filter(|_| succeeds);
			if let Some(other) = other {
				assert_eq!(other.data[64..72], (moved - 100).to_le_bytes());
			}
		}
	}
}

/// A transaction can name more bytes than there is memory for.
#[test]
fn loading_stops_where_accounts_are_too_large() {
	/// `MAX_PERMITTED_DATA_LENGTH`.
	const LONGEST: usize = 10 * 1024 * 1024;
	let keys: Vec<_> = (0..25u8).map(|n| SvmAddress::from([n; 32])).collect();
	let mut chain = chain(&[]).expect("a chain");
	let stored = StoredAccount {
		owner: SvmAddress::from([0x77; 32]),
		executable: false,
		data: vec![1; LONGEST],
	};
	for key in &keys {
		let entry = pallet_svm::Accounts::<Runtime>::hashed_key_for(key);
		chain.insert(entry, stored.encode());
	}
	let mut payment = transfer(payer(), payer(), 1);
	payment.accounts.extend(keys.into_iter().map(writable));
	let outcome = same(&chain, &[payment], &[]);
	let too_large = TransactionError::MaxLoadedAccountsDataSizeExceeded;
	assert_eq!(outcome.meta.error, Some(too_large));
	assert_eq!(outcome.meta.pre_balances.len(), outcome.meta.post_balances.len());
}
