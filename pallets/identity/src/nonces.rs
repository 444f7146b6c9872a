// SPDX-License-Identifier: Apache-2.0
//! Nonces across a change of owner.

use frame_system::Account;
use sp_runtime::AccountId32;
use unum_id_com::IdCom;

use crate::{Config, Pallet};

impl<T: Config> Pallet<T> {
	/// Gives both identities the larger of their two nonces.
	///
	/// A wallet that is bound or unbound counts as another identity from then on. With nonces that
	/// differed, an old transaction that was executed as the one could run again as the other.
	pub(crate) fn equalize_nonces(a: IdCom, b: IdCom) {
		let (a, b) = (AccountId32::from(a), AccountId32::from(b));
		let larger = Account::<T>::get(&a).nonce.max(Account::<T>::get(&b).nonce);
		for who in [a, b] {
			Account::<T>::mutate(who, |account| account.nonce = larger);
		}
	}
}
