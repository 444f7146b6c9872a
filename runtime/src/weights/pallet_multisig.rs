// SPDX-License-Identifier: Apache-2.0
//! What `pallet_multisig` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 10 steps, 6 repetitions.
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
		Weight::from_parts(136_308_873, 0)
			// Standard error: 755
			.saturating_add(Weight::from_parts(6_377, 0).saturating_mul(z.into()))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_create(s: u32, z: u32) -> Weight {
		Weight::from_parts(19_012_764, 0)
			// Standard error: 95_096
			.saturating_add(Weight::from_parts(1_024_738, 0).saturating_mul(s.into()))
			// Standard error: 938
			.saturating_add(Weight::from_parts(10_717, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 3 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32) -> Weight {
		Weight::from_parts(22_035_561, 0)
			// Standard error: 51_233
			.saturating_add(Weight::from_parts(806_843, 0).saturating_mul(s.into()))
			// Standard error: 499
			.saturating_add(Weight::from_parts(6_702, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32) -> Weight {
		Weight::from_parts(112_358_000, 0)
			// Standard error: 67_408
			.saturating_add(Weight::from_parts(829_266, 0).saturating_mul(s.into()))
			// Standard error: 674
			.saturating_add(Weight::from_parts(3_477, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_create(s: u32) -> Weight {
		Weight::from_parts(36_303_460, 0)
			// Standard error: 84_674
			.saturating_add(Weight::from_parts(1_771_619, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_approve(s: u32) -> Weight {
		Weight::from_parts(36_026_998, 0)
			// Standard error: 98_208
			.saturating_add(Weight::from_parts(1_480_043, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn cancel_as_multi(s: u32) -> Weight {
		Weight::from_parts(66_077_521, 0)
			// Standard error: 113_394
			.saturating_add(Weight::from_parts(1_441_160, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn poke_deposit(s: u32) -> Weight {
		Weight::from_parts(17_548_112, 0)
			// Standard error: 83_728
			.saturating_add(Weight::from_parts(1_310_450, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
