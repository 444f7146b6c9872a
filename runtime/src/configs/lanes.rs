// SPDX-License-Identifier: Apache-2.0
//! What extrinsics that run in parallel would share.

use alloc::{vec, vec::Vec};
use frame_support::{
	storage::unhashed,
	traits::{Get, OnRuntimeUpgrade},
	weights::Weight,
};

use crate::{Balances, Runtime};

impl pallet_lanes::Config for Runtime {
	type Currency = Balances;
	type BlockLists = BlockLists;
	type WeightInfo = pallet_lanes::SubstrateWeight<Runtime>;
}

/// What a block keeps of its extrinsics until the next one begins.
#[derive(Debug)]
pub struct BlockLists;

impl Get<Vec<Vec<u8>>> for BlockLists {
	fn get() -> Vec<Vec<u8>> {
		vec![
			pallet_dispatch::Receipts::<Runtime>::hashed_key().to_vec(),
			pallet_dispatch::ReceiptFees::<Runtime>::hashed_key().to_vec(),
			pallet_evm::MovementLogs::<Runtime>::hashed_key().to_vec(),
			pallet_svm::Metas::<Runtime>::hashed_key().to_vec(),
		]
	}
}

/// Removes what the last block before an upgrade has kept of its extrinsics, which the next one would drop
/// anyway: until version 162 each had an entry of its own below the list's key.
#[derive(Debug)]
pub struct ForgetByPosition;

/// More entries than a block had.
const BY_POSITION_MAX: u32 = 5_000;

impl OnRuntimeUpgrade for ForgetByPosition {
	fn on_runtime_upgrade() -> Weight {
		let database = <Runtime as frame_system::Config>::DbWeight::get();
		let forget = |list: Vec<u8>| {
			let removed: u64 =
				unhashed::clear_prefix(&list, Some(BY_POSITION_MAX), None).loops.into();
			// And a look at what comes behind them.
			database.reads_writes(removed.saturating_add(1), removed)
		};
		BlockLists::get().into_iter().map(forget).fold(Weight::zero(), Weight::saturating_add)
	}
}
