// SPDX-License-Identifier: Apache-2.0
//! What `pallet_sudo` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_sudo::WeightInfo for Measured<T> {
	// Storage: `Sudo::Key` (r:1 w:1)
	fn set_key() -> Weight {
		Weight::from_parts(7_593_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn sudo() -> Weight {
		Weight::from_parts(7_470_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn sudo_as() -> Weight {
		Weight::from_parts(7_983_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Sudo::Key` (r:1 w:1)
	fn remove_key() -> Weight {
		Weight::from_parts(7_114_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn check_only_sudo_account() -> Weight {
		Weight::from_parts(4_407_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
}
