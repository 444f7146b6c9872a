// SPDX-License-Identifier: Apache-2.0
//! What an empty extrinsic weighs, which does nothing and is signed,
//! as `make weights` has measured it. Generated.
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
	///   Min, Max: 164_318, 173_298
	///   Average:  167_609
	///   Median:   166_632
	///   Std-Dev:  3054.34
	///
	/// Percentiles nanoseconds:
	///   99th: 173_298
	///   95th: 173_298
	///   75th: 167_763
	pub const ExtrinsicBaseWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(167_609), 0);
}
