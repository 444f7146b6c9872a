// SPDX-License-Identifier: Apache-2.0
//! The chain's registry of identities, as pallets use it.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_signature::{AuthKey, BindingError, BindingProof};

use crate::{
	limits::{MAX_AUTH_KEYS, MAX_BINDINGS},
	LedgerError,
};

/// Who owns which address, and which accounts must never be reaped.
///
/// Implemented by the identity pallet; used by the ledger, the engines' hosts and the dispatcher.
pub trait IdentityRegistry {
	/// The address under which `vm` shows `id`; `None` where that VM has no address rule of its own.
	fn address_of(id: IdCom, vm: VmKind) -> Option<Address>;

	/// The identity that owns `address`: the indexed owner, else the identity that the address has
	/// while it is unbound. Total: every address has exactly one owner.
	fn resolve(address: &Address) -> IdCom;

	/// Remembers `address` as the one that its identity came from, so that the address's own VM shows
	/// the identity under it: something happened there that a log or a wallet will show. Changes nothing
	/// about who owns which address, and nothing at all for addresses that are not their own owner's.
	/// Idempotent.
	fn note_address(address: &Address);

	/// Notes that the wallet at `address` has proven itself by a signature, and returns its identity. The
	/// first time, a wallet that is nobody else's is retained and indexed. Idempotent.
	fn see_wallet(address: &Address) -> IdCom;

	/// Whether the chain has an account for `id`.
	fn exists(id: IdCom) -> bool;

	/// Makes sure that `id` has an account which is never reaped, so that its nonce never starts
	/// again at zero. Indexes its addresses if this is its first sight. Idempotent.
	fn retain(id: IdCom);

	/// What it weighs that an account is seen for the first time. Work that may be somebody's first sight
	/// is measured with it.
	fn first_sight() -> Weight {
		Weight::zero()
	}

	/// What work for `receiver` weighs that is `measured` on somebody who has never been seen: where the
	/// chain has an account for `receiver`, there is no first sight.
	///
	/// An account that vanishes after this was asked, and comes back, is in the index already: what
	/// that takes to find out is less than what its entry weighs, which is then counted twice.
	fn weight_for(receiver: IdCom, measured: Weight) -> Weight {
		if Self::exists(receiver) {
			measured.saturating_sub(Self::first_sight())
		} else {
			measured
		}
	}
}

/// How an address belongs to its owner.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum AddressOrigin {
	/// Derived from the id_com. It stays with the identity for ever.
	#[codec(index = 0)]
	Derived,
	/// The wallet that the identity came from.
	#[codec(index = 1)]
	Own,
	/// A wallet that was bound to the identity.
	#[codec(index = 2)]
	Bound,
}

/// One of an identity's addresses.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OwnedAddress {
	/// The address, with its VM.
	pub address: Address,
	/// How it belongs to the identity.
	pub origin: AddressOrigin,
	/// Whether it is the one under which its VM shows the identity.
	pub is_primary: bool,
}

/// Why the registry refused. Nothing has changed when it is returned.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum IdentityError {
	/// A native address is an identity itself and can't be bound.
	#[codec(index = 0)]
	NativeAddress,
	/// The address belongs to this identity already.
	#[codec(index = 1)]
	AlreadyYours,
	/// The address is bound to, or derived from, another identity. Its owner can unbind it.
	#[codec(index = 2)]
	OwnedByAnother(IdCom),
	/// The address is a precompile, a contract or a token: nobody signs for it.
	#[codec(index = 3)]
	Reserved,
	/// The wallet's own identity has bound other wallets. It must unbind them first.
	#[codec(index = 4)]
	WalletHasBindings,
	/// The identity is that of a wallet which is bound to another identity, and can't bind anything.
	#[codec(index = 5)]
	WalletIsBound(IdCom),
	/// The identity has bound as many addresses as it can.
	#[codec(index = 6)]
	TooManyBindings,
	/// The proof does not show that the wallet agrees.
	#[codec(index = 7)]
	Proof(BindingError),
	/// The address is not bound to this identity.
	#[codec(index = 8)]
	NotBound,
	/// The address does not belong to this identity, so it can't be shown under it.
	#[codec(index = 9)]
	NotYours,
	/// An identity has 8 authentication keys at most.
	#[codec(index = 10)]
	TooManyAuthKeys,
	/// The key is one of the identity's authentication keys already.
	#[codec(index = 11)]
	AuthKeyExists,
	/// No signature could ever be made with this key.
	#[codec(index = 12)]
	InvalidAuthKey,
	/// The ledger refused to move what the wallet held.
	#[codec(index = 13)]
	Ledger(LedgerError),
}

