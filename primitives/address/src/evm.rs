// SPDX-License-Identifier: Apache-2.0
//! Addresses of the EVM.

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;
use sha3::{Digest, Keccak256};
use unum_id_com::{tagged_sha256, Domain, IdCom, MintId};

use crate::{
	text::{address_bytes, hex_array},
	ParseAddressError, ParseAddressReason as Reason, VmKind,
};

/// An account or contract on the EVM: 20 bytes.
///
/// Text and JSON form: `0x` and 40 hexadecimal digits whose capitals are a checksum ([EIP-55]). A
/// text all in lower or all in upper case is read without that check.
///
/// [EIP-55]: https://eips.ethereum.org/EIPS/eip-55
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
pub struct EvmAddress([u8; 20]);

impl EvmAddress {
	/// Derives the address under which the EVM sees `id`.
	pub fn derive(id: IdCom) -> Self {
		Self(last_20(tagged_sha256(Domain::EVM, &[id.as_bytes()])))
	}

	/// The identity that this address has while it is bound to none.
	pub fn unbound_id_com(&self) -> IdCom {
		tagged_sha256(Domain::LEGACY_EVM, &[&self.0]).into()
	}

	/// The form of this address that contracts may read: it names the owner and leads back to no
	/// id_com.
	pub fn ace_from_evm(&self) -> [u8; 32] {
		tagged_sha256(Domain::ACE_FROM_EVM, &[&self.0])
	}
}

/// The address at which contracts find `mint` as an ERC-20 (and, the same bytes, as a TRC-20) token.
pub fn erc20_address(mint: MintId) -> EvmAddress {
	EvmAddress(last_20(tagged_sha256(Domain::ERC20_ADDRESS, &[mint.as_bytes()])))
}

/// The last 20 bytes of a hash: how a 32-byte hash becomes an address of this length.
pub(crate) fn last_20(hash: [u8; 32]) -> [u8; 20] {
	let [_, _, _, _, _, _, _, _, _, _, _, _, tail @ ..] = hash;
	tail
}

impl fmt::Display for EvmAddress {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("0x")?;
		f.write_str(&checksummed(&self.0))
	}
}

/// The digits with the capitals of EIP-55: a letter is a capital where the hash of the digits in
/// lower case has a nibble of 8 or more.
fn checksummed(bytes: &[u8; 20]) -> String {
	let digits = hex::encode(bytes);
	let hash = Keccak256::digest(digits.as_bytes());
	let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
	digits
		.chars()
		.zip(nibbles)
		.map(|(digit, nibble)| if nibble >= 8 { digit.to_ascii_uppercase() } else { digit })
		.collect()
}

impl FromStr for EvmAddress {
	type Err = ParseAddressError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let bytes = hex_array(VmKind::EVM, text)?;
		let has = |case: fn(&char) -> bool| text.chars().skip(2).any(|c| case(&c));
		let mixed = has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase);
		if mixed && !text.ends_with(&checksummed(&bytes)) {
			return Err(Reason::WrongCapitals.of(VmKind::EVM));
		}
		Ok(Self(bytes))
	}
}

address_bytes!(EvmAddress, 20);
