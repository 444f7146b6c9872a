// SPDX-License-Identifier: Apache-2.0
//! Which blocks are to be simulated.

use unum_ethereum_index::IndexedBlock;
use unum_ethereum_view::{
	BlockOverrides, CallRequest, Checks, NextBlock, SimulatedBlock, TraceOptions, H256,
};

use crate::{
	limits,
	params::{into_accounts, CallParam, SimulatedBlockParam, SimulationParam},
	EthError,
};

/// What all blocks of a simulation share.
struct Planner<'a> {
	base: &'a IndexedBlock,
	next: NextBlock,
	validation: bool,
	trace: TraceOptions,
	number: u64,
	timestamp: u64,
	blocks: Vec<SimulatedBlock>,
}

/// The blocks that were asked for and those in between, each with all that is known of it.
pub(super) fn plan(
	base: &IndexedBlock,
	next: NextBlock,
	param: SimulationParam,
) -> Result<Vec<SimulatedBlock>, EthError> {
	let calls = param.block_state_calls.iter().map(|block| block.calls.len()).sum::<usize>();
	if param.block_state_calls.is_empty() {
		return Err(EthError::InvalidParams("empty input".into()));
	}
	if calls > limits::MAX_SIMULATED_CALLS {
		return Err(EthError::SimulationTooLarge("calls"));
	}
	let mut planner = Planner {
		base,
		next,
		validation: param.validation,
		trace: TraceOptions { frames: param.trace_transfers, ..TraceOptions::default() },
		number: base.id.number,
		timestamp: base.view.timestamp,
		blocks: Vec::new(),
	};
	for block in param.block_state_calls {
		planner.add(block)?;
	}
	Ok(planner.blocks)
}

impl Planner<'_> {
	fn add(&mut self, param: SimulatedBlockParam) -> Result<(), EthError> {
		let overrides = param.block_overrides.unwrap_or_default().into_overrides()?;
		let number = overrides.number.unwrap_or(self.number.saturating_add(1));
		if number <= self.number {
			return Err(EthError::BlockNumbersOutOfOrder(number, self.number));
		}
		if number.saturating_sub(self.base.id.number) > limits::MAX_SIMULATED_BLOCKS {
			return Err(EthError::SimulationTooLarge("blocks"));
		}
		while self.number.saturating_add(1) < number {
			self.push(BlockOverrides::default(), SimulatedBlock::default())?;
		}
		let accounts = param.state_overrides.map(into_accounts).transpose()?.unwrap_or_default();
		let calls =
			param.calls.into_iter().map(|call| self.request(call)).collect::<Result<_, _>>()?;
		self.push(overrides, SimulatedBlock { accounts, calls, ..SimulatedBlock::default() })
	}

	/// Where nothing is validated, a caller may name more gas than there is, and gets what there is.
	fn request(&self, call: CallParam) -> Result<CallRequest, EthError> {
		let mut request = call.into_request()?;
		if !self.validation {
			request.gas = request.gas.map(|gas| gas.min(self.next.transaction_gas_limit));
		}
		Ok(request)
	}

	fn push(&mut self, overrides: BlockOverrides, block: SimulatedBlock) -> Result<(), EthError> {
		let number = self.number.saturating_add(1);
		let soonest = self.timestamp.saturating_add(limits::SIMULATED_BLOCK_SECONDS);
		let timestamp = overrides.timestamp.unwrap_or(soonest);
		if timestamp <= self.timestamp {
			return Err(EthError::BlockTimesOutOfOrder(timestamp, self.timestamp));
		}
		(self.number, self.timestamp) = (number, timestamp);
		let view = &self.base.view;
		let base_fee = if self.validation { self.next.base_fee } else { 0 };
		self.blocks.push(SimulatedBlock {
			block: BlockOverrides {
				number: Some(number),
				timestamp: Some(timestamp),
				gas_limit: overrides.gas_limit.or(Some(view.gas_limit)),
				beneficiary: overrides.beneficiary.or(Some(view.beneficiary)),
				prevrandao: overrides.prevrandao.or(Some(H256::zero())),
				base_fee: overrides.base_fee.or(Some(base_fee)),
				blob_base_fee: overrides.blob_base_fee,
			},
			checks: if self.validation { Checks::Strict } else { Checks::Lenient },
			trace: self.trace,
			..block
		});
		Ok(())
	}
}
