// SPDX-License-Identifier: Apache-2.0
//! Transactions of other chains, as their wallets signed them.
//!
//! ```text
//!  pool, block   read (exact, this chain, signed, payable) ─► nonce ─► tags and priority
//!  dispatch      fee taken ─► wallet seen, nonce counted ─► engine ─► receipt ─► rest of the fee back
//! ```
//!
//! All ways in which an identity acts count one nonce, so the tags of the pool are those of signed
//! extrinsics: transactions of both kinds queue up in one line, and replace each other. Those of chains
//! without nonces are remembered by their engines instead, and stand in no line ([`ReplayGuard`]).

use alloc::{string::ToString, vec, vec::Vec};
use codec::Encode;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, Pays, PostDispatchInfo},
	ensure,
	storage::{with_transaction, TransactionOutcome},
	weights::Weight,
};
use frame_system::Pallet as System;
use sp_core::H256;
use sp_runtime::{
	traits::{One, SaturatedConversion, Saturating},
	transaction_validity::{
		InvalidTransaction, TransactionLongevity, TransactionSource, TransactionValidityWithRefund,
		ValidTransaction,
	},
	DispatchError,
};
use unum_address::{Address, VmKind};
use unum_vm_engine::{
	CallContext, EngineFault, EngineList, Execution, IdentityRegistry, Meter, RawTransaction,
	ReceiptStatus, ReplayGuard,
};

use crate::{receipts, Config, EnginesOf, Error, Pallet, RawFees, Refusal, WeightInfo};

/// What runs a raw transaction: the engines, or, for benchmarks, nothing at all.
pub(crate) type RawEngine =
	fn(VmKind, &[u8], &Address, &CallContext, &mut Meter) -> Result<Execution, EngineFault>;

/// A raw transaction whose sender may send it, now or after others.
#[derive(Debug)]
struct Admitted<T: Config> {
	raw: RawTransaction,
	who: T::AccountId,
	turn: Turn<T::Nonce>,
}

/// When it is a raw transaction's turn.
#[derive(Debug)]
enum Turn<Nonce> {
	/// When the sender's nonce, `next` for now, has come to `nonce`.
	AtNonce { nonce: Nonce, next: Nonce },
	/// At any time, once.
	Once { id: H256, lifetime: u64 },
}

