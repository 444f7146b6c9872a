// SPDX-License-Identifier: Apache-2.0
//! What the registry's work costs.
//!
//! Reasoned from the storage that is touched, until benchmarks are run: each database access at the
//! runtime's own price, and the computation (a SHA-256 of less than a hundred bytes takes some three
//! microseconds in Wasm) rounded up. The chain stands alone, so nothing has to be proven to others
//! and the proof size is zero.
//!
//! A verification of a signature takes up to two milliseconds in Wasm (ML-DSA-44, and the recovery of a
//! secp256k1 key).
//!
//! Those who cause the registry's work add the last four to their own weight: the fee payment of every
//! transaction (`retain` of the sender), a transfer of tokens (`retain` of the receiver), and
//! whatever creates accounts (`first_sight`).

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Reference time of one SHA-256 over a short input and what is around it, in picoseconds.
const HASH_PICOSECONDS: u64 = 5_000_000;
/// Reference time of the dearest verification of a signature, in picoseconds.
const SIGNATURE_PICOSECONDS: u64 = 2_500_000_000;

/// What each part of the registry's work costs.
pub trait WeightInfo {
	/// A wallet of an address is bound, with all its native coin.
	fn bind() -> Weight;
	/// An address is given back.
	fn unbind() -> Weight;
	/// What the unbound identity of an address holds moves: native coin, and `mints` tokens.
	fn sweep(mints: u32) -> Weight;
	/// Another address becomes primary.
	fn set_primary() -> Weight;
	/// `keys` authentication keys are checked and stored.
	fn set_auth_keys(keys: u32) -> Weight;
	/// An authorization is checked.
	fn authorize() -> Weight;
	/// What is around the call that is run for an identity: fee, nonce, event.
	fn act_as() -> Weight;
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

/// The functions of [`WeightInfo`], with the prices of a database.
macro_rules! priced_by {
	($database:ty) => {
		fn bind() -> Weight {
			bind::<$database>()
		}

		fn unbind() -> Weight {
			cost::<$database>(2, 6, 6)
		}

		fn sweep(mints: u32) -> Weight {
			sweep::<$database>(mints)
		}

		fn set_primary() -> Weight {
			cost::<$database>(1, 4, 1)
		}

		fn set_auth_keys(keys: u32) -> Weight {
			cost::<$database>(0, 0, 1).saturating_add(signatures(keys))
		}

		fn authorize() -> Weight {
			cost::<$database>(2, 4, 0).saturating_add(signatures(1))
		}

		fn act_as() -> Weight {
			cost::<$database>(2, 4, 4).saturating_add(retain::<$database>())
		}

		fn first_sight() -> Weight {
			first_sight::<$database>()
		}

		fn retain() -> Weight {
			retain::<$database>()
		}

		fn see_wallet() -> Weight {
			see_wallet::<$database>()
		}

		fn resolve() -> Weight {
			resolve::<$database>()
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	priced_by!(T::DbWeight);
}

/// For tests.
impl WeightInfo for () {
	priced_by!(RocksDbWeight);
}

type Db = frame_support::weights::RuntimeDbWeight;

/// `hashes` derivations, `reads` and `writes`.
fn cost<D: Get<Db>>(hashes: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(HASH_PICOSECONDS.saturating_mul(hashes), 0)
		.saturating_add(D::get().reads_writes(reads, writes))
}

/// `count` verifications, each of the dearest kind.
fn signatures(count: u32) -> Weight {
	Weight::from_parts(SIGNATURE_PICOSECONDS.saturating_mul(count.into()), 0)
}

/// The proof, the wallet's first sight, both accounts, the index and its neighbours, one transfer.
fn bind<D: Get<Db>>() -> Weight {
	cost::<D>(6, 12, 10)
		.saturating_add(signatures(1))
		.saturating_add(see_wallet::<D>())
		.saturating_add(retain::<D>())
}

/// The owner, and two accounts; for each token its details twice, two balances, and the details again.
fn sweep<D: Get<Db>>(mints: u32) -> Weight {
	let mints = u64::from(mints);
	cost::<D>(2, 3, 2)
		.saturating_add(retain::<D>())
		.saturating_add(cost::<D>(0, 5, 4).saturating_mul(mints))
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
