// SPDX-License-Identifier: Apache-2.0
//! Numbers, bytes and names as the files write them.

use std::{fmt, str::FromStr};

use revm::primitives::{Bytes, B256, U256};
use serde::{
	de::{Error, Visitor},
	Deserialize, Deserializer,
};

/// A number that some test may have made too large for its field on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Quantity(Option<U256>);

impl Quantity {
	pub(crate) const fn to_u256(self) -> Option<U256> {
		self.0
	}

	pub(crate) fn to_u128(self) -> Option<u128> {
		self.0.and_then(|number| number.try_into().ok())
	}

	pub(crate) fn to_u64(self) -> Option<u64> {
		self.0.and_then(|number| number.try_into().ok())
	}

	pub(crate) fn to_b256(self) -> Option<B256> {
		self.0.map(B256::from)
	}
}

impl FromStr for Quantity {
	type Err = String;

	/// Reads `0x10`, `16`, `0x` (zero), and `0x:bigint 0x10`, which is how numbers over 256 bits are
	/// marked.
	fn from_str(text: &str) -> Result<Self, String> {
		let number = text.strip_prefix("0x:bigint ").unwrap_or(text);
		let (digits, radix) = match number.strip_prefix("0x") {
			Some(digits) => (digits, 16),
			None => (number, 10),
		};
		if !digits.chars().all(|digit| digit.is_digit(radix)) {
			return Err(format!("`{text}` is no number"));
		}
		if digits.is_empty() {
			return Ok(Self(Some(U256::ZERO)));
		}
		let radix = u64::from(radix);
		Ok(Self(U256::from_str_radix(digits, radix).ok()))
	}
}

struct QuantityVisitor;

impl Visitor<'_> for QuantityVisitor {
	type Value = Quantity;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a number, or its digits as a string")
	}

	fn visit_u64<E: Error>(self, number: u64) -> Result<Quantity, E> {
		Ok(Quantity(Some(U256::from(number))))
	}

	fn visit_str<E: Error>(self, text: &str) -> Result<Quantity, E> {
		text.parse().map_err(E::custom)
	}
}

impl<'de> Deserialize<'de> for Quantity {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(QuantityVisitor)
	}
}

// Keys of objects are strings.
impl PartialOrd for Quantity {
	fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
		Some(self.cmp(other))
	}
}

impl Ord for Quantity {
	fn cmp(&self, other: &Self) -> std::cmp::Ordering {
		self.0.cmp(&other.0)
	}
}

/// Bytes in hexadecimal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Data(pub(crate) Bytes);

impl<'de> Deserialize<'de> for Data {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(&text));
		bytes.map(|bytes| Self(bytes.into())).map_err(D::Error::custom)
	}
}

/// Whatever reads itself from a string: addresses and hashes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Text<T>(pub(crate) T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Text<T> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		text.parse().map(Self).map_err(D::Error::custom)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn number(text: &str) -> Option<U256> {
		text.parse::<Quantity>().unwrap().to_u256()
	}

	#[test]
	fn numbers_are_read_as_files_write_them() {
		assert_eq!(number("0x10"), Some(U256::from(16)));
		assert_eq!(number("0x0010"), Some(U256::from(16)));
		assert_eq!(number("16"), Some(U256::from(16)));
		assert_eq!(number("0x"), Some(U256::ZERO));
		assert_eq!(number(&format!("0x{}", "f".repeat(64))), Some(U256::MAX));
	}

	#[test]
	fn a_number_over_256_bits_is_one_but_has_no_value() {
		assert_eq!(number(&format!("0x1{}", "0".repeat(64))), None);
		assert_eq!(number(&format!("0x:bigint 0x1{}", "0".repeat(64))), None);
	}

	#[test]
	fn what_is_no_number_is_refused() {
		for text in ["0xg", "a", "-1", "0x-1", "0x1_0"] {
			assert!(text.parse::<Quantity>().is_err(), "{text}");
		}
	}
}
