// SPDX-License-Identifier: Apache-2.0
//! The reason in the data of a revert, as geth's `abi.UnpackRevert` reads it.

use unum_ethereum_view::U256;

/// Selector of `Error(string)`.
const ERROR: [u8; 4] = [0x08, 0xc3, 0x79, 0xa0];
/// Selector of `Panic(uint256)`.
const PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

/// `None` if there is none that geth could read.
pub(crate) fn reason(data: &[u8]) -> Option<String> {
	let (selector, arguments) = data.split_first_chunk::<4>()?;
	match *selector {
		ERROR => text(arguments),
		PANIC => word(arguments, 0).map(panic_name),
		_ => None,
	}
}

fn text(arguments: &[u8]) -> Option<String> {
	let offset = usize::try_from(word(arguments, 0)?).ok()?;
	let length = usize::try_from(word(arguments, offset)?).ok()?;
	let begin = offset.checked_add(32)?;
	let text = arguments.get(begin..begin.checked_add(length)?)?;
	Some(String::from_utf8_lossy(text).into_owned())
}

fn word(bytes: &[u8], offset: usize) -> Option<U256> {
	bytes.get(offset..offset.checked_add(32)?).map(U256::from_big_endian)
}

/// The compiler's panics, by the table in Solidity's documentation ("Panic via assert and Error via
/// require"), in the words of geth.
fn panic_name(code: U256) -> String {
	let known = match u64::try_from(code) {
		Ok(0x00) => "generic panic",
		Ok(0x01) => "assert(false)",
		Ok(0x11) => "arithmetic underflow or overflow",
		Ok(0x12) => "division or modulo by zero",
		Ok(0x21) => "enum overflow",
		Ok(0x22) => "invalid encoded storage byte array accessed",
		Ok(0x31) => "out-of-bounds array access; popping on an empty array",
		Ok(0x32) => "out-of-bounds access of an array or bytesN",
		Ok(0x41) => "out of memory",
		Ok(0x51) => "uninitialized function",
		_ => return format!("unknown panic code: {code:#x}"),
	};
	known.to_owned()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn data(selector: [u8; 4], words: &[u64], rest: &[u8]) -> Vec<u8> {
		let words = words.iter().flat_map(|word| U256::from(*word).to_big_endian());
		selector.into_iter().chain(words).chain(rest.iter().copied()).collect()
	}

	#[test]
	fn reasons_of_the_two_kinds_are_read() {
		assert_eq!(reason(&data(ERROR, &[32, 2], b"no")).as_deref(), Some("no"));
		assert_eq!(
			reason(&data(PANIC, &[0x12], b"")).as_deref(),
			Some("division or modulo by zero")
		);
		assert_eq!(reason(&data(PANIC, &[0x99], b"")).as_deref(), Some("unknown panic code: 0x99"));
	}

	#[test]
	fn what_does_not_fit_gives_none() {
		assert_eq!(reason(&[1, 2, 3]), None);
		assert_eq!(reason(&data([1, 2, 3, 4], &[32, 2], b"no")), None);
		assert_eq!(reason(&data(ERROR, &[32, 3], b"no")), None);
		assert_eq!(reason(&data(ERROR, &[u64::MAX, 2], b"no")), None);
		assert_eq!(reason(&data(PANIC, &[], b"no")), None);
	}
}
