// SPDX-License-Identifier: Apache-2.0
//! What the chain makes of a load: its blocks as they arrive.

use std::{
	collections::BTreeMap,
	fs, io,
	sync::{atomic::Ordering, Arc},
	time::Duration,
};

use indicatif::ProgressBar;
use jsonrpsee::{core::client::SubscriptionClientT, rpc_params};
use serde_json::Value;
use sp_core::H256;
use tokio::time::{timeout, Instant};

use super::{Arguments, Counts, LoadError, Node, Summary, DRAIN};

/// Watches blocks after the `best` one until all of the `total` that are sent are in one, or for a minute
/// after the last.
pub(super) async fn watch(
	node: &Node,
	arguments: &Arguments,
	counts: Arc<Counts>,
	(total, best): (u64, u64),
	bar: &ProgressBar,
) -> Result<Summary, LoadError> {
	let mut heads = node
		.client()?
		.subscribe::<Value, _>(
			"chain_subscribeNewHeads",
			rpc_params![],
			"chain_unsubscribeNewHeads",
		)
		.await
		.map_err(|cause| node.failed(cause))?;
	let mut blocks = Blocks::default();
	bar.set_message("transactions in blocks");
	let mut deadline = Instant::now() + Duration::from_secs(arguments.duration.into()) + DRAIN;
	loop {
		let sent = counts.sent.load(Ordering::Relaxed);
		let answered = counts.answered.load(Ordering::Relaxed);
		let included = counts.included.load(Ordering::Relaxed);
		let settled = included + counts.refused.load(Ordering::Relaxed);
		if sent == total && answered == total && settled >= total {
			break;
		}
		if sent == total {
			deadline = deadline.min(Instant::now() + DRAIN);
		}
		let left = deadline.saturating_duration_since(Instant::now());
		let Ok(Some(Ok(head))) = timeout(left, heads.next()).await else { break };
		let arrived = Instant::now();
		let newest = number(&head).ok_or(LoadError::Unexpected("a header"))?;
		if newest <= best {
			continue;
		}
		let hash: Option<H256> = node.ask("chain_getBlockHash", rpc_params![newest]).await?;
		let Some(hash) = hash else { continue };
		let final_hash: H256 = node.ask("chain_getFinalizedHead", rpc_params![]).await?;
		let final_head: Value = node.ask("chain_getHeader", rpc_params![final_hash]).await?;
		let lag = newest.saturating_sub(number(&final_head).unwrap_or_default());
		blocks.follow(node, (best, newest, hash), (arrived, lag)).await?;
		let included = blocks.included();
		counts.included.store(included, Ordering::Relaxed);
		bar.set_position(included);
		blocks.pool_most = blocks.pool_most.max(sent.saturating_sub(settled));
		blocks.memory = blocks.memory.max(arguments.pid.and_then(|pid| memory_mib(pid).ok()));
	}
	Ok(blocks.summary())
}

pub(super) fn number(head: &Value) -> Option<u64> {
	u64::from_str_radix(head["number"].as_str()?.strip_prefix("0x")?, 16).ok()
}

/// What a process has of the machine's memory.
fn memory_mib(pid: u32) -> io::Result<u64> {
	let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
	let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
	let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
	kib.map(|kib| kib / 1_024).ok_or_else(|| io::Error::other("no VmRSS"))
}

/// A block as it arrived.
struct Block {
	hash: H256,
	arrived: Instant,
	/// Transactions.
	length: u64,
	/// How far the last final one was behind.
	lag: u64,
}

/// The blocks of the best chain. What a fork had that was left is in a later block again, or lost.
#[derive(Default)]
struct Blocks {
	chain: BTreeMap<u64, Block>,
	pool_most: u64,
	memory: Option<u64>,
}

