// SPDX-License-Identifier: Apache-2.0
//! Bytes whose text form is base58.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// A text is not what it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseBase58Error {
	/// It is longer than any text of this kind, or empty.
	WrongLength,
	/// A character that base58 has not.
	InvalidCharacter,
	/// It stands for more bytes or fewer.
	WrongByteCount,
}

impl fmt::Display for ParseBase58Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::WrongLength => "the text is empty or too long",
			Self::InvalidCharacter => "a character is not of base58",
			Self::WrongByteCount => "the text stands for another number of bytes",
		})
	}
}

impl core::error::Error for ParseBase58Error {}

/// The bound comes first: base58 takes time in the square of the length.
fn parse<const N: usize>(text: &str, characters_max: usize) -> Result<[u8; N], ParseBase58Error> {
	if text.is_empty() || text.len() > characters_max {
		return Err(ParseBase58Error::WrongLength);
	}
	let bytes = bs58::decode(text).into_vec().map_err(|_| ParseBase58Error::InvalidCharacter)?;
	bytes.try_into().map_err(|_| ParseBase58Error::WrongByteCount)
}

macro_rules! base58_bytes {
	($(#[$docs:meta])* $name:ident, $length:literal, $characters_max:literal) => {
		$(#[$docs])*
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
		pub struct $name([u8; $length]);

		impl $name {
			/// These bytes.
			pub const fn new(bytes: [u8; $length]) -> Self {
				Self(bytes)
			}

			/// Its bytes.
			pub const fn as_bytes(&self) -> &[u8; $length] {
				&self.0
			}
		}

		impl Default for $name {
			/// All zero, as upstream has it.
			fn default() -> Self {
				Self([0; $length])
			}
		}

		impl From<[u8; $length]> for $name {
			fn from(bytes: [u8; $length]) -> Self {
				Self(bytes)
			}
		}

		impl From<$name> for [u8; $length] {
			fn from(bytes: $name) -> Self {
				bytes.0
			}
		}

		impl fmt::Display for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str(&bs58::encode(self.0).into_string())
			}
		}

		impl fmt::Debug for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				fmt::Display::fmt(self, f)
			}
		}

		impl FromStr for $name {
			type Err = ParseBase58Error;

			fn from_str(text: &str) -> Result<Self, Self::Err> {
				parse(text, $characters_max).map(Self)
			}
		}
	};
}

base58_bytes!(
	/// A signature over Ed25519, as it stands in the bytes: `R ‖ s`. Whether anybody made it is known
	/// after [`RawTransaction::verify`](crate::RawTransaction::verify). Text form: base58.
	Signature, 64, 88
);

base58_bytes!(
	/// Which block a transaction names, or the value of a durable nonce. Text form: base58.
	Blockhash, 32, 44
);
