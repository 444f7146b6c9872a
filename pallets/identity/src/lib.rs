// SPDX-License-Identifier: Apache-2.0
//! # Identities
//!
//! The chain's `AccountId` is an *id_com*, and every VM sees it under an address of its own. This
//! pallet knows who is behind an address, lets one person use many wallets as one identity, and keeps
//! accounts from being reaped once they matter.
//!
//! ```text
//!   a new account appears (a transfer, a token, a reward, genesis)
//!        │  frame_system: OnNewAccount
//!        ▼
//!   index: the four derived addresses ──► Owners: address -> id_com ◄── bind / unbind
//!                                            ▲
//!   a wallet of another chain shows itself ──┘  see_wallet: its own address, too
//!
//!   resolve(address)    = Owners[address], else the identity that the address has while unbound
//!   address_of(id, vm)  = the primary address, else the wallet's own, else the derived one
//! ```
//!
//! ## What a user should know
//!
//! There is nothing to claim and nothing to pay a deposit for: the addresses of an account exist from
//! the moment at which the account does, and stay when it is emptied.
//!
//! - **One person, many wallets.** [`bind`](Pallet::bind) makes a wallet of any chain act as your
//!   identity: all of its balances are one from then on. The wallet agrees by signing a text that
//!   names chain, identity and address. [`unbind`](Pallet::unbind) undoes it; what was moved stays.
//! - **Nothing gets stuck.** What the wallet held before, and whatever arrives at its old identity
//!   later, [`sweep`](Pallet::sweep) moves to the owner; anybody may call it, and it can move nothing
//!   anywhere else. Native coin moves at once when an address is bound.
//! - **Keys.** [`set_auth_keys`](Pallet::set_auth_keys) names keys (sr25519, ed25519, secp256k1, or
//!   the post-quantum ML-DSA-44) that may act as your identity, by [`act_as`](Pallet::act_as).
//! - **Identities without a key.** An id_com can be the hash of a list of methods
//!   ([`unum_acegf::Methods`]). Its first transaction shows the list, and an authorization by one of
//!   its methods. To know an id_com gives no power over it.
//!
//! ## Why nobody can take what belongs to another
//!
//! *A derived address* is a hash of its id_com, and *a wallet's own address* is proven by its
//! signature. To occupy somebody else's address one would have to find a second id_com, or a wallet,
//! with the same address: a second preimage of 160 bits at least. Two *equal* addresses made on
//! purpose (2⁸⁰ hashes) both belong to whoever made them. An entry of the index changes in two ways
//! only: its wallet signs it over to an identity, or that identity gives it back.
//!
//! *A binding* needs both: the identity, which is the origin of the call, and the wallet, whose
//! signature names the chain's genesis, the identity, the address and a nonce that grows with every
//! binding of the address. So it is worth nothing on another chain, for another identity, or again
//! after an unbinding. While bound, an address can't be bound to anyone else; of two identities that
//! race for it the first wins and the second is told who the owner is.
//!
//! *A sweep* moves from the identity that an address has while unbound, which nobody can act as while
//! the address belongs to another (its wallet acts as the owner, and no other wallet may be bound to
//! it: [`Error::WalletHasBindings`], [`Error::WalletIsBound`]), to the owner of the address, whom the
//! wallet has chosen.
//!
//! ## Why nothing can become stuck
//!
//! Whatever stands in the ledger belongs to an id_com. Each is one of: the account of a Substrate key
//! (which signs), the hash of a list of methods (which authorize), or the unbound identity of an
//! address. For the last, either its wallet signs as it; or the address was bound, then `sweep` moves
//! its holdings (coin, tokens, and authorities over tokens) to the owner, and `unbind` gives it back to
//! the wallet; or the address is a derived one that was paid before its id_com was first seen, then the
//! same `sweep` moves them to that id_com. What is left is money sent to an address for which nobody
//! ever had a key, as on every chain.
//!
//! ## Why an old transaction is never executed twice
//!
//! FRAME removes an account without balance, and its nonce with it. If the account is funded anew,
//! its nonce starts again at 0, and every old transaction of it that never expires (all of Ethereum's
//! do not) could be executed a second time. So
//! [`retain`](unum_vm_engine::IdentityRegistry::retain) takes one `sufficient` reference, once, and
//! never gives it back. This pallet is the only one of the runtime that touches that
//! counter; the invariants below say so.
//!
//! A wallet's transactions count the nonce of whoever it acts as. Binding and unbinding change who
//! that is, and set the nonce of both identities to the larger of the two: what was executed as one of
//! them is old for the other as well.
//!
//! ## Claims, and the tests that stand for them
//!
//! | claim (n-VM paper: raw-chain binding, address isolation) | test |
//! |---|---|
//! | derivation is deterministic and domain-separated | `unum_address`: `properties`, `vectors` |
//! | `resolve(vm, address_of(id, vm)) == id` for every identity seen | `random_calls`, and after every test |
//! | an address belongs to one identity at a time | `bindings::of_two_that_race_the_first_wins` |
//! | nobody binds somebody else's wallet | `bindings::a_proof_of_another_wallet_is_refused` |
//! | a binding is worth nothing elsewhere or again | `bindings::a_proof_names_chain_identity_and_nonce` |
//! | naming or squatting on an id_com gives no power | `acting::an_id_com_that_others_paid_is_still_its_owners` |
//! | contracts, precompiles and tokens are not bound | `bindings::reserved_addresses_are_refused` |
//! | what arrives before first sight reaches its owner | `sweeping::what_came_before_first_sight` |
//! | bind, unbind and sweep conserve every balance | `random_calls` |
//! | a nonce only grows across a change of owner | `nonces` |
//! | an account that has sent is never reaped | `reaping` |
//!
//! ## Invariants ([`Pallet::do_try_state`], run after every test)
//!
//! - Every account is indexed under each VM, and what `address_of` shows resolves back to it.
//! - An entry of the index is a derived address of its owner, its own address, or bound to it.
//! - An account's own address is one of a foreign VM, and the account is that wallet's unbound
//!   identity.
//! - A binding is in the index, is counted, and no identity has more than [`MAX_BINDINGS`].
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

