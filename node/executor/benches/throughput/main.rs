// SPDX-License-Identifier: Apache-2.0
//! Blocks executed in lanes beside the ordinary way, in one run: `cargo bench --bench throughput`.
//!
//! The state is a trie in memory without a cache, signatures are verified in both ways, and blocks are as
//! long as their weight allows: what is compared is the executors, not what a chain sustains.

// The chain of the tests.
#[path = "../../tests/all/chain.rs"]
mod chain;

use std::time::{Duration, Instant};

use chain::{account, Block, Chain};
use unum_executor::{Engine, Fallback};
use unum_runtime::{Address, RuntimeCall};

/// How often each measurement is made; the fastest counts, because other work only ever slows down.
const ROUNDS: u32 = 7;

const ACCOUNTS: u32 = 2_000;

fn pay(to: u32) -> RuntimeCall {
	let (dest, value) = (Address::Id(account(to)), 1_000);
	RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest, value })
}

/// Who pays whom.
type Workload = (&'static str, fn(u32) -> (u32, u32));

const WORKLOADS: [Workload; 3] =
	[("disjoint", |n| (2 * n, 2 * n + 1)), ("hot", |n| (n + 1, 0)), ("chained", |n| (n, n + 1))];

fn fastest(mut run: impl FnMut() -> Duration) -> Duration {
	(0..ROUNDS).map(|_| run()).min().unwrap_or_default()
}

fn timed<R>(run: impl FnOnce() -> R) -> (Duration, R) {
	let began = Instant::now();
	let result = run();
	(began.elapsed(), result)
}

fn measure(name: &str, chain: &Chain, block: &Block, threads: usize) {
	let engine = Engine::new(threads).expect("threads");
	let ordinary = fastest(|| timed(|| chain.execute_only(block).expect("it is valid")).0);
	let mut how = String::new();
	let lanes = fastest(|| {
		let (time, result) = timed(|| chain.lanes_only(&engine, block));
		match result {
			Ok(report) => {
				how = report.to_string();
				time
			},
			// Left to the ordinary way, after it was looked at.
			Err(Fallback::NothingParallel) => {
				how = "not in lanes".into();
				time + timed(|| chain.execute_only(block).expect("it is valid")).0
			},
			Err(fallback) => panic!("{fallback}"),
		}
	});
	let transactions = block.extrinsics.len() - 1;
	let per = |time: Duration| time.as_secs_f64() * 1e6 / transactions as f64;
	println!(
		"{name:10} {threads:>2} threads, {transactions} transfers: in order {:6.1} us each, in lanes {:6.1}: \
		 {:.2} times as fast ({how})",
		per(ordinary),
		per(lanes),
		per(ordinary) / per(lanes),
	);
}

fn main() {
	for (name, pairs) in WORKLOADS {
		let mut chain = Chain::new(ACCOUNTS);
		let transactions: Vec<_> = (0..ACCOUNTS / 2)
			.map(|n| {
				let (from, to) = pairs(n);
				chain.sign(from, pay(to))
			})
			.collect();
		let block = chain.author(&transactions);
		for threads in [2, 4] {
			measure(name, &chain, &block, threads);
		}
	}
}
