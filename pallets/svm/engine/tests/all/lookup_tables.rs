// SPDX-License-Identifier: Apache-2.0
//! Address lookup tables: made, filled, used, frozen, closed.

use unum_address::SvmAddress;
use unum_solana_transaction::{compile_v0, Blockhash, Instruction, LookupTable};
use unum_solana_view::InstructionError as E;
use unum_spl_token::find_program_address;
use unum_svm_engine::{
	ids, minimum_balance,
	testing::{blockhash, unsigned, MemoryChain},
};

use crate::world::*;

fn derive(slot: u64) -> (SvmAddress, u8) {
	let (authority, slot) = (alice(), slot.to_le_bytes());
	let seeds = [&authority.as_bytes()[..], &slot];
	find_program_address(&seeds, &ids::address_lookup_table()).expect("there is one")
}

fn table(
	tag: u32,
	accounts: Vec<unum_solana_transaction::AccountMeta>,
	fields: &[u8],
) -> Instruction {
	let data = [&tag.to_le_bytes()[..], fields].concat();
	instruction(ids::address_lookup_table(), accounts, data)
}

fn create(slot: u64) -> Instruction {
	let (address, bump) = derive(slot);
	let accounts = vec![
		writable(address),
		readonly(alice()),
		signing(writable(alice())),
		readonly(ids::system_program()),
	];
	table(0, accounts, &[&slot.to_le_bytes()[..], &[bump]].concat())
}

fn of_authority(tag: u32, address: SvmAddress, authority: SvmAddress) -> Instruction {
	table(tag, vec![writable(address), signing(readonly(authority))], &[])
}

fn extend(address: SvmAddress, keys: &[SvmAddress]) -> Instruction {
	let accounts = vec![
		writable(address),
		signing(readonly(alice())),
		signing(writable(alice())),
		readonly(ids::system_program()),
	];
	let keys_bytes = keys.iter().flat_map(|key| *key.as_bytes());
	let fields: Vec<u8> = (keys.len() as u64).to_le_bytes().into_iter().chain(keys_bytes).collect();
	table(2, accounts, &fields)
}

fn close(address: SvmAddress, to: SvmAddress) -> Instruction {
	table(4, vec![writable(address), signing(readonly(alice())), writable(to)], &[])
}

/// A chain with a table of two addresses.
fn with_table() -> (MemoryChain, SvmAddress) {
	let mut chain = chain();
	let slot = chain.slot;
	let (address, _) = derive(slot);
	let meta = ok(&mut chain, &[create(slot), extend(address, &[bob(), key(0x50)])]);
	assert!(logs(&meta).contains(&"Program log: Instruction: CreateLookupTable".into()));
	(chain, address)
}

#[test]
fn a_table_looks_as_upstream_writes_it_and_has_its_rent() {
	let (mut chain, address) = with_table();
	let found = chain.account(&address);
	assert_eq!(found.owner, ids::address_lookup_table());
	assert_eq!(found.lamports, minimum_balance(56 + 64));
	let mut meta = [&1u32.to_le_bytes()[..], &u64::MAX.to_le_bytes()].concat();
	meta.extend(chain.slot.to_le_bytes());
	meta.extend([0, 1]);
	meta.extend(alice().as_bytes());
	meta.extend([0, 0]);
	assert_eq!(found.data[..56], meta);
	assert_eq!(found.data[56..], [&bob().as_bytes()[..], key(0x50).as_bytes()].concat());
}

#[test]
fn tables_are_made_of_recent_slots_alone() {
	let mut chain = chain();
	// `run` moves one slot on.
	let slot = chain.slot + 1;
	assert_eq!(fails(&mut chain, &[create(slot)]), E::InvalidInstructionData);
	let line = format!("Program log: {slot} is not a recent slot");
	assert!(logs(chain.metas.last().unwrap()).contains(&line));
	let oldest = chain.slot + 1 - 512;
	assert_eq!(fails(&mut chain, &[create(oldest - 1)]), E::InvalidInstructionData);
	let oldest = chain.slot + 1 - 512;
	ok(&mut chain, &[create(oldest)]);
	let mut wrong = create(chain.slot);
	wrong.accounts[0] = writable(key(0x51));
	assert_eq!(fails(&mut chain, &[wrong]), E::InvalidArgument);
	let mut unsigned = create(chain.slot);
	unsigned.accounts[2] = writable(bob());
	assert_eq!(fails(&mut chain, &[unsigned]), E::MissingRequiredSignature);
}

