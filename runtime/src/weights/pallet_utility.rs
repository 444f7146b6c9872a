// SPDX-License-Identifier: Apache-2.0
//! What `pallet_utility` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_utility::WeightInfo for Measured<T> {
	// `c` is from 0 to 1000.
	fn batch(c: u32) -> Weight {
		Weight::from_parts(7_948_349, 0)
			// Standard error: 5_511
			.saturating_add(Weight::from_parts(1_271_145, 0).saturating_mul(c.into()))
	}

	fn as_derivative() -> Weight {
		Weight::from_parts(2_928_000, 0)
	}

	// `c` is from 0 to 1000.
	fn batch_all(c: u32) -> Weight {
		Weight::from_parts(7_148_814, 0)
			// Standard error: 6_245
			.saturating_add(Weight::from_parts(1_309_463, 0).saturating_mul(c.into()))
	}

	fn dispatch_as() -> Weight {
		Weight::from_parts(4_315_000, 0)
	}

	// `c` is from 0 to 1000.
	fn force_batch(c: u32) -> Weight {
		Weight::from_parts(6_001_907, 0)
			// Standard error: 6_796
			.saturating_add(Weight::from_parts(1_285_852, 0).saturating_mul(c.into()))
	}

	fn dispatch_as_fallible() -> Weight {
		Weight::from_parts(4_270_000, 0)
	}

	fn if_else() -> Weight {
		Weight::from_parts(5_571_000, 0)
	}
}
