// SPDX-License-Identifier: Apache-2.0
//! `unum replay`: executes the blocks of a chain again, in order and in lanes, and compares.

use std::{num::NonZeroUsize, time::Duration};

use indicatif::ProgressBar;
use sc_cli::clap;
use sc_client_api::{BlockBackend, HeaderBackend};
use serde::Serialize;
use sp_runtime::traits::Block as _;
use unum_executor::{Engine, Replayed};
use unum_runtime::{opaque::Block, BlockNumber, Hash};

use crate::{
	cli::StoredChain,
	errors::{NodeError, ReplayError},
	service::{
		executor::FullExecutor,
		partial::{FullClient, Parts},
	},
};

/// The arguments of `unum replay`.
#[derive(Debug, Clone, clap::Parser)]
pub(crate) struct ReplayCmd {
	/// The first block.
	#[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
	pub(crate) from: BlockNumber,

	/// The last block; the newest, if left out.
	#[arg(long, value_name = "NUMBER")]
	pub(crate) to: Option<BlockNumber>,

	/// How many threads execute lanes; as many as the machine has cores, if left out.
	#[arg(long, value_name = "N")]
	pub(crate) threads: Option<NonZeroUsize>,

	/// Print a JSON object and nothing else.
	#[arg(long)]
	pub(crate) json: bool,

	/// Which chain.
	#[clap(flatten)]
	pub(crate) chain: StoredChain,
}

/// What replaying a chain came to.
#[derive(Debug, Default, Serialize)]
struct Summary {
	from: BlockNumber,
	to: BlockNumber,
	threads: usize,
	blocks: usize,
	extrinsics: usize,
	/// Blocks that were executed in lanes, and came to the same header.
	in_lanes: usize,
	lanes: usize,
	reexecuted: usize,
	/// Blocks that hold too little for lanes: the engine executed them in one piece, and came to the same.
	nothing_parallel: usize,
	/// Blocks that lanes left to the ordinary way for other causes.
	fallbacks: usize,
	/// Blocks that lanes refuse and the ordinary way accepts.
	divergent: Vec<BlockNumber>,
	/// Of those that were executed in lanes, how long they took in order and in lanes.
	sequential_seconds: f64,
	parallel_seconds: f64,
}

impl Summary {
	fn add(&mut self, number: BlockNumber, extrinsics: usize, replayed: &Replayed) {
		self.blocks += 1;
		self.extrinsics += extrinsics;
		if replayed.is_divergent() {
			self.divergent.push(number);
		}
		match &replayed.in_lanes {
			Ok((_, report)) if report.lanes == 0 => self.nothing_parallel += 1,
			Ok((time, report)) => {
				self.in_lanes += 1;
				self.lanes += report.lanes;
				self.reexecuted += report.reexecuted;
				self.sequential_seconds += replayed.in_order.as_secs_f64();
				self.parallel_seconds += time.as_secs_f64();
			},
			Err(_) => self.fallbacks += 1,
		}
	}

	fn print(&self) {
		let each = |seconds: f64| Duration::from_secs_f64(seconds / self.in_lanes.max(1) as f64);
		println!(
			"Blocks {} to {}: {} with {} extrinsics.\n\
			 In lanes, with {} threads: {} ({} lanes, {} of them executed again), {:.1?} each; in order \
			 {:.1?} each.\n\
			 Too small for lanes: {}. Left to the ordinary way: {}. Different: {}.",
			self.from,
			self.to,
			self.blocks,
			self.extrinsics,
			self.threads,
			self.in_lanes,
			self.lanes,
			self.reexecuted,
			each(self.parallel_seconds),
			each(self.sequential_seconds),
			self.nothing_parallel,
			self.fallbacks,
			self.divergent.len(),
		);
	}
}

/// Executes blocks again, says what came of it, and fails if a block is another one in lanes.
pub(crate) fn run(
	command: &ReplayCmd,
	chain: &Parts,
	threads: usize,
	bar: &ProgressBar,
) -> Result<(), NodeError> {
	let best = chain.client.info().best_number;
	let (from, to) = (command.from, command.to.unwrap_or(best));
	if from > to || to > best {
		return Err(ReplayError::Range { from, to, best }.into());
	}
	let engine = Engine::new(threads)?;
	let mut summary = Summary { from, to, threads, ..Default::default() };
	bar.set_length(u64::from(to - from) + 1);
	for number in from..=to {
		let (extrinsics, replayed) = replay(&chain.client, &chain.executor, &engine, number)?;
		summary.add(number, extrinsics, &replayed);
		bar.inc(1);
	}
	bar.finish_and_clear();
	match command.json {
		true => println!("{}", serde_json::to_string_pretty(&summary).map_err(ReplayError::from)?),
		false => summary.print(),
	}
	match summary.divergent.first() {
		Some(number) => Err(ReplayError::Divergent(*number).into()),
		None => Ok(()),
	}
}

/// Executes one block again. Returns how many extrinsics it has, besides.
fn replay(
	client: &FullClient,
	executor: &FullExecutor,
	engine: &Engine,
	number: BlockNumber,
) -> Result<(usize, Replayed), ReplayError> {
	let failed = |cause: sp_blockchain::Error| ReplayError::Block { number, cause };
	let hash: Hash = client.hash(number).map_err(failed)?.ok_or(ReplayError::Missing(number))?;
	let signed = client.block(hash).map_err(failed)?.ok_or(ReplayError::Missing(number))?;
	let (header, extrinsics) = signed.block.deconstruct();
	let replayed = executor.replay::<Block>(engine, header, &extrinsics).map_err(failed)?;
	Ok((extrinsics.len(), replayed))
}
