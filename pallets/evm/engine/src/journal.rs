// SPDX-License-Identifier: Apache-2.0
//! revm's journal, in step with the chain's ledger.
//!
//! revm keeps what a transaction does in memory, and undoes it from a list of entries. The native coin
//! is not its own to keep: other VMs see the same balances, also in the middle of a transaction, when a
//! contract calls one of them. So each movement of the native coin is made in the ledger as well, at
//! the moment at which it happens, and the ledger is rolled back where the journal is.
//!
//! ```text
//!   call frame begins      checkpoint      (nothing yet)
//!     first movement                       snapshot of the chain's state
//!   call frame succeeds    commit          kept
//!   call frame fails       revert          rolled back
//! ```
//!
//! A snapshot is opened only when a frame changes the chain's state, so a contract that only computes
//! and stores opens none.
//!
//! All else stays in memory until the end, but where a contract calls another VM ([`crossing`]).

pub(crate) mod crossing;

use alloc::vec::Vec;
use revm::{
	context::journal::{JournalEntry, JournalEntryTr, JournalInner},
	context_interface::{
		context::{SStoreResult, SelfDestructResult, StateLoad},
		journaled_state::{
			account::JournaledAccount, AccountInfoLoad, AccountLoad, JournalCheckpoint,
			JournalLoadError, JournalTr, TransferError,
		},
	},
	primitives::{
		hardfork::SpecId, Address, AddressMap, AddressSet, HashSet, Log, StorageKey, StorageValue,
		B256, U256,
	},
	state::{Account, Bytecode, EvmState},
};

use crate::{
	database::{balance_on, HostDatabase},
	EvmHost, HostFault,
};

/// The journal of one transaction. See the module.
#[derive(Debug)]
pub struct LedgerJournal<'a, H> {
	database: HostDatabase<'a, H>,
	inner: JournalInner<JournalEntry>,
	snapshots: Snapshots,
	made_elsewhere: crossing::MadeElsewhere,
	has_left: bool,
}

/// Which of the journal's checkpoints have a snapshot of the chain's state: the outermost ones.
#[derive(Debug, Default)]
struct Snapshots {
	checkpoints: usize,
	open: Vec<Snapshot>,
}

/// A snapshot of the chain's state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Snapshot {
	/// How much of the chain's state had been read when it was opened.
	reads: usize,
	/// Whether a call has left the EVM in it.
	has_left: bool,
}

impl Snapshots {
	fn begin(&mut self) {
		self.checkpoints = self.checkpoints.saturating_add(1);
	}

	/// How many snapshots to open before the chain's state is changed.
	fn missing(&self) -> usize {
		self.checkpoints.saturating_sub(self.open.len())
	}

	/// Ends the innermost checkpoint. Returns its snapshot, if it has one, which ends with it.
	fn end(&mut self) -> Option<Snapshot> {
		let has_snapshot = self.open.len() == self.checkpoints;
		self.checkpoints = self.checkpoints.saturating_sub(1);
		if has_snapshot {
			self.open.pop()
		} else {
			None
		}
	}

	/// A call has left the EVM in the innermost snapshot.
	fn note_leave(&mut self) {
		if let Some(snapshot) = self.open.last_mut() {
			snapshot.has_left = true;
		}
	}
}

