// SPDX-License-Identifier: Apache-2.0
//! What the dispatcher's own work costs.
//!
//! In place of an engine stands one that does nothing and fails with the longest sentence: the receipt
//! and the event are the largest that a call without logs can have (whose logs pay for themselves), and
//! what an operation does is weighed by its engine alone.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{dispatch::RawOrigin, pallet_prelude::TransactionSource, traits::Hooks};
use frame_system::Pallet as System;
use sp_core::H256;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{
	limits::MAX_MESSAGE_BYTES, CallContext, EngineFault, EngineList, Execution, IdentityRegistry,
	Meter, ReceiptStatus,
};

use crate::{receipts, Call, Config, DisabledEngines, EnginesOf, Pallet, PayloadOf, ReceiptsRoot};

/// What the benchmarks must know of the runtime.
pub trait BenchmarkConfig: Config {
	/// An operation of one of the engines, SCALE-encoded.
	fn payload() -> Vec<u8>;

	/// A raw transaction that the chain would take at once. Its wallet has never been seen, and is given
	/// what it needs to pay.
	fn raw_transaction() -> (VmKind, Vec<u8>);
}

/// The longest extrinsic of a native operation, with its signature: beyond that, an engine charges for
/// each byte.
const EXTRINSIC_BYTES: usize = 512;

fn failure() -> Execution {
	Execution {
		status: ReceiptStatus::Reverted,
		native_status: vec![1; 128],
		message: vec![b'm'; MAX_MESSAGE_BYTES as usize],
		output: vec![],
		logs: vec![],
		created: vec![],
	}
}

fn fails<C>(_: &C, _: &CallContext, _: &mut Meter) -> Result<Execution, EngineFault> {
	Ok(failure())
}

fn fails_raw(
	_: VmKind,
	_: &[u8],
	_: &Address,
	_: &CallContext,
	_: &mut Meter,
) -> Result<Execution, EngineFault> {
	Ok(failure())
}

/// As in the middle of a block: the extrinsic at hand is known.
fn begin_extrinsic<T: Config>(bytes: Vec<u8>) {
	System::<T>::set_extrinsic_index(0);
	System::<T>::note_extrinsic(bytes);
}

fn sender<T: Config>() -> T::AccountId {
	IdCom::from([1; 32]).into()
}

fn payload<T: BenchmarkConfig>() -> PayloadOf<T> {
	PayloadOf::<T>::decode_exact(&T::payload()).unwrap()
}

#[benchmarks(where T: BenchmarkConfig)]
mod benchmarks {
	use super::*;

	/// The call, and its share of the receipts root: as if it were the only one of its block. What notes
	/// its fee is here, because no benchmark of fees has a receipt.
	#[benchmark]
	fn submit() {
		begin_extrinsic::<T>(vec![7; EXTRINSIC_BYTES]);
		let (sender, payload) = (sender::<T>(), payload::<T>());

		#[block]
		{
			Pallet::<T>::run(sender, &payload, Some([7; 16]), fails).unwrap();
			receipts::note_fee::<T>(1);
			Pallet::<T>::on_finalize(1u32.into());
		}

		assert_eq!(Pallet::<T>::receipts().len(), 1);
		assert_ne!(ReceiptsRoot::<T>::get(), H256::zero());
	}

	#[benchmark]
	fn authorize_raw() {
		let (vm, bytes) = T::raw_transaction();
		let result;

		#[block]
		{
			result = Pallet::<T>::authorize_raw(TransactionSource::InBlock, vm, &bytes);
		}

		assert!(result.is_ok());
	}

	/// As [`submit`], by a wallet that has never been seen.
	#[benchmark]
	fn submit_raw() {
		let (vm, bytes) = T::raw_transaction();
		begin_extrinsic::<T>(bytes.clone());

		#[block]
		{
			Pallet::<T>::do_submit_raw(vm, &bytes, fails_raw).unwrap();
			Pallet::<T>::on_finalize(1u32.into());
		}

		let raw = EnginesOf::<T>::read_raw(vm, &bytes).unwrap();
		let who = T::AccountId::from(T::Identity::resolve(&raw.sender));
		assert_eq!(System::<T>::account_nonce(&who), 1u32.into());
		assert_eq!(Pallet::<T>::receipts().len(), 1);
	}

	#[benchmark]
	fn set_engine_enabled() {
		let vm = Pallet::<T>::engines().first().unwrap().vm;

		#[extrinsic_call]
		_(RawOrigin::Root, vm, false);

		assert!(DisabledEngines::<T>::contains_key(vm));
	}

	/// The block before had receipts. The root of a block without any, which each block has at least, is
	/// counted here.
	#[benchmark]
	fn on_initialize() {
		begin_extrinsic::<T>(vec![]);
		Pallet::<T>::run(sender::<T>(), &payload::<T>(), None, fails).unwrap();
		receipts::note_fee::<T>(1);

		#[block]
		{
			Pallet::<T>::on_initialize(1u32.into());
			Pallet::<T>::on_finalize(1u32.into());
		}

		assert!(Pallet::<T>::receipts().is_empty());
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::mock::chain(), crate::tests::mock::Test);
}
