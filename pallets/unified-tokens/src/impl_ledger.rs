// SPDX-License-Identifier: Apache-2.0
//! Native coin and tokens through one interface.

use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{DepositConsequence, Fortitude, Preservation, Provenance},
	},
	weights::Weight,
};
use sp_runtime::AccountId32;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityRegistry, LedgerError, Movement, OnMovement, UnifiedLedger};

use crate::{Balances, Config, Pallet};

impl<T: Config> Pallet<T> {
	/// What work weighs that gives `to` some of a token, and that is `measured` on somebody who has never
	/// been seen.
	pub(crate) fn weight_for(mint: MintId, to: IdCom, measured: Weight) -> Weight {
		let receipt = Self::weight_of_receipt(Asset::Token(mint), to);
		T::Identity::weight_for(to, measured).saturating_add(receipt)
	}
}

impl<T: Config> UnifiedLedger for Pallet<T> {
	fn weight_of_receipt(asset: Asset, to: IdCom) -> Weight {
		match asset {
			Asset::Native => Weight::zero(),
			Asset::Token(mint) => T::OnMovement::weight_of_receipt(mint, to),
		}
	}

	fn spendable(asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError> {
		match asset {
			Asset::Native => Ok(native_spendable::<T>(&owner.into())),
			Asset::Token(mint) => {
				Self::ensure_exists(mint)?;
				let balance = Balances::<T>::get(owner, mint);
				Ok(if balance.frozen { LedgerAmount::ZERO } else { balance.amount })
			},
		}
	}

	fn can_transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		match asset {
			Asset::Native => check_native::<T>(&from.into(), &to.into(), amount),
			Asset::Token(mint) => Self::plan_transfer(mint, from, to, amount).map(|_| ()),
		}
	}

	fn transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		match asset {
			Asset::Native => transfer_native::<T>(from, to, amount),
			Asset::Token(mint) => Self::do_transfer(mint, from, to, amount),
		}
	}
}

/// What can leave the account, down to the last unit: the account itself is kept by its identity.
fn native_spendable<T: Config>(who: &AccountId32) -> LedgerAmount {
	T::Currency::reducible_balance(who, Preservation::Expendable, Fortitude::Polite).into()
}

fn check_native<T: Config>(
	from: &AccountId32,
	to: &AccountId32,
	amount: LedgerAmount,
) -> Result<(), LedgerError> {
	if amount.is_zero() {
		return Ok(());
	}
	let available = native_spendable::<T>(from);
	if available < amount {
		// The account may well have it, and not be free to move it.
		let is_there = LedgerAmount::new(T::Currency::balance(from)) >= amount;
		ensure!(!is_there, LedgerError::Restricted);
		let asset = Asset::Native;
		return Err(LedgerError::InsufficientBalance { asset, available, needed: amount });
	}
	if from == to {
		return Ok(());
	}
	match T::Currency::can_deposit(to, amount.get(), Provenance::Extant) {
		DepositConsequence::Success => Ok(()),
		DepositConsequence::BelowMinimum => Err(LedgerError::BelowExistentialDeposit),
		DepositConsequence::Overflow => Err(LedgerError::Overflow(Asset::Native)),
		_ => Err(LedgerError::Restricted),
	}
}

fn transfer_native<T: Config>(
	from: IdCom,
	to: IdCom,
	amount: LedgerAmount,
) -> Result<(), LedgerError> {
	let (source, target) = (AccountId32::from(from), AccountId32::from(to));
	check_native::<T>(&source, &target, amount)?;
	if !amount.is_zero() && from != to {
		// Before the account may become empty: what has ever sent anything keeps its nonce.
		T::Identity::retain(from);
		T::Currency::transfer(&source, &target, amount.get(), Preservation::Expendable)
			// All that can be known beforehand was checked; what is left is a rule of that pallet.
			.map_err(|_| LedgerError::Restricted)?;
	}
	Pallet::<T>::report(Movement::Transferred { asset: Asset::Native, from, to, amount });
	Ok(())
}
