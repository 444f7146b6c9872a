// SPDX-License-Identifier: Apache-2.0
//! What an address held as an identity of its own goes to its owner.

use frame_support::{ensure, weights::Weight};
use unum_address::Address;
use unum_id_com::{IdCom, MintId};
use unum_vm_engine::{
	Asset, IdentityError, IdentityRegistry, TokenAuthority, TokenLedger, UnifiedLedger,
};

use crate::{Config, Error, Event, Pallet, WeightInfo};

impl<T: Config> Pallet<T> {
	/// What a sweep of these weighs at most.
	pub(crate) fn weight_of_sweep(address: &Address, mints: &[MintId]) -> Weight {
		let to = Self::resolve(address);
		let receipts =
			mints.iter().map(|mint| T::Ledger::weight_of_receipt(Asset::Token(*mint), to));
		let sweep = T::WeightInfo::sweep(mints.len().try_into().unwrap_or(u32::MAX));
		receipts.fold(sweep, Weight::saturating_add)
	}

	/// Moves all native coin, and of each mint all tokens and authorities, from the unbound identity of
	/// `address` to its owner.
	pub(crate) fn do_sweep(address: &Address, mints: &[MintId]) -> Result<(), Error<T>> {
		let (from, to) = (address.unbound_id_com(), Self::resolve(address));
		ensure!(from != to, Error::NothingToSweep);
		Self::sweep_asset(address, from, to, Asset::Native)?;
		for mint in mints {
			Self::sweep_asset(address, from, to, Asset::Token(*mint))?;
			Self::sweep_authorities(address, from, to, *mint)?;
		}
		Ok(())
	}

	/// Moves what can be moved of one asset; what is frozen, locked or held stays.
	pub(crate) fn sweep_asset(
		address: &Address,
		from: IdCom,
		to: IdCom,
		asset: Asset,
	) -> Result<(), IdentityError> {
		let amount = T::Ledger::spendable(asset, from)?;
		if !amount.is_zero() {
			T::Ledger::transfer(asset, from, to, amount)?;
			let mint = match asset {
				Asset::Native => None,
				Asset::Token(mint) => Some(mint),
			};
			Self::deposit_event(Event::Swept { address: address.clone(), from, to, mint, amount });
		}
		Ok(())
	}

	/// Moves the authorities over a token.
	fn sweep_authorities(
		address: &Address,
		from: IdCom,
		to: IdCom,
		mint: MintId,
	) -> Result<(), IdentityError> {
		let Some(token) = T::Ledger::token(mint) else { return Ok(()) };
		for authority in [TokenAuthority::Mint, TokenAuthority::Freeze] {
			if token.authority(authority) == Some(from) {
				T::Ledger::set_authority(mint, from, authority, Some(to))?;
				let address = address.clone();
				Self::deposit_event(Event::AuthoritySwept { address, to, mint, authority });
			}
		}
		Ok(())
	}
}
