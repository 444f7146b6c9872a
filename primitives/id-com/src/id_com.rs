// SPDX-License-Identifier: Apache-2.0
//! The identity commitment.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::crypto::AccountId32;

/// The 32 bytes that own everything: the chain's `AccountId`, seen by each VM under an address of
/// its own.
///
/// It is a type of its own, and not the framework's `AccountId32`, so that no other 32 bytes (a mint,
/// a Solana key, a hash) can stand where an identity is meant. In the metadata it is an
/// `AccountId32`, so that wallets show it as an account.
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
)]
pub struct IdCom([u8; 32]);

impl IdCom {
	/// The identity with these bytes. Every 32 bytes are one.
	pub const fn new(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// The bytes of this identity.
	pub const fn as_bytes(&self) -> &[u8; 32] {
		&self.0
	}
}

impl AsRef<[u8]> for IdCom {
	fn as_ref(&self) -> &[u8] {
		&self.0
	}
}

impl From<[u8; 32]> for IdCom {
	fn from(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}
}

impl From<IdCom> for [u8; 32] {
	fn from(id: IdCom) -> Self {
		id.0
	}
}

impl From<AccountId32> for IdCom {
	fn from(account: AccountId32) -> Self {
		Self(account.into())
	}
}

impl From<&AccountId32> for IdCom {
	fn from(account: &AccountId32) -> Self {
		Self(*AsRef::<[u8; 32]>::as_ref(account))
	}
}

impl From<IdCom> for AccountId32 {
	fn from(id: IdCom) -> Self {
		Self::new(id.0)
	}
}

impl TypeInfo for IdCom {
	type Identity = AccountId32;

	fn type_info() -> scale_info::Type {
		AccountId32::type_info()
	}
}

crate::text::hex_text!(IdCom);

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;
	use proptest::prelude::*;

	#[test]
	fn an_identity_is_an_account_in_the_metadata() {
		assert_eq!(
			scale_info::MetaType::new::<IdCom>(),
			scale_info::MetaType::new::<AccountId32>()
		);
	}

	proptest! {
		#[test]
		fn identity_and_account_are_the_same_bytes(bytes: [u8; 32]) {
			let id = IdCom::from(bytes);
			let account = AccountId32::from(id);
			prop_assert_eq!(id.encode(), account.encode());
			prop_assert_eq!(IdCom::from(&account), id);
			prop_assert_eq!(IdCom::from(account), id);
			prop_assert_eq!(<[u8; 32]>::from(id), bytes);
			prop_assert_eq!(id.as_ref(), &bytes[..]);
		}

		#[test]
		fn codec_and_text_round_trip(bytes: [u8; 32]) {
			let id = IdCom::new(bytes);
			prop_assert_eq!(IdCom::decode(&mut &id.encode()[..]), Ok(id));
			prop_assert_eq!(id.encode().len(), IdCom::max_encoded_len());
			prop_assert_eq!(id.to_string().parse(), Ok(id));
			let json = serde_json::to_string(&id).expect("writes");
			prop_assert_eq!(&json, &std::format!("\"0x{}\"", hex::encode(bytes)));
			prop_assert_eq!(serde_json::from_str::<IdCom>(&json).expect("reads"), id);
		}
	}
}
