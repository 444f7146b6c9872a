// SPDX-License-Identifier: Apache-2.0
//! ECDSA over secp256k1, as Ethereum, Tron and Bitcoin before Taproot have it.

use k256::ecdsa::{
	signature::hazmat::PrehashVerifier, RecoveryId as Recovery, Signature, VerifyingKey,
};

use crate::{
	hash::{hash160, keccak256, last_20},
	SignatureError,
};

/// A public key: a point of the curve, never the one at infinity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey(VerifyingKey);

#[cfg(feature = "sign")]
impl From<VerifyingKey> for PublicKey {
	fn from(key: VerifyingKey) -> Self {
		Self(key)
	}
}

impl PublicKey {
	/// Reads a key of 33 bytes: 02 or 03 and the x coordinate.
	///
	/// # Errors
	/// [`SignatureError::InvalidPublicKey`].
	pub fn from_compressed(bytes: &[u8; 33]) -> Result<Self, SignatureError> {
		match bytes {
			[0x02 | 0x03, ..] => Self::from_sec1(bytes),
			_ => Err(SignatureError::InvalidPublicKey),
		}
	}

	/// Reads a key of 65 bytes: 04 and both coordinates. The hybrid forms 06 and 07 are refused.
	///
	/// # Errors
	/// [`SignatureError::InvalidPublicKey`].
	pub fn from_uncompressed(bytes: &[u8; 65]) -> Result<Self, SignatureError> {
		match bytes {
			[0x04, ..] => Self::from_sec1(bytes),
			_ => Err(SignatureError::InvalidPublicKey),
		}
	}

	/// The caller has checked length and first byte: the library knows forms that are no keys here.
	fn from_sec1(bytes: &[u8]) -> Result<Self, SignatureError> {
		VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| SignatureError::InvalidPublicKey)
	}

	/// The form of 33 bytes.
	pub fn to_compressed(&self) -> [u8; 33] {
		let mut bytes = [0; 33];
		write_point(&mut bytes, self.0.to_encoded_point(true).as_bytes());
		bytes
	}

	/// The form of 65 bytes.
	pub fn to_uncompressed(&self) -> [u8; 65] {
		let mut bytes = [0; 65];
		write_point(&mut bytes, self.0.to_encoded_point(false).as_bytes());
		bytes
	}

	/// The 20 bytes that Ethereum and Tron make of this key: the end of the Keccak-256 of both
	/// coordinates.
	pub fn address_20(&self) -> [u8; 20] {
		let [_, coordinates @ ..] = self.to_uncompressed();
		last_20(keccak256(&[&coordinates]))
	}

	/// The 20 bytes that Bitcoin makes of one of the two forms of this key: RIPEMD-160 of SHA-256.
	pub fn hash160(&self, form: KeyForm) -> [u8; 20] {
		match form {
			KeyForm::Compressed => hash160(&self.to_compressed()),
			KeyForm::Uncompressed => hash160(&self.to_uncompressed()),
		}
	}
}

/// Copies an encoded point. Both sides have the same length, as only the point at infinity has
/// another and is no key.
fn write_point(to: &mut [u8], encoded: &[u8]) {
	to.iter_mut().zip(encoded).for_each(|(to, from)| *to = *from);
}

/// Which of its two forms a key was hashed in. Bitcoin's oldest wallets used the long one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyForm {
	/// 33 bytes.
	Compressed,
	/// 65 bytes.
	Uncompressed,
}

/// A well-formed signature: `r` and `s` in `1..n`, `s` in the lower half.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EcdsaSignature(Signature);

impl EcdsaSignature {
	/// Reads `r ‖ s`, big-endian.
	///
	/// # Errors
	/// [`SignatureError::MalformedSignature`] out of range, [`SignatureError::HighS`].
	pub fn from_compact(bytes: &[u8; 64]) -> Result<Self, SignatureError> {
		Self::require_low_s(Signature::from_slice(bytes))
	}

	/// Reads the strict DER form of [BIP-66], without a byte for the signature type behind it.
	///
	/// # Errors
	/// [`SignatureError::MalformedSignature`] also for a number in more bytes than it needs and for
	/// bytes left over; [`SignatureError::HighS`].
	///
	/// [BIP-66]: https://github.com/bitcoin/bips/blob/master/bip-0066.mediawiki
	pub fn from_der(bytes: &[u8]) -> Result<Self, SignatureError> {
		Self::require_low_s(Signature::from_der(bytes))
	}

