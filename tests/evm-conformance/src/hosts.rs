// SPDX-License-Identifier: Apache-2.0
//! Two hosts in memory: one on which revm's journal alone knows the balances, and one with a ledger.

use std::collections::BTreeMap;

use revm::primitives::{keccak256, Address, Bytes, Log, B256, U256};
use unum_evm_engine::{AccountChanges, EvmAccount, EvmHost, HostFault};
use unum_id_com::IdCom;

use crate::state::State;

/// Every address is somebody else's.
fn owner(address: Address) -> IdCom {
	IdCom::from(address.into_word().0)
}

/// The state tests have no chain before the block: they name its blocks by their numbers in decimal
/// digits.
fn block_hash(number: u64) -> B256 {
	keccak256(number.to_string())
}

/// A host that learns of balances when a transaction is over: as Ethereum's clients do it.
#[derive(Debug)]
pub(crate) struct EthereumHost {
	pub(crate) state: State,
}

impl EvmHost for EthereumHost {
	fn account(&self, address: Address) -> Option<EvmAccount> {
		self.state.account(address)
	}

	fn owner(&self, address: Address) -> IdCom {
		owner(address)
	}

	fn code(&self, hash: B256) -> Bytes {
		self.state.code(hash)
	}

	fn storage(&self, address: Address, slot: U256) -> U256 {
		self.state.storage(address, slot)
	}

	fn block_hash(&self, number: u64) -> B256 {
		block_hash(number)
	}

	fn transfer(&mut self, _: Address, _: Address, _: U256) -> Result<(), HostFault> {
		Ok(())
	}

	fn burn(&mut self, _: Address, _: U256) -> Result<(), HostFault> {
		Ok(())
	}

	fn take_movement_logs(&mut self) -> Vec<Log> {
		Vec::new()
	}

	fn keep(&mut self, address: Address, changes: &AccountChanges) -> Result<(), HostFault> {
		self.state.keep(address, changes);
		Ok(())
	}

	// Nothing changes here before `keep`, so there is nothing that a snapshot could bring back.
	fn begin(&mut self) {}
	fn commit(&mut self) {}
	fn rollback(&mut self) {}
}

/// A host with a ledger, as the chain's: balances move when they move, and are rolled back with the
/// call frames.
#[derive(Debug)]
pub(crate) struct LedgerHost {
	/// Its balances are those from before the transaction, until it is over.
	state: State,
	balances: BTreeMap<Address, U256>,
	burned: U256,
	undo: Vec<Undo>,
	/// For each open snapshot, how long `undo` was.
	snapshots: Vec<usize>,
	/// Whether more snapshots were ended than begun.
	is_unbalanced: bool,
}

/// What a change of a balance has replaced.
#[derive(Debug)]
struct Undo {
	address: Address,
	balance: U256,
	burned: U256,
}

impl LedgerHost {
	pub(crate) fn new(state: State) -> Self {
		let balances = state.accounts().map(|(address, account)| (address, account.balance));
		Self {
			balances: balances.collect(),
			state,
			burned: U256::ZERO,
			undo: Vec::new(),
			snapshots: Vec::new(),
			is_unbalanced: false,
		}
	}

	/// The state, when the transaction is over.
	pub(crate) fn into_state(self) -> State {
		self.state
	}

	pub(crate) fn balance(&self, address: Address) -> U256 {
		self.balances.get(&address).copied().unwrap_or_default()
	}

	pub(crate) fn nonce(&self, address: Address) -> u64 {
		self.state.get(address).map(|account| account.nonce).unwrap_or_default()
	}

	pub(crate) fn account_exists(&self, address: Address) -> bool {
		self.state.get(address).is_some()
	}

	/// Takes the fee, before the transaction.
	pub(crate) fn charge(&mut self, payer: Address, fee: U256) {
		let rest = self.balance(payer).saturating_sub(fee);
		self.set_outside(payer, rest);
	}

	/// Counts the transaction, before it runs.
	pub(crate) fn count_nonce(&mut self, sender: Address) {
		let account = self.state.get_mut(sender);
		account.nonce = account.nonce.saturating_add(1);
	}

	/// Pays out a part of the fee, after the transaction. As on Ethereum, who gets nothing and has
	/// nothing is not kept.
	pub(crate) fn pay(&mut self, payee: Address, wei: U256) {
		let balance = self.balance(payee).wrapping_add(wei);
		self.set_outside(payee, balance);
		self.state.remove_if_empty(payee);
	}

	/// Outside of the transaction, so that no snapshot brings back what was before.
	fn set_outside(&mut self, address: Address, balance: U256) {
		self.balances.insert(address, balance);
		self.state.get_mut(address).balance = balance;
	}

