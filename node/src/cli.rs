// SPDX-License-Identifier: Apache-2.0
//! What can be typed on the command line.

use std::{
	fmt,
	num::{NonZeroU64, NonZeroUsize},
	str::FromStr,
	time::Duration,
};

use sc_cli::{clap, CliConfiguration, DatabaseParams, PruningParams, RunCmd, SharedParams};

use crate::{key::KeyCommand, replay::ReplayCmd};

/// Shown at the end of `unum --help`.
pub(crate) const EXAMPLES: &str = "\
Examples:
  unum --dev
      A development chain with one validator; its state is forgotten when the node stops.
  unum --dev --base-path ./my-chain
      The same, but the state is kept there, and found again at the next start.
  unum --dev --sealing instant
      A block for every transaction, at once, and none without.
  unum --dev --sealing manual
      A block when you ask for one: engine_createBlock(true, true).
  unum --chain local --alice --base-path /tmp/alice
  unum --chain local --bob --base-path /tmp/bob --port 30334 --rpc-port 9945 --no-prometheus
      Two validators on one machine; they find each other.
  unum export-chain-spec --chain local --output spec.json
  unum key generate-node-key --chain spec.json --base-path /data/unum
  unum --chain spec.json --validator --base-path /data/unum
      A chain of your own: edit the file that the first command writes, and start from it.

`unum <COMMAND> --help` explains a command, with examples.";

/// The arguments of `unum`.
#[derive(Debug, clap::Parser)]
pub(crate) struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub(crate) subcommand: Option<Subcommand>,

	/// How the node is to run.
	#[clap(flatten)]
	pub(crate) run: RunCmd,

	/// When blocks are made (development chains only).
	///
	/// `slot`: every 400 ms, as on a real chain.
	/// `instant`: for every transaction, at once, and none without.
	/// `manual`: when asked by RPC: engine_createBlock(createEmpty, finalize, parentHash) and
	/// engine_finalizeBlock(hash).
	/// A number: every so many milliseconds, even if there is nothing to put in.
	///
	/// In all but `slot` a block is final a moment after it is made (`manual`: if asked to), the
	/// engine_* methods are there, and the chain's clock moves on by at least 400 ms per block.
	#[arg(
		long,
		value_name = "slot|instant|manual|MILLISECONDS",
		default_value = "slot",
		help_heading = "Development",
		verbatim_doc_comment
	)]
	pub(crate) sealing: Sealing,

	/// How blocks are executed.
	#[clap(flatten)]
	pub(crate) executor: ExecutorParams,

	/// Where Solana's clients connect.
	#[clap(flatten)]
	pub(crate) solana: SolanaParams,
}

/// Where Solana's clients connect.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(next_help_heading = "Solana JSON-RPC")]
pub(crate) struct SolanaParams {
	/// Do without the Solana JSON-RPC, and without the index that it answers from.
	#[arg(long)]
	pub(crate) no_solana_rpc: bool,

	/// Where the Solana JSON-RPC listens for HTTP; 0 takes any free port.
	///
	/// 8899, if left out; where that is taken, and with --rpc-port 0, any free one.
	/// Its address is that of the other RPC (--rpc-external), and so are the web pages that it lets
	/// in (--rpc-cors).
	#[arg(long, value_name = "PORT", verbatim_doc_comment)]
	pub(crate) solana_rpc_port: Option<u16>,

	/// Where the Solana JSON-RPC listens for websockets: one port above that for HTTP, if left out.
	#[arg(long, value_name = "PORT")]
	pub(crate) solana_ws_port: Option<u16>,
}

/// How blocks are executed. The result is the same in any way.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(next_help_heading = "Execution")]
pub(crate) struct ExecutorParams {
	/// How imported blocks are executed.
	///
	/// `parallel`: transactions that have nothing to do with each other at the same time.
	/// `sequential`: one after the other.
	/// `shadow`: both, to compare them; what comes out one after the other counts.
	#[arg(
		long,
		value_name = "parallel|sequential|shadow",
		default_value = "parallel",
		hide_possible_values = true,
		verbatim_doc_comment
	)]
	pub(crate) executor: ExecutorMode,

	/// How many threads execute a block; as many as the machine has cores, if left out.
	#[arg(long, value_name = "N")]
	pub(crate) executor_threads: Option<NonZeroUsize>,
}

