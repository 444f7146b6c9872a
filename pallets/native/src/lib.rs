// SPDX-License-Identifier: Apache-2.0
//! The native VM, mounted on the chain.
//!
//! The VM itself is [`unum_native_engine`]; this pallet gives it a host (the ledger and the identity
//! registry) and prices. It has no calls and no storage: its operations are called through the
//! dispatcher, and what they change belongs to the ledger and to identity.

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

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod weights;

#[cfg(test)]
mod tests;

pub use pallet::*;
pub use weights::{SubstrateWeight, WeightInfo};

use core::marker::PhantomData;
use frame_support::weights::Weight;
use unum_native_engine::{NativeCosts, NativeEngine};
use unum_vm_engine::{ChainHost, IdentityControl, IdentityRegistry, MountedEngine, UnifiedLedger};

/// The pallet.
// The macros generate proofs by `expect`.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;

	/// What the native VM runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The ledger of the native coin and of all tokens.
		type Ledger: UnifiedLedger;
		/// The registry of identities.
		type Identity: IdentityRegistry + IdentityControl;
		/// What the operations weigh.
		type WeightInfo: WeightInfo;
	}

	/// The native VM.
	#[pallet::pallet]
	pub struct Pallet<T>(_);
}

impl<T: Config> MountedEngine for Pallet<T> {
	type Host = ChainHost<T::Ledger, T::Identity>;
	type Engine = NativeEngine<Costs<T>>;

	fn host() -> Self::Host {
		ChainHost::default()
	}
}

/// The engine's prices: the weights of `T`.
#[derive(Clone, Copy, Debug)]
pub struct Costs<T>(PhantomData<T>);

impl<T: Config> NativeCosts for Costs<T> {
	fn transfer_native() -> Weight {
		T::WeightInfo::transfer_native()
	}

	fn transfer_token() -> Weight {
		T::WeightInfo::transfer_token()
	}

	fn create_account() -> Weight {
		T::WeightInfo::create_account()
	}

	fn set_auth_keys(keys: u32) -> Weight {
		T::WeightInfo::set_auth_keys(keys)
	}

	fn bind_address() -> Weight {
		T::WeightInfo::bind_address().saturating_add(T::Identity::weight_of_showing())
	}

	fn first_sight() -> Weight {
		T::Identity::first_sight()
	}
}
