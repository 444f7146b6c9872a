// SPDX-License-Identifier: Apache-2.0
//! How many of an amount's digits stand behind the point.

use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// How many digits of an amount stand behind the decimal point: 0 to 18.
///
/// # Invariants
/// At most [`Decimals::MAX`]; the constructor, the decoder and the JSON reader all check it. So
/// ten to this power fits 64 bits.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[serde(try_from = "u8", into = "u8")]
pub struct Decimals(u8);

/// More decimals than the ledger allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooManyDecimalsError {
	/// The number that was asked for.
	pub found: u8,
}

impl fmt::Display for TooManyDecimalsError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} decimals: {} are possible at most", self.found, Decimals::MAX)
	}
}

impl core::error::Error for TooManyDecimalsError {}

impl Decimals {
	/// As many as the native coin has, and as most ERC-20 tokens have: twenty digits of a 128-bit
	/// amount stay in front of the point.
	pub const MAX: Self = Self(18);

	/// Checks a number of decimals.
	///
	/// # Errors
	/// [`TooManyDecimalsError`] above 18.
	pub const fn new(decimals: u8) -> Result<Self, TooManyDecimalsError> {
		if decimals > Self::MAX.0 {
			return Err(TooManyDecimalsError { found: decimals });
		}
		Ok(Self(decimals))
	}

	/// The number.
	pub const fn get(self) -> u8 {
		self.0
	}
}

impl TryFrom<u8> for Decimals {
	type Error = TooManyDecimalsError;

	fn try_from(decimals: u8) -> Result<Self, Self::Error> {
		Self::new(decimals)
	}
}

impl From<Decimals> for u8 {
	fn from(decimals: Decimals) -> Self {
		decimals.0
	}
}

impl Decode for Decimals {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		Self::new(u8::decode(input)?).map_err(|_| "more than 18 decimals".into())
	}
}

impl DecodeWithMemTracking for Decimals {}

impl fmt::Display for Decimals {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.0, f)
	}
}

impl fmt::Debug for Decimals {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&self.0, f)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn zero_to_eighteen_and_no_more_wherever_they_come_from() {
		for n in 0..=u8::MAX {
			let expected = (n <= 18).then_some(n);
			assert_eq!(Decimals::new(n).ok().map(u8::from), expected);
			assert_eq!(Decimals::decode(&mut &[n][..]).ok().map(u8::from), expected);
			let json = serde_json::from_str::<Decimals>(&n.to_string());
			assert_eq!(json.ok().map(u8::from), expected);
		}
	}

	#[test]
	fn the_error_says_what_is_possible() {
		let error = Decimals::new(19).expect_err("too many");
		assert_eq!(error.to_string(), "19 decimals: 18 are possible at most");
	}
}
