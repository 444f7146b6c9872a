// SPDX-License-Identifier: Apache-2.0
//! What `frame_system` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> frame_system::WeightInfo for Measured<T> {
	// `b` is from 0 to 3932160.
	fn remark(b: u32) -> Weight {
		Weight::from_parts(30_562_120, 0)
			// Standard error: 10
			.saturating_add(Weight::from_parts(399, 0).saturating_mul(b.into()))
	}

	// `b` is from 0 to 3932160.
	fn remark_with_event(b: u32) -> Weight {
		Weight::from_parts(5_067_000, 0)
			// Standard error: 5
			.saturating_add(Weight::from_parts(1_717, 0).saturating_mul(b.into()))
	}

	// Storage: UNKNOWN KEY `0x3a686561707061676573` (r:0 w:1)
	fn set_heap_pages() -> Weight {
		Weight::from_parts(3_792_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	// Storage: UNKNOWN KEY `0x3a636f6465` (r:0 w:1)
	fn set_code() -> Weight {
		Weight::from_parts(133_938_993_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `i` is from 0 to 1000.
	fn set_storage(i: u32) -> Weight {
		Weight::from_parts(1_604_000, 0)
			// Standard error: 2_614
			.saturating_add(Weight::from_parts(590_636, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(i.into())))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `i` is from 0 to 1000.
	fn kill_storage(i: u32) -> Weight {
		Weight::from_parts(1_535_000, 0)
			// Standard error: 1_763
			.saturating_add(Weight::from_parts(459_418, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(i.into())))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `p` is from 0 to 1000.
	fn kill_prefix(p: u32) -> Weight {
		Weight::from_parts(4_221_000, 0)
			// Standard error: 8_704
			.saturating_add(Weight::from_parts(1_569_521, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}

	// Storage: `System::AuthorizedUpgrade` (r:0 w:1)
	fn authorize_upgrade() -> Weight {
		Weight::from_parts(17_487_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::AuthorizedUpgrade` (r:1 w:1)
	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	// Storage: UNKNOWN KEY `0x3a636f6465` (r:0 w:1)
	fn apply_authorized_upgrade() -> Weight {
		Weight::from_parts(147_516_642_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
