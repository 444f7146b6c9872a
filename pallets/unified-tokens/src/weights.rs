// SPDX-License-Identifier: Apache-2.0
//! What the calls cost.
//!
//! Reasoned from the storage that is touched, until benchmarks are run: each database access at the
//! runtime's own price, and a round figure for the computation. The chain stands alone, so nothing
//! has to be proven to others and the proof size is zero. Worst cases: the receiver is seen for the
//! first time, and every balance moves in or out of storage.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// Reference time of decoding a call, checking it and depositing its event, in picoseconds.
const CALL_PICOSECONDS: u64 = 20_000_000;
/// Reference time of four derivations of an address, in picoseconds.
const FIRST_SIGHT_PICOSECONDS: u64 = 20_000_000;

/// What each call costs.
pub trait WeightInfo {
	/// `create_mint`, with texts of the largest length.
	fn create_mint() -> Weight;
	/// `mint_to` somebody who is seen for the first time.
	fn mint_to() -> Weight;
	/// `burn`.
	fn burn() -> Weight;
	/// `transfer` to somebody who is seen for the first time.
	fn transfer() -> Weight;
	/// `approve`.
	fn approve() -> Weight;
	/// `transfer_from` to somebody who is seen for the first time.
	fn transfer_from() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn create_mint() -> Weight {
		Costs::<T::DbWeight>::create_mint()
	}

	fn mint_to() -> Weight {
		Costs::<T::DbWeight>::mint_to()
	}

	fn burn() -> Weight {
		Costs::<T::DbWeight>::burn()
	}

	fn transfer() -> Weight {
		Costs::<T::DbWeight>::transfer()
	}

	fn approve() -> Weight {
		Costs::<T::DbWeight>::approve()
	}

	fn transfer_from() -> Weight {
		Costs::<T::DbWeight>::transfer_from()
	}
}

/// For tests.
impl WeightInfo for () {
	fn create_mint() -> Weight {
		Costs::<RocksDbWeight>::create_mint()
	}

	fn mint_to() -> Weight {
		Costs::<RocksDbWeight>::mint_to()
	}

	fn burn() -> Weight {
		Costs::<RocksDbWeight>::burn()
	}

	fn transfer() -> Weight {
		Costs::<RocksDbWeight>::transfer()
	}

	fn approve() -> Weight {
		Costs::<RocksDbWeight>::approve()
	}

	fn transfer_from() -> Weight {
		Costs::<RocksDbWeight>::transfer_from()
	}
}

/// The sums, for any price of the database.
struct Costs<D>(PhantomData<D>);

impl<D: Get<RuntimeDbWeight>> Costs<D> {
	/// A call with so many reads and writes of this pallet's storage.
	fn call(reads: u64, writes: u64) -> Weight {
		Weight::from_parts(CALL_PICOSECONDS, 0).saturating_add(D::get().reads_writes(reads, writes))
	}

	/// The receiver is retained: its account and the four entries of its addresses are read and
	/// written.
	fn retain() -> Weight {
		Weight::from_parts(FIRST_SIGHT_PICOSECONDS, 0).saturating_add(D::get().reads_writes(5, 5))
	}

	/// The mint is read (it must not exist) and written.
	fn create_mint() -> Weight {
		Self::call(1, 1)
	}

	/// Mint and balance are read and written.
	fn mint_to() -> Weight {
		Self::call(2, 2).saturating_add(Self::retain())
	}

	/// Mint and balance are read and written.
	fn burn() -> Weight {
		Self::call(2, 2)
	}

	/// The mint is read, both balances are read and written.
	fn transfer() -> Weight {
		Self::call(3, 2).saturating_add(Self::retain())
	}

	/// The mint is read, the allowance is written.
	fn approve() -> Weight {
		Self::call(1, 1)
	}

	/// As `transfer`, and the allowance is read and written.
	fn transfer_from() -> Weight {
		Self::call(4, 3).saturating_add(Self::retain())
	}
}
