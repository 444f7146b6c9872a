// SPDX-License-Identifier: Apache-2.0
//! The invariants of this pallet's storage.

use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use unum_spl_token::{ids, Record};

use crate::{
	associated::owner_and_mint, Accounts, Associated, Config, Pallet, TokenAccountsOf, TokenRecords,
};

impl<T: Config> Pallet<T> {
	/// Checks every invariant, always compiled so that a running node can do it.
	///
	/// # Errors
	/// The first that does not hold, as a sentence.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let (mut accounts, mut associated) = (0u64, 0u64);
		for (key, record) in TokenRecords::<T>::iter() {
			ensure!(!is_stored::<T>(&key), "svm: data of a token account are stored");
			let Some((owner, mint, is_associated)) = owner_and_mint(Some(&record)) else {
				continue;
			};
			accounts = accounts.saturating_add(1);
			let listed = TokenAccountsOf::<T>::get(owner, key);
			ensure!(listed == Some(mint), "svm: a token account is not listed under its owner");
			if is_associated {
				associated = associated.saturating_add(1);
				let found = Associated::<T>::get(owner, mint);
				ensure!(found == Some(key), "svm: an associated account is not found");
			}
		}
		let listed = TokenAccountsOf::<T>::iter_keys().fold(0u64, |n, _| n.saturating_add(1));
		ensure!(listed == accounts, "svm: a token account is listed that does not exist");
		let found = Associated::<T>::iter_keys().fold(0u64, |n, _| n.saturating_add(1));
		ensure!(found == associated, "svm: an associated account is found that does not exist");
		for (_, account) in Accounts::<T>::iter() {
			let is_empty = account.owner == ids::system_program() && account.data.is_empty();
			ensure!(!is_empty, "svm: an account is stored that holds nothing");
		}
		Ok(())
	}
}

/// Whether data of the token program's are stored for an account that has a record.
fn is_stored<T: Config>(key: &unum_address::SvmAddress) -> bool {
	let is_record = |record: &Record| !matches!(record, Record::Multisig(_));
	let has_record = TokenRecords::<T>::get(key).is_some_and(|record| is_record(&record));
	has_record && Accounts::<T>::contains_key(key)
}
