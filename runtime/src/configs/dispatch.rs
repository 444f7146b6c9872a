// SPDX-License-Identifier: Apache-2.0
//! The virtual machines, and who picks one.

use frame_system::EnsureRoot;

use crate::{AccountId, Evm, IdCom, Native, Runtime, Timestamp, UnifiedTokens};

impl pallet_native::Config for Runtime {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type WeightInfo = pallet_native::SubstrateWeight<Runtime>;
}

/// The engines of this chain. Two that claim the same opcode do not compile.
#[cfg(not(feature = "probe-engine"))]
type Engines = (Native, Evm);

/// The engines, with the one that the live-upgrade test adds.
#[cfg(feature = "probe-engine")]
type Engines = (Native, Evm, crate::Kv);

#[cfg(feature = "probe-engine")]
impl pallet_kv::Config for Runtime {}

impl pallet_dispatch::Config for Runtime {
	type Engines = Engines;
	type Identity = IdCom;
	type Clock = Timestamp;
	type ManageOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_dispatch::SubstrateWeight<Runtime>;
}
