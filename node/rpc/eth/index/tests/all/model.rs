// SPDX-License-Identifier: Apache-2.0
//! The index as a list of blocks that is searched from one end to the other.

use std::collections::BTreeMap;

use unum_ethereum_index::{
	BlockId, ChainChange, EthereumIndex, FoundLog, IndexError, IndexedBlock, LogQuery,
	TransactionPlace,
};
use unum_ethereum_view::{LogView, H256};

/// What the index should be.
#[derive(Debug, Default)]
pub(crate) struct Model {
	blocks: BTreeMap<H256, IndexedBlock>,
	/// Oldest first.
	canonical: Vec<BlockId>,
}

impl Model {
	pub(crate) fn insert(&mut self, block: &IndexedBlock) {
		self.blocks.entry(block.id.hash).or_insert_with(|| block.clone());
	}

	/// What `set_best` answers; nothing where it must fail.
	pub(crate) fn set_best(&mut self, hash: H256) -> Option<ChainChange> {
		let mut chain = Vec::new();
		let mut next = self.blocks.get(&hash);
		while let Some(block) = next {
			chain.insert(0, block.id);
			next = self.blocks.get(&block.parent_hash);
		}
		let bottom = *chain.first()?;
		let old = &self.canonical;
		let trunk = chain.iter().rev().find(|id| old.contains(id));
		let may_begin = old.first().is_none_or(|oldest| bottom.number <= oldest.number);
		if trunk.is_none() && bottom.number != 0 && !may_begin {
			return None;
		}
		let is_above = |id: &&BlockId| trunk.is_none_or(|trunk| id.number > trunk.number);
		let change = ChainChange {
			retracted: old.iter().filter(is_above).rev().copied().collect(),
			enacted: chain.iter().filter(is_above).copied().collect(),
		};
		self.canonical = chain;
		Some(change)
	}

	pub(crate) fn forget_forks_below(&mut self, number: u64) -> u64 {
		let before = self.blocks.len();
		let canonical = &self.canonical;
		self.blocks.retain(|_, block| {
			let beside = canonical.iter().find(|id| id.number == block.id.number);
			block.id.number >= number || beside.is_none_or(|id| *id == block.id)
		});
		(before - self.blocks.len()) as u64
	}

	pub(crate) fn clear(&mut self) {
		*self = Self::default();
	}

	fn transaction(&self, hash: H256) -> Option<TransactionPlace> {
		self.canonical.iter().find_map(|block| {
			let transactions = &self.blocks[&block.hash].view.transactions;
			let position = transactions.iter().position(|t| t.transaction.hash == hash)?;
			Some(TransactionPlace { block: *block, position: position as u32 })
		})
	}

	/// The logs of a block that pass, in order.
	fn logs_of(&self, hash: H256, passes: impl Fn(&LogView) -> bool) -> Vec<FoundLog> {
		let block = &self.blocks[&hash];
		let mut all = Vec::new();
		for (position, included) in block.view.transactions.iter().enumerate() {
			for log in &included.receipt.logs {
				all.push(FoundLog {
					block: block.id,
					timestamp: block.view.timestamp,
					transaction_hash: included.transaction.hash,
					transaction_position: position as u32,
					log_index: all.len() as u32,
					log: log.clone(),
				});
			}
		}
		all.retain(|found| passes(&found.log));
		all
	}

	pub(crate) fn logs(&self, query: &LogQuery) -> Vec<FoundLog> {
		let in_range = |id: &&BlockId| (query.from..=query.to).contains(&id.number);
		let blocks = self.canonical.iter().filter(in_range);
		blocks.flat_map(|id| self.logs_of(id.hash, |log| passes(log, query))).collect()
	}

	/// Asks the index everything that the model can answer.
	pub(crate) fn assert_equals(
		&self,
		index: &EthereumIndex,
		all: &[IndexedBlock],
		queries: &[LogQuery],
	) {
		assert_eq!(index.best().unwrap(), self.canonical.last().copied());
		assert_eq!(index.oldest().unwrap(), self.canonical.first().copied());
		for block in all {
			let BlockId { number, hash } = block.id;
			let stored = self.blocks.get(&hash);
			assert_eq!(index.contains(hash).unwrap(), stored.is_some());
			assert_eq!(index.block_id(hash).unwrap(), stored.map(|block| block.id));
			assert_eq!(index.block(hash).unwrap().as_ref(), stored);
			assert_eq!(index.is_canonical(hash).unwrap(), self.canonical.contains(&block.id));
			let canonical = self.canonical.iter().find(|id| id.number == number);
			assert_eq!(index.canonical_hash(number).unwrap(), canonical.map(|id| id.hash));
			for included in &block.view.transactions {
				let hash = included.transaction.hash;
				assert_eq!(index.transaction(hash).unwrap(), self.transaction(hash));
			}
		}
		queries.iter().for_each(|query| self.assert_finds_the_same(index, query));
	}

	fn assert_finds_the_same(&self, index: &EthereumIndex, query: &LogQuery) {
		let expected = self.logs(query);
		assert_eq!(index.logs(query, expected.len()).unwrap(), expected, "{query:?}");
		if let Some(at_most) = expected.len().checked_sub(1) {
			let refused = index.logs(query, at_most);
			assert!(matches!(refused, Err(IndexError::TooManyLogs { at_most: n }) if n == at_most));
		}
		for hash in self.blocks.keys() {
			let found = index.logs_of(*hash, &query.addresses, &query.topics).unwrap();
			assert_eq!(found, self.logs_of(*hash, |log| passes(log, query)));
		}
	}
}

/// The rule of `eth_getLogs` in other words than the crate's: no condition is broken.
fn passes(log: &LogView, query: &LogQuery) -> bool {
	if !query.addresses.is_empty() && query.addresses.iter().all(|a| *a != log.address) {
		return false;
	}
	for (position, wanted) in query.topics.iter().enumerate() {
		let Some(topic) = log.topics.get(position) else { return false };
		if !wanted.is_empty() && wanted.iter().all(|w| w != topic) {
			return false;
		}
	}
	true
}
