// SPDX-License-Identifier: Apache-2.0
//! What `pallet_multisig` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_multisig::WeightInfo for Measured<T> {
	// `z` is from 0 to 10000.
	fn as_multi_threshold_1(z: u32) -> Weight {
		Weight::from_parts(128_962_755, 0)
			// Standard error: 1_673
			.saturating_add(Weight::from_parts(10_023, 0).saturating_mul(z.into()))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_create(s: u32, z: u32) -> Weight {
		Weight::from_parts(102_693_053, 0)
			// Standard error: 329_565
			.saturating_add(Weight::from_parts(821_283, 0).saturating_mul(s.into()))
			// Standard error: 3_238
			.saturating_add(Weight::from_parts(7_975, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 3 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32) -> Weight {
		Weight::from_parts(86_503_364, 0)
			// Standard error: 238_681
			.saturating_add(Weight::from_parts(792_973, 0).saturating_mul(s.into()))
			// Standard error: 2_319
			.saturating_add(Weight::from_parts(4_059, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `s` is from 2 to 100.
	// `z` is from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32) -> Weight {
		Weight::from_parts(47_876_689, 0)
			// Standard error: 233_485
			.saturating_add(Weight::from_parts(1_336_635, 0).saturating_mul(s.into()))
			// Standard error: 2_294
			.saturating_add(Weight::from_parts(10_952, 0).saturating_mul(z.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_create(s: u32) -> Weight {
		Weight::from_parts(71_144_226, 0)
			// Standard error: 164_937
			.saturating_add(Weight::from_parts(855_180, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn approve_as_multi_approve(s: u32) -> Weight {
		Weight::from_parts(27_160_185, 0)
			// Standard error: 133_249
			.saturating_add(Weight::from_parts(1_056_858, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn cancel_as_multi(s: u32) -> Weight {
		Weight::from_parts(44_355_212, 0)
			// Standard error: 183_209
			.saturating_add(Weight::from_parts(1_109_237, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Multisig::Multisigs` (r:1 w:1)
	// `s` is from 2 to 100.
	fn poke_deposit(s: u32) -> Weight {
		Weight::from_parts(49_475_807, 0)
			// Standard error: 172_464
			.saturating_add(Weight::from_parts(934_932, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
