// SPDX-License-Identifier: Apache-2.0
//! The identifier of a token.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{tagged_sha256, Domain, IdCom};

/// The 32 bytes that name a token on the ledger; Solana programs see them as the mint account.
///
/// It contains its creator under the hash, so nobody can take the identifier that another is about
/// to use.
///
/// Text and JSON form: `0x` and 64 hexadecimal digits.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct MintId([u8; 32]);

impl MintId {
	/// The identifier of the token that `creator` makes with `salt`.
	///
	/// # Examples
	/// ```
	/// use unum_id_com::{IdCom, MintId};
	/// let salt = [0; 32];
	/// let mine = MintId::derive(IdCom::from([1; 32]), salt);
	/// let yours = MintId::derive(IdCom::from([2; 32]), salt);
	/// assert_ne!(mine, yours);
	/// ```
	pub fn derive(creator: IdCom, salt: [u8; 32]) -> Self {
		Self(tagged_sha256(Domain::MINT, &[creator.as_bytes(), &salt]))
	}

	/// The bytes of this identifier.
	pub const fn as_bytes(&self) -> &[u8; 32] {
		&self.0
	}
}

impl AsRef<[u8]> for MintId {
	fn as_ref(&self) -> &[u8] {
		&self.0
	}
}

impl From<[u8; 32]> for MintId {
	fn from(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}
}

impl From<MintId> for [u8; 32] {
	fn from(mint: MintId) -> Self {
		mint.0
	}
}

crate::text::hex_text!(MintId);

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;
	use proptest::prelude::*;
	use sha2::{Digest, Sha256};

	#[test]
	fn a_mint_is_the_hash_of_tag_creator_and_salt() {
		let mut input = b"unum-mint".to_vec();
		input.extend([1; 32]);
		input.extend([2; 32]);
		let expected: [u8; 32] = Sha256::digest(&input).into();
		assert_eq!(MintId::derive([1; 32].into(), [2; 32]), MintId::from(expected));
	}

	proptest! {
		#[test]
		fn creator_and_salt_both_count(a: [u8; 32], b: [u8; 32], salt: [u8; 32]) {
			prop_assume!(a != b);
			let mint = MintId::derive(a.into(), salt);
			prop_assert_ne!(mint, MintId::derive(b.into(), salt));
			prop_assert_ne!(mint, MintId::derive(a.into(), b));
		}

		#[test]
		fn codec_and_text_round_trip(bytes: [u8; 32]) {
			let mint = MintId::from(bytes);
			prop_assert_eq!(MintId::decode(&mut &mint.encode()[..]), Ok(mint));
			prop_assert_eq!(mint.to_string().parse(), Ok(mint));
			let json = serde_json::to_string(&mint).expect("writes");
			prop_assert_eq!(serde_json::from_str::<MintId>(&json).expect("reads"), mint);
		}
	}
}
