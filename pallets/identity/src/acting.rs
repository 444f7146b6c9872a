// SPDX-License-Identifier: Apache-2.0
//! Acting as an identity by one of its keys or methods.

use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_support::{
	dispatch::{
		extract_actual_weight, DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo, Pays,
		PostDispatchInfo,
	},
	ensure,
	pallet_prelude::{TransactionSource, ValidTransaction},
	storage::{with_transaction, TransactionOutcome},
	traits::Get,
	weights::Weight,
};
use frame_system::{Pallet as System, RawOrigin};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	traits::{Dispatchable, SaturatedConversion, UniqueSaturatedInto},
	transaction_validity::{
		InvalidTransaction, TransactionLongevity, TransactionPriority, TransactionValidityError,
		TransactionValidityWithRefund,
	},
	AccountId32, DispatchError,
};
use unum_acegf::{MethodKind, Methods};
use unum_id_com::IdCom;
use unum_signature::AuthKey;
use unum_vm_engine::IdentityRegistry;

use crate::{
	AuthKeys, Authority, Authorization, AuthorizationError, Config, Error, Event, FeePayment,
	Pallet, WeightInfo,
};

/// Begins what is signed, so that it is nothing else that a key may sign.
const CONTEXT: &[u8] = b"unum act_as v1";
/// Bytes of a general transaction around the call: length, version, extensions.
const ENVELOPE_BYTES: u32 = 16;

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
	pub(crate) fn authorize_act_as(
		source: TransactionSource,
		authorization: &Authorization,
		call: &CallOf<T>,
	) -> TransactionValidityWithRefund {
		let next = Self::check_nonce(authorization, source)?;
		Self::check_authority(authorization, call)?;
		let who = AccountId32::from(authorization.id_com);
		let (info, length) = Self::what_is_paid_for(authorization, call);
		Self::check_payment(&who, call, &info, length, authorization.tip)?;
		let priority = T::Fees::priority(&info, length, authorization.tip);
		Ok((validity(&who, authorization, next, priority), Weight::zero()))
	}

	/// Pays, and takes it back: when the call runs, its payment must not fail. A transaction that is in a
	/// block without having paid, its nonce unused, could be put there again and again.
	fn check_payment(
		who: &AccountId32,
		call: &CallOf<T>,
		info: &DispatchInfo,
		length: u32,
		tip: u128,
	) -> Result<(), TransactionValidityError> {
		let paid = with_transaction(|| {
			let paid = T::Fees::pay(who, call, info, length, tip).map(|_| ());
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(paid))
		});
		paid.unwrap_or_else(|_| Err(InvalidTransaction::Payment.into()))
	}

	/// The cost of such a transaction: that of the call, and of what is around it.
	fn what_is_paid_for(authorization: &Authorization, call: &CallOf<T>) -> (DispatchInfo, u32) {
		let inner = call.get_dispatch_info();
		let info = DispatchInfo {
			call_weight: T::WeightInfo::act_as().saturating_add(inner.call_weight),
			extension_weight: T::WeightInfo::authorize().saturating_add(T::Fees::besides(call)),
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
		let used = T::WeightInfo::act_as().saturating_add(inner_weight);
		let with_extensions = used.saturating_add(info.extension_weight);
		let paid_for =
			PostDispatchInfo { actual_weight: Some(with_extensions), pays_fee: Pays::Yes };
		T::Fees::settle(&who, &info, &paid_for, length, tip, paid)
			.map_err(|_| Error::<T>::Unauthorized)?;
		let result = outcome.map(|_| ()).map_err(|error| error.error);
		Self::deposit_event(Event::Acted { id_com, result });
		Ok(PostDispatchInfo { actual_weight: Some(used), pays_fee: Pays::No })
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
