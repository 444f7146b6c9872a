// SPDX-License-Identifier: Apache-2.0
//! # Unified tokens
//!
//! One ledger holds every token; the token standard of each VM is a view of it. A transfer from a
//! user of one VM to a user of another is one state transition on two balances: no lock, no bridge,
//! nothing in flight.
//!
//! ```text
//!   polkadot.js      ERC-20, SPL views     engines          FRAME's pallets
//!        │ calls         │ TokenLedger        │ UnifiedLedger    │ fungibles
//!        ▼               ▼                    ▼                  ▼
//!   ┌────────────────────────────────────────────────┐   ┌───────────────────┐
//!   │ tokens: Mints, Balances, Allowances            │   │ the native coin   │
//!   │ each operation once; only this pallet writes   │   │ (Config::Currency)│
//!   └────────────────────────────────────────────────┘   └───────────────────┘
//!        │ exactly one event and one OnMovement per movement
//! ```
//!
//! ## What a user should know
//!
//! - Anybody can create a token, without a deposit. Its identifier is a hash of the creator and of 32
//!   bytes that the creator chooses, so nobody can take the identifier that another is about to use.
//! - Amounts are in base units: a token with 6 decimals has 1,000,000 of them.
//! - An allowance of 2¹²⁸ − 1 is unlimited and is not used up.
//! - A transfer of nothing and a transfer to oneself succeed, change no storage, and are reported by
//!   an event like any other, as ERC-20 demands. To transfer to oneself one must have the amount.
//! - Whoever gets a token has an account from then on, even without any native coin.
//! - The Solana VM shows amounts in 64 bits. A token has a second, smaller number of decimals for it,
//!   and more than that view can show is never minted.
//! - A token may have a freeze authority, which can stop balances: what is frozen can neither grow nor
//!   fall, whoever asks and by whatever view. Look at it before you accept a token.
//!
#![doc = include_str!("theorems.md")]
//!
//! The native coin is no token here: it stays with the runtime's balances pallet, and
//! [`UnifiedLedger`](unum_vm_engine::UnifiedLedger) gives engines both through one interface;
//! [`NativeAndTokens`] does so for FRAME's pallets.

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
mod checks;
mod errors;
mod genesis;
mod impl_fungibles;
mod impl_ledger;
mod impl_token_ledger;
mod impl_tokens;
pub mod migrations;
mod queries;
mod try_state;
mod types;
mod views;
pub mod weights;

#[cfg(test)]
mod tests;

pub use genesis::GenesisMint;
pub use impl_fungibles::{NativeAndTokens, NativeOrToken};
pub use pallet::*;
pub use try_state::BrokenInvariant;
pub use types::{Mint, TextError, TokenName, TokenSymbol, TokenText};
pub use views::TokenViewAddresses;
pub use weights::WeightInfo;

