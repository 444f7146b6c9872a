// SPDX-License-Identifier: Apache-2.0
//! How transactions and calls ran.

use jsonrpsee::proc_macros::rpc;
use serde_json::Value;
use unum_ethereum_trace::TracerOptions;

use super::EthereumRpc;
use crate::{
	params::{BlockParam, CallParam, Hash},
	traces::TracedTransaction,
	EthError, EthereumChain,
};

/// How transactions and calls ran, in the forms of geth's tracers. Without options: each instruction.
#[rpc(server, namespace = "debug")]
pub trait TraceApi {
	/// How a transaction ran.
	#[method(name = "traceTransaction", blocking)]
	fn trace_transaction(
		&self,
		hash: Hash,
		options: Option<TracerOptions>,
	) -> Result<Value, EthError>;

	/// How the transactions of a block ran.
	#[method(name = "traceBlockByNumber", blocking)]
	fn trace_block_by_number(
		&self,
		block: BlockParam,
		options: Option<TracerOptions>,
	) -> Result<Vec<TracedTransaction>, EthError>;

	/// How the transactions of a block ran.
	#[method(name = "traceBlockByHash", blocking)]
	fn trace_block_by_hash(
		&self,
		block: Hash,
		options: Option<TracerOptions>,
	) -> Result<Vec<TracedTransaction>, EthError>;

	/// How a call would run, at a block (the latest by default).
	#[method(name = "traceCall", blocking)]
	fn trace_call(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		options: Option<TracerOptions>,
	) -> Result<Value, EthError>;
}

impl<C: EthereumChain> TraceApiServer for EthereumRpc<C> {
	fn trace_transaction(
		&self,
		hash: Hash,
		options: Option<TracerOptions>,
	) -> Result<Value, EthError> {
		self.node.trace_transaction(hash.0, &options.unwrap_or_default())
	}

	fn trace_block_by_number(
		&self,
		block: BlockParam,
		options: Option<TracerOptions>,
	) -> Result<Vec<TracedTransaction>, EthError> {
		let block = self.node.require(block)?;
		self.node.trace_transactions(block.hash, &options.unwrap_or_default())
	}

	fn trace_block_by_hash(
		&self,
		block: Hash,
		options: Option<TracerOptions>,
	) -> Result<Vec<TracedTransaction>, EthError> {
		self.node.trace_transactions(block.0, &options.unwrap_or_default())
	}

	fn trace_call(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		options: Option<TracerOptions>,
	) -> Result<Value, EthError> {
		self.node.trace_call(call, block.unwrap_or_default(), options.unwrap_or_default())
	}
}