	/// All that there is and all that was destroyed, modulo 2^256: some tests have accounts that
	/// together hold more.
	pub(crate) fn supply(&self) -> U256 {
		self.balances.values().fold(self.burned, |sum, balance| sum.wrapping_add(*balance))
	}

	/// Whether every snapshot that was begun has ended, and no other.
	pub(crate) fn snapshots_are_closed(&self) -> bool {
		self.snapshots.is_empty() && !self.is_unbalanced
	}

	fn set(&mut self, address: Address, balance: U256) {
		let before = self.balance(address);
		self.undo.push(Undo { address, balance: before, burned: self.burned });
		self.balances.insert(address, balance);
	}

	fn end_snapshot(&mut self) -> usize {
		self.snapshots.pop().unwrap_or_else(|| {
			self.is_unbalanced = true;
			self.undo.len()
		})
	}
}

impl EvmHost for LedgerHost {
	fn account(&self, address: Address) -> Option<EvmAccount> {
		let balance = self.balance(address);
		let account = self.state.account(address);
		let exists = account.is_some() || !balance.is_zero();
		exists.then(|| EvmAccount { balance, ..account.unwrap_or_default() })
	}

	fn owner(&self, address: Address) -> IdCom {
		owner(address)
	}

	fn code(&self, hash: B256) -> Bytes {
		self.state.code(hash)
	}

	fn storage(&self, address: Address, slot: U256) -> U256 {
		self.state.storage(address, slot)
	}

	fn block_hash(&self, number: u64) -> B256 {
		block_hash(number)
	}

	fn transfer(&mut self, from: Address, to: Address, wei: U256) -> Result<(), HostFault> {
		let refused = HostFault::MovementRefused;
		let rest = self.balance(from).checked_sub(wei).ok_or(refused)?;
		let sum = self.balance(to).checked_add(wei).ok_or(refused)?;
		self.set(from, rest);
		self.set(to, sum);
		Ok(())
	}

	fn burn(&mut self, from: Address, wei: U256) -> Result<(), HostFault> {
		let rest = self.balance(from).checked_sub(wei).ok_or(HostFault::MovementRefused)?;
		self.set(from, rest);
		self.burned = self.burned.wrapping_add(wei);
		Ok(())
	}

	fn take_movement_logs(&mut self) -> Vec<Log> {
		Vec::new()
	}

	fn keep(&mut self, address: Address, changes: &AccountChanges) -> Result<(), HostFault> {
		if self.balance(address) != changes.balance {
			return Err(HostFault::BalancesDiffer);
		}
		if changes.destroyed {
			// What it has received after its destruction.
			self.burn(address, changes.balance)?;
		}
		self.state.keep(address, changes);
		Ok(())
	}

	fn begin(&mut self) {
		self.snapshots.push(self.undo.len());
	}

	fn commit(&mut self) {
		self.end_snapshot();
	}

	fn rollback(&mut self) {
		let length = self.end_snapshot();
		for undo in self.undo.drain(length..).rev() {
			self.balances.insert(undo.address, undo.balance);
			self.burned = undo.burned;
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ONE: Address = Address::repeat_byte(1);
	const TWO: Address = Address::repeat_byte(2);

	fn host() -> LedgerHost {
		let mut state = State::default();
		state.get_mut(ONE).balance = U256::from(10);
		LedgerHost::new(state)
	}

	#[test]
	fn the_ledger_is_rolled_back_to_where_the_snapshot_began() {
		let mut host = host();
		host.transfer(ONE, TWO, U256::from(1)).unwrap();
		host.begin();
		host.transfer(ONE, TWO, U256::from(2)).unwrap();
		host.begin();
		host.burn(ONE, U256::from(3)).unwrap();
		assert_eq!(host.supply(), U256::from(10));
		host.commit();
		host.rollback();
		assert_eq!((host.balance(ONE), host.balance(TWO)), (U256::from(9), U256::from(1)));
		assert_eq!((host.burned, host.supply()), (U256::ZERO, U256::from(10)));
		assert!(host.snapshots_are_closed());
	}

	#[test]
	fn a_snapshot_that_was_never_begun_is_told() {
		let mut host = host();
		host.commit();
		assert!(!host.snapshots_are_closed());
	}

	#[test]
	fn a_balance_that_is_not_the_ledgers_is_a_fault() {
		let changes = AccountChanges { balance: U256::from(9), ..AccountChanges::default() };
		assert_eq!(host().keep(ONE, &changes), Err(HostFault::BalancesDiffer));
	}

	#[test]
	fn more_than_there_is_does_not_move() {
		let mut host = host();
		assert_eq!(host.transfer(ONE, TWO, U256::from(11)), Err(HostFault::MovementRefused));
		assert_eq!(host.burn(TWO, U256::from(1)), Err(HostFault::MovementRefused));
	}
}
