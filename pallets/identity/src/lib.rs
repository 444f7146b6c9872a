// SPDX-License-Identifier: Apache-2.0
//! # Identities
//!
//! The chain's `AccountId` is an *id_com*, and every VM sees it under an address of its own. This
//! pallet knows who is behind an address, and keeps accounts from being reaped once they matter.
//!
//! ```text
//!   a new account appears (a transfer, a token, a reward, genesis)
//!        │  frame_system: OnNewAccount
//!        ▼
//!   index: the four derived addresses ──► Owners: address -> id_com
//!                                            ▲
//!   a wallet of another chain shows itself ──┘  see_wallet: its own address, too
//!
//!   resolve(address)    = Owners[address], else the identity that the address has while unbound
//!   address_of(id, vm)  = the wallet's own address on its own VM, else the derived one
//! ```
//!
//! ## What a user should know
//!
//! There is nothing to claim and nothing to pay a deposit for: the addresses of an account exist from
//! the moment at which the account does, and stay when it is emptied. There is no call in this
//! pallet.
//!
//! ## Why nobody can take the address of another
//!
//! A derived address is a hash of its id_com, and a wallet's own address is proven by the signature
//! on its transaction. To occupy somebody else's address one would have to find a second id_com, or a
//! wallet, with the same address: a second preimage of 160 bits at least. Two *equal* addresses made
//! on purpose (2⁸⁰ hashes) both belong to whoever made them. Still, an entry is never overwritten:
//! an address that once resolved to an identity goes on resolving to it, so that whatever was sent
//! there can't change hands.
//!
//! ## Why an account is never reaped once it has sent anything
//!
//! FRAME removes an account without balance, and its nonce with it. If the account is funded anew,
//! its nonce starts again at 0, and every old transaction of it that never expires (all of Ethereum's
//! do not) could be executed a second time. So
//! [`retain`](unum_vm_engine::IdentityRegistry::retain) takes one `sufficient` reference, once, and
//! never gives it back. This pallet is the only one of the runtime that touches that
//! counter; the invariants below say so.
//!
//! ## Invariants ([`Pallet::do_try_state`], run after every test)
//!
//! - Every account is indexed under each VM, and what `address_of` shows resolves back to it.
//! - An entry of the index is a derived address of its owner or the owner's own address.
//! - An account's own address is one of a foreign VM, and the account is that wallet's unbound
//!   identity.
//! - An account that has sent a transaction has exactly one `sufficient` reference, and no account has
//!   more.

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

mod impl_registry;
mod try_state;
pub mod weights;

#[cfg(test)]
mod tests;

pub use pallet::*;
pub use try_state::BrokenInvariant;
pub use weights::WeightInfo;

// FRAME's macros generate types without `Debug`, `expect`s on the runtime's own composition, and
// casts of variant indices, which are constants below 256. All code of ours is in other modules.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use frame_support::pallet_prelude::*;
	use sp_runtime::AccountId32;
	use unum_address::Address;
	use unum_id_com::IdCom;

	/// Version 1: `Owners` and `OwnAddress`.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The registry of identities.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the registry needs of the runtime.
	///
	/// `frame_system::Config::OnNewAccount` must be this pallet: it is how new accounts get here.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, RuntimeEvent: From<Event<Self>>>
	{
		/// What the registry's work costs those who cause it: the pallet has no calls of its own.
		type WeightInfo: WeightInfo;
	}

	/// Who is behind an address: the identity to which it resolves.
	///
	/// An address that is not here belongs to the identity that it has while unbound, which is a
	/// hash of it.
	// Users choose addresses (a script is any byte string), so the hasher must be one that keeps the
	// trie balanced whatever they choose.
	#[pallet::storage]
	pub type Owners<T: Config> = StorageMap<_, Blake2_128Concat, Address, IdCom>;

	/// The address of the wallet of another chain that an identity came from.
	///
	/// On that chain's VM the identity is shown under this address, on all others under the derived
	/// ones.
	#[pallet::storage]
	pub type OwnAddress<T: Config> = StorageMap<_, Blake2_128Concat, IdCom, Address>;

	/// What happened to identities.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An identity was seen for the first time. Its addresses on all VMs resolve to it from now
		/// on.
		FirstSeen {
			/// The identity.
			id_com: IdCom,
		},
		/// A wallet of another chain showed itself. Its identity is shown under this address on that
		/// chain's VM from now on.
		WalletSeen {
			/// The wallet's identity.
			id_com: IdCom,
			/// The wallet's address.
			address: Address,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<frame_system::pallet_prelude::BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: frame_system::pallet_prelude::BlockNumberFor<T>,
		) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state().map_err(Into::into)
		}
	}
}