impl<'a, H: EvmHost> LedgerJournal<'a, H> {
	/// Gives the chain back, after [`JournalTr::finalize`].
	pub fn into_host(self) -> &'a mut H {
		self.database.host
	}

	/// The chain, to be read.
	pub fn host(&self) -> &H {
		self.database.host
	}

	/// The chain, to be changed: what happens there is undone where the call frame at hand is.
	pub fn host_mut(&mut self) -> &mut H {
		let reads = self.database.reads();
		for _ in 0..self.snapshots.missing() {
			self.database.host.begin();
			self.snapshots.open.push(Snapshot { reads, has_left: false });
		}
		self.database.host
	}

	/// Takes over the logs of the tokens that were moved in the ledger.
	pub fn take_movement_logs(&mut self) {
		let logs = self.database.host.take_movement_logs();
		self.inner.logs.extend(logs);
	}

	/// Moves native coin in the ledger.
	fn move_in_ledger(&mut self, from: Address, to: Address, wei: U256) -> Result<(), HostFault> {
		if wei.is_zero() || from == to {
			return Ok(());
		}
		self.host_mut().transfer(from, to, wei)
	}

	/// After a movement: where several addresses show one balance, all of them show what it is now.
	///
	/// An identity that came into being by the movement owns its derived addresses from now on, which may
	/// have been read before as somebody else's.
	fn align(&mut self, moved: [Address; 2], came_into_being: bool) {
		if came_into_being {
			let changed = self.database.file_again();
			changed.into_iter().for_each(|address| self.read_balance_again(address));
		}
		for address in moved {
			let owner = self.database.host.owner(address);
			let showing = self.database.showing(owner).to_vec();
			if showing.len() > 1 {
				showing.into_iter().for_each(|address| self.read_balance_again(address));
			}
		}
	}

	/// Whether coins that go to an address make its owner's account.
	fn is_nobody(&self, address: Address, wei: U256) -> bool {
		!wei.is_zero() && self.database.host.account(address).is_none()
	}

	fn read_balance_again(&mut self, address: Address) {
		self.set_balance(address, balance_on(&*self.database.host, address));
	}

	fn set_balance(&mut self, address: Address, balance: U256) {
		let Some(account) = self.inner.state.get_mut(&address) else { return };
		if account.info.balance != balance {
			self.inner.journal.push(JournalEntry::balance_changed(address, account.info.balance));
			account.info.balance = balance;
			self.inner.touch(address);
		}
	}

	fn balance(&self, address: Address) -> U256 {
		self.inner.state.get(&address).map(|account| account.info.balance).unwrap_or_default()
	}

	/// Ends the innermost checkpoint. Returns its snapshot, if a call has left the EVM in it.
	fn end_snapshot(&mut self, end: fn(&mut H)) -> Option<Snapshot> {
		let ended = self.snapshots.end()?;
		end(self.database.host);
		ended.has_left.then_some(ended)
	}

	/// Ends all snapshots that are still open.
	fn end_all(&mut self, end: fn(&mut H)) {
		for _ in &self.snapshots.open {
			end(self.database.host);
		}
		self.snapshots = Snapshots::default();
	}
}

type Load<T> = Result<StateLoad<T>, HostFault>;
type ColdLoad<T> = Result<T, JournalLoadError<HostFault>>;

/// What is not about movements and checkpoints is handed on to revm's own journal.
impl<'a, H: EvmHost> JournalTr for LedgerJournal<'a, H> {
	type Database = HostDatabase<'a, H>;
	type State = EvmState;
	type JournaledAccount<'b>
		= JournaledAccount<'b, HostDatabase<'a, H>, JournalEntry>
	where
		Self: 'b;

	fn new(database: HostDatabase<'a, H>) -> Self {
		let mut inner = JournalInner::new();
		for (address, key, value) in database.host.transient() {
			inner.transient_storage.insert_value(address, key, value);
		}
		Self {
			database,
			inner,
			snapshots: Snapshots::default(),
			made_elsewhere: crossing::MadeElsewhere::default(),
			has_left: false,
		}
	}

	// Movements.

	fn transfer(
		&mut self,
		from: Address,
		to: Address,
		wei: U256,
	) -> Result<Option<TransferError>, HostFault> {
		self.inner.load_account(&mut self.database, from)?;
		self.inner.load_account(&mut self.database, to)?;
		Ok(self.transfer_loaded(from, to, wei))
	}

	fn transfer_loaded(&mut self, from: Address, to: Address, wei: U256) -> Option<TransferError> {
		if wei.is_zero() {
			// As most calls are: nothing moves in the ledger.
			return self.inner.transfer_loaded(from, to, wei);
		}
		let is_new = self.is_nobody(to, wei);
		if self.balance(from) < wei || self.move_in_ledger(from, to, wei).is_err() {
			return Some(TransferError::OutOfFunds);
		}
		let refused = self.inner.transfer_loaded(from, to, wei);
		self.align([from, to], is_new);
		refused
	}

