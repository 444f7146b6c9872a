// SPDX-License-Identifier: Apache-2.0
//! The chain, as the EVM sees it.

use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::{
	fungible::Mutate,
	tokens::{Fortitude, Precision, Preservation},
	Get,
};
use frame_system::pallet_prelude::BlockNumberFor;
use revm::primitives::{Address, Bytes, Log, LogData, B256, U256};
use sp_core::{H160, H256};
use sp_runtime::{
	traits::{Hash, Keccak256, SaturatedConversion},
	AccountId32,
};
use unum_address::{Address as UnumAddress, EvmAddress, VmKind};
use unum_erc20::{
	limits::{VIEW_CODE, VIEW_CODE_HASH},
	AddressSpace,
};
use unum_ethereum_view::{Trace, TraceOptions};
use unum_evm_engine::{
	AccountChanges, Environment, EvmAccount, EvmChain, EvmHost, HostFault, TokenViewHost,
	TransientSlot,
};
use unum_id_com::IdCom;
use unum_units::LedgerAmount;
use unum_vm_engine::{
	Asset, ChainHost, EngineFault, IdentityRegistry, TokenLedger, UnifiedLedger, VmCall,
	VmCallResult, VmCalls,
};

use crate::{
	contracts, crypto, runs, tracing, ChainId, CodeHashes, Codes, Config, Pallet, LOG_TARGET,
};

/// How many block hashes contracts can ask for (yellow paper, BLOCKHASH).
const BLOCK_HASHES: u64 = 256;

/// The chain's state, for one operation of the EVM.
#[derive(Debug)]
pub struct ChainEvmHost<T: Config> {
	ledger: ChainHost<T::Ledger, T::Identity>,
	/// What was recorded of runs within this one.
	inner_traces: Vec<Trace>,
	_config: PhantomData<T>,
}

impl<T: Config> ChainEvmHost<T> {
	pub(crate) fn new() -> Self {
		crypto::install();
		Self { ledger: ChainHost::default(), inner_traces: Vec::new(), _config: PhantomData }
	}

	fn is_token(address: Address) -> bool {
		T::Ledger::token_at(evm(address)).is_some()
	}

	fn spendable(owner: IdCom) -> u128 {
		// The native coin has no mint that could be unknown.
		T::Ledger::spendable(Asset::Native, owner).map(LedgerAmount::get).unwrap_or_default()
	}
}

fn evm(address: Address) -> EvmAddress {
	address.into_array().into()
}

pub(crate) fn h160(address: Address) -> H160 {
	H160(address.into_array())
}

pub(crate) fn h256(word: U256) -> H256 {
	H256(word.to_be_bytes())
}

fn owner_of<T: Config>(address: Address) -> IdCom {
	T::Identity::resolve(&UnumAddress::Evm(evm(address)))
}

/// No balance has more than 128 bits, so nobody can move more.
fn amount(wei: U256) -> Result<u128, HostFault> {
	u128::try_from(wei).map_err(|_| HostFault::MovementRefused)
}

impl<T: Config> EvmHost for ChainEvmHost<T> {
	fn account(&self, address: Address) -> Option<EvmAccount> {
		let owner = owner_of::<T>(address);
		let balance = U256::from(Self::spendable(owner));
		if Self::is_token(address) {
			let code_hash = Some(B256::from(VIEW_CODE_HASH));
			return Some(EvmAccount { nonce: 1, balance, code_hash });
		}
		let code_hash = CodeHashes::<T>::get(h160(address)).map(|hash| B256::from(hash.0));
		let account = AccountId32::from(owner);
		let entry = frame_system::Account::<T>::try_get(&account).ok();
		let exists = code_hash.is_some() || entry.is_some();
		let nonce = entry.map(|entry| entry.nonce).unwrap_or_default().saturated_into();
		exists.then_some(EvmAccount { nonce, balance, code_hash })
	}