// FRAME's macros generate types without `Debug`, `expect`s on the runtime's own composition, and
// casts of variant indices, which are constants below 256. What the calls do is in other modules.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{GenesisMint, Mint, TokenName, TokenSymbol, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use sp_runtime::AccountId32;
	use unum_address::{Address, EvmAddress};
	use unum_id_com::{IdCom, MintId};
	use unum_units::LedgerAmount;
	use unum_vm_engine::{Holding, IdentityRegistry, OnMovement, TokenAuthority, TokenLedger};

	/// Version 1: `Mints`, `Balances` and `Allowances`. Version 2: `MintOfErc20` holds every mint, see
	/// [`crate::migrations::v2`]; and `PermitNonces`, which are empty to begin with.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	/// The token ledger.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the ledger needs of the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, RuntimeEvent: From<Event<Self>>>
	{
		/// The native coin.
		type Currency: fungible::Mutate<AccountId32, Balance = u128>;
		/// Keeps the accounts of those who own tokens.
		type Identity: IdentityRegistry;
		/// Is told of every movement once, whoever caused it, of the native coin those through
		/// [`UnifiedLedger`](unum_vm_engine::UnifiedLedger).
		type OnMovement: OnMovement;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Every token, by its identifier.
	#[pallet::storage]
	pub type Mints<T: Config> = StorageMap<_, Blake2_128Concat, MintId, Mint>;

	/// What each owner has of each token. No entry means nothing.
	// Owner first, so that "all tokens of an owner" is one prefix.
	#[pallet::storage]
	pub type Balances<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, IdCom, Blake2_128Concat, MintId, Holding, ValueQuery>;

	/// How much of an owner's token a spender may move: by token, owner and spender. No entry means
	/// nothing, 2¹²⁸ − 1 means unlimited.
	#[pallet::storage]
	pub type Allowances<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, MintId>,
			NMapKey<Blake2_128Concat, IdCom>,
			NMapKey<Blake2_128Concat, IdCom>,
		),
		LedgerAmount,
		ValueQuery,
	>;

	/// The token at each ERC-20 address. The same 20 bytes are its TRC-20 address.
	// For who has an address and asks what it is: the address is a hash and leads back to no mint.
	#[pallet::storage]
	pub type MintOfErc20<T: Config> = StorageMap<_, Blake2_128Concat, EvmAddress, MintId>;

	/// How many approvals of a token the wallet at an address has signed and had executed. No entry
	/// means none. By address and not by identity: see [`TokenLedger::permit_nonce`].
	// Mint first, as everything about it that is not a balance.
	#[pallet::storage]
	pub type PermitNonces<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, MintId, Blake2_128Concat, Address, u64, ValueQuery>;

	/// Tokens that exist from the start.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The tokens, with their first owners.
		pub mints: Vec<GenesisMint>,
		/// Binds the configuration to its runtime.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.mints.iter().for_each(Pallet::<T>::build_genesis_mint);
		}
	}

	/// What happened to tokens. Each movement is reported by exactly one of these.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A token was created. Nobody has any of it yet.
		MintCreated {
			/// The token.
			mint: MintId,
			/// Who created it by a call; empty where it came into being through a VM's own token program.
			creator: Option<IdCom>,
		},
		/// New tokens came into being.
		Minted {
			/// The token.
			mint: MintId,
			/// Who got them.
			to: IdCom,
			/// How many, in base units.
			amount: LedgerAmount,
		},
		/// Tokens ceased to exist.
		Burned {
			/// The token.
			mint: MintId,
			/// Who had them.
			from: IdCom,
			/// How many, in base units.
			amount: LedgerAmount,
		},
		/// Tokens changed hands.
		Transferred {
			/// The token.
			mint: MintId,
			/// Who had them.
			from: IdCom,
			/// Who has them now.
			to: IdCom,
			/// How many, in base units.
			amount: LedgerAmount,
		},
		/// An owner has set how much a spender may move. It replaces what was set before.
		Approved {
			/// The token.
			mint: MintId,
			/// Whose tokens.
			owner: IdCom,
			/// Who may move them.
			spender: IdCom,
			/// How many, in base units; 2¹²⁸ − 1 is unlimited.
			amount: LedgerAmount,
		},
		/// A token was renamed by its mint authority.
		MetadataSet {
			/// The token.
			mint: MintId,
			/// Its name in full from now on.
			name: TokenName,
			/// Its name in a few letters from now on.
			symbol: TokenSymbol,
		},
		/// A balance was frozen: it can neither grow nor fall.
		Frozen {
			/// The token.
			mint: MintId,
			/// Whose balance.
			owner: IdCom,
		},
		/// A balance was thawed: it can move again.
		Thawed {
			/// The token.
			mint: MintId,
			/// Whose balance.
			owner: IdCom,
		},
		/// An authority over a token was handed on, or given up for ever.
		AuthoritySet {
			/// The token.
			mint: MintId,
			/// Which authority.
			authority: TokenAuthority,
			/// Who has it now; nobody, if empty.
			new: Option<IdCom>,
		},
	}

	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// No token has this identifier. Create it first, or correct the identifier.
		UnknownMint,
		/// You have already created a token with this salt. Choose another salt.
		MintExists,
		/// A token has 18 decimals at most.
		TooManyDecimals,
		/// The decimals for the Solana VM can't be more than the token's decimals.
		SvmDecimalsAboveDecimals,
		/// A name has 64 bytes at most. Choose a shorter one.
		NameTooLong,
		/// A symbol has 16 bytes at most. Choose a shorter one.
		SymbolTooLong,
		/// The name or the symbol is not valid UTF-8.
		TextNotUtf8,
		/// The name or the symbol has a control character, or one that is not seen or changes how
		/// others are seen. Leave it out.
		TextHasHiddenCharacter,
		/// Only the token's mint authority can do this. Sign with its account.
		NotMintAuthority,
		/// The token has no mint authority: nobody can ever mint more of it, or rename it.
		SupplyIsFixed,
		/// The supply would be more than a 64-bit view of the token can show. Mint less; a token with
		/// fewer decimals for the Solana VM could hold more.
		SupplyTooLarge,
		/// The owner has less of the token than this call would move.
		InsufficientBalance,
		/// The spender's allowance is smaller than the amount. The owner can approve more.
		InsufficientAllowance,
		/// The sender's or the receiver's balance of this token is frozen by its freeze authority.
		BalanceFrozen,
		/// The balance or the supply would not fit 128 bits.
		Overflow,
		/// Only the token's freeze authority can do this. Sign with its account.
		NotFreezeAuthority,
		/// The token has no freeze authority: nobody can ever freeze or thaw balances of it.
		NoFreezeAuthority,
		/// The token would have the ERC-20 address of another token. Choose another salt.
		AddressTaken,
		/// The decimals of a token are chosen when it is created, and never change.
		DecimalsAreFixed,
		/// The token's decimals, its name or its symbol break a rule.
		InvalidToken,
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
		/// Creates a token, of which nobody has any yet.
		///
		/// Its identifier is SHA-256 of "unum-mint", your account and `salt`; the event shows it. Each
		/// of your tokens needs another salt. There is no deposit.
		///
		/// - `decimals`: how many digits of an amount stand behind the point, 0 to 18.
		/// - `svm_decimals`: the same as the Solana VM shows it, not more than `decimals`. Left out, it
		///   is 9, or `decimals` if that is less. That view has 64 bits: with 9 it can show eighteen
		///   billion whole tokens; choose less for a token with a larger supply.
		/// - `name`, `symbol`: UTF-8, at most 64 and 16 bytes, without hidden characters.
		/// - `mint_authority`: who may mint; yourself, if left out.
		/// - `freeze_authority`: who may freeze balances; nobody, if left out.
		///
		/// ## Origin
		/// Signed, by the creator.
		///
		/// ## Errors
		/// `TooManyDecimals`, `SvmDecimalsAboveDecimals`, `NameTooLong`, `SymbolTooLong`,
		/// `TextNotUtf8`, `TextHasHiddenCharacter`, `MintExists`, `AddressTaken`.
		///
		/// ## Events
		/// `MintCreated`.
		// Seven arguments: they are one form in a wallet, and each is of another type but the texts.
		#[allow(clippy::too_many_arguments)]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_mint())]
		pub fn create_mint(
			origin: OriginFor<T>,
			salt: [u8; 32],
			decimals: u8,
			svm_decimals: Option<u8>,
			name: Vec<u8>,
			symbol: Vec<u8>,
			mint_authority: Option<IdCom>,
			freeze_authority: Option<IdCom>,
		) -> DispatchResult {
			let creator = IdCom::from(ensure_signed(origin)?);
			let mint = Mint {
				supply: LedgerAmount::ZERO,
				decimals: Self::check_decimals(decimals)?,
				svm_decimals: Self::check_svm_decimals(decimals, svm_decimals)?,
				name: Self::check_name(name)?,
				symbol: Self::check_symbol(symbol)?,
				mint_authority: Some(mint_authority.unwrap_or(creator)),
				freeze_authority,
			};
			Self::do_create_mint(creator, salt, mint)?;
			Ok(())
		}

		/// Renames a token. Its decimals stay.
		///
		/// - `name`, `symbol`: UTF-8, at most 64 and 16 bytes, without hidden characters.
		///
		/// ## Origin
		/// Signed, by the token's mint authority.
		///
		/// ## Errors
		/// `NameTooLong`, `SymbolTooLong`, `TextNotUtf8`, `TextHasHiddenCharacter`, `UnknownMint`,
		/// `SupplyIsFixed`, `NotMintAuthority`.
		///
		/// ## Events
		/// `MetadataSet`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_metadata())]
		pub fn set_metadata(
			origin: OriginFor<T>,
			mint: MintId,
			name: Vec<u8>,
			symbol: Vec<u8>,
		) -> DispatchResult {
			let caller = IdCom::from(ensure_signed(origin)?);
			let (name, symbol) = (Self::check_name(name)?, Self::check_symbol(symbol)?);
			Ok(Self::do_set_metadata(mint, caller, name, symbol)?)
		}

		/// Creates `amount` base units of a token and gives them to `to`, whose account comes into
		/// being if need be.
		///
		/// ## Origin
		/// Signed, by the token's mint authority.
		///
		/// ## Errors
		/// `UnknownMint`, `SupplyIsFixed`, `NotMintAuthority`, `SupplyTooLarge`, `BalanceFrozen`,
		/// `Overflow`.
		///
		/// ## Events
		/// `Minted`.
		#[pallet::call_index(2)]
		#[pallet::weight(Pallet::<T>::weight_for(*mint, *to, T::WeightInfo::mint_to()))]
		pub fn mint_to(
			origin: OriginFor<T>,
			mint: MintId,
			to: IdCom,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let caller = IdCom::from(ensure_signed(origin)?);
			Ok(<Self as TokenLedger>::mint_to(mint, caller, to, amount)
				.map_err(Error::<T>::from)?)
		}

		/// Destroys `amount` base units of a token that you have.
		///
		/// ## Origin
		/// Signed, by the owner.
		///
		/// ## Errors
		/// `UnknownMint`, `InsufficientBalance`, `BalanceFrozen`.
		///
		/// ## Events
		/// `Burned`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::burn())]
		pub fn burn(
			origin: OriginFor<T>,
			mint: MintId,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let owner = IdCom::from(ensure_signed(origin)?);
			Ok(<Self as TokenLedger>::burn(mint, owner, amount).map_err(Error::<T>::from)?)
		}

		/// Gives `amount` base units of a token that you have to `to`, whose account comes into being
		/// if need be.
		///
		/// ## Origin
		/// Signed, by the owner.
		///
		/// ## Errors
		/// `UnknownMint`, `InsufficientBalance`, `BalanceFrozen`, `Overflow`.
		///
		/// ## Events
		/// `Transferred`.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::weight_for(*mint, *to, T::WeightInfo::transfer()))]
		pub fn transfer(
			origin: OriginFor<T>,
			mint: MintId,
			to: IdCom,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let owner = IdCom::from(ensure_signed(origin)?);
			Ok(Self::do_transfer(mint, owner, to, amount).map_err(Error::<T>::from)?)
		}

		/// Allows `spender` to move `amount` base units of your token. This replaces what you allowed
		/// before; 0 takes it back, 2¹²⁸ − 1 is unlimited.
		///
		/// You can allow more than you have. To change an allowance that may be in use, set it to 0
		/// first, or the spender can use the old and the new one.
		///
		/// ## Origin
		/// Signed, by the owner.
		///
		/// ## Errors
		/// `UnknownMint`.
		///
		/// ## Events
		/// `Approved`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::approve())]
		pub fn approve(
			origin: OriginFor<T>,
			mint: MintId,
			spender: IdCom,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let owner = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::approve(mint, owner, spender, amount)
				.map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Gives `amount` base units of a token that `from` has to `to`, out of the allowance that
		/// `from` has given you.
		///
		/// Your own tokens need an allowance here, too, as in ERC-20: use `transfer` for them.
		///
		/// ## Origin
		/// Signed, by the spender.
		///
		/// ## Errors
		/// `UnknownMint`, `InsufficientAllowance`, `InsufficientBalance`, `BalanceFrozen`, `Overflow`.
		///
		/// ## Events
		/// `Transferred`.
		#[pallet::call_index(6)]
		#[pallet::weight(Pallet::<T>::weight_for(*mint, *to, T::WeightInfo::transfer_from()))]
		pub fn transfer_from(
			origin: OriginFor<T>,
			mint: MintId,
			from: IdCom,
			to: IdCom,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let spender = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::transfer_from(mint, spender, from, to, amount)
				.map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Freezes what `owner` has of a token, be it nothing: it can neither grow nor fall, whoever asks
		/// and by whatever view, until it is thawed. To freeze what is frozen changes nothing.
		///
		/// ## Origin
		/// Signed, by the token's freeze authority.
		///
		/// ## Errors
		/// `UnknownMint`, `NoFreezeAuthority`, `NotFreezeAuthority`.
		///
		/// ## Events
		/// `Frozen`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_frozen())]
		pub fn freeze(origin: OriginFor<T>, mint: MintId, owner: IdCom) -> DispatchResult {
			let caller = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::set_frozen(mint, caller, owner, true)
				.map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Lets what `owner` has of a token move again. To thaw what is not frozen changes nothing.
		///
		/// ## Origin
		/// Signed, by the token's freeze authority.
		///
		/// ## Errors
		/// `UnknownMint`, `NoFreezeAuthority`, `NotFreezeAuthority`.
		///
		/// ## Events
		/// `Thawed`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_frozen())]
		pub fn thaw(origin: OriginFor<T>, mint: MintId, owner: IdCom) -> DispatchResult {
			let caller = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::set_frozen(mint, caller, owner, false)
				.map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Hands an authority that you have over a token to `new`; to nobody for ever, if left out.
		///
		/// Without mint authority the supply can only fall. Without freeze authority no balance can be
		/// frozen, and what is frozen already stays so.
		///
		/// ## Origin
		/// Signed, by who has the authority.
		///
		/// ## Errors
		/// `UnknownMint`; `SupplyIsFixed`, `NotMintAuthority` for the mint authority;
		/// `NoFreezeAuthority`, `NotFreezeAuthority` for the freeze authority.
		///
		/// ## Events
		/// `AuthoritySet`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::set_authority())]
		pub fn set_authority(
			origin: OriginFor<T>,
			mint: MintId,
			which: TokenAuthority,
			new: Option<IdCom>,
		) -> DispatchResult {
			let caller = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::set_authority(mint, caller, which, new)
				.map_err(Error::<T>::from)?;
			Ok(())
		}

		/// Destroys `amount` base units of a token that `from` has, out of the allowance that `from` has
		/// given you.
		///
		/// Your own tokens need an allowance here, too: use `burn` for them.
		///
		/// ## Origin
		/// Signed, by the spender.
		///
		/// ## Errors
		/// `UnknownMint`, `InsufficientAllowance`, `InsufficientBalance`, `BalanceFrozen`.
		///
		/// ## Events
		/// `Burned`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::burn_from())]
		pub fn burn_from(
			origin: OriginFor<T>,
			mint: MintId,
			from: IdCom,
			#[pallet::compact] amount: LedgerAmount,
		) -> DispatchResult {
			let spender = IdCom::from(ensure_signed(origin)?);
			<Self as TokenLedger>::burn_from(mint, spender, from, amount)
				.map_err(Error::<T>::from)?;
			Ok(())
		}
	}
}
