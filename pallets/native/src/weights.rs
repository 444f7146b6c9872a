// SPDX-License-Identifier: Apache-2.0
//! What `pallet_native` weighs, as `make weights` has measured it. Generated:
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

/// What `pallet_native` weighs.
pub trait WeightInfo {
	/// The benchmark `transfer_native`.
	fn transfer_native() -> Weight;
	/// The benchmark `transfer_token`.
	fn transfer_token() -> Weight;
	/// The benchmark `create_account`.
	fn create_account() -> Weight;
	/// The benchmark `set_auth_keys`, with `k` from 1 to 8.
	fn set_auth_keys(k: u32) -> Weight;
	/// The benchmark `bind_address`.
	fn bind_address() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn transfer_native() -> Weight {
		Weight::from_parts(42_101_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `UnifiedTokens::Balances` (r:2 w:2)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:1)
	// Storage: `Svm::Associated` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `UnifiedTokens::Mints` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:4 w:4)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:1)
	fn transfer_token() -> Weight {
		Weight::from_parts(79_410_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(10))
	}

	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn create_account() -> Weight {
		Weight::from_parts(41_981_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `IdCom::AuthKeys` (r:1 w:1)
	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(5_744_805, 0)
			// Standard error: 167_070
			.saturating_add(Weight::from_parts(12_831_241, 0).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Evm::CodeHashes` (r:1 w:0)
	// Storage: `UnifiedTokens::MintOfErc20` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:5 w:5)
	// Storage: `IdCom::BindingCount` (r:2 w:1)
	// Storage: `IdCom::OwnAddress` (r:1 w:1)
	// Storage: `IdCom::BindingNonce` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Primary` (r:1 w:1)
	// Storage: `IdCom::Bindings` (r:0 w:1)
	// Storage: `IdCom::AuthKeys` (r:0 w:1)
	fn bind_address() -> Weight {
		Weight::from_parts(776_897_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(13))
	}
}

/// For tests.
impl WeightInfo for () {
	fn transfer_native() -> Weight {
		Weight::from_parts(42_101_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn transfer_token() -> Weight {
		Weight::from_parts(79_410_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(10))
	}

	fn create_account() -> Weight {
		Weight::from_parts(41_981_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(5_744_805, 0)
			.saturating_add(Weight::from_parts(12_831_241, 0).saturating_mul(k.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn bind_address() -> Weight {
		Weight::from_parts(776_897_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
}
