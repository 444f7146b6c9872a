// SPDX-License-Identifier: Apache-2.0
//! What gas costs, and what it has cost.

use alloy_rpc_types_eth::FeeHistory;
use unum_ethereum_index::{BlockId, IndexedBlock};
use unum_ethereum_view::{BlockView, IncludedTransaction};

use crate::{limits, lookup::Node, params::BlockParam, EthError, EthereumChain};

/// What a unit of blob gas costs where there are no blobs, in wei
/// ([EIP-4844](https://eips.ethereum.org/EIPS/eip-4844)).
pub(crate) const BLOB_BASE_FEE: u128 = 1;

/// Gas and tip of a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Paid {
	gas_used: u64,
	tip: u128,
}

/// What the transactions of a block have paid beyond the base fee, the lowest tip first.
fn paid(block: &BlockView) -> Vec<Paid> {
	let base_fee = u128::from(block.base_fee);
	let of = |included: &IncludedTransaction| Paid {
		gas_used: included.receipt.gas_used,
		tip: included.receipt.effective_gas_price.saturating_sub(base_fee),
	};
	let mut paid: Vec<_> = block.transactions.iter().map(of).collect();
	paid.sort_by_key(|paid| paid.tip);
	paid
}

fn gas_used(block: &BlockView) -> u64 {
	block.transactions.iter().fold(0, |sum, included| sum.saturating_add(included.receipt.gas_used))
}

/// The tips at these percentiles of the block's gas; zeros for an empty block.
fn rewards(block: &BlockView, percentiles: &[f64]) -> Vec<u128> {
	let paid = paid(block);
	let Some(lowest) = paid.first().copied() else { return vec![0; percentiles.len()] };
	let total = gas_used(block) as f64;
	let mut rest = paid.iter().skip(1);
	let (mut at, mut sum) = (lowest, lowest.gas_used);
	let mut reward = |percentile: &f64| {
		// As geth: the threshold is rounded down. It is not negative, for percentiles are not.
		#[allow(clippy::cast_sign_loss)]
		let threshold = (total * percentile / 100.0) as u64;
		while sum < threshold {
			let Some(next) = rest.next() else { break };
			at = *next;
			sum = sum.saturating_add(next.gas_used);
		}
		at.tip
	};
	percentiles.iter().map(&mut reward).collect()
}

/// Checks the percentiles of `eth_feeHistory` as geth does.
fn check_percentiles(percentiles: &[f64]) -> Result<(), EthError> {
	let invalid =
		|text: String| Err(EthError::OutOfBounds(format!("invalid reward percentile: {text}")));
	if percentiles.len() > limits::MAX_PERCENTILES {
		let most = limits::MAX_PERCENTILES;
		return Err(EthError::OutOfBounds(format!(
			"invalid reward percentile: over the query limit {most}"
		)));
	}
	if let Some(outside) = percentiles.iter().find(|percent| !(0.0..=100.0).contains(*percent)) {
		return invalid(format!("{outside:.6}"));
	}
	let pairs = percentiles.iter().zip(percentiles.iter().skip(1));
	for ((earlier, position), (before, percent)) in (0..).zip(1..).zip(pairs) {
		if percent <= before {
			return invalid(format!("#{earlier}:{before:.6} >= #{position}:{percent:.6}"));
		}
	}
	Ok(())
}

fn ratio(block: &BlockView) -> f64 {
	match block.gas_limit {
		0 => 0.0,
		limit => gas_used(block) as f64 / limit as f64,
	}
}

impl<C: EthereumChain> Node<C> {
	/// What a transaction should pay for a unit of gas, in wei.
	pub(crate) fn gas_price(&self) -> Result<u128, EthError> {
		let base_fee = self.chain().next_block(self.best()?.hash)?.base_fee;
		Ok(self.suggested_tip()?.saturating_add(base_fee.into()))
	}

	/// The tip that a transaction should pay: a percentile of the lowest tips of recent blocks, and
	/// something if there were none. (A wallet that replaces a transaction multiplies its tip.)
	pub(crate) fn suggested_tip(&self) -> Result<u128, EthError> {
		let newest = self.best()?.number;
		let mut tips = Vec::new();
		for number in newest.saturating_sub(limits::TIP_BLOCKS.saturating_sub(1))..=newest {
			let Some(block) = self.canonical(number)? else { continue };
			let lowest = paid(&block.view).into_iter().take(limits::TIPS_PER_BLOCK);
			tips.extend(lowest.map(|paid| paid.tip));
		}
		tips.sort_unstable();
		let at = tips.len().saturating_sub(1).saturating_mul(limits::TIP_PERCENTILE) / 100;
		Ok(tips.get(at).copied().unwrap_or_default().clamp(limits::MIN_TIP, limits::MAX_TIP))
	}

	fn canonical(&self, number: u64) -> Result<Option<IndexedBlock>, EthError> {
		let Some(hash) = self.index().canonical_hash(number)? else { return Ok(None) };
		Ok(self.index().block(hash)?)
	}

	/// `eth_feeHistory`, of at most so many blocks up to this one.
	pub(crate) fn fee_history(
		&self,
		blocks: u64,
		newest: BlockParam,
		percentiles: &[f64],
	) -> Result<FeeHistory, EthError> {
		check_percentiles(percentiles)?;
		if blocks == 0 {
			return Ok(FeeHistory::default());
		}
		let newest = self.newest_of_history(newest)?;
		let kept = self.index().oldest()?.map_or(0, |block| block.number);
		let blocks = blocks.min(limits::MAX_FEE_HISTORY_BLOCKS);
		let oldest = newest.number.saturating_sub(blocks.saturating_sub(1)).max(kept);
		let mut history = FeeHistory { oldest_block: oldest, ..FeeHistory::default() };
		let mut reward = Vec::new();
		for number in oldest..=newest.number {
			let Some(block) = self.canonical(number)? else { break };
			history.base_fee_per_gas.push(block.view.base_fee.into());
			history.gas_used_ratio.push(ratio(&block.view));
			history.base_fee_per_blob_gas.push(BLOB_BASE_FEE);
			history.blob_gas_used_ratio.push(0.0);
			reward.push(rewards(&block.view, percentiles));
		}
		history.base_fee_per_gas.push(self.base_fee_after(newest)?.into());
		history.base_fee_per_blob_gas.push(BLOB_BASE_FEE);
		history.reward = (!percentiles.is_empty()).then_some(reward);
		Ok(history)
	}

	fn newest_of_history(&self, newest: BlockParam) -> Result<BlockId, EthError> {
		let head = self.best()?.number;
		match newest {
			BlockParam::Tag(crate::params::BlockTag::Number(number)) if number > head => {
				Err(EthError::OutOfBounds(format!(
					"request beyond head block: requested {number}, head {head}"
				)))
			},
			other => self.require(other),
		}
	}

	/// The base fee of the block after this one, whether or not that is there.
	fn base_fee_after(&self, block: BlockId) -> Result<u64, EthError> {
		match self.canonical(block.number.saturating_add(1))? {
			Some(next) => Ok(next.view.base_fee),
			None => Ok(self.chain().next_block(block.hash)?.base_fee),
		}
	}
}
