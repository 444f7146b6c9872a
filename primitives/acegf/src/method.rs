// SPDX-License-Identifier: Apache-2.0
//! One way in which an owner proves who they are.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use unum_id_com::{tagged_sha256, Domain};

/// A family of proofs.
///
/// Its number in SCALE and under the hash of an identity is the same. 4 is reserved: it is refused
/// until a proof is defined for it.
///
/// Text form: `stark`, `pairing`, `ml-dsa-44`.
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
pub enum MethodKind {
	/// A STARK: hash functions alone, no set-up.
	#[codec(index = 1)]
	Stark,
	/// A proof over a pairing curve of knowing what a Poseidon commitment hides.
	#[codec(index = 2)]
	Pairing,
	/// A signature by ML-DSA-44 ([FIPS 204]): safe from quantum computers, no set-up.
	///
	/// [FIPS 204]: https://csrc.nist.gov/pubs/fips/204/final
	#[codec(index = 3)]
	MlDsa44,
}

impl MethodKind {
	/// Every kind that is defined, in the order in which a list has them.
	pub const ALL: [Self; 3] = [Self::Stark, Self::Pairing, Self::MlDsa44];
}

impl fmt::Display for MethodKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Stark => "stark",
			Self::Pairing => "pairing",
			Self::MlDsa44 => "ml-dsa-44",
		})
	}
}

/// A family of proofs, and what the proof has to match.
///
/// In SCALE: `kind u8 ‖ commitment [u8; 32]`, 33 bytes, as under the hash of an identity.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Method {
	/// How the owner proves who they are.
	pub kind: MethodKind,
	/// What the proof must match: a hash of a public key, or of the secret. It reveals neither.
	pub commitment: [u8; 32],
}

impl Method {
	/// The method whose proof is a signature that this ML-DSA-44 key verifies.
	pub fn ml_dsa_44(public_key: &[u8]) -> Self {
		Self { kind: MethodKind::MlDsa44, commitment: ml_dsa_44_commitment(public_key) }
	}
}

/// The commitment to an ML-DSA-44 public key: `SHA-256("ace-mldsa44:v1" ‖ public key)`.
///
/// A key has 1,312 bytes; any other length gives a commitment that no key matches.
pub fn ml_dsa_44_commitment(public_key: &[u8]) -> [u8; 32] {
	tagged_sha256(Domain::ML_DSA_44, &[public_key])
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn kinds_are_numbered_from_1_and_4_is_reserved() {
		let kinds: alloc::vec::Vec<_> = (0..=u8::MAX)
			.filter_map(|number| MethodKind::decode(&mut &[number][..]).ok())
			.collect();
		assert_eq!(kinds, MethodKind::ALL);
		assert_eq!(MethodKind::ALL.map(|kind| kind.encode()[0]), [1, 2, 3]);
	}

	#[test]
	fn kinds_have_names() {
		let names = MethodKind::ALL.map(|kind| kind.to_string());
		assert_eq!(names, ["stark", "pairing", "ml-dsa-44"]);
	}

	#[test]
	fn a_method_is_its_kind_and_its_commitment() {
		let method = Method { kind: MethodKind::Pairing, commitment: [7; 32] };
		assert_eq!(method.encode(), [&[2][..], &[7; 32]].concat());
		assert_eq!(Method::max_encoded_len(), 33);
	}
}
