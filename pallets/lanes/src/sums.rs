// SPDX-License-Identifier: Apache-2.0
//! Adding lanes up.

use frame_support::{ensure, storage::unhashed, weights::Weight};
use frame_system::{BlockSize, BlockWeight};
use sp_runtime::traits::Get;
use unum_runtime_api::{FoldError, LaneOutput};

use crate::{
	lane::{system, CLASSES},
	Config, FeePot,
};

/// Adds lanes up, in order: afterwards the sums stand as if their extrinsics had been executed one after
/// the other.
///
/// # Errors
/// [`FoldError`] where one of them might have been refused then. The sums are those of the lanes before
/// it; the block has to be executed in the ordinary way.
pub fn fold<T: Config>(lanes: &[LaneOutput]) -> Result<(), FoldError> {
	lanes.iter().try_for_each(add::<T>)
}

fn add<T: Config>(lane: &LaneOutput) -> Result<(), FoldError> {
	check_weight::<T>(lane)?;
	check_length::<T>(lane)?;
	BlockWeight::<T>::mutate(|weight| {
		for (class, added) in CLASSES.into_iter().zip(lane.weight) {
			weight.accrue(added, class);
		}
	});
	let length = BlockSize::<T>::get().unwrap_or_default();
	BlockSize::<T>::put(length.checked_add(lane.length).ok_or(FoldError::Overflow)?);
	let events: u32 = unhashed::get(&system(b"EventCount")).unwrap_or_default();
	let events = events.checked_add(lane.events).ok_or(FoldError::Overflow)?;
	unhashed::put(&system(b"EventCount"), &events);
	let fees = FeePot::<T>::get().checked_add(lane.fees).ok_or(FoldError::Overflow)?;
	FeePot::<T>::put(fees);
	Ok(())
}

/// The checks that `CheckWeight` makes for each extrinsic, made for the largest of each class.
fn check_weight<T: Config>(lane: &LaneOutput) -> Result<(), FoldError> {
	let limits = T::BlockWeights::get();
	let now = BlockWeight::<T>::get();
	for ((class, peak), peak_total) in CLASSES.into_iter().zip(lane.peak).zip(lane.peak_total) {
		if peak == Weight::zero() {
			// None of this class.
			continue;
		}
		let limit = limits.get(class);
		let of_class = now.get(class).checked_add(&peak).ok_or(FoldError::Overflow)?;
		let of_all = now.total().checked_add(&peak_total).ok_or(FoldError::Overflow)?;
		let class_fits = limit.max_total.is_none_or(|max| of_class.all_lte(max));
		// Beyond the block's own limit some classes have a reserve. Whether one is within it depends on
		// more than the largest, so that is left to the ordinary way.
		let block_fits = limit.reserved.is_none() || of_all.all_lte(limits.max_block);
		ensure!(class_fits && block_fits, FoldError::Weight);
	}
	Ok(())
}

fn check_length<T: Config>(lane: &LaneOutput) -> Result<(), FoldError> {
	let limits = T::BlockLength::get();
	let now = BlockSize::<T>::get().unwrap_or_default();
	for (class, peak) in CLASSES.into_iter().zip(lane.peak_length) {
		let length = now.checked_add(peak).ok_or(FoldError::Overflow)?;
		ensure!(peak == 0 || length <= *limits.max.get(class), FoldError::Length);
	}
	Ok(())
}
