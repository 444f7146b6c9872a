// SPDX-License-Identifier: Apache-2.0
//! The pace of the chain.

use frame_support::traits::ConstU64;

use crate::{weights, Aura, Runtime};

/// The time between two blocks.
pub const MILLISECS_PER_BLOCK: u64 = 400;

/// The time in which one validator may author one block.
pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Aura;
	// Half a slot: an author whose block is late does not make the next one too early.
	type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
	type WeightInfo = weights::pallet_timestamp::Measured<Runtime>;
}
