// SPDX-License-Identifier: Apache-2.0
//! Instructions of the System program, as other programs call it.

use alloc::vec::Vec;
use unum_address::SvmAddress;

use crate::{bpf::CalledInstruction, ids, SvmAccountMeta};

/// An account that is written, and signs or not.
pub(super) const fn writable(pubkey: SvmAddress, is_signer: bool) -> SvmAccountMeta {
	SvmAccountMeta { pubkey, is_signer, is_writable: true }
}

/// An account that is read alone, and signs or not.
pub(super) const fn readonly(pubkey: SvmAddress, is_signer: bool) -> SvmAccountMeta {
	SvmAccountMeta { pubkey, is_signer, is_writable: false }
}

fn system(tag: u32, accounts: Vec<SvmAccountMeta>, fields: &[&[u8]]) -> CalledInstruction {
	let data = [&[&tag.to_le_bytes()[..]], fields].concat().concat();
	CalledInstruction { program: ids::system_program(), accounts, data }
}

/// An account that is to be made: how long its data are, and whose it becomes.
#[derive(Clone, Copy, Debug)]
pub(super) struct New {
	pub(super) key: SvmAddress,
	pub(super) lamports: u64,
	pub(super) space: u64,
	pub(super) owner: SvmAddress,
}

/// Makes an account, which signs.
pub(super) fn create_account(payer: SvmAddress, new: &New) -> CalledInstruction {
	let accounts = Vec::from([writable(payer, true), writable(new.key, true)]);
	let fields = [&new.lamports.to_le_bytes()[..], &new.space.to_le_bytes(), new.owner.as_ref()];
	system(0, accounts, &fields)
}

/// Gives an account, which signs, to a program.
pub(super) fn assign(account: SvmAddress, owner: SvmAddress) -> CalledInstruction {
	system(1, Vec::from([writable(account, true)]), &[owner.as_ref()])
}

/// Moves lamports.
pub(super) fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> CalledInstruction {
	let accounts = Vec::from([writable(from, true), writable(to, false)]);
	system(2, accounts, &[&lamports.to_le_bytes()])
}

/// Gives an account, which signs, room for data.
pub(super) fn allocate(account: SvmAddress, space: u64) -> CalledInstruction {
	system(8, Vec::from([writable(account, true)]), &[&space.to_le_bytes()])
}
