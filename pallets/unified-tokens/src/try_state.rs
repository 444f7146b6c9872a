// SPDX-License-Identifier: Apache-2.0
//! What must always hold of the ledger's storage.

use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::GetStorageVersion};
use sp_runtime::DispatchError;
use unum_address::erc20_address;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{Holding, IdentityRegistry};

use crate::{
	impl_tokens::is_nothing, Allowances, Balances, Config, Mint, MintOfErc20, Mints, Pallet,
	PermitNonces, TokenName, TokenSymbol,
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
	/// A signed approval is counted of a token that does not exist, or zero of them are.
	BadPermitNonce,
	/// The index of ERC-20 addresses names a token that does not exist or has another address.
	WrongErc20Index,
	/// A token is missing in the index of ERC-20 addresses.
	NotInErc20Index,
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
			Self::BadPermitNonce => "a permit nonce is zero, or that of an unknown token",
			Self::WrongErc20Index => "the index of erc-20 addresses names a wrong token",
			Self::NotInErc20Index => "a token is missing in the index of erc-20 addresses",
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
		Self::check_supplies()?;
		Allowances::<T>::iter()
			.try_for_each(|((mint, _, _), amount)| Self::check_allowance(mint, amount))?;
		PermitNonces::<T>::iter().try_for_each(|(mint, _, nonce)| {
			let is_right = nonce != 0 && Mints::<T>::contains_key(mint);
			is_right.then_some(()).ok_or(BrokenInvariant::BadPermitNonce)
		})?;
		Self::check_erc20_index()
	}

	fn check_supplies() -> Result<(), BrokenInvariant> {
		let mut sums = BTreeMap::new();
		for (owner, mint, balance) in Balances::<T>::iter() {
			Self::check_balance(owner, mint, balance)?;
			let sum = sums.entry(mint).or_insert(LedgerAmount::ZERO);
			*sum = sum.checked_add(balance.amount).ok_or(BrokenInvariant::SupplyIsNotTheSum)?;
		}
		Mints::<T>::iter().try_for_each(|(id, mint)| {
			let sum = sums.get(&id).copied().unwrap_or_default();
			ensure!(mint.supply == sum, BrokenInvariant::SupplyIsNotTheSum);
			check_mint(&mint)
		})
	}

	fn check_balance(owner: IdCom, mint: MintId, balance: Holding) -> Result<(), BrokenInvariant> {
		ensure!(Mints::<T>::contains_key(mint), BrokenInvariant::NoSuchMint);
		ensure!(!is_nothing(&balance), BrokenInvariant::EmptyBalance);
		let owns = !balance.amount.is_zero();
		ensure!(!owns || T::Identity::exists(owner), BrokenInvariant::OwnerWithoutAccount);
		Ok(())
	}

	/// Every token is in the index, under its own address, and nothing else is; until the migration to
	/// version 2 has come to its end, some may be missing.
	fn check_erc20_index() -> Result<(), BrokenInvariant> {
		MintOfErc20::<T>::iter().try_for_each(|(address, mint)| {
			let is_right = Mints::<T>::contains_key(mint) && address == erc20_address(mint);
			is_right.then_some(()).ok_or(BrokenInvariant::WrongErc20Index)
		})?;
		if Self::on_chain_storage_version() < 2 {
			return Ok(());
		}
		Mints::<T>::iter_keys().try_for_each(|mint| {
			let is_there = MintOfErc20::<T>::contains_key(erc20_address(mint));
			is_there.then_some(()).ok_or(BrokenInvariant::NotInErc20Index)
		})
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
