// SPDX-License-Identifier: Apache-2.0
//! The wallet's side of ML-DSA-44.

use core::fmt;
use ml_dsa::{MlDsa44, VerifyingKey};

use super::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES};
use crate::SignatureError;

/// A secret key. Its memory is overwritten when it is dropped.
pub struct SigningKey(ml_dsa::SigningKey<MlDsa44>);

impl SigningKey {
	/// Generates the key of `seed`, the ξ of FIPS 204 (algorithm 6).
	pub fn from_seed(seed: &[u8; 32]) -> Self {
		Self(ml_dsa::SigningKey::from_seed(seed.into()))
	}

	/// The public key.
	pub fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
		let key: &VerifyingKey<MlDsa44> = self.0.as_ref();
		key.encode().into()
	}

	/// Signs `message` in `context`, always with the same result (the deterministic variant of
	/// algorithm 2 of FIPS 204).
	///
	/// # Errors
	/// [`SignatureError::ContextTooLong`].
	pub fn sign(
		&self,
		message: &[u8],
		context: &[u8],
	) -> Result<[u8; SIGNATURE_BYTES], SignatureError> {
		// The other cause, that no attempt of the rejection sampling succeeds, does not occur: the
		// library makes 2^14 attempts, of which each succeeds with a probability of about 1/4.
		self.0
			.expanded_key()
			.sign_deterministic(message, context)
			.map(|signature| signature.encode().into())
			.map_err(|_| SignatureError::ContextTooLong)
	}
}

impl fmt::Debug for SigningKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("SigningKey(secret)")
	}
}
