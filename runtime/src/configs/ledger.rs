// SPDX-License-Identifier: Apache-2.0
//! The ledger of tokens, and the migrations of its storage.

use frame_support::{
	migrations::FreezeChainOnFailedMigration, parameter_types, traits::ConstU32, weights::Weight,
};
use sp_runtime::Perbill;

use super::system::RuntimeBlockWeights;
use crate::{weights, Balances, Evm, IdCom, Runtime, RuntimeEvent, Svm};

impl pallet_unified_tokens::Config for Runtime {
	type Currency = Balances;
	type Identity = IdCom;
	// Each movement of a token is a log of its ERC-20 contract, and a balance that begins has its SPL
	// token account.
	type OnMovement = (Evm, Svm);
	type WeightInfo = pallet_unified_tokens::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// How much of a block a migration may fill: most of it, for no transactions run meanwhile.
	pub MigrationServiceWeight: Weight =
		Perbill::from_percent(75) * RuntimeBlockWeights::get().max_block;
}

/// Migrations that may take several blocks.
impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Migrations = (pallet_unified_tokens::migrations::v2::IndexErc20Addresses<Runtime>,);
	// Benchmarks measure the pallet, not what is migrated.
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	// A chain with half-migrated storage must not go on: governance repairs it.
	type FailedMigrationHandler = FreezeChainOnFailedMigration;
	type MaxServiceWeight = MigrationServiceWeight;
	type WeightInfo = weights::pallet_migrations::Measured<Runtime>;
}
