// SPDX-License-Identifier: Apache-2.0
//! The tokens of the host in memory.

use alloc::string::String;
use unum_address::{erc20_address, Address, EvmAddress};
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, LedgerAmount};

use super::memory::MemoryHost;
use crate::{
	Asset, Holding, IdentityHost, LedgerError, LedgerHost, Movement, TokenAuthority, TokenHost,
	TokenInfo,
};

/// A token with 6 decimals, without name, authorities and owners.
pub(super) fn plain_token() -> TokenInfo {
	let six = Decimals::new(6).expect("below 18");
	TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: six,
		svm_decimals: six,
		name: String::new(),
		symbol: String::new(),
		mint_authority: None,
		freeze_authority: None,
	}
}

impl MemoryHost {
	fn info(&self, mint: MintId) -> Result<&TokenInfo, LedgerError> {
		self.tokens.get(&mint).ok_or(LedgerError::UnknownMint(mint))
	}

	fn info_mut(&mut self, mint: MintId) -> Result<&mut TokenInfo, LedgerError> {
		self.tokens.get_mut(&mint).ok_or(LedgerError::UnknownMint(mint))
	}

	fn ensure_authority(
		&self,
		mint: MintId,
		authority: TokenAuthority,
		who: IdCom,
	) -> Result<(), LedgerError> {
		match self.info(mint)?.authority(authority) {
			None => Err(LedgerError::NoAuthority(mint, authority)),
			Some(holder) if holder != who => Err(LedgerError::NotAuthority(mint, authority)),
			Some(_) => Ok(()),
		}
	}

	/// The allowance, and what is left of it after `amount`.
	fn allowance_after(
		&self,
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<LedgerAmount, LedgerError> {
		self.info(mint)?;
		let allowed = self.allowance(mint, owner, spender);
		let left = allowed.checked_sub(amount);
		let left =
			left.ok_or(LedgerError::InsufficientAllowance { mint, allowed, needed: amount })?;
		Ok(if allowed == LedgerAmount::MAX { allowed } else { left })
	}

	fn put_allowance(&mut self, mint: MintId, owner: IdCom, spender: IdCom, amount: LedgerAmount) {
		if amount.is_zero() {
			self.allowances.remove(&(mint, owner, spender));
		} else {
			self.allowances.insert((mint, owner, spender), amount);
		}
	}
}

impl TokenHost for MemoryHost {
	fn token(&self, mint: MintId) -> Option<TokenInfo> {
		self.tokens.get(&mint).cloned()
	}

	fn token_at(&self, address: EvmAddress) -> Option<MintId> {
		self.tokens.keys().copied().find(|mint| erc20_address(*mint) == address)
	}

	fn holding(&self, mint: MintId, owner: IdCom) -> Holding {
		Holding {
			amount: LedgerAmount::new(self.get(Asset::Token(mint), owner)),
			frozen: self.frozen.contains(&(mint, owner)),
		}
	}

	fn allowance(&self, mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount {
		self.allowances.get(&(mint, owner, spender)).copied().unwrap_or_default()
	}

	fn create_token(&mut self, mint: MintId, info: TokenInfo) -> Result<(), LedgerError> {
		if self.tokens.contains_key(&mint) {
			return Err(LedgerError::MintExists(mint));
		}
		self.tokens.insert(mint, TokenInfo { supply: LedgerAmount::ZERO, ..info });
		Ok(())
	}

	fn mint_to(
		&mut self,
		mint: MintId,
		authority: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		self.ensure_authority(mint, TokenAuthority::Mint, authority)?;
		if !amount.is_zero() {
			let asset = Asset::Token(mint);
			let info = self.info(mint)?;
			let supply = info.supply.checked_add(amount).ok_or(LedgerError::Overflow(asset))?;
			let shown = info.svm_denomination().is_some_and(|unit| unit.fits_u64(supply));
			if !shown {
				return Err(LedgerError::SupplyTooLarge(mint));
			}
			self.ensure_not_frozen(asset, to)?;
			self.info_mut(mint)?.supply = supply;
			self.put(asset, to, self.get(asset, to) + amount.get());
			self.retain(to);
		}
		self.movements.push(Movement::Minted { mint, to, amount });
		Ok(())
	}

	fn burn(
		&mut self,
		mint: MintId,
		owner: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		self.info(mint)?;
		if !amount.is_zero() {
			// What may go to oneself may go away.
			let asset = Asset::Token(mint);
			self.can_transfer(asset, owner, owner, amount)?;
			let info = self.info_mut(mint)?;
			info.supply = info.supply.checked_sub(amount).ok_or(LedgerError::Overflow(asset))?;
			self.put(asset, owner, self.get(asset, owner) - amount.get());
		}
		self.movements.push(Movement::Burned { mint, from: owner, amount });
		Ok(())
	}

	fn burn_from(
		&mut self,
		mint: MintId,
		spender: IdCom,
		owner: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		let left = self.allowance_after(mint, owner, spender, amount)?;
		self.burn(mint, owner, amount)?;
		self.put_allowance(mint, owner, spender, left);
		Ok(())
	}

	fn approve(
		&mut self,
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		self.info(mint)?;
		self.put_allowance(mint, owner, spender, amount);
		self.movements.push(Movement::Approved { mint, owner, spender, amount });
		Ok(())
	}

	fn transfer_from(
		&mut self,
		mint: MintId,
		spender: IdCom,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		let left = self.allowance_after(mint, from, spender, amount)?;
		self.transfer(Asset::Token(mint), from, to, amount)?;
		self.put_allowance(mint, from, spender, left);
		Ok(())
	}

	fn set_frozen(
		&mut self,
		mint: MintId,
		authority: IdCom,
		owner: IdCom,
		frozen: bool,
	) -> Result<(), LedgerError> {
		self.ensure_authority(mint, TokenAuthority::Freeze, authority)?;
		if frozen {
			self.frozen.insert((mint, owner));
		} else {
			self.frozen.remove(&(mint, owner));
		}
		Ok(())
	}

	fn set_authority(
		&mut self,
		mint: MintId,
		current: IdCom,
		authority: TokenAuthority,
		new: Option<IdCom>,
	) -> Result<(), LedgerError> {
		self.ensure_authority(mint, authority, current)?;
		let info = self.info_mut(mint)?;
		match authority {
			TokenAuthority::Mint => info.mint_authority = new,
			TokenAuthority::Freeze => info.freeze_authority = new,
		}
		Ok(())
	}

	fn permit_nonce(&self, mint: MintId, wallet: &Address) -> u64 {
		self.permit_nonces.get(&(mint, wallet.clone())).copied().unwrap_or(0)
	}

	fn use_permit_nonce(&mut self, mint: MintId, wallet: &Address) -> Result<(), LedgerError> {
		self.info(mint)?;
		let next = self.permit_nonce(mint, wallet).checked_add(1);
		let next = next.ok_or(LedgerError::Overflow(Asset::Token(mint)))?;
		self.permit_nonces.insert((mint, wallet.clone()), next);
		Ok(())
	}
}
