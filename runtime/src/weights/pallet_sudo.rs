// SPDX-License-Identifier: Apache-2.0
//! What `pallet_sudo` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_sudo::WeightInfo for Measured<T> {
	// Storage: `Sudo::Key` (r:1 w:1)
	fn set_key() -> Weight {
		Weight::from_parts(14_932_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn sudo() -> Weight {
		Weight::from_parts(15_282_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn sudo_as() -> Weight {
		Weight::from_parts(15_493_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Sudo::Key` (r:1 w:1)
	fn remove_key() -> Weight {
		Weight::from_parts(12_959_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Sudo::Key` (r:1 w:0)
	fn check_only_sudo_account() -> Weight {
		Weight::from_parts(6_860_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
}
