// SPDX-License-Identifier: Apache-2.0
//! Accounts.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::SvmAddress;
use unum_id_com::MintId;

/// An account, as `getAccountInfo` shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AccountView {
	/// Its balance: the native coin of its identity in lamports (10⁹ of them are one coin), rounded
	/// down.
	pub lamports: u64,
	/// Its data.
	pub data: Vec<u8>,
	/// The program that owns it.
	pub owner: SvmAddress,
	/// Whether it is a program.
	pub executable: bool,
	/// The next epoch in which it owes rent: never, 2⁶⁴ − 1, for all are exempt.
	pub rent_epoch: u64,
}

/// What an account's data must be like, as a filter of `getProgramAccounts` says.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum ProgramFilter {
	/// Exactly this many bytes.
	#[codec(index = 0)]
	DataSize(u64),
	/// These bytes at this offset.
	#[codec(index = 1)]
	Memcmp {
		/// From where on, in bytes.
		offset: u64,
		/// What must stand there.
		bytes: Vec<u8>,
	},
	/// An initialized token account.
	#[codec(index = 2)]
	TokenAccountState,
}

/// A token account: one that was opened, or the associated account of a balance that has none yet.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TokenHolding {
	/// Where it is.
	pub address: SvmAddress,
	/// Of which token.
	pub mint: MintId,
	/// The account itself.
	pub account: AccountView,
}
