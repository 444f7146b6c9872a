// SPDX-License-Identifier: Apache-2.0
//! What the end of a block costs.

#![allow(clippy::arithmetic_side_effects)]

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Balanced, Inspect},
	Hooks, OnUnbalanced,
};

use crate::{Config, FeePot, Pallet};

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The fees of a block are burnt, however many they are.
	#[benchmark]
	fn on_finalize() {
		let fees = 1_000_000;
		Pallet::<T>::on_unbalanced(T::Currency::issue(fees));
		let issuance = T::Currency::total_issuance();

		#[block]
		{
			Pallet::<T>::on_finalize(1u32.into());
		}

		assert!(!FeePot::<T>::exists());
		assert_eq!(T::Currency::total_issuance(), issuance - fees);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::chain(), crate::mock::Test);
}
