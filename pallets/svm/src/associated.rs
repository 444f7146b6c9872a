// SPDX-License-Identifier: Apache-2.0
//! Token accounts of balances, and who has which.

use frame_support::weights::Weight;
use unum_address::{Address, SvmAddress, VmKind};
use unum_id_com::{IdCom, MintId};
use unum_spl_token::{associated_token_address, AccountRecord, Holder, KeyOption, Record};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityRegistry, Movement, OnMovement, TokenLedger};

use crate::{Associated, Config, Pallet, TokenAccountsOf, TokenRecords, WeightInfo};

impl<T: Config> OnMovement for Pallet<T> {
	fn on_movement(movement: &Movement) {
		match *movement {
			Movement::Minted { mint, to, amount }
			| Movement::Transferred { asset: Asset::Token(mint), to, amount, .. } => {
				open_if_it_begins::<T>(mint, to, amount);
			},
			_ => {},
		}
	}

	fn weight_of_receipt(mint: MintId, to: IdCom) -> Weight {
		let begins = T::Ledger::holding(mint, to).amount.is_zero();
		match begins && without_account::<T>(mint, to).is_some() {
			true => T::WeightInfo::open_associated(),
			false => Weight::zero(),
		}
	}
}

/// The address of a holder who has no account for a token.
fn without_account<T: Config>(mint: MintId, holder: IdCom) -> Option<SvmAddress> {
	let Some(Address::Svm(owner)) = T::Identity::address_of(holder, VmKind::SVM) else {
		return None;
	};
	(!has_account::<T>(mint, &owner)).then_some(owner)
}

fn has_account<T: Config>(mint: MintId, owner: &SvmAddress) -> bool {
	// A token account with a balance of its own needs no other.
	is_token_account::<T>(owner) || Associated::<T>::contains_key(owner, mint)
}

/// Opens the associated account of a balance that was nothing before `amount` came. That weighs what
/// [`OnMovement::weight_of_receipt`] says; contracts pay for it with the price of an entry that begins.
fn open_if_it_begins<T: Config>(mint: MintId, holder: IdCom, amount: LedgerAmount) {
	if amount.is_zero() || T::Ledger::holding(mint, holder).amount != amount {
		return;
	}
	if let Some(owner) = without_account::<T>(mint, holder) {
		open::<T>(mint, owner);
	}
}

impl<T: Config> Pallet<T> {
	/// Opens the associated account of an owner for a token, of which it has some, if it is not there.
	pub fn open_associated(owner: SvmAddress, mint: MintId) {
		if !has_account::<T>(mint, &owner) {
			open::<T>(mint, owner);
		}
	}
}

fn open<T: Config>(mint: MintId, owner: SvmAddress) {
	let mint_key = SvmAddress::from(*mint.as_bytes());
	let Ok((key, _)) = associated_token_address(&owner, &mint_key) else { return };
	let record = AccountRecord {
		mint: mint_key,
		owner,
		holder: Holder::Owner,
		delegate: KeyOption::default(),
		close_authority: KeyOption::default(),
		native: None,
	};
	keep::<T>(&key, Some(Record::Account(record)));
}

fn is_token_account<T: Config>(key: &SvmAddress) -> bool {
	matches!(TokenRecords::<T>::get(key), Some(Record::Account(_)))
}

/// Keeps or removes what is kept of an account of the token program, and who has it.
pub(crate) fn keep<T: Config>(key: &SvmAddress, record: Option<Record>) {
	let before = owner_and_mint(TokenRecords::<T>::get(key).as_ref());
	let after = owner_and_mint(record.as_ref());
	if before != after {
		if let Some((owner, mint, is_associated)) = before {
			TokenAccountsOf::<T>::remove(owner, key);
			if is_associated {
				Associated::<T>::remove(owner, mint);
			}
		}
		if let Some((owner, mint, is_associated)) = after {
			TokenAccountsOf::<T>::insert(owner, key, mint);
			if is_associated {
				Associated::<T>::insert(owner, mint, key);
			}
		}
	}
	TokenRecords::<T>::set(key, record);
}

/// Whose account it is, of which token, and whether it is the associated one.
pub(crate) fn owner_and_mint(record: Option<&Record>) -> Option<(SvmAddress, MintId, bool)> {
	let Some(Record::Account(account)) = record else { return None };
	let mint = MintId::from(*account.mint.as_bytes());
	Some((account.owner, mint, account.holder == Holder::Owner))
}
