// SPDX-License-Identifier: Apache-2.0
//! A multisig: several keys that act as one.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use unum_address::SvmAddress;

use super::{flag, unpack_all, ZERO_KEY};
use crate::{bytes::Bytes, ProgramError};

const MAX_SIGNERS: usize = 11;

/// A multisig, as its 355 bytes of data say it.
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
pub struct Multisig {
	/// How many signatures it takes.
	pub required: u8,
	/// How many of the keys there are.
	pub provided: u8,
	/// Whether it is a multisig already.
	pub is_initialized: bool,
	/// The keys; those from `provided` on mean nothing.
	pub signers: [SvmAddress; MAX_SIGNERS],
}

impl Default for Multisig {
	fn default() -> Self {
		let signers = [ZERO_KEY.into(); Self::MAX_SIGNERS];
		Self { required: 0, provided: 0, is_initialized: false, signers }
	}
}

impl Multisig {
	/// How many bytes the data have.
	pub const LEN: usize = 355;
	/// How many keys there can be.
	pub const MAX_SIGNERS: usize = MAX_SIGNERS;

	/// The keys that count.
	pub fn keys(&self) -> &[SvmAddress] {
		self.signers.get(..self.provided.into()).unwrap_or(&self.signers)
	}

	/// The data of the account.
	pub fn pack(&self) -> Vec<u8> {
		let mut out = Vec::with_capacity(Self::LEN);
		out.extend([self.required, self.provided, self.is_initialized.into()]);
		self.signers.iter().for_each(|key| out.extend(key.as_bytes()));
		out
	}

	/// Reads the data of a multisig, initialized or not.
	///
	/// # Errors
	/// `InvalidAccountData`: another length than 355.
	pub fn unpack(data: &[u8]) -> Result<Self, ProgramError> {
		unpack_all(data, Self::LEN, Self::read)
	}

	fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
		let mut multisig = Self {
			required: bytes.u8()?,
			provided: bytes.u8()?,
			is_initialized: flag(bytes)?,
			..Self::default()
		};
		for signer in &mut multisig.signers {
			*signer = bytes.key()?;
		}
		Some(multisig)
	}
}
