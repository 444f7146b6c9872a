// SPDX-License-Identifier: Apache-2.0
//! Calls that are only tried out.

use alloy_primitives::{Bytes, U64};
use alloy_rpc_types_eth::AccessListResult;
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	calls::output,
	params::{BlockOverrideParam, BlockParam, CallParam, SimulationParam, StateOverrideParam},
	simulation::SimulatedBlockJson,
	EthError, EthereumChain,
};

/// Calls that are only tried out, at a block (the latest by default).
#[rpc(server, namespace = "eth")]
pub trait CallsApi {
	/// What a call returns.
	#[method(name = "call", blocking)]
	fn call(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
		block_overrides: Option<BlockOverrideParam>,
	) -> Result<Bytes, EthError>;

	/// The least gas limit with which a transaction does what it does with more, in the next block.
	#[method(name = "estimateGas", blocking)]
	fn estimate_gas(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
		block_overrides: Option<BlockOverrideParam>,
	) -> Result<U64, EthError>;

	/// The access list with which a transaction finds everything warm that it looks at, and the gas
	/// that it uses with it.
	#[method(name = "createAccessList", blocking)]
	fn create_access_list(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
	) -> Result<AccessListResult, EthError>;

	/// Blocks that are made up, on the state of one that is not.
	#[method(name = "simulateV1", blocking)]
	fn simulate(
		&self,
		simulation: SimulationParam,
		block: Option<BlockParam>,
	) -> Result<Vec<SimulatedBlockJson>, EthError>;
}

impl<C: EthereumChain> CallsApiServer for EthereumRpc<C> {
	fn call(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
		block_overrides: Option<BlockOverrideParam>,
	) -> Result<Bytes, EthError> {
		let at = block.unwrap_or_default();
		let (base, block) = self.node.simulated_call(call, at, state_overrides, block_overrides)?;
		let (outcome, _) = self.node.run(base.hash, block)?;
		output(outcome)
	}

	fn estimate_gas(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
		block_overrides: Option<BlockOverrideParam>,
	) -> Result<U64, EthError> {
		let at = block.unwrap_or_default().or_next();
		let (base, block) = self.node.simulated_call(call, at, state_overrides, block_overrides)?;
		self.node.estimate(base.hash, block).map(U64::from)
	}

	fn create_access_list(
		&self,
		call: CallParam,
		block: Option<BlockParam>,
		state_overrides: Option<StateOverrideParam>,
	) -> Result<AccessListResult, EthError> {
		let at = block.unwrap_or_default();
		let (base, block) = self.node.simulated_call(call, at, state_overrides, None)?;
		self.node.access_list(base, block)
	}

	fn simulate(
		&self,
		simulation: SimulationParam,
		block: Option<BlockParam>,
	) -> Result<Vec<SimulatedBlockJson>, EthError> {
		self.node.simulate_blocks(simulation, block.unwrap_or_default())
	}
}
