// SPDX-License-Identifier: Apache-2.0
//! The data of a revert as a sentence, for those two errors that Solidity has by itself.

use core::fmt;
use unum_ethereum_view::revert::{error_text, panic_code, panic_name, ERROR, PANIC};

/// Bytes of a contract's own words that are repeated.
const REASON_BYTES_MAX: usize = 256;

/// Says what the data of a revert says.
pub(crate) fn describe(data: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
	f.write_str("execution reverted")?;
	let Some((selector, rest)) = data.split_first_chunk::<4>() else { return Ok(()) };
	match *selector {
		ERROR => match reason(rest) {
			Some(reason) => write!(f, ": {reason}"),
			None => Ok(()),
		},
		PANIC => match panic_code(rest) {
			Some(code) => {
				let name = panic_name(code).unwrap_or("unknown panic code");
				write!(f, ": {name} (0x{code:x})")
			},
			None => Ok(()),
		},
		_ => write!(f, ": custom error 0x{}", Hex(selector)),
	}
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
	}
}

/// The text of `Error(string)`, cut at a length, without what no terminal should be told.
fn reason(arguments: &[u8]) -> Option<alloc::string::String> {
	let text = core::str::from_utf8(error_text(arguments)?).ok()?;
	let printable = text.chars().filter(|character| !character.is_control());
	let mut shown = alloc::string::String::new();
	for character in printable {
		if shown.len().saturating_add(character.len_utf8()) > REASON_BYTES_MAX {
			break;
		}
		shown.push(character);
	}
	Some(shown)
}

#[cfg(test)]
mod tests {
	use crate::EvmFailure;
	use sp_core::U256;

	fn says(data: Vec<u8>) -> String {
		EvmFailure::Reverted(data).to_string()
	}

	fn words(words: &[u32]) -> Vec<u8> {
		words.iter().flat_map(|word| U256::from(*word).to_big_endian()).collect()
	}

	#[test]
	fn reasons_are_shown_and_nothing_else_is_believed() {
		assert_eq!(says(vec![]), "execution reverted");
		assert_eq!(says(vec![1, 2, 3]), "execution reverted");
		let error = [super::ERROR.to_vec(), words(&[32, 5]), b"no\x1b[2".to_vec()].concat();
		assert_eq!(says(error.clone()), "execution reverted: no[2");
		// The text is said to be longer than the data, or begins beyond its end.
		let long = [super::ERROR.to_vec(), words(&[32, 6]), b"no\x1b[2".to_vec()].concat();
		assert_eq!(says(long), "execution reverted");
		let beyond = [super::ERROR.to_vec(), [0xff; 64].to_vec()].concat();
		assert_eq!(says(beyond), "execution reverted");
		let panic = [super::PANIC.to_vec(), words(&[0x11])].concat();
		assert_eq!(says(panic), "execution reverted: arithmetic underflow or overflow (0x11)");
		assert_eq!(says(vec![1, 2, 3, 4, 5]), "execution reverted: custom error 0x01020304");
		let endless = [super::ERROR.to_vec(), words(&[32, 1000]), vec![b'x'; 1000]].concat();
		assert_eq!(says(endless).len(), "execution reverted: ".len() + 256);
	}
}
