// SPDX-License-Identifier: Apache-2.0
//! Traces in the JSON of [geth's tracers].
//!
//! ```text
//!   options of debug_trace* ─► TracerOptions ─► Tracer ─► TraceOptions, which the runtime records by
//!                                                 │
//!                           Trace, Context ─► format ─► JSON
//! ```
//!
//! Pure functions: what is asked of the runtime and how, others know.
//!
//! # Where this differs from geth
//! - Tracers in JavaScript are refused.
//! - A trace that would be too long is refused as a whole.
//! - The cost of an instruction for which the gas did not suffice is the gas that was left.
//! - `prestateTracer` holds for deleted what is gone at the end, not what ran SELFDESTRUCT: since Cancun
//!   (EIP-6780) these are not the same.
//!
//! [geth's tracers]: https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers

mod call;
mod encode;
mod four_byte;
mod opcodes;
mod options;
mod prestate;
mod revert;
mod struct_log;
mod tracer;

pub use options::{OptionsError, TracerOptions};
pub use tracer::{CallConfig, Context, FormatError, PrestateConfig, StructLogConfig, Tracer};

#[cfg(test)]
mod tests {
	use super::Context;
	use unum_ethereum_view::{Frame, FrameEnd, FrameKind, FrameLog, LogView, H160, H256};

	/// In a block that had 40 logs before.
	pub(crate) fn context_of<R>(format: impl FnOnce(&Context<'_>) -> R) -> R {
		let precompiles = [H160::from_low_u64_be(8)];
		format(&Context { logs_before: 40, precompiles: &precompiles })
	}

	pub(crate) fn frame(parent: Option<u32>, kind: FrameKind, to: u64) -> Frame {
		Frame {
			parent,
			kind,
			from: H160::from_low_u64_be(9),
			to: H160::from_low_u64_be(to),
			value: 5.into(),
			gas: 100,
			gas_used: 10,
			input: vec![1, 2, 3, 4, 0xff],
			output: Vec::new(),
			end: FrameEnd::Success,
			logs: Vec::new(),
		}
	}

	pub(crate) fn log_of(position: u32, index: u32) -> FrameLog {
		let log = LogView {
			address: H160::from_low_u64_be(7),
			topics: vec![H256([0x11; 32])],
			data: vec![0x2a],
		};
		FrameLog { log, position, index }
	}
}
