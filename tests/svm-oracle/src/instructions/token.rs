// SPDX-License-Identifier: Apache-2.0
//! The Token and Associated Token Account programs: variants by number in one byte.

use unum_address::SvmAddress;
use unum_spl_token::ids::{associated_token_program, system_program, token_program};

use super::derived;
use crate::wire::{Instruction, Meta};

/// Bytes of a mint.
pub const MINT_BYTES: u64 = 82;
/// Bytes of a token account.
pub const ACCOUNT_BYTES: u64 = 165;
/// Bytes of a multisig.
pub const MULTISIG_BYTES: u64 = 355;

/// An instruction of the Token program.
pub fn instruction(number: u8, rest: &[u8], accounts: Vec<Meta>) -> Instruction {
	Instruction { program: token_program(), accounts, data: [&[number], rest].concat() }
}

/// One that says how much.
pub fn amount(number: u8, amount: u64, accounts: Vec<Meta>) -> Instruction {
	instruction(number, &amount.to_le_bytes(), accounts)
}

/// One that says how much and with how many decimals.
pub fn checked(number: u8, amount: u64, decimals: u8, accounts: Vec<Meta>) -> Instruction {
	instruction(number, &[&amount.to_le_bytes(), [decimals].as_slice()].concat(), accounts)
}

/// A key that may be missing.
pub fn option(key: Option<SvmAddress>) -> Vec<u8> {
	key.map_or(vec![0], |key| [&[1], key.as_bytes().as_slice()].concat())
}

/// `InitializeMint2`.
pub fn initialize_mint(
	mint: SvmAddress,
	decimals: u8,
	authority: SvmAddress,
	freezer: Option<SvmAddress>,
) -> Instruction {
	let rest = [&[decimals], authority.as_bytes().as_slice(), &option(freezer)].concat();
	instruction(20, &rest, vec![Meta::new(mint, false)])
}

/// `InitializeAccount3`.
pub fn initialize_account(account: SvmAddress, mint: SvmAddress, owner: SvmAddress) -> Instruction {
	let accounts = vec![Meta::new(account, false), Meta::readonly(mint, false)];
	instruction(18, owner.as_bytes(), accounts)
}

/// `MintTo`.
pub fn mint_to(
	mint: SvmAddress,
	to: SvmAddress,
	authority: SvmAddress,
	quantity: u64,
) -> Instruction {
	let accounts =
		vec![Meta::new(mint, false), Meta::new(to, false), Meta::readonly(authority, true)];
	amount(7, quantity, accounts)
}

/// Where the tokens of an owner are.
pub fn associated(owner: SvmAddress, mint: SvmAddress) -> SvmAddress {
	let program = token_program();
	let seeds = [owner.as_ref(), program.as_ref(), mint.as_ref()];
	derived(&seeds, &associated_token_program()).0
}

/// `Create` (0) and `CreateIdempotent` (1) of the Associated Token Account program.
pub fn open_associated(
	number: u8,
	payer: SvmAddress,
	owner: SvmAddress,
	mint: SvmAddress,
) -> Instruction {
	let accounts = vec![
		Meta::new(payer, true),
		Meta::new(associated(owner, mint), false),
		Meta::readonly(owner, false),
		Meta::readonly(mint, false),
		Meta::readonly(system_program(), false),
		Meta::readonly(token_program(), false),
	];
	Instruction { program: associated_token_program(), accounts, data: vec![number] }
}

/// `RecoverNested` of the Associated Token Account program.
pub fn recover_nested(owner: SvmAddress, owner_mint: SvmAddress, mint: SvmAddress) -> Instruction {
	let owner_account = associated(owner, owner_mint);
	let accounts = vec![
		Meta::new(associated(owner_account, mint), false),
		Meta::readonly(mint, false),
		Meta::new(associated(owner, mint), false),
		Meta::readonly(owner_account, false),
		Meta::readonly(owner_mint, false),
		Meta::new(owner, true),
		Meta::readonly(token_program(), false),
	];
	Instruction { program: associated_token_program(), accounts, data: vec![2] }
}
