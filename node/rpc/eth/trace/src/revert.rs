// SPDX-License-Identifier: Apache-2.0
//! The reason in the data of a revert, as geth's `abi.UnpackRevert` reads it.

use unum_ethereum_view::{
	revert::{error_text, panic_code, panic_name, ERROR, PANIC},
	U256,
};

/// `None` if there is none that geth could read.
pub(crate) fn reason(data: &[u8]) -> Option<String> {
	let (selector, arguments) = data.split_first_chunk::<4>()?;
	match *selector {
		ERROR => Some(String::from_utf8_lossy(error_text(arguments)?).into_owned()),
		PANIC => panic_code(arguments).map(panic),
		_ => None,
	}
}

fn panic(code: U256) -> String {
	panic_name(code).map_or_else(|| format!("unknown panic code: {code:#x}"), Into::into)
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
