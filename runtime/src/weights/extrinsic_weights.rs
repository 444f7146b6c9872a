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
	///   Min, Max: 132_720, 275_176
	///   Average:  137_838
	///   Median:   136_266
	///   Std-Dev:  14015.18
	///
	/// Percentiles nanoseconds:
	///   99th: 149_744
	///   95th: 140_835
	///   75th: 137_462
	pub const ExtrinsicBaseWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(137_838), 0);
}
