// SPDX-License-Identifier: Apache-2.0
//! The host as revm reads it.

use alloc::{collections::BTreeMap, vec::Vec};
use revm::{
	database_interface::Database,
	primitives::{Address, StorageKey, StorageValue, B256, KECCAK_EMPTY, U256},
	state::{AccountInfo, Bytecode},
};
use unum_id_com::IdCom;

use crate::{EvmHost, HostFault};

/// The host, and what one transaction needs to know on top of it.
#[derive(Debug)]
pub struct HostDatabase<'a, H> {
	pub(crate) host: &'a mut H,
	/// The nonce that the transaction was signed with, where the host has counted it already.
	sender: Option<(Address, u64)>,
	/// The addresses that were read, by whose balance they show.
	shown: BTreeMap<IdCom, Vec<Address>>,
	/// The accounts and the slots that were read, in order.
	reads: Vec<(Address, Option<StorageKey>)>,
}

impl<'a, H: EvmHost> HostDatabase<'a, H> {
	/// The host as it is.
	pub fn new(host: &'a mut H) -> Self {
		Self { host, sender: None, shown: BTreeMap::new(), reads: Vec::new() }
	}

	/// The host, but with another nonce for one address: the chain counts a transaction before it
	/// runs, and the address of a contract depends on the nonce from before that.
	pub fn with_nonce(host: &'a mut H, address: Address, nonce: u64) -> Self {
		Self { sender: Some((address, nonce)), ..Self::new(host) }
	}

	/// The addresses read so far that show the balance of `owner`.
	pub(crate) fn showing(&self, owner: IdCom) -> &[Address] {
		self.shown.get(&owner).map(Vec::as_slice).unwrap_or_default()
	}

	/// Files every address read so far under the identity that owns it now. Returns those that have
	/// changed hands.
	pub(crate) fn file_again(&mut self) -> Vec<Address> {
		let mut changed = Vec::new();
		for address in self.read() {
			let owner = self.host.owner(address);
			let is_filed = self.showing(owner).contains(&address);
			if !is_filed {
				for addresses in self.shown.values_mut() {
					addresses.retain(|shown| *shown != address);
				}
				self.shown.entry(owner).or_default().push(address);
				changed.push(address);
			}
		}
		changed
	}

	/// Every address read so far.
	pub(crate) fn read(&self) -> Vec<Address> {
		self.shown.values().flatten().copied().collect()
	}

	/// How many accounts and slots were read.
	pub(crate) fn reads(&self) -> usize {
		self.reads.len()
	}

	/// Takes the accounts and slots that were read after the first `count`.
	pub(crate) fn take_reads(&mut self, count: usize) -> Vec<(Address, Option<StorageKey>)> {
		self.reads.split_off(count.min(self.reads.len()))
	}

	fn nonce_of(&self, address: Address, nonce: u64) -> u64 {
		match self.sender {
			Some((sender, signed)) if sender == address => signed,
			_ => nonce,
		}
	}
}

impl<H: EvmHost> Database for HostDatabase<'_, H> {
	type Error = HostFault;

	fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, HostFault> {
		let owner = self.host.owner(address);
		let shown = self.shown.entry(owner).or_default();
		if !shown.contains(&address) {
			shown.push(address);
		}
		self.reads.push((address, None));
		Ok(self.host.account(address).map(|account| AccountInfo {
			balance: account.balance,
			nonce: self.nonce_of(address, account.nonce),
			code_hash: account.code_hash.unwrap_or(KECCAK_EMPTY),
			code: account.code_hash.is_none().then(Bytecode::default),
			..AccountInfo::default()
		}))
	}

	fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, HostFault> {
		// Code that is no valid delegation was never stored.
		Bytecode::new_raw_checked(self.host.code(hash)).map_err(|_| HostFault::NotStored)
	}

	fn storage(&mut self, address: Address, slot: StorageKey) -> Result<StorageValue, HostFault> {
		self.reads.push((address, Some(slot)));
		Ok(self.host.storage(address, slot))
	}

	fn block_hash(&mut self, number: u64) -> Result<B256, HostFault> {
		Ok(self.host.block_hash(number))
	}
}

/// The balance of an address on the host, in wei.
pub(crate) fn balance_on<H: EvmHost>(host: &H, address: Address) -> U256 {
	host.account(address).map(|account| account.balance).unwrap_or_default()
}
