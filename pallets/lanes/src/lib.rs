// SPDX-License-Identifier: Apache-2.0
//! What extrinsics that run in parallel would share.
//!
//! A node may execute runs of a block's extrinsics apart from each other (`LaneApi`). That works as long
//! as they do not change the same entries. Each extrinsic burns a fee, and would so change the total
//! issuance of the native coin, which each transfer reads. Here the fees of a block go into a pot that is
//! only added to, and are burnt together at the block's end: the same with lanes and without.
//!
//! What a block keeps of its extrinsics until the next one begins (receipts, logs) is in lists that they
//! only append to ([`Config::BlockLists`]): one entry each that changes in a block, however many extrinsics
//! it has, and the parts of lanes are joined.
//!
//! The other entries that every extrinsic changes are FRAME's: its events, their number, the block's
//! weight and its length. [`policy`] names them all, [`apply_lane`] measures what a lane adds to them, and
//! [`fold`] adds it up.
//!
//! What it does not do: it executes nothing by itself, and no call belongs to it.

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
mod lane;
#[cfg(all(test, feature = "runtime-benchmarks"))]
mod mock;
mod sums;
mod weights;

pub use lane::{apply_lane, policy};
pub use pallet::*;
pub use sums::fold;
pub use weights::{SubstrateWeight, WeightInfo};

use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Balanced, Credit, Inspect},
		Imbalance, OnUnbalanced,
	},
};
use frame_system::pallet_prelude::*;

/// The pallet.
// The macros generate types without `Debug`, casts of checked indices, and proofs by `expect`.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;

	/// What fees are paid in.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The native coin.
		type Currency: Balanced<Self::AccountId, Balance = u128>;
		/// Where the lists of the block at hand are kept to which extrinsics append: the keys of their
		/// entries. Each begins empty with the block, and no extrinsic reads what others have appended.
		type BlockLists: Get<Vec<Vec<u8>>>;
		/// What the end of a block weighs.
		type WeightInfo: WeightInfo;
	}

	/// Lanes.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The fees of this block so far, in base units of the native coin. They belong to nobody any more,
	/// and are part of the total issuance until the block ends.
	#[pallet::storage]
	pub type FeePot<T: Config> = StorageValue<_, u128, ValueQuery>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			// What the end of a block weighs is counted at its beginning.
			T::WeightInfo::on_finalize()
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			let fees = FeePot::<T>::take();
			// The debt would raise the issuance again where it is dropped.
			core::mem::forget(T::Currency::rescind(fees));
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> OnUnbalanced<Credit<T::AccountId, T::Currency>> for Pallet<T> {
	fn on_nonzero_unbalanced(fee: Credit<T::AccountId, T::Currency>) {
		// The sum is at most the total issuance, which fits.
		FeePot::<T>::mutate(|pot| *pot = pot.saturating_add(fee.peek()));
		// The credit would lower the issuance where it is dropped.
		core::mem::forget(fee);
	}
}

impl<T: Config> Pallet<T> {
	/// The invariant of this pallet's storage, within a block and between blocks.
	///
	/// # Errors
	/// It does not hold.
	pub fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
		let fits = FeePot::<T>::get() <= T::Currency::total_issuance();
		ensure!(fits, "lanes: more fees wait to be burnt than there are coins");
		Ok(())
	}
}
