// SPDX-License-Identifier: Apache-2.0
//! System variables, as they are stored (`bincode`; crates `solana-clock`, `solana-epoch-schedule`,
//! `solana-slot-hashes` and others).

use alloc::vec::Vec;
use unum_address::SvmAddress;

use unum_solana_transaction::ResolvedMessage;

use crate::{fixed::zeros, ids, rent, Environment};

/// How many slots an epoch has (`DEFAULT_SLOTS_PER_EPOCH`).
pub(crate) const SLOTS_PER_EPOCH: u64 = 432_000;

/// Bytes that lists have room for, which programs count on: 512 slots with their hashes, 512 epochs with
/// their stakes, 150 blockhashes with their fees (`SlotHashes::size_of` and so on).
const SLOT_HASHES_BYTES: usize = 20_488;
const STAKE_HISTORY_BYTES: usize = 16_392;
const RECENT_BLOCKHASHES_BYTES: usize = 6_008;

/// The data of a system variable. That of instructions is empty here: it lives within a transaction.
pub(crate) fn data(environment: &Environment, key: &SvmAddress) -> Option<Vec<u8>> {
	let is = |id: fn() -> SvmAddress| *key == id();
	Some(match () {
		() if is(ids::clock_sysvar) => clock(environment),
		() if is(ids::rent_sysvar) => rent::sysvar(),
		() if is(ids::epoch_schedule_sysvar) => epoch_schedule(),
		() if is(ids::slot_hashes_sysvar) => slot_hashes(environment),
		() if is(ids::recent_blockhashes_sysvar) => recent_blockhashes(environment),
		// A number of entries.
		() if is(ids::stake_history_sysvar) => zeros(STAKE_HISTORY_BYTES),
		// Eight numbers and a flag.
		() if is(ids::epoch_rewards_sysvar) => zeros(81),
		() if is(ids::last_restart_slot_sysvar) => zeros(8),
		() if is(ids::instructions_sysvar) => Vec::new(),
		() => return None,
	})
}

/// The epoch of a slot.
pub(crate) fn epoch(slot: u64) -> u64 {
	slot.checked_div(SLOTS_PER_EPOCH).unwrap_or_default()
}

fn numbers<const N: usize>(numbers: [u64; N]) -> Vec<u8> {
	numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Slot, beginning of the epoch, epoch, epoch of the leader schedule, time.
fn clock(environment: &Environment) -> Vec<u8> {
	let epoch = epoch(environment.slot);
	let mut data = numbers([environment.slot]);
	// The beginning of the epoch is not kept; what programs read is the time itself.
	data.extend_from_slice(&environment.unix_timestamp.to_le_bytes());
	data.extend(numbers([epoch, epoch.saturating_add(1)]));
	data.extend_from_slice(&environment.unix_timestamp.to_le_bytes());
	data
}

/// Slots of an epoch, of the leader schedule, no warm-up, first normal epoch and slot.
fn epoch_schedule() -> Vec<u8> {
	let mut data = numbers([SLOTS_PER_EPOCH, SLOTS_PER_EPOCH]);
	data.push(0);
	data.extend(numbers([0, 0]));
	data
}

/// One entry: the parent's slot and blockhash.
fn slot_hashes(environment: &Environment) -> Vec<u8> {
	let mut data = numbers([1, environment.slot.saturating_sub(1)]);
	data.extend_from_slice(&environment.blockhash);
	data.resize(SLOT_HASHES_BYTES, 0);
	data
}

/// One entry: the newest blockhash and what a signature costs.
fn recent_blockhashes(environment: &Environment) -> Vec<u8> {
	let mut data = numbers([1]);
	data.extend_from_slice(&environment.blockhash);
	data.extend(numbers([environment.lamports_per_signature]));
	data.resize(RECENT_BLOCKHASHES_BYTES, 0);
	data
}

/// The flags of an account in the system variable of instructions.
const IS_SIGNER: u8 = 1;
const IS_WRITABLE: u8 = 2;

/// The data of the system variable of instructions (`construct_instructions_data` of
/// `solana-instructions-sysvar` 4.0): how many, where each begins; of each its accounts with their flags,
/// its program and its data; at the end the position of the one that runs.
pub(crate) fn instructions(message: &ResolvedMessage, current: u8) -> Vec<u8> {
	let instructions = message.message().instructions();
	let number = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
	let mut data = number(instructions.len()).to_vec();
	let table = data.len();
	data.resize(table.saturating_add(instructions.len().saturating_mul(2)), 0);
	for (index, instruction) in instructions.iter().enumerate() {
		let begin = number(data.len());
		let place = table.saturating_add(index.saturating_mul(2));
		if let Some(place) = data.get_mut(place..place.saturating_add(2)) {
			place.copy_from_slice(&begin);
		}
		data.extend_from_slice(&number(instruction.accounts.len()));
		for account in instruction.accounts.iter().map(|account| usize::from(*account)) {
			let signer = if message.is_signer(account) { IS_SIGNER } else { 0 };
			let writable = if message.is_writable(account) { IS_WRITABLE } else { 0 };
			data.push(signer | writable);
			data.extend_from_slice(key(message, account));
		}
		data.extend_from_slice(key(message, instruction.program_id_index.into()));
		data.extend_from_slice(&number(instruction.data.len()));
		data.extend_from_slice(&instruction.data);
	}
	data.extend_from_slice(&u16::from(current).to_le_bytes());
	data
}

fn key(message: &ResolvedMessage, index: usize) -> &[u8; 32] {
	message.account_keys().get(index).unwrap_or(&SvmAddress::ZERO).as_bytes()
}
