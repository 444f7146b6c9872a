// SPDX-License-Identifier: Apache-2.0
//! What an empty block weighs, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},
};

parameter_types! {
	/// Weight of executing an empty block.
	/// Calculated by multiplying the *Average* with `1.0` and adding `0`.
	///
	/// Stats nanoseconds:
	///   Min, Max: 405_365, 1_389_734
	///   Average:  660_870
	///   Median:   501_799
	///   Std-Dev:  367165.92
	///
	/// Percentiles nanoseconds:
	///   99th: 1_389_734
	///   95th: 1_389_734
	///   75th: 541_388
	pub const BlockExecutionWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(660_870), 0);
}
