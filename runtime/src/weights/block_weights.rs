// SPDX-License-Identifier: Apache-2.0
//! What an empty block weighs,
//! as `make weights` has measured it. Generated.
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
	///   Min, Max: 346_858, 369_241
	///   Average:  362_164
	///   Median:   366_106
	///   Std-Dev:  7976.91
	///
	/// Percentiles nanoseconds:
	///   99th: 369_241
	///   95th: 369_241
	///   75th: 366_437
	pub const BlockExecutionWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(362_164), 0);
}
