// SPDX-License-Identifier: Apache-2.0
//! The System program (`solana-system-interface`): variants by number in four bytes, texts with a length
//! of eight.

use unum_address::SvmAddress;
use unum_spl_token::ids::system_program;

use super::{data, sized};
use crate::{
	keys,
	wire::{Instruction, Meta},
};

fn instruction(number: u32, rest: &[&[u8]], accounts: Vec<Meta>) -> Instruction {
	let data = data(&[&number.to_le_bytes(), &rest.concat()]);
	Instruction { program: system_program(), accounts, data }
}

/// Makes an account.
pub fn create_account(
	from: SvmAddress,
	to: SvmAddress,
	lamports: u64,
	space: u64,
	owner: SvmAddress,
) -> Instruction {
	let rest: [&[u8]; 3] = [&lamports.to_le_bytes(), &space.to_le_bytes(), owner.as_bytes()];
	instruction(0, &rest, vec![Meta::new(from, true), Meta::new(to, true)])
}

/// Makes one that may have lamports already.
pub fn create_account_prefunded(
	to: SvmAddress,
	from: SvmAddress,
	lamports: u64,
	space: u64,
	owner: SvmAddress,
) -> Instruction {
	let rest: [&[u8]; 3] = [&lamports.to_le_bytes(), &space.to_le_bytes(), owner.as_bytes()];
	instruction(13, &rest, vec![Meta::new(to, true), Meta::new(from, true)])
}

/// Gives an account to a program.
pub fn assign(account: SvmAddress, owner: SvmAddress) -> Instruction {
	instruction(1, &[owner.as_bytes()], vec![Meta::new(account, true)])
}

/// Moves lamports.
pub fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let accounts = vec![Meta::new(from, true), Meta::new(to, false)];
	instruction(2, &[&lamports.to_le_bytes()], accounts)
}

/// Makes an account at an address that is made of a base and a seed.
pub fn create_with_seed(
	[from, to, base]: [SvmAddress; 3],
	seed: &str,
	lamports: u64,
	space: u64,
	owner: SvmAddress,
) -> Instruction {
	let rest: [&[u8]; 5] = [
		base.as_bytes(),
		&sized(seed.as_bytes()),
		&lamports.to_le_bytes(),
		&space.to_le_bytes(),
		owner.as_bytes(),
	];
	let mut accounts = vec![Meta::new(from, true), Meta::new(to, false)];
	if base != from {
		accounts.push(Meta::readonly(base, true));
	}
	instruction(3, &rest, accounts)
}

/// Goes on to the next nonce.
pub fn advance_nonce(nonce: SvmAddress, authority: SvmAddress) -> Instruction {
	let accounts = vec![
		Meta::new(nonce, false),
		Meta::readonly(keys::recent_blockhashes(), false),
		Meta::readonly(authority, true),
	];
	instruction(4, &[], accounts)
}

/// Takes lamports out of a nonce account.
pub fn withdraw_nonce(
	nonce: SvmAddress,
	to: SvmAddress,
	authority: SvmAddress,
	lamports: u64,
) -> Instruction {
	let accounts = vec![
		Meta::new(nonce, false),
		Meta::new(to, false),
		Meta::readonly(keys::recent_blockhashes(), false),
		Meta::readonly(keys::rent(), false),
		Meta::readonly(authority, true),
	];
	instruction(5, &[&lamports.to_le_bytes()], accounts)
}

/// Makes a nonce account of an account.
pub fn initialize_nonce(nonce: SvmAddress, authority: SvmAddress) -> Instruction {
	let accounts = vec![
		Meta::new(nonce, false),
		Meta::readonly(keys::recent_blockhashes(), false),
		Meta::readonly(keys::rent(), false),
	];
	instruction(6, &[authority.as_bytes()], accounts)
}

/// Gives a nonce account to somebody else.
pub fn authorize_nonce(nonce: SvmAddress, authority: SvmAddress, new: SvmAddress) -> Instruction {
	let accounts = vec![Meta::new(nonce, false), Meta::readonly(authority, true)];
	instruction(7, &[new.as_bytes()], accounts)
}

/// Gives an account space.
pub fn allocate(account: SvmAddress, space: u64) -> Instruction {
	instruction(8, &[&space.to_le_bytes()], vec![Meta::new(account, true)])
}

/// Gives an account that is made of a base and a seed space, and to a program.
pub fn allocate_with_seed(
	account: SvmAddress,
	base: SvmAddress,
	seed: &str,
	space: u64,
	owner: SvmAddress,
) -> Instruction {
	let rest: [&[u8]; 4] =
		[base.as_bytes(), &sized(seed.as_bytes()), &space.to_le_bytes(), owner.as_bytes()];
	instruction(9, &rest, vec![Meta::new(account, false), Meta::readonly(base, true)])
}

/// Gives an account that is made of a base and a seed to a program.
pub fn assign_with_seed(
	account: SvmAddress,
	base: SvmAddress,
	seed: &str,
	owner: SvmAddress,
) -> Instruction {
	let rest: [&[u8]; 3] = [base.as_bytes(), &sized(seed.as_bytes()), owner.as_bytes()];
	instruction(10, &rest, vec![Meta::new(account, false), Meta::readonly(base, true)])
}

/// Moves lamports of an account that is made of a base and a seed.
pub fn transfer_with_seed(
	[from, base, to]: [SvmAddress; 3],
	seed: &str,
	from_owner: SvmAddress,
	lamports: u64,
) -> Instruction {
	let rest: [&[u8]; 3] =
		[&lamports.to_le_bytes(), &sized(seed.as_bytes()), from_owner.as_bytes()];
	let accounts = vec![Meta::new(from, false), Meta::readonly(base, true), Meta::new(to, false)];
	instruction(11, &rest, accounts)
}

/// Brings an old nonce account up to date.
pub fn upgrade_nonce(nonce: SvmAddress) -> Instruction {
	instruction(12, &[], vec![Meta::new(nonce, false)])
}