	fn owner(&self, address: Address) -> IdCom {
		owner_of::<T>(address)
	}

	fn code(&self, hash: B256) -> Bytes {
		let hash = H256(hash.0);
		match Codes::<T>::get(hash) {
			Some(code) => code.bytes.into(),
			None if hash.0 == VIEW_CODE_HASH => Bytes::from_static(VIEW_CODE),
			None => Bytes::new(),
		}
	}

	fn storage(&self, address: Address, slot: U256) -> U256 {
		U256::from_be_bytes(Pallet::<T>::storage_at(h160(address), h256(slot)).0)
	}

	fn block_hash(&self, number: u64) -> B256 {
		let now: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
		let is_recent = number < now && now.saturating_sub(number) <= BLOCK_HASHES;
		let Some(number) = BlockNumberFor::<T>::try_from(number).ok().filter(|_| is_recent) else {
			return B256::ZERO;
		};
		B256::from(frame_system::Pallet::<T>::block_hash(number).0)
	}

	fn transfer(&mut self, from: Address, to: Address, wei: U256) -> Result<(), HostFault> {
		let amount = LedgerAmount::new(amount(wei)?);
		let (from, to) = (owner_of::<T>(from), owner_of::<T>(to));
		T::Ledger::transfer(Asset::Native, from, to, amount).map_err(|_| HostFault::MovementRefused)
	}

	fn burn(&mut self, from: Address, wei: U256) -> Result<(), HostFault> {
		T::Currency::burn_from(
			&owner_of::<T>(from).into(),
			amount(wei)?,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)
		.map(drop)
		.map_err(|_| HostFault::MovementRefused)
	}

	fn take_movement_logs(&mut self) -> Vec<Log> {
		runs::take_logs::<T>().into_iter().filter_map(to_revm).collect()
	}

	fn keep(&mut self, address: Address, changes: &AccountChanges) -> Result<(), HostFault> {
		let owner = owner_of::<T>(address);
		if U256::from(Self::spendable(owner)) != changes.balance {
			log::error!(target: LOG_TARGET, "the balance of {address} is not the ledger's");
			return Err(HostFault::BalancesDiffer);
		}
		if changes.destroyed {
			// Only a contract of this same transaction is destroyed (EIP-6780): nothing of it is here but
			// what was written for another VM, and what it was paid after its end, which goes with it.
			forget::<T>(address, owner);
			return if changes.balance.is_zero() {
				Ok(())
			} else {
				self.burn(address, changes.balance)
			};
		}
		let is_empty = changes.balance.is_zero() && changes.nonce == 0 && changes.code.is_none();
		if is_empty && !CodeHashes::<T>::contains_key(h160(address)) {
			// EIP-161: what was only touched leaves nothing behind.
			return Ok(());
		}
		keep_nonce::<T>(owner, changes)?;
		// From now on logs show the owner under this address: no other is known to who looks at them.
		T::Identity::note_address(&UnumAddress::Evm(evm(address)));
		let address = h160(address);
		if let Some((hash, code)) = &changes.code {
			contracts::set_code::<T>(address, H256(hash.0), code.to_vec());
		}
		for (slot, value) in &changes.storage {
			contracts::set_slot::<T>(address, h256(*slot), h256(*value));
		}
		Ok(())
	}

	fn is_inner(&self) -> bool {
		runs::is_inner()
	}

	fn transient(&self) -> Vec<TransientSlot> {
		runs::transient::<T>()
	}

	fn return_transient(&mut self, slots: Vec<TransientSlot>) {
		runs::return_transient::<T>(slots)
	}

	fn lend_transient(&mut self, slots: Vec<TransientSlot>) {
		runs::lend_transient::<T>(slots)
	}

	fn take_back_transient(&mut self) -> Vec<TransientSlot> {
		runs::take_back_transient::<T>()
	}

	fn take_inner_traces(&mut self) -> Vec<Trace> {
		core::mem::take(&mut self.inner_traces)
	}

