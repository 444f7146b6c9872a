// SPDX-License-Identifier: Apache-2.0
//! What an empty extrinsic weighs, which does nothing and is signed,
//! as `make weights` has measured it. Generated.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},
};

parameter_types! {
	/// Weight of executing a NO-OP extrinsic, for example `System::remark`.
	/// Calculated by multiplying the *Average* with `1.0` and adding `0`.
	///
	/// Stats nanoseconds:
	///   Min, Max: 73_202, 129_976
	///   Average:  79_063
	///   Median:   74_252
	///   Std-Dev:  12733.15
	///
	/// Percentiles nanoseconds:
	///   99th: 115_082
	///   95th: 112_621
	///   75th: 74_694
	pub const ExtrinsicBaseWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(79_063), 0);
}
