// SPDX-License-Identifier: Apache-2.0
//! Numbers, bytes, hashes and addresses, as strictly as geth reads them.

use std::fmt;

use alloy_primitives::{hex, U256};
use serde::{de::Error as _, Deserialize, Deserializer};
use unum_ethereum_view::{H160, H256};

/// Why a text is not what it should be. The sentences are those of geth's `hexutil`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HexError {
	/// Nothing at all.
	#[error("empty hex string")]
	Empty,
	/// Without 0x.
	#[error("hex string without 0x prefix")]
	MissingPrefix,
	/// 0x alone, where there should be a number.
	#[error("hex string \"0x\"")]
	EmptyNumber,
	/// 0x01 instead of 0x1.
	#[error("hex number with leading zero digits")]
	LeadingZero,
	/// Half a byte too much.
	#[error("hex string of odd length")]
	OddLength,
	/// Not a hexadecimal digit.
	#[error("invalid hex string")]
	Syntax,
	/// A number that is too large.
	#[error("hex number > {0} bits")]
	TooLarge(usize),
	/// Bytes of another length.
	#[error("hex string has length {have}, want {want}")]
	Length {
		/// Digits that there are.
		have: usize,
		/// Digits that there should be.
		want: usize,
	},
}

/// The digits after 0x.
pub(crate) fn digits(text: &str) -> Result<&str, HexError> {
	if text.is_empty() {
		return Err(HexError::Empty);
	}
	text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).ok_or(HexError::MissingPrefix)
}

/// A number in its only form: no leading zeros.
pub(crate) fn parse_number(text: &str, bits: usize) -> Result<U256, HexError> {
	let digits = digits(text)?;
	match digits.as_bytes() {
		[] => return Err(HexError::EmptyNumber),
		[b'0', _, ..] => return Err(HexError::LeadingZero),
		_ => {},
	}
	if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
		return Err(HexError::Syntax);
	}
	let number = U256::from_str_radix(digits, 16).map_err(|_| HexError::TooLarge(bits))?;
	match number.bit_len() <= bits {
		true => Ok(number),
		false => Err(HexError::TooLarge(bits)),
	}
}

/// A number of 64 bits.
pub(crate) fn parse_u64(text: &str) -> Result<u64, HexError> {
	let number = parse_number(text, 64)?;
	u64::try_from(number).map_err(|_| HexError::TooLarge(64))
}

/// Bytes, two digits each.
pub(crate) fn parse_bytes(text: &str) -> Result<Vec<u8>, HexError> {
	let digits = digits(text)?;
	match digits.len() % 2 {
		0 => hex::decode(digits).map_err(|_| HexError::Syntax),
		_ => Err(HexError::OddLength),
	}
}

/// Exactly `N` bytes.
pub(crate) fn parse_fixed<const N: usize>(text: &str) -> Result<[u8; N], HexError> {
	let digits = digits(text)?;
	let wrong = HexError::Length { have: digits.len(), want: N.saturating_mul(2) };
	if digits.len() != N.saturating_mul(2) {
		return Err(wrong);
	}
	parse_bytes(text)?.try_into().map_err(|_| wrong)
}

/// At most 32 bytes, padded on the left, as geth reads the key of a slot.
fn parse_slot(text: &str) -> Result<H256, HexError> {
	let digits = digits(text)?;
	if digits.len() > 64 {
		return Err(HexError::Length { have: digits.len(), want: 64 });
	}
	parse_fixed(&format!("0x{digits:0>64}")).map(H256)
}

macro_rules! text {
	($(#[$doc:meta])* $name:ident($inner:ty), $parse:expr) => {
		$(#[$doc])*
		#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
		pub struct $name(pub $inner);

		impl std::str::FromStr for $name {
			type Err = HexError;

			fn from_str(text: &str) -> Result<Self, HexError> {
				$parse(text).map(Self)
			}
		}

		impl<'de> Deserialize<'de> for $name {
			fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
				let text = Text::deserialize(from)?;
				text.0.parse().map_err(D::Error::custom)
			}
		}
	};
}

/// A string, whichever way the format hands it over.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
	fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
		struct Visitor;
		impl serde::de::Visitor<'_> for Visitor {
			type Value = Text;
			fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
				to.write_str("a hex string")
			}
			fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
				Ok(Text(text.into()))
			}
		}
		from.deserialize_str(Visitor)
	}
}

text! {
	/// A number of up to 64 bits: `0x` and hexadecimal digits without leading zeros.
	Quantity(u64), parse_u64
}
text! {
	/// A number of up to 256 bits.
	Quantity256(U256), |text: &str| parse_number(text, 256)
}
text! {
	/// Bytes.
	HexBytes(Vec<u8>), parse_bytes
}
text! {
	/// A hash: exactly 32 bytes.
	Hash(H256), |text: &str| parse_fixed(text).map(H256)
}
text! {
	/// An address: exactly 20 bytes. A checksum in its letters is not looked at, as geth doesn't.
	AddressParam(H160), |text: &str| parse_fixed(text).map(H160)
}
text! {
	/// The key of a slot: up to 32 bytes, padded on the left.
	SlotParam(H256), parse_slot
}

/// A number in hexadecimal or decimal, as a text or bare: what geth takes for `blockCount` and block
/// overrides of old clients.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LooseQuantity(pub u64);

impl<'de> Deserialize<'de> for LooseQuantity {
	fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
		#[derive(Deserialize)]
		#[serde(untagged)]
		enum Either {
			Number(u64),
			Text(String),
		}
		match Either::deserialize(from)? {
			Either::Number(number) => Ok(Self(number)),
			Either::Text(text) => {
				text.parse().or_else(|_| parse_u64(&text)).map(Self).map_err(|_| {
					D::Error::custom(format!("invalid hex or decimal integer {text:?}"))
				})
			},
		}
	}
}
