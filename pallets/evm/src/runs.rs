// SPDX-License-Identifier: Apache-2.0
//! The runs of the EVM within one transaction: one in another, where a contract calls another VM and that
//! calls the EVM.
//!
//! What belongs to a run and is undone with it is in the chain's state, by the run's level, and is gone
//! when the transaction ends. The level itself is as deep as the stack is, whatever is undone.

use alloc::vec::Vec;
use revm::primitives::U256;
use sp_core::H256;
use unum_evm_engine::TransientSlot;
use unum_vm_engine::{Log, VmCalls};

use crate::{
	host::{h160, h256},
	Config, MovementLogs, RunLogs, RunTransient,
};

environmental::environmental!(running: u32);

/// Does something as a part of a further run.
pub(crate) fn within<R>(run: impl FnOnce() -> R) -> R {
	let mut deeper = level().saturating_add(1);
	running::using(&mut deeper, run)
}

/// How many runs there are, one in the other.
fn level() -> u32 {
	running::with(|level| *level).unwrap_or_default()
}

/// Whether there is a run around the one at hand.
pub(crate) fn is_inner() -> bool {
	level() > 1
}

fn extrinsic<T: Config>() -> u32 {
	frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default()
}

/// A further log: of the run at hand, or of nobody's.
pub(crate) fn log<T: Config>(log: Log) {
	match level() {
		0 => MovementLogs::<T>::append((extrinsic::<T>(), log)),
		level => RunLogs::<T>::append((extrinsic::<T>(), level), log),
	}
}

/// Takes the logs of the run at hand, in order.
pub(crate) fn take_logs<T: Config>() -> Vec<Log> {
	RunLogs::<T>::take((extrinsic::<T>(), level()))
}

/// Takes the logs of a run that has ended, unless they belong in the receipt.
pub(crate) fn place_logs<T: Config>(logs: Vec<Log>) -> Vec<Log> {
	if level() == 0 && T::Vms::depth() == 0 {
		return logs;
	}
	logs.into_iter().for_each(log::<T>);
	Vec::new()
}

/// The transient storage of the run at hand, as the run around it has lent it.
pub(crate) fn transient<T: Config>() -> Vec<TransientSlot> {
	if !is_inner() {
		return Vec::new();
	}
	slots(RunTransient::<T>::get((extrinsic::<T>(), level())))
}

/// Keeps the transient storage of the run at hand for the run around it.
pub(crate) fn return_transient<T: Config>(slots: Vec<TransientSlot>) {
	if is_inner() {
		keep::<T>(level(), slots);
	}
}

/// Keeps the transient storage of the run at hand for those that are in it.
pub(crate) fn lend_transient<T: Config>(slots: Vec<TransientSlot>) {
	keep::<T>(level().saturating_add(1), slots);
}

/// Takes back what was lent.
pub(crate) fn take_back_transient<T: Config>() -> Vec<TransientSlot> {
	slots(RunTransient::<T>::take((extrinsic::<T>(), level().saturating_add(1))))
}

fn keep<T: Config>(level: u32, slots: Vec<TransientSlot>) {
	let key = (extrinsic::<T>(), level);
	if slots.is_empty() {
		// Mostly there is none: nothing is written then.
		let _ = RunTransient::<T>::take(key);
		return;
	}
	let words = slots.into_iter().map(|(of, slot, value)| (h160(of), h256(slot), h256(value)));
	RunTransient::<T>::insert(key, words.collect::<Vec<_>>());
}

fn slots(words: Vec<(sp_core::H160, H256, H256)>) -> Vec<TransientSlot> {
	let number = |word: H256| U256::from_be_bytes(word.0);
	words.into_iter().map(|(of, slot, value)| (of.0.into(), number(slot), number(value))).collect()
}
