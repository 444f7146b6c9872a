// SPDX-License-Identifier: Apache-2.0
//! Accounts that are there without the state: programs that are built in, and system variables.

use alloc::{vec, vec::Vec};
use unum_address::SvmAddress;

use crate::{ids, rent, sysvars, Account, Environment};

/// How a program that is built in is shown.
struct BuiltIn {
	key: fn() -> SvmAddress,
	/// The loader that owns it: that of native programs, or that under which Solana has it.
	owner: fn() -> SvmAddress,
	name: &'static [u8],
}

const BUILT_IN: [BuiltIn; 14] = [
	BuiltIn { key: ids::system_program, owner: ids::native_loader, name: b"solana_system_program" },
	BuiltIn {
		key: ids::compute_budget,
		owner: ids::native_loader,
		name: b"compute_budget_program",
	},
	BuiltIn {
		key: ids::address_lookup_table,
		owner: ids::native_loader,
		name: b"address_lookup_table_program",
	},
	BuiltIn {
		key: ids::bpf_loader_deprecated,
		owner: ids::native_loader,
		name: b"solana_bpf_loader_program",
	},
	BuiltIn { key: ids::bpf_loader, owner: ids::native_loader, name: b"solana_bpf_loader_program" },
	BuiltIn {
		key: ids::bpf_loader_upgradeable,
		owner: ids::native_loader,
		name: b"solana_bpf_loader_upgradeable_program",
	},
	BuiltIn { key: ids::token_program, owner: ids::bpf_loader, name: b"spl_token" },
	BuiltIn {
		key: ids::associated_token_program,
		owner: ids::bpf_loader,
		name: b"spl_associated_token_account",
	},
	BuiltIn { key: ids::memo, owner: ids::bpf_loader, name: b"spl_memo" },
	BuiltIn { key: ids::memo_v1, owner: ids::bpf_loader, name: b"spl_memo" },
	BuiltIn { key: ids::ed25519_program, owner: ids::native_loader, name: b"" },
	BuiltIn { key: ids::secp256k1_program, owner: ids::native_loader, name: b"" },
	BuiltIn { key: ids::secp256r1_program, owner: ids::native_loader, name: b"" },
	BuiltIn { key: ids::native_loader, owner: ids::native_loader, name: b"native_loader" },
];

/// Lamports of a program that is built in, as upstream shows them.
const BUILT_IN_LAMPORTS: u64 = 1;

/// The account at a key, if it is one of these.
pub fn account(environment: &Environment, key: &SvmAddress) -> Option<Account> {
	if let Some(program) = BUILT_IN.iter().find(|program| (program.key)() == *key) {
		return Some(Account {
			lamports: BUILT_IN_LAMPORTS,
			data: program.name.to_vec(),
			owner: (program.owner)(),
			executable: true,
		});
	}
	if *key == ids::native_mint() {
		let data = unum_spl_token::Mint::native().pack();
		let lamports = rent::minimum_balance(data.len());
		let owner = ids::token_program();
		return Some(Account { lamports, data, owner, executable: false });
	}
	let data = variable(environment, key)?;
	// That of the instructions is made for each transaction, and holds nothing.
	let is_lasting = *key != ids::instructions_sysvar();
	let lamports = if is_lasting { rent::minimum_balance(data.len()) } else { 0 };
	Some(Account { lamports, data, owner: ids::sysvar(), executable: false })
}

/// The data of a system variable.
pub(crate) fn variable(environment: &Environment, key: &SvmAddress) -> Option<Vec<u8>> {
	sysvars::data(environment, key)
}

/// Whether a program is one that is built in, whatever its account says.
pub(crate) fn is_built_in(key: &SvmAddress) -> bool {
	BUILT_IN.iter().any(|program| (program.key)() == *key)
}

/// Zeros.
pub(crate) fn zeros(length: usize) -> Vec<u8> {
	vec![0; length]
}