impl<Nonce: PartialOrd> Turn<Nonce> {
	fn has_come(&self) -> bool {
		match self {
			Self::AtNonce { nonce, next } => nonce <= next,
			Self::Once { .. } => true,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Whether the pool takes a raw transaction in the state at hand. Reads only.
	///
	/// # Errors
	/// The [`Refusal`] that the sender gets.
	pub fn check_raw(vm: VmKind, bytes: &[u8]) -> Result<RawTransaction, Refusal> {
		Self::admit_raw(vm, bytes).map(|admitted| admitted.raw)
	}

	fn admit_raw(vm: VmKind, bytes: &[u8]) -> Result<Admitted<T>, Refusal> {
		Self::check_enabled(vm)?;
		let raw = EnginesOf::<T>::read_raw(vm, bytes).map_err(Refusal::Engine)?;
		let who = T::AccountId::from(T::Identity::resolve(&raw.sender));
		let turn = match raw.replay {
			ReplayGuard::Nonce(number) => Self::turn_of(&who, number)?,
			ReplayGuard::Once { id, lifetime } => Turn::Once { id, lifetime },
		};
		Ok(Admitted { raw, who, turn })
	}

	/// When it is the turn of a sender's transaction with this nonce.
	fn turn_of(who: &T::AccountId, number: u64) -> Result<Turn<T::Nonce>, Refusal> {
		let next = System::<T>::account_nonce(who);
		let next_number = next.saturated_into::<u64>();
		if number < next_number {
			return Err(Refusal::NonceTooLow { next: next_number, nonce: number });
		}
		match T::Nonce::try_from(number) {
			Ok(nonce) => Ok(Turn::AtNonce { nonce, next }),
			Err(_) => Err(Refusal::NonceTooHigh { next: next_number, nonce: number }),
		}
	}

	/// Admits [`Call::submit_raw`](crate::Call::submit_raw) to the pool and to a block.
	pub(crate) fn authorize_raw(
		source: TransactionSource,
		vm: VmKind,
		bytes: &[u8],
	) -> TransactionValidityWithRefund {
		let admitted = Self::admit_raw(vm, bytes)?;
		// The pool may hold one that has to wait; a block may not.
		if source == TransactionSource::InBlock && !admitted.turn.has_come() {
			return Err(InvalidTransaction::Future.into());
		}
		Ok((validity::<T>(vm, &admitted), Weight::zero()))
	}

	/// Runs a raw transaction, by `engine`. It has been authorized in the same state.
	pub(crate) fn do_submit_raw(
		vm: VmKind,
		bytes: &[u8],
		engine: RawEngine,
	) -> DispatchResultWithPostInfo {
		let Admitted { raw, who, turn } =
			Self::admit_raw(vm, bytes).map_err(|_| Error::<T>::Unauthorized)?;
		ensure!(turn.has_come(), Error::<T>::Unauthorized);
		let most = raw.fee.most().ok_or(Error::<T>::Unauthorized)?;
		let taken = T::RawFees::take(&who, most).map_err(|_| Error::<T>::Unauthorized)?;
		T::Identity::see_wallet(&raw.sender);
		T::Identity::retain(who.clone().into());
		match turn {
			Turn::AtNonce { .. } => System::<T>::inc_account_nonce(&who),
			Turn::Once { .. } => EnginesOf::<T>::note_raw(vm, bytes),
		}

		let context = Self::call_context(who.clone().into(), None);
		let mut meter = Meter::new(EnginesOf::<T>::raw_weight_limit(vm, bytes));
		let executed =
			with_transaction(|| match engine(vm, bytes, &raw.sender, &context, &mut meter) {
				Ok(execution) => TransactionOutcome::Commit(Ok::<_, DispatchError>(Ok(execution))),
				Err(fault) => TransactionOutcome::Rollback(Ok(Err(fault))),
			});
		// From here on nothing fails: an error would take back fee and nonce, and the same bytes could be
		// included again and again.
		let execution = executed.unwrap_or(Err(EngineFault::LayerLimitReached));
		let (due, used, execution) = match execution {
			Ok(execution) => (raw.fee.due(meter.used()), meter.used(), execution),
			Err(fault) => {
				Self::report(fault, vm);
				(most, meter.limit(), faulted(fault))
			},
		};
		T::RawFees::settle(&who, taken, due);
		if receipts::record::<T>((vm, raw.opcode), &context, used, execution).is_ok() {
			receipts::note_fee::<T>(due);
		}
		Ok(PostDispatchInfo {
			actual_weight: Some(T::WeightInfo::submit_raw().saturating_add(used)),
			pays_fee: Pays::No,
		})
	}
}

/// What is shown of a transaction that the engine could not carry out by its own fault. Its sender pays
/// for all of it: if faults were free, whoever found one could fill blocks with it.
fn faulted(fault: EngineFault) -> Execution {
	Execution {
		status: ReceiptStatus::Halted,
		native_status: Vec::new(),
		message: fault.to_string().into_bytes(),
		output: Vec::new(),
		logs: Vec::new(),
		created: Vec::new(),
	}
}

/// The tags of nonces are those of signed extrinsics ([`frame_system::CheckNonce`]).
fn validity<T: Config>(vm: VmKind, admitted: &Admitted<T>) -> ValidTransaction {
	let Admitted { raw, who, turn } = admitted;
	let tag = |nonce: T::Nonce| (who, nonce).encode();
	let (requires, provides, longevity) = match *turn {
		Turn::AtNonce { nonce, next } if nonce > next => {
			(vec![tag(nonce.saturating_sub(One::one()))], tag(nonce), TransactionLongevity::MAX)
		},
		Turn::AtNonce { nonce, .. } => (Vec::new(), tag(nonce), TransactionLongevity::MAX),
		Turn::Once { id, lifetime } => (Vec::new(), (vm, id).encode(), lifetime),
	};
	ValidTransaction {
		priority: raw.priority,
		requires,
		provides: vec![provides],
		longevity,
		propagate: true,
	}
}