impl Default for ExecutorParams {
	fn default() -> Self {
		Self { executor: ExecutorMode::Parallel, executor_threads: None }
	}
}

/// How imported blocks are executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExecutorMode {
	/// In lanes.
	Parallel,
	/// In order.
	Sequential,
	/// Both, and what comes out in order counts.
	Shadow,
}

/// When blocks are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sealing {
	/// By Aura, in every slot.
	Slot,
	/// For every transaction.
	Instant,
	/// When asked by RPC.
	Manual,
	/// At an interval of wall-clock time.
	Interval(NonZeroU64),
}

impl Sealing {
	/// The time between two blocks, if they come at an interval that is not Aura's.
	pub(crate) fn interval(self) -> Option<Duration> {
		match self {
			Self::Interval(millis) => Some(Duration::from_millis(millis.get())),
			Self::Slot | Self::Instant | Self::Manual => None,
		}
	}
}

impl fmt::Display for Sealing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Slot => f.write_str("slot"),
			Self::Instant => f.write_str("instant"),
			Self::Manual => f.write_str("manual"),
			Self::Interval(millis) => write!(f, "{millis}"),
		}
	}
}

/// The text names no way of making blocks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected slot, instant, manual, or a number of milliseconds from 1 up")]
pub(crate) struct ParseSealingError;

impl FromStr for Sealing {
	type Err = ParseSealingError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"slot" => Ok(Self::Slot),
			"instant" => Ok(Self::Instant),
			"manual" => Ok(Self::Manual),
			number => number.parse().map(Self::Interval).map_err(|_| ParseSealingError),
		}
	}
}

/// What `unum` can do instead of running a node.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Subcommand {
	/// Make and use keys: of identities and their wallets, of accounts, and of nodes on the network.
	#[command(
		subcommand,
		after_help = "Examples:
  unum key generate
      A new identity: its secret phrase, and its addresses on every VM.
  unum key inspect //Alice
      The address and public key of a well-known development account.
  unum key export --stream evm
      The private key of a phrase's Ethereum wallet; asks for the phrase.
  unum key generate-node-key --file alice.key
      The key by which other nodes know this one; its peer id is printed."
	)]
	Key(KeyCommand),

	/// Print what makes a shell complete these commands and their options.
	#[command(after_help = "Examples:
  unum completion bash > ~/.local/share/bash-completion/completions/unum
  unum completion zsh > \"${fpath[1]}/_unum\"
  unum completion fish > ~/.config/fish/completions/unum.fish
The next shell that is opened completes `unum` with the Tab key.")]
	Completion(unum_key::Completion),

	/// Print the specification of a chain, for humans to edit or (--raw) for nodes to start from.
	#[command(after_help = "Examples:
  unum export-chain-spec --chain local --output plain.json
      Readable: edit balances, validators and the sudo key in it.
  unum export-chain-spec --chain plain.json --raw --output spec.json
      The final form: give this file to every node of the network.")]
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Print the specification of a chain: as export-chain-spec, for tools that expect this name.
	#[command(after_help = "Example:
  unum build-spec --chain local --disable-default-bootnode > plain.json")]
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Execute a stored block again and compare the result.
	#[command(after_help = "Example:
  unum check-block --dev --base-path ./my-chain 42")]
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Execute stored blocks again, in order and in lanes, and compare what they come to.
	#[command(after_help = "Examples:
  unum replay --dev --base-path ./my-chain
  unum replay --dev --base-path ./my-chain --from 100 --to 200 --threads 4 --json
