// SPDX-License-Identifier: Apache-2.0
//! Helpers that the notations share.

use alloc::vec::Vec;

use crate::{ParseAddressError, ParseAddressReason as Reason, VmKind};

/// Reads the hexadecimal digits after a `0x`.
pub(crate) fn hex_digits(vm: VmKind, text: &str) -> Result<&str, ParseAddressError> {
	let digits = text.strip_prefix("0x").ok_or(Reason::MissingHexPrefix.of(vm))?;
	match digits.chars().find(|c| !c.is_ascii_hexdigit()) {
		Some(found) => Err(Reason::InvalidCharacter { found }.of(vm)),
		None => Ok(digits),
	}
}

/// Reads exactly `N` bytes of hexadecimal digits after a `0x`.
pub(crate) fn hex_array<const N: usize>(
	vm: VmKind,
	text: &str,
) -> Result<[u8; N], ParseAddressError> {
	let digits = hex_digits(vm, text)?;
	let mut bytes = [0; N];
	hex::decode_to_slice(digits, &mut bytes).map_err(|_| {
		Reason::WrongDigitCount { expected: N.saturating_mul(2), found: digits.len() }.of(vm)
	})?;
	Ok(bytes)
}

/// Turns decoded bytes into an array of the length that an address of `vm` has.
pub(crate) fn exactly<const N: usize>(
	vm: VmKind,
	bytes: &[u8],
) -> Result<[u8; N], ParseAddressError> {
	bytes.try_into().map_err(|_| Reason::WrongByteCount { expected: N, found: bytes.len() }.of(vm))
}

/// Longest text in base58 that is looked at, in characters. The longest address, of Solana, has 44;
/// the bound is there because base58 takes time in the square of the length.
const BASE58_CHARACTERS_MAX: usize = 64;

/// Reads base58, without a checksum.
pub(crate) fn base58(vm: VmKind, text: &str) -> Result<Vec<u8>, ParseAddressError> {
	check_base58_length(vm, text)?;
	bs58::decode(text).into_vec().map_err(|error| base58_reason(error).of(vm))
}

/// Reads base58 with a version byte in front and a checksum of four bytes behind: the version and
/// what stands between.
pub(crate) fn base58_check(vm: VmKind, text: &str) -> Result<(u8, Vec<u8>), ParseAddressError> {
	check_base58_length(vm, text)?;
	let decoded = bs58::decode(text)
		.with_check(None)
		.into_vec()
		.map_err(|error| base58_reason(error).of(vm))?;
	match decoded.split_first() {
		Some((version, payload)) => Ok((*version, payload.to_vec())),
		None => Err(Reason::WrongChecksum.of(vm)),
	}
}

fn check_base58_length(vm: VmKind, text: &str) -> Result<(), ParseAddressError> {
	if text.len() > BASE58_CHARACTERS_MAX {
		let reason = Reason::TooLong { max: BASE58_CHARACTERS_MAX, found: text.len() };
		return Err(reason.of(vm));
	}
	if text.is_empty() {
		return Err(Reason::Empty.of(vm));
	}
	match text.chars().find(|c| !c.is_ascii()) {
		Some(found) => Err(Reason::InvalidCharacter { found }.of(vm)),
		None => Ok(()),
	}
}

fn base58_reason(error: bs58::decode::Error) -> Reason {
	match error {
		bs58::decode::Error::InvalidCharacter { character, .. } => {
			Reason::InvalidCharacter { found: character }
		},
		// What is left is a checksum that is wrong or has no room.
		_ => Reason::WrongChecksum,
	}
}

/// Gives a type with `Display` and `FromStr` the same form in serde.
macro_rules! serde_as_text {
	($name:ident) => {
		impl serde::Serialize for $name {
			fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
				serializer.collect_str(self)
			}
		}

		impl<'de> serde::Deserialize<'de> for $name {
			fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
				let text: alloc::string::String = serde::Deserialize::deserialize(deserializer)?;
				text.parse().map_err(serde::de::Error::custom)
			}
		}
	};
}

/// Gives an address type over an array its conversions, its `Debug` and its serde form.
macro_rules! address_bytes {
	($name:ident, $length:literal) => {
		impl $name {
			/// The bytes of this address.
			pub const fn as_bytes(&self) -> &[u8; $length] {
				&self.0
			}
		}

		impl AsRef<[u8]> for $name {
			fn as_ref(&self) -> &[u8] {
				&self.0
			}
		}

		impl From<[u8; $length]> for $name {
			fn from(bytes: [u8; $length]) -> Self {
				Self(bytes)
			}
		}

		impl From<$name> for [u8; $length] {
			fn from(address: $name) -> Self {
				address.0
			}
		}

		impl core::fmt::Debug for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				core::fmt::Display::fmt(self, f)
			}
		}

		$crate::text::serde_as_text!($name);
	};
}

pub(crate) use {address_bytes, serde_as_text};