extern crate alloc;

mod acting;
mod authorization;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bindings;
mod fees;
mod impl_control;
mod impl_registry;
pub mod migrations;
mod nonces;
mod shown;
mod sweeping;
mod try_state;
pub mod weights;

#[cfg(test)]
mod tests;

pub use authorization::{Authority, Authorization, AuthorizationError};
pub use fees::FeePayment;
pub use pallet::*;
pub use shown::OnShown;
pub use try_state::BrokenInvariant;
pub use unum_vm_engine::limits::{MAX_AUTH_KEYS, MAX_BINDINGS};
pub use weights::WeightInfo;

/// How many tokens one sweep moves at most.
pub const MAX_SWEPT_MINTS: u32 = 32;

// FRAME's macros generate types without `Debug`, `expect`s on the runtime's own composition, and
// casts of variant indices, which are constants below 256. What the calls do is in other modules.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		authorization::Authorization, fees::FeePayment, shown::OnShown, WeightInfo, MAX_AUTH_KEYS,
		MAX_SWEPT_MINTS,
	};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
		pallet_prelude::*,
		traits::Contains,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{traits::Dispatchable, AccountId32};
	use unum_address::{Address, VmKind};
	use unum_id_com::{IdCom, MintId};
	use unum_signature::{AuthKey, BindingProof};
	use unum_units::LedgerAmount;
	use unum_vm_engine::{IdentityControl, IdentityError, TokenAuthority, TokenLedger};

	/// Version 2: bindings, primary addresses and authentication keys beside `Owners` and
	/// `OwnAddress`.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	/// The registry of identities.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the registry needs of the runtime.
	///
	/// `frame_system::Config::OnNewAccount` must be this pallet: it is how new accounts get here.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		AccountId = AccountId32,
		Hash: Into<sp_core::H256>,
		RuntimeEvent: From<Event<Self>>,
		RuntimeCall: From<Call<Self>>
		                 + Dispatchable<
			Info = DispatchInfo,
			PostInfo = PostDispatchInfo,
			RuntimeOrigin = OriginFor<Self>,
		> + GetDispatchInfo,
	>
	{
		/// The ledger, in which what a wallet held moves to the owner of its address.
		type Ledger: TokenLedger;
		/// Addresses that no wallet has: precompiles, contracts, tokens.
		type ReservedAddresses: Contains<Address>;
		/// Who has to know by which address an identity is shown.
		type OnShown: OnShown;
		/// How a transaction that this pallet authorizes pays.
		type Fees: FeePayment<AccountId32, <Self as frame_system::Config>::RuntimeCall>;
		/// What the registry's work costs.
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

	/// The address of the wallet or the contract of another chain that an identity came from: written
	/// when it signs or is made, or when it is first paid there.
	///
	/// On that chain's VM the identity is shown under this address, on all others under the derived
	/// ones; not while the address is bound to another identity.
	#[pallet::storage]
	pub type OwnAddress<T: Config> = StorageMap<_, Blake2_128Concat, IdCom, Address>;

	/// The addresses that an identity has bound.
	#[pallet::storage]
	pub type Bindings<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, IdCom, Blake2_128Concat, Address, ()>;

	/// How many addresses an identity has bound. No entry means none.
	#[pallet::storage]
	pub type BindingCount<T: Config> = StorageMap<_, Blake2_128Concat, IdCom, u32, ValueQuery>;

	/// How often an address has been bound: the nonce that the next proof has to name.
	#[pallet::storage]
	pub type BindingNonce<T: Config> = StorageMap<_, Blake2_128Concat, Address, u64, ValueQuery>;

	/// The address under which a VM shows an identity, where it is another than the default: the
	/// wallet's own, or the derived one.
	#[pallet::storage]
	pub type Primary<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, IdCom, Blake2_128Concat, VmKind, Address>;

	/// The keys that may act as an identity, besides its wallets.
	#[pallet::storage]
	pub type AuthKeys<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		IdCom,
		BoundedVec<AuthKey, ConstU32<MAX_AUTH_KEYS>>,
		ValueQuery,
	>;

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
		/// An identity took over a wallet's address, as the wallet has agreed.
		Bound {
			/// The identity.
			id_com: IdCom,
			/// The wallet's address.
			address: Address,
		},
		/// An identity gave an address back to its wallet.
		Unbound {
			/// The identity.
			id_com: IdCom,
			/// The wallet's address.
			address: Address,
		},
		/// What the unbound identity of an address held moved to the owner of the address.
		Swept {
			/// The address.
			address: Address,
			/// Its unbound identity, which held it.
			from: IdCom,
			/// The owner of the address.
			to: IdCom,
			/// The token; empty for the native coin.
			mint: Option<MintId>,
			/// How much, in base units.
			amount: LedgerAmount,
		},
		/// An authority over a token moved from the unbound identity of an address to the owner of the
		/// address.
		AuthoritySwept {
			/// The address.
			address: Address,
			/// The owner of the address.
			to: IdCom,
			/// The token.
			mint: MintId,
			/// The authority.
			authority: TokenAuthority,
		},
		/// A VM shows an identity under another address of it from now on.
		PrimaryChanged {
			/// The identity.
			id_com: IdCom,
			/// The address.
			address: Address,
		},
		/// An identity has replaced its authentication keys.
		AuthKeysChanged {
			/// The identity.
			id_com: IdCom,
			/// How many there are now.
			count: u32,
		},
		/// An identity acted by one of its methods or authentication keys.
		Acted {
			/// The identity.
			id_com: IdCom,
			/// What came of the call. The fee is paid in any case.
			result: DispatchResult,
		},
	}

	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// A native address is an identity itself and can't be bound.
		NativeAddress,
		/// The address belongs to this identity already.
		AlreadyYours,
		/// The address belongs to another identity, which would have to unbind it first.
		OwnedByAnother,
		/// The address is a precompile, a contract or a token: no wallet has it.
		ReservedAddress,
		/// The wallet's own identity has bound other wallets and would have to unbind them first.
		WalletHasBindings,
		/// This identity is that of a wallet which is bound to another identity. Bind to that one.
		WalletIsBound,
		/// An identity can have 32 addresses bound at most. Unbind one first.
		TooManyBindings,
		/// The proof is of a kind that wallets with such addresses do not make, or is malformed.
		UnsuitableProof,
		/// The signature is not this wallet's signature of the binding's text. Chain, identity,
		/// address and nonce must be those of now.
		WrongSignature,
		/// The address is not bound to this identity.
		NotBound,
		/// The address does not belong to this identity.
		NotYours,
		/// An identity has 8 authentication keys at most.
		TooManyAuthKeys,
		/// The key is one of the identity's authentication keys already.
		AuthKeyExists,
		/// No signature could ever be made with this key.
		InvalidAuthKey,
		/// The ledger refused to move what the wallet held.
		LedgerRefused,
		/// The address belongs to the identity that it has while unbound: there is nothing to sweep.
		NothingToSweep,
		/// The authorization does not hold. The transaction pool says why.
		Unauthorized,
	}

	impl<T> From<IdentityError> for Error<T> {
		fn from(error: IdentityError) -> Self {
			match error {
				IdentityError::NativeAddress => Self::NativeAddress,
				IdentityError::AlreadyYours => Self::AlreadyYours,
				IdentityError::OwnedByAnother(_) => Self::OwnedByAnother,
				IdentityError::Reserved => Self::ReservedAddress,
				IdentityError::WalletHasBindings => Self::WalletHasBindings,
				IdentityError::WalletIsBound(_) => Self::WalletIsBound,
				IdentityError::TooManyBindings => Self::TooManyBindings,
				IdentityError::Proof(error) if error.is_wrong_signature() => Self::WrongSignature,
				IdentityError::Proof(_) => Self::UnsuitableProof,
				IdentityError::NotBound => Self::NotBound,
				IdentityError::NotYours => Self::NotYours,
				IdentityError::TooManyAuthKeys => Self::TooManyAuthKeys,
				IdentityError::AuthKeyExists => Self::AuthKeyExists,
				IdentityError::InvalidAuthKey => Self::InvalidAuthKey,
				IdentityError::Ledger(_) => Self::LedgerRefused,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state().map_err(Into::into)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes a wallet of another chain one of yours: its transactions act as you, and its balances
		/// and yours are one.
		///
		/// The wallet agrees by signing a text, which `unum_bindingMessage` shows and `unum key
		/// sign-binding` signs. What native coin the wallet held moves to you at once; tokens follow
		/// by `sweep`. Your first address on a VM other than the derived one becomes the one under
		/// which that VM shows you; `set_primary` changes it.
		///
		/// Your nonce may jump ahead, to that of the wallet: transactions of yours that still wait with
		/// a smaller one have to be signed again.
		///
		/// - `address`: the wallet's address.
		/// - `proof`: its signature, in the form of its chain.
		///
		/// ## Origin
		/// Signed, by the identity that takes the address over.
		///
		/// ## Errors
		/// `NativeAddress`, `AlreadyYours`, `OwnedByAnother`, `ReservedAddress`, `WalletHasBindings`,
		/// `WalletIsBound`, `TooManyBindings`, `UnsuitableProof`, `WrongSignature`, `LedgerRefused`.
		///
		/// ## Events
		/// `Bound`, and `Swept` where the wallet held native coin.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::bind().saturating_add(T::OnShown::weight()))]
		pub fn bind(
			origin: OriginFor<T>,
			address: Address,
			proof: Box<BindingProof>,
		) -> DispatchResult {
			let id = IdCom::from(ensure_signed(origin)?);
			<Self as IdentityControl>::bind(id, &address, &proof).map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Gives an address back to its wallet, which is an identity of its own again. What you hold
		/// stays yours.
		///
		/// ## Origin
		/// Signed, by the identity to which the address is bound.
		///
		/// ## Errors
		/// `NotBound`.
		///
		/// ## Events
		/// `Unbound`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unbind())]
		pub fn unbind(origin: OriginFor<T>, address: Address) -> DispatchResult {
			let id = IdCom::from(ensure_signed(origin)?);
			Self::do_unbind(id, &address).map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Moves what the unbound identity of an address holds to the owner of the address: all of its
		/// native coin, and of each of the `mints` its tokens and its authorities.
		///
		/// For what a wallet held before it was bound, what arrived at its old identity later, and what
		/// was sent to a derived address before its identity was first seen. What is frozen or locked
		/// stays until it is not.
		///
		/// - `mints`: at most 32 tokens.
		///
		/// ## Origin
		/// Signed, by anybody.
		///
		/// ## Errors
		/// `NothingToSweep` for an address that belongs to its own unbound identity, `LedgerRefused` if
		/// one of the mints does not exist.
		///
		/// ## Events
		/// `Swept` and `AuthoritySwept`, for each thing that moved.
		#[pallet::call_index(2)]
		#[pallet::weight(Pallet::<T>::weight_of_sweep(address, mints))]
		pub fn sweep(
			origin: OriginFor<T>,
			address: Address,
			mints: BoundedVec<MintId, ConstU32<MAX_SWEPT_MINTS>>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_sweep(&address, &mints)?;
			Ok(())
		}

		/// Chooses under which of your addresses its VM shows you.
		///
		/// ## Origin
		/// Signed, by the owner of the address.
		///
		/// ## Errors
		/// `NativeAddress`, `NotYours`.
		///
		/// ## Events
		/// `PrimaryChanged`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_primary().saturating_add(T::OnShown::weight()))]
		pub fn set_primary(origin: OriginFor<T>, address: Address) -> DispatchResult {
			let id = IdCom::from(ensure_signed(origin)?);
			Self::do_set_primary(id, &address).map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Names the keys that may act as you by `act_as`, in place of those named before. An empty list
		/// takes all of them away. The key of your account itself is not affected.
		///
		/// ## Origin
		/// Signed.
		///
		/// ## Errors
		/// `TooManyAuthKeys`, `AuthKeyExists` if a key stands there twice, `InvalidAuthKey`.
		///
		/// ## Events
		/// `AuthKeysChanged`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_auth_keys(keys.len().try_into().unwrap_or(u32::MAX)))]
		pub fn set_auth_keys(origin: OriginFor<T>, keys: Vec<AuthKey>) -> DispatchResult {
			let id = IdCom::from(ensure_signed(origin)?);
			<Self as IdentityControl>::set_auth_keys(id, keys).map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Runs a call as an identity that authorizes it by one of its authentication keys, or by one
		/// of the methods of which its id_com is the hash.
		///
		/// This is the way in for identities without a Substrate key: nothing else signs the
		/// transaction. The identity pays the fee, and its nonce counts it. If the call fails, fee and
		/// nonce stay, and the event says why.
		///
		/// - `authorization`: who acts, with which nonce, and the proof: a signature of
		///   [`Pallet::message_to_authorize`].
		/// - `call`: what is done.
		///
		/// ## Origin
		/// None: a general transaction.
		///
		/// ## Errors
		/// Refused by the transaction pool, with the cause.
		///
		/// ## Events
		/// `Acted`, and those of the call.
		#[pallet::call_index(5)]
		#[pallet::authorize(|source, authorization, call| {
			Self::authorize_act_as(source, authorization, call)
		})]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize())]
		#[pallet::weight({
			let inner = call.get_dispatch_info();
			(T::WeightInfo::act_as().saturating_add(inner.call_weight), inner.class, Pays::No)
		})]
		pub fn act_as(
			origin: OriginFor<T>,
			authorization: Box<Authorization>,
			call: Box<<T as frame_system::Config>::RuntimeCall>,
		) -> DispatchResultWithPostInfo {
			frame_system::ensure_authorized(origin)?;
			Self::do_act_as(*authorization, *call)
		}
	}
}
