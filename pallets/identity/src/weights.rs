// SPDX-License-Identifier: Apache-2.0
//! What `pallet_id_com` weighs, as `make weights` has measured it. Generated:
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

/// What `pallet_id_com` weighs.
pub trait WeightInfo {
	/// The benchmark `bind`.
	fn bind() -> Weight;
	/// The benchmark `unbind`.
	fn unbind() -> Weight;
	/// The benchmark `sweep`, with `m` from 0 to 32.
	fn sweep(m: u32) -> Weight;
	/// The benchmark `set_primary`.
	fn set_primary() -> Weight;
	/// The benchmark `set_auth_keys`, with `k` from 0 to 8.
	fn set_auth_keys(k: u32) -> Weight;
	/// The benchmark `authorize`.
	fn authorize() -> Weight;
	/// The benchmark `act_as`.
	fn act_as() -> Weight;
	/// The benchmark `first_sight`.
	fn first_sight() -> Weight;
	/// The benchmark `retain`.
	fn retain() -> Weight;
	/// The benchmark `see_wallet`.
	fn see_wallet() -> Weight;
	/// The benchmark `resolve`.
	fn resolve() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
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
	fn bind() -> Weight {
		Weight::from_parts(776_536_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(13))
	}

	// Storage: `IdCom::Bindings` (r:1 w:1)
	// Storage: `IdCom::BindingCount` (r:1 w:1)
	// Storage: `IdCom::Primary` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Owners` (r:0 w:1)
	fn unbind() -> Weight {
		Weight::from_parts(35_382_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `IdCom::Owners` (r:1 w:0)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `UnifiedTokens::Mints` (r:32 w:32)
	// Storage: `UnifiedTokens::Balances` (r:64 w:64)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::TokenRecords` (r:33 w:32)
	// Storage: `Svm::Associated` (r:32 w:32)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:32)
	fn sweep(m: u32) -> Weight {
		Weight::from_parts(60_834_037, 0)
			// Standard error: 371_414
			.saturating_add(Weight::from_parts(50_149_629, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(5_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(6_u64.saturating_mul(m.into())))
	}

	// Storage: `IdCom::Owners` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	// Storage: `IdCom::Primary` (r:0 w:1)
	fn set_primary() -> Weight {
		Weight::from_parts(27_372_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `IdCom::AuthKeys` (r:0 w:1)
	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(4_616_432, 0)
			// Standard error: 94_167
			.saturating_add(Weight::from_parts(12_540_297, 0).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::Account` (r:1 w:0)
	// Storage: `IdCom::AuthKeys` (r:1 w:0)
	fn authorize() -> Weight {
		Weight::from_parts(597_097_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `System::Account` (r:1 w:1)
	fn act_as() -> Weight {
		Weight::from_parts(32_030_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `IdCom::Owners` (r:4 w:4)
	fn first_sight() -> Weight {
		Weight::from_parts(25_996_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn retain() -> Weight {
		Weight::from_parts(31_045_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `IdCom::Owners` (r:5 w:5)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::OwnAddress` (r:0 w:1)
	fn see_wallet() -> Weight {
		Weight::from_parts(229_535_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `IdCom::Owners` (r:1 w:0)
	fn resolve() -> Weight {
		Weight::from_parts(88_643_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
}

/// For tests.
impl WeightInfo for () {
	fn bind() -> Weight {
		Weight::from_parts(776_536_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(13))
	}

	fn unbind() -> Weight {
		Weight::from_parts(35_382_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn sweep(m: u32) -> Weight {
		Weight::from_parts(60_834_037, 0)
			.saturating_add(Weight::from_parts(50_149_629, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().reads(5_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(6_u64.saturating_mul(m.into())))
	}

	fn set_primary() -> Weight {
		Weight::from_parts(27_372_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(4_616_432, 0)
			.saturating_add(Weight::from_parts(12_540_297, 0).saturating_mul(k.into()))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn authorize() -> Weight {
		Weight::from_parts(597_097_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}

	fn act_as() -> Weight {
		Weight::from_parts(32_030_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn first_sight() -> Weight {
		Weight::from_parts(25_996_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn retain() -> Weight {
		Weight::from_parts(31_045_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn see_wallet() -> Weight {
		Weight::from_parts(229_535_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn resolve() -> Weight {
		Weight::from_parts(88_643_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
}
