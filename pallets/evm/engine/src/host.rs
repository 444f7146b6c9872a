// SPDX-License-Identifier: Apache-2.0
//! What the EVM asks of the chain.

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;
use revm::{
	database_interface::DBErrorMarker,
	primitives::{Address, Bytes, Log, B256, U256},
};
use unum_ethereum_view::Trace;
use unum_id_com::IdCom;

use crate::TransientSlot;

/// An account as the EVM reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct EvmAccount {
	/// How many transactions it has sent, or, of a contract, how many contracts it has made plus one.
	pub nonce: u64,
	/// What it can spend of the native coin, in wei (base units).
	pub balance: U256,
	/// Keccak-256 of its code; `None` without code.
	pub code_hash: Option<B256>,
}

/// What a transaction leaves behind of one account.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AccountChanges {
	/// Whether the account was destroyed: its code, its storage and its nonce go, as far as they were
	/// written before a call into another VM.
	pub destroyed: bool,
	/// Whether the account was made: whatever storage was at its address before is not its own.
	pub created: bool,
	/// Its balance in wei. The chain's ledger has it already, because each movement was made there.
	pub balance: U256,
	/// Its nonce.
	pub nonce: u64,
	/// Its code and the hash of it, if it has changed; empty code takes the code away.
	pub code: Option<(B256, Bytes)>,
	/// The slots that have changed, with what is in them now. Zero empties a slot.
	pub storage: BTreeMap<U256, U256>,
}

/// The chain did what the EVM's own rules exclude: a defect of ours, which undoes the transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HostFault {
	/// The ledger refused a movement that its balances allow.
	MovementRefused,
	/// After the transaction, a balance in the EVM is not the one in the ledger.
	BalancesDiffer,
	/// The chain can't keep the account as the EVM left it.
	NotStored,
}

impl fmt::Display for HostFault {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::MovementRefused => "the ledger refused a movement that its balances allow",
			Self::BalancesDiffer => "a balance in the EVM is not the one in the ledger",
			Self::NotStored => "the chain can't keep an account as the EVM left it",
		})
	}
}

impl core::error::Error for HostFault {}
impl DBErrorMarker for HostFault {}

/// Accounts, code, storage and the native coin, as the chain keeps them.
///
/// Amounts are wei, which are the ledger's base units. Several addresses may belong to one identity
/// and then share its balance: [`Self::owner`] tells.
///
/// # Snapshots
/// `begin` opens a snapshot of all state of the chain, `commit` keeps what happened since the last
/// open one, `rollback` undoes it. The engine nests them properly and leaves none open.
pub trait EvmHost {
	/// The account at an address; `None` where there is nothing.
	fn account(&self, address: Address) -> Option<EvmAccount>;

	/// The identity whose balance the address shows.
	fn owner(&self, address: Address) -> IdCom;

	/// The code with this Keccak-256; empty where there is none.
	fn code(&self, hash: B256) -> Bytes;

	/// What is in a slot of a contract's storage; zero where nothing is.
	fn storage(&self, address: Address, slot: U256) -> U256;

	/// The hash of a block among the last 256; zero for others.
	fn block_hash(&self, number: u64) -> B256;

	/// Moves native coin.
	///
	/// # Errors
	/// [`HostFault::MovementRefused`], with nothing changed.
	fn transfer(&mut self, from: Address, to: Address, wei: U256) -> Result<(), HostFault>;

	/// Destroys native coin, which is what becomes of the balance of a contract that names itself as
	/// the heir in the transaction that made it.
	///
	/// # Errors
	/// [`HostFault::MovementRefused`], with nothing changed.
	fn burn(&mut self, from: Address, wei: U256) -> Result<(), HostFault>;

	/// Takes the logs of the movements of tokens since this was last asked, in order.
	fn take_movement_logs(&mut self) -> Vec<Log>;

	/// Keeps what a transaction has changed of an account.
	///
	/// # Errors
	/// [`HostFault::BalancesDiffer`], [`HostFault::NotStored`].
	fn keep(&mut self, address: Address, changes: &AccountChanges) -> Result<(), HostFault>;

	/// Whether the run is an inner one: another VM, called by a run around, has called the EVM.
	fn is_inner(&self) -> bool {
		false
	}

	/// What an inner run finds in transient storage: what the run around has lent, or the inner run
	/// before has returned.
	fn transient(&self) -> Vec<TransientSlot> {
		Vec::new()
	}

	/// At its end an inner run returns its transient storage.
	fn return_transient(&mut self, _slots: Vec<TransientSlot>) {}

	/// Lends transient storage to inner runs.
	fn lend_transient(&mut self, _slots: Vec<TransientSlot>) {}

	/// Takes it back as the last of them has returned it.
	fn take_back_transient(&mut self) -> Vec<TransientSlot> {
		Vec::new()
	}

	/// Takes what was recorded of inner runs since this was last asked.
	fn take_inner_traces(&mut self) -> Vec<Trace> {
		Vec::new()
	}

	/// Opens a snapshot.
	fn begin(&mut self);
	/// Keeps what happened since the snapshot that was opened last.
	fn commit(&mut self);
	/// Undoes what happened since the snapshot that was opened last.
	fn rollback(&mut self);
}
