// SPDX-License-Identifier: Apache-2.0
//! Schnorr signatures over secp256k1, as Bitcoin's Taproot has them ([BIP-340]).
//!
//! [BIP-340]: https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki

use k256::schnorr::{Signature, VerifyingKey};

use crate::SignatureError;

/// Verifies a signature over `message`, of any length, with a key of which only the x coordinate is
/// known.
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`]: no x coordinate of the curve.
/// [`SignatureError::MalformedSignature`]: the first half is not below the prime of the field, or the
/// second one is zero or not below the order. [`SignatureError::Mismatch`]: everything else.
pub fn verify(
	public_key: &[u8; 32],
	message: &[u8],
	signature: &[u8; 64],
) -> Result<(), SignatureError> {
	let key = VerifyingKey::from_bytes(public_key).map_err(|_| SignatureError::InvalidPublicKey)?;
	let signature =
		Signature::try_from(&signature[..]).map_err(|_| SignatureError::MalformedSignature)?;
	key.verify_raw(message, &signature).map_err(|_| SignatureError::Mismatch)
}
