// SPDX-License-Identifier: Apache-2.0
//! What this pallet's work weighs, apart from compute units.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What the beginning of a block weighs.
pub trait WeightInfo {
	/// Dropping what became of `metas` extrinsics of the block before, and `forgotten` transactions.
	fn on_initialize(metas: u32, forgotten: u32) -> Weight;
	/// Finding and opening the associated token account of a balance.
	fn open_associated() -> Weight;
}

/// Finding an address without a key: two attempts on average, each a hash and a point of the curve to
/// decompress. An estimate, in picoseconds.
const FIND_ADDRESS: u64 = 100_000_000;

/// Reads and writes, at the database's price.
#[derive(Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn on_initialize(metas: u32, forgotten: u32) -> Weight {
		let entries = u64::from(metas).saturating_add(forgotten.into());
		// The parent's hash is noted, an old one read and removed; the counter of transactions.
		let fixed = T::DbWeight::get().reads_writes(4, 4);
		fixed.saturating_add(T::DbWeight::get().reads_writes(entries, entries))
	}

	fn open_associated() -> Weight {
		Weight::from_parts(FIND_ADDRESS, 0).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}
}

impl WeightInfo for () {
	fn on_initialize(_: u32, _: u32) -> Weight {
		Weight::zero()
	}

	fn open_associated() -> Weight {
		Weight::zero()
	}
}
