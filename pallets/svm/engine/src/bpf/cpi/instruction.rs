// SPDX-License-Identifier: Apache-2.0
//! Instructions that programs give to others.

use alloc::{vec, vec::Vec};
use unum_address::SvmAddress;

use crate::{ids, SvmAccountMeta};

/// An instruction, as a program gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalledInstruction {
	/// The program.
	pub program: SvmAddress,
	/// Its accounts.
	pub accounts: Vec<SvmAccountMeta>,
	/// Its data.
	pub data: Vec<u8>,
}

impl CalledInstruction {
	/// `Transfer` of the System program: moves lamports.
	pub fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Self {
		let mut data = 2_u32.to_le_bytes().to_vec();
		data.extend_from_slice(&lamports.to_le_bytes());
		let to = SvmAccountMeta { pubkey: to, is_signer: false, is_writable: true };
		Self { program: ids::system_program(), accounts: vec![signer(from), to], data }
	}

	/// `CreateAccount` of the System program: an account with lamports and zeros, of a program.
	pub fn create_account(
		from: SvmAddress,
		to: SvmAddress,
		lamports: u64,
		space: u64,
		owner: SvmAddress,
	) -> Self {
		let mut data = 0_u32.to_le_bytes().to_vec();
		data.extend_from_slice(&lamports.to_le_bytes());
		data.extend_from_slice(&space.to_le_bytes());
		data.extend_from_slice(owner.as_ref());
		Self { program: ids::system_program(), accounts: vec![signer(from), signer(to)], data }
	}
}

const fn signer(pubkey: SvmAddress) -> SvmAccountMeta {
	SvmAccountMeta { pubkey, is_signer: true, is_writable: true }
}
