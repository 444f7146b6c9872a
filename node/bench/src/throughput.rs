// SPDX-License-Identifier: Apache-2.0
//! Blocks made in memory, in lanes as a node makes them, and executed in order and in lanes.

use std::{
	collections::BTreeMap,
	num::NonZeroUsize,
	path::PathBuf,
	thread,
	time::{Duration, Instant},
};

use clap::ValueEnum;
use fastrand::Rng;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use sp_runtime::OpaqueExtrinsic;
use unum_executor::{signatures, CallError, Engine, Fallback, Report, ThreadPoolBuildError};

use crate::{
	chain::{Block, Chain, Made},
	plot::{self, PlotError},
	Workload,
};

/// The trie cache, as large as a node's.
const TRIE_CACHE_BYTES: usize = 1 << 30;

/// As many transactions are offered to the first block, which may have room for less.
const FIRST_OFFER: u32 = 4_000;

/// As many are offered to a block at most.
const OFFERED_MAX: u32 = 50_000;

/// The arguments of a measurement.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
	/// What the transactions do; all of these, one after the other, if left out.
	#[arg(long, value_name = "NAME,…", value_delimiter = ',', default_values_t = Workload::value_variants().to_vec())]
	pub workload: Vec<Workload>,

	/// How many accounts the state has, each with coins and with a token.
	#[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..))]
	pub accounts: u32,

	/// With how many threads lanes are executed, one after the other; 1, 2, 4 and so on up to the
	/// machine's cores, if left out.
	#[arg(long, value_name = "N,…", value_delimiter = ',')]
	pub threads: Vec<NonZeroUsize>,

	/// How many blocks of each workload.
	#[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
	pub blocks: u32,

	/// The most transactions of a block; as many as its weight allows, if left out.
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
	pub transactions: Option<u32>,

	/// How often each block is executed in each way; the fastest time counts, because other work on the
	/// machine only ever slows down.
	#[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
	pub rounds: u32,

	/// Whether signatures were verified before, as the transaction pool does.
	#[arg(
		long,
		value_name = "verified|fresh",
		default_value = "verified",
		hide_possible_values = true
	)]
	pub signatures: Signatures,

	/// Whether blocks are imported, or made.
	#[arg(
		long,
		value_name = "import|author",
		default_value = "import",
		hide_possible_values = true
	)]
	pub side: Side,

	/// Print an array of JSON objects and nothing else.
	#[arg(long)]
	pub json: bool,

	/// Draw the transactions per second into an SVG file.
	#[arg(long, value_name = "FILE")]
	pub plot: Option<PathBuf>,
}

/// Whose part in a block is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Side {
	/// Executing a block that somebody else has made.
	Import,
	/// Making a block of transactions.
	Author,
}

