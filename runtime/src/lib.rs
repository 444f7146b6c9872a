// SPDX-License-Identifier: Apache-2.0
//! The Unum runtime: pallets composed and configured, and nothing else.
//!
//! ```text
//! lib.rs              types, versions, the list of pallets and their indices
//! configs/            one file per pallet that has something to say about its configuration
//! benchmarking.rs     which pallets are measured, and how (feature `runtime-benchmarks` alone)
//! weights/            what the measurement came to, for the pallets of the SDK and for block and database
//! first_sight.rs      what a transfer weighs besides if its receiver is new
//! admission.rs        what the pool refuses, and in which words
//! apis.rs             what the node may ask the runtime
//! raw.rs              transactions of other chains' wallets, as extrinsics
//! ethereum/, solana/  the chain, as the clients of these chains see it
//! views.rs            tokens and holdings, as each VM sees them
//! genesis_presets.rs  the states in which a development or a local chain begins
//! ```
//!
//! Everything here runs as Wasm on the chain; the native build exists for tests, and for the node,
//! which takes its types and the Wasm blob ([`WASM_BINARY`]) from here.

#![cfg_attr(not(feature = "std"), no_std)]
// The list of pallets expands recursively.
#![recursion_limit = "256"]
// The macro that composes the pallets generates items without documentation. The modules below,
// which contain no such macro, demand it again.
#![allow(missing_docs)]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod admission;
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
pub mod configs;
pub mod ethereum;
pub mod first_sight;
pub mod genesis_presets;
#[cfg(target_family = "wasm")]
mod heap;
mod kept;
pub mod lanes;
pub mod raw;
pub mod solana;
pub mod views;
pub mod weights;

// The macros below name it without a path.
use alloc::vec::Vec;
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
pub use configs::{
	timestamp::{MILLISECS_PER_BLOCK, SLOT_DURATION},
	BLOCK_HASH_COUNT, EXISTENTIAL_DEPOSIT, MILLI_UNIT, UNIT,
};
pub use frame_system::Call as SystemCall;
pub use pallet_balances::Call as BalancesCall;
pub use pallet_timestamp::Call as TimestampCall;

/// What a machine must offer this runtime: the SDK's functions, and the cryptography of contracts.
#[cfg(all(feature = "std", not(feature = "runtime-benchmarks")))]
pub type HostFunctions = (sp_io::SubstrateHostFunctions, unum_crypto_host::HostFunctions);

/// What a machine must offer this runtime: besides the usual, that it can be measured.
#[cfg(all(feature = "std", feature = "runtime-benchmarks"))]
pub type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	unum_crypto_host::HostFunctions,
	frame_benchmarking::benchmarking::HostFunctions,
);

/// Types that the node uses where it must not look into an extrinsic.
///
/// A runtime upgrade may change what an extrinsic is; the node, which is not upgraded with it, only
/// moves bytes.
pub mod opaque {
	use super::*;

	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A block header as the node sees it.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// A block whose extrinsics are bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// Names a block by its hash or number.
	pub type BlockId = generic::BlockId<Block>;
	/// The hash of a block.
	pub type Hash = <BlakeTwo256 as sp_runtime::traits::Hash>::Output;

	impl_opaque_keys! {
		/// The keys of a validator: one for authoring blocks, one for finalizing them.
		pub struct SessionKeys {
			/// Signs the blocks that the validator authors.
			pub aura: super::Aura,
			/// Signs its votes on which blocks are final.
			pub grandpa: super::Grandpa,
		}
	}
}

