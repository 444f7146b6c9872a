// SPDX-License-Identifier: Apache-2.0
//! What `pallet_utility` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 4 steps, 2 repetitions.
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
		Weight::from_parts(130_603_035, 0)
			// Standard error: 638_067
			.saturating_add(Weight::from_parts(4_497_996, 0).saturating_mul(c.into()))
	}

	fn as_derivative() -> Weight {
		Weight::from_parts(16_284_000, 0)
	}

	// `c` is from 0 to 1000.
	fn batch_all(c: u32) -> Weight {
		Weight::from_parts(166_564_307, 0)
			// Standard error: 683_376
			.saturating_add(Weight::from_parts(4_773_003, 0).saturating_mul(c.into()))
	}

	fn dispatch_as() -> Weight {
		Weight::from_parts(11_107_000, 0)
	}

	// `c` is from 0 to 1000.
	fn force_batch(c: u32) -> Weight {
		Weight::from_parts(256_733_695, 0)
			// Standard error: 294_516
			.saturating_add(Weight::from_parts(3_779_856, 0).saturating_mul(c.into()))
	}

	fn dispatch_as_fallible() -> Weight {
		Weight::from_parts(10_957_000, 0)
	}

	fn if_else() -> Weight {
		Weight::from_parts(19_359_000, 0)
	}
}
