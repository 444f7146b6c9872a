// SPDX-License-Identifier: Apache-2.0
//! ML-DSA-44, the smallest of the post-quantum signatures of [FIPS 204].
//!
//! "Pure" mode: the message is not hashed before, and a context string of at most 255 bytes keeps
//! the signatures of one use apart from those of another.
//!
//! [FIPS 204]: https://csrc.nist.gov/pubs/fips/204/final

use ml_dsa::{EncodedSignature, EncodedVerifyingKey, MlDsa44, Signature, VerifyingKey};

use crate::SignatureError;

#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "sign")]
pub use sign::SigningKey;

/// Length of a public key, in bytes.
pub const PUBLIC_KEY_BYTES: usize = 1312;
/// Length of a signature, in bytes.
pub const SIGNATURE_BYTES: usize = 2420;
/// Longest context string, in bytes.
pub const CONTEXT_BYTES_MAX: usize = 255;

/// Verifies a signature over `message` in `context` (algorithm 3 of FIPS 204).
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`]: not 1312 bytes (every 1312 bytes are a key).
/// [`SignatureError::MalformedSignature`]: not 2420 bytes, a coefficient out of range, or hints not
/// in order. [`SignatureError::ContextTooLong`], and [`SignatureError::Mismatch`].
pub fn verify(
	public_key: &[u8],
	message: &[u8],
	context: &[u8],
	signature: &[u8],
) -> Result<(), SignatureError> {
	if context.len() > CONTEXT_BYTES_MAX {
		return Err(SignatureError::ContextTooLong);
	}
	// The signature first: to expand the key is most of the work.
	let signature = parse_signature(signature)?;
	match parse_public_key(public_key)?.verify_with_context(message, context, &signature) {
		true => Ok(()),
		false => Err(SignatureError::Mismatch),
	}
}

fn parse_public_key(bytes: &[u8]) -> Result<VerifyingKey<MlDsa44>, SignatureError> {
	EncodedVerifyingKey::<MlDsa44>::try_from(bytes)
		.map(|encoded| VerifyingKey::decode(&encoded))
		.map_err(|_| SignatureError::InvalidPublicKey)
}

fn parse_signature(bytes: &[u8]) -> Result<Signature<MlDsa44>, SignatureError> {
	EncodedSignature::<MlDsa44>::try_from(bytes)
		.ok()
		.and_then(|encoded| Signature::decode(&encoded))
		.ok_or(SignatureError::MalformedSignature)
}
