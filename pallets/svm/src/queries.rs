// SPDX-License-Identifier: Apache-2.0
//! What clients ask of the state at hand.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_view::{AccountView, ProgramFilter, SimulationOptions, SimulationOutcome};
use unum_spl_token::ids;
use unum_svm_engine::account;
use unum_vm_engine::MountedEngine;

use crate::{blockhashes, Accounts, Associated, Config, Pallet, TokenAccountsOf, TokenRecords};

/// How many bytes an account of the token program has.
const TOKEN_ACCOUNT_BYTES: usize = 165;

/// Where such an account says whether it is initialized.
const TOKEN_ACCOUNT_STATE: usize = 108;

impl<T: Config> Pallet<T> {
	/// An account; nothing where there is none.
	pub fn account_view(key: &SvmAddress) -> Option<AccountView> {
		account(&mut Self::host(), key).map(Into::into)
	}

	/// Accounts that a program owns and that pass all filters, in the order of the storage. `after`: the
	/// last account of the page before.
	pub fn program_accounts(
		program: SvmAddress,
		filters: &[ProgramFilter],
		after: Option<SvmAddress>,
		limit: u32,
	) -> Vec<(SvmAddress, AccountView)> {
		let limit = usize::try_from(limit).unwrap_or(usize::MAX);
		let is_wanted = |view: &AccountView| {
			view.owner == program && filters.iter().all(|filter| passes(&view.data, filter))
		};
		let view = |key: SvmAddress| Self::account_view(&key).map(|view| (key, view));
		let wanted = |found: &(SvmAddress, AccountView)| is_wanted(&found.1);
		if program == ids::token_program() {
			let keys = match after {
				Some(key) => {
					TokenRecords::<T>::iter_keys_from(TokenRecords::<T>::hashed_key_for(key))
				},
				None => TokenRecords::<T>::iter_keys(),
			};
			return keys.filter_map(view).filter(wanted).take(limit).collect();
		}
		let keys = match after {
			Some(key) => Accounts::<T>::iter_from(Accounts::<T>::hashed_key_for(key)),
			None => Accounts::<T>::iter(),
		};
		let owned = keys.filter(|(_, account)| account.owner == program).map(|(key, _)| key);
		owned.filter_map(view).filter(wanted).take(limit).collect()
	}

	/// The token accounts that an owner has opened, with their tokens.
	pub fn token_accounts_of(owner: SvmAddress) -> impl Iterator<Item = (SvmAddress, MintId)> {
		TokenAccountsOf::<T>::iter_prefix(owner)
	}

	/// The associated account of an owner for a token, if it is open.
	pub fn associated_account(owner: SvmAddress, mint: MintId) -> Option<SvmAddress> {
		Associated::<T>::get(owner, mint)
	}

	/// Runs a transaction on the state at hand, which the caller drops.
	pub fn simulate(raw: &[u8], options: &SimulationOptions) -> SimulationOutcome {
		unum_svm_engine::simulate(&mut Self::host(), raw, options)
	}

	/// The slot of the block whose blockhash this is, if the next block takes transactions that name it.
	pub fn slot_of_blockhash(blockhash: &[u8; 32]) -> Option<u64> {
		blockhashes::slot_of::<T>(blockhash)
	}
}

fn passes(data: &[u8], filter: &ProgramFilter) -> bool {
	match filter {
		ProgramFilter::DataSize(size) => u64::try_from(data.len()) == Ok(*size),
		ProgramFilter::Memcmp { offset, bytes } => usize::try_from(*offset)
			.ok()
			.and_then(|offset| data.get(offset..))
			.is_some_and(|rest| rest.starts_with(bytes)),
		ProgramFilter::TokenAccountState => {
			data.len() == TOKEN_ACCOUNT_BYTES
				&& data.get(TOKEN_ACCOUNT_STATE).is_some_and(|state| *state != 0)
		},
	}
}
