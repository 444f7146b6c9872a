// SPDX-License-Identifier: Apache-2.0
//! What an access to the database (ParityDb) weighs, as `make weights` has measured it. Generated.
//!
//! 2026-11-29 (Y/M/D), on Intel(R) Xeon(R) Processor.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, RuntimeDbWeight},
};

parameter_types! {
	/// Reading and writing one entry: the average.
	pub const DatabaseWeight: RuntimeDbWeight = RuntimeDbWeight {
		// Nanoseconds: 1_662 to 4_296_018, median 6_729, 95 % below 8_513.
		read: 6_847 * WEIGHT_REF_TIME_PER_NANOS,
		// Nanoseconds: 14_467 to 112_113, median 16_930, 95 % below 30_717.
		write: 20_012 * WEIGHT_REF_TIME_PER_NANOS,
	};
}
