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
	/// `set_metadata`, with texts of the largest length.
	fn set_metadata() -> Weight;
	/// `freeze` and `thaw`.
	fn set_frozen() -> Weight;
	/// `set_authority`.
	fn set_authority() -> Weight;
	/// `burn_from`.
	fn burn_from() -> Weight;
	/// One step of the migration to version 2: one token gets its entry in the index.
	fn index_mint() -> Weight;
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

	fn set_metadata() -> Weight {
		Costs::<T::DbWeight>::set_metadata()
	}

	fn set_frozen() -> Weight {
		Costs::<T::DbWeight>::set_frozen()
	}

	fn set_authority() -> Weight {
		Costs::<T::DbWeight>::set_authority()
	}

	fn burn_from() -> Weight {
		Costs::<T::DbWeight>::burn_from()
	}

	fn index_mint() -> Weight {
		Costs::<T::DbWeight>::index_mint()
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

	fn set_metadata() -> Weight {
		Costs::<RocksDbWeight>::set_metadata()
	}

	fn set_frozen() -> Weight {
		Costs::<RocksDbWeight>::set_frozen()
	}

	fn set_authority() -> Weight {
		Costs::<RocksDbWeight>::set_authority()
	}

	fn burn_from() -> Weight {
		Costs::<RocksDbWeight>::burn_from()
	}

	fn index_mint() -> Weight {
		Costs::<RocksDbWeight>::index_mint()
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

	/// The mint and its ERC-20 address are read (neither may be taken) and written.
	fn create_mint() -> Weight {
		Self::call(2, 2)
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
	/// The mint is read and written.
	fn set_metadata() -> Weight {
		Self::call(1, 1)
	}

	/// The mint is read, the balance is read and written.
	fn set_frozen() -> Weight {
		Self::call(2, 1)
	}

	/// The mint is read and written.
	fn set_authority() -> Weight {
		Self::call(1, 1)
	}

	/// As `burn`, and the allowance is read and written.
	fn burn_from() -> Weight {
		Self::call(3, 3)
	}

	/// The next mint's key and the entry of its address are read, the entry is written. Hashing the
	/// address is a small part of what a call computes.
	fn index_mint() -> Weight {
		Self::call(2, 1)
	}
}
