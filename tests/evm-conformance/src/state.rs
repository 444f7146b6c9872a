// SPDX-License-Identifier: Apache-2.0
//! The world as Ethereum keeps it, with its root.

use std::collections::BTreeMap;

use alloy_trie::{
	root::{state_root_unhashed, storage_root_unhashed},
	TrieAccount,
};
use revm::primitives::{keccak256, Address, Bytes, B256, KECCAK_EMPTY, U256};
use unum_evm_engine::{AccountChanges, EvmAccount};

use crate::{fixture::Accounts, NotRun};

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Account {
	pub(crate) nonce: u64,
	pub(crate) balance: U256,
	pub(crate) code_hash: Option<B256>,
	/// Without the slots that are zero.
	pub(crate) storage: BTreeMap<U256, U256>,
}

impl Account {
	/// [EIP-161]: neither nonce nor balance nor code.
	///
	/// [EIP-161]: https://eips.ethereum.org/EIPS/eip-161
	fn is_empty(&self) -> bool {
		self.nonce == 0 && self.balance.is_zero() && self.code_hash.is_none()
	}

	/// [EIP-7610]: neither nonce nor code, but storage. Only accounts from before EIP-161 can be so.
	///
	/// [EIP-7610]: https://eips.ethereum.org/EIPS/eip-7610
	fn has_storage_alone(&self) -> bool {
		self.nonce == 0 && self.code_hash.is_none() && !self.storage.is_empty()
	}

	/// A contract can't be made where storage is (EIP-7610). revm looks at nonce and code alone, and
	/// asks no database for more, so the nonce is shown as a contract's first: nothing but a creation
	/// can see it. On the chain no account can have storage alone.
	fn shown_nonce(&self) -> u64 {
		if self.has_storage_alone() {
			1
		} else {
			self.nonce
		}
	}

	fn as_evm(&self) -> EvmAccount {
		EvmAccount { nonce: self.shown_nonce(), balance: self.balance, code_hash: self.code_hash }
	}

	fn change(&mut self, changes: &AccountChanges) {
		// What was only shown is not kept.
		if changes.created || changes.nonce != self.shown_nonce() {
			self.nonce = changes.nonce;
		}
		self.balance = changes.balance;
		if changes.created {
			self.storage.clear();
		}
		if let Some((hash, code)) = &changes.code {
			self.code_hash = (!code.is_empty()).then_some(*hash);
		}
		for (slot, value) in &changes.storage {
			if value.is_zero() {
				self.storage.remove(slot);
			} else {
				self.storage.insert(*slot, *value);
			}
		}
	}

	fn in_trie(&self) -> TrieAccount {
		let slots = self.storage.iter().map(|(slot, value)| (B256::from(*slot), *value));
		TrieAccount {
			nonce: self.nonce,
			balance: self.balance,
			storage_root: storage_root_unhashed(slots),
			code_hash: self.code_hash.unwrap_or(KECCAK_EMPTY),
		}
	}
}

/// Accounts and code.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
	accounts: BTreeMap<Address, Account>,
	codes: BTreeMap<B256, Bytes>,
}

impl State {
	/// # Errors
	/// [`NotRun::NoEncoding`].
	pub(crate) fn new(accounts: &Accounts) -> Result<Self, NotRun> {
		let mut state = Self::default();
		for (address, given) in accounts {
			let mut account = Account {
				nonce: given.nonce.to_u64().ok_or(NotRun::NoEncoding)?,
				balance: given.balance.to_u256().ok_or(NotRun::NoEncoding)?,
				..Account::default()
			};
			if !given.code.0.is_empty() {
				account.code_hash = Some(state.add_code(keccak256(&given.code.0), &given.code.0));
			}
			for (slot, value) in &given.storage {
				let slot = slot.to_u256().ok_or(NotRun::NoEncoding)?;
				let value = value.to_u256().ok_or(NotRun::NoEncoding)?;
				if !value.is_zero() {
					account.storage.insert(slot, value);
				}
			}
			state.accounts.insert(address.0, account);
		}
		Ok(state)
	}

	fn add_code(&mut self, hash: B256, code: &Bytes) -> B256 {
		self.codes.insert(hash, code.clone());
		hash
	}

	pub(crate) fn get(&self, address: Address) -> Option<&Account> {
		self.accounts.get(&address)
	}

	/// Makes the account if there is none.
	pub(crate) fn get_mut(&mut self, address: Address) -> &mut Account {
		self.accounts.entry(address).or_default()
	}

	pub(crate) fn accounts(&self) -> impl Iterator<Item = (Address, &Account)> {
		self.accounts.iter().map(|(address, account)| (*address, account))
	}

	pub(crate) fn account(&self, address: Address) -> Option<EvmAccount> {
		self.get(address).map(Account::as_evm)
	}

	pub(crate) fn code(&self, hash: B256) -> Bytes {
		self.codes.get(&hash).cloned().unwrap_or_default()
	}

