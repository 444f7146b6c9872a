// SPDX-License-Identifier: Apache-2.0
//! `unum completion`.

use clap_complete::Shell;

use crate::{args::Named, output::write_out, KeyError};

/// Prints what makes a shell complete a command line.
#[derive(Debug, clap::Args)]
pub struct Completion {
	/// Which shell.
	#[arg(value_name = "SHELL", value_parser = Named(SHELLS))]
	shell: Shell,
}

const SHELLS: &[Shell] = &[Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh];

impl Completion {
	/// Prints the script that completes `command`.
	///
	/// # Errors
	/// [`KeyError::Output`]: standard output takes nothing.
	pub fn run(&self, mut command: clap::Command) -> Result<(), KeyError> {
		let name = command.get_name().to_owned();
		let mut script = Vec::new();
		clap_complete::generate(self.shell, &mut command, name, &mut script);
		write_out(&script)
	}
}
