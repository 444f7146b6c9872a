// SPDX-License-Identifier: Apache-2.0
//! Numbers and bytes as geth writes them.

use serde_json::Value;
use sha3::{Digest, Keccak256};
use unum_ethereum_view::{H160, H256, U256};

/// `0x` and two digits for each byte.
pub(crate) fn bytes(bytes: &[u8]) -> Value {
	format!("0x{}", hex::encode(bytes)).into()
}

/// `0x` and the digits without leading zeros.
pub(crate) fn number(number: U256) -> Value {
	format!("{number:#x}").into()
}

pub(crate) fn quantity(number: u64) -> Value {
	format!("{number:#x}").into()
}

pub(crate) fn address(address: H160) -> String {
	format!("{address:#x}")
}

pub(crate) fn hash(hash: H256) -> String {
	format!("{hash:#x}")
}

/// Words of the runtime, which are UTF-8.
pub(crate) fn words(words: &[u8]) -> Value {
	String::from_utf8_lossy(words).into()
}

pub(crate) fn keccak(bytes: &[u8]) -> H256 {
	H256(Keccak256::digest(bytes).into())
}
