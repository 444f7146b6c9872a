// SPDX-License-Identifier: Apache-2.0
//! The upgradeable loader (`solana-loader-v3-interface`): variants by number in four bytes.

use unum_address::SvmAddress;
use unum_spl_token::ids::system_program;

use super::{data, derived, sized};
use crate::{
	keys,
	wire::{Instruction, Meta},
};

/// Bytes of a buffer before what is in it.
pub const BUFFER_HEAD: u64 = 37;
/// Bytes of a program account.
pub const PROGRAM_BYTES: u64 = 36;

fn instruction(number: u32, rest: &[&[u8]], accounts: Vec<Meta>) -> Instruction {
	let data = data(&[&number.to_le_bytes(), &rest.concat()]);
	Instruction { program: keys::loader_v3(), accounts, data }
}

/// Where the data of a program are.
pub fn program_data(program: &SvmAddress) -> SvmAddress {
	derived(&[program.as_bytes()], &keys::loader_v3()).0
}

/// Makes a buffer of an account.
pub fn initialize_buffer(buffer: SvmAddress, authority: SvmAddress) -> Instruction {
	instruction(0, &[], vec![Meta::new(buffer, false), Meta::readonly(authority, false)])
}

/// Writes into a buffer.
pub fn write(buffer: SvmAddress, authority: SvmAddress, offset: u32, bytes: &[u8]) -> Instruction {
	let accounts = vec![Meta::new(buffer, false), Meta::readonly(authority, true)];
	instruction(1, &[&offset.to_le_bytes(), &sized(bytes)], accounts)
}

/// Makes a program of a buffer.
pub fn deploy(
	[payer, program, buffer, authority]: [SvmAddress; 4],
	max_data_len: u64,
) -> Instruction {
	let accounts = vec![
		Meta::new(payer, true),
		Meta::new(program_data(&program), false),
		Meta::new(program, false),
		Meta::new(buffer, false),
		Meta::readonly(keys::rent(), false),
		Meta::readonly(keys::clock(), false),
		Meta::readonly(system_program(), false),
		Meta::readonly(authority, true),
	];
	instruction(2, &[&max_data_len.to_le_bytes()], accounts)
}

/// Puts another buffer in the place of a program.
pub fn upgrade([program, buffer, spill, authority]: [SvmAddress; 4]) -> Instruction {
	let accounts = vec![
		Meta::new(program_data(&program), false),
		Meta::new(program, false),
		Meta::new(buffer, false),
		Meta::new(spill, false),
		Meta::readonly(keys::rent(), false),
		Meta::readonly(keys::clock(), false),
		Meta::readonly(authority, true),
	];
	instruction(3, &[], accounts)
}

/// Gives a buffer or the data of a program to somebody else, or to nobody.
pub fn set_authority(
	account: SvmAddress,
	authority: SvmAddress,
	new: Option<SvmAddress>,
) -> Instruction {
	let mut accounts = vec![Meta::new(account, false), Meta::readonly(authority, true)];
	accounts.extend(new.map(|new| Meta::readonly(new, false)));
	instruction(4, &[], accounts)
}

/// Closes a buffer or a program.
pub fn close(
	[account, to, authority]: [SvmAddress; 3],
	program: Option<SvmAddress>,
) -> Instruction {
	let mut accounts =
		vec![Meta::new(account, false), Meta::new(to, false), Meta::readonly(authority, true)];
	accounts.extend(program.map(|program| Meta::new(program, false)));
	instruction(5, &[], accounts)
}

/// Gives a program more space.
pub fn extend(program: SvmAddress, payer: SvmAddress, bytes: u32) -> Instruction {
	let accounts = vec![
		Meta::new(program_data(&program), false),
		Meta::new(program, false),
		Meta::readonly(system_program(), false),
		Meta::new(payer, true),
	];
	instruction(6, &[&bytes.to_le_bytes()], accounts)
}

/// Gives a buffer or the data of a program to somebody who signs, too.
pub fn set_authority_checked(
	account: SvmAddress,
	authority: SvmAddress,
	new: SvmAddress,
) -> Instruction {
	let accounts =
		vec![Meta::new(account, false), Meta::readonly(authority, true), Meta::readonly(new, true)];
	instruction(7, &[], accounts)
}
