// SPDX-License-Identifier: Apache-2.0
//! Addresses of the Solana VM.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use unum_id_com::{tagged_sha256, Domain, IdCom};

use crate::{
	text::{address_bytes, base58, exactly},
	ParseAddressError, VmKind,
};

/// An account on the Solana VM: 32 bytes, a public key or an address without one.
///
/// Text and JSON form: base58, which has no checksum.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SvmAddress([u8; 32]);

impl SvmAddress {
	/// The address of zeros: that of Solana's System program.
	pub const ZERO: Self = Self([0; 32]);

	/// Derives the address under which the Solana VM sees `id`.
	pub fn derive(id: IdCom) -> Self {
		Self(tagged_sha256(Domain::SVM, &[id.as_bytes()]))
	}

	/// The identity that this address has while it is bound to none.
	pub fn unbound_id_com(&self) -> IdCom {
		tagged_sha256(Domain::LEGACY_SOLANA, &[&self.0]).into()
	}
}

impl fmt::Display for SvmAddress {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&bs58::encode(self.0).into_string())
	}
}

impl FromStr for SvmAddress {
	type Err = ParseAddressError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		exactly(VmKind::SVM, &base58(VmKind::SVM, text)?).map(Self)
	}
}

address_bytes!(SvmAddress, 32);
