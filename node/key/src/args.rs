// SPDX-License-Identifier: Apache-2.0
//! Arguments that commands share.

use std::{ffi::OsStr, fmt::Display};

use clap::{
	builder::{PossibleValue, TypedValueParser},
	error::ErrorKind,
	Arg, Command, Error,
};
use unum_acegf::wallet::{MethodSet, SecretText};
use unum_id_com::{IdCom, ParseHexError};

/// Where the secret phrase comes from. Without any, the terminal is asked.
#[derive(Debug, clap::Args)]
#[group(id = "secret", multiple = false)]
pub(crate) struct SecretArgs {
	/// The secret phrase.
	///
	/// While the command runs, others on this machine can see it in the list of processes, and the
	/// shell keeps it in its history. Better: leave it out and type it when asked, or --phrase-stdin.
	#[arg(long, value_name = "PHRASE")]
	pub(crate) phrase: Option<SecretText>,

	/// Read the secret phrase from standard input.
	#[arg(long)]
	pub(crate) phrase_stdin: bool,

	/// Read the secret phrase from this open file descriptor.
	#[arg(long, value_name = "N")]
	pub(crate) phrase_fd: Option<u32>,
}

/// How the result is printed.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct FormatArgs {
	/// Print JSON, for programs.
	#[arg(long)]
	pub(crate) json: bool,
}

/// Which identity a phrase stands for.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct MethodArgs {
	/// How the owner of the identity proves who they are: part of what the identity is.
	///
	/// An account is as strong as its weakest method. `ml-dsa`: a signature that is safe from quantum
	/// computers. `pairing`: a proof over a pairing curve. `both`: either.
	#[arg(
		long,
		value_name = "METHODS",
		default_value = "ml-dsa",
		value_parser = Named(&MethodSet::ALL)
	)]
	pub(crate) methods: MethodSet,
}

/// Reads one of a few names. Shells complete them, and the error is a single line.
#[derive(Clone, Debug)]
pub(crate) struct Named<T: 'static>(pub(crate) &'static [T]);

impl<T: Display + Clone + Send + Sync> TypedValueParser for Named<T> {
	type Value = T;

	fn parse_ref(&self, _: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
		let value = value.to_string_lossy();
		let found = self.0.iter().find(|known| known.to_string() == value).cloned();
		found.ok_or_else(|| {
			let names: Vec<_> = self.0.iter().map(ToString::to_string).collect();
			let option = arg.map(|arg| format!(" for {arg}")).unwrap_or_default();
			let names = names.join(", ");
			let line = format!("unknown value {value:?}{option}: expected one of {names}\n");
			Error::raw(ErrorKind::InvalidValue, line)
		})
	}

	fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
		Some(Box::new(self.0.iter().map(|known| PossibleValue::new(known.to_string()))))
	}
}

/// Reads `0x` and 64 digits.
pub(crate) fn hash(text: &str) -> Result<[u8; 32], ParseHexError> {
	text.parse::<IdCom>().map(Into::into)
}
