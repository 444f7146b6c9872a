// SPDX-License-Identifier: Apache-2.0
//! What `pallet_utility` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_utility::WeightInfo for Measured<T> {
	// `c` is from 0 to 1000.
	fn batch(c: u32) -> Weight {
		Weight::from_parts(28_239_976, 0)
			// Standard error: 30_232
			.saturating_add(Weight::from_parts(4_097_118, 0).saturating_mul(c.into()))
	}

	fn as_derivative() -> Weight {
		Weight::from_parts(6_970_000, 0)
	}

	// `c` is from 0 to 1000.
	fn batch_all(c: u32) -> Weight {
		Weight::from_parts(13_464_785, 0)
			// Standard error: 35_168
			.saturating_add(Weight::from_parts(4_377_819, 0).saturating_mul(c.into()))
	}

	fn dispatch_as() -> Weight {
		Weight::from_parts(8_232_000, 0)
	}

	// `c` is from 0 to 1000.
	fn force_batch(c: u32) -> Weight {
		Weight::from_parts(5_618_000, 0)
			// Standard error: 25_877
			.saturating_add(Weight::from_parts(4_065_461, 0).saturating_mul(c.into()))
	}

	fn dispatch_as_fallible() -> Weight {
		Weight::from_parts(8_463_000, 0)
	}

	fn if_else() -> Weight {
		Weight::from_parts(12_719_000, 0)
	}
}
