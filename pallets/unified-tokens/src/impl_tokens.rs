// SPDX-License-Identifier: Apache-2.0
//! Tokens: everything that writes to the ledger.
//!
//! Each operation first finds out all that could refuse it and what the storage will be, and only
//! then writes: a refused operation has changed nothing, also where no transaction of storage is
//! around it.

use alloc::vec::Vec;
use frame_support::ensure;
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::IdentityRegistry;

use crate::{
	Allowances, Balances, Config, Error, Event, Mint, Mints, MoveError, Pallet, TokenBalance,
	TokenName, TokenSymbol,
};

/// Decimals in the view of the Solana VM, where a token chooses none: those of Solana's own coin.
const SVM_DECIMALS_DEFAULT: u8 = 9;

/// What two balances become when tokens change hands.
pub(crate) struct Movement {
	from_after: TokenBalance,
	to_after: TokenBalance,
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

	/// How much of `owner`'s token `spender` may move; [`LedgerAmount::MAX`] is unlimited.
	pub fn allowance(mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount {
		Allowances::<T>::get((mint, owner, spender))
	}
}

/// Checks of what a creator asks for.
impl<T: Config> Pallet<T> {
	pub(crate) fn check_decimals(decimals: u8) -> Result<Decimals, Error<T>> {
		Decimals::new(decimals).map_err(|_| Error::TooManyDecimals)
	}

	pub(crate) fn check_svm_decimals(
		decimals: u8,
		chosen: Option<u8>,
	) -> Result<Decimals, Error<T>> {
		let svm_decimals = chosen.unwrap_or(decimals.min(SVM_DECIMALS_DEFAULT));
		ensure!(svm_decimals <= decimals, Error::SvmDecimalsAboveDecimals);
		Self::check_decimals(svm_decimals)
	}

	pub(crate) fn check_name(bytes: Vec<u8>) -> Result<TokenName, Error<T>> {
		TokenName::new(bytes).map_err(|error| Error::of_text(error, Error::NameTooLong))
	}

	pub(crate) fn check_symbol(bytes: Vec<u8>) -> Result<TokenSymbol, Error<T>> {
		TokenSymbol::new(bytes).map_err(|error| Error::of_text(error, Error::SymbolTooLong))
	}
}

/// Changes.
impl<T: Config> Pallet<T> {
	/// Adds a token to the ledger.
	pub(crate) fn do_create_mint(
		creator: IdCom,
		salt: [u8; 32],
		details: Mint,
	) -> Result<MintId, Error<T>> {
		let mint = MintId::derive(creator, salt);
		ensure!(!Mints::<T>::contains_key(mint), Error::MintExists);
		Mints::<T>::insert(mint, details);
		Self::deposit_event(Event::MintCreated { mint, creator });
		Ok(mint)
	}

	/// Creates tokens for `to`. Who may ask for it is the caller's business.
	pub(crate) fn do_mint(mint: MintId, to: IdCom, amount: LedgerAmount) -> Result<(), Error<T>> {
		let mut details = Mints::<T>::get(mint).ok_or(Error::UnknownMint)?;
		if !amount.is_zero() {
			let supply = details.supply.checked_add(amount).ok_or(Error::Overflow)?;
			ensure!(details.can_show(supply), Error::SupplyTooLarge);
			let after = credit(Balances::<T>::get(to, mint), amount)?;

			details.supply = supply;
			Mints::<T>::insert(mint, details);
			Self::put_balance(to, mint, after);
			T::Identity::retain(to);
		}
		Self::deposit_event(Event::Minted { mint, to, amount });
		Ok(())
	}

	/// Destroys tokens of `from`.
	pub(crate) fn do_burn(mint: MintId, from: IdCom, amount: LedgerAmount) -> Result<(), Error<T>> {
		let mut details = Mints::<T>::get(mint).ok_or(Error::UnknownMint)?;
		if !amount.is_zero() {
			let after = debit(Balances::<T>::get(from, mint), amount)?;
			// Never smaller than one of its balances.
			let supply = details.supply.checked_sub(amount).ok_or(Error::Overflow)?;

			details.supply = supply;
			Mints::<T>::insert(mint, details);
			Self::put_balance(from, mint, after);
		}
		Self::deposit_event(Event::Burned { mint, from, amount });
		Ok(())
	}

	/// Finds out whether tokens can change hands, and what the balances will be; `None` where they
	/// stay as they are.
	pub(crate) fn plan_transfer(
		mint: MintId,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<Option<Movement>, MoveError> {
		ensure!(Mints::<T>::contains_key(mint), MoveError::UnknownMint);
		if amount.is_zero() {
			return Ok(None);
		}
		let from_after = debit(Balances::<T>::get(from, mint), amount)?;
		if from == to {
			return Ok(None);
		}
		let to_after = credit(Balances::<T>::get(to, mint), amount)?;
		Ok(Some(Movement { from_after, to_after }))
	}

	/// Moves tokens from one owner to another.
	pub(crate) fn do_transfer(
		mint: MintId,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), MoveError> {
		if let Some(movement) = Self::plan_transfer(mint, from, to, amount)? {
			Self::put_balance(from, mint, movement.from_after);
			Self::put_balance(to, mint, movement.to_after);
			T::Identity::retain(to);
		}
		Self::deposit_event(Event::Transferred { mint, from, to, amount });
		Ok(())
	}

	/// Sets an allowance.
	pub(crate) fn do_approve(
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<(), Error<T>> {
		ensure!(Mints::<T>::contains_key(mint), Error::UnknownMint);
		Self::put_allowance(mint, owner, spender, amount);
		Self::deposit_event(Event::Approved { mint, owner, spender, amount });
		Ok(())
	}

	/// Moves tokens out of an allowance.
	pub(crate) fn do_transfer_from(
		mint: MintId,
		spender: IdCom,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), Error<T>> {
		ensure!(Mints::<T>::contains_key(mint), Error::UnknownMint);
		let allowance = Self::allowance(mint, from, spender);
		let left = allowance.checked_sub(amount).ok_or(Error::InsufficientAllowance)?;
		Self::do_transfer(mint, from, to, amount)?;
		// The transfer was the last thing that could be refused.
		if allowance != LedgerAmount::MAX {
			Self::put_allowance(mint, from, spender, left);
		}
		Ok(())
	}

	fn put_balance(owner: IdCom, mint: MintId, balance: TokenBalance) {
		if balance.is_empty() {
			Balances::<T>::remove(owner, mint);
		} else {
			Balances::<T>::insert(owner, mint, balance);
		}
	}

	fn put_allowance(mint: MintId, owner: IdCom, spender: IdCom, amount: LedgerAmount) {
		if amount.is_zero() {
			Allowances::<T>::remove((mint, owner, spender));
		} else {
			Allowances::<T>::insert((mint, owner, spender), amount);
		}
	}
}

/// A balance with `amount` less.
fn debit(balance: TokenBalance, amount: LedgerAmount) -> Result<TokenBalance, MoveError> {
	ensure!(!balance.frozen, MoveError::Frozen);
	let available = balance.amount;
	let left = available
		.checked_sub(amount)
		.ok_or(MoveError::InsufficientBalance { available, needed: amount })?;
	Ok(TokenBalance { amount: left, ..balance })
}

/// A balance with `amount` more.
fn credit(balance: TokenBalance, amount: LedgerAmount) -> Result<TokenBalance, MoveError> {
	ensure!(!balance.frozen, MoveError::Frozen);
	let sum = balance.amount.checked_add(amount).ok_or(MoveError::Overflow)?;
	Ok(TokenBalance { amount: sum, ..balance })
}
