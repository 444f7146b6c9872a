// SPDX-License-Identifier: Apache-2.0
//! Sr25519: Schnorr signatures over Ristretto, as Substrate wallets make them.

use schnorrkel::{PublicKey, Signature};

use crate::SignatureError;

/// What Substrate puts into every transcript.
const CONTEXT: &[u8] = b"substrate";

/// The encoding of the group's identity, for which anybody can sign.
const IDENTITY: [u8; 32] = [0; 32];

/// Checks that `public_key` is one with which somebody, and not anybody, can sign.
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`]: no element of the group, or its identity.
pub fn check_public_key(public_key: &[u8; 32]) -> Result<(), SignatureError> {
	parse_public_key(public_key).map(|_| ())
}

/// Verifies a signature over `message` in the context `substrate`.
///
/// # Errors
/// [`SignatureError::InvalidPublicKey`] as in [`check_public_key`],
/// [`SignatureError::MalformedSignature`] without the mark of schnorrkel in the highest bit or with
/// an `s` that is not reduced, and [`SignatureError::Mismatch`].
pub fn verify(
	public_key: &[u8; 32],
	message: &[u8],
	signature: &[u8; 64],
) -> Result<(), SignatureError> {
	let key = parse_public_key(public_key)?;
	let signature =
		Signature::from_bytes(signature).map_err(|_| SignatureError::MalformedSignature)?;
	key.verify_simple(CONTEXT, message, &signature).map_err(|_| SignatureError::Mismatch)
}

fn parse_public_key(bytes: &[u8; 32]) -> Result<PublicKey, SignatureError> {
	PublicKey::from_bytes(bytes)
		.ok()
		.filter(|_| *bytes != IDENTITY)
		.ok_or(SignatureError::InvalidPublicKey)
}
