// SPDX-License-Identifier: Apache-2.0
//! Signatures over secp256k1, and who made them.

use alloy_primitives::{Address, B256, U256};
use unum_signature::{
	schemes::secp256k1::{recover, EcdsaSignature, RecoveryId},
	SignatureError,
};

/// The signature of a transaction, as it stands in its bytes. Whether anybody made it is known after
/// [`RawTransaction::verify`](crate::RawTransaction::verify).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature {
	/// Which of the two points with the x coordinate `r` is meant: whether its y is odd.
	pub y_parity: bool,
	/// First half.
	pub r: U256,
	/// Second half.
	pub s: U256,
}

/// The account whose key signed `hash`.
///
/// # Errors
/// As [`EcdsaSignature::from_compact`], [`RecoveryId::from_parity`] and [`recover`].
pub(crate) fn recover_signer(
	hash: &B256,
	y_parity: u8,
	r: U256,
	s: U256,
) -> Result<Address, SignatureError> {
	let signature = EcdsaSignature::from_compact(&join(r, s))?;
	let key = recover(&hash.0, &signature, RecoveryId::from_parity(y_parity)?)?;
	Ok(Address::new(key.address_20()))
}

/// [`recover_signer`], by other means: `recover` gives x and y of the key's point for a hash, `r ‖ s` and
/// the parity.
///
/// # Errors
/// As [`recover_signer`].
pub(crate) fn recover_signer_with(
	hash: &B256,
	signature: Signature,
	recover: impl FnOnce(&[u8; 32], &[u8; 64], u8) -> Option<[u8; 64]>,
) -> Result<Address, SignatureError> {
	let bytes = join(signature.r, signature.s);
	EcdsaSignature::from_compact(&bytes)?;
	let key =
		recover(&hash.0, &bytes, signature.y_parity.into()).ok_or(SignatureError::Mismatch)?;
	Ok(Address::from_raw_public_key(&key))
}

/// `r ‖ s`, big-endian.
fn join(r: U256, s: U256) -> [u8; 64] {
	let (r, s) = (r.to_be_bytes::<32>(), s.to_be_bytes::<32>());
	let mut bytes = [0; 64];
	bytes.iter_mut().zip(r.iter().chain(&s)).for_each(|(to, from)| *to = *from);
	bytes
}