/// Declares the version: the macro that embeds it in the Wasm blob wants a literal number.
macro_rules! declare_version {
	($spec_version:tt) => {
		/// What this runtime calls itself.
		///
		/// `spec_version` changes with every change of behaviour, `transaction_version` whenever a
		/// call or a transaction extension is encoded in another way.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: alloc::borrow::Cow::Borrowed("unum"),
			impl_name: alloc::borrow::Cow::Borrowed("unum"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 1,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}

#[cfg(not(feature = "probe-engine"))]
declare_version!(163);

// The version after this one, to which the live-upgrade test upgrades.
#[cfg(feature = "probe-engine")]
declare_version!(164);

/// A signature by any of the three key types that Substrate accounts have.
pub type Signature = MultiSignature;
/// Names an account on the chain; the same 32 bytes are the owner's `id_com`.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An amount of the native coin, in base units ([`UNIT`] of them are one coin).
pub type Balance = u128;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash of a block, a transaction or a storage value.
pub type Hash = sp_core::H256;
/// The height of a block.
pub type BlockNumber = u32;
/// How a call names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// The header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block with its extrinsics.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its signature.
pub type SignedBlock = generic::SignedBlock<Block>;
/// Names a block by its hash or number.
pub type BlockId = generic::BlockId<Block>;

/// What every transaction carries and is checked for, in this order.
///
/// Stock extensions only, as the metadata tells and as wallets know them: one that can talk to any
/// Substrate chain can talk to this one. [`first_sight::CheckWeight`] is the stock one, and weighs the
/// call's receivers besides.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	first_sight::CheckWeight,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// An extrinsic as it stands in a block.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a signer signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Migrations of storage that run once, in the first block after an upgrade. Those that may be long
/// are with [`pallet_migrations`], see [`configs::ledger`].
pub type Migrations =
	(pallet_id_com::migrations::V1ToV2<Runtime>, configs::lanes::ForgetByPosition);

/// Applies blocks and extrinsics to the state.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Composes the pallets, and `$more` of them.
macro_rules! compose {
	($($more:tt)*) => {
		/// The pallets, at indices that never change: they are part of every encoded call and event.
		///
		/// 0-10 are stock pallets, 20 and up are this chain's own.
		#[frame_support::runtime]
		mod runtime {
			/// The runtime: implements the configuration of each pallet.
			#[runtime::runtime]
			#[runtime::derive(
				RuntimeCall,
				RuntimeEvent,
				RuntimeError,
				RuntimeOrigin,
				RuntimeFreezeReason,
				RuntimeHoldReason,
				RuntimeSlashReason,
				RuntimeLockId,
				RuntimeTask,
				RuntimeViewFunction
			)]
			pub struct Runtime;

			/// Accounts, blocks, events and runtime upgrades.
			#[runtime::pallet_index(0)]
			pub type System = frame_system::Pallet<Runtime>;

			/// The time at which each block was authored.
			#[runtime::pallet_index(1)]
			pub type Timestamp = pallet_timestamp::Pallet<Runtime>;

			/// Whose turn it is to author a block.
			#[runtime::pallet_index(2)]
			pub type Aura = pallet_aura::Pallet<Runtime>;

			/// Who votes on finality.
			#[runtime::pallet_index(3)]
			pub type Grandpa = pallet_grandpa::Pallet<Runtime>;

			/// The native coin.
			#[runtime::pallet_index(4)]
			pub type Balances = pallet_balances::Pallet<Runtime>;

			/// Fees of transactions.
			#[runtime::pallet_index(5)]
			pub type TransactionPayment = pallet_transaction_payment::Pallet<Runtime>;

			/// One key that may do everything, until the chain is governed otherwise.
			#[runtime::pallet_index(6)]
			pub type Sudo = pallet_sudo::Pallet<Runtime>;

			/// Several calls in one transaction, and derived accounts.
			#[runtime::pallet_index(7)]
			pub type Utility = pallet_utility::Pallet<Runtime>;

			/// Accounts that need several signatures.
			#[runtime::pallet_index(8)]
			pub type Multisig = pallet_multisig::Pallet<Runtime>;

			/// Accounts that act for others.
			#[runtime::pallet_index(9)]
			pub type Proxy = pallet_proxy::Pallet<Runtime>;

			/// Migrations of storage that take several blocks.
			#[runtime::pallet_index(10)]
			pub type MultiBlockMigrations = pallet_migrations::Pallet<Runtime>;

			/// Who is behind an address, and which accounts are never reaped.
			#[runtime::pallet_index(20)]
			pub type IdCom = pallet_id_com::Pallet<Runtime>;

			/// The ledger of all tokens.
			#[runtime::pallet_index(21)]
			pub type UnifiedTokens = pallet_unified_tokens::Pallet<Runtime>;

			/// The native VM.
			#[runtime::pallet_index(22)]
			pub type Native = pallet_native::Pallet<Runtime>;

			/// One byte picks the VM.
			#[runtime::pallet_index(23)]
			pub type Dispatch = pallet_dispatch::Pallet<Runtime>;

			/// The EVM: code and storage of contracts.
			#[runtime::pallet_index(24)]
			pub type Evm = pallet_evm::Pallet<Runtime>;

			/// What extrinsics that run in parallel would share.
			#[runtime::pallet_index(25)]
			pub type Lanes = pallet_lanes::Pallet<Runtime>;

			/// The Solana VM: accounts of programs.
			#[runtime::pallet_index(26)]
			pub type Svm = pallet_svm::Pallet<Runtime>;

			$($more)*
		}
	};
}

#[cfg(not(feature = "probe-engine"))]
compose! {}

#[cfg(feature = "probe-engine")]
compose! {
	/// A key-value VM, which the live-upgrade test adds.
	#[runtime::pallet_index(240)]
	pub type Kv = pallet_kv::Pallet<Runtime>;
}
