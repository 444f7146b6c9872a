// SPDX-License-Identifier: Apache-2.0
//! What must always hold of the ledger's storage.

use alloc::collections::BTreeMap;
use frame_support::ensure;
use sp_runtime::DispatchError;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::IdentityRegistry;

use crate::{
	Allowances, Balances, Config, Mint, Mints, Pallet, TokenBalance, TokenName, TokenSymbol,
};

/// A rule of the ledger that its storage breaks: always a defect of the runtime.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrokenInvariant {
	/// The supply of a token is not the sum of its balances.
	SupplyIsNotTheSum,
	/// A view can't show the supply of a token.
	SupplyNotShown,
	/// The name or symbol of a token breaks the rules for texts.
	BadText,
	/// A balance of nothing is stored.
	EmptyBalance,
	/// An allowance of nothing is stored.
	EmptyAllowance,
	/// There is a balance or an allowance of a token that does not exist.
	NoSuchMint,
	/// Somebody owns tokens and has no account.
	OwnerWithoutAccount,
}

impl BrokenInvariant {
	/// The rule, in words.
	pub const fn as_str(self) -> &'static str {
		match self {
			Self::SupplyIsNotTheSum => "a token's supply is not the sum of its balances",
			Self::SupplyNotShown => "a token's supply is more than a view can show",
			Self::BadText => "a token's name or symbol breaks the rules for texts",
			Self::EmptyBalance => "a balance of nothing is stored",
			Self::EmptyAllowance => "an allowance of nothing is stored",
			Self::NoSuchMint => "there is a balance or an allowance of an unknown token",
			Self::OwnerWithoutAccount => "an owner of tokens has no account",
		}
	}
}

impl From<BrokenInvariant> for DispatchError {
	fn from(broken: BrokenInvariant) -> Self {
		Self::Other(broken.as_str())
	}
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's documentation against the whole storage.
	///
	/// Reads every balance: for tests and for `try-runtime`, never in a block.
	///
	/// # Errors
	/// The first [`BrokenInvariant`] that is found.
	pub fn do_try_state() -> Result<(), BrokenInvariant> {
		let mut sums = BTreeMap::new();
		for (owner, mint, balance) in Balances::<T>::iter() {
			Self::check_balance(owner, mint, balance)?;
			let sum = sums.entry(mint).or_insert(LedgerAmount::ZERO);
			*sum = sum.checked_add(balance.amount).ok_or(BrokenInvariant::SupplyIsNotTheSum)?;
		}
		for (id, mint) in Mints::<T>::iter() {
			let sum = sums.remove(&id).unwrap_or_default();
			ensure!(mint.supply == sum, BrokenInvariant::SupplyIsNotTheSum);
			check_mint(&mint)?;
		}
		Allowances::<T>::iter()
			.try_for_each(|((mint, _, _), amount)| Self::check_allowance(mint, amount))
	}

	fn check_balance(
		owner: IdCom,
		mint: MintId,
		balance: TokenBalance,
	) -> Result<(), BrokenInvariant> {
		ensure!(Mints::<T>::contains_key(mint), BrokenInvariant::NoSuchMint);
		ensure!(!balance.is_empty(), BrokenInvariant::EmptyBalance);
		let owns = !balance.amount.is_zero();
		ensure!(!owns || T::Identity::exists(owner), BrokenInvariant::OwnerWithoutAccount);
		Ok(())
	}

	fn check_allowance(mint: MintId, amount: LedgerAmount) -> Result<(), BrokenInvariant> {
		ensure!(Mints::<T>::contains_key(mint), BrokenInvariant::NoSuchMint);
		ensure!(!amount.is_zero(), BrokenInvariant::EmptyAllowance);
		Ok(())
	}
}

fn check_mint(mint: &Mint) -> Result<(), BrokenInvariant> {
	ensure!(mint.can_show(mint.supply), BrokenInvariant::SupplyNotShown);
	let name = TokenName::new(mint.name.as_str().into());
	let symbol = TokenSymbol::new(mint.symbol.as_str().into());
	let texts_hold = name.as_ref() == Ok(&mint.name) && symbol.as_ref() == Ok(&mint.symbol);
	ensure!(texts_hold, BrokenInvariant::BadText);
	Ok(())
}
