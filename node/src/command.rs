// SPDX-License-Identifier: Apache-2.0
//! What each command does.

use std::{future::Future, sync::Arc, time::Duration};

use futures::FutureExt;
use indicatif::{ProgressBar, ProgressStyle};
use sc_cli::{
	clap, clap::CommandFactory, CliConfiguration, LoggerBuilder, Runner, SharedParams, Signals,
	SubstrateCli,
};
use sc_service::{ChainType, Configuration, PruningMode, TaskManager};
use tokio::runtime::Runtime;
use unum_runtime::{opaque::Block, BlockNumber};

use crate::{
	banner::Banner,
	chain_spec::{self, SpecSource},
	cli::{
		BenchCommand, Cli, EthCommand, ExecutorMode, ExecutorParams, ReindexCmd, Sealing,
		Subcommand, EXAMPLES,
	},
	errors::NodeError,
	replay::{self, ReplayCmd},
	service::{
		self, database, ethereum,
		import::ImportQueue,
		listen,
		partial::{self, FullBackend, FullClient, Parts},
		pool::PoolOptions,
		Options,
	},
};

/// Two lines for each of 216,000 blocks a day tell nobody anything.
const NODE_LOG: &str = "sc_basic_authorship=warn,aura=warn";

/// A command stops the tasks that it does not need, which the SDK reports as failures.
const COMMAND_LOG: &str = "sc_service::task_manager=off";

/// The pool, unless another one is chosen.
const POOL: &str = "single-state";

/// Why it is that one.
const POOL_HELP: &str =
	"How transactions wait.\n\n`single-state`: as the best block would take them. `fork-aware`: with a \
	 view of their own for each fork; that validates a transaction again for each block until it is \
	 included, and falls behind at some 1600 transactions a second on two cores.";

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Unum Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		"Unum: out of many VMs, one identity and one ledger.\n\nRuns a node of the network, or does \
		 one of the commands below. Start with `unum --dev`."
			.into()
	}

	fn author() -> String {
		"the Unum developers".into()
	}

	fn support_url() -> String {
		concat!(env!("CARGO_PKG_REPOSITORY"), "/issues").into()
	}

	fn copyright_start_year() -> i32 {
		2025
	}

	fn executable_name() -> String {
		"unum".into()
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		match chain_spec::load(id) {
			Ok(spec) => Ok(Box::new(spec)),
			Err(error) => Err(error.to_string()),
		}
	}

	fn setup_command(command: clap::Command) -> clap::Command {
		command
			.mut_arg("pool_type", |arg| arg.default_value(POOL).help(POOL_HELP))
			.name(Self::executable_name())
			.version(Self::impl_version())
			.author(Self::author())
			.about("Unum: out of many VMs, one identity and one ledger")
			.long_about(Self::description())
			.after_help(EXAMPLES)
			.propagate_version(true)
			.args_conflicts_with_subcommands(true)
			.subcommand_negates_reqs(true)
	}
}

/// Does what the command line says.
pub(crate) fn run() -> Result<(), NodeError> {
	let mut cli = Cli::from_args();
	if let Some(shared) = cli.subcommand.as_mut().and_then(shared_params) {
		shared.log.insert(0, COMMAND_LOG.into());
	}
	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::Completion(command)) => {
			let whole = Cli::setup_command(Cli::command());
			command.run(whole).map_err(|error| NodeError::Input(error.to_string()))
		},
		Some(Subcommand::Bench(BenchCommand::Throughput(arguments))) => {
			// As in a node: without any, each call of the runtime would look for one.
			LoggerBuilder::new("warn").init().map_err(sc_cli::Error::from)?;
			Ok(unum_bench::throughput::run(arguments)?)
		},
		Some(Subcommand::Bench(BenchCommand::Load(arguments))) => {
			Ok(sc_cli::build_runtime()?.block_on(unum_bench::load::run(arguments))?)
		},
		Some(Subcommand::ExportChainSpec(command)) => {
			Ok(command.run(Box::new(chain_spec::load(&command.chain)?))?)
		},
		Some(Subcommand::BuildSpec(command)) => cli
			.create_runner(command)?
			.sync_run(|config| Ok(command.run(config.chain_spec, config.network)?)),
		Some(Subcommand::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| Ok(command.run(config.database)?))
		},
		Some(Subcommand::ChainInfo(command)) => cli.create_runner(command)?.sync_run(|config| {
			database::must_exist(&config)?;
			Ok(command.run::<Block>(&config)?)
		}),
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(command)) => {
			crate::benchmark::run(&cli, command, spec_source(&**command)?)
		},
		Some(command) => run_on_blocks(&cli, command),
	}
}

