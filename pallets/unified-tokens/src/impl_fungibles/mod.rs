// SPDX-License-Identifier: Apache-2.0
//! Tokens as FRAME's assets, so that every FRAME pallet can use them.
//!
//! - The minimum balance is one base unit: who has nothing has no entry, so there is no dust.
//! - What FRAME does not know, holds: nobody can mint, move or burn a frozen balance, `Force` or not.
//! - No balance changes unseen. FRAME's raw writes (`Unbalanced`) mint or burn the difference like any
//!   other movement, and the supply follows by itself: `set_total_issuance` has nothing to do.
//! - `Balanced` is left out: an imbalance is an amount that nobody has, and here there is none such.
//! - `Create` is left out: it names neither decimals nor why the identifier is the caller's to take.

mod details;

use frame_support::{
	ensure,
	traits::{
		fungible,
		fungibles::{self, Dust},
		tokens::{
			DepositConsequence, Fortitude, Precision, Preservation, Provenance, WithdrawConsequence,
		},
	},
};
use sp_runtime::{traits::Convert, AccountId32, DispatchError, DispatchResult, Either, TokenError};
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, TokenLedger, UnifiedLedger};

use crate::{
	errors::{deposit, in_frames_words, withdrawal},
	Config, Mint, Mints, Pallet,
};

/// The native coin and all tokens as one set of FRAME's assets.
pub type NativeAndTokens<T> =
	fungible::UnionOf<<T as Config>::Currency, Pallet<T>, NativeOrToken, Asset, AccountId32>;

/// Tells FRAME's pallets which of [`NativeAndTokens`] keeps an asset.
#[derive(Clone, Copy, Debug)]
pub struct NativeOrToken;

