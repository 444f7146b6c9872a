// SPDX-License-Identifier: Apache-2.0
//! What an empty block weighs,
//! as `make weights` has measured it. Generated.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},
};

parameter_types! {
	/// Weight of executing an empty block.
	/// Calculated by multiplying the *Average* with `1.0` and adding `0`.
	///
	/// Stats nanoseconds:
	///   Min, Max: 247_342, 371_811
	///   Average:  274_248
	///   Median:   264_787
	///   Std-Dev:  26606.25
	///
	/// Percentiles nanoseconds:
	///   99th: 358_646
	///   95th: 338_442
	///   75th: 279_255
	pub const BlockExecutionWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(274_248), 0);
}
