// SPDX-License-Identifier: Apache-2.0
//! The text form that 32-byte identifiers share: `0x` and 64 hexadecimal digits.

use core::fmt;

/// Digits in the text form, `0x` not counted.
const DIGITS: usize = 64;

/// Why a text is not a 32-byte identifier in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseHexError {
	/// The text does not begin with `0x`.
	MissingPrefix,
	/// The text has more or fewer than 64 digits.
	WrongLength {
		/// How many characters follow the `0x`.
		found: usize,
	},
	/// A character is no hexadecimal digit.
	InvalidDigit {
		/// The character.
		found: char,
	},
}

impl fmt::Display for ParseHexError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::MissingPrefix => f.write_str("expected 0x and 64 hexadecimal digits"),
			Self::WrongLength { found } => {
				write!(f, "expected 64 hexadecimal digits after 0x, found {found} characters")
			},
			Self::InvalidDigit { found } => {
				write!(f, "{found:?} is not a hexadecimal digit")
			},
		}
	}
}

impl core::error::Error for ParseHexError {}

/// Writes `0x` and the digits in lower case.
pub(crate) fn write_hex(bytes: &[u8; 32], f: &mut fmt::Formatter<'_>) -> fmt::Result {
	f.write_str("0x")?;
	bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Reads what [`write_hex`] writes; digits of either case.
pub(crate) fn parse_hex(text: &str) -> Result<[u8; 32], ParseHexError> {
	let digits = text.strip_prefix("0x").ok_or(ParseHexError::MissingPrefix)?;
	if let Some(found) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
		return Err(ParseHexError::InvalidDigit { found });
	}
	if digits.len() != DIGITS {
		return Err(ParseHexError::WrongLength { found: digits.len() });
	}
	let mut bytes = [0; 32];
	for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
		*byte = pair.iter().fold(0, |value, digit| (value << 4) | nibble(*digit));
	}
	Ok(bytes)
}

/// The value of one hexadecimal digit; 0 for anything else, which the caller has excluded.
fn nibble(digit: u8) -> u8 {
	match digit {
		b'0'..=b'9' => digit.wrapping_sub(b'0'),
		b'a'..=b'f' => digit.wrapping_sub(b'a').wrapping_add(10),
		b'A'..=b'F' => digit.wrapping_sub(b'A').wrapping_add(10),
		_ => 0,
	}
}

/// Gives a newtype over `[u8; 32]` its text form in `Display`, `Debug`, `FromStr` and serde.
macro_rules! hex_text {
	($name:ident) => {
		impl core::fmt::Display for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				$crate::text::write_hex(&self.0, f)
			}
		}

		impl core::fmt::Debug for $name {
			fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
				core::fmt::Display::fmt(self, f)
			}
		}

		impl core::str::FromStr for $name {
			type Err = $crate::ParseHexError;

			fn from_str(text: &str) -> Result<Self, Self::Err> {
				$crate::text::parse_hex(text).map(Self)
			}
		}

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

pub(crate) use hex_text;

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::{String, ToString};

	fn refused(text: &str) -> ParseHexError {
		parse_hex(text).expect_err("the text is wrong")
	}

	#[test]
	fn wrong_texts_are_refused_with_their_reason() {
		let digits = "ab".repeat(32);
		assert_eq!(refused(&digits), ParseHexError::MissingPrefix);
		assert_eq!(refused(""), ParseHexError::MissingPrefix);
		assert_eq!(refused("0X00"), ParseHexError::MissingPrefix);
		assert_eq!(refused("0x"), ParseHexError::WrongLength { found: 0 });
		assert_eq!(refused("0xabc"), ParseHexError::WrongLength { found: 3 });
		assert_eq!(
			refused(&["0x", &digits, "0"].concat()),
			ParseHexError::WrongLength { found: 65 }
		);
		assert_eq!(
			refused(&["0x", &digits[..62], "é"].concat()),
			ParseHexError::InvalidDigit { found: 'é' }
		);
		assert_eq!(
			refused(&["0x", &digits[..63], "g"].concat()),
			ParseHexError::InvalidDigit { found: 'g' }
		);
	}

	#[test]
	fn digits_of_either_case_are_read() {
		let upper: String = ["0x", &"AB".repeat(32)].concat();
		assert_eq!(parse_hex(&upper), Ok([0xab; 32]));
		assert_eq!(parse_hex(&upper.to_lowercase()), Ok([0xab; 32]));
	}

	#[test]
	fn errors_are_sentences() {
		assert_eq!(
			refused("0xabc").to_string(),
			"expected 64 hexadecimal digits after 0x, found 3 characters"
		);
		assert_eq!(refused("0xg").to_string(), "'g' is not a hexadecimal digit");
	}
}