	fn create_account_checkpoint(
		&mut self,
		caller: Address,
		address: Address,
		wei: U256,
		spec: SpecId,
	) -> Result<JournalCheckpoint, TransferError> {
		let checkpoint = self.inner.create_account_checkpoint(caller, address, wei, spec)?;
		self.snapshots.begin();
		if wei.is_zero() {
			return Ok(checkpoint);
		}
		let is_new = self.is_nobody(address, wei);
		if self.move_in_ledger(caller, address, wei).is_err() {
			self.checkpoint_revert(checkpoint);
			return Err(TransferError::OutOfFunds);
		}
		self.align([caller, address], is_new);
		Ok(checkpoint)
	}

	fn selfdestruct(
		&mut self,
		address: Address,
		target: Address,
		skip_cold_load: bool,
	) -> ColdLoad<StateLoad<SelfDestructResult>> {
		let before = self.balance(address);
		let done = self.inner.selfdestruct(&mut self.database, address, target, skip_cold_load)?;
		let moved = before.saturating_sub(self.balance(address));
		if moved.is_zero() {
			return Ok(done);
		}
		let is_new = self.is_nobody(target, moved);
		if address != target {
			self.move_in_ledger(address, target, moved)?;
		} else {
			self.host_mut().burn(address, moved)?;
		}
		self.align([address, target], is_new);
		Ok(done)
	}

	// Checkpoints.

	fn checkpoint(&mut self) -> JournalCheckpoint {
		self.snapshots.begin();
		self.inner.checkpoint()
	}

	fn checkpoint_commit(&mut self) {
		self.made_elsewhere.commit(self.snapshots.checkpoints);
		if self.end_snapshot(H::commit).is_some() {
			self.snapshots.note_leave();
		}
		self.inner.checkpoint_commit();
	}

	fn checkpoint_revert(&mut self, checkpoint: JournalCheckpoint) {
		self.made_elsewhere.revert(self.snapshots.checkpoints);
		let left = self.end_snapshot(H::rollback);
		self.inner.checkpoint_revert(checkpoint);
		if let Some(snapshot) = left {
			self.forget_reads(snapshot.reads);
		}
	}

	fn commit_tx(&mut self) {
		self.end_all(H::commit);
		if self.database.host.is_inner() {
			self.database.host.return_transient(self.transient_slots());
		}
		self.inner.commit_tx();
	}

	fn discard_tx(&mut self) {
		self.end_all(H::rollback);
		self.inner.discard_tx();
	}

	fn finalize(&mut self) -> EvmState {
		self.end_all(H::commit);
		self.inner.finalize()
	}

	// As revm has them.

	fn db_and_state(&self) -> (&HostDatabase<'a, H>, &EvmState) {
		(&self.database, &self.inner.state)
	}

	fn db_and_state_mut(&mut self) -> (&mut HostDatabase<'a, H>, &mut EvmState) {
		(&mut self.database, &mut self.inner.state)
	}

	fn sload_skip_cold_load(
		&mut self,
		address: Address,
		key: StorageKey,
		skip_cold_load: bool,
	) -> ColdLoad<StateLoad<StorageValue>> {
		self.inner.sload_assume_account_present(&mut self.database, address, key, skip_cold_load)
	}

	fn sstore_skip_cold_load(
		&mut self,
		address: Address,
		key: StorageKey,
		value: StorageValue,
		skip_cold_load: bool,
	) -> ColdLoad<StateLoad<SStoreResult>> {
		let database = &mut self.database;
		self.inner.sstore_assume_account_present(database, address, key, value, skip_cold_load)
	}

	fn tload(&mut self, address: Address, key: StorageKey) -> StorageValue {
		self.inner.tload(address, key)
	}

	fn tstore(&mut self, address: Address, key: StorageKey, value: StorageValue) {
		self.inner.tstore(address, key, value);
	}

	fn log(&mut self, log: Log) {
		self.inner.log(log);
	}

	fn take_logs(&mut self) -> Vec<Log> {
		self.inner.take_logs()
	}

	fn logs(&self) -> &[Log] {
		&self.inner.logs
	}

	fn warm_access_list(&mut self, access_list: AddressMap<HashSet<StorageKey>>) {
		self.inner.warm_addresses.set_access_list(access_list);
	}

