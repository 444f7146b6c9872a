// SPDX-License-Identifier: Apache-2.0
//! The data of a revert as a sentence, for those two errors that Solidity has by itself.

use core::fmt;
use sp_core::U256;

/// Selector of `Error(string)`: `require(condition, "reason")` and `revert("reason")`.
const ERROR: [u8; 4] = [0x08, 0xc3, 0x79, 0xa0];
/// Selector of `Panic(uint256)`: a check that the compiler has put in.
const PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

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
		PANIC => match word(rest, 0) {
			Some(code) => write!(f, ": {} (0x{code:x})", panic_name(code)),
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
	let offset = usize::try_from(word(arguments, 0)?).ok()?;
	let length = usize::try_from(word(arguments, offset)?).ok()?;
	let begin = offset.checked_add(32)?;
	let text = arguments.get(begin..begin.checked_add(length)?)?;
	let text = core::str::from_utf8(text).ok()?;
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

fn word(bytes: &[u8], offset: usize) -> Option<U256> {
	bytes.get(offset..offset.checked_add(32)?).map(U256::from_big_endian)
}

/// The compiler's panics, by the table in Solidity's documentation ("Panic via assert and Error via
/// require"), in the words of go-ethereum.
fn panic_name(code: U256) -> &'static str {
	if code > U256::from(0xffu8) {
		return "unknown panic code";
	}
	match code.low_u32() {
		0x00 => "generic panic",
		0x01 => "assert(false)",
		0x11 => "arithmetic underflow or overflow",
		0x12 => "division or modulo by zero",
		0x21 => "enum overflow",
		0x22 => "invalid encoded storage byte array accessed",
		0x31 => "out-of-bounds array access; popping on an empty array",
		0x32 => "out-of-bounds access of an array or bytesN",
		0x41 => "out of memory",
		0x51 => "uninitialized function",
		_ => "unknown panic code",
	}
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
