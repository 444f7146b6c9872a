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
	///   Min, Max: 282_090, 503_912
	///   Average:  346_351
	///   Median:   337_053
	///   Std-Dev:  46637.08
	///
	/// Percentiles nanoseconds:
	///   99th: 503_522
	///   95th: 464_032
	///   75th: 359_066
	pub const BlockExecutionWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(346_351), 0);
}
