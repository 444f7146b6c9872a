// SPDX-License-Identifier: Apache-2.0
//! What `pallet_evm` weighs, as `make weights` has measured it. Generated:
//! the benchmarks say what the worst cases are.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor: 12 steps, 8 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What `pallet_evm` weighs.
pub trait WeightInfo {
	/// The benchmark `on_initialize`.
	fn on_initialize() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Evm::MovementLogs` (r:0 w:1)
	// Storage: `Evm::BaseFee` (r:0 w:1)
	fn on_initialize() -> Weight {
		Weight::from_parts(1_387_000, 0).saturating_add(T::DbWeight::get().writes(2))
	}
}

/// For tests.
impl WeightInfo for () {
	fn on_initialize() -> Weight {
		Weight::from_parts(1_387_000, 0).saturating_add(ParityDbWeight::get().writes(2))
	}
}
