// SPDX-License-Identifier: Apache-2.0
//! The EVM, mounted on the chain.
//!
//! The VM itself is [`unum_evm_engine`]; this pallet keeps the code and the storage of contracts, and
//! gives the engine a host. It has no calls: operations come through the dispatcher.
//!
//! # What is whose
//! | of an account | kept by |
//! |---|---|
//! | balance | the one ledger, by the identity that owns the address: one wei is one base unit |
//! | nonce | `System`, the same for every VM; it never falls |
//! | code, storage | here, by address |
//! | tokens | the ledger; each has a view at its ERC-20 address |
//!
//! A contract's account has an identity like any other: the one that its address has while unbound.
//! Nobody can sign for it, and no wallet can be bound to its address (the runtime reserves it).
//!
//! # Logs of movements
//! Each movement of a token is a log of its contract, whoever caused it ([`OnMovement`]). Those that
//! happen while a contract runs stand among the contract's own logs, in order; all others are kept in
//! [`MovementLogs`] until the next block begins, among the logs of contracts that another VM has called.
//!
//! # Calls that come back
//! A contract may call another VM, and that the EVM again ([`runs`]). Before it does, what the contract
//! has stored is written here; afterwards it reads again what the inner run may have changed.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod contracts;
mod crypto;
mod host;
mod movements;
mod runs;
mod simulation;
mod tracing;
mod try_state;
mod weights;

#[cfg(test)]
mod tests;

pub use contracts::StoredCode;
pub use host::ChainEvmHost;
pub use pallet::*;
pub use tracing::amend_sender;
pub use weights::{SubstrateWeight, WeightInfo};

use frame_support::pallet_prelude::*;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::{H160, H256, U256};
use sp_runtime::AccountId32;
use unum_ethereum_view::AccountState;
use unum_evm_engine::{Environment, EvmChain, EvmEngine, EvmHost};
use unum_vm_engine::{Log, MountedEngine};

/// Where this pallet's log lines go.
const LOG_TARGET: &str = "runtime::evm";

/// The pallet.
// The macros generate types without `Debug`, casts of checked indices, and proofs by `expect`.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::traits::fungible;
	use unum_vm_engine::{IdentityControl, IdentityRegistry, TokenLedger, UnifiedLedger, VmCalls};

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the EVM runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The ledger of the native coin and of all tokens.
		type Ledger: UnifiedLedger + TokenLedger;
		/// The native coin, to destroy what a contract destroys with itself.
		type Currency: fungible::Mutate<AccountId32, Balance = u128>;
		/// The registry of identities.
		type Identity: IdentityRegistry + IdentityControl;
		/// The other VMs, for contracts that call them.
		type Vms: VmCalls;
		/// Who makes the block at hand, if that is known.
		type Author: Get<Option<AccountId32>>;
		/// The price of a unit of gas in wei.
		type GasPrice: Get<u64>;
		/// How much gas the transactions of a block can use.
		type BlockGasLimit: Get<u64>;
		/// How much gas one transaction can have.
		type TransactionGasLimit: Get<u64>;
		/// What the beginning of a block weighs. All else weighs what its gas does.
		type WeightInfo: WeightInfo;
	}

	/// The EVM.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The id by which wallets tell this chain from other EVM chains (EIP-155). A constant of genesis.
	#[pallet::storage]
	pub type ChainId<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// Which code a contract has, by its address: the Keccak-256 of the code.
	#[pallet::storage]
	pub type CodeHashes<T: Config> = StorageMap<_, Blake2_128Concat, H160, H256, OptionQuery>;

	/// The code of contracts, by its Keccak-256, once for all contracts that share it.
	// Identity: the key is a cryptographic hash. Unbounded: a code has at most 24,576 bytes (EIP-170).
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Codes<T: Config> = StorageMap<_, Identity, H256, StoredCode, OptionQuery>;

	/// The storage of contracts: by address and slot, the 32 bytes there. Slots of zeros are not kept.
	#[pallet::storage]
	pub type Slots<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, H160, Blake2_128Concat, H256, H256, OptionQuery>;

	/// The logs of tokens that moved in this block by other means than a contract, and of contracts that
	/// another VM has called, with the position of the extrinsic. The next block starts without them.
	// One list that is only appended to (`pallet_lanes::Config::BlockLists`). Unbounded: each log has 128
	// bytes, and its movement has paid for it.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type MovementLogs<T: Config> = StorageValue<_, alloc::vec::Vec<(u32, Log)>, ValueQuery>;

	/// The logs of tokens and of inner runs since a run of the EVM has last taken them, by the position of
	/// the extrinsic and the run's level. Empty between transactions.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type RunLogs<T: Config> =
		StorageMap<_, Identity, (u32, u32), alloc::vec::Vec<Log>, ValueQuery>;

	/// The transient storage (EIP-1153) that a run of the EVM lends to runs within it, by the position of
	/// the extrinsic and their level: contract, slot, what is in it. Empty between transactions.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type RunTransient<T: Config> =
		StorageMap<_, Identity, (u32, u32), alloc::vec::Vec<(H160, H256, H256)>, ValueQuery>;

	/// The price of a unit of gas in the block at hand, in wei: what BASEFEE gives.
	#[pallet::storage]
	pub type BaseFee<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// What the EVM begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// See [`ChainId`].
		pub chain_id: u64,
		/// Wallets that are shown under their own addresses from the beginning, as if they had sent
		/// something.
		pub wallets: alloc::vec::Vec<H160>,
		/// The configuration that it belongs to.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			ChainId::<T>::put(self.chain_id);
			for wallet in &self.wallets {
				T::Identity::note_address(&unum_address::Address::Evm(wallet.0.into()));
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			MovementLogs::<T>::kill();
			BaseFee::<T>::put(T::GasPrice::get());
			T::WeightInfo::on_initialize()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> MountedEngine for Pallet<T> {
	type Host = ChainEvmHost<T>;
	type Engine = EvmEngine;

	fn host() -> Self::Host {
		ChainEvmHost::new()
	}
}

impl<T: Config> Pallet<T> {
	/// Whether a contract stands at an address: one with code of its own, not a wallet that has
	/// delegated (EIP-7702).
	pub fn is_contract(address: H160) -> bool {
		CodeHashes::<T>::get(address)
			.and_then(Codes::<T>::get)
			.is_some_and(|code| !code.is_delegation())
	}

	/// The block at hand, as contracts see it.
	pub fn environment() -> Environment {
		Self::host().environment()
	}

	/// An account, as the EVM reads it.
	pub fn account(address: H160) -> AccountState {
		let host = Self::host();
		let found = host.account(address.0.into()).unwrap_or_default();
		AccountState {
			balance: U256::from_big_endian(&found.balance.to_be_bytes::<32>()),
			nonce: found.nonce,
			code: found.code_hash.map(|hash| host.code(hash).to_vec()).unwrap_or_default(),
		}
	}

	/// The code at an address; empty without.
	pub fn code_at(address: H160) -> alloc::vec::Vec<u8> {
		CodeHashes::<T>::get(address)
			.and_then(Codes::<T>::get)
			.map(|code| code.bytes)
			.unwrap_or_default()
	}

	/// What is in a slot of a contract's storage.
	pub fn storage_at(address: H160, slot: H256) -> H256 {
		Slots::<T>::get(address, slot).unwrap_or_default()
	}
}