	pub(crate) fn storage(&self, address: Address, slot: U256) -> U256 {
		self.get(address)
			.and_then(|account| account.storage.get(&slot))
			.copied()
			.unwrap_or_default()
	}

	/// Keeps what a transaction leaves behind of an account that it has touched. As on Ethereum, what
	/// a destroyed account has received since is gone with it, and what is empty is removed.
	pub(crate) fn keep(&mut self, address: Address, changes: &AccountChanges) {
		if changes.destroyed {
			self.accounts.remove(&address);
			return;
		}
		if let Some((hash, code)) = &changes.code {
			self.add_code(*hash, code);
		}
		self.get_mut(address).change(changes);
		self.remove_if_empty(address);
	}

	pub(crate) fn remove_if_empty(&mut self, address: Address) {
		if self.get(address).is_some_and(Account::is_empty) {
			self.accounts.remove(&address);
		}
	}

	pub(crate) fn remove(&mut self, address: Address) {
		self.accounts.remove(&address);
	}

	/// The root of the Merkle Patricia trie.
	pub(crate) fn root(&self) -> B256 {
		state_root_unhashed(self.accounts().map(|(address, account)| (address, account.in_trie())))
	}

	/// The first account that differs, in words.
	pub(crate) fn first_difference(&self, expected: &Self) -> Option<String> {
		let addresses = self.accounts.keys().chain(expected.accounts.keys());
		addresses
			.filter(|address| self.get(**address) != expected.get(**address))
			.min()
			.map(|address| describe(*address, self.get(*address), expected.get(*address)))
	}
}

fn describe(address: Address, got: Option<&Account>, expected: Option<&Account>) -> String {
	let (Some(got), Some(expected)) = (got, expected) else {
		let is = if got.is_some() { "is there" } else { "is missing" };
		return format!("{address} {is}");
	};
	if got.nonce != expected.nonce {
		return format!("{address}: nonce {}, expected {}", got.nonce, expected.nonce);
	}
	if got.balance != expected.balance {
		return format!("{address}: balance {}, expected {}", got.balance, expected.balance);
	}
	if got.code_hash != expected.code_hash {
		return format!("{address}: another code than expected");
	}
	let slots = got.storage.keys().chain(expected.storage.keys());
	let value = |account: &Account, slot| account.storage.get(slot).copied().unwrap_or_default();
	let slot = slots.filter(|slot| value(got, slot) != value(expected, slot)).min();
	match slot {
		Some(slot) => format!(
			"{address}: slot {slot:#x} has {:#x}, expected {:#x}",
			value(got, slot),
			value(expected, slot)
		),
		None => format!("{address} differs"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloy_trie::EMPTY_ROOT_HASH;

	fn address() -> Address {
		Address::repeat_byte(1)
	}

	fn changes() -> AccountChanges {
		AccountChanges { nonce: 1, balance: U256::from(5), ..AccountChanges::default() }
	}

	#[test]
	fn an_empty_state_has_the_known_root() {
		assert_eq!(State::default().root(), EMPTY_ROOT_HASH);
	}

	#[test]
	fn an_account_that_is_left_empty_goes_with_its_storage() {
		let mut state = State::default();
		let storage = [(U256::from(1), U256::from(2))].into();
		state.keep(address(), &AccountChanges { storage, ..changes() });
		assert_ne!(state.root(), EMPTY_ROOT_HASH);
		state.keep(address(), &AccountChanges::default());
		assert_eq!(state.root(), EMPTY_ROOT_HASH);
	}

	#[test]
	fn a_destroyed_account_goes_with_what_it_has() {
		let mut state = State::default();
		state.keep(address(), &changes());
		state.keep(address(), &AccountChanges { destroyed: true, ..changes() });
		assert_eq!(state.root(), EMPTY_ROOT_HASH);
	}

	#[test]
	fn a_new_contract_does_not_inherit_storage() {
		let mut state = State::default();
		state.get_mut(address()).storage.insert(U256::from(1), U256::from(2));
		let storage = [(U256::from(3), U256::from(4))].into();
		state.keep(address(), &AccountChanges { created: true, storage, ..changes() });
		assert_eq!(state.storage(address(), U256::from(1)), U256::ZERO);
		assert_eq!(state.storage(address(), U256::from(3)), U256::from(4));
	}

	#[test]
	fn what_is_shown_for_storage_alone_is_not_kept() {
		let mut state = State::default();
		state.get_mut(address()).storage.insert(U256::from(1), U256::from(2));
		state.get_mut(address()).balance = U256::from(1);
		let shown = state.account(address()).unwrap();
		assert_eq!(shown.nonce, 1);
		state.keep(address(), &AccountChanges { nonce: shown.nonce, ..changes() });
		assert_eq!(state.get(address()).unwrap().nonce, 0);
	}
}
