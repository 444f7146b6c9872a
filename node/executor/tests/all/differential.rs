// SPDX-License-Identifier: Apache-2.0
//! Blocks of random transactions, executed in lanes and in the ordinary way: the same header, state,
//! events, and nodes of the trie with their counts.

use std::ops::Range;

use fastrand::Rng;
use unum_bench::chain::{Block, Chain};
use unum_executor::Engine;

use crate::generator::{transactions, Mix};

/// Executes a block both ways and makes it the last one.
fn compare(
	chain: &mut Chain,
	engine: &Engine,
	block: &Block,
	runs: Option<&[Range<usize>]>,
) -> bool {
	let ordinary = chain.execute(block).expect("the author made it");
	// What the runtime keeps inside Wasm while it executes a block is no part of the block.
	assert_eq!(chain.execute_natively(block), ordinary);
	let (effects, report) = chain.execute_in_lanes(engine, block, runs).expect("it holds");
	assert_eq!(effects, ordinary);
	chain.import(block, &ordinary);
	chain.read_nonces();
	report.lanes > 0
}

/// Any cuts at all.
fn absurd(rng: &mut Rng, length: usize) -> Vec<Range<usize>> {
	let mut runs = vec![];
	// Short ones show what is not noticed in long ones, which have something to notice in any case.
	let most = [1, 2, 5, 30][rng.usize(..4)];
	let mut begin = 0;
	while begin < length {
		let end = rng.usize(begin + 1..=length.min(begin + most));
		runs.push(begin..end);
		begin = end;
	}
	runs
}

/// Blocks of each chain.
const ROUNDS: u32 = 3;

/// How many blocks: `make differential BLOCKS=100000` for a release.
fn blocks() -> u32 {
	std::env::var("UNUM_DIFFERENTIAL_BLOCKS").ok().and_then(|n| n.parse().ok()).unwrap_or(600)
}

#[test]
fn lanes_make_the_same_of_a_block() {
	let mut parallel = 0;
	let chains = blocks().div_ceil(ROUNDS);
	for seed in 0..chains {
		if chains > 1_000 && seed % 100 == 0 {
			eprintln!("{} of {} blocks", seed * ROUNDS, blocks());
		}
		let rng = &mut Rng::with_seed(seed.into());
		let mix = Mix::random(rng);
		let mut chain = Chain::new(mix.accounts);
		let engine = Engine::new(rng.usize(1..=4)).unwrap();
		for round in 0..ROUNDS {
			let transactions = transactions(&mut chain, rng, &mix);
			let block = chain.author(&transactions);
			let runs = absurd(rng, block.extrinsics.len() - 1);
			let runs = (round != 0).then_some(&runs[..]);
			parallel += u32::from(compare(&mut chain, &engine, &block, runs));
		}
	}
	assert!(parallel > chains, "{parallel} blocks were executed in lanes");
}
