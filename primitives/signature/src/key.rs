// SPDX-License-Identifier: Apache-2.0
//! Keys of any scheme that may act for an identity.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};
use sp_crypto_hashing::blake2_256;
use unum_id_com::{tagged_sha256, Domain};

use crate::{
	schemes::{
		ed25519, ml_dsa_44,
		secp256k1::{recover_65, PublicKey, RecoveryByte},
		sr25519,
	},
	SignatureError,
};

/// The context string of every ML-DSA-44 signature of an [`AuthKey`].
pub const ML_DSA_44_CONTEXT: &[u8] = b"unum";

/// A key that may act for an identity.
///
/// Any 32 or 33 bytes decode; [`check`](Self::check) says whether somebody can sign with them.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub enum AuthKey {
	/// Schnorr over Ristretto, the usual key of Substrate wallets, in the context `substrate`.
	#[codec(index = 1)]
	Sr25519([u8; 32]),
	/// Ed25519.
	#[codec(index = 2)]
	Ed25519([u8; 32]),
	/// ECDSA over secp256k1, as Substrate wallets sign with it: the compressed public key, and
	/// signatures over the BLAKE2b-256 hash of the message.
	#[codec(index = 3)]
	Secp256k1([u8; 33]),
	/// ML-DSA-44: the commitment to the public key, `SHA-256("ace-mldsa44:v1" ‖ public key)`.
	#[codec(index = 4)]
	MlDsa44([u8; 32]),
}

/// A signature of an [`AuthKey`].
///
/// The lists of ML-DSA-44 have bounds and not fixed lengths, because the wallets' library does not
/// read an array of more than 2048 elements; a list of another length is refused when it is
/// verified.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub enum AuthSignature {
	/// `R ‖ s`.
	#[codec(index = 1)]
	Sr25519([u8; 64]),
	/// `R ‖ s`.
	#[codec(index = 2)]
	Ed25519([u8; 64]),
	/// `r ‖ s ‖ v` with a low `s` and `v` 0 or 1.
	#[codec(index = 3)]
	Secp256k1([u8; 65]),
	/// The public key, which the commitment hides until it signs, and the signature.
	#[codec(index = 4)]
	MlDsa44 {
		/// 1312 bytes.
		public_key: BoundedVec<u8, ConstU32<1312>>,
		/// 2420 bytes, made with the context string `unum`.
		signature: BoundedVec<u8, ConstU32<2420>>,
	},
}

impl AuthKey {
	/// The key that stands for an ML-DSA-44 public key.
	///
	/// # Errors
	/// [`SignatureError::InvalidPublicKey`]: not 1312 bytes.
	pub fn of_ml_dsa_44(public_key: &[u8]) -> Result<Self, SignatureError> {
		match public_key.len() {
			ml_dsa_44::PUBLIC_KEY_BYTES => Ok(Self::MlDsa44(commitment(public_key))),
			_ => Err(SignatureError::InvalidPublicKey),
		}
	}

	/// Checks that somebody, and not anybody, can sign with this key. Every commitment passes: what
	/// it hides is checked when it signs.
	///
	/// # Errors
	/// [`SignatureError::InvalidPublicKey`].
	pub fn check(&self) -> Result<(), SignatureError> {
		match self {
			Self::Sr25519(key) => sr25519::check_public_key(key),
			Self::Ed25519(key) => ed25519::check_public_key(key),
			Self::Secp256k1(key) => PublicKey::from_compressed(key).map(|_| ()),
			Self::MlDsa44(_) => Ok(()),
		}
	}

	/// Verifies that `signature` is of this key over `message`.
	///
	/// # Errors
	/// [`SignatureError::WrongScheme`]; [`SignatureError::InvalidPublicKey`] for a key that does not
	/// pass [`check`](Self::check); [`SignatureError::ForeignPublicKey`] for an ML-DSA-44 key that is
	/// not the committed one; else what the scheme says.
	pub fn verify(&self, message: &[u8], signature: &AuthSignature) -> Result<(), SignatureError> {
		match (self, signature) {
			(Self::Sr25519(key), AuthSignature::Sr25519(signature)) => {
				sr25519::verify(key, message, signature)
			},
			(Self::Ed25519(key), AuthSignature::Ed25519(signature)) => {
				ed25519::verify(key, message, signature)
			},
			(Self::Secp256k1(key), AuthSignature::Secp256k1(signature)) => {
				verify_secp256k1(key, message, signature)
			},
			(Self::MlDsa44(committed), AuthSignature::MlDsa44 { public_key, signature }) => {
				require_committed(committed, public_key)?;
				ml_dsa_44::verify(public_key, message, ML_DSA_44_CONTEXT, signature)
			},
			_ => Err(SignatureError::WrongScheme),
		}
	}
}

fn commitment(public_key: &[u8]) -> [u8; 32] {
	tagged_sha256(Domain::ML_DSA_44, &[public_key])
}

fn require_committed(committed: &[u8; 32], public_key: &[u8]) -> Result<(), SignatureError> {
	match commitment(public_key) == *committed {
		true => Ok(()),
		false => Err(SignatureError::ForeignPublicKey),
	}
}

/// The key is recovered and compared, so that the recovery byte is covered, too.
fn verify_secp256k1(
	key: &[u8; 33],
	message: &[u8],
	signature: &[u8; 65],
) -> Result<(), SignatureError> {
	let key = PublicKey::from_compressed(key)?;
	match recover_65(&blake2_256(message), signature, RecoveryByte::FromZero)? == key {
		true => Ok(()),
		false => Err(SignatureError::Mismatch),
	}
}
