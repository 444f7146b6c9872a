// SPDX-License-Identifier: Apache-2.0
//! The commands on keys without a node: `cargo run --release -p unum-key --example key -- generate`.

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

/// What the commands are part of.
#[derive(Debug, Parser)]
#[command(name = "unum", version)]
struct Cli {
	#[command(subcommand)]
	command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
	/// Make and inspect keys.
	#[command(subcommand)]
	Key(unum_key::KeyCommand),
	/// Print what makes a shell complete the commands.
	Completion(unum_key::Completion),
}

fn main() -> ExitCode {
	let outcome = match Cli::parse().command {
		Command::Key(command) => command.run(),
		Command::Completion(command) => command.run(Cli::command()),
	};
	match outcome {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		},
	}
}
