// SPDX-License-Identifier: Apache-2.0
//! `unum key`: our commands on identities and wallets, and the SDK's on the keys of nodes.

use clap::{ArgMatches, Command, Error, FromArgMatches, Subcommand};
use sc_cli::{clap, KeySubcommand, SubstrateCli};

use crate::{cli::Cli, errors::NodeError};

/// What can be done with keys.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum KeyCommand {
	#[command(flatten)]
	Wallet(unum_key::KeyCommand),
	#[command(flatten)]
	Node(NodeKeyCommand),
}

impl KeyCommand {
	pub(crate) fn run(&self, cli: &Cli) -> Result<(), NodeError> {
		match self {
			Self::Wallet(command) => {
				command.run().map_err(|error| NodeError::Input(error.to_string()))
			},
			Self::Node(NodeKeyCommand(command)) => run_node_key(cli, command),
		}
	}
}

/// Where the help lists the SDK's commands.
const AFTER_OURS: usize = 100;

/// The SDK's commands, without those that ours replace.
#[derive(Debug)]
pub(crate) struct NodeKeyCommand(KeySubcommand);

impl FromArgMatches for NodeKeyCommand {
	fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
		KeySubcommand::from_arg_matches(matches).map(Self)
	}

	fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
		self.0.update_from_arg_matches(matches)
	}
}

impl Subcommand for NodeKeyCommand {
	fn augment_subcommands(command: Command) -> Command {
		let sdk = KeySubcommand::augment_subcommands(Command::new("key"));
		let kept = sdk.get_subcommands().filter(|sub| Self::has_subcommand(sub.get_name()));
		command.subcommands(kept.map(|sub| sub.clone().display_order(AFTER_OURS)))
	}

	fn augment_subcommands_for_update(command: Command) -> Command {
		Self::augment_subcommands(command)
	}

	fn has_subcommand(name: &str) -> bool {
		matches!(name, "generate-node-key" | "inspect-node-key" | "insert")
	}
}

/// Only a node key that is stored in a base path belongs to a chain; the SDK wants one named for
/// any.
fn run_node_key(cli: &Cli, command: &KeySubcommand) -> Result<(), NodeError> {
	match command {
		KeySubcommand::GenerateNodeKey(generate)
			if generate.chain.is_none() && !names_base_path(std::env::args()) =>
		{
			Ok(generate.run("", &Cli::executable_name())?)
		},
		_ => Ok(command.run(cli)?),
	}
}

/// Whether an argument is one of those that the SDK keeps to itself.
fn names_base_path(mut arguments: impl Iterator<Item = String>) -> bool {
	arguments.any(|argument| {
		argument.starts_with("--base-path") || argument.starts_with("--default-base-path")
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn our_commands_and_those_for_nodes_are_there_once() {
		let command = KeyCommand::augment_subcommands(Command::new("key"));
		let mut names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
		names.sort_unstable();
		let expected = [
			"export",
			"generate",
			"generate-node-key",
			"insert",
			"inspect",
			"inspect-node-key",
			"sign-binding",
		];
		assert_eq!(names, expected);
	}
}
