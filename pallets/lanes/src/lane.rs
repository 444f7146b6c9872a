// SPDX-License-Identifier: Apache-2.0
//! Executing a lane, and what it adds to the entries that all lanes share.

use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	storage::{storage_prefix, unhashed},
	weights::Weight,
};
use frame_system::{BlockSize, BlockWeight, ConsumedWeight, Phase};
use sp_core::storage::well_known_keys;
use sp_runtime::{
	traits::{Dispatchable, Get},
	ApplyExtrinsicResult,
};
use unum_runtime_api::{LaneInput, LaneOutput, MergePolicy};

use crate::{Config, FeePot};

/// The classes, in the order in which [`LaneOutput`] has them.
pub(crate) const CLASSES: [DispatchClass; 3] =
	[DispatchClass::Normal, DispatchClass::Operational, DispatchClass::Mandatory];

pub(crate) fn system(item: &[u8]) -> Vec<u8> {
	// The pallet's own names for these are not public.
	storage_prefix(b"System", item).to_vec()
}

/// How the entries that every extrinsic changes are put together.
pub fn policy<T: Config>() -> MergePolicy {
	MergePolicy {
		concat: core::iter::once(system(b"Events")).chain(T::BlockLists::get()).collect(),
		discard: vec![
			BlockWeight::<T>::hashed_key().to_vec(),
			BlockSize::<T>::hashed_key().to_vec(),
			system(b"EventCount"),
			FeePot::<T>::hashed_key().to_vec(),
		],
		deny: vec![
			// Entries here name the positions of events among all of the block's.
			system(b"EventTopics"),
			// A new runtime, and whatever else changes how the rest of the block is executed.
			well_known_keys::CODE.to_vec(),
			b":pending_code".to_vec(),
			well_known_keys::HEAP_PAGES.to_vec(),
		],
	}
}

/// The sums that all lanes share, as they stand.
struct Sums {
	weight: ConsumedWeight,
	length: u32,
	events: u32,
	fees: u128,
}

impl Sums {
	fn now<T: Config>() -> Self {
		Self {
			weight: BlockWeight::<T>::get(),
			length: BlockSize::<T>::get().unwrap_or_default(),
			events: unhashed::get(&system(b"EventCount")).unwrap_or_default(),
			fees: FeePot::<T>::get(),
		}
	}
}

/// Executes a lane by `apply`, which executes an extrinsic.
///
/// An extrinsic that does not apply is left out, if the input says so; else this panics, as
/// `Core_execute_block` does.
pub fn apply_lane<T, X>(
	input: LaneInput<X>,
	apply: impl Fn(X) -> ApplyExtrinsicResult,
) -> LaneOutput
where
	T: Config,
	T::RuntimeCall: Dispatchable,
	X: Encode + GetDispatchInfo,
{
	unhashed::put(well_known_keys::EXTRINSIC_INDEX, &input.first_index);
	unhashed::put(&system(b"ExecutionPhase"), &Phase::ApplyExtrinsic(input.first_index));
	let begin = Sums::now::<T>();
	let mut output = LaneOutput::default();
	for (extrinsic, position) in input.extrinsics.into_iter().zip(0u32..) {
		measure::<T, X>(&extrinsic, &begin, &mut output);
		if !input.may_skip {
			if let Err(error) = apply(extrinsic) {
				panic!("extrinsic {position} of the lane does not apply: {error:?}");
			}
			output.applied = output.applied.saturating_add(1);
			continue;
		}
		// Not FRAME's storage layers, which count themselves in the state.
		sp_io::storage::start_transaction();
		match apply(extrinsic) {
			Ok(_) => {
				sp_io::storage::commit_transaction();
				output.applied = output.applied.saturating_add(1);
			},
			Err(error) => {
				sp_io::storage::rollback_transaction();
				output.skipped.push((position, error.encode()));
			},
		}
	}
	let end = Sums::now::<T>();
	for (sum, class) in output.weight.iter_mut().zip(CLASSES) {
		*sum = end.weight.get(class).saturating_sub(*begin.weight.get(class));
	}
	output.length = end.length.saturating_sub(begin.length);
	output.events = end.events.saturating_sub(begin.events);
	output.fees = end.fees.saturating_sub(begin.fees);
	output
}

/// Raises the peaks by an extrinsic that is about to be executed: what `CheckWeight` will compare with
/// the block's limits, less what stood there at the lane's begin.
fn measure<T, X>(extrinsic: &X, begin: &Sums, output: &mut LaneOutput)
where
	T: Config,
	X: Encode + GetDispatchInfo,
{
	let info = extrinsic.get_dispatch_info();
	let length = extrinsic.encoded_size();
	let own = info
		.total_weight()
		.saturating_add(T::BlockWeights::get().get(info.class).base_extrinsic)
		.saturating_add_proof_size(u64::try_from(length).unwrap_or(u64::MAX));
	let weight = BlockWeight::<T>::get();
	let of_class = weight.get(info.class).saturating_sub(*begin.weight.get(info.class));
	let of_all = weight.total().saturating_sub(begin.weight.total());
	let size = BlockSize::<T>::get().unwrap_or_default();
	let bytes =
		size.saturating_sub(begin.length).saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
	let at = |class: &DispatchClass| *class == info.class;
	let Some(class) = CLASSES.iter().position(at) else { return };
	raise(&mut output.peak, class, |peak: Weight| peak.max(of_class.saturating_add(own)));
	raise(&mut output.peak_total, class, |peak: Weight| peak.max(of_all.saturating_add(own)));
	raise(&mut output.peak_length, class, |peak: u32| peak.max(bytes));
}

fn raise<V: Copy>(values: &mut [V; 3], class: usize, to: impl Fn(V) -> V) {
	if let Some(value) = values.get_mut(class) {
		*value = to(*value);
	}
}