impl From<LedgerError> for IdentityError {
	fn from(error: LedgerError) -> Self {
		Self::Ledger(error)
	}
}

impl From<BindingError> for IdentityError {
	fn from(error: BindingError) -> Self {
		Self::Proof(error)
	}
}

impl IdentityError {
	/// A number from 0 to 15 that names the cause, stable for ever.
	pub const fn code(&self) -> u8 {
		match self {
			Self::NativeAddress => 0,
			Self::AlreadyYours => 1,
			Self::OwnedByAnother(_) => 2,
			Self::Reserved => 3,
			Self::WalletHasBindings => 4,
			Self::WalletIsBound(_) => 5,
			Self::TooManyBindings => 6,
			Self::Proof(_) => 7,
			Self::NotBound => 8,
			Self::NotYours => 9,
			Self::TooManyAuthKeys => 10,
			Self::AuthKeyExists => 11,
			Self::InvalidAuthKey => 12,
			Self::Ledger(_) => 13,
		}
	}
}

impl fmt::Display for IdentityError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NativeAddress => {
				f.write_str("a native address is an identity itself and can't be bound")
			},
			Self::AlreadyYours => f.write_str("the address belongs to this identity already"),
			Self::OwnedByAnother(owner) => {
				write!(f, "the address belongs to {owner}, who would have to unbind it first")
			},
			Self::Reserved => {
				f.write_str("the address is a precompile, a contract or a token: no wallet has it")
			},
			Self::WalletHasBindings => f.write_str(
				"the wallet's own identity has bound other wallets and would have to unbind them first",
			),
			Self::WalletIsBound(owner) => write!(
				f,
				"this identity is that of a wallet which is bound to {owner}: bind to that one instead"
			),
			Self::TooManyBindings => {
				write!(f, "the identity has bound {MAX_BINDINGS} addresses, the most it can")
			},
			Self::Proof(error) => write!(f, "the wallet's agreement is not proven: {error}"),
			Self::NotBound => f.write_str("the address is not bound to this identity"),
			Self::NotYours => f.write_str("the address does not belong to this identity"),
			Self::TooManyAuthKeys => {
				write!(f, "an identity has {MAX_AUTH_KEYS} authentication keys at most")
			},
			Self::AuthKeyExists => {
				f.write_str("the key is one of the identity's authentication keys already")
			},
			Self::InvalidAuthKey => {
				f.write_str("the key is not valid: no signature could ever be made with it")
			},
			Self::Ledger(error) => write!(f, "what the wallet held can't be moved: {error}"),
		}
	}
}

/// What an identity can decide about itself, as pallets use it. Each function acts for `id`, whose
/// authority the caller has checked, and changes nothing when it fails.
///
/// Implemented by the identity pallet.
pub trait IdentityControl {
	/// Whether [`Self::bind`] with the same arguments would succeed now, but for what the ledger says.
	/// Changes nothing.
	///
	/// # Errors
	/// The error that the binding would give.
	fn can_bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError>;

	/// What it may weigh, besides the binding, that others have to know the address.
	fn weight_of_showing() -> Weight {
		Weight::zero()
	}

	/// Takes over `address`, whose wallet agrees by `proof`.
	///
	/// # Errors
	/// Each [`IdentityError`] about addresses.
	fn bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError>;

	/// Whether [`Self::set_auth_keys`] would succeed now. Changes nothing.
	///
	/// # Errors
	/// The error that it would give.
	fn can_set_auth_keys(keys: &[AuthKey]) -> Result<(), IdentityError>;

	/// Replaces the authentication keys of `id`.
	///
	/// # Errors
	/// `TooManyAuthKeys`, `AuthKeyExists` (twice in the list), `InvalidAuthKey`.
	fn set_auth_keys(id: IdCom, keys: Vec<AuthKey>) -> Result<(), IdentityError>;

	/// The authentication keys of `id`.
	fn auth_keys(id: IdCom) -> Vec<AuthKey>;
}
