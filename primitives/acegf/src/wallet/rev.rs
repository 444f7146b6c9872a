// SPDX-License-Identifier: Apache-2.0
//! The secret of an identity.

use core::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Root entropy value: the 32 bytes from which everything of an identity grows.
///
/// It never leaves the wallet. People keep it as a phrase, see [`Rev::from_phrase`]. It is wiped when
/// dropped, and its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Rev([u8; 32]);

impl Rev {
	/// A new secret from the operating system's random numbers.
	///
	/// # Errors
	/// [`RngError`]: the operating system gives none.
	pub fn generate() -> Result<Self, RngError> {
		let mut bytes = Zeroizing::new([0; 32]);
		getrandom::fill(&mut *bytes).map_err(RngError)?;
		Ok(Self(*bytes))
	}

	/// The secret with these bytes. The caller's copy stays where it is.
	pub const fn new(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes, for derivations.
	pub const fn expose(&self) -> &[u8; 32] {
		&self.0
	}
}

impl fmt::Debug for Rev {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Rev(..)")
	}
}

/// The operating system gives no random numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RngError(getrandom::Error);

impl fmt::Display for RngError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "the operating system gives no random numbers: {}", self.0)
	}
}

impl core::error::Error for RngError {}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_new_secret_is_another() {
		let (a, b) = (Rev::generate().unwrap(), Rev::generate().unwrap());
		assert_ne!(a, b);
		assert_ne!(a.expose(), &[0; 32]);
	}

	#[test]
	fn a_secret_shows_nothing_of_itself() {
		assert_eq!(format!("{:?}", Rev::new([0xab; 32])), "Rev(..)");
		let text = super::super::SecretText::from("abandon".to_owned());
		assert_eq!(format!("{text:?}"), "SecretText(..)");
	}

	#[test]
	fn wiping_leaves_zeros() {
		let mut rev = Rev::new([0xab; 32]);
		rev.zeroize();
		assert_eq!(rev.expose(), &[0; 32]);
	}
}
