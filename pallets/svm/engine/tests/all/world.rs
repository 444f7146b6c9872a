// SPDX-License-Identifier: Apache-2.0
//! Keys, instructions, and what came of them.

use unum_address::SvmAddress;
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_solana_view::{InstructionError, TransactionError, TransactionMeta};
use unum_svm_engine::{ids, testing::MemoryChain};

/// What a wallet of the tests has.
pub(crate) const RICH: u64 = 10_000_000_000;

pub(crate) fn key(byte: u8) -> SvmAddress {
	SvmAddress::from([byte; 32])
}

/// The wallets of the tests.
pub(crate) const ALICE: u8 = 0x11;
pub(crate) const BOB: u8 = 0x12;

pub(crate) fn alice() -> SvmAddress {
	key(ALICE)
}

pub(crate) fn bob() -> SvmAddress {
	key(BOB)
}

/// A chain on which Alice and Bob have coins.
pub(crate) fn chain() -> MemoryChain {
	let mut chain = MemoryChain::default();
	chain.set_lamports(&alice(), RICH);
	chain.set_lamports(&bob(), RICH);
	chain
}

pub(crate) fn writable(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: true }
}

pub(crate) fn readonly(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: false }
}

/// The same, signing.
pub(crate) fn signing(meta: AccountMeta) -> AccountMeta {
	AccountMeta { is_signer: true, ..meta }
}

pub(crate) fn instruction(
	program: SvmAddress,
	accounts: Vec<AccountMeta>,
	data: impl Into<Vec<u8>>,
) -> Instruction {
	Instruction { program, accounts, data: data.into() }
}

/// An instruction of the System program: its number, and its fields one after the other.
pub(crate) fn system(tag: u32, accounts: Vec<AccountMeta>, fields: &[&[u8]]) -> Instruction {
	let data = [&[&tag.to_le_bytes()[..]], fields].concat().concat();
	instruction(ids::system_program(), accounts, data)
}

pub(crate) fn create_account(
	from: SvmAddress,
	to: SvmAddress,
	lamports: u64,
	space: u64,
	owner: SvmAddress,
) -> Instruction {
	let fields = [&lamports.to_le_bytes()[..], &space.to_le_bytes(), owner.as_ref()];
	system(0, vec![signing(writable(from)), signing(writable(to))], &fields)
}

pub(crate) fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let accounts = vec![signing(writable(from)), writable(to)];
	system(2, accounts, &[&lamports.to_le_bytes()])
}

/// Text as `bincode` has it.
pub(crate) fn text(text: &str) -> Vec<u8> {
	[&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
}

/// Runs instructions that Alice pays for, which succeed.
#[track_caller]
pub(crate) fn ok(chain: &mut MemoryChain, instructions: &[Instruction]) -> TransactionMeta {
	let meta = run(chain, instructions);
	assert_eq!(meta.error, None, "{}", logs(&meta).join("\n"));
	meta
}

/// Runs instructions that Alice pays for, the last of which fails.
#[track_caller]
pub(crate) fn fails(chain: &mut MemoryChain, instructions: &[Instruction]) -> InstructionError {
	let meta = run(chain, instructions);
	let Some(TransactionError::InstructionError(index, error)) = meta.error.clone() else {
		panic!("{meta:?}");
	};
	assert_eq!(usize::from(index) + 1, instructions.len(), "{}", logs(&meta).join("\n"));
	error
}

#[track_caller]
pub(crate) fn run(chain: &mut MemoryChain, instructions: &[Instruction]) -> TransactionMeta {
	// So that no transaction is another one's copy.
	chain.slot += 1;
	let meta = chain.process(alice(), instructions).expect("it is taken");
	assert!(chain.is_settled());
	meta
}

pub(crate) fn logs(meta: &TransactionMeta) -> Vec<String> {
	let line = |line: &Vec<u8>| String::from_utf8(line.clone()).expect("text");
	meta.log_messages.iter().map(line).collect()
}
