// SPDX-License-Identifier: Apache-2.0
//! Printing: as text for people, or as JSON.

use std::{
	fmt::Write as _,
	io::{self, Write},
};

use serde::{Serialize, Serializer};
use unum_acegf::wallet::SecretText;
use zeroize::Zeroizing;

use crate::{args::FormatArgs, KeyError};

/// What a command prints: in JSON as it is serialised, for people as it writes itself.
pub(crate) trait Print: Serialize {
	/// Writes the lines for people.
	fn write_text(&self, text: &mut Text);

	/// Prints to standard output.
	fn print(&self, format: FormatArgs) -> Result<(), KeyError> {
		let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX));
		if format.json {
			let written = serde_json::to_writer_pretty(&mut *bytes, self);
			written.map_err(|error| KeyError::Output(error.into()))?;
			bytes.push(b'\n');
		} else {
			let mut text = Text::default();
			self.write_text(&mut text);
			bytes.extend_from_slice(text.0.as_bytes());
		}
		write_out(&bytes)
	}
}

/// More than any result has: a buffer that grows would leave copies of secrets behind.
const BYTES_MAX: usize = 16 * 1024;

/// Writes to standard output. A reader that has seen enough (`| head -1`) is no failure.
pub(crate) fn write_out(bytes: &[u8]) -> Result<(), KeyError> {
	let mut out = io::stdout().lock();
	match out.write_all(bytes).and_then(|()| out.flush()) {
		Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(KeyError::Output(error)),
		_ => Ok(()),
	}
}

/// Lines for people.
pub(crate) struct Text(Zeroizing<String>);

impl Default for Text {
	fn default() -> Self {
		Self(Zeroizing::new(String::with_capacity(BYTES_MAX)))
	}
}

impl Text {
	/// A line as it is.
	pub(crate) fn line(&mut self, line: &str) {
		self.0.push_str(line);
		self.0.push('\n');
	}

	/// A name and its value.
	pub(crate) fn field(&mut self, name: &str, value: impl std::fmt::Display) {
		// Writing to a string does not fail.
		let _ = writeln!(self.0, "{:<16}{value}", [name, ":"].concat());
	}

	/// A title over rows, after an empty line.
	pub(crate) fn section(&mut self, title: &str) {
		let _ = writeln!(self.0, "\n{title}");
	}

	/// A name and its value below a title.
	pub(crate) fn row(&mut self, name: &str, value: impl std::fmt::Display) {
		let _ = writeln!(self.0, "  {name:<14}{value}");
	}
}

/// For `serialize_with`: the one way in which a secret becomes JSON.
pub(crate) fn exposed<S: Serializer>(secret: &SecretText, to: S) -> Result<S::Ok, S::Error> {
	to.serialize_str(secret.expose())
}

/// The same for a secret that may not be there.
pub(crate) fn exposed_option<S: Serializer>(
	secret: &Option<SecretText>,
	to: S,
) -> Result<S::Ok, S::Error> {
	secret.as_ref().map(SecretText::expose).serialize(to)
}
