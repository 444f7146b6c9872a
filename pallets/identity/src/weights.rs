// SPDX-License-Identifier: Apache-2.0
//! What `pallet_id_com` weighs, as `make weights` has measured it. Generated:
//! the benchmarks say what the worst cases are.
//!
//! 2026-11-22, on AMD EPYC: 10 steps, 6 repetitions.
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
		Weight::from_parts(992_121_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(13))
	}

	// Storage: `IdCom::Bindings` (r:1 w:1)
	// Storage: `IdCom::BindingCount` (r:1 w:1)
	// Storage: `IdCom::Primary` (r:1 w:1)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Owners` (r:0 w:1)
	fn unbind() -> Weight {
		Weight::from_parts(78_597_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `IdCom::Owners` (r:1 w:0)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `UnifiedTokens::Mints` (r:32 w:32)
	// Storage: `UnifiedTokens::Balances` (r:64 w:64)
	// Storage: `IdCom::Primary` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	// Storage: `Evm::MovementLogs` (r:1 w:1)
	fn sweep(m: u32) -> Weight {
		Weight::from_parts(116_016_096, 0)
			// Standard error: 24_769_197
			.saturating_add(Weight::from_parts(105_486_115, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(m.into())))
	}

	// Storage: `IdCom::Owners` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	// Storage: `IdCom::Primary` (r:0 w:1)
	fn set_primary() -> Weight {
		Weight::from_parts(34_050_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `IdCom::AuthKeys` (r:0 w:1)
	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(14_272_878, 0)
			// Standard error: 1_106_292
			.saturating_add(Weight::from_parts(11_025_025, 0).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::Account` (r:1 w:0)
	// Storage: `IdCom::AuthKeys` (r:1 w:0)
	fn authorize() -> Weight {
		Weight::from_parts(873_443_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Dispatch::Receipts` (r:1 w:0)
	fn act_as() -> Weight {
		Weight::from_parts(188_962_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `IdCom::Owners` (r:4 w:4)
	fn first_sight() -> Weight {
		Weight::from_parts(49_744_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn retain() -> Weight {
		Weight::from_parts(51_146_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `IdCom::Owners` (r:5 w:5)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::OwnAddress` (r:0 w:1)
	fn see_wallet() -> Weight {
		Weight::from_parts(444_113_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	// Storage: `IdCom::Owners` (r:1 w:0)
	fn resolve() -> Weight {
		Weight::from_parts(175_121_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
}

/// For tests.
impl WeightInfo for () {
	fn bind() -> Weight {
		Weight::from_parts(992_121_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(13))
	}

	fn unbind() -> Weight {
		Weight::from_parts(78_597_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(6))
	}

	fn sweep(m: u32) -> Weight {
		Weight::from_parts(116_016_096, 0)
			.saturating_add(Weight::from_parts(105_486_115, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(m.into())))
	}

	fn set_primary() -> Weight {
		Weight::from_parts(34_050_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn set_auth_keys(k: u32) -> Weight {
		Weight::from_parts(14_272_878, 0)
			.saturating_add(Weight::from_parts(11_025_025, 0).saturating_mul(k.into()))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn authorize() -> Weight {
		Weight::from_parts(873_443_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}

	fn act_as() -> Weight {
		Weight::from_parts(188_962_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}

	fn first_sight() -> Weight {
		Weight::from_parts(49_744_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn retain() -> Weight {
		Weight::from_parts(51_146_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}

	fn see_wallet() -> Weight {
		Weight::from_parts(444_113_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(7))
	}

	fn resolve() -> Weight {
		Weight::from_parts(175_121_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
}