impl Convert<Asset, Either<(), MintId>> for NativeOrToken {
	fn convert(asset: Asset) -> Either<(), MintId> {
		match asset {
			Asset::Native => Either::Left(()),
			Asset::Token(mint) => Either::Right(mint),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What FRAME calls minting: nobody begins with nothing.
	fn mint_for_frame(mint: MintId, who: IdCom, amount: u128) -> Result<u128, DispatchError> {
		Self::details(mint).map_err(in_frames_words::<T>)?;
		let has_some = amount > 0 || !Self::balance_of(mint, who).is_zero();
		ensure!(has_some, TokenError::BelowMinimum);
		Self::do_mint(mint, who, amount.into()).map_err(in_frames_words::<T>)?;
		Ok(amount)
	}

	fn burn_for_frame(mint: MintId, who: IdCom, amount: u128) -> Result<u128, DispatchError> {
		<Self as TokenLedger>::burn(mint, who, amount.into()).map_err(in_frames_words::<T>)?;
		Ok(amount)
	}

	/// Refuses what can't be withdrawn, and to end with nothing unless that is `Expendable`.
	fn check_withdrawal(
		mint: MintId,
		who: &AccountId32,
		amount: u128,
		preservation: Preservation,
	) -> DispatchResult {
		let keep_some = preservation != Preservation::Expendable;
		<Self as fungibles::Inspect<_>>::can_withdraw(mint, who, amount)
			.into_result(keep_some)
			.map(|_| ())
	}

	/// How much more of a token the views can show.
	fn room(details: &Mint) -> u128 {
		let max = details.supply_max().unwrap_or_default();
		max.checked_sub(details.supply).unwrap_or_default().get()
	}
}

impl<T: Config> fungibles::Inspect<AccountId32> for Pallet<T> {
	type AssetId = MintId;
	type Balance = u128;

	fn total_issuance(mint: MintId) -> u128 {
		Self::total_supply(mint).unwrap_or_default().get()
	}

	fn minimum_balance(_: MintId) -> u128 {
		1
	}

	fn total_balance(mint: MintId, who: &AccountId32) -> u128 {
		Self::balance_of(mint, who.into()).get()
	}

	fn balance(mint: MintId, who: &AccountId32) -> u128 {
		Self::balance_of(mint, who.into()).get()
	}

	fn reducible_balance(
		mint: MintId,
		who: &AccountId32,
		preservation: Preservation,
		_: Fortitude,
	) -> u128 {
		let free = Self::spendable(Asset::Token(mint), who.into()).unwrap_or_default().get();
		match preservation {
			Preservation::Expendable => free,
			Preservation::Protect | Preservation::Preserve => free.saturating_sub(1),
		}
	}

	fn can_deposit(
		mint: MintId,
		who: &AccountId32,
		amount: u128,
		provenance: Provenance,
	) -> DepositConsequence {
		let (who, amount) = (IdCom::from(who), LedgerAmount::new(amount));
		deposit(match provenance {
			Provenance::Minted => Self::plan_mint(mint, who, amount).map(|_| ()),
			Provenance::Extant => Self::check_receipt(mint, who, amount),
		})
	}

	fn can_withdraw(mint: MintId, who: &AccountId32, amount: u128) -> WithdrawConsequence<u128> {
		let plan = Self::plan_burn(mint, who.into(), amount.into());
		withdrawal(plan.map(|plan| plan.map(|plan| plan.after.amount.get())))
	}

	fn asset_exists(mint: MintId) -> bool {
		Mints::<T>::contains_key(mint)
	}
}

impl<T: Config> fungibles::InspectEnumerable<AccountId32> for Pallet<T> {
	type AssetsIterator = frame_support::storage::KeyPrefixIterator<MintId>;

	fn asset_ids() -> Self::AssetsIterator {
		Mints::<T>::iter_keys()
	}
}

impl<T: Config> fungibles::Unbalanced<AccountId32> for Pallet<T> {
	fn handle_dust(_: Dust<AccountId32, Self>) {}

	fn write_balance(
		mint: MintId,
		who: &AccountId32,
		amount: u128,
	) -> Result<Option<u128>, DispatchError> {
		let who = IdCom::from(who);
		let before = Self::balance_of(mint, who).get();
		if let Some(more) = amount.checked_sub(before).filter(|more| *more > 0) {
			Self::mint_for_frame(mint, who, more)?;
		} else if let Some(less) = before.checked_sub(amount).filter(|less| *less > 0) {
			Self::burn_for_frame(mint, who, less)?;
		}
		Ok(None)
	}

	fn set_total_issuance(_: MintId, _: u128) {}

	fn increase_balance(
		mint: MintId,
		who: &AccountId32,
		amount: u128,
		precision: Precision,
	) -> Result<u128, DispatchError> {
		let details = Self::details(mint).map_err(in_frames_words::<T>)?;
		match precision {
			Precision::Exact => Self::mint_for_frame(mint, who.into(), amount),
			Precision::BestEffort => match amount.min(Self::room(&details)) {
				0 => Ok(0),
				most => Self::mint_for_frame(mint, who.into(), most),
			},
		}
	}
}

impl<T: Config> fungibles::Mutate<AccountId32> for Pallet<T> {
	fn mint_into(mint: MintId, who: &AccountId32, amount: u128) -> Result<u128, DispatchError> {
		Self::mint_for_frame(mint, who.into(), amount)
	}

	fn burn_from(
		mint: MintId,
		who: &AccountId32,
		amount: u128,
		preservation: Preservation,
		precision: Precision,
		force: Fortitude,
	) -> Result<u128, DispatchError> {
		let most =
			<Self as fungibles::Inspect<_>>::reducible_balance(mint, who, preservation, force);
		let amount = match precision {
			Precision::Exact => amount,
			Precision::BestEffort => amount.min(most),
		};
		Self::check_withdrawal(mint, who, amount, preservation)?;
		Self::burn_for_frame(mint, who.into(), amount)
	}

	fn shelve(mint: MintId, who: &AccountId32, amount: u128) -> Result<u128, DispatchError> {
		Self::burn_for_frame(mint, who.into(), amount)
	}

	fn restore(mint: MintId, who: &AccountId32, amount: u128) -> Result<u128, DispatchError> {
		Self::mint_for_frame(mint, who.into(), amount)
	}

	fn transfer(
		mint: MintId,
		source: &AccountId32,
		dest: &AccountId32,
		amount: u128,
		preservation: Preservation,
	) -> Result<u128, DispatchError> {
		Self::check_withdrawal(mint, source, amount, preservation)?;
		Self::do_transfer(mint, source.into(), dest.into(), amount.into())
			.map_err(in_frames_words::<T>)?;
		Ok(amount)
	}
}
