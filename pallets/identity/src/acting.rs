// SPDX-License-Identifier: Apache-2.0
//! Acting as an identity by one of its keys or methods.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use frame_support::{
	dispatch::{
		extract_actual_weight, DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo, Pays,
		PostDispatchInfo,
	},
	ensure,
	pallet_prelude::{TransactionSource, ValidTransaction},
	traits::Get,
	weights::Weight,
};
use frame_system::{Pallet as System, RawOrigin};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{Dispatchable, SaturatedConversion, UniqueSaturatedInto},
	transaction_validity::{
		InvalidTransaction, TransactionLongevity, TransactionPriority, TransactionValidityError,
		TransactionValidityWithRefund,
	},
	AccountId32,
};
use unum_acegf::{MethodKind, Methods};
use unum_id_com::IdCom;
use unum_signature::{AuthKey, AuthSignature};
use unum_vm_engine::IdentityRegistry;

use crate::{AuthKeys, Config, Error, Event, FeePayment, Pallet, WeightInfo};

/// Begins what is signed, so that it is nothing else that a key may sign.
const CONTEXT: &[u8] = b"unum act_as v1";
/// Bytes of a general transaction around the call: length, version, extensions.
const ENVELOPE_BYTES: u32 = 16;

/// What gives the right to act as an identity. Both kinds sign [`Pallet::message_to_authorize`].
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

type CallOf<T> = <T as frame_system::Config>::RuntimeCall;

impl<T: Config> Pallet<T> {
	/// What is signed to let `call` run as `authorization.id_com`: the context `unum act_as v1`,
	/// genesis hash, transaction version (u32), id_com, nonce, last block, tip, and the Blake2-256 of
	/// the SCALE-encoded call, each SCALE-encoded, one after the other. The authority is no part of it.
	pub fn message_to_authorize(authorization: &Authorization, call: &CallOf<T>) -> Vec<u8> {
		let Authorization { id_com, nonce, valid_until, tip, authority: _ } = authorization;
		let version = <T as frame_system::Config>::Version::get().transaction_version;
		let call_hash = call.using_encoded(blake2_256);
		let mut message = CONTEXT.to_vec();
		(Self::genesis_hash(), version, id_com, nonce, valid_until, tip, call_hash)
			.encode_to(&mut message);
		message
	}

	/// Whether `authorization` gives the right to run `call`, apart from its nonce and its fee.
	///
	/// # Errors
	/// [`AuthorizationError`].
	pub fn check_authority(
		authorization: &Authorization,
		call: &CallOf<T>,
	) -> Result<(), AuthorizationError> {
		let now: u32 = System::<T>::block_number().saturated_into();
		let in_time = authorization.valid_until.is_none_or(|last| now <= last);
		ensure!(in_time, AuthorizationError::Expired);
		let (key, signature) = match &authorization.authority {
			Authority::Key { key, signature } => {
				let known = AuthKeys::<T>::get(authorization.id_com).contains(key);
				ensure!(known, AuthorizationError::UnknownKey);
				(*key, signature)
			},
			Authority::Method { methods, signature } => {
				let is_its_list = methods.id_com() == authorization.id_com;
				ensure!(is_its_list, AuthorizationError::OtherMethods);
				(usable_method(methods).ok_or(AuthorizationError::NoUsableMethod)?, signature)
			},
		};
		let message = Self::message_to_authorize(authorization, call);
		key.verify(&message, signature).map_err(|_| AuthorizationError::WrongSignature)
	}

	fn check_nonce(
		authorization: &Authorization,
		source: TransactionSource,
	) -> Result<u32, AuthorizationError> {
		let next = Self::next_nonce(authorization.id_com);
		ensure!(authorization.nonce >= next, AuthorizationError::NonceTooLow { next });
		// The pool may hold one that has to wait; a block may not.
		let has_gap = source == TransactionSource::InBlock && authorization.nonce > next;
		ensure!(!has_gap, AuthorizationError::NonceTooHigh { next });
		Ok(next)
	}

	fn next_nonce(id: IdCom) -> u32 {
		System::<T>::account_nonce(AccountId32::from(id)).unique_saturated_into()
	}

