// SPDX-License-Identifier: Apache-2.0
//! Which blocks transactions can name, and which transactions came already.

use frame_system::{pallet_prelude::BlockNumberFor, Pallet as System};
use sp_core::H256;
use sp_runtime::traits::{One, SaturatedConversion, Saturating};
use unum_id_com::{tagged_sha256, Domain};
use unum_svm_engine::limits::BLOCKHASH_SLOTS;

use crate::{Blockhashes, Config, OldestProcessed, Processed};

/// How many transactions a block forgets at most: more than one can hold.
const FORGOTTEN_MAX: u32 = 4_096;

/// The blockhash by which wallets name a block of this chain, and of no other.
pub fn blockhash_of(block: H256) -> [u8; 32] {
	tagged_sha256(Domain::SVM_BLOCKHASH, &[block.as_bytes()])
}

/// The blockhash of the parent of the block at hand.
pub(crate) fn newest<T: Config>() -> [u8; 32] {
	blockhash_of(System::<T>::parent_hash())
}

/// The slot of the block at hand.
pub(crate) fn slot<T: Config>() -> u64 {
	System::<T>::block_number().saturated_into()
}

/// The slot of the block whose blockhash this is, if it can be named now.
pub(crate) fn slot_of<T: Config>(blockhash: &[u8; 32]) -> Option<u64> {
	let now = slot::<T>();
	if *blockhash == newest::<T>() {
		// The pool asks before the block has begun.
		return now.checked_sub(1);
	}
	let slot = Blockhashes::<T>::get(blockhash)?;
	(now.saturating_sub(slot) <= BLOCKHASH_SLOTS).then_some(slot)
}

/// Begins a block: its parent can be named from now on, and the one 151 blocks back no longer. Returns
/// how many transactions are forgotten.
pub(crate) fn turn<T: Config>(now: BlockNumberFor<T>) -> u32 {
	let parent = now.saturating_sub(One::one());
	Blockhashes::<T>::insert(newest::<T>(), parent.saturated_into::<u64>());
	let slot: u64 = now.saturated_into();
	let Some(expired) = slot.checked_sub(BLOCKHASH_SLOTS.saturating_add(1)) else { return 0 };
	let number = BlockNumberFor::<T>::try_from(expired).unwrap_or_default();
	Blockhashes::<T>::remove(blockhash_of(System::<T>::block_hash(number)));
	forget::<T>(expired)
}

/// Removes transactions that named blocks up to a slot.
fn forget<T: Config>(expired: u64) -> u32 {
	let oldest = OldestProcessed::<T>::get();
	if oldest > expired {
		return 0;
	}
	let removed = Processed::<T>::clear_prefix(oldest, FORGOTTEN_MAX, None);
	// What is left of it comes with the next block.
	if removed.maybe_cursor.is_none() {
		OldestProcessed::<T>::put(oldest.saturating_add(1));
	}
	removed.unique
}