The chain must be an archive, as a development chain is: the states are needed on which blocks were made.")]
	Replay(ReplayCmd),

	/// Write the blocks of a chain to a file.
	#[command(after_help = "Example:
  unum export-blocks --dev --base-path ./my-chain --binary --from 1 --to 100 blocks.bin")]
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Read blocks from a file, execute and store them.
	#[command(after_help = "Example:
  unum import-blocks --dev --base-path ./copy --binary blocks.bin")]
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Write the state after a block as the specification of a new chain that begins with it.
	#[command(after_help = "Example:
  unum export-state --dev --base-path ./my-chain 42 > fork.json")]
	ExportState(sc_cli::ExportStateCmd),

	/// Look after the index from which the Ethereum JSON-RPC answers.
	#[command(
		subcommand,
		after_help = "Example:
  unum eth reindex --dev --base-path ./my-chain
      Fills it anew from the stored blocks."
	)]
	Eth(EthCommand),

	/// Measure how many transactions this machine executes.
	#[command(
		subcommand,
		after_help = "Examples:
  unum bench throughput
      Blocks of nine kinds, made in memory: executed in order, and with 1, 2, 4, … threads.
  unum bench throughput --workload disjoint,hot --accounts 1000000 --threads 1,8,16
  unum bench throughput --json --plot throughput.svg > throughput.json
  unum bench load --tps 1000 --duration 30
      Signed transfers to the node that runs on this machine."
	)]
	Bench(BenchCommand),

	/// Delete the stored chain.
	#[command(after_help = "Example:
  unum purge-chain --dev --base-path ./my-chain -y")]
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Forget the newest blocks, as far back as the last final one.
	#[command(after_help = "Example:
  unum revert --dev --base-path ./my-chain 10")]
	Revert(sc_cli::RevertCmd),

	/// Measure what the runtime costs on this machine: its calls, blocks and database (`make weights`).
	#[cfg(feature = "runtime-benchmarks")]
	#[command(
		subcommand,
		after_help = "Examples:
  unum benchmark pallet --chain dev --pallet pallet_balances --extrinsic '*'
      What the calls of a pallet cost.
  unum benchmark pallet --chain dev --list
      Which benchmarks there are.
  unum benchmark overhead --chain dev
      What an empty block costs, and an empty extrinsic.
  unum benchmark storage --chain dev --state-version 1
      What the database costs.
  unum benchmark block --base-path ./my-chain --chain dev --from 1 --to 10
      Whether stored blocks took as long as their weight says."
	)]
	Benchmark(Box<frame_benchmarking_cli::BenchmarkCmd>),

	/// Print which blocks are stored: genesis, the newest, and the last final one.
	#[command(after_help = "Example:
  unum chain-info --dev --base-path ./my-chain")]
	ChainInfo(sc_cli::ChainInfoCmd),
}

/// What can be measured.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum BenchCommand {
	/// Make blocks in memory, and execute them in order and in lanes.
	///
	/// Nothing is sent, stored or pooled: what is measured is the execution of blocks, with the state root.
	/// Every block is executed in all ways, one after the other, so the ways can be compared whatever else
	/// the machine does.
	#[command(after_help = "Examples:
  unum bench throughput --workload disjoint --threads 1,2
  unum bench throughput --workload contracts --blocks 10 --json
  unum bench throughput --signatures fresh --plot throughput.svg")]
	Throughput(unum_bench::throughput::Arguments),

	/// Send signed transactions to a running node, and watch what the chain makes of them.
	///
	/// The node must be on this machine and run the runtime of this program. The transactions are signed
	/// before the first is sent. Included are the pool, the making of blocks, consensus and the database.
	#[command(after_help = "Examples:
  unum bench load --tps 500 --duration 10
  unum bench load --workload mixed --tps 300 --duration 60 --url ws://127.0.0.1:9945 --json
The accounts that send are paid by //Alice, who is rich on development chains.")]
	Load(unum_bench::load::Arguments),
}

