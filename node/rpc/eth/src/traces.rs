// SPDX-License-Identifier: Apache-2.0
//! How transactions and calls ran.

use serde::{de::DeserializeOwned, Serialize};
use serde_json::Value;
use unum_ethereum_index::IndexedBlock;
use unum_ethereum_trace::{Context, FormatError, OptionsError, Tracer, TracerOptions};
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{
	Frame, FrameEnd, FrameKind, FrameLog, IncludedTransaction, LogView, Trace, TransactionBody,
	H160, H256, U256,
};

use crate::{lookup::Node, params::BlockParam, params::CallParam, EthError, EthereumChain};

/// The precompiled contracts: Ethereum's from 0x01 to 0x11, the chain's from 0x100 to 0x107.
const PRECOMPILES: [(u64, u64); 2] = [(0x01, 0x11), (0x100, 0x107)];

/// A transaction of a block, and how it ran.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TracedTransaction {
	tx_hash: H256,
	result: Value,
}

impl From<OptionsError> for EthError {
	fn from(error: OptionsError) -> Self {
		match error {
			OptionsError::Config { .. } => Self::InvalidParams(error.to_string()),
			other => Self::OutOfBounds(other.to_string()),
		}
	}
}

impl From<FormatError> for EthError {
	fn from(error: FormatError) -> Self {
		Self::OutOfBounds(error.to_string())
	}
}

impl<C: EthereumChain> Node<C> {
	/// How a transaction of the best chain ran.
	///
	/// # Errors
	/// [`EthError::Unavailable`] where there is no such transaction, and those of the chain.
	pub(crate) fn trace_transaction(
		&self,
		hash: H256,
		options: &TracerOptions,
	) -> Result<Value, EthError> {
		let tracer = options.tracer()?;
		let found =
			self.transaction(hash)?.ok_or(EthError::Unavailable("transaction not found"))?;
		let included = found.transaction().ok_or(EthError::Unavailable("transaction not found"))?;
		let only = Some(included.extrinsic_index);
		let traces = self.chain().trace_block(found.block.id.hash, only, tracer.options())?;
		let format = |trace: &Trace| format(&tracer, trace, &found.block, found.position);
		match traces.first() {
			Some((_, trace)) => format(trace),
			None => format(&outside(included)),
		}
	}

	/// How the transactions of a block ran, in order.
	///
	/// # Errors
	/// As [`trace_transaction`](Self::trace_transaction).
	pub(crate) fn trace_transactions(
		&self,
		block: H256,
		options: &TracerOptions,
	) -> Result<Vec<TracedTransaction>, EthError> {
		let tracer = options.tracer()?;
		let block = self.block_of(block)?;
		if block.id.number == 0 {
			return Err(EthError::Unavailable("genesis is not traceable"));
		}
		let traces = self.chain().trace_block(block.id.hash, None, tracer.options())?;
		let traced = |(position, included): (usize, &IncludedTransaction)| {
			let own = traces.iter().find(|(index, _)| *index == included.extrinsic_index);
			let result = match own {
				Some((_, trace)) => format(&tracer, trace, &block, position)?,
				None => format(&tracer, &outside(included), &block, position)?,
			};
			Ok(TracedTransaction { tx_hash: included.transaction.hash, result })
		};
		block.view.transactions.iter().enumerate().map(traced).collect()
	}

	/// How a call would run.
	///
	/// # Errors
	/// Those of `eth_call`, but that a call which fails is no error.
	pub(crate) fn trace_call(
		&self,
		call: CallParam,
		at: BlockParam,
		options: TracerOptions,
	) -> Result<Value, EthError> {
		let tracer = options.tracer()?;
		if options.tx_index.is_some() {
			return Err(EthError::Unavailable(
				"calls are traced at the end of a block: no txIndex",
			));
		}
		let state = parameter("stateOverrides", options.state_overrides)?;
		let block = parameter("blockOverrides", options.block_overrides)?;
		let (base, mut simulated) = self.simulated_call(call, at, state, block)?;
		simulated.trace = tracer.options();
		let (_, trace) = self.run(base.hash, simulated)?;
		let precompiles = precompiles();
		let context = Context { logs_before: 0, precompiles: &precompiles };
		Ok(tracer.format(&trace.unwrap_or_default(), &context)?)
	}
}

fn parameter<T: DeserializeOwned>(name: &str, given: Option<Value>) -> Result<Option<T>, EthError> {
	let Some(given) = given.filter(|given| !given.is_null()) else { return Ok(None) };
	let read = serde_json::from_value(given);
	read.map(Some).map_err(|error| EthError::InvalidParams(format!("invalid {name}: {error}")))
}

fn format(
	tracer: &Tracer,
	trace: &Trace,
	block: &IndexedBlock,
	position: usize,
) -> Result<Value, EthError> {
	let before = block.view.transactions.iter().take(position);
	let logs_before: usize = before.map(|included| included.receipt.logs.len()).sum();
	let precompiles = precompiles();
	let context = Context {
		logs_before: logs_before.try_into().unwrap_or(u64::MAX),
		precompiles: &precompiles,
	};
	Ok(tracer.format(trace, &context)?)
}

fn precompiles() -> Vec<H160> {
	let ranges = PRECOMPILES.into_iter().flat_map(|(first, last)| first..=last);
	ranges.map(H160::from_low_u64_be).collect()
}

/// The trace of a transaction that no contract has run for: itself, and the tokens that it moved.
fn outside(included: &IncludedTransaction) -> Trace {
	let (view, receipt) = (&included.transaction, &included.receipt);
	let (to, value, gas, input) = fields(&view.body);
	let logs = receipt.logs.iter().zip(0u32..).map(|(log, index)| frame_log(log, index));
	let end = if receipt.success { FrameEnd::Success } else { FrameEnd::Reverted };
	let frame = Frame {
		parent: None,
		kind: FrameKind::Call,
		from: view.from,
		to,
		value,
		gas,
		gas_used: receipt.gas_used,
		input,
		output: Vec::new(),
		end,
		logs: logs.collect(),
	};
	Trace { frames: vec![frame], ..Trace::default() }
}

fn frame_log(log: &LogView, index: u32) -> FrameLog {
	FrameLog { log: log.clone(), position: 0, index }
}

fn fields(body: &TransactionBody) -> (H160, U256, u64, Vec<u8>) {
	match body {
		TransactionBody::Extrinsic { to, value, gas, input, .. } => {
			(to.unwrap_or_default(), *value, *gas, input.clone())
		},
		TransactionBody::Raw(raw) => match RawTransaction::decode(raw) {
			Ok(raw) => {
				let to = raw.to().to().map(|to| H160(to.into_array())).unwrap_or_default();
				let value = U256::from_big_endian(&raw.value().to_be_bytes::<32>());
				(to, value, raw.gas_limit(), raw.input().to_vec())
			},
			Err(_) => Default::default(),
		},
	}
}