/// The parameters that a command on stored blocks has in common with a node.
fn shared_params(command: &mut Subcommand) -> Option<&mut SharedParams> {
	match command {
		Subcommand::CheckBlock(command) => Some(&mut command.shared_params),
		Subcommand::ExportBlocks(command) => Some(&mut command.shared_params),
		Subcommand::ExportState(command) => Some(&mut command.shared_params),
		Subcommand::ImportBlocks(command) => Some(&mut command.shared_params),
		Subcommand::Replay(command) => Some(&mut command.chain.shared_params),
		Subcommand::Revert(command) => Some(&mut command.shared_params),
		Subcommand::Eth(EthCommand::Reindex(command)) => Some(&mut command.chain.shared_params),
		_ => None,
	}
}

/// Runs a node until it is told to stop.
fn run_node(mut cli: Cli) -> Result<(), NodeError> {
	if cli.run.shared_params.log.is_empty() {
		cli.run.shared_params.log.push(NODE_LOG.into());
	}
	if cli.run.tmp || cli.run.get_keyring().is_some() {
		// Nobody relies on the identity of a node that is thrown away or has a well-known key.
		cli.run.network_params.node_key_params.unsafe_force_node_key_generation = true;
	}
	let tokio = sc_cli::build_runtime()?;
	let signals = tokio.block_on(async { Signals::capture() })?;
	let mut config = cli.run.create_configuration(&cli, tokio.handle().clone())?;
	cli.run.init(&Cli::support_url(), &Cli::impl_version(), |_| {})?;
	let options = options(&cli, &config)?;
	let is_prometheus_port_chosen = cli.run.prometheus_params.prometheus_port.is_some();
	listen::claim(&mut config, is_prometheus_port_chosen)?;
	keep_states_of_a_new_dev_chain(&mut config);
	sc_cli::print_node_infos::<Cli>(&config);
	let node = tokio.block_on(async { service::start(config, &options) })?;
	run_until_stopped(tokio, signals, node)
}

/// How long the tasks of a node have to come to an end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(60);

/// Runs until a signal (SIGINT, SIGTERM) arrives or an essential part fails.
///
/// As the SDK's runner does it, but quietly: parts of the transaction pool end with the pool and not
/// at the signal, and every orderly stop would be logged as the failure of an essential task.
fn run_until_stopped(
	tokio: Runtime,
	signals: Signals,
	mut node: TaskManager,
) -> Result<(), NodeError> {
	let outcome = tokio.block_on(signals.run_until_signal(node.future().fuse()));
	if outcome.is_ok() {
		log::info!("👋 Stopping");
		log::set_max_level(log::LevelFilter::Off);
	}
	drop(node);
	tokio.shutdown_timeout(SHUTDOWN_TIMEOUT);
	Ok(outcome?)
}

fn options(cli: &Cli, config: &Configuration) -> Result<Options, NodeError> {
	let chain = config.chain_spec.name().to_owned();
	let chain_type = config.chain_spec.chain_type();
	let sealing = cli.sealing;
	if sealing != Sealing::Slot && chain_type != ChainType::Development {
		return Err(NodeError::SealingNeedsDevChain { sealing, chain });
	}
	let is_temporary = cli.run.shared_params.base_path.is_none();
	Ok(Options {
		sealing,
		executor: cli.executor,
		pool: PoolOptions::new(&cli.run.pool_config, cli.run.is_dev()?),
		solana: cli.solana,
		spec_source: spec_source(&cli.run)?,
		banner: Banner { chain, chain_type, sealing, is_temporary },
	})
}

fn spec_source(command: &impl CliConfiguration) -> Result<SpecSource, NodeError> {
	Ok(SpecSource::of(&command.chain_id(command.is_dev()?)?))
}

/// A developer wants to look at any block, and has few: nothing is pruned, unless the user says so
/// or the chain was begun otherwise.
fn keep_states_of_a_new_dev_chain(config: &mut Configuration) {
	let is_dev = config.chain_spec.chain_type() == ChainType::Development;
	if is_dev && config.state_pruning.is_none() && !database::exists(config) {
		config.state_pruning = Some(PruningMode::ArchiveAll);
	}
}

