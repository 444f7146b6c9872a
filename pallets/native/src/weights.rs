// SPDX-License-Identifier: Apache-2.0
//! What the operations of the native VM weigh.
//!
//! Until they are measured: the database operations of the worst case, which dominate, and a rounded-up
//! allowance for the computation around them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights of the native VM's operations, each in its worst case.
pub trait WeightInfo {
	/// Native coin to an identity without an account.
	fn transfer_native() -> Weight;
	/// A token to an identity without an account.
	fn transfer_token() -> Weight;
	/// An account, and native coin to it.
	fn create_account() -> Weight;
	/// A list of `keys` authentication keys.
	fn set_auth_keys(keys: u32) -> Weight;
	/// A wallet's address, with all its native coin.
	fn bind_address() -> Weight;
}

/// Hashing four addresses and moving a balance takes well under this, in picoseconds.
const COMPUTATION: Weight = Weight::from_parts(60_000_000, 0);

/// The dearest verification of a signature or check of a key takes less, in picoseconds.
const SIGNATURE: Weight = Weight::from_parts(2_500_000_000, 0);

/// Weights from the runtime's database costs.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> SubstrateWeight<T> {
	fn database(reads: u64, writes: u64) -> Weight {
		COMPUTATION.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Two accounts; the new one's four addresses are looked up and indexed.
	fn transfer_native() -> Weight {
		Self::database(6, 6)
	}

	// The mint, two balances, the receiver's account and its four addresses.
	fn transfer_token() -> Weight {
		Self::database(8, 7)
	}

	// Two accounts and the new one's four addresses.
	fn create_account() -> Weight {
		Self::database(7, 6)
	}

	// The old list and the new one.
	fn set_auth_keys(keys: u32) -> Weight {
		Self::database(1, 1).saturating_add(SIGNATURE.saturating_mul(keys.into()))
	}

	// Both accounts, each perhaps new; the index, the binding and its neighbours; one transfer.
	fn bind_address() -> Weight {
		Self::database(24, 20).saturating_add(SIGNATURE)
	}
}
