// SPDX-License-Identifier: Apache-2.0
//! Names, allowances and authorities of tokens, as FRAME's pallets ask for them.

use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::fungibles::{approvals, metadata, roles},
};
use sp_runtime::{AccountId32, DispatchResult};
use unum_id_com::MintId;
use unum_vm_engine::{TokenAuthority, TokenLedger};

use crate::{errors::in_frames_words, Config, Error, Mints, Pallet};

impl<T: Config> metadata::Inspect<AccountId32> for Pallet<T> {
	fn name(mint: MintId) -> Vec<u8> {
		Mints::<T>::get(mint).map(|mint| mint.name.as_str().into()).unwrap_or_default()
	}

	fn symbol(mint: MintId) -> Vec<u8> {
		Mints::<T>::get(mint).map(|mint| mint.symbol.as_str().into()).unwrap_or_default()
	}

	fn decimals(mint: MintId) -> u8 {
		Mints::<T>::get(mint).map(|mint| mint.decimals.get()).unwrap_or_default()
	}
}

/// `set` is for the mint authority, and can't change the decimals.
impl<T: Config> metadata::Mutate<AccountId32> for Pallet<T> {
	fn set(
		mint: MintId,
		from: &AccountId32,
		name: Vec<u8>,
		symbol: Vec<u8>,
		decimals: u8,
	) -> DispatchResult {
		let details = Self::details(mint).map_err(in_frames_words::<T>)?;
		ensure!(details.decimals.get() == decimals, Error::<T>::DecimalsAreFixed);
		let (name, symbol) = (Self::check_name(name)?, Self::check_symbol(symbol)?);
		Ok(Self::do_set_metadata(mint, from.into(), name, symbol)?)
	}
}

impl<T: Config> approvals::Inspect<AccountId32> for Pallet<T> {
	fn allowance(mint: MintId, owner: &AccountId32, delegate: &AccountId32) -> u128 {
		<Self as TokenLedger>::allowance(mint, owner.into(), delegate.into()).get()
	}
}

/// `approve` replaces what was approved before, as in ERC-20.
impl<T: Config> approvals::Mutate<AccountId32> for Pallet<T> {
	fn approve(
		mint: MintId,
		owner: &AccountId32,
		delegate: &AccountId32,
		amount: u128,
	) -> DispatchResult {
		<Self as TokenLedger>::approve(mint, owner.into(), delegate.into(), amount.into())
			.map_err(in_frames_words::<T>)
	}

	fn transfer_from(
		mint: MintId,
		owner: &AccountId32,
		delegate: &AccountId32,
		dest: &AccountId32,
		amount: u128,
	) -> DispatchResult {
		let (spender, from, to) = (delegate.into(), owner.into(), dest.into());
		<Self as TokenLedger>::transfer_from(mint, spender, from, to, amount.into())
			.map_err(in_frames_words::<T>)
	}
}

/// Who has which authority. Nobody can move what is another's, so a token has no admin.
impl<T: Config> roles::Inspect<AccountId32> for Pallet<T> {
	fn owner(mint: MintId) -> Option<AccountId32> {
		holder::<T>(mint, TokenAuthority::Mint)
	}

	fn issuer(mint: MintId) -> Option<AccountId32> {
		holder::<T>(mint, TokenAuthority::Mint)
	}

	fn admin(_: MintId) -> Option<AccountId32> {
		None
	}

	fn freezer(mint: MintId) -> Option<AccountId32> {
		holder::<T>(mint, TokenAuthority::Freeze)
	}
}

fn holder<T: Config>(mint: MintId, authority: TokenAuthority) -> Option<AccountId32> {
	Mints::<T>::get(mint)?.authority(authority).map(AccountId32::from)
}
