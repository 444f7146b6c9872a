// SPDX-License-Identifier: Apache-2.0
//! Inner runs, shown in the trace of the run around them.
//!
//! Their frames stand under the call of 0x0106, with what they logged at that call, where all logs of the
//! call are. Their instructions follow the instruction that called.

use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use revm::{
	primitives::{Address, U256},
	state::EvmState,
};
use unum_ethereum_view::{AccountState, SlotChange, TouchedAccount, H160, H256};

use super::{budget::Budget, hash, state::untouched};
use crate::EvmHost;

/// What inner runs have looked at before the run around did, as they first found it: as it was before the
/// transaction.
#[derive(Debug, Default)]
pub(super) struct Inner {
	accounts: BTreeMap<H160, Option<AccountState>>,
	slots: BTreeMap<(H160, H256), H256>,
}

impl Inner {
	/// Takes note of a run that has just ended, while the run around has looked at `state`.
	pub(super) fn note(&mut self, accounts: Vec<TouchedAccount>, state: &EvmState) {
		for account in accounts {
			let at = account.address;
			let known = state.get(&Address::from(at.0));
			if known.is_none() {
				self.accounts.entry(at).or_insert(account.before);
			}
			for SlotChange { slot, before, .. } in account.slots {
				let key = U256::from_be_bytes(slot.0);
				if !known.is_some_and(|known| known.storage.contains_key(&key)) {
					self.slots.entry((at, slot)).or_insert(before);
				}
			}
		}
	}

	/// Adds it to what the run around has. What only inner runs have looked at is on the host as they have
	/// left it, or as it was before where they were undone.
	pub(super) fn merge_into<H: EvmHost>(
		self,
		accounts: &mut Vec<TouchedAccount>,
		host: &H,
		budget: &mut Budget,
	) {
		for (at, before) in self.accounts {
			if let Some(account) = find(accounts, at, host, budget) {
				account.before = before;
			}
		}
		for ((at, slot), before) in self.slots {
			let Some(TouchedAccount { slots, .. }) = find(accounts, at, host, budget) else {
				return;
			};
			match slots.binary_search_by_key(&slot, |known| known.slot) {
				Ok(position) => {
					slots.get_mut(position).into_iter().for_each(|known| known.before = before);
				},
				Err(position) => {
					let after = host.storage(at.0.into(), U256::from_be_bytes(slot.0));
					let change = SlotChange { slot, before, after: hash(after) };
					if budget.admit(change.encoded_size()) {
						slots.insert(position, change);
					}
				},
			}
		}
	}
}

/// An account in the list, which it is added to if it is not there.
fn find<'a, H: EvmHost>(
	accounts: &'a mut Vec<TouchedAccount>,
	at: H160,
	host: &H,
	budget: &mut Budget,
) -> Option<&'a mut TouchedAccount> {
	let position = match accounts.binary_search_by_key(&at, |account| account.address) {
		Ok(position) => position,
		Err(position) => {
			let account = untouched(host, Address::from(at.0));
			if !budget.admit(account.encoded_size()) {
				return None;
			}
			accounts.insert(position, account);
			position
		},
	};
	accounts.get_mut(position)
}
