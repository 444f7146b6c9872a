// SPDX-License-Identifier: Apache-2.0
//! What gas costs.

use alloy_primitives::U256;
use alloy_rpc_types_eth::FeeHistory;
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	fees::BLOB_BASE_FEE,
	params::{BlockParam, BlockTag, LooseQuantity},
	EthError, EthereumChain,
};

/// What gas costs.
#[rpc(server, namespace = "eth")]
pub trait FeesApi {
	/// What a transaction should pay for a unit of gas, in wei: the next base fee and the suggested
	/// tip.
	#[method(name = "gasPrice", blocking)]
	fn gas_price(&self) -> Result<U256, EthError>;

	/// The tip that a transaction should pay, in wei.
	#[method(name = "maxPriorityFeePerGas", blocking)]
	fn max_priority_fee_per_gas(&self) -> Result<U256, EthError>;

	/// What a unit of blob gas would cost, in wei. There are no blobs, so it is the least there is.
	#[method(name = "blobBaseFee")]
	fn blob_base_fee(&self) -> Result<U256, EthError>;

	/// Base fees, how full blocks were, and percentiles of the tips, for at most 1,024 blocks up to one
	/// ("pending" is the latest).
	#[method(name = "feeHistory", blocking)]
	fn fee_history(
		&self,
		block_count: LooseQuantity,
		newest_block: BlockTag,
		reward_percentiles: Option<Vec<f64>>,
	) -> Result<FeeHistory, EthError>;
}

impl<C: EthereumChain> FeesApiServer for EthereumRpc<C> {
	fn gas_price(&self) -> Result<U256, EthError> {
		self.node.gas_price().map(U256::from)
	}

	fn max_priority_fee_per_gas(&self) -> Result<U256, EthError> {
		self.node.suggested_tip().map(U256::from)
	}

	fn blob_base_fee(&self) -> Result<U256, EthError> {
		Ok(U256::from(BLOB_BASE_FEE))
	}

	fn fee_history(
		&self,
		block_count: LooseQuantity,
		newest_block: BlockTag,
		reward_percentiles: Option<Vec<f64>>,
	) -> Result<FeeHistory, EthError> {
		let percentiles = reward_percentiles.unwrap_or_default();
		self.node.fee_history(block_count.0, BlockParam::Tag(newest_block), &percentiles)
	}
}
