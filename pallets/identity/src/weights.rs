// SPDX-License-Identifier: Apache-2.0
//! What the registry's work costs.
//!
//! Reasoned from the storage that is touched, until benchmarks are run: each database access at the
//! runtime's own price, and the computation (a SHA-256 of less than a hundred bytes takes some three
//! microseconds in Wasm) rounded up. The chain stands alone, so nothing has to be proven to others
//! and the proof size is zero.
//!
//! The pallet has no calls. Those who cause its work add these to their own weight: the fee payment
//! of every transaction (`retain` of the sender), a transfer of tokens (`retain` of the receiver), and
//! whatever creates accounts (`first_sight`).

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Reference time of one SHA-256 over a short input and what is around it, in picoseconds.
const HASH_PICOSECONDS: u64 = 5_000_000;

/// What each part of the registry's work costs.
pub trait WeightInfo {
	/// A new account is indexed (`OnNewAccount`).
	fn first_sight() -> Weight;
	/// An account is retained, and created if it does not exist: the worst case.
	fn retain() -> Weight;
	/// A wallet shows itself for the first time.
	fn see_wallet() -> Weight;
	/// An address is resolved.
	fn resolve() -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn first_sight() -> Weight {
		first_sight::<T::DbWeight>()
	}

	fn retain() -> Weight {
		retain::<T::DbWeight>()
	}

	fn see_wallet() -> Weight {
		see_wallet::<T::DbWeight>()
	}

	fn resolve() -> Weight {
		resolve::<T::DbWeight>()
	}
}

/// For tests.
impl WeightInfo for () {
	fn first_sight() -> Weight {
		first_sight::<RocksDbWeight>()
	}

	fn retain() -> Weight {
		retain::<RocksDbWeight>()
	}

	fn see_wallet() -> Weight {
		see_wallet::<RocksDbWeight>()
	}

	fn resolve() -> Weight {
		resolve::<RocksDbWeight>()
	}
}

type Db = frame_support::weights::RuntimeDbWeight;

/// `hashes` derivations, `reads` and `writes`.
fn cost<D: Get<Db>>(hashes: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(HASH_PICOSECONDS.saturating_mul(hashes), 0)
		.saturating_add(D::get().reads_writes(reads, writes))
}

/// Four addresses are derived; each is looked up in `Owners` and written there.
fn first_sight<D: Get<Db>>() -> Weight {
	cost::<D>(4, 4, 4)
}

/// The system account is read and written, and indexed.
fn retain<D: Get<Db>>() -> Weight {
	cost::<D>(0, 1, 1).saturating_add(first_sight::<D>())
}

/// `Owners` and `OwnAddress` are read and written, the unbound identity is derived at most twice, and
/// the identity is retained.
fn see_wallet<D: Get<Db>>() -> Weight {
	cost::<D>(2, 2, 2).saturating_add(retain::<D>())
}

/// `Owners` is read; the unbound identity is derived where there is no entry.
fn resolve<D: Get<Db>>() -> Weight {
	cost::<D>(1, 1, 0)
}
