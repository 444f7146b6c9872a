// SPDX-License-Identifier: Apache-2.0
//! The commands on keys: what `unum key` does with secrets, and nothing that needs a node.
//!
//! ```text
//!  lib.rs           what can be typed, and the help that explains it
//!  generate.rs ─┐
//!  inspect.rs ──┼─► report.rs      an identity, its addresses and wallets, as text or JSON
//!  export.rs    │   source.rs      a secret from the command line, a stream or the terminal
//!  sign_binding.rs  subject.rs     what a text is: phrase, secret, address, public key
//!  completion.rs    account.rs     plain keys of Substrate
//!                   output.rs, args.rs, error.rs
//! ```
//!
//! Secrets are wiped from the memory of these commands, written to standard output alone, and never
//! logged; no error repeats one. What was typed as an argument, the operating system has seen.

mod account;
mod args;
mod completion;
mod error;
mod export;
mod generate;
mod inspect;
mod output;
mod report;
mod sign_binding;
mod source;
mod subject;

pub use completion::Completion;
pub use error::KeyError;
pub use export::Export;
pub use generate::Generate;
pub use inspect::Inspect;
pub use sign_binding::SignBinding;

/// What can be done with keys.
#[derive(Debug, clap::Subcommand)]
pub enum KeyCommand {
	/// Make a new identity, with its secret phrase and its addresses on every VM.
	#[command(after_help = "Examples:
  unum key generate
      A new identity: write the 24 words down.
  unum key generate --json
      The same for programs.
  unum key generate --scheme sr25519
      A plain account, as Substrate wallets have it, with 12 words.")]
	Generate(Generate),

	/// Show whose a phrase, an address or a public key is, and its addresses on every VM.
	#[command(after_help = "Examples:
  unum key inspect
      Asks for a phrase, without showing it.
  unum key inspect --phrase-stdin < phrase.txt
  unum key inspect //Alice
      A well-known development account.
  unum key inspect 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
  unum key inspect 0x719b599193eb0D1111F8cFbe4f37EBd11ECeaaAe
      The identity that a wallet of Ethereum has as long as it is bound to none.")]
	Inspect(Inspect),

	/// Print a private key in the form that the wallets of its chain import.
	#[command(after_help = "Examples:
  unum key export --stream evm
      Asks for the phrase; the key is for MetaMask.
  unum key export --stream solana --phrase-stdin < phrase.txt
      For Phantom.
  unum key export --stream btc --phrase-fd 3 3< phrase.txt")]
	Export(Export),

	/// Sign the statement by which a wallet of the phrase is bound to an identity.
	#[command(after_help = "Examples:
  unum key sign-binding --stream evm --genesis 0x<HASH OF BLOCK 0>
      Binds the phrase's Ethereum wallet to the phrase's identity.
  unum key sign-binding --stream btc --genesis 0x<HASH OF BLOCK 0> --id-com //Alice --nonce 1
      Binds its Bitcoin wallet to another identity, after it was bound once before.
The proof goes into the call `bind` of that identity.")]
	SignBinding(SignBinding),
}

impl KeyCommand {
	/// Does what the command says, and prints the result.
	///
	/// # Errors
	/// [`KeyError`]: a sentence on one line that says what was wrong, and repeats no secret.
	pub fn run(&self) -> Result<(), KeyError> {
		match self {
			Self::Generate(command) => command.run(),
			Self::Inspect(command) => command.run(),
			Self::Export(command) => command.run(),
			Self::SignBinding(command) => command.run(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{error::ErrorKind, Command, Parser, Subcommand};

	#[derive(Debug, Parser)]
	struct Cli {
		#[command(subcommand)]
		command: KeyCommand,
	}

	fn command() -> Command {
		KeyCommand::augment_subcommands(Command::new("key"))
	}

	#[test]
	fn arguments_are_consistent_and_every_command_has_an_example() {
		command().debug_assert();
		for command in command().get_subcommands() {
			let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
			let name = command.get_name();
			assert!(help.contains(&format!("unum key {name}")), "{name}: {help}");
		}
	}

	#[test]
	fn what_was_typed_is_not_shown_by_debug() {
		for option in [&["--phrase", "sesame"][..], &["sesame", "open"]] {
			let cli = Cli::try_parse_from([&["key", "inspect"][..], option].concat()).unwrap();
			let text = format!("{cli:?}");
			assert!(!text.contains("sesame"), "{text}");
		}
	}

	fn refused(arguments: &[&str]) -> clap::Error {
		Cli::try_parse_from([&["key"][..], arguments].concat()).expect_err("refused")
	}

	#[test]
	fn an_unknown_name_is_refused_on_one_line_that_lists_the_known_ones() {
		let error = refused(&["export", "--stream", "doge"]);
		assert_eq!(error.kind(), ErrorKind::InvalidValue);
		assert_eq!(
			error.to_string(),
			"error: unknown value \"doge\" for --stream <STREAM>: expected one of solana, polkadot, \
			 evm, btc, cosmos, tron, x25519, ml-dsa-44\n"
		);
		for arguments in [
			&["generate", "--methods", "stark"][..],
			&["generate", "--words", "13"],
			&["inspect", "--scheme", "rsa", "//Alice"],
		] {
			assert_eq!(refused(arguments).to_string().lines().count(), 1, "{arguments:?}");
		}
	}

	#[test]
	fn a_secret_has_one_source() {
		for arguments in [
			&["inspect", "//Alice", "--phrase-stdin"][..],
			&["inspect", "--phrase", "x", "--phrase-stdin"],
			&["export", "--stream", "evm", "--phrase-fd", "3", "--phrase-stdin"],
		] {
			assert_eq!(refused(arguments).kind(), ErrorKind::ArgumentConflict, "{arguments:?}");
		}
	}

	#[test]
	fn an_identity_has_methods_and_a_plain_account_a_scheme() {
		let error = refused(&["generate", "--scheme", "ecdsa", "--methods", "both"]);
		assert_eq!(error.kind(), ErrorKind::ArgumentConflict);
		assert!(Cli::try_parse_from(["key", "generate", "--scheme", "ecdsa"]).is_ok());
	}

	#[test]
	fn completion_knows_the_streams() {
		let mut script = Vec::new();
		clap_complete::generate(clap_complete::Shell::Bash, &mut command(), "key", &mut script);
		let script = String::from_utf8(script).unwrap();
		for word in ["sign-binding", "--phrase-stdin", "evm solana btc tron"] {
			assert!(script.contains(word), "{word}");
		}
	}
}
