// SPDX-License-Identifier: Apache-2.0
//! What `pallet_dispatch` weighs, as `make weights` has measured it. Generated:
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

/// What `pallet_dispatch` weighs.
pub trait WeightInfo {
	/// The benchmark `submit`.
	fn submit() -> Weight;
	/// The benchmark `authorize_raw`.
	fn authorize_raw() -> Weight;
	/// The benchmark `submit_raw`.
	fn submit_raw() -> Weight;
	/// The benchmark `set_engine_enabled`.
	fn set_engine_enabled() -> Weight;
	/// The benchmark `on_initialize`.
	fn on_initialize() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `Dispatch::DisabledEngines` (r:1 w:0)
	// Storage: `System::ExtrinsicData` (r:1 w:0)
	fn submit() -> Weight {
		Weight::from_parts(22_321_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `Dispatch::DisabledEngines` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:0)
	// Storage: `Evm::CodeHashes` (r:1 w:0)
	fn authorize_raw() -> Weight {
		Weight::from_parts(69_467_000, 0).saturating_add(T::DbWeight::get().reads(5))
	}

	// Storage: `Dispatch::DisabledEngines` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:0)
	// Storage: `Evm::CodeHashes` (r:1 w:0)
	// Storage: `System::ExtrinsicData` (r:1 w:0)
	// Storage: `IdCom::OwnAddress` (r:0 w:1)
	fn submit_raw() -> Weight {
		Weight::from_parts(129_549_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `Dispatch::DisabledEngines` (r:0 w:1)
	fn set_engine_enabled() -> Weight {
		Weight::from_parts(3_391_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Dispatch::ReceiptsRoot` (r:0 w:1)
	// Storage: `Dispatch::ReceiptCount` (r:0 w:1)
	// Storage: `Dispatch::Receipts` (r:0 w:1)
	// Storage: `Dispatch::ReceiptFees` (r:0 w:1)
	fn on_initialize() -> Weight {
		Weight::from_parts(2_240_000, 0).saturating_add(T::DbWeight::get().writes(4))
	}
}

/// For tests.
impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(22_321_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}

	fn authorize_raw() -> Weight {
		Weight::from_parts(69_467_000, 0).saturating_add(ParityDbWeight::get().reads(5))
	}

	fn submit_raw() -> Weight {
		Weight::from_parts(129_549_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn set_engine_enabled() -> Weight {
		Weight::from_parts(3_391_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}

	fn on_initialize() -> Weight {
		Weight::from_parts(2_240_000, 0).saturating_add(ParityDbWeight::get().writes(4))
	}
}
