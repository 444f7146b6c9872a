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
	// Storage: `Dispatch::Receipts` (r:2 w:1)
	fn submit() -> Weight {
		Weight::from_parts(50_412_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Dispatch::DisabledEngines` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:0)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:0)
	// Storage: `Evm::CodeHashes` (r:1 w:0)
	fn authorize_raw() -> Weight {
		Weight::from_parts(72_808_000, 0).saturating_add(T::DbWeight::get().reads(5))
	}

	// Storage: `Dispatch::DisabledEngines` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:0)
	// Storage: `Evm::CodeHashes` (r:1 w:0)
	// Storage: `System::ExtrinsicData` (r:1 w:0)
	// Storage: `Dispatch::Receipts` (r:2 w:1)
	// Storage: `IdCom::OwnAddress` (r:0 w:1)
	fn submit_raw() -> Weight {
		Weight::from_parts(166_852_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `Dispatch::DisabledEngines` (r:0 w:1)
	fn set_engine_enabled() -> Weight {
		Weight::from_parts(5_402_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Dispatch::Receipts` (r:1001 w:1000)
	// Storage: `Dispatch::ReceiptsRoot` (r:0 w:1)
	fn on_initialize() -> Weight {
		Weight::from_parts(7_320_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For tests.
impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(50_412_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn authorize_raw() -> Weight {
		Weight::from_parts(72_808_000, 0).saturating_add(ParityDbWeight::get().reads(5))
	}

	fn submit_raw() -> Weight {
		Weight::from_parts(166_852_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn set_engine_enabled() -> Weight {
		Weight::from_parts(5_402_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}

	fn on_initialize() -> Weight {
		Weight::from_parts(7_320_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
