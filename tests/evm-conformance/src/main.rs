// SPDX-License-Identifier: Apache-2.0
//! `evm-conformance`: Ethereum's state tests on the EVM engine.

use std::{
	io::{self, IsTerminal, Write},
	num::NonZeroUsize,
	path::PathBuf,
	process::ExitCode,
	thread,
};

use clap::{Parser, ValueEnum};
use unum_evm_conformance::{run, Mode, Options, Report, SourceError};

/// How many failures are shown without `--list-failures`.
const SHOWN_FAILURES: usize = 10;

/// Run Ethereum's state tests on Unum's EVM engine.
///
/// DIR is a folder with files of GeneralStateTests (github.com/ethereum/tests) or with the `state_test`
/// fixtures of a release of execution-spec-tests, or a .tar.gz of either; folders in it are searched,
/// too. Every case of the forks Shanghai, Cancun, Prague and Osaka is run. Other forks, and files that
/// are something else, are counted as not run, with the reason.
///
/// The exit status is 0 if something ran and nothing failed, 1 if a case failed or none ran, and 2 if
/// DIR can't be read.
#[derive(Debug, Parser)]
#[command(
	name = "evm-conformance",
	after_help = "Examples:
  evm-conformance tests/GeneralStateTests
  evm-conformance --filter stCreate2 --list-failures tests/GeneralStateTests
  evm-conformance --mode ledger fixtures_stable.tar.gz"
)]
struct Arguments {
	/// Folders or .tar.gz archives with tests.
	#[arg(value_name = "DIR", required = true)]
	sources: Vec<PathBuf>,

	/// How many threads to use [default: one for each processor].
	#[arg(long, value_name = "N")]
	threads: Option<NonZeroUsize>,

	/// Only files whose path, and tests whose name, contains this text.
	#[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
	filter: String,

	/// Show every failure, not only the first ten.
	#[arg(long)]
	list_failures: bool,

	/// What to compare with.
	#[arg(long, value_enum, default_value_t = ModeName::Ethereum)]
	mode: ModeName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeName {
	/// Ethereum's rules: the state root and the logs that the tests name.
	Ethereum,
	/// That, and the chain's way, with fee and nonce outside of the EVM and every movement of coin in a
	/// ledger, against the same transaction under Ethereum's rules.
	Ledger,
}

impl From<ModeName> for Mode {
	fn from(name: ModeName) -> Self {
		match name {
			ModeName::Ethereum => Self::Ethereum,
			ModeName::Ledger => Self::Ledger,
		}
	}
}

fn main() -> ExitCode {
	let arguments = Arguments::parse();
	let shown = if arguments.list_failures { usize::MAX } else { SHOWN_FAILURES };
	match run_all(&arguments) {
		Ok(report) => {
			print!("{}", report.display(shown));
			ExitCode::from(u8::from(!report.is_success()))
		},
		Err(error) => {
			eprintln!("evm-conformance: {error}");
			ExitCode::from(2)
		},
	}
}

fn run_all(arguments: &Arguments) -> Result<Report, SourceError> {
	let threads = arguments.threads.map(NonZeroUsize::get);
	let options = Options {
		mode: arguments.mode.into(),
		threads: threads
			.or_else(|| thread::available_parallelism().ok().map(Into::into))
			.unwrap_or(1),
		filter: arguments.filter.clone(),
	};
	let mut report = Report::default();
	for source in &arguments.sources {
		report.merge(run(source, &options, show_progress)?);
	}
	if io::stderr().is_terminal() {
		eprintln!();
	}
	Ok(report)
}

/// A line that counts files, for a person who waits.
fn show_progress(done: usize) {
	let mut terminal = io::stderr();
	if done.is_multiple_of(16) && terminal.is_terminal() {
		// Nobody is harmed if it can't be shown.
		let _ = write!(terminal, "\r{done} files").and_then(|()| terminal.flush());
	}
}
