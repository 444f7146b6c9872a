// SPDX-License-Identifier: Apache-2.0
//! Accounts, block limits, versions.

use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::ConstU16,
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::Perbill;
use sp_version::RuntimeVersion;

use crate::{
	weights::{self, block_weights::BlockExecutionWeight, paritydb_weights::DatabaseWeight},
	AccountId, Balance, Block, BlockNumber, Hash, IdCom, Nonce, PalletInfo, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, RuntimeTask, VERSION,
};

/// The share of a block that ordinary transactions may fill; the rest is kept for operational ones
/// (runtime upgrades) and for what the block itself must contain.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// The execution time of a full block, on the machine that the weights were measured on.
///
/// A block is executed twice within one slot of 400 ms: by its author, and then by the next one,
/// who must know it before building on top. 200 ms with 75 % for transactions is 150 ms twice, which
/// leaves 100 ms for the network. It cannot be much less: an upgrade of the runtime has to fit.
pub const BLOCK_REF_TIME_MAX: u64 = 200 * WEIGHT_REF_TIME_PER_MILLIS;

/// The size of a full block in bytes; a compressed runtime, sent as a transaction, has to fit.
pub const BLOCK_LENGTH_MAX: u32 = 5 * 1024 * 1024;

/// How many block hashes the state remembers, and so the longest life of a mortal transaction: 27
/// minutes.
pub const BLOCK_HASH_COUNT: BlockNumber = 4096;

parameter_types! {
	/// See [`BLOCK_HASH_COUNT`].
	pub const BlockHashCount: BlockNumber = BLOCK_HASH_COUNT;
	/// See [`crate::VERSION`].
	pub const Version: RuntimeVersion = VERSION;
	/// See [`BLOCK_REF_TIME_MAX`]. Proof size is not limited: this chain has no relay chain to prove
	/// anything to.
	pub RuntimeBlockWeights: BlockWeights = block_weights();
	/// See [`BLOCK_LENGTH_MAX`].
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(BLOCK_LENGTH_MAX)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO * BLOCK_LENGTH_MAX
		})
		.build();
}

/// The SDK's usual limits, with base weights of this runtime's own: operational extrinsics have what
/// ordinary ones leave, and one extrinsic leaves room for what each block begins with.
fn block_weights() -> BlockWeights {
	let full = Weight::from_parts(BLOCK_REF_TIME_MAX, u64::MAX);
	let normal = NORMAL_DISPATCH_RATIO * full;
	BlockWeights::builder()
		.base_block(BlockExecutionWeight::get())
		.for_class(DispatchClass::all(), |weights| {
			weights.base_extrinsic = weights::base_extrinsic();
		})
		.for_class(DispatchClass::Normal, |weights| {
			weights.max_total = Some(normal);
		})
		.for_class(DispatchClass::Operational, |weights| {
			weights.max_total = Some(full);
			weights.reserved = Some(full.saturating_sub(normal));
		})
		.avg_block_initialization(AVERAGE_ON_INITIALIZE)
		.build_or_panic()
}

/// How much of a block its beginning may take on average, by the SDK's reckoning.
const AVERAGE_ON_INITIALIZE: Perbill = Perbill::from_percent(10);

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type BlockHashCount = BlockHashCount;
	type DbWeight = DatabaseWeight;
	type Version = Version;
	// Every account is indexed under all its addresses from its first sight on.
	type OnNewAccount = IdCom;
	type SingleBlockMigrations = crate::Migrations;
	type MultiBlockMigrator = crate::MultiBlockMigrations;
	type AccountData = pallet_balances::AccountData<Balance>;
	// 42 is the prefix of every chain that has none of its own: keys of the well-known development
	// accounts look as people know them.
	type SS58Prefix = ConstU16<42>;
	type SystemWeightInfo = weights::frame_system::Measured<Runtime>;
	type ExtensionsWeightInfo = weights::frame_system_extensions::Measured<Runtime>;
}
