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
		// Nanoseconds: 1_352 to 1_213_030, median 10_025, 95 % below 14_912.
		read: 10_723 * WEIGHT_REF_TIME_PER_NANOS,
		// Nanoseconds: 15_750 to 81_327, median 26_278, 95 % below 32_166.
		write: 26_903 * WEIGHT_REF_TIME_PER_NANOS,
	};
}
