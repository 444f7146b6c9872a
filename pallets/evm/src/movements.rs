// SPDX-License-Identifier: Apache-2.0
//! Every movement of a token as a log of its contract.

use alloc::{collections::BTreeMap, vec::Vec};
use unum_erc20::{movement_log, AddressSpace};
use unum_vm_engine::{ChainHost, Log, Movement, OnMovement};

use crate::{runs, Config, MovementLogs, Pallet};

impl<T: Config> OnMovement for Pallet<T> {
	fn on_movement(movement: &Movement) {
		let host = ChainHost::<T::Ledger, T::Identity>::default();
		if let Some(log) = movement_log(&host, AddressSpace::Evm, movement) {
			runs::log::<T>(log);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The logs of tokens that moved in this block by other means than a contract: for each extrinsic
	/// that moved some its position, and they in order.
	pub fn movement_logs() -> BTreeMap<u32, Vec<Log>> {
		let mut logs = BTreeMap::<_, Vec<_>>::new();
		for (extrinsic, log) in MovementLogs::<T>::get() {
			logs.entry(extrinsic).or_default().push(log);
		}
		logs
	}
}
