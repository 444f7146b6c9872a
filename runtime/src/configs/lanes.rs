// SPDX-License-Identifier: Apache-2.0
//! What extrinsics that run in parallel would share.

use alloc::{vec, vec::Vec};
use frame_support::traits::Get;

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
