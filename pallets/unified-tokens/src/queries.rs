// SPDX-License-Identifier: Apache-2.0
//! Questions that wallets ask.

use alloc::vec::Vec;
use unum_id_com::{IdCom, MintId};
use unum_vm_engine::Holding;

use crate::{Balances, Config, Pallet};

impl<T: Config> Pallet<T> {
	/// What `owner` has, token by token, at most `limit` of them, in the order of storage; those behind
	/// `after`, if it is given.
	pub fn holdings(owner: IdCom, after: Option<MintId>, limit: usize) -> Vec<(MintId, Holding)> {
		let page = match after {
			None => Balances::<T>::iter_prefix(owner),
			Some(mint) => {
				let last = Balances::<T>::hashed_key_for(owner, mint);
				Balances::<T>::iter_prefix_from(owner, last)
			},
		};
		page.take(limit).collect()
	}
}
