// SPDX-License-Identifier: Apache-2.0
//! Accounts, as instructions see them.

use alloc::vec::Vec;
use unum_address::SvmAddress;

/// An account in the working set of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
	/// Its balance in lamports.
	pub lamports: u64,
	/// Its data.
	pub data: Vec<u8>,
	/// The program that owns it.
	pub owner: SvmAddress,
	/// Whether it is a program.
	pub executable: bool,
}

impl Account {
	/// What is at an address at which nothing is: an account of the System program without lamports.
	pub fn empty() -> Self {
		Self {
			lamports: 0,
			data: Vec::new(),
			owner: unum_spl_token::ids::system_program(),
			executable: false,
		}
	}
}
