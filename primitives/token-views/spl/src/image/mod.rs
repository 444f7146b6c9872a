// SPDX-License-Identifier: Apache-2.0
//! The data of the token program's accounts, byte for byte (`interface/src/state` upstream).

mod account;
mod mint;
mod multisig;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use unum_address::SvmAddress;

use crate::{bytes::Bytes, ProgramError};

pub use account::{AccountState, TokenAccount};
pub use mint::Mint;
pub use multisig::Multisig;

const ZERO_KEY: [u8; 32] = [0; 32];

/// A key that is set or not, as account data have it: a tag of four bytes, and 32 bytes that stay
/// what they were when the tag is cleared.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct KeyOption {
	is_set: bool,
	key: SvmAddress,
}

impl Default for KeyOption {
	fn default() -> Self {
		Self { is_set: false, key: ZERO_KEY.into() }
	}
}

impl From<Option<SvmAddress>> for KeyOption {
	fn from(key: Option<SvmAddress>) -> Self {
		key.map_or_else(Self::default, |key| Self { is_set: true, key })
	}
}

impl KeyOption {
	/// No key, with the bytes of a former one still there.
	pub const fn cleared(former: SvmAddress) -> Self {
		Self { is_set: false, key: former }
	}

	/// The key, if one is set.
	pub fn get(&self) -> Option<SvmAddress> {
		self.is_set.then_some(self.key)
	}

	/// What lies in the 32 bytes, whether it is set or not.
	pub const fn last(&self) -> SvmAddress {
		self.key
	}

	/// Sets or clears the key; to clear it leaves its bytes.
	pub fn replace(&mut self, key: Option<SvmAddress>) {
		match key {
			Some(key) => *self = Self { is_set: true, key },
			None => self.is_set = false,
		}
	}

	fn pack(&self, out: &mut impl Extend<u8>) {
		out.extend(tag(self.is_set));
		out.extend(<[u8; 32]>::from(self.key));
	}

	fn unpack(bytes: &mut Bytes<'_>) -> Option<Self> {
		Some(Self { is_set: untag(bytes)?, key: bytes.key()? })
	}
}

/// The tag of an option in account data.
const fn tag(is_set: bool) -> [u8; 4] {
	[if is_set { 1 } else { 0 }, 0, 0, 0]
}

/// Reads a tag; `None` for any other than those two.
fn untag(bytes: &mut Bytes<'_>) -> Option<bool> {
	match bytes.take()? {
		[0, 0, 0, 0] => Some(false),
		[1, 0, 0, 0] => Some(true),
		_ => None,
	}
}

/// Reads a byte that is 0 or 1.
fn flag(bytes: &mut Bytes<'_>) -> Option<bool> {
	match bytes.u8()? {
		0 => Some(false),
		1 => Some(true),
		_ => None,
	}
}

/// Reads all of `data` with `unpack`: an image has one length only.
fn unpack_all<T>(
	data: &[u8],
	length: usize,
	unpack: impl FnOnce(&mut Bytes<'_>) -> Option<T>,
) -> Result<T, ProgramError> {
	if data.len() != length {
		return Err(ProgramError::InvalidAccountData);
	}
	unpack(&mut Bytes(data)).ok_or(ProgramError::InvalidAccountData)
}
