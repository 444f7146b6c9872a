// SPDX-License-Identifier: Apache-2.0
//! Every movement of a token as a log of its contract.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use unum_erc20::{movement_log, AddressSpace};
use unum_vm_engine::{ChainHost, Log, Movement, OnMovement};

use crate::{Config, MovementLogCount, MovementLogs, Pallet};

/// The log of a movement, and where in the block it happened.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MovementLog {
	/// Position of the extrinsic in the block.
	pub extrinsic_index: u32,
	/// What a contract would have logged.
	pub log: Log,
}

impl<T: Config> OnMovement for Pallet<T> {
	fn on_movement(movement: &Movement) {
		let host = ChainHost::<T::Ledger, T::Identity>::default();
		let Some(log) = movement_log(&host, AddressSpace::Evm, movement) else { return };
		let extrinsic_index = frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default();
		let position = MovementLogCount::<T>::get();
		// A block that holds 2³² movements has used its weight long before.
		let Some(next) = position.checked_add(1) else { return };
		MovementLogs::<T>::insert(position, MovementLog { extrinsic_index, log });
		MovementLogCount::<T>::put(next);
	}
}

/// How many there are.
pub(crate) fn count<T: Config>() -> u32 {
	MovementLogCount::<T>::get()
}

/// Takes those from a position on, in order.
pub(crate) fn take_from<T: Config>(first: u32) -> Vec<Log> {
	let count = count::<T>();
	if count <= first {
		return Vec::new();
	}
	MovementLogCount::<T>::put(first);
	(first..count).filter_map(MovementLogs::<T>::take).map(|entry| entry.log).collect()
}

/// Removes those of the block before. Returns how many there were: at most as many as the weight of a
/// block allows.
pub(crate) fn drop_all<T: Config>() -> u32 {
	let count = MovementLogCount::<T>::take();
	(0..count).for_each(MovementLogs::<T>::remove);
	count
}

impl<T: Config> Pallet<T> {
	/// The logs of tokens that moved in this block by other means than a contract, in order.
	pub fn movement_logs() -> Vec<MovementLog> {
		(0..count::<T>()).filter_map(MovementLogs::<T>::get).collect()
	}
}
