// SPDX-License-Identifier: Apache-2.0
//! Amounts of the ledger.

use alloc::string::String;
use codec::{Compact, CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// An amount of one asset in its base units (the native coin has 10¹⁸ of them).
///
/// Which asset is meant stands beside it; what it never is, is a number of some VM's own units.
///
/// Text form: decimal digits. JSON form: a string of decimal digits, because a JSON number loses
/// precision above 2⁵³ in most readers; small whole numbers are read as well.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
)]
pub struct LedgerAmount(u128);

impl LedgerAmount {
	/// Nothing.
	pub const ZERO: Self = Self(0);
	/// The largest amount there can be. As an allowance it means "unlimited".
	pub const MAX: Self = Self(u128::MAX);

	/// An amount of `base_units`.
	pub const fn new(base_units: u128) -> Self {
		Self(base_units)
	}

	/// The number of base units.
	pub const fn get(self) -> u128 {
		self.0
	}

	/// Whether this is nothing.
	pub const fn is_zero(self) -> bool {
		self.0 == 0
	}

	/// The sum; `None` where it would not fit 128 bits.
	#[must_use]
	pub const fn checked_add(self, other: Self) -> Option<Self> {
		match self.0.checked_add(other.0) {
			Some(sum) => Some(Self(sum)),
			None => None,
		}
	}

	/// What is left after `other` is taken away; `None` where there is less than that.
	#[must_use]
	pub const fn checked_sub(self, other: Self) -> Option<Self> {
		match self.0.checked_sub(other.0) {
			Some(rest) => Some(Self(rest)),
			None => None,
		}
	}
}

impl From<u128> for LedgerAmount {
	fn from(base_units: u128) -> Self {
		Self(base_units)
	}
}

impl From<LedgerAmount> for u128 {
	fn from(amount: LedgerAmount) -> Self {
		amount.0
	}
}

// In the metadata an amount is the plain integer that wallets know how to show.
impl TypeInfo for LedgerAmount {
	type Identity = u128;

	fn type_info() -> scale_info::Type {
		u128::type_info()
	}
}

impl CompactAs for LedgerAmount {
	type As = u128;

	fn encode_as(&self) -> &u128 {
		&self.0
	}

	fn decode_from(base_units: u128) -> Result<Self, codec::Error> {
		Ok(Self(base_units))
	}
}

impl From<Compact<LedgerAmount>> for LedgerAmount {
	fn from(compact: Compact<LedgerAmount>) -> Self {
		compact.0
	}
}

impl fmt::Display for LedgerAmount {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.0, f)
	}
}

impl fmt::Debug for LedgerAmount {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.0, f)
	}
}

/// Why a text is not an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseAmountError {
	/// The text has no digits, or other characters than digits.
	NotANumber,
	/// The number does not fit 128 bits.
	TooLarge,
}

impl fmt::Display for ParseAmountError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NotANumber => f.write_str(
				"an amount is a whole number of base units, written in decimal digits only",
			),
			Self::TooLarge => {
				write!(f, "an amount can be {} base units at most", u128::MAX)
			},
		}
	}
}

impl core::error::Error for ParseAmountError {}

impl FromStr for LedgerAmount {
	type Err = ParseAmountError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		// The standard parser also takes a sign.
		if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
			return Err(ParseAmountError::NotANumber);
		}
		text.parse().map(Self).map_err(|_| ParseAmountError::TooLarge)
	}
}

impl serde::Serialize for LedgerAmount {
	fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> serde::Deserialize<'de> for LedgerAmount {
	fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		#[derive(serde::Deserialize)]
		#[serde(untagged)]
		enum Form {
			Number(u64),
			Text(String),
		}
		match Form::deserialize(deserializer)? {
			Form::Number(number) => Ok(Self(number.into())),
			Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;
	use proptest::prelude::*;

	#[test]
	fn an_amount_is_a_u128_in_the_metadata() {
		assert_eq!(
			scale_info::MetaType::new::<LedgerAmount>(),
			scale_info::MetaType::new::<u128>()
		);
	}

	#[test]
	fn wrong_texts_are_refused() {
		for text in ["", "-1", "+1", " 1", "1_000", "0x10", "1.5", "１"] {
			assert_eq!(text.parse::<LedgerAmount>(), Err(ParseAmountError::NotANumber), "{text}");
		}
		let too_large = "340282366920938463463374607431768211456";
		assert_eq!(too_large.parse::<LedgerAmount>(), Err(ParseAmountError::TooLarge));
		assert_eq!(
			"340282366920938463463374607431768211455".parse::<LedgerAmount>(),
			Ok(LedgerAmount::MAX)
		);
	}

	#[test]
	fn json_reads_strings_and_small_numbers_and_nothing_else() {
		let read = |json: &str| serde_json::from_str::<LedgerAmount>(json);
		assert_eq!(read("7").expect("a number"), LedgerAmount::new(7));
		assert_eq!(read("\"7\"").expect("a string"), LedgerAmount::new(7));
		for wrong in ["-7", "7.0", "\"\"", "\"x\"", "null", "1e40"] {
			assert!(read(wrong).is_err(), "{wrong}");
		}
	}

	proptest! {
		#[test]
		fn arithmetic_is_that_of_u128_or_nothing(a: u128, b: u128) {
			let (x, y) = (LedgerAmount::new(a), LedgerAmount::new(b));
			prop_assert_eq!(x.checked_add(y).map(u128::from), a.checked_add(b));
			prop_assert_eq!(x.checked_sub(y).map(u128::from), a.checked_sub(b));
			prop_assert_eq!(x < y, a < b);
		}

		#[test]
		fn codec_text_and_json_round_trip(n: u128) {
			let amount = LedgerAmount::new(n);
			prop_assert_eq!(amount.encode(), n.encode());
			prop_assert_eq!(LedgerAmount::decode(&mut &amount.encode()[..]), Ok(amount));
			let compact = Compact(amount).encode();
			prop_assert_eq!(&compact, &Compact(n).encode());
			prop_assert_eq!(Compact::<LedgerAmount>::decode(&mut &compact[..]), Ok(Compact(amount)));
			prop_assert_eq!(amount.to_string().parse(), Ok(amount));
			let json = serde_json::to_value(amount).expect("writes");
			prop_assert_eq!(serde_json::from_value::<LedgerAmount>(json).expect("reads"), amount);
		}
	}
}
