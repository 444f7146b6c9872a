// SPDX-License-Identifier: Apache-2.0
//! Addresses of the Tron VM.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use unum_id_com::{tagged_sha256, Domain, IdCom};

use crate::{
	evm::last_20,
	text::{address_bytes, base58_check, exactly},
	ParseAddressError, ParseAddressReason as Reason, VmKind,
};

/// An account or contract on the Tron VM: 20 bytes, without the 0x41 of Tron's main network.
///
/// Text and JSON form: Base58Check with 0x41 in front (`T…`), as every Tron wallet writes it.
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
pub struct TronAddress([u8; 20]);

impl TronAddress {
	/// The byte that stands in front of an address in its text form.
	pub const VERSION: u8 = 0x41;

	/// Derives the address under which the Tron VM sees `id`.
	pub fn derive(id: IdCom) -> Self {
		Self(last_20(tagged_sha256(Domain::TRON, &[id.as_bytes()])))
	}

	/// The identity that this address has while it is bound to none.
	pub fn unbound_id_com(&self) -> IdCom {
		tagged_sha256(Domain::LEGACY_TRON, &[&self.0]).into()
	}
}

impl fmt::Display for TronAddress {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&bs58::encode(self.0).with_check_version(Self::VERSION).into_string())
	}
}

impl FromStr for TronAddress {
	type Err = ParseAddressError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (version, payload) = base58_check(VmKind::TVM, text)?;
		if version != Self::VERSION {
			return Err(Reason::WrongVersion { found: version }.of(VmKind::TVM));
		}
		exactly(VmKind::TVM, &payload).map(Self)
	}
}

address_bytes!(TronAddress, 20);