/// The commands that work on stored blocks.
fn run_on_blocks(cli: &Cli, command: &Subcommand) -> Result<(), NodeError> {
	match command {
		Subcommand::CheckBlock(command) => on_stored_chain(cli, command, |chain, _| {
			command.run::<Block, _, _>(chain.client, chain.import_queue)
		}),
		Subcommand::ExportBlocks(command) => on_stored_chain(cli, command, |chain, config| {
			command.run::<Block, _>(chain.client, config.database)
		}),
		Subcommand::ExportState(command) => on_stored_chain(cli, command, |chain, config| {
			command.run::<Block, FullBackend, _>(chain.client, config.chain_spec)
		}),
		Subcommand::Revert(command) => on_stored_chain(cli, command, |chain, _| {
			command.run(chain.client, chain.backend, Some(Box::new(revert_votes)))
		}),
		Subcommand::Eth(EthCommand::Reindex(command)) => reindex(cli, command),
		Subcommand::Replay(command) => replay_blocks(cli, command),
		Subcommand::ImportBlocks(command) => on_chain(cli, command, |chain, _| {
			command.run::<Block, _, _>(chain.client, chain.import_queue)
		}),
		// The others are done in `run`.
		_ => Ok(()),
	}
}

/// Fills the index of the Ethereum JSON-RPC from the stored blocks.
fn reindex(cli: &Cli, command: &ReindexCmd) -> Result<(), NodeError> {
	let runner = cli.create_runner(&command.chain)?;
	database::must_exist(runner.config())?;
	let source = spec_source(&command.chain)?;
	runner.sync_run(|config| {
		let (parts, _) = partial::new_partial(
			&config,
			source,
			ExecutorParams::default(),
			PoolOptions::default(),
		)?;
		let follower = ethereum::follower(&config, parts.client.clone())?;
		follower.index().clear()?;
		let bar = ProgressBar::new(0).with_style(progress_style());
		follower.catch_up(|done, total| {
			bar.set_length(total.try_into().unwrap_or(u64::MAX));
			bar.set_position(done.try_into().unwrap_or(u64::MAX));
		})?;
		bar.finish();
		println!("{} blocks are indexed.", bar.position());
		Ok(())
	})
}

/// Executes stored blocks again.
fn replay_blocks(cli: &Cli, command: &ReplayCmd) -> Result<(), NodeError> {
	let runner = cli.create_runner(&command.chain)?;
	database::must_exist(runner.config())?;
	let source = spec_source(&command.chain)?;
	// It brings its own engine: the client needs none.
	let executor = ExecutorMode::Sequential;
	let params = ExecutorParams { executor, executor_threads: command.threads };
	runner.sync_run(|config| {
		let (parts, _) = partial::new_partial(&config, source, params, PoolOptions::default())?;
		let bar = ProgressBar::new(0).with_style(progress_style());
		replay::run(command, &parts, service::executor::threads(params), &bar)
	})
}

fn progress_style() -> ProgressStyle {
	ProgressStyle::with_template("{bar:40} {pos}/{len} blocks, {per_sec}, {eta} left")
		.unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The votes on blocks that are reverted are forgotten with them.
// The SDK's callback has the SDK's error.
#[allow(clippy::result_large_err)]
fn revert_votes(
	client: Arc<FullClient>,
	_: Arc<FullBackend>,
	blocks: BlockNumber,
) -> sc_cli::Result<()> {
	Ok(sc_consensus_grandpa::revert(client, blocks)?)
}

/// What a command on stored blocks works with.
struct Chain {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	import_queue: ImportQueue,
}

/// Runs a command on a chain that must be there already.
fn on_stored_chain<C, F>(
	cli: &Cli,
	command: &C,
	run: impl FnOnce(Chain, Configuration) -> F,
) -> Result<(), NodeError>
where
	C: CliConfiguration,
	F: Future<Output = sc_cli::Result<()>>,
{
	let runner = cli.create_runner(command)?;
	database::must_exist(runner.config())?;
	run_async(runner, spec_source(command)?, run)
}

/// Runs a command on a chain, which is begun if it is not there.
fn on_chain<C, F>(
	cli: &Cli,
	command: &C,
	run: impl FnOnce(Chain, Configuration) -> F,
) -> Result<(), NodeError>
where
	C: CliConfiguration,
	F: Future<Output = sc_cli::Result<()>>,
{
	run_async(cli.create_runner(command)?, spec_source(command)?, run)
}

fn run_async<F>(
	runner: Runner<Cli>,
	spec_source: SpecSource,
	run: impl FnOnce(Chain, Configuration) -> F,
) -> Result<(), NodeError>
where
	F: Future<Output = sc_cli::Result<()>>,
{
	runner.async_run(|config| {
		let (parts, import_queue) = partial::new_partial(
			&config,
			spec_source,
			ExecutorParams::default(),
			PoolOptions::default(),
		)?;
		let Parts { client, backend, task_manager, .. } = parts;
		let done = run(Chain { client, backend, import_queue }, config);
		Ok((async { done.await.map_err(NodeError::from) }, task_manager))
	})
}
