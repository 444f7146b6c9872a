// SPDX-License-Identifier: Apache-2.0
//! Logs.

use alloy_primitives::{Bloom, LogData, B256};
use unum_ethereum_index::{BlockId, FoundLog};
use unum_ethereum_view::LogView;

use crate::convert::{address, hash};

/// A log as JSON.
pub type LogJson = alloy_rpc_types_eth::Log;

/// A log as JSON; `removed` if its block is no longer on the best chain.
pub fn log_json(found: FoundLog, removed: bool) -> LogJson {
	let FoundLog { block: BlockId { number, hash: block }, .. } = found;
	LogJson {
		inner: plain(found.log),
		block_hash: Some(hash(block)),
		block_number: Some(number),
		block_timestamp: Some(found.timestamp),
		transaction_hash: Some(hash(found.transaction_hash)),
		transaction_index: Some(found.transaction_position.into()),
		log_index: Some(found.log_index.into()),
		removed,
	}
}

/// A log without its place.
pub(crate) fn plain(log: LogView) -> alloy_primitives::Log {
	alloy_primitives::Log {
		address: address(log.address),
		data: LogData::new_unchecked(log.topics.into_iter().map(hash).collect(), log.data.into()),
	}
}

/// The filter of Bloom over some logs.
pub(crate) fn bloom<'a>(logs: impl IntoIterator<Item = &'a LogView>) -> Bloom {
	let mut bloom = Bloom::ZERO;
	for log in logs {
		let topics: Vec<B256> = log.topics.iter().copied().map(hash).collect();
		bloom.accrue_raw_log(address(log.address), &topics);
	}
	bloom
}
