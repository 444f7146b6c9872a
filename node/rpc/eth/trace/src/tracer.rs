// SPDX-License-Identifier: Apache-2.0
//! Which tracer, what it needs, and what it makes of it.

use serde::Deserialize;
use serde_json::{Map, Value};
use unum_ethereum_view::{StepOptions, Trace, TraceOptions, H160};

use crate::{call, four_byte, prestate, struct_log};

/// A tracer of geth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tracer {
	/// Each instruction; what geth does where no tracer is named.
	StructLog(StructLogConfig),
	/// `callTracer`: calls and creations.
	Call(CallConfig),
	/// `prestateTracer`: accounts before, or before and after.
	Prestate(PrestateConfig),
	/// `4byteTracer`: how often which function was called with how much data.
	FourByte,
	/// `noopTracer`: nothing.
	Noop,
	/// `muxTracer`: several at once, by name.
	Mux(Vec<(String, Tracer)>),
}

/// What is wanted of each instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StructLogConfig {
	/// Not what SLOAD and SSTORE have seen of a contract's storage.
	pub disable_storage: bool,
	/// Not the stack.
	pub disable_stack: bool,
	/// The memory.
	pub enable_memory: bool,
	/// What the last call returned.
	pub enable_return_data: bool,
	/// Once the instructions take more bytes of JSON than this, no more are added. 0 for no limit.
	pub limit: u64,
}

/// What is wanted of `callTracer`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallConfig {
	/// Only the transaction's own call.
	pub only_top_call: bool,
	/// Logs as well.
	pub with_log: bool,
}

/// What is wanted of `prestateTracer`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrestateConfig {
	/// What has changed, before and after, instead of all before.
	pub diff_mode: bool,
	/// Without code. (The hash of it is shown.)
	pub disable_code: bool,
	/// Without storage.
	pub disable_storage: bool,
	/// Accounts that were empty before as well.
	pub include_empty: bool,
}

/// What a trace itself does not say.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context<'a> {
	/// How many logs the block had before the transaction.
	pub logs_before: u64,
	/// Addresses of precompiled contracts: `4byteTracer` leaves calls of them out.
	pub precompiles: &'a [H160],
}

/// Why there is no JSON of a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormatError {
	/// Something is missing because it would have been too long.
	#[error("trace too large: use a tracer or options that record less, or a limit")]
	TooLarge,
	/// The transaction did not run.
	#[error("incorrect number of top-level calls")]
	NoCall,
}

/// Bytes that an instruction takes at least: `{"pc":0,"op":"ADD","gas":1,"gasCost":3,"depth":1}`.
const STRUCT_LOG_BYTES_MIN: u64 = 49;

impl Tracer {
	/// What the runtime must record.
	pub fn options(&self) -> TraceOptions {
		let nothing = TraceOptions::default();
		match self {
			// The first frame says how the transaction ended.
			Self::StructLog(config) => {
				TraceOptions { frames: true, steps: Some(config.steps()), ..nothing }
			},
			Self::Call(_) | Self::FourByte => TraceOptions { frames: true, ..nothing },
			Self::Prestate(_) => TraceOptions { state: true, ..nothing },
			Self::Noop => nothing,
			Self::Mux(tracers) => {
				tracers.iter().fold(nothing, |all, (_, tracer)| union(all, tracer.options()))
			},
		}
	}

	/// The JSON that geth makes.
	///
	/// # Errors
	/// [`FormatError`].
	pub fn format(&self, trace: &Trace, context: &Context<'_>) -> Result<Value, FormatError> {
		if trace.truncated {
			return Err(FormatError::TooLarge);
		}
		Ok(match self {
			Self::StructLog(config) => {
				struct_log::format(config, trace).ok_or(FormatError::NoCall)?
			},
			Self::Call(config) => {
				call::format(config, trace, context).ok_or(FormatError::NoCall)?
			},
			Self::Prestate(config) => prestate::format(config, trace),
			Self::FourByte => four_byte::format(trace, context),
			Self::Noop => Value::Object(Map::new()),
			Self::Mux(tracers) => {
				let format = |(name, tracer): &(String, Self)| {
					Ok((name.clone(), tracer.format(trace, context)?))
				};
				tracers.iter().map(format).collect::<Result<Map<_, _>, _>>()?.into()
			},
		})
	}
}

impl StructLogConfig {
	fn steps(&self) -> StepOptions {
		// One more than fit: the limit is a limit of what came before.
		let fitting = self.limit.checked_div(STRUCT_LOG_BYTES_MIN).unwrap_or_default();
		let limit = if self.limit == 0 { 0 } else { fitting.saturating_add(2) };
		StepOptions {
			stack: !self.disable_stack,
			memory: self.enable_memory,
			storage: !self.disable_storage,
			return_data: self.enable_return_data,
			limit: limit.try_into().unwrap_or(u32::MAX),
		}
	}
}

/// Both; of the instructions, what the first wants of them. (`muxTracer` has no struct logger.)
fn union(one: TraceOptions, other: TraceOptions) -> TraceOptions {
	TraceOptions {
		frames: one.frames || other.frames,
		steps: one.steps.or(other.steps),
		state: one.state || other.state,
	}
}
