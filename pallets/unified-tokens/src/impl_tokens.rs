// SPDX-License-Identifier: Apache-2.0
//! What the operations on tokens are made of: everything that writes to the ledger.
//!
//! Each operation first finds out all that could refuse it and what the storage will be (`plan_…`),
//! and only then writes: a refused operation has changed nothing, also where no transaction of storage
//! is around it.

use frame_support::ensure;
use unum_address::erc20_address;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	Asset, Holding, IdentityRegistry, LedgerError, Movement, OnMovement, TokenAuthority,
};

use crate::{Allowances, Balances, Config, Error, Event, Mint, MintOfErc20, Mints, Pallet};

/// What two balances become when tokens change hands.
pub(crate) struct TransferPlan {
	from_after: Holding,
	to_after: Holding,
}

/// What a token and one balance of it become when tokens come into being or cease to exist.
pub(crate) struct SupplyPlan {
	details: Mint,
	pub(crate) after: Holding,
}

/// Questions.
impl<T: Config> Pallet<T> {
	/// What `owner` has of a token, frozen or not; nothing of a token that does not exist.
	pub fn balance_of(mint: MintId, owner: IdCom) -> LedgerAmount {
		Balances::<T>::get(owner, mint).amount
	}

	/// How much there is of a token; `None` if it does not exist.
	pub fn total_supply(mint: MintId) -> Option<LedgerAmount> {
		Mints::<T>::get(mint).map(|mint| mint.supply)
	}

	pub(crate) fn details(mint: MintId) -> Result<Mint, LedgerError> {
		Mints::<T>::get(mint).ok_or(LedgerError::UnknownMint(mint))
	}

	pub(crate) fn ensure_exists(mint: MintId) -> Result<(), LedgerError> {
		ensure!(Mints::<T>::contains_key(mint), LedgerError::UnknownMint(mint));
		Ok(())
	}

	/// The token, if `who` has `authority` over it.
	pub(crate) fn details_for(
		mint: MintId,
		authority: TokenAuthority,
		who: IdCom,
	) -> Result<Mint, LedgerError> {
		let details = Self::details(mint)?;
		let holder = details.authority(authority);
		let holder = holder.ok_or(LedgerError::NoAuthority(mint, authority))?;
		ensure!(holder == who, LedgerError::NotAuthority(mint, authority));
		Ok(details)
	}

	fn unfrozen(mint: MintId, owner: IdCom) -> Result<Holding, LedgerError> {
		let balance = Balances::<T>::get(owner, mint);
		ensure!(!balance.frozen, LedgerError::Frozen(mint));
		Ok(balance)
	}

	/// What `owner` would have with `amount` less.
	fn debited(mint: MintId, owner: IdCom, amount: LedgerAmount) -> Result<Holding, LedgerError> {
		let balance = Self::unfrozen(mint, owner)?;
		let (asset, available) = (Asset::Token(mint), balance.amount);
		let short = LedgerError::InsufficientBalance { asset, available, needed: amount };
		let amount = available.checked_sub(amount).ok_or(short)?;
		Ok(Holding { amount, ..balance })
	}

	/// What `owner` would have with `amount` more.
	fn credited(mint: MintId, owner: IdCom, amount: LedgerAmount) -> Result<Holding, LedgerError> {
		let balance = Self::unfrozen(mint, owner)?;
		let sum = balance.amount.checked_add(amount);
		let amount = sum.ok_or(LedgerError::Overflow(Asset::Token(mint)))?;
		Ok(Holding { amount, ..balance })
	}
}

