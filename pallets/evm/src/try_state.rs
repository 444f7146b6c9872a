// SPDX-License-Identifier: Apache-2.0
//! The invariants of this pallet's storage.

use alloc::collections::BTreeMap;
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{
	traits::{Hash, Keccak256},
	TryRuntimeError,
};

use crate::{CodeHashes, Codes, Config, MovementLogs, Pallet, RunLogs, RunTransient, Slots};

impl<T: Config> Pallet<T> {
	/// Checks every invariant, always compiled so that a running node can do it.
	///
	/// # Errors
	/// The first that does not hold, as a sentence.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut references = BTreeMap::<H256, u64>::new();
		for (_, hash) in CodeHashes::<T>::iter() {
			let count = references.entry(hash).or_default();
			*count = count.saturating_add(1);
		}
		for (hash, code) in Codes::<T>::iter() {
			ensure!(!code.bytes.is_empty(), "evm: empty code is kept");
			ensure!(Keccak256::hash(&code.bytes) == hash, "evm: a code is not that of its hash");
			let counted = references.remove(&hash).unwrap_or_default();
			ensure!(counted == code.references, "evm: references to a code are miscounted");
		}
		ensure!(references.is_empty(), "evm: the code of a contract is missing");
		let has_zeros = Slots::<T>::iter_values().any(|value| value.is_zero());
		ensure!(!has_zeros, "evm: a slot of zeros is kept");
		let in_order = MovementLogs::<T>::get().is_sorted_by_key(|(extrinsic, _)| *extrinsic);
		ensure!(in_order, "evm: a log of a movement is not in order");
		ensure!(RunLogs::<T>::iter_keys().next().is_none(), "evm: a run has left logs behind");
		let is_lent = RunTransient::<T>::iter_keys().next().is_some();
		ensure!(!is_lent, "evm: a run has left transient storage behind");
		Ok(())
	}
}