#[test]
fn tables_are_changed_by_their_authority_alone_and_within_limits() {
	let (mut chain, address) = with_table();
	assert_eq!(fails(&mut chain, &[of_authority(1, address, bob())]), E::IncorrectAuthority);
	assert_eq!(fails(&mut chain, &[extend(address, &[])]), E::InvalidInstructionData);
	assert_eq!(fails(&mut chain, &[extend(bob(), &[bob()])]), E::InvalidAccountOwner);
	for _ in 0..10 {
		ok(&mut chain, &[extend(address, &[bob(); 25])]);
	}
	assert_eq!(fails(&mut chain, &[extend(address, &[bob(); 5])]), E::InvalidInstructionData);
	ok(&mut chain, &[extend(address, &[bob(); 4])]);
	assert_eq!(fails(&mut chain, &[extend(address, &[bob()])]), E::InvalidArgument);
	ok(&mut chain, &[of_authority(1, address, alice())]);
	assert_eq!(fails(&mut chain, &[of_authority(1, address, alice())]), E::Immutable);
	assert_eq!(fails(&mut chain, &[of_authority(3, address, alice())]), E::Immutable);
	assert_eq!(fails(&mut chain, &[close(address, bob())]), E::Immutable);
}

#[test]
fn empty_and_deactivated_tables_are_not_frozen() {
	let mut chain = chain();
	let slot = chain.slot;
	let (address, _) = derive(slot);
	ok(&mut chain, &[create(slot)]);
	let freeze = of_authority(1, address, alice());
	assert_eq!(fails(&mut chain, std::slice::from_ref(&freeze)), E::InvalidInstructionData);
	ok(&mut chain, &[of_authority(3, address, alice())]);
	assert_eq!(fails(&mut chain, &[freeze]), E::InvalidArgument);
	assert_eq!(fails(&mut chain, &[of_authority(3, address, alice())]), E::InvalidArgument);
	assert_eq!(fails(&mut chain, &[extend(address, &[bob()])]), E::InvalidArgument);
}

#[test]
fn a_table_is_closed_when_its_deactivation_is_no_longer_recent() {
	let (mut chain, address) = with_table();
	assert_eq!(fails(&mut chain, &[close(address, bob())]), E::InvalidArgument);
	ok(&mut chain, &[of_authority(3, address, alice())]);
	let deactivated = chain.slot;
	assert_eq!(fails(&mut chain, &[close(address, bob())]), E::InvalidArgument);
	let line = "Program log: Table cannot be closed until it's fully deactivated in 512 blocks";
	assert!(logs(chain.metas.last().unwrap()).contains(&line.into()));
	chain.slot = deactivated + 511;
	assert_eq!(fails(&mut chain, &[close(address, bob())]), E::InvalidArgument);
	assert_eq!(fails(&mut chain, &[close(address, address)]), E::InvalidArgument);
	ok(&mut chain, &[close(address, bob())]);
	assert_eq!(chain.account(&bob()).lamports, RICH + minimum_balance(56 + 64));
	assert!(chain.state.stored.is_empty());
}

fn through(chain: &MemoryChain, address: SvmAddress, addresses: Vec<SvmAddress>) -> Vec<u8> {
	let newest = Blockhash::from(blockhash(chain.slot - 1));
	let tables = [LookupTable { key: address, addresses }];
	let message = compile_v0(alice(), &[transfer(alice(), bob(), 3)], &tables, newest);
	let message = message.expect("few accounts");
	assert_eq!(message.address_table_lookups().len(), 1);
	unsigned(&message)
}

#[test]
fn transactions_find_accounts_in_tables() {
	let (mut chain, address) = with_table();
	let same_slot = through(&chain, address, vec![bob(), key(0x50)]);
	let refusal = chain.run(&same_slot).expect_err("not active yet");
	assert_eq!(refusal.message, "Transaction address table lookup uses an invalid index");
	chain.slot += 1;
	let bytes = through(&chain, address, vec![bob(), key(0x50)]);
	let meta = chain.run(&bytes).expect("taken");
	assert_eq!(meta.error, None);
	assert_eq!(meta.loaded_addresses.writable, [bob()]);
	assert_eq!(chain.account(&bob()).lamports, RICH + 3);
	let bytes = through(&chain, key(0x51), vec![bob()]);
	let refusal = chain.run(&bytes).expect_err("no table");
	assert_eq!(refusal.message, "Transaction loads an address table account that doesn't exist");
}
