// SPDX-License-Identifier: Apache-2.0
//! What programs log, line by line, as Solana's validators write it
//! (`solana-svm-log-collector`, `stable_log` of `solana-program-runtime` 4.2).

use alloc::{string::String, vec::Vec};

/// How many bytes of lines are kept (`LOG_MESSAGES_BYTES_LIMIT`).
const BYTES_MAX: usize = 10_000;

/// The lines of a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Logs {
	lines: Vec<Vec<u8>>,
	bytes: usize,
	truncated: bool,
}

impl Logs {
	/// Adds a line, if there is room.
	pub(crate) fn line(&mut self, line: String) {
		let bytes = self.bytes.saturating_add(line.len());
		if bytes < BYTES_MAX {
			self.bytes = bytes;
			self.lines.push(line.into_bytes());
		} else if !self.truncated {
			self.truncated = true;
			self.lines.push(b"Log truncated".to_vec());
		}
	}

	/// The lines, UTF-8.
	pub(crate) fn into_lines(self) -> Vec<Vec<u8>> {
		self.lines
	}
}
