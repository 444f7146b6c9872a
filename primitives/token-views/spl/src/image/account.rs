// SPDX-License-Identifier: Apache-2.0
//! A token account.

use alloc::vec::Vec;
use unum_address::SvmAddress;

use super::{tag, unpack_all, untag, KeyOption, ZERO_KEY};
use crate::{bytes::Bytes, ids, ProgramError};

/// In which state a token account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum AccountState {
	/// It is nobody's yet.
	#[default]
	Uninitialized = 0,
	/// It can be used.
	Initialized = 1,
	/// The freeze authority of its mint has stopped it.
	Frozen = 2,
}

impl AccountState {
	const fn byte(self) -> u8 {
		match self {
			Self::Uninitialized => 0,
			Self::Initialized => 1,
			Self::Frozen => 2,
		}
	}

	const fn from_byte(byte: u8) -> Option<Self> {
		match byte {
			0 => Some(Self::Uninitialized),
			1 => Some(Self::Initialized),
			2 => Some(Self::Frozen),
			_ => None,
		}
	}
}

/// A token account, as its 165 bytes of data say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TokenAccount {
	/// Of which token.
	pub mint: SvmAddress,
	/// Whose, a key or a multisig.
	pub owner: SvmAddress,
	/// How much is in it, in units of the view (`svm_decimals`).
	pub amount: u64,
	/// Who else may move some of it.
	pub delegate: KeyOption,
	/// Whether it can be used.
	pub state: AccountState,
	/// For the wrapped native coin: how many of its lamports are its rent exemption and not its
	/// amount.
	pub native_reserve: Option<u64>,
	/// How much the delegate may still move, in units of the view.
	pub delegated_amount: u64,
	/// Who may close it in place of the owner.
	pub close_authority: KeyOption,
}

impl Default for TokenAccount {
	fn default() -> Self {
		Self {
			mint: ZERO_KEY.into(),
			owner: ZERO_KEY.into(),
			amount: 0,
			delegate: KeyOption::default(),
			state: AccountState::default(),
			native_reserve: None,
			delegated_amount: 0,
			close_authority: KeyOption::default(),
		}
	}
}

impl TokenAccount {
	/// How many bytes the data have.
	pub const LEN: usize = 165;

	/// Whether it holds the wrapped native coin.
	pub const fn is_native(&self) -> bool {
		self.native_reserve.is_some()
	}

	/// Whether it is frozen.
	pub fn is_frozen(&self) -> bool {
		self.state == AccountState::Frozen
	}

	/// Whether its owner can never sign: anybody may burn what such an account has, and close it
	/// towards the incinerator.
	pub fn is_ownerless(&self) -> bool {
		[ids::system_program(), ids::incinerator()].contains(&self.owner)
	}

	/// The data of the account.
	pub fn pack(&self) -> Vec<u8> {
		let mut out = Vec::with_capacity(Self::LEN);
		out.extend(<[u8; 32]>::from(self.mint));
		out.extend(<[u8; 32]>::from(self.owner));
		out.extend(self.amount.to_le_bytes());
		self.delegate.pack(&mut out);
		out.push(self.state.byte());
		out.extend(tag(self.is_native()));
		out.extend(self.native_reserve.unwrap_or_default().to_le_bytes());
		out.extend(self.delegated_amount.to_le_bytes());
		self.close_authority.pack(&mut out);
		out
	}

	/// Reads the data of an account, initialized or not.
	///
	/// # Errors
	/// `InvalidAccountData`: another length than 165, a tag other than 0 and 1, an unknown state.
	pub fn unpack(data: &[u8]) -> Result<Self, ProgramError> {
		unpack_all(data, Self::LEN, Self::read)
	}

	fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
		Some(Self {
			mint: bytes.key()?,
			owner: bytes.key()?,
			amount: bytes.u64()?,
			delegate: KeyOption::unpack(bytes)?,
			state: AccountState::from_byte(bytes.u8()?)?,
			native_reserve: read_reserve(bytes)?,
			delegated_amount: bytes.u64()?,
			close_authority: KeyOption::unpack(bytes)?,
		})
	}
}

fn read_reserve(bytes: &mut Bytes<'_>) -> Option<Option<u64>> {
	let is_native = untag(bytes)?;
	let reserve = bytes.u64()?;
	Some(is_native.then_some(reserve))
}
