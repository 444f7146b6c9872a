// SPDX-License-Identifier: Apache-2.0
//! What `pallet_migrations` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_migrations::WeightInfo for Measured<T> {
	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:1)
	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	fn onboard_new_mbms() -> Weight {
		Weight::from_parts(5_986_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	fn progress_mbms_none() -> Weight {
		Weight::from_parts(2_042_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Cursor` (r:0 w:1)
	fn exec_migration_completed() -> Weight {
		Weight::from_parts(4_831_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Historic` (r:1 w:0)
	fn exec_migration_skipped_historic() -> Weight {
		Weight::from_parts(9_342_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Historic` (r:1 w:0)
	fn exec_migration_advance() -> Weight {
		Weight::from_parts(6_608_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Historic` (r:1 w:1)
	fn exec_migration_complete() -> Weight {
		Weight::from_parts(8_001_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Historic` (r:1 w:0)
	// Storage: `MultiBlockMigrations::Cursor` (r:0 w:1)
	fn exec_migration_fail() -> Weight {
		Weight::from_parts(7_806_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn on_init_loop() -> Weight {
		Weight::from_parts(165_000, 0)
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:0 w:1)
	fn force_set_cursor() -> Weight {
		Weight::from_parts(2_014_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:0 w:1)
	fn force_set_active_cursor() -> Weight {
		Weight::from_parts(2_004_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	// Storage: UNKNOWN KEY `0x583359fe0e84d953a9dd84e8addb08a5` (r:1 w:0)
	fn force_onboard_mbms() -> Weight {
		Weight::from_parts(4_557_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}

	// Storage: `MultiBlockMigrations::Historic` (r:256 w:256)
	// `n` is from 0 to 256.
	fn clear_historic(n: u32) -> Weight {
		Weight::from_parts(29_986_636, 0)
			// Standard error: 15_253
			.saturating_add(Weight::from_parts(1_520_949, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `n` is from 0 to 2048.
	fn reset_pallet_migration(n: u32) -> Weight {
		Weight::from_parts(43_106_628, 0)
			// Standard error: 45_743
			.saturating_add(Weight::from_parts(1_077_756, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
}
