// SPDX-License-Identifier: Apache-2.0
//! Programs that were built elsewhere, deployed as Solana's command line does it, and called.

use std::slice;
use unum_address::SvmAddress;
use unum_solana_transaction::Instruction;
use unum_solana_view::{InstructionError, TransactionError};
use unum_spl_token::{find_program_address, TokenAccount};
use unum_svm_engine::{ids, minimum_balance, testing::MemoryChain};

use crate::{
	bpf_assembler::Program,
	bpf_vectors::{spl, vectors},
	world::{
		alice, chain, create_account, fails, instruction, key, logs, ok, readonly, run, signing,
		writable, BOB,
	},
};

/// Bytes of a buffer's state, before the file.
const BUFFER: usize = 37;
/// Bytes of a program account.
const PROGRAM: usize = 36;
/// Bytes that one transaction writes.
const PIECE: usize = 900;

fn loader(
	tag: u32,
	rest: &[&[u8]],
	accounts: Vec<unum_solana_transaction::AccountMeta>,
) -> Instruction {
	let data = [&tag.to_le_bytes()[..], &rest.concat()].concat();
	instruction(ids::bpf_loader_upgradeable(), accounts, data)
}

fn create(to: SvmAddress, length: usize) -> Instruction {
	let lamports = minimum_balance(length);
	create_account(alice(), to, lamports, length as u64, ids::bpf_loader_upgradeable())
}

/// Writes a file into a new buffer, piece by piece.
fn write_buffer(chain: &mut MemoryChain, buffer: SvmAddress, file: &[u8]) {
	let initialize = loader(0, &[], vec![writable(buffer), readonly(alice())]);
	ok(chain, &[create(buffer, BUFFER + file.len()), initialize]);
	for (index, piece) in file.chunks(PIECE).enumerate() {
		let offset = u32::try_from(index * PIECE).unwrap().to_le_bytes();
		let length = (piece.len() as u64).to_le_bytes();
		let accounts = vec![writable(buffer), signing(readonly(alice()))];
		ok(chain, &[loader(1, &[&offset, &length, piece], accounts)]);
	}
}

fn programdata(program: SvmAddress) -> SvmAddress {
	find_program_address(&[program.as_ref()], &ids::bpf_loader_upgradeable()).unwrap().0
}

fn deployment(program: SvmAddress, buffer: SvmAddress, room: usize) -> [Instruction; 2] {
	let accounts = vec![
		signing(writable(alice())),
		writable(programdata(program)),
		writable(program),
		writable(buffer),
		readonly(ids::rent_sysvar()),
		readonly(ids::clock_sysvar()),
		readonly(ids::system_program()),
		signing(readonly(alice())),
	];
	let room = (room as u64).to_le_bytes();
	[create(program, PROGRAM), loader(2, &[&room], accounts)]
}

fn upgrade(program: SvmAddress, buffer: SvmAddress) -> Instruction {
	let accounts = vec![
		writable(programdata(program)),
		writable(program),
		writable(buffer),
		writable(alice()),
		readonly(ids::rent_sysvar()),
		readonly(ids::clock_sysvar()),
		signing(readonly(alice())),
	];
	loader(3, &[], accounts)
}

pub(crate) fn deploy(chain: &mut MemoryChain, program: SvmAddress, file: &[u8]) {
	let buffer = key(0xb0);
	write_buffer(chain, buffer, file);
	ok(chain, &deployment(program, buffer, file.len()));
}

#[test]
fn the_memo_program_is_deployed_by_buffer_writes_and_runs() {
	let (mut chain, program) = (chain(), key(0xa0));
	deploy(&mut chain, program, &spl("spl_memo-4.0.0"));
	let account = chain.account(&program);
	assert!(account.executable);
	assert_eq!(account.owner, ids::bpf_loader_upgradeable());
	let meta = ok(&mut chain, &[instruction(program, vec![], *b"from elsewhere")]);
	assert!(
		logs(&meta).iter().any(|line| line == "Program log: from elsewhere"),
		"{:?}",
		logs(&meta)
	);
}

#[test]
fn the_token_program_of_solana_keeps_its_own_books_when_deployed_under_another_address() {
	let (mut chain, program, mint) = (chain(), key(0xa1), key(0xc0));
	deploy(&mut chain, program, &spl("pinocchio_token_program"));
	let initialize = [&[20, 6][..], alice().as_ref(), &[0]].concat();
	let meta = ok(
		&mut chain,
		&[
			create_account(alice(), mint, minimum_balance(82), 82, program),
			instruction(program, vec![writable(mint)], initialize),
		],
	);
	assert!(logs(&meta).iter().any(|line| line.contains("consumed")));
	let account = chain.account(&mint);
	assert_eq!((account.owner, account.data[44], account.data[45]), (program, 6, 1));
}

#[test]
fn a_program_does_not_run_in_the_slot_in_which_it_is_deployed_or_upgraded() {
	let (mut chain, program, buffer) = (chain(), key(0xa0), key(0xb1));
	let call = instruction(program, vec![], []);
	let file = |code| Program::new(&[]).exit(code).file();
	write_buffer(&mut chain, key(0xb0), &file(1));
	let deployment = deployment(program, key(0xb0), 500);
	let [create, deploy] = deployment;
	let at_once = run(&mut chain, &[create.clone(), deploy.clone(), call.clone()]).error;
	assert_eq!(at_once, Some(TransactionError::ProgramAccountNotFound));
	ok(&mut chain, &[create, deploy]);
	assert_eq!(fails(&mut chain, slice::from_ref(&call)), InstructionError::Custom(1));

	write_buffer(&mut chain, buffer, &file(2));
	let at_once = fails(&mut chain, &[upgrade(program, buffer), call.clone()]);
	assert_eq!(at_once, InstructionError::UnsupportedProgramId);
	assert_eq!(fails(&mut chain, slice::from_ref(&call)), InstructionError::Custom(1), "as before");
	ok(&mut chain, &[upgrade(program, buffer)]);
	assert_eq!(fails(&mut chain, &[call]), InstructionError::Custom(2));
}

