// SPDX-License-Identifier: Apache-2.0
//! A mint.

use alloc::vec::Vec;

use super::{flag, unpack_all, KeyOption};
use crate::{bytes::Bytes, ProgramError};

/// A mint, as its 82 bytes of data say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mint {
	/// Who may create more of the token.
	pub mint_authority: KeyOption,
	/// How much there is of it, in units of the view (`svm_decimals`).
	pub supply: u64,
	/// How many digits of an amount stand behind the point.
	pub decimals: u8,
	/// Whether it is a mint already.
	pub is_initialized: bool,
	/// Who may freeze accounts of the token.
	pub freeze_authority: KeyOption,
}

impl Mint {
	/// How many bytes the data have.
	pub const LEN: usize = 82;

	/// The mint of the wrapped native coin, which nobody can mint: 9 decimals, as lamports have.
	pub fn native() -> Self {
		Self { decimals: 9, is_initialized: true, ..Self::default() }
	}

	/// The data of the account.
	pub fn pack(&self) -> Vec<u8> {
		let mut out = Vec::with_capacity(Self::LEN);
		self.mint_authority.pack(&mut out);
		out.extend(self.supply.to_le_bytes());
		out.push(self.decimals);
		out.push(self.is_initialized.into());
		self.freeze_authority.pack(&mut out);
		out
	}

	/// Reads the data of a mint, initialized or not.
	///
	/// # Errors
	/// `InvalidAccountData`: another length than 82, a tag other than 0 and 1.
	pub fn unpack(data: &[u8]) -> Result<Self, ProgramError> {
		unpack_all(data, Self::LEN, Self::read)
	}

	fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
		Some(Self {
			mint_authority: KeyOption::unpack(bytes)?,
			supply: bytes.u64()?,
			decimals: bytes.u8()?,
			is_initialized: flag(bytes)?,
			freeze_authority: KeyOption::unpack(bytes)?,
		})
	}
}
