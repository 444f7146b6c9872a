// SPDX-License-Identifier: Apache-2.0
//! Where a secret comes from.

use std::{
	fs::File,
	io::{self, IsTerminal, Read},
};

use rustix::termios::{tcgetattr, tcsetattr, LocalModes, OptionalActions, Termios};
use unum_acegf::wallet::SecretText;
use zeroize::Zeroizing;

use crate::{args::SecretArgs, KeyError};

/// Longest secret that is read, in bytes: ten times the longest phrase.
const SECRET_BYTES_MAX: usize = 2048;

impl SecretArgs {
	/// The secret that the arguments name, or that the terminal gives when asked.
	pub(crate) fn read(&self) -> Result<SecretText, KeyError> {
		match (&self.phrase, self.phrase_fd) {
			(Some(phrase), _) => Ok(phrase.clone()),
			(None, Some(number)) => from_descriptor(number),
			(None, None) if io::stdin().is_terminal() => from_terminal(),
			(None, None) if self.phrase_stdin => {
				from_stream(io::stdin().lock(), "standard input".into())
			},
			(None, None) => Err(KeyError::NoPhrase),
		}
	}
}

/// Asks a person, and does not show the answer.
fn from_terminal() -> Result<SecretText, KeyError> {
	let ask = || {
		let _silent = SilentTerminal::new()?;
		rpassword::prompt_password("Secret phrase (not shown while you type): ")
	};
	ask()
		.map(SecretText::new)
		.map_err(|cause| KeyError::Unreadable { from: "the terminal".into(), cause })
}

/// A terminal that shows nothing of what is typed, until this is dropped. The reader of passwords
/// silences it only after its question, when a phrase that is pasted at once is shown already.
struct SilentTerminal {
	terminal: File,
	before: Termios,
}

impl SilentTerminal {
	fn new() -> io::Result<Self> {
		let terminal = File::options().read(true).write(true).open("/dev/tty")?;
		let before = tcgetattr(&terminal)?;
		let mut silent = before.clone();
		silent.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
		tcsetattr(&terminal, OptionalActions::Now, &silent)?;
		Ok(Self { terminal, before })
	}
}

impl Drop for SilentTerminal {
	fn drop(&mut self) {
		// The terminal is gone if this fails.
		let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
	}
}

/// Reads from a descriptor that the caller left open, for instance `3< file`.
fn from_descriptor(number: u32) -> Result<SecretText, KeyError> {
	let from = format!("file descriptor {number}");
	match File::open(format!("/dev/fd/{number}")) {
		Ok(file) => from_stream(file, from),
		Err(cause) => Err(KeyError::Unreadable { from, cause }),
	}
}

fn from_stream(stream: impl Read, from: String) -> Result<SecretText, KeyError> {
	// One byte more shows that there is too much; and a buffer that grows would leave copies.
	let limit = SECRET_BYTES_MAX + 1;
	let mut bytes = Zeroizing::new(Vec::with_capacity(limit));
	let mut stream = stream.take(limit as u64);
	let mut chunk = Zeroizing::new([0; 256]);
	loop {
		match stream.read(&mut *chunk) {
			Ok(0) => break,
			Ok(count) => bytes.extend_from_slice(&chunk[..count]),
			Err(error) if error.kind() == io::ErrorKind::Interrupted => {},
			Err(cause) => return Err(KeyError::Unreadable { from, cause }),
		}
	}
	match std::str::from_utf8(&bytes) {
		Ok(text) if bytes.len() < limit && !text.trim().is_empty() => {
			Ok(SecretText::new(text.trim().to_owned()))
		},
		_ => Err(KeyError::NoText { from }),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(bytes: &[u8]) -> Option<String> {
		let secret = from_stream(bytes, "a test".into()).ok()?;
		Some(secret.expose().to_owned())
	}

	#[test]
	fn space_around_a_secret_is_dropped() {
		assert_eq!(read(b" abandon art\r\n").as_deref(), Some("abandon art"));
	}

	#[test]
	fn what_is_no_secret_is_refused() {
		let longest = [b'x'; SECRET_BYTES_MAX];
		assert_eq!(read(&longest).map(|text| text.len()), Some(SECRET_BYTES_MAX));
		for bytes in [&b""[..], b" \n", &[0xff], &[b'x'; SECRET_BYTES_MAX + 1]] {
			assert_eq!(read(bytes), None);
		}
	}

	#[test]
	fn a_descriptor_that_is_not_open_is_named() {
		let error = from_descriptor(987).expect_err("not open").to_string();
		assert!(error.starts_with("file descriptor 987 cannot be read: "), "{error}");
	}
}
