// SPDX-License-Identifier: Apache-2.0
//! What a contract said when it reverted.

use alloy_primitives::U256;
use alloy_sol_types::{Panic, Revert, SolError};
use unum_ethereum_view::revert::panic_name;

/// The reason in the data of a revert: the text of `Error(string)`, or the cause of `Panic(uint256)`
/// in the words of Solidity's documentation and geth. None in any other data.
pub(crate) fn reason(data: &[u8]) -> Option<String> {
	if let Ok(revert) = Revert::abi_decode(data) {
		return Some(revert.reason);
	}
	Panic::abi_decode(data).ok().map(|panic| cause(panic.code))
}

fn cause(code: U256) -> String {
	let known = panic_name(unum_ethereum_view::U256::from_big_endian(&code.to_be_bytes::<32>()));
	known.map_or_else(|| format!("unknown panic code: {code:#x}"), Into::into)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn data(hex: &str) -> Vec<u8> {
		hex::decode(hex).unwrap()
	}

	/// Data of reverts in execution-apis (`tests/eth_call`, CC0).
	#[test]
	fn reasons_are_read_as_geth_reads_them() {
		let panic =
			data("4e487b710000000000000000000000000000000000000000000000000000000000000001");
		assert_eq!(reason(&panic).unwrap(), "assert(false)");
		let error = data(concat!(
			"08c379a0",
			"0000000000000000000000000000000000000000000000000000000000000020",
			"0000000000000000000000000000000000000000000000000000000000000019",
			"416c7761797320726576657274696e6720636f6e747261637400000000000000",
		));
		assert_eq!(reason(&error).unwrap(), "Always reverting contract");
		let unknown =
			data("4e487b7100000000000000000000000000000000000000000000000000000000000000ff");
		assert_eq!(reason(&unknown).unwrap(), "unknown panic code: 0xff");
	}

	#[test]
	fn other_data_has_no_reason() {
		for other in ["", "08c379a0", "4e487b71", "deadbeef", "00"] {
			assert_eq!(reason(&data(other)), None, "{other}");
		}
	}
}