#[test]
fn a_transaction_that_only_names_what_was_just_deployed_sees_the_same_in_the_same_slot() {
	let (mut chain, program) = (chain(), key(0xa0));
	write_buffer(&mut chain, key(0xb0), &Program::new(&[]).exit(0).file());
	ok(&mut chain, &deployment(program, key(0xb0), 500));
	// `world::run` goes on by a slot; this one does not.
	let meta = chain.process(alice(), &[instruction(program, vec![], [])]).unwrap();
	let error = TransactionError::InstructionError(0, InstructionError::UnsupportedProgramId);
	assert_eq!(meta.error, Some(error));
	assert!(logs(&meta).contains(&"Program is not deployed".to_string()));
	ok(&mut chain, &[instruction(program, vec![], [1])]);
}

#[test]
fn a_program_of_the_first_version_with_a_symbol_that_there_is_not_can_not_be_deployed() {
	let mut chain = chain();
	let file = vectors("../sbpf/tests/vectors/sbpf/syscall_reloc_64_32_sbpfv0.so.gz");
	write_buffer(&mut chain, key(0xb0), &file);
	let meta = run(&mut chain, &deployment(key(0xa0), key(0xb0), file.len()));
	let error = TransactionError::InstructionError(1, InstructionError::InvalidAccountData);
	assert_eq!(meta.error, Some(error));
	assert!(logs(&meta).iter().any(|line| line.starts_with("Unresolved symbol (")));
}

#[test]
fn a_program_of_the_third_version_fails_where_it_calls_what_there_is_not() {
	for missing in ["sol_sha512", "sol_big_mod_exp", "sol_nothing"] {
		let (mut chain, program) = (chain(), key(0xa0));
		deploy(&mut chain, program, &Program::new(&[]).call(missing, &[]).exit(0).file());
		let error = fails(&mut chain, &[instruction(program, vec![], [])]);
		assert_eq!(error, InstructionError::ProgramFailedToComplete, "{missing}");
	}
}

/// Makes a mint of Alice's with six decimals, under a token program.
fn make_mint(chain: &mut MemoryChain, token: SvmAddress, mint: SvmAddress) {
	let initialize = [&[20, 6][..], alice().as_ref(), &[0]].concat();
	ok(
		chain,
		&[
			create_account(alice(), mint, minimum_balance(82), 82, token),
			instruction(token, vec![writable(mint)], initialize),
		],
	);
}

/// The associated account of an owner, and the instruction that opens it.
fn associated(
	program: SvmAddress,
	token: SvmAddress,
	owner: SvmAddress,
	mint: SvmAddress,
) -> (SvmAddress, Instruction) {
	let seeds = [owner.as_ref(), token.as_ref(), mint.as_ref()];
	let (account, _) = find_program_address(&seeds, &program).unwrap();
	let accounts = vec![
		signing(writable(alice())),
		writable(account),
		readonly(owner),
		readonly(mint),
		readonly(ids::system_program()),
		readonly(token),
	];
	(account, instruction(program, accounts, []))
}

#[test]
fn the_associated_token_program_of_solana_opens_accounts_of_the_built_in_token_program() {
	let (mut chain, program, mint) = (chain(), key(0xa2), key(0xc1));
	deploy(&mut chain, program, &spl("spl_associated_token_account-1.1.1"));
	let token = ids::token_program();
	make_mint(&mut chain, token, mint);
	let owner = key(BOB);
	let (account, open) = associated(program, token, owner, mint);
	let meta = ok(&mut chain, &[open]);
	assert_eq!(meta.inner_instructions[0].instructions.len(), 4, "{:?}", logs(&meta));
	let mint_to = [&[7][..], &1_234_567_u64.to_le_bytes()].concat();
	let accounts = vec![writable(mint), writable(account), signing(readonly(alice()))];
	ok(&mut chain, &[instruction(token, accounts, mint_to)]);

	let opened = chain.account(&account);
	let opened = TokenAccount::unpack(&opened.data).unwrap();
	assert_eq!((opened.mint, opened.owner, opened.amount), (mint, owner, 1_234_567));
}

#[test]
fn the_associated_token_program_opens_accounts_of_a_token_program_that_was_deployed() {
	let (mut chain, token, mint) = (chain(), key(0xa1), key(0xc0));
	deploy(&mut chain, token, &spl("spl_token-3.5.0"));
	make_mint(&mut chain, token, mint);
	let (program, owner) = (ids::associated_token_program(), key(BOB));
	let (account, open) = associated(program, token, owner, mint);
	ok(&mut chain, &[open]);
	let opened = chain.account(&account);
	assert_eq!(opened.owner, token);
	let opened = TokenAccount::unpack(&opened.data).unwrap();
	assert_eq!((opened.mint, opened.owner, opened.amount), (mint, owner, 0));
}
