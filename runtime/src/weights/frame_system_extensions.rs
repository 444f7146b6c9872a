// SPDX-License-Identifier: Apache-2.0
//! What `frame_system_extensions` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 4 steps, 2 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> frame_system::ExtensionsWeightInfo for Measured<T> {
	fn check_genesis() -> Weight {
		Weight::from_parts(3_695_000, 0)
	}

	fn check_mortality_mortal_transaction() -> Weight {
		Weight::from_parts(5_468_000, 0)
	}

	fn check_mortality_immortal_transaction() -> Weight {
		Weight::from_parts(7_111_000, 0)
	}

	fn check_non_zero_sender() -> Weight {
		Weight::from_parts(1_462_000, 0)
	}

	// Storage: `System::Account` (r:1 w:1)
	fn check_nonce() -> Weight {
		Weight::from_parts(10_185_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn check_spec_version() -> Weight {
		Weight::from_parts(701_000, 0)
	}

	fn check_tx_version() -> Weight {
		Weight::from_parts(681_000, 0)
	}

	fn check_weight() -> Weight {
		Weight::from_parts(7_190_000, 0)
	}

	fn weight_reclaim() -> Weight {
		Weight::from_parts(3_195_000, 0)
	}
}