impl Blocks {
	/// Takes over the best chain, down to what is known of it or to the block before the load.
	async fn follow(
		&mut self,
		node: &Node,
		(before, newest, mut hash): (u64, u64, H256),
		(arrived, lag): (Instant, u64),
	) -> Result<(), LoadError> {
		self.end_at(newest);
		let mut number = newest;
		while number > before && !self.has(number, hash) {
			let block: Value = node.ask("chain_getBlock", rpc_params![hash]).await?;
			let extrinsics = block["block"]["extrinsics"].as_array();
			let length = extrinsics.ok_or(LoadError::Unexpected("a block"))?.len();
			// Without the inherent that sets the time.
			let length = u64::try_from(length.saturating_sub(1)).unwrap_or(u64::MAX);
			let parent = block["block"]["header"]["parentHash"].as_str();
			self.chain.insert(number, Block { hash, arrived, length, lag });
			let parent = parent.and_then(|parent| parent.parse().ok());
			hash = parent.ok_or(LoadError::Unexpected("a header"))?;
			number = number.saturating_sub(1);
		}
		Ok(())
	}

	/// Forgets what is above.
	fn end_at(&mut self, number: u64) {
		self.chain.split_off(&number.saturating_add(1));
	}

	fn has(&self, number: u64, hash: H256) -> bool {
		self.chain.get(&number).is_some_and(|block| block.hash == hash)
	}

	fn included(&self) -> u64 {
		self.chain.values().map(|block| block.length).sum()
	}

	fn summary(self) -> Summary {
		let is_ours = |block: &Block| block.length > 0;
		let all: Vec<Block> = self.chain.into_values().collect();
		let first = all.iter().position(is_ours).unwrap_or_default();
		let last = all.iter().rposition(is_ours).unwrap_or_default();
		let ours = all.get(first..=last).unwrap_or_default();
		let mut gaps: Vec<f64> = ours
			.windows(2)
			.filter_map(|pair| match pair {
				[one, next] => {
					Some(next.arrived.saturating_duration_since(one.arrived).as_secs_f64())
				},
				_ => None,
			})
			.collect();
		gaps.sort_by(f64::total_cmp);
		let mut lags: Vec<u64> = all.iter().map(|block| block.lag).collect();
		lags.sort_unstable();
		let seconds: f64 = gaps.iter().sum();
		// The first block's transactions came before the first gap.
		let included: u64 = ours.iter().skip(1).map(|block| block.length).sum();
		Summary {
			seconds,
			transactions_per_second: if seconds > 0.0 { included as f64 / seconds } else { 0.0 },
			blocks: ours.iter().filter(|block| is_ours(block)).count(),
			largest_block: ours.iter().map(|block| block.length).max().unwrap_or_default(),
			block_seconds_median: part(&gaps, 50).unwrap_or_default(),
			block_seconds_95: part(&gaps, 95).unwrap_or_default(),
			block_seconds_most: gaps.last().copied().unwrap_or_default(),
			pool_most: self.pool_most,
			finality_lag_median: part(&lags, 50).unwrap_or_default(),
			finality_lag_most: lags.last().copied().unwrap_or_default(),
			memory_mib_most: self.memory,
			..Default::default()
		}
	}
}

/// Of sorted numbers, the one that so many in a hundred do not exceed.
fn part<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
	sorted.get((sorted.len().checked_sub(1)? * percent).div_ceil(100)).copied()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parts_of_sorted_numbers() {
		let numbers: Vec<u32> = (0..=100).collect();
		assert_eq!(part(&numbers, 50), Some(50));
		assert_eq!(part(&numbers, 95), Some(95));
		assert_eq!(part(&[7], 95), Some(7));
		assert_eq!(part::<u32>(&[], 50), None);
	}

	#[test]
	fn what_was_sustained_is_what_came_after_the_first_block() {
		let began = Instant::now();
		let mut blocks = Blocks::default();
		for (number, length) in (0..).zip([0, 10, 20, 0, 30, 0]) {
			let arrived = began + Duration::from_secs(number);
			let block = Block { hash: H256::from_low_u64_be(number), arrived, length, lag: number };
			blocks.chain.insert(number, block);
		}
		assert_eq!(blocks.included(), 60);
		let summary = blocks.summary();
		assert_eq!((summary.blocks, summary.largest_block), (3, 30));
		assert_eq!((summary.seconds, summary.transactions_per_second), (3.0, 50.0 / 3.0));
	}
}
