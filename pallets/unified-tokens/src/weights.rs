// SPDX-License-Identifier: Apache-2.0
//! What `pallet_unified_tokens` weighs, as `make weights` has measured it. Generated:
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

/// What `pallet_unified_tokens` weighs.
pub trait WeightInfo {
	/// The benchmark `create_mint`.
	fn create_mint() -> Weight;
	/// The benchmark `mint_to`.
	fn mint_to() -> Weight;
	/// The benchmark `burn`.
	fn burn() -> Weight;
	/// The benchmark `transfer`.
	fn transfer() -> Weight;
	/// The benchmark `approve`.
	fn approve() -> Weight;
	/// The benchmark `transfer_from`.
	fn transfer_from() -> Weight;
	/// The benchmark `set_metadata`.
	fn set_metadata() -> Weight;
	/// The benchmark `set_frozen`.
	fn set_frozen() -> Weight;
	/// The benchmark `set_authority`.
	fn set_authority() -> Weight;
	/// The benchmark `burn_from`.
	fn burn_from() -> Weight;
	/// The benchmark `index_mint`.
	fn index_mint() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:1)
	fn create_mint() -> Weight {
		Weight::from_parts(12_332_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	// Storage: `UnifiedTokens::Balances` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	// Storage: `IdCom::Primary` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:1)
	// Storage: `Svm::Associated` (r:1 w:1)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:1)
	fn mint_to() -> Weight {
		Weight::from_parts(88_993_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	// Storage: `UnifiedTokens::Balances` (r:1 w:1)
	// Storage: `IdCom::Primary` (r:1 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	fn burn() -> Weight {
		Weight::from_parts(24_740_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `UnifiedTokens::Balances` (r:2 w:2)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:1)
	// Storage: `Svm::Associated` (r:1 w:1)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:1)
	fn transfer() -> Weight {
		Weight::from_parts(90_109_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `IdCom::Primary` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `UnifiedTokens::Allowances` (r:0 w:1)
	fn approve() -> Weight {
		Weight::from_parts(25_568_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `UnifiedTokens::Allowances` (r:1 w:1)
	// Storage: `UnifiedTokens::Balances` (r:2 w:2)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:1)
	// Storage: `Svm::Associated` (r:1 w:1)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:1)
	fn transfer_from() -> Weight {
		Weight::from_parts(98_635_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	fn set_metadata() -> Weight {
		Weight::from_parts(10_710_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `UnifiedTokens::Balances` (r:1 w:1)
	fn set_frozen() -> Weight {
		Weight::from_parts(13_054_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	fn set_authority() -> Weight {
		Weight::from_parts(9_691_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `UnifiedTokens::Mints` (r:1 w:1)
	// Storage: `UnifiedTokens::Allowances` (r:1 w:1)
	// Storage: `UnifiedTokens::Balances` (r:1 w:1)
	// Storage: `IdCom::Primary` (r:1 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	fn burn_from() -> Weight {
		Weight::from_parts(30_857_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: UNKNOWN KEY `0xe3a3fbdc490ef85ac4a85e45466b93a24e7b9012096b41c4eb3aaf947f6ea429` (r:1 w:0)
	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:1)
	fn index_mint() -> Weight {
		Weight::from_parts(12_843_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For tests.
impl WeightInfo for () {
	fn create_mint() -> Weight {
		Weight::from_parts(12_332_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn mint_to() -> Weight {
		Weight::from_parts(88_993_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn burn() -> Weight {
		Weight::from_parts(24_740_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}

	fn transfer() -> Weight {
		Weight::from_parts(90_109_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn approve() -> Weight {
		Weight::from_parts(25_568_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn transfer_from() -> Weight {
		Weight::from_parts(98_635_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(11))
	}

	fn set_metadata() -> Weight {
		Weight::from_parts(10_710_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_frozen() -> Weight {
		Weight::from_parts(13_054_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_authority() -> Weight {
		Weight::from_parts(9_691_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn burn_from() -> Weight {
		Weight::from_parts(30_857_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn index_mint() -> Weight {
		Weight::from_parts(12_843_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
