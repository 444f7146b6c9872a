// SPDX-License-Identifier: Apache-2.0
//! What an empty extrinsic weighs, which does nothing and is signed.
//!
//! Measured by hand on 2026-11-28, on AMD EPYC, by `unum bench throughput --workload remarks --signatures
//! fresh --threads 1 --blocks 3 --rounds 8 --transactions 640`: the conditions of `make weights`, which
//! replaces this file. In the same run a transfer between known accounts took 209.6 µs, the state root
//! included.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_NANOS, Weight},
};

parameter_types! {
	/// Weight of executing a NO-OP extrinsic, for example `System::remark`.
	pub const ExtrinsicBaseWeight: Weight =
		Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(118_700), 0);
}
