// SPDX-License-Identifier: Apache-2.0
//! Every operation on tokens, once: the pallet's calls, the engines and FRAME's traits end here.

use unum_address::{Address, EvmAddress};
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	Asset, Holding, LedgerError, Movement, TokenAuthority, TokenInfo, TokenLedger,
};

use crate::{
	Allowances, Balances, Config, Error, Event, Mint, MintOfErc20, Mints, Pallet, PermitNonces,
	TokenName, TokenSymbol,
};

impl<T: Config> TokenLedger for Pallet<T> {
	fn token(mint: MintId) -> Option<TokenInfo> {
		Mints::<T>::get(mint).map(TokenInfo::from)
	}

	fn token_at(address: EvmAddress) -> Option<MintId> {
		MintOfErc20::<T>::get(address)
	}

	fn holding(mint: MintId, owner: IdCom) -> Holding {
		Balances::<T>::get(owner, mint)
	}

	fn allowance(mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount {
		Allowances::<T>::get((mint, owner, spender))
	}

	fn create_token(mint: MintId, info: TokenInfo) -> Result<(), LedgerError> {
		let details = Mint::described_by(info).ok_or(LedgerError::InvalidToken(mint))?;
		Self::insert_mint(mint, details, None)
	}

	fn mint_to(
		mint: MintId,
		authority: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		Self::details_for(mint, TokenAuthority::Mint, authority)?;
		Self::do_mint(mint, to, amount)
	}

	fn burn(mint: MintId, owner: IdCom, amount: LedgerAmount) -> Result<(), LedgerError> {
		if let Some(plan) = Self::plan_burn(mint, owner, amount)? {
			Self::put_supply(mint, owner, plan);
		}
		Self::report(Movement::Burned { mint, from: owner, amount });
		Ok(())
	}

	fn burn_from(
		mint: MintId,
		spender: IdCom,
		owner: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		let left = Self::allowance_after(mint, owner, spender, amount)?;
		<Self as TokenLedger>::burn(mint, owner, amount)?;
		Self::put_allowance(mint, owner, spender, left);
		Ok(())
	}

	fn approve(
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		Self::ensure_exists(mint)?;
		Self::put_allowance(mint, owner, spender, amount);
		Self::report(Movement::Approved { mint, owner, spender, amount });
		Ok(())
	}

	fn transfer_from(
		mint: MintId,
		spender: IdCom,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		let left = Self::allowance_after(mint, from, spender, amount)?;
		// The last thing that can be refused.
		Self::do_transfer(mint, from, to, amount)?;
		Self::put_allowance(mint, from, spender, left);
		Ok(())
	}

	fn set_frozen(
		mint: MintId,
		authority: IdCom,
		owner: IdCom,
		frozen: bool,
	) -> Result<(), LedgerError> {
		Self::details_for(mint, TokenAuthority::Freeze, authority)?;
		let balance = Balances::<T>::get(owner, mint);
		Self::put_balance(owner, mint, Holding { frozen, ..balance });
		Self::deposit_event(if frozen {
			Event::Frozen { mint, owner }
		} else {
			Event::Thawed { mint, owner }
		});
		Ok(())
	}

	fn set_authority(
		mint: MintId,
		current: IdCom,
		authority: TokenAuthority,
		new: Option<IdCom>,
	) -> Result<(), LedgerError> {
		let mut details = Self::details_for(mint, authority, current)?;
		details.set_authority(authority, new);
		Mints::<T>::insert(mint, details);
		Self::deposit_event(Event::AuthoritySet { mint, authority, new });
		Ok(())
	}

	fn permit_nonce(mint: MintId, wallet: &Address) -> u64 {
		PermitNonces::<T>::get(mint, wallet)
	}

	fn use_permit_nonce(mint: MintId, wallet: &Address) -> Result<(), LedgerError> {
		Self::ensure_exists(mint)?;
		let next = PermitNonces::<T>::get(mint, wallet).checked_add(1);
		let next = next.ok_or(LedgerError::Overflow(Asset::Token(mint)))?;
		PermitNonces::<T>::insert(mint, wallet, next);
		Ok(())
	}
}

/// What no view can do, only the pallet's calls and FRAME.
impl<T: Config> Pallet<T> {
	/// Renames a token, as `authority` asks.
	pub(crate) fn do_set_metadata(
		mint: MintId,
		authority: IdCom,
		name: TokenName,
		symbol: TokenSymbol,
	) -> Result<(), Error<T>> {
		let mut details = Self::details_for(mint, TokenAuthority::Mint, authority)?;
		details.name = name.clone();
		details.symbol = symbol.clone();
		Mints::<T>::insert(mint, details);
		Self::deposit_event(Event::MetadataSet { mint, name, symbol });
		Ok(())
	}
}
