// SPDX-License-Identifier: Apache-2.0
//! What an empty extrinsic weighs, which does nothing and is signed, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},
};

parameter_types! {
	/// Weight of executing a NO-OP extrinsic, for example `System::remark`.
	/// Calculated by multiplying the *Average* with `1.0` and adding `0`.
	///
	/// Stats nanoseconds:
	///   Min, Max: 162_414, 171_112
	///   Average:  168_454
	///   Median:   169_745
	///   Std-Dev:  3135.17
	///
	/// Percentiles nanoseconds:
	///   99th: 171_112
	///   95th: 171_112
	///   75th: 170_434
	pub const ExtrinsicBaseWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(168_454), 0);
}
