// SPDX-License-Identifier: Apache-2.0
//! What `pallet_grandpa` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_grandpa::WeightInfo for Measured<T> {
	// `x` is from 0 to 1.
	// This chain takes no reports; only the check of the proof is measured.
	fn report_equivocation(_: u32, _: u32) -> Weight {
		Weight::from_parts(103_314_590, 0)
	}

	// Storage: `Grandpa::Stalled` (r:0 w:1)
	fn note_stalled() -> Weight {
		Weight::from_parts(2_094_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
}