/// Whether signatures were verified before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Signatures {
	/// By the pool: executing a block only looks them up.
	Verified,
	/// They are verified while the block is executed.
	Fresh,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum ThroughputError {
	/// See [`ThreadPoolBuildError`].
	#[error(transparent)]
	Threads(#[from] ThreadPoolBuildError),
	/// The runtime refuses its own block.
	#[error("a block of {workload} transactions was refused: {cause}")]
	Refused {
		/// Of which workload.
		workload: Workload,
		/// What the runtime said.
		cause: CallError,
	},
	/// Lanes come to another block.
	#[error("executed in lanes, a block of {workload} transactions is another one: {cause}")]
	Differs {
		/// Of which workload.
		workload: Workload,
		/// What the engine said.
		cause: Fallback,
	},
	/// Blocks hold nothing.
	#[error("a block has no room for a single {0} transaction")]
	Empty(Workload),
	/// See [`PlotError`].
	#[error(transparent)]
	Plot(#[from] PlotError),
	/// The report could not be written.
	#[error("the report could not be written as JSON: {0}")]
	Json(#[from] serde_json::Error),
}

/// How fast one workload was executed in one way.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
	/// Its name.
	pub workload: String,
	/// Accounts in the state.
	pub accounts: u32,
	/// `sequential` or `parallel`.
	pub mode: &'static str,
	/// Threads that executed lanes.
	pub threads: usize,
	/// Transactions in all blocks.
	pub transactions: u64,
	/// How long the blocks took.
	pub seconds: f64,
	/// The quotient of these.
	pub transactions_per_second: f64,
	/// How long the stages took, in milliseconds, for all blocks.
	pub stages_ms: BTreeMap<&'static str, f64>,
	/// Lanes.
	pub lanes: usize,
	/// Lanes that were executed again.
	pub reexecuted: usize,
	/// Blocks that were executed in one piece, because there was nothing to execute at the same time.
	pub fallbacks: u32,
}

impl Row {
	/// How they were executed, in words.
	pub(crate) fn way(&self) -> String {
		match (self.mode, self.threads) {
			("sequential", _) => "sequential".into(),
			(_, 1) => "1 thread".into(),
			(_, threads) => format!("{threads} threads"),
		}
	}

	fn new(workload: Workload, accounts: u32, mode: &'static str, threads: usize) -> Self {
		Self {
			workload: workload.to_string(),
			accounts,
			mode,
			threads,
			transactions: 0,
			seconds: 0.0,
			transactions_per_second: 0.0,
			stages_ms: BTreeMap::new(),
			lanes: 0,
			reexecuted: 0,
			fallbacks: 0,
		}
	}

	fn add(&mut self, block: &Block, run: &Run) {
		self.transactions += u64::try_from(own(block).len()).unwrap_or_default();
		self.seconds += run.time.as_secs_f64();
		self.transactions_per_second = self.transactions as f64 / self.seconds;
		for (stage, time) in &run.stages {
			*self.stages_ms.entry(stage).or_default() += time.as_secs_f64() * 1e3;
		}
		self.lanes += run.lanes;
		self.reexecuted += run.reexecuted;
		self.fallbacks += u32::from(run.is_whole);
	}
}

/// A block, executed once.
#[derive(Debug, Default)]
struct Run {
	time: Duration,
	stages: Vec<(&'static str, Duration)>,
	lanes: usize,
	reexecuted: usize,
	is_whole: bool,
}

/// Measures, shows how far it is, and prints what it found.
///
/// # Errors
/// [`ThroughputError`]: nothing was measured.
pub fn run(arguments: &Arguments) -> Result<(), ThroughputError> {
	let rows = measure(arguments)?;
	match arguments.json {
		true => println!("{}", serde_json::to_string_pretty(&rows)?),
		false => print!("{}", table(&rows)),
	}
	if let Some(path) = &arguments.plot {
		plot::draw(&rows, path)?;
	}
	Ok(())
}

/// Measures.
///
/// # Errors
/// [`ThroughputError`]: nothing was measured.
pub fn measure(arguments: &Arguments) -> Result<Vec<Row>, ThroughputError> {
	let engines = threads(arguments)
		.map(|threads| Ok((threads, Engine::new(threads)?)))
		.collect::<Result<Vec<_>, ThroughputError>>()?;
	let workloads = u64::try_from(arguments.workload.len()).unwrap_or_default();
	let bar = ProgressBar::new(workloads * u64::from(arguments.blocks)).with_style(style());
	let mut rows = Vec::new();
	for workload in &arguments.workload {
		rows.extend(Measurement { workload: *workload, arguments, engines: &engines }.run(&bar)?);
	}
	bar.finish_and_clear();
	Ok(rows)
}

fn style() -> ProgressStyle {
	ProgressStyle::with_template("{bar:40} {pos}/{len} blocks, {elapsed}: {msg}")
		.unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The numbers of threads that are asked for, or all powers of two that the machine has.
fn threads(arguments: &Arguments) -> impl Iterator<Item = usize> {
	let mut wanted: Vec<_> = arguments.threads.iter().copied().map(NonZeroUsize::get).collect();
	if wanted.is_empty() {
		let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
		wanted = (0..).map(|power| 1 << power).take_while(|threads| *threads <= cores).collect();
	}
	wanted.into_iter()
}

/// The measurement of one workload.
struct Measurement<'a> {
	workload: Workload,
	arguments: &'a Arguments,
	engines: &'a [(usize, Engine)],
}

impl Measurement<'_> {
	fn run(&self, bar: &ProgressBar) -> Result<Vec<Row>, ThroughputError> {
		let (workload, accounts) = (self.workload, self.arguments.accounts);
		bar.set_message(format!("{workload}: a state of {accounts} accounts"));
		let mut chain = Chain::with_cache(accounts, Some(TRIE_CACHE_BYTES));
		self.prepare(&mut chain)?;
		let mut in_order = Row::new(workload, accounts, "sequential", 1);
		let lanes =
			|(threads, _): &(usize, Engine)| Row::new(workload, accounts, "parallel", *threads);
		let mut in_lanes: Vec<_> = self.engines.iter().map(lanes).collect();
		let rng = &mut Rng::with_seed(0);
		let (mut next, mut offer) = (0, FIRST_OFFER);
		for number in 1..=self.arguments.blocks {
			bar.set_message(format!("{workload}: making block {number}"));
			let Made { block, effects, .. } = self.block(&mut chain, &mut next, &mut offer, rng)?;
			bar.set_message(format!("{workload}: {} transactions", own(&block).len()));
			// All of it once, so that whoever comes first finds what the others find.
			chain.execute_only(&block).map_err(|cause| self.refused(cause))?;
			let mut runs: Vec<Run> = Vec::new();
			for round in 0..self.arguments.rounds {
				let again = core::iter::once(self.in_order(&chain, &block)).chain(
					self.engines.iter().map(|(_, engine)| self.in_lanes(&chain, engine, &block)),
				);
				for (way, run) in again.enumerate() {
					let run = run?;
					match runs.get_mut(way) {
						None => runs.push(run),
						Some(fastest) if run.time < fastest.time => *fastest = run,
						Some(_) => {},
					}
				}
				bar.set_message(format!(
					"{workload}: {} transactions, round {}",
					own(&block).len(),
					round + 1
				));
			}
			for (row, run) in core::iter::once(&mut in_order).chain(&mut in_lanes).zip(&runs) {
				row.add(&block, run);
			}
			chain.import(&block, &effects);
			chain.read_nonces();
			bar.inc(1);
		}
		Ok(core::iter::once(in_order).chain(in_lanes).collect())
	}

	fn refused(&self, cause: CallError) -> ThroughputError {
		ThroughputError::Refused { workload: self.workload, cause }
	}

	/// Makes what the transactions need.
	fn prepare(&self, chain: &mut Chain) -> Result<(), ThroughputError> {
		for call in self.workload.preparation() {
			let transaction = chain.sign(0, call);
			let block = chain.author(&[transaction]);
			let effects = chain.execute(&block).map_err(|cause| self.refused(cause))?;
			chain.import(&block, &effects);
		}
		Ok(())
	}

	/// Makes a block as a node does, and moves `next` on to the first transaction that was not offered.
	fn block(
		&self,
		chain: &mut Chain,
		next: &mut u64,
		offer: &mut u32,
		rng: &mut Rng,
	) -> Result<Made, ThroughputError> {
		let most = self.arguments.transactions.unwrap_or(OFFERED_MAX).min(*offer);
		let mut offered = Vec::new();
		for _ in 0..most {
			offered.push(chain.act(self.workload.transaction(*next, self.arguments.accounts, rng)));
			*next += 1;
		}
		let (_, engine) = self.engines.last().ok_or(ThroughputError::Empty(self.workload))?;
		let made = chain.author_in_lanes(engine, &offered).map_err(|cause| self.differs(cause))?;
		let length = own(&made.block).len();
		// A third more than had room.
		*offer = u32::try_from(length + length / 3 + 100).unwrap_or(OFFERED_MAX);
		match length {
			0 => Err(ThroughputError::Empty(self.workload)),
			_ => Ok(made),
		}
	}

	fn differs(&self, cause: Fallback) -> ThroughputError {
		ThroughputError::Differs { workload: self.workload, cause }
	}

	fn begin(&self) -> Instant {
		if self.arguments.signatures == Signatures::Fresh {
			signatures::forget();
		}
		Instant::now()
	}

	fn in_order(&self, chain: &Chain, block: &Block) -> Result<Run, ThroughputError> {
		let began = self.begin();
		let stage = match self.arguments.side {
			Side::Import => {
				chain.execute_only(block).map_err(|cause| self.refused(cause))?;
				"execute"
			},
			Side::Author => {
				chain.author(own(block));
				"author"
			},
		};
		let time = began.elapsed();
		Ok(Run { time, stages: vec![(stage, time)], ..Default::default() })
	}

	fn in_lanes(
		&self,
		chain: &Chain,
		engine: &Engine,
		block: &Block,
	) -> Result<Run, ThroughputError> {
		let began = self.begin();
		let outcome = match self.arguments.side {
			Side::Import => chain.lanes_only(engine, block),
			Side::Author => chain.author_only(engine, own(block)),
		};
		match outcome {
			Ok(Report { lanes, reexecuted, stages, .. }) => {
				let time = began.elapsed();
				Ok(Run {
					time,
					stages: stages.named().into(),
					lanes,
					reexecuted,
					is_whole: lanes == 0,
				})
			},
			Err(cause) => Err(self.differs(cause)),
		}
	}
}

/// A block's transactions, without the inherent.
fn own(block: &Block) -> &[OpaqueExtrinsic] {
	block.extrinsics.get(1..).unwrap_or_default()
}

/// The rows for people.
fn table(rows: &[Row]) -> String {
	let mut text = String::new();
	let mut sequential = 0.0;
	for row in rows {
		if row.mode == "sequential" {
			sequential = row.transactions_per_second;
			let blocks = format!("{} accounts, {} transactions", row.accounts, row.transactions);
			text += &format!("\n{} ({blocks})\n", row.workload);
		}
		let stages: Vec<_> =
			row.stages_ms.iter().map(|(stage, time)| format!("{stage} {time:.1}")).collect();
		text += &format!(
			"  {:<11} {:>8.0}/s {:>7.1} us each {:>6.2}x  {:>4} lanes, {} again, {} blocks whole; \
			 ms: {}\n",
			row.way(),
			row.transactions_per_second,
			1e6 / row.transactions_per_second,
			row.transactions_per_second / sequential,
			row.lanes,
			row.reexecuted,
			row.fallbacks,
			stages.join(", "),
		);
	}
	text
}
