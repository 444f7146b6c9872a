// SPDX-License-Identifier: Apache-2.0
//! Calls that leave the EVM for another VM, which may call back into it.
//!
//! ```text
//!   outer run     slot 1 = 5            leave ─► host: slot 1 = 5, nonces, code, transient slots
//!     0x0106      other VM
//!       inner run   reads slot 1: 5, writes 6 ─► host
//!     0x0106                            come back ◄─ host: slot 1 = 6, by journal entries
//!   outer run     reads slot 1: 6
//! ```
//!
//! Both ways are inside the snapshot of the frame that calls 0x0106. Where that frame or one around it
//! fails, the host is rolled back, and the journal's entries are reverted: the run goes on with what it
//! had before. What it has read since is forgotten, because an inner run may have written that. What is
//! pending of the frames that stay is written again by the next call, or at the end.
//!
//! # One transaction, several runs
//! - Each run has gas, refunds and cold addresses of its own, and pays for a transaction of its own.
//! - A slot's original value ([EIP-2200]) is what the run found there when it first looked: that from
//!   before the transaction, unless an inner run had changed it by then.
//! - Transient storage ([EIP-1153]) is that of the outermost run, so a lock in it holds on the way back.
//! - A contract is destroyed by the run that made it, at its end ([EIP-6780]); until then it is there.
//!
//! [EIP-1153]: https://eips.ethereum.org/EIPS/eip-1153
//! [EIP-2200]: https://eips.ethereum.org/EIPS/eip-2200
//! [EIP-6780]: https://eips.ethereum.org/EIPS/eip-6780

use alloc::{collections::BTreeMap, vec::Vec};
use revm::{
	context::journal::{JournalEntry, JournalEntryTr},
	primitives::{Address, KECCAK_EMPTY, U256},
	state::{Account, AccountInfo},
};
use unum_address::Address as UnumAddress;
use unum_ethereum_view::Trace;

use super::LedgerJournal;
use crate::{
	limits::{ACCOUNT_COMPARED_GAS, SLOT_COMPARED_GAS},
	AccountChanges, EvmAccount, EvmHost, HostFault,
};

/// A slot of transient storage: whose, which, and what is in it.
pub type TransientSlot = (Address, U256, U256);

/// Addresses that calls into other VMs have brought to life, with the checkpoint that they depend on.
#[derive(Debug, Default)]
pub(super) struct MadeElsewhere(Vec<(usize, UnumAddress)>);

impl MadeElsewhere {
	/// The innermost of `checkpoints` is kept: what depends on it depends on the one around from now on.
	pub(super) fn commit(&mut self, checkpoints: usize) {
		let around = checkpoints.saturating_sub(1);
		self.0.iter_mut().for_each(|(depth, _)| *depth = around.min(*depth));
	}

	/// The innermost of `checkpoints` is undone.
	pub(super) fn revert(&mut self, checkpoints: usize) {
		self.0.retain(|(depth, _)| *depth < checkpoints);
	}
}

