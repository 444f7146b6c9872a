// SPDX-License-Identifier: Apache-2.0
//! A text that must not be seen.

use core::fmt;
use zeroize::Zeroizing;

/// A phrase, or a private key in the notation of some wallet.
///
/// It is wiped when dropped, has no `Display`, and its `Debug` is the same for all.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
	/// Takes a text over; copies of it that exist elsewhere stay there.
	pub fn new(text: String) -> Self {
		Self(Zeroizing::new(text))
	}

	/// The text, for the one place that shows it to its owner.
	pub fn expose(&self) -> &str {
		&self.0
	}
}

impl fmt::Debug for SecretText {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("SecretText(..)")
	}
}

impl From<String> for SecretText {
	fn from(text: String) -> Self {
		Self::new(text)
	}
}
