// SPDX-License-Identifier: Apache-2.0
//! The Address Lookup Table program (`solana-address-lookup-table-interface`): variants by number in four
//! bytes.

use unum_address::SvmAddress;
use unum_spl_token::ids::system_program;

use super::{data, derived};
use crate::{
	keys,
	wire::{Instruction, Meta},
};

fn instruction(number: u32, rest: &[&[u8]], accounts: Vec<Meta>) -> Instruction {
	let data = data(&[&number.to_le_bytes(), &rest.concat()]);
	Instruction { program: keys::lookup_tables(), accounts, data }
}

/// Where the table of an authority and a slot is.
pub fn address(authority: SvmAddress, slot: u64) -> (SvmAddress, u8) {
	derived(&[authority.as_bytes(), &slot.to_le_bytes()], &keys::lookup_tables())
}

/// Makes a table.
pub fn create(authority: SvmAddress, payer: SvmAddress, slot: u64) -> (Instruction, SvmAddress) {
	let (table, bump) = address(authority, slot);
	let accounts = vec![
		Meta::new(table, false),
		Meta::readonly(authority, false),
		Meta::new(payer, true),
		Meta::readonly(system_program(), false),
	];
	(instruction(0, &[&slot.to_le_bytes(), &[bump]], accounts), table)
}

/// Makes it so that nothing can ever change a table.
pub fn freeze(table: SvmAddress, authority: SvmAddress) -> Instruction {
	instruction(1, &[], vec![Meta::new(table, false), Meta::readonly(authority, true)])
}

/// Adds addresses.
pub fn extend(
	table: SvmAddress,
	authority: SvmAddress,
	payer: Option<SvmAddress>,
	addresses: &[SvmAddress],
) -> Instruction {
	let mut accounts = vec![Meta::new(table, false), Meta::readonly(authority, true)];
	if let Some(payer) = payer {
		accounts.extend([Meta::new(payer, true), Meta::readonly(system_program(), false)]);
	}
	let bytes: Vec<_> = addresses.iter().flat_map(|key| *key.as_bytes()).collect();
	instruction(2, &[&(addresses.len() as u64).to_le_bytes(), &bytes], accounts)
}

/// Begins to close a table.
pub fn deactivate(table: SvmAddress, authority: SvmAddress) -> Instruction {
	instruction(3, &[], vec![Meta::new(table, false), Meta::readonly(authority, true)])
}

/// Closes a table.
pub fn close(table: SvmAddress, authority: SvmAddress, to: SvmAddress) -> Instruction {
	let accounts =
		vec![Meta::new(table, false), Meta::readonly(authority, true), Meta::new(to, false)];
	instruction(4, &[], accounts)
}
