// SPDX-License-Identifier: Apache-2.0
//! Logs that are asked for.

use unum_ethereum_index::{FoundLog, LogQuery};

use crate::{
	limits,
	lookup::Node,
	params::{BlockParam, BlockTag, LogFilter, LogRange},
	views::{log_json, LogJson},
	EthError, EthereumChain,
};

impl<C: EthereumChain> Node<C> {
	/// `eth_getLogs`.
	///
	/// # Errors
	/// [`EthError::UnknownBlock`], [`EthError::InvalidParams`] for ranges that end before they begin or
	/// after the latest block, [`EthError::TooManyBlocks`], [`EthError::TooManyLogs`].
	pub fn logs(&self, filter: &LogFilter) -> Result<Vec<LogJson>, EthError> {
		let found = match filter.range {
			LogRange::Block(hash) => {
				if !self.index().contains(hash)? {
					return Err(EthError::UnknownBlock);
				}
				self.index().logs_of(hash, &filter.addresses, &filter.topics)?
			},
			LogRange::Blocks { from, to } => self.logs_between(filter, from, to)?,
		};
		if found.len() > limits::MAX_LOGS {
			return Err(EthError::TooManyLogs(limits::MAX_LOGS));
		}
		Ok(found.into_iter().map(|log| log_json(log, false)).collect())
	}

	fn logs_between(
		&self,
		filter: &LogFilter,
		from: BlockTag,
		to: BlockTag,
	) -> Result<Vec<FoundLog>, EthError> {
		let (from, to) = (self.bound(from)?, self.bound(to)?);
		if from > to {
			return Err(EthError::InvalidParams("invalid block range params".into()));
		}
		if to > self.best()?.number {
			return Err(EthError::InvalidParams(
				"block range extends beyond current head block".into(),
			));
		}
		if self.index().oldest()?.is_some_and(|oldest| from < oldest.number) {
			return Err(EthError::Pruned);
		}
		let most = most_blocks(filter);
		if to.saturating_sub(from) >= most {
			return Err(EthError::TooManyBlocks(most));
		}
		let query = LogQuery {
			from,
			to,
			addresses: filter.addresses.clone(),
			topics: filter.topics.clone(),
		};
		Ok(self.index().logs(&query, limits::MAX_LOGS)?)
	}

	fn bound(&self, tag: BlockTag) -> Result<u64, EthError> {
		match tag {
			BlockTag::Number(number) => Ok(number),
			BlockTag::Pending => Err(EthError::Unavailable("pending logs are not supported")),
			tag => Ok(self.require(BlockParam::Tag(tag))?.number),
		}
	}
}

/// How many blocks a query may span.
fn most_blocks(filter: &LogFilter) -> u64 {
	let names_topic = filter.topics.iter().any(|alternatives| !alternatives.is_empty());
	match filter.addresses.is_empty() && !names_topic {
		true => limits::MAX_LOG_BLOCKS,
		false => limits::MAX_INDEXED_LOG_BLOCKS,
	}
}