impl<H: EvmHost> LedgerJournal<'_, H> {
	/// How much gas it costs to compare what this run has loaded with the chain's state.
	pub fn comparison_gas(&self) -> u64 {
		let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
		let slots = self.inner.state.values().map(|account| account.storage.len());
		let transient = self.inner.transient_storage.values().map(|slots| slots.len());
		let slots = slots.chain(transient).map(count).fold(0, u64::saturating_add);
		let accounts = count(self.inner.state.len()).saturating_mul(ACCOUNT_COMPARED_GAS);
		slots.saturating_mul(SLOT_COMPARED_GAS).saturating_add(accounts)
	}

	/// Writes what is pending to the chain's state, for the VM that is called and whoever it calls.
	///
	/// # Errors
	/// Those of [`EvmHost::keep`].
	pub fn leave(&mut self) -> Result<(), HostFault> {
		self.has_left = true;
		self.host_mut();
		self.snapshots.note_leave();
		let transient = self.transient_slots();
		let host = &mut *self.database.host;
		let touched = self.inner.state.iter().filter(|(_, account)| account.is_touched());
		let pending: BTreeMap<Address, AccountChanges> = touched
			.filter_map(|(address, account)| Some((*address, pending(host, *address, account)?)))
			.collect();
		for (address, changes) in &pending {
			host.keep(*address, changes)?;
		}
		host.lend_transient(transient);
		// Slots of new contracts are read from the chain's state, too: others may write them now.
		self.inner.state.values_mut().for_each(Account::unmark_created);
		Ok(())
	}

	/// Takes over what has changed in the chain's state meanwhile. `created`: the addresses that the call
	/// has brought to life.
	pub fn come_back(&mut self, created: Vec<UnumAddress>) {
		self.take_movement_logs();
		let depth = self.snapshots.checkpoints;
		self.made_elsewhere.0.extend(created.into_iter().map(|address| (depth, address)));
		self.database.file_again();
		let addresses: Vec<Address> = self.inner.state.keys().copied().collect();
		for address in addresses {
			let on_host = self.database.host.account(address).unwrap_or_default();
			self.set_balance(address, on_host.balance);
			self.set_info(address, &on_host);
			self.set_slots(address);
		}
		self.set_transient();
	}

	/// Whether a call has left the EVM: what is pending can't be told by original values any more.
	pub fn has_left(&self) -> bool {
		self.has_left
	}

	/// What calls into other VMs have brought to life.
	pub fn take_made_elsewhere(&mut self) -> Vec<UnumAddress> {
		core::mem::take(&mut self.made_elsewhere.0)
			.into_iter()
			.map(|(_, address)| address)
			.collect()
	}

	/// Takes what was recorded of inner runs.
	pub fn take_inner_traces(&mut self) -> Vec<Trace> {
		self.database.host.take_inner_traces()
	}

	/// Forgets what was read after the first `reads` accounts and slots: the host is what it was before.
	/// Whatever was read first in a frame that is undone has no entry in the journal any more.
	pub(super) fn forget_reads(&mut self, reads: usize) {
		for (address, slot) in self.database.take_reads(reads) {
			match (slot, self.inner.state.get_mut(&address)) {
				(Some(slot), Some(account)) => drop(account.storage.remove(&slot)),
				(None, Some(_)) => drop(self.inner.state.remove(&address)),
				(_, None) => {},
			}
		}
		self.database.file_again();
	}

	/// What is in transient storage, in order.
	pub(super) fn transient_slots(&self) -> Vec<TransientSlot> {
		let slots: BTreeMap<(Address, U256), U256> = (self.inner.transient_storage.iter())
			.flat_map(|(address, slots)| {
				slots.iter().map(|(key, value)| ((*address, *key), *value))
			})
			.filter(|(_, value)| !value.is_zero())
			.collect();
		slots.into_iter().map(|((address, key), value)| (address, key, value)).collect()
	}

	fn set_info(&mut self, address: Address, on_host: &EvmAccount) {
		let Some(account) = self.inner.state.get_mut(&address) else { return };
		let (journal, info) = (&mut self.inner.journal, &mut account.info);
		if info.nonce != on_host.nonce {
			journal.push(JournalEntry::nonce_changed(address, info.nonce));
			info.nonce = on_host.nonce;
		}
		let hash = on_host.code_hash.unwrap_or(KECCAK_EMPTY);
		if info.code_hash != hash {
			journal.push(JournalEntry::code_changed(address, info.code_hash, info.code.take()));
			info.code_hash = hash;
		}
	}

	fn set_slots(&mut self, address: Address) {
		let Some(account) = self.inner.state.get_mut(&address) else { return };
		for (key, slot) in &mut account.storage {
			let value = self.database.host.storage(address, *key);
			let before = slot.present_value();
			if before != value {
				self.inner.journal.push(JournalEntry::storage_changed(address, *key, before));
				slot.present_value = value;
			}
		}
	}

	fn set_transient(&mut self) {
		let emptied =
			self.transient_slots().into_iter().map(|(of, key, _)| ((of, key), U256::ZERO));
		let mut slots: BTreeMap<_, _> = emptied.collect();
		let after = self.database.host.take_back_transient();
		slots.extend(after.into_iter().map(|(of, key, value)| ((of, key), value)));
		slots.into_iter().for_each(|((of, key), value)| self.inner.tstore(of, key, value));
	}
}

/// What the host does not have yet of an account that is not at its end: nothing, mostly.
fn pending<H: EvmHost>(host: &H, address: Address, account: &Account) -> Option<AccountChanges> {
	let on_host = host.account(address).unwrap_or_default();
	let changes = unwritten(host, address, account, &on_host);
	let is_any =
		!changes.storage.is_empty() || changes.code.is_some() || changes.nonce > on_host.nonce;
	is_any.then_some(changes)
}

/// What the host does not have of an account, by what it has.
pub(crate) fn unwritten<H: EvmHost>(
	host: &H,
	address: Address,
	account: &Account,
	on_host: &EvmAccount,
) -> AccountChanges {
	let AccountInfo { balance, nonce, code_hash, code, .. } = &account.info;
	let has_new_code = on_host.code_hash.unwrap_or(KECCAK_EMPTY) != *code_hash;
	let slots = account.storage.iter().map(|(slot, value)| (*slot, value.present_value()));
	AccountChanges {
		destroyed: false,
		created: account.is_created_locally(),
		balance: *balance,
		nonce: *nonce,
		code: (code.as_ref().filter(|_| has_new_code))
			.map(|code| (*code_hash, code.original_bytes())),
		storage: slots.filter(|(slot, value)| host.storage(address, *slot) != *value).collect(),
	}
}
