// SPDX-License-Identifier: Apache-2.0
//! What an access to the database (ParityDb) weighs, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22 (Y/M/D), on AMD EPYC.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, RuntimeDbWeight},
};

parameter_types! {
	/// Reading and writing one entry: the average.
	pub const DatabaseWeight: RuntimeDbWeight = RuntimeDbWeight {
		// Nanoseconds: 1_312 to 1_881_447, median 7_051, 95 % below 8_773.
		read: 7_416 * WEIGHT_REF_TIME_PER_NANOS,
		// Nanoseconds: 15_840 to 35_598, median 18_514, 95 % below 31_739.
		write: 20_473 * WEIGHT_REF_TIME_PER_NANOS,
	};
}