	fn warm_coinbase_account(&mut self, address: Address) {
		self.inner.warm_addresses.set_coinbase(address);
	}

	fn warm_precompiles(&mut self, addresses: &AddressSet) {
		self.inner.warm_addresses.set_precompile_addresses(addresses);
	}

	fn precompile_addresses(&self) -> &AddressSet {
		self.inner.warm_addresses.precompiles()
	}

	fn set_spec_id(&mut self, spec: SpecId) {
		self.inner.set_spec_id(spec);
	}

	fn set_eip7708_config(&mut self, disabled: bool, eip8246_delayed_clear_disabled: bool) {
		self.inner.set_eip7708_config(disabled, eip8246_delayed_clear_disabled);
	}

	fn touch_account(&mut self, address: Address) {
		self.inner.touch(address);
	}

	#[expect(deprecated)]
	fn caller_accounting_journal_entry(&mut self, address: Address, old: U256, bump: bool) {
		self.inner.caller_accounting_journal_entry(address, old, bump);
	}

	fn balance_incr(&mut self, address: Address, wei: U256) -> Result<(), HostFault> {
		self.inner.balance_incr(&mut self.database, address, wei)
	}

	#[expect(deprecated)]
	fn nonce_bump_journal_entry(&mut self, address: Address) {
		self.inner.nonce_bump_journal_entry(address);
	}

	fn load_account(&mut self, address: Address) -> Load<&Account> {
		self.inner.load_account(&mut self.database, address)
	}

	fn load_account_with_code(&mut self, address: Address) -> Load<&Account> {
		self.inner.load_code(&mut self.database, address)
	}

	fn load_account_delegated(&mut self, address: Address) -> Load<AccountLoad> {
		self.inner.load_account_delegated(&mut self.database, address)
	}

	fn load_account_mut_skip_cold_load(
		&mut self,
		address: Address,
		skip_cold_load: bool,
	) -> ColdLoad<StateLoad<Self::JournaledAccount<'_>>> {
		self.inner.load_account_mut_optional(&mut self.database, address, skip_cold_load)
	}

	fn load_account_mut_optional_code(
		&mut self,
		address: Address,
		load_code: bool,
	) -> Load<Self::JournaledAccount<'_>> {
		self.inner
			.load_account_mut_optional_code(&mut self.database, address, load_code, false)
			.map_err(JournalLoadError::unwrap_db_error)
	}

	fn load_account_info_skip_cold_load(
		&mut self,
		address: Address,
		load_code: bool,
		skip_cold_load: bool,
	) -> ColdLoad<AccountInfoLoad<'_>> {
		let spec = self.inner.cfg.spec;
		let account = self.inner.load_account_optional(
			&mut self.database,
			address,
			load_code,
			skip_cold_load,
		)?;
		let is_empty = account.data.state_clear_aware_is_empty(spec);
		Ok(AccountInfoLoad::new(&account.data.info, account.is_cold, is_empty))
	}

	fn set_code_with_hash(&mut self, address: Address, code: Bytecode, hash: B256) {
		self.inner.set_code_with_hash(address, code, hash);
	}

	fn depth(&self) -> usize {
		self.inner.depth
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;

	/// A snapshot is opened for every checkpoint that is open when the state changes, and ends with it.
	#[test]
	fn snapshots_follow_checkpoints() {
		let mut snapshots = Snapshots::default();
		assert_eq!(snapshots.missing(), 0);
		snapshots.begin();
		snapshots.begin();
		assert_eq!(snapshots.missing(), 2);
		let snapshot = |reads| Snapshot { reads, has_left: false };
		snapshots.open = vec![snapshot(1), snapshot(2)];
		snapshots.begin();
		assert_eq!(snapshots.missing(), 1);
		assert_eq!(snapshots.end(), None, "the third changed nothing");
		snapshots.note_leave();
		assert_eq!(snapshots.end(), Some(Snapshot { has_left: true, ..snapshot(2) }));
		assert_eq!(snapshots.end(), Some(snapshot(1)));
		assert_eq!(snapshots.end(), None, "none is left");
	}
}
