// SPDX-License-Identifier: Apache-2.0
//! What extrinsics that run in parallel would share.

use crate::{Balances, Runtime};

impl pallet_lanes::Config for Runtime {
	type Currency = Balances;
	type WeightInfo = pallet_lanes::SubstrateWeight<Runtime>;
}
