// SPDX-License-Identifier: Apache-2.0
//! What `pallet_utility` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_utility::WeightInfo for Measured<T> {
	// `c` is from 0 to 1000.
	fn batch(c: u32) -> Weight {
		Weight::from_parts(5_659_000, 0)
			// Standard error: 112_156
			.saturating_add(Weight::from_parts(4_705_429, 0).saturating_mul(c.into()))
	}

	fn as_derivative() -> Weight {
		Weight::from_parts(7_982_000, 0)
	}

	// `c` is from 0 to 1000.
	fn batch_all(c: u32) -> Weight {
		Weight::from_parts(104_083_504, 0)
			// Standard error: 48_690
			.saturating_add(Weight::from_parts(4_638_763, 0).saturating_mul(c.into()))
	}

	fn dispatch_as() -> Weight {
		Weight::from_parts(7_431_000, 0)
	}

	// `c` is from 0 to 1000.
	fn force_batch(c: u32) -> Weight {
		Weight::from_parts(1_705_994, 0)
			// Standard error: 22_752
			.saturating_add(Weight::from_parts(4_661_210, 0).saturating_mul(c.into()))
	}

	fn dispatch_as_fallible() -> Weight {
		Weight::from_parts(7_682_000, 0)
	}

	fn if_else() -> Weight {
		Weight::from_parts(10_656_000, 0)
	}
}
