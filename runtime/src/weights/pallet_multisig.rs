// SPDX-License-Identifier: Apache-2.0
//! What `pallet_multisig` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 6 steps, 4 repetitions.
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

impl<T: frame_system::Config> pallet_multisig::WeightInfo for Measured<T> {
	// `z` is from 0 to 10000.
	fn as_multi_threshold_1(z: u32) -> Weight {
		Weight::from_parts(135_237_380, 0)
			// Standard error: 1_106
			.saturating_add(Weight::from_parts(5_683, 0).saturating_mul(z.into()))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_create(s: u32, z: u32) -> Weight {
		Weight::from_parts(107_090_000, 0)
			// Standard error: 139_127
			.saturating_add(Weight::from_parts(571_571, 0).saturating_mul(s.into()))
			// Standard error: 1_392
			.saturating_add(Weight::from_parts(6_225, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 3 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32) -> Weight {
		Weight::from_parts(113_109_000, 0)
			// Standard error: 120_679
			.saturating_add(Weight::from_parts(293_594, 0).saturating_mul(s.into()))
			// Standard error: 1_208
			.saturating_add(Weight::from_parts(5_355, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32) -> Weight {
		Weight::from_parts(77_925_760, 0)
			// Standard error: 150_411
			.saturating_add(Weight::from_parts(1_087_757, 0).saturating_mul(s.into()))
			// Standard error: 1_479
			.saturating_add(Weight::from_parts(5_685, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_create(s: u32) -> Weight {
		Weight::from_parts(31_596_567, 0)
			// Standard error: 47_881
			.saturating_add(Weight::from_parts(1_044_977, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_approve(s: u32) -> Weight {
		Weight::from_parts(13_870_959, 0)
			// Standard error: 75_367
			.saturating_add(Weight::from_parts(915_461, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn cancel_as_multi(s: u32) -> Weight {
		Weight::from_parts(36_837_181, 0)
			// Standard error: 57_995
			.saturating_add(Weight::from_parts(884_450, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn poke_deposit(s: u32) -> Weight {
		Weight::from_parts(25_634_609, 0)
			// Standard error: 59_032
			.saturating_add(Weight::from_parts(905_867, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
