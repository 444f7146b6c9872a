// SPDX-License-Identifier: Apache-2.0
//! What an access to the database (ParityDb) weighs, as `make weights` has measured it. Generated.
//!
//! 2026-11-22 (Y/M/D), on AMD EPYC.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, RuntimeDbWeight},
};

parameter_types! {
	/// Reading and writing one entry: the average.
	pub const DatabaseWeight: RuntimeDbWeight = RuntimeDbWeight {
		// Nanoseconds: 1_382 to 4_714_075, median 8_603, 95 % below 10_556.
		read: 9_256 * WEIGHT_REF_TIME_PER_NANOS,
		// Nanoseconds: 16_693 to 127_846, median 24_540, 95 % below 49_587.
		write: 28_869 * WEIGHT_REF_TIME_PER_NANOS,
	};
}
