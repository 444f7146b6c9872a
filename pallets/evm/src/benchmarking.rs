// SPDX-License-Identifier: Apache-2.0
//! What the EVM costs besides its gas: the beginning of a block.

use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{Get, Hooks};
use sp_core::H256;
use unum_address::Address;
use unum_vm_engine::Log;

use crate::{BaseFee, Config, MovementLogs, Pallet};

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The block before had an extrinsic that moved a token otherwise than by a contract.
	#[benchmark]
	fn on_initialize() {
		// As a transfer leaves it: its contract, three topics, the amount.
		let log = Log {
			emitter: Address::Evm([1; 20].into()),
			topics: vec![H256::repeat_byte(2); 3],
			data: vec![3; 32],
		};
		MovementLogs::<T>::append((0u32, log));

		#[block]
		{
			Pallet::<T>::on_initialize(1u32.into());
		}

		assert!(!MovementLogs::<T>::exists());
		assert_eq!(BaseFee::<T>::get(), T::GasPrice::get());
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::new_chain(), crate::tests::Test);
}
