// SPDX-License-Identifier: Apache-2.0
//! What `pallet_balances` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_balances::WeightInfo for Measured<T> {
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(44_056_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(41_441_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(34_144_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `System::Account` (r:1 w:1)
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(13_613_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::Account` (r:2 w:2)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn force_transfer() -> Weight {
		Weight::from_parts(44_660_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	// Storage: `System::Account` (r:1 w:1)
	// Storage: `IdCom::Owners` (r:4 w:4)
	fn transfer_all() -> Weight {
		Weight::from_parts(42_095_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}

	// Storage: `System::Account` (r:1 w:1)
	fn force_unreserve() -> Weight {
		Weight::from_parts(10_673_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::Account` (r:1000 w:1000)
	// `u` is from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(8_727_000, 0)
			// Standard error: 54_417
			.saturating_add(Weight::from_parts(7_550_204, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(u.into())))
	}

	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(4_140_000, 0)
	}

	fn burn_allow_death() -> Weight {
		Weight::from_parts(10_154_000, 0)
	}

	fn burn_keep_alive() -> Weight {
		Weight::from_parts(7_597_000, 0)
	}
}
