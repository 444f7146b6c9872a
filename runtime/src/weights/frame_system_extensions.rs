// SPDX-License-Identifier: Apache-2.0
//! What `frame_system_extensions` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor: 12 steps, 8 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
// Not used for a pallet whose calls by themselves touch no storage.
#[allow(unused_imports)]
use frame_support::traits::Get;
use frame_support::weights::Weight;

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> frame_system::ExtensionsWeightInfo for Measured<T> {
	fn check_genesis() -> Weight {
		Weight::from_parts(1_775_000, 0)
	}

	fn check_mortality_mortal_transaction() -> Weight {
		Weight::from_parts(1_364_000, 0)
	}

	fn check_mortality_immortal_transaction() -> Weight {
		Weight::from_parts(1_369_000, 0)
	}

	fn check_non_zero_sender() -> Weight {
		Weight::from_parts(278_000, 0)
	}

	// Storage: `System::Account` (r:1 w:1)
	fn check_nonce() -> Weight {
		Weight::from_parts(4_815_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn check_spec_version() -> Weight {
		Weight::from_parts(265_000, 0)
	}

	fn check_tx_version() -> Weight {
		Weight::from_parts(255_000, 0)
	}

	fn check_weight() -> Weight {
		Weight::from_parts(2_826_000, 0)
	}

	fn weight_reclaim() -> Weight {
		Weight::from_parts(1_767_000, 0)
	}
}
