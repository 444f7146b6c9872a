// SPDX-License-Identifier: Apache-2.0
//! `eth_simulateV1`: blocks that are made up, on the state of one that is not.
//!
//! ```text
//!   parameters ──► plan ──────────────► chain ──────► render
//!                  numbers, times,      outcomes      transactions, receipts, headers;
//!                  gaps, limits                       each block's hash is the next one's parent
//! ```
//!
//! The hashes are those that Ethereum would give to such headers and unsigned transactions, with a
//! state root of zero. Every transaction has dynamic fees, but for those with authorizations.

mod outcome;
mod plan;
mod render;
mod seal;
mod transaction;
mod transfers;

use crate::{
	lookup::Node,
	params::{BlockParam, SimulationParam},
	EthError, EthereumChain,
};

pub use outcome::{CallErrorJson, CallJson};
pub use render::SimulatedBlockJson;

impl<C: EthereumChain> Node<C> {
	/// `eth_simulateV1`.
	///
	/// # Errors
	/// [`EthError::SimulationTooLarge`], [`EthError::BlockNumbersOutOfOrder`],
	/// [`EthError::BlockTimesOutOfOrder`], [`EthError::Refused`] if a call can't be made at all, and
	/// those of the chain.
	pub fn simulate_blocks(
		&self,
		param: SimulationParam,
		at: BlockParam,
	) -> Result<Vec<SimulatedBlockJson>, EthError> {
		let base = self.block_of(self.require(at)?.hash)?;
		let trace_transfers = param.trace_transfers;
		let full = param.return_full_transactions;
		let next = self.chain().next_block(base.id.hash)?;
		let plan = plan::plan(&base, next, param)?;
		let outcomes = self.chain().simulate(base.id.hash, plan.clone())?;
		if outcomes.len() != plan.len() {
			return Err(EthError::Damaged("a simulated block without outcome".into()));
		}
		let mut rendering = render::Rendering::new(self, &base, next, trace_transfers, full)?;
		plan.into_iter()
			.zip(outcomes)
			.map(|(block, outcome)| rendering.block(block, outcome))
			.collect()
	}
}
