// SPDX-License-Identifier: Apache-2.0
//! Accounts and slots before and after a transaction.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Encode;
use revm::{
	primitives::{Address, KECCAK_EMPTY},
	state::{Account, AccountInfo, EvmState},
};
use unum_ethereum_view::{AccountState, SlotChange, TouchedAccount};

use super::{address, budget::Budget, hash, word};
use crate::EvmHost;

/// The accounts that a transaction has looked at, and the parties, by address.
pub(super) fn accounts<H: EvmHost>(
	host: &H,
	state: &EvmState,
	parties: &[Address],
	budget: &mut Budget,
) -> Vec<TouchedAccount> {
	let addresses: BTreeSet<Address> = state.keys().chain(parties).copied().collect();
	let mut accounts = Vec::new();
	for address in addresses {
		let account = match state.get(&address) {
			Some(account) => touched(host, address, account),
			None => untouched(host, address),
		};
		if !budget.admit(account.encoded_size()) {
			break;
		}
		accounts.push(account);
	}
	accounts
}

fn touched<H: EvmHost>(host: &H, of: Address, account: &Account) -> TouchedAccount {
	let slots: BTreeMap<_, _> = account.storage.iter().collect();
	let after = (!account.is_selfdestructed()).then(|| state_of(host, &account.info)).flatten();
	let is_there = after.is_some();
	let change =
		|(key, slot): (&revm::primitives::U256, &revm::state::EvmStorageSlot)| SlotChange {
			slot: hash(*key),
			before: hash(slot.original_value()),
			after: if is_there { hash(slot.present_value()) } else { Default::default() },
		};
	TouchedAccount {
		address: address(of),
		before: state_of(host, &account.original_info()),
		after,
		slots: slots.into_iter().map(change).collect(),
	}
}

/// An account that nothing has looked at.
pub(super) fn untouched<H: EvmHost>(host: &H, of: Address) -> TouchedAccount {
	let info = host.account(of).map(|account| AccountInfo {
		balance: account.balance,
		nonce: account.nonce,
		code_hash: account.code_hash.unwrap_or(KECCAK_EMPTY),
		..AccountInfo::default()
	});
	let state = info.and_then(|info| state_of(host, &AccountInfo { code: None, ..info }));
	TouchedAccount { address: address(of), before: state.clone(), after: state, slots: Vec::new() }
}

/// `None` for an account without nonce, balance and code: as there were none.
fn state_of<H: EvmHost>(host: &H, info: &AccountInfo) -> Option<AccountState> {
	(!info.is_empty()).then(|| AccountState {
		balance: word(info.balance),
		nonce: info.nonce,
		code: match &info.code {
			Some(code) => code.original_bytes().to_vec(),
			None if info.code_hash == KECCAK_EMPTY => Vec::new(),
			None => host.code(info.code_hash).to_vec(),
		},
	})
}
