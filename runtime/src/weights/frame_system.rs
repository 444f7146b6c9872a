// SPDX-License-Identifier: Apache-2.0
//! What `frame_system` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 10 steps, 6 repetitions.
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
		Weight::from_parts(7_220_451, 0)
			// Standard error: 13
			.saturating_add(Weight::from_parts(558, 0).saturating_mul(b.into()))
	}

	// `b` is from 0 to 3932160.
	fn remark_with_event(b: u32) -> Weight {
		Weight::from_parts(6_550_000, 0)
			// Standard error: 17
			.saturating_add(Weight::from_parts(1_932, 0).saturating_mul(b.into()))
	}

	// Storage: UNKNOWN KEY `0x3a686561707061676573` (r:0 w:1)
	fn set_heap_pages() -> Weight {
		Weight::from_parts(4_457_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	// Storage: UNKNOWN KEY `0x3a636f6465` (r:0 w:1)
	fn set_code() -> Weight {
		Weight::from_parts(86_227_655_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `i` is from 0 to 1000.
	fn set_storage(i: u32) -> Weight {
		Weight::from_parts(1_872_000, 0)
			// Standard error: 8_882
			.saturating_add(Weight::from_parts(712_033, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(i.into())))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `i` is from 0 to 1000.
	fn kill_storage(i: u32) -> Weight {
		Weight::from_parts(1_922_000, 0)
			// Standard error: 245_917
			.saturating_add(Weight::from_parts(1_266_630, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(i.into())))
	}

	// Storage: `Skipped::Metadata` (r:0 w:0)
	// `p` is from 0 to 1000.
	fn kill_prefix(p: u32) -> Weight {
		Weight::from_parts(3_675_000, 0)
			// Standard error: 253_035
			.saturating_add(Weight::from_parts(2_211_497, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
	}

	// Storage: `System::AuthorizedUpgrade` (r:0 w:1)
	fn authorize_upgrade() -> Weight {
		Weight::from_parts(29_725_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `System::AuthorizedUpgrade` (r:1 w:1)
	// Storage: `MultiBlockMigrations::Cursor` (r:1 w:0)
	// Storage: UNKNOWN KEY `0x3a636f6465` (r:0 w:1)
	fn apply_authorized_upgrade() -> Weight {
		Weight::from_parts(120_209_925_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
