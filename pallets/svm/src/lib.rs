// SPDX-License-Identifier: Apache-2.0
//! The Solana VM, mounted on the chain.
//!
//! The VM itself is [`unum_svm_engine`]; this pallet keeps the accounts of programs, and gives the engine
//! a host. It has no calls: operations come through the dispatcher.
//!
//! # What is whose
//! | of an account | kept by |
//! |---|---|
//! | lamports | the one ledger: the native coin of the identity that owns the address, ÷ 10⁹ |
//! | data, owner, executable | here, by address ([`Accounts`]); nothing for wallets |
//! | token accounts and mints | the ledger; what it has no place for is a record ([`TokenRecords`]) |
//!
//! # Transactions of wallets
//! A transaction names the blockhash of one of the last 150 blocks ([`Blockhashes`]), which is separated
//! from every other chain's; it is remembered for as long as that ([`Processed`]), by its message.
//!
//! # Associated token accounts
//! A balance that begins is shown as an account of its own at once: whoever first gets a token, on
//! whatever VM, has the associated token account for it ([`OnMovement`]).

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

mod associated;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod blockhashes;
mod costs;
mod host;
mod queries;
mod try_state;
mod weights;

#[cfg(test)]
mod tests;

pub use blockhashes::blockhash_of;
pub use host::ChainSvmHost;
pub use pallet::*;
pub use weights::{SubstrateWeight, WeightInfo};

use frame_support::pallet_prelude::*;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::AccountId32;
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_view::TransactionMeta;
use unum_spl_token::Record;
use unum_svm_engine::{StoredAccount, SvmEngine};
use unum_vm_engine::MountedEngine;

/// The pallet.
// The macros generate types without `Debug`, casts of checked indices, and proofs by `expect`.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::traits::UnixTime;
	use unum_vm_engine::{IdentityControl, IdentityRegistry, TokenLedger, UnifiedLedger, VmCalls};

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the Solana VM runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// The ledger of the native coin and of all tokens.
		type Ledger: UnifiedLedger + TokenLedger;
		/// The registry of identities.
		type Identity: IdentityRegistry + IdentityControl;
		/// The other VMs, for programs that call them.
		type Vms: VmCalls;
		/// The time of the block at hand.
		type Clock: UnixTime;
		/// What the beginning of a block weighs. All else weighs what its compute units do.
		type WeightInfo: WeightInfo;
	}

	/// The Solana VM.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Accounts of programs, and programs: their data and their owner, by address.
	// Unbounded: an account has at most 10 MiB of data, and its rent exemption has been paid.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Accounts<T: Config> =
		StorageMap<_, Blake2_128Concat, SvmAddress, StoredAccount, OptionQuery>;

	/// What is kept of an account of the token program beside the ledger.
	#[pallet::storage]
	pub type TokenRecords<T: Config> =
		StorageMap<_, Blake2_128Concat, SvmAddress, Record, OptionQuery>;

	/// The token accounts of an owner: for each account, of which token it is.
	#[pallet::storage]
	pub type TokenAccountsOf<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		SvmAddress,
		Blake2_128Concat,
		SvmAddress,
		MintId,
		OptionQuery,
	>;

	/// The associated token account of an owner for a token, where it is open.
	#[pallet::storage]
	pub type Associated<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		SvmAddress,
		Blake2_128Concat,
		MintId,
		SvmAddress,
		OptionQuery,
	>;

	/// The slots of the blocks whose blockhash transactions can name.
	// Identity: the keys are hashes.
	#[pallet::storage]
	pub type Blockhashes<T: Config> = StorageMap<_, Identity, [u8; 32], u64, OptionQuery>;

	/// Transactions that were processed: by the slot of the blockhash that they name and the hash of
	/// their message.
	// Identity: the keys are positions and hashes.
	#[pallet::storage]
	pub type Processed<T: Config> =
		StorageDoubleMap<_, Identity, u64, Identity, [u8; 32], (), OptionQuery>;

	/// The oldest slot of which [`Processed`] may hold transactions.
	#[pallet::storage]
	pub type OldestProcessed<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// What became of the operations of this block, with the position of their extrinsic. The next block
	/// starts without.
	// One list that is only appended to (`pallet_lanes::Config::BlockLists`). Unbounded: transactions have
	// paid for what they leave.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Metas<T: Config> = StorageValue<_, Vec<(u32, TransactionMeta)>, ValueQuery>;

	/// How many extrinsics blocks have held so far.
	#[pallet::storage]
	pub type TransactionCount<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// What the Solana VM begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Wallets that are shown under their own addresses from the beginning, as if they had sent
		/// something.
		pub wallets: Vec<[u8; 32]>,
		/// The configuration that it belongs to.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for wallet in &self.wallets {
				T::Identity::note_address(&unum_address::Address::Svm((*wallet).into()));
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			Metas::<T>::kill();
			let forgotten = blockhashes::turn::<T>(now);
			T::WeightInfo::on_initialize(forgotten)
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			let count = u64::from(frame_system::Pallet::<T>::extrinsic_count());
			TransactionCount::<T>::mutate(|all| *all = all.saturating_add(count));
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> MountedEngine for Pallet<T> {
	type Host = ChainSvmHost<T>;
	type Engine = SvmEngine;

	fn host() -> Self::Host {
		ChainSvmHost::default()
	}
}
