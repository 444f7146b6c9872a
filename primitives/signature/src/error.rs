// SPDX-License-Identifier: Apache-2.0
//! Why a signature is refused.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// A signature is refused, or a key with which nothing can be signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum SignatureError {
	/// The public key stands for no point of its curve, for a point that nobody can sign for or that
	/// anybody can (of small order), or is not written in the one way that keys are.
	#[codec(index = 0)]
	InvalidPublicKey,
	/// The bytes are no signature: wrong length, a number out of its range, or an encoding that is
	/// not the shortest.
	#[codec(index = 1)]
	MalformedSignature,
	/// The `s` of an ECDSA signature lies in the upper half of its range. Whoever sees a signature
	/// can make this second one of it.
	#[codec(index = 2)]
	HighS,
	/// The byte that says which key to recover has none of its values.
	#[codec(index = 3)]
	InvalidRecoveryByte,
	/// The signature is of another key, or over another message.
	#[codec(index = 4)]
	Mismatch,
	/// The context string of ML-DSA is longer than 255 bytes.
	#[codec(index = 5)]
	ContextTooLong,
	/// The signature is of another scheme than the key.
	#[codec(index = 6)]
	WrongScheme,
	/// The public key that comes with the signature is not the one to which the key commits.
	#[codec(index = 7)]
	ForeignPublicKey,
	/// Messages cannot be signed for a Bitcoin output script of this kind.
	#[codec(index = 8)]
	UnsupportedScript,
	/// The witness has not the items that an output script of this kind asks for.
	#[codec(index = 9)]
	MalformedWitness,
	/// The signature does not cover the whole transaction (`SIGHASH_ALL`).
	#[codec(index = 10)]
	WrongSighashType,
}

impl fmt::Display for SignatureError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::InvalidPublicKey => "no wallet can sign with this public key",
			Self::MalformedSignature => "the bytes are not a signature of this scheme",
			Self::HighS => "the s of the signature is in the upper half of its range; use n - s",
			Self::InvalidRecoveryByte => "the recovery byte of the signature has an unknown value",
			Self::Mismatch => "the signature is of another key or over another message",
			Self::ContextTooLong => "the context string is longer than 255 bytes",
			Self::WrongScheme => "the signature is of another scheme than the key",
			Self::ForeignPublicKey => "the public key is not the one to which the key commits",
			Self::UnsupportedScript => {
				"messages can be signed for P2PKH, P2WPKH and P2TR outputs (key path) only"
			},
			Self::MalformedWitness => "the witness has not the items that this output asks for",
			Self::WrongSighashType => "the signature type is not SIGHASH_ALL",
		})
	}
}

impl core::error::Error for SignatureError {}
