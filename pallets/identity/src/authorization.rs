// SPDX-License-Identifier: Apache-2.0
//! What gives the right to act as an identity, and why it may not.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use unum_acegf::Methods;
use unum_id_com::IdCom;
use unum_signature::{AuthKey, AuthSignature};

/// What gives the right to act as an identity. Both kinds sign
/// [`Pallet::message_to_authorize`](crate::Pallet::message_to_authorize).
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Authority {
	/// One of the identity's authentication keys.
	#[codec(index = 0)]
	Key {
		/// The key.
		key: AuthKey,
		/// Its signature.
		signature: AuthSignature,
	},
	/// One of the methods of which the id_com is the hash. At present those of kind 3, ML-DSA-44.
	#[codec(index = 1)]
	Method {
		/// The whole list.
		methods: Methods,
		/// A signature by the method's key, with that key.
		signature: AuthSignature,
	},
}

/// Who acts, and with what right.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Authorization {
	/// The identity that acts and pays.
	pub id_com: IdCom,
	/// Its nonce, as for signed transactions.
	pub nonce: u32,
	/// The last block in which the transaction may stand; none for one that never expires.
	pub valid_until: Option<u32>,
	/// A tip for whoever makes the block, in base units of the native coin.
	pub tip: u128,
	/// The right.
	pub authority: Authority,
}

/// Why an authorization does not hold. Nothing is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuthorizationError {
	/// The list of methods is not the one of which this id_com is the hash.
	OtherMethods,
	/// The list has no method that can authorize yet.
	NoUsableMethod,
	/// The key is not one of the identity's authentication keys.
	UnknownKey,
	/// The signature is not this key's signature of the message.
	WrongSignature,
	/// The transaction's last block is past.
	Expired,
	/// The nonce was used before.
	NonceTooLow {
		/// The next one.
		next: u32,
	},
	/// In a block, nonces have no gaps.
	NonceTooHigh {
		/// The next one.
		next: u32,
	},
}

impl AuthorizationError {
	/// The cause as one byte, stable for ever, from 64 up: below are those of dispatched operations.
	pub const fn code(self) -> u8 {
		match self {
			Self::OtherMethods => 64,
			Self::NoUsableMethod => 65,
			Self::UnknownKey => 66,
			Self::WrongSignature => 67,
			Self::Expired => 68,
			Self::NonceTooLow { .. } => 69,
			Self::NonceTooHigh { .. } => 70,
		}
	}
}

impl fmt::Display for AuthorizationError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::OtherMethods => f.write_str("the id_com is not the hash of this list of methods"),
			Self::NoUsableMethod => {
				f.write_str("the list has no method that can authorize yet: only ML-DSA-44 can")
			},
			Self::UnknownKey => f.write_str("the key is none of the identity's authentication keys"),
			Self::WrongSignature => f.write_str(
				"the signature is not this key's: genesis, version, identity, nonce and call must be those of now",
			),
			Self::Expired => f.write_str("the transaction's last block is past"),
			Self::NonceTooLow { next } => {
				write!(f, "the nonce was used before: the next one is {next}")
			},
			Self::NonceTooHigh { next } => {
				write!(f, "the nonce leaves a gap: the next one is {next}")
			},
		}
	}
}

impl From<AuthorizationError> for TransactionValidityError {
	fn from(error: AuthorizationError) -> Self {
		match error {
			AuthorizationError::NonceTooLow { .. } => InvalidTransaction::Stale.into(),
			AuthorizationError::NonceTooHigh { .. } => InvalidTransaction::Future.into(),
			other => InvalidTransaction::Custom(other.code()).into(),
		}
	}
}