	/// Says why the pool refuses such a transaction; `None` where it does not, or for its fee.
	pub fn explain_act_as(
		authorization: &Authorization,
		call: &CallOf<T>,
	) -> Option<AuthorizationError> {
		Self::check_nonce(authorization, TransactionSource::External)
			.and_then(|_| Self::check_authority(authorization, call))
			.err()
	}

	/// Admits [`Call::act_as`](crate::Call::act_as) to the pool and to a block.
	#[allow(clippy::borrowed_box)] // The attribute that names this function hands it what it has.
	pub(crate) fn authorize_act_as(
		source: TransactionSource,
		authorization: &alloc::boxed::Box<Authorization>,
		call: &alloc::boxed::Box<CallOf<T>>,
	) -> TransactionValidityWithRefund {
		let next = Self::check_nonce(authorization, source)?;
		Self::check_authority(authorization, call)?;
		let who = AccountId32::from(authorization.id_com);
		let (info, length) = Self::what_is_paid_for(authorization, call);
		let priority = T::Fees::check(&who, call, &info, length, authorization.tip)?;
		let validity = validity(&who, authorization, next, priority);
		Ok((validity, Weight::zero()))
	}

	/// The cost of such a transaction: that of the call, and of what is around it.
	fn what_is_paid_for(authorization: &Authorization, call: &CallOf<T>) -> (DispatchInfo, u32) {
		let inner = call.get_dispatch_info();
		let info = DispatchInfo {
			call_weight: T::WeightInfo::act_as().saturating_add(inner.call_weight),
			extension_weight: T::WeightInfo::authorize(),
			class: inner.class,
			pays_fee: Pays::Yes,
		};
		let bytes = authorization.encoded_size().saturating_add(call.encoded_size());
		let length = u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(ENVELOPE_BYTES);
		(info, length)
	}

	/// Runs the call. It has been authorized in the same state.
	pub(crate) fn do_act_as(
		authorization: Authorization,
		call: CallOf<T>,
	) -> DispatchResultWithPostInfo {
		let (info, length) = Self::what_is_paid_for(&authorization, &call);
		let Authorization { id_com, tip, .. } = authorization;
		let who = AccountId32::from(id_com);
		let paid =
			T::Fees::pay(&who, &call, &info, length, tip).map_err(|_| Error::<T>::Unauthorized)?;
		Self::retain(id_com);
		System::<T>::inc_account_nonce(&who);

		let inner_info = call.get_dispatch_info();
		let outcome = call.dispatch(RawOrigin::Signed(who.clone()).into());
		let inner_weight = extract_actual_weight(&outcome, &inner_info);
		let post_info = PostDispatchInfo {
			actual_weight: Some(T::WeightInfo::act_as().saturating_add(inner_weight)),
			pays_fee: Pays::Yes,
		};
		T::Fees::settle(&who, &info, &post_info, length, tip, paid)
			.map_err(|_| Error::<T>::Unauthorized)?;
		let result = outcome.map(|_| ()).map_err(|error| error.error);
		Self::deposit_event(Event::Acted { id_com, result });
		Ok(PostDispatchInfo { pays_fee: Pays::No, ..post_info })
	}
}

/// The key behind the method that can authorize, if the list has one.
fn usable_method(methods: &Methods) -> Option<AuthKey> {
	methods.commitment(MethodKind::MlDsa44).map(|commitment| AuthKey::MlDsa44(*commitment))
}

/// The tags are those of signed transactions, so that the two kinds queue up in one line.
fn validity(
	who: &AccountId32,
	authorization: &Authorization,
	next: u32,
	priority: TransactionPriority,
) -> ValidTransaction {
	let tag = |nonce: u32| (who, nonce).encode();
	let before = authorization.nonce.checked_sub(1);
	let requires = before.filter(|_| authorization.nonce > next).map(tag).into_iter().collect();
	ValidTransaction {
		priority,
		requires,
		provides: vec![tag(authorization.nonce)],
		longevity: TransactionLongevity::MAX,
		propagate: true,
	}
}