/// Plans. `None` stands for a movement that is allowed and changes no balance.
impl<T: Config> Pallet<T> {
	pub(crate) fn plan_transfer(
		mint: MintId,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<Option<TransferPlan>, LedgerError> {
		Self::ensure_exists(mint)?;
		if amount.is_zero() {
			return Ok(None);
		}
		let from_after = Self::debited(mint, from, amount)?;
		if from == to {
			return Ok(None);
		}
		let to_after = Self::credited(mint, to, amount)?;
		Ok(Some(TransferPlan { from_after, to_after }))
	}

	pub(crate) fn plan_mint(
		mint: MintId,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<Option<SupplyPlan>, LedgerError> {
		let mut details = Self::details(mint)?;
		if amount.is_zero() {
			return Ok(None);
		}
		let supply = details.supply.checked_add(amount);
		details.supply = supply.ok_or(LedgerError::Overflow(Asset::Token(mint)))?;
		ensure!(details.can_show(details.supply), LedgerError::SupplyTooLarge(mint));
		let after = Self::credited(mint, to, amount)?;
		Ok(Some(SupplyPlan { details, after }))
	}

	pub(crate) fn plan_burn(
		mint: MintId,
		from: IdCom,
		amount: LedgerAmount,
	) -> Result<Option<SupplyPlan>, LedgerError> {
		let mut details = Self::details(mint)?;
		if amount.is_zero() {
			return Ok(None);
		}
		let after = Self::debited(mint, from, amount)?;
		// Never smaller than one of its balances.
		let supply = details.supply.checked_sub(amount);
		details.supply = supply.ok_or(LedgerError::Overflow(Asset::Token(mint)))?;
		Ok(Some(SupplyPlan { details, after }))
	}

	/// Whether somebody could get `amount` of a token that exists already.
	pub(crate) fn check_receipt(
		mint: MintId,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		Self::ensure_exists(mint)?;
		if amount.is_zero() {
			return Ok(());
		}
		Self::credited(mint, to, amount).map(|_| ())
	}

	/// What is left of an allowance after `amount`; an unlimited one stays as it is.
	pub(crate) fn allowance_after(
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<LedgerAmount, LedgerError> {
		Self::ensure_exists(mint)?;
		let allowed = Allowances::<T>::get((mint, owner, spender));
		let short = LedgerError::InsufficientAllowance { mint, allowed, needed: amount };
		let left = allowed.checked_sub(amount).ok_or(short)?;
		Ok(if allowed == LedgerAmount::MAX { allowed } else { left })
	}
}

/// Changes.
impl<T: Config> Pallet<T> {
	/// Adds a token to the ledger. `creator` is empty where an engine created it.
	///
	/// # Errors
	/// `MintExists`, `AddressTaken`.
	pub(crate) fn insert_mint(
		mint: MintId,
		details: Mint,
		creator: Option<IdCom>,
	) -> Result<(), LedgerError> {
		ensure!(!Mints::<T>::contains_key(mint), LedgerError::MintExists(mint));
		let address = erc20_address(mint);
		ensure!(!MintOfErc20::<T>::contains_key(address), LedgerError::AddressTaken(mint));
		MintOfErc20::<T>::insert(address, mint);
		Mints::<T>::insert(mint, details);
		Self::deposit_event(Event::MintCreated { mint, creator });
		Ok(())
	}

	/// Adds the token that `creator` makes with `salt`.
	pub(crate) fn do_create_mint(
		creator: IdCom,
		salt: [u8; 32],
		details: Mint,
	) -> Result<MintId, Error<T>> {
		let mint = MintId::derive(creator, salt);
		Self::insert_mint(mint, details, Some(creator))?;
		Ok(mint)
	}

	/// Creates tokens for `to`. Who may ask for it is the caller's business.
	pub(crate) fn do_mint(
		mint: MintId,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		if let Some(plan) = Self::plan_mint(mint, to, amount)? {
			Self::put_supply(mint, to, plan);
			T::Identity::retain(to);
		}
		Self::report(Movement::Minted { mint, to, amount });
		Ok(())
	}

	/// Writes what [`Self::plan_mint`] or [`Self::plan_burn`] has found.
	pub(crate) fn put_supply(mint: MintId, owner: IdCom, plan: SupplyPlan) {
		Mints::<T>::insert(mint, plan.details);
		Self::put_balance(owner, mint, plan.after);
	}

	/// Moves tokens from one owner to another.
	pub(crate) fn do_transfer(
		mint: MintId,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		if let Some(plan) = Self::plan_transfer(mint, from, to, amount)? {
			Self::put_balance(from, mint, plan.from_after);
			Self::put_balance(to, mint, plan.to_after);
			T::Identity::retain(to);
		}
		Self::report(Movement::Transferred { asset: Asset::Token(mint), from, to, amount });
		Ok(())
	}

	pub(crate) fn put_balance(owner: IdCom, mint: MintId, balance: Holding) {
		if is_nothing(&balance) {
			Balances::<T>::remove(owner, mint);
		} else {
			Balances::<T>::insert(owner, mint, balance);
		}
	}

	pub(crate) fn put_allowance(mint: MintId, owner: IdCom, spender: IdCom, amount: LedgerAmount) {
		if amount.is_zero() {
			Allowances::<T>::remove((mint, owner, spender));
		} else {
			Allowances::<T>::insert((mint, owner, spender), amount);
		}
	}

	/// Reports a movement: the one event, and the one notice to whom the runtime names.
	pub(crate) fn report(movement: Movement) {
		if let Some(event) = Event::of(&movement) {
			Self::deposit_event(event);
		}
		T::OnMovement::on_movement(&movement);
	}
}

impl<T: Config> Event<T> {
	/// The event of a movement; `None` for the native coin, whose own pallet reports it.
	pub(crate) const fn of(movement: &Movement) -> Option<Self> {
		Some(match *movement {
			Movement::Minted { mint, to, amount } => Self::Minted { mint, to, amount },
			Movement::Burned { mint, from, amount } => Self::Burned { mint, from, amount },
			Movement::Transferred { asset: Asset::Token(mint), from, to, amount } => {
				Self::Transferred { mint, from, to, amount }
			},
			Movement::Transferred { asset: Asset::Native, .. } => return None,
			Movement::Approved { mint, owner, spender, amount } => {
				Self::Approved { mint, owner, spender, amount }
			},
		})
	}
}

/// Whether a balance needs no storage.
pub(crate) const fn is_nothing(balance: &Holding) -> bool {
	balance.amount.is_zero() && !balance.frozen
}
