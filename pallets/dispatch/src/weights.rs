// SPDX-License-Identifier: Apache-2.0
//! What the dispatcher's own work weighs.
//!
//! Until they are measured: the database operations of the worst case, which dominate, and a rounded-up
//! allowance for the computation around them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights of the dispatcher.
pub trait WeightInfo {
	/// A dispatched call without what its VM does: context, snapshot, receipt, and its share of the
	/// receipts root.
	fn submit() -> Weight;
	/// A raw transaction is checked for the pool or a block: its signature, nonce and fee.
	fn authorize_raw() -> Weight;
	/// A raw transaction without what its VM does: signature, fee, nonce, the wallet's first sight, and
	/// what [`Self::submit`] has.
	fn submit_raw() -> Weight;
	/// Switching an engine.
	fn set_engine_enabled() -> Weight;
	/// The start of a block after one with `receipts` receipts, which are removed.
	fn on_initialize(receipts: u32) -> Weight;
}

/// Hashing the extrinsic and the receipt and building the trie: rounded up, in picoseconds.
const RECEIPT: Weight = Weight::from_parts(80_000_000, 0);

/// Recovering the signer of a secp256k1 signature by the host, in picoseconds: ECRECOVER takes 40 µs
/// (`make bench`, `evm_gas`), and reading the transaction about as long again.
const RECOVERY: Weight = Weight::from_parts(80_000_000, 0);

/// Weights from the runtime's database costs.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Reads the switch and the counter; writes the counter and the receipt.
	fn submit() -> Weight {
		RECEIPT.saturating_add(T::DbWeight::get().reads_writes(2, 2))
	}

	// Reads the switch, the address's owner, its account and code, the chain's id and the price of gas.
	fn authorize_raw() -> Weight {
		RECOVERY.saturating_add(T::DbWeight::get().reads(6))
	}

	// Besides: the owner and the account of a wallet that is new, with its four derived addresses.
	fn submit_raw() -> Weight {
		RECOVERY
			.saturating_add(Self::submit())
			.saturating_add(T::DbWeight::get().reads_writes(9, 7))
	}

	fn set_engine_enabled() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}

	// The counter, the root, and each receipt of the block before.
	fn on_initialize(receipts: u32) -> Weight {
		T::DbWeight::get().reads_writes(1, u64::from(receipts).saturating_add(2))
	}
}
