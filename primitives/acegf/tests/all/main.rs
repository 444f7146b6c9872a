// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: vectors of others first, then properties.

mod methods;
mod phrases;
mod poseidon;
mod streams;
mod wallets;
mod wycheproof;

use serde::de::DeserializeOwned;

/// Reads a file of test vectors.
fn read<T: DeserializeOwned>(text: &str) -> T {
	serde_json::from_str(text).expect("the vectors are in the form that the test declares")
}

/// Reads hexadecimal digits, with or without `0x`.
fn bytes(digits: &str) -> Vec<u8> {
	hex::decode(digits.trim_start_matches("0x")).expect("hexadecimal digits")
}

/// Reads 32 bytes of hexadecimal digits.
fn bytes32(digits: &str) -> [u8; 32] {
	bytes(digits).try_into().expect("32 bytes")
}
