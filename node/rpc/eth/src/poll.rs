// SPDX-License-Identifier: Apache-2.0
//! What is new since a filter was last asked.

use futures::{stream::BoxStream, FutureExt, StreamExt};
use unum_ethereum_index::{BlockId, ChainChange};
use unum_ethereum_view::TransactionView;

use crate::{
	convert::hash,
	filters::{Filter, FilterChanges},
	limits,
	lookup::Node,
	params::{BlockTag, LogFilter, LogRange},
	views::{log_json, LogJson, TransactionJson},
	EthError, EthereumChain,
};

/// How often a walk is begun again because the best chain has changed under it.
const ATTEMPTS: usize = 3;

impl<C: EthereumChain> Node<C> {
	/// What a filter has to tell since it was last asked.
	pub(crate) fn poll(&self, filter: &mut Filter) -> Result<FilterChanges, EthError> {
		match filter {
			Filter::Blocks { last } => {
				let change = self.since(*last)?;
				*last = change.enacted.last().copied().unwrap_or(self.ancestor(*last, &change)?);
				let blocks = change.enacted.into_iter().map(|block| hash(block.hash));
				Ok(FilterChanges::Hashes(blocks.collect()))
			},
			Filter::Logs { filter, last } => self.poll_logs(filter, last).map(FilterChanges::Logs),
			Filter::Pending { stream, full } => drain(stream, *full),
		}
	}

	/// Logs of retracted blocks, then those of new ones; no more of these than fit into one answer.
	fn poll_logs(&self, filter: &LogFilter, last: &mut BlockId) -> Result<Vec<LogJson>, EthError> {
		let change = self.since(*last)?;
		let mut logs = Vec::new();
		let mut at = self.ancestor(*last, &change)?;
		let ChainChange { retracted, enacted } = change;
		for block in retracted.into_iter().filter(|block| is_in_range(filter, block)) {
			logs.extend(self.logs_of(block, filter, true)?);
		}
		for block in enacted {
			if is_in_range(filter, &block) {
				let new = self.logs_of(block, filter, false)?;
				if !logs.is_empty() && logs.len().saturating_add(new.len()) > limits::MAX_LOGS {
					break;
				}
				logs.extend(new);
			}
			at = block;
		}
		*last = at;
		Ok(logs)
	}

	/// The logs of a block that pass a filter.
	pub(crate) fn logs_of(
		&self,
		block: BlockId,
		filter: &LogFilter,
		removed: bool,
	) -> Result<Vec<LogJson>, EthError> {
		let found = self.index().logs_of(block.hash, &filter.addresses, &filter.topics)?;
		Ok(found.into_iter().map(|log| log_json(log, removed)).collect())
	}

	/// Where the chain of `last` and the best chain part.
	fn ancestor(&self, last: BlockId, change: &ChainChange) -> Result<BlockId, EthError> {
		let Some(oldest) = change.retracted.last() else { return Ok(last) };
		let parent = self.index().block(oldest.hash)?.ok_or(EthError::FilterNotFound)?.parent_hash;
		Ok(BlockId { number: oldest.number.saturating_sub(1), hash: parent })
	}

	/// What has become of the best chain since `last` was its newest block.
	fn since(&self, last: BlockId) -> Result<ChainChange, EthError> {
		for _ in 0..ATTEMPTS {
			let change = self.walk(last)?;
			let mut is_stable = true;
			for block in &change.enacted {
				is_stable &= self.index().is_canonical(block.hash)?;
			}
			if is_stable {
				return Ok(change);
			}
		}
		Err(EthError::Damaged("the best chain does not settle".into()))
	}

	fn walk(&self, last: BlockId) -> Result<ChainChange, EthError> {
		let mut change = ChainChange { retracted: Vec::new(), enacted: Vec::new() };
		let mut at = last;
		while !self.index().is_canonical(at.hash)? {
			let block = self.index().block(at.hash)?.ok_or(EthError::FilterNotFound)?;
			change.retracted.push(at);
			at = BlockId { number: at.number.saturating_sub(1), hash: block.parent_hash };
			check_distance(change.retracted.len())?;
		}
		let best = self.best()?.number;
		check_distance(usize::try_from(best.saturating_sub(at.number)).unwrap_or(usize::MAX))?;
		for number in at.number.saturating_add(1)..=best {
			let Some(hash) = self.index().canonical_hash(number)? else { break };
			change.enacted.push(BlockId { number, hash });
		}
		Ok(change)
	}
}

/// A filter that is too far behind has expired.
fn check_distance(blocks: usize) -> Result<(), EthError> {
	match blocks <= limits::MAX_FILTER_BLOCKS {
		true => Ok(()),
		false => Err(EthError::FilterNotFound),
	}
}

/// Whether a filter that names numbers of blocks means this one.
fn is_in_range(filter: &LogFilter, block: &BlockId) -> bool {
	let LogRange::Blocks { from, to } = filter.range else { return false };
	let is_after = !matches!(from, BlockTag::Number(from) if block.number < from);
	let is_before = !matches!(to, BlockTag::Number(to) if block.number > to);
	is_after && is_before
}

/// What has come in since the last time.
fn drain(
	stream: &mut BoxStream<'static, TransactionView>,
	full: bool,
) -> Result<FilterChanges, EthError> {
	let mut new = Vec::new();
	while new.len() < limits::MAX_POOL_ITEMS {
		match stream.next().now_or_never() {
			Some(Some(transaction)) => new.push(transaction),
			Some(None) => return Err(EthError::FilterNotFound),
			None => break,
		}
	}
	match full {
		true => {
			let transactions = new.iter().map(TransactionJson::pooled).collect::<Result<_, _>>()?;
			Ok(FilterChanges::Transactions(transactions))
		},
		false => Ok(FilterChanges::Hashes(new.iter().map(|view| hash(view.hash)).collect())),
	}
}