/// What can be done with the index of the Ethereum JSON-RPC.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum EthCommand {
	/// Empty the index and fill it again from the stored blocks.
	///
	/// The index holds blocks, transactions and logs as Ethereum's clients see them. A node keeps it up
	/// with the chain by itself; this is for an index that was damaged. Blocks whose state is pruned can't
	/// be read again: only an archive (--state-pruning archive) has all of them.
	#[command(after_help = "Example:
  unum eth reindex --dev --base-path ./my-chain")]
	Reindex(ReindexCmd),
}

/// The arguments of `unum eth reindex`.
#[derive(Debug, Clone, clap::Parser)]
pub(crate) struct ReindexCmd {
	/// Which chain.
	#[clap(flatten)]
	pub(crate) chain: StoredChain,
}

/// Which stored chain a command works on.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct StoredChain {
	/// Which chain, and where it is stored.
	#[clap(flatten)]
	pub(crate) shared_params: SharedParams,
	/// Which states are kept.
	#[clap(flatten)]
	pub(crate) pruning_params: PruningParams,
	/// Which database the chain is in.
	#[clap(flatten)]
	pub(crate) database_params: DatabaseParams,
}

impl CliConfiguration for StoredChain {
	fn shared_params(&self) -> &SharedParams {
		&self.shared_params
	}

	fn pruning_params(&self) -> Option<&PruningParams> {
		Some(&self.pruning_params)
	}

	fn database_params(&self) -> Option<&DatabaseParams> {
		Some(&self.database_params)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, FromArgMatches, Parser};
	use sc_cli::TransactionPoolType;

	#[test]
	fn arguments_are_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn sealing_names_and_numbers_are_read() {
		for (text, expected) in [
			("slot", Sealing::Slot),
			("instant", Sealing::Instant),
			("manual", Sealing::Manual),
			("1", Sealing::Interval(NonZeroU64::MIN)),
		] {
			assert_eq!(text.parse(), Ok(expected), "{text}");
			assert_eq!(expected.to_string(), text, "what is printed can be typed");
		}
	}

	#[test]
	fn sealing_refuses_what_it_cannot_mean() {
		for text in ["", "0", "-5", "1.5", "500ms", "Instant", "18446744073709551616"] {
			assert_eq!(text.parse::<Sealing>(), Err(ParseSealingError), "{text:?}");
		}
	}

	#[test]
	fn only_a_number_is_an_interval() {
		let sealing = "1500".parse::<Sealing>().map(Sealing::interval);
		assert_eq!(sealing, Ok(Some(Duration::from_millis(1500))));
		assert_eq!(Sealing::Instant.interval(), None);
	}

	#[test]
	fn sealing_is_an_option_of_the_node_and_defaults_to_slots() {
		let sealing = |args: &[&str]| Cli::try_parse_from(args).map(|cli| cli.sealing).ok();
		assert_eq!(sealing(&["unum", "--dev"]), Some(Sealing::Slot));
		assert_eq!(sealing(&["unum", "--dev", "--sealing", "manual"]), Some(Sealing::Manual));
		assert_eq!(sealing(&["unum", "--dev", "--sealing", "often"]), None);
	}

	#[test]
	fn the_pool_keeps_up_with_the_blocks_unless_another_one_is_chosen() {
		let pool = |args: &[&str]| {
			let command = <Cli as sc_cli::SubstrateCli>::setup_command(Cli::command());
			let matches = command.try_get_matches_from(args).expect("they are arguments");
			let cli = Cli::from_arg_matches(&matches).expect("they are arguments");
			cli.run.pool_config.pool_type
		};
		assert!(matches!(pool(&["unum", "--dev"]), TransactionPoolType::SingleState));
		let chosen = pool(&["unum", "--dev", "--pool-type", "fork-aware"]);
		assert!(matches!(chosen, TransactionPoolType::ForkAware));
	}

	#[test]
	fn every_command_is_explained_with_an_example() {
		for command in Cli::command().get_subcommands() {
			let name = command.get_name();
			assert!(command.get_about().is_some(), "{name}");
			let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
			assert!(help.contains(&format!("unum {name}")), "{name}: {help}");
		}
	}
}