	fn require_low_s(
		parsed: Result<Signature, k256::ecdsa::Error>,
	) -> Result<Self, SignatureError> {
		let signature = parsed.map_err(|_| SignatureError::MalformedSignature)?;
		match signature.normalize_s() {
			Some(_) => Err(SignatureError::HighS),
			None => Ok(Self(signature)),
		}
	}
}

/// Which of the keys that fit a signature is meant: bit 0 is the parity of `R`, bit 1 says that its x
/// coordinate was above the order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecoveryId(Recovery);

impl RecoveryId {
	/// Reads the number 0 or 1: the parity of the point `R`, as typed transactions of Ethereum and
	/// Substrate write it.
	///
	/// # Errors
	/// [`SignatureError::InvalidRecoveryByte`] for any other number.
	pub const fn from_parity(byte: u8) -> Result<Self, SignatureError> {
		match byte {
			0 | 1 => Self::from_bits(byte),
			_ => Err(SignatureError::InvalidRecoveryByte),
		}
	}

	/// Reads the number 27 or 28, as signed messages of Ethereum and Tron write it.
	///
	/// # Errors
	/// [`SignatureError::InvalidRecoveryByte`] for any other number.
	pub const fn from_27(byte: u8) -> Result<Self, SignatureError> {
		match byte {
			27 | 28 => Self::from_bits(byte.wrapping_sub(27)),
			_ => Err(SignatureError::InvalidRecoveryByte),
		}
	}

	/// Reads both bits, 0 to 3. Only Bitcoin's signed messages may have the upper one.
	///
	/// # Errors
	/// [`SignatureError::InvalidRecoveryByte`] for any other number.
	pub const fn from_bits(bits: u8) -> Result<Self, SignatureError> {
		match Recovery::from_byte(bits) {
			Some(id) => Ok(Self(id)),
			None => Err(SignatureError::InvalidRecoveryByte),
		}
	}
}

/// How the last byte of a signature of 65 bytes counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecoveryByte {
	/// 0 or 1.
	FromZero,
	/// 27 or 28.
	From27,
}

impl RecoveryByte {
	const fn read(self, byte: u8) -> Result<RecoveryId, SignatureError> {
		match self {
			Self::FromZero => RecoveryId::from_parity(byte),
			Self::From27 => RecoveryId::from_27(byte),
		}
	}
}

/// Verifies a signature over a message whose hash is `prehash`.
///
/// # Errors
/// [`SignatureError::Mismatch`].
pub fn verify(
	key: &PublicKey,
	prehash: &[u8; 32],
	signature: &EcdsaSignature,
) -> Result<(), SignatureError> {
	key.0.verify_prehash(prehash, &signature.0).map_err(|_| SignatureError::Mismatch)
}

/// Recovers the key that made a signature over a message whose hash is `prehash`.
///
/// # Errors
/// [`SignatureError::Mismatch`] if there is none: no key makes this signature of any message with
/// this hash.
pub fn recover(
	prehash: &[u8; 32],
	signature: &EcdsaSignature,
	id: RecoveryId,
) -> Result<PublicKey, SignatureError> {
	VerifyingKey::recover_from_prehash(prehash, &signature.0, id.0)
		.map(PublicKey)
		.map_err(|_| SignatureError::Mismatch)
}

/// Recovers the key that made a signature of 65 bytes, `r ‖ s ‖ v`.
///
/// # Errors
/// [`SignatureError::MalformedSignature`], [`SignatureError::HighS`],
/// [`SignatureError::InvalidRecoveryByte`], and [`SignatureError::Mismatch`] as in [`recover`].
pub fn recover_65(
	prehash: &[u8; 32],
	signature: &[u8; 65],
	byte: RecoveryByte,
) -> Result<PublicKey, SignatureError> {
	let (compact, v) = split_65(signature);
	recover(prehash, &EcdsaSignature::from_compact(compact)?, byte.read(v)?)
}

/// Splits `r ‖ s ‖ v`.
fn split_65(bytes: &[u8; 65]) -> (&[u8; 64], u8) {
	let [compact @ .., v] = bytes;
	(compact, *v)
}