	fn begin(&mut self) {
		sp_io::storage::start_transaction();
	}

	fn commit(&mut self) {
		sp_io::storage::commit_transaction();
	}

	fn rollback(&mut self) {
		sp_io::storage::rollback_transaction();
	}
}

/// Removes what was written of a contract before it was destroyed. Its nonce is one at least, then, and
/// was none before.
fn forget<T: Config>(address: Address, owner: IdCom) {
	let account = AccountId32::from(owner);
	if frame_system::Pallet::<T>::account_nonce(&account) != T::Nonce::default() {
		contracts::remove::<T>(h160(address));
		frame_system::Account::<T>::mutate(&account, |entry| entry.nonce = T::Nonce::default());
	}
}

/// Nonces are the identity's, and never fall. A contract's account is never reaped.
fn keep_nonce<T: Config>(owner: IdCom, changes: &AccountChanges) -> Result<(), HostFault> {
	let account = AccountId32::from(owner);
	let nonce = T::Nonce::try_from(changes.nonce).map_err(|_| HostFault::NotStored)?;
	if nonce <= frame_system::Pallet::<T>::account_nonce(&account) {
		return Ok(());
	}
	T::Identity::retain(owner);
	frame_system::Account::<T>::mutate(&account, |entry| entry.nonce = nonce);
	Ok(())
}

fn to_revm(log: unum_vm_engine::Log) -> Option<Log> {
	let UnumAddress::Evm(emitter) = log.emitter else { return None };
	let topics = log.topics.iter().map(|topic| B256::from(topic.0)).collect();
	let data = LogData::new(topics, log.data.into())?;
	Some(Log { address: Address::from(<[u8; 20]>::from(emitter)), data })
}

impl<T: Config> TokenViewHost for ChainEvmHost<T> {
	type Ledger = ChainHost<T::Ledger, T::Identity>;

	fn ledger(&self) -> &Self::Ledger {
		&self.ledger
	}

	fn ledger_mut(&mut self) -> &mut Self::Ledger {
		&mut self.ledger
	}

	/// The EVM does not call itself this way: CALL does it, without a transaction of its own.
	fn call_vm(&mut self, call: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		if call.vm == VmKind::EVM {
			return Ok(VmCallResult::refused("call contracts of the EVM by CALL"));
		}
		let first_trace = tracing::count();
		let result = T::Vms::call(call);
		self.inner_traces.extend(tracing::take_from(first_trace));
		result
	}
}

impl<T: Config> EvmChain for ChainEvmHost<T> {
	fn environment(&self) -> Environment {
		let shown = |author| *AddressSpace::Evm.holder(&self.ledger, author).as_bytes();
		let author = T::Author::get().map(IdCom::from);
		let beneficiary = author.map(shown).map(Address::from).unwrap_or_default();
		let parent = frame_system::Pallet::<T>::parent_hash();
		Environment {
			chain_id: ChainId::<T>::get(),
			beneficiary,
			prevrandao: B256::from(Keccak256::hash(parent.as_bytes()).0),
			gas_limit: T::BlockGasLimit::get(),
			transaction_gas_limit: T::TransactionGasLimit::get(),
			base_fee: T::GasPrice::get(),
		}
	}

	fn recover(&self, prehash: &[u8; 32], signature: &[u8; 64], parity: u8) -> Option<[u8; 64]> {
		crypto::recover(prehash, signature, parity)
	}

	fn trace_options(&self) -> TraceOptions {
		tracing::options()
	}

	fn keep_trace(&mut self, trace: Trace) {
		tracing::keep(trace)
	}

	fn within<R>(&mut self, run: impl FnOnce(&mut Self) -> R) -> R {
		runs::within(|| run(self))
	}

	fn place_logs(&mut self, logs: Vec<unum_vm_engine::Log>) -> Vec<unum_vm_engine::Log> {
		runs::place_logs::<T>(logs)
	}
}
