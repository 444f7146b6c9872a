// SPDX-License-Identifier: Apache-2.0
//! RLPTests of ethereum/tests, see `tests/vectors/SOURCE.txt`, against the library that reads the
//! items here: what is valid is read and written as it was, and what is not is refused.

use std::collections::BTreeMap;

use alloy_primitives::U512;
use alloy_rlp::{encode, Header, PayloadView};
use flate2::read::GzDecoder;
use serde_json::Value;

use unum_ethereum_transaction::wallet::list;

#[derive(Clone, PartialEq, Eq, Debug)]
enum Item {
	Bytes(Vec<u8>),
	List(Vec<Item>),
}

/// Reads one item that is all of `bytes`.
fn decode(mut bytes: &[u8]) -> Result<Item, String> {
	let item = decode_next(&mut bytes)?;
	match bytes {
		[] => Ok(item),
		_ => Err("trailing bytes".into()),
	}
}

fn decode_next(bytes: &mut &[u8]) -> Result<Item, String> {
	match Header::decode_raw(bytes).map_err(|error| error.to_string())? {
		PayloadView::String(bytes) => Ok(Item::Bytes(bytes.into())),
		PayloadView::List(items) => {
			items.into_iter().map(decode).collect::<Result<_, _>>().map(Item::List)
		},
	}
}

fn encode_item(item: &Item) -> Vec<u8> {
	match item {
		Item::Bytes(bytes) => encode(&bytes[..]),
		Item::List(items) => list(&items.iter().map(encode_item).collect::<Vec<_>>()),
	}
}

/// The value that a test describes: a text, a number, or a list.
fn described(value: &Value) -> Item {
	match value {
		Value::String(text) => match text.strip_prefix('#') {
			Some(digits) => number(digits.parse().expect("a number")),
			None => Item::Bytes(text.as_bytes().into()),
		},
		Value::Number(digits) => number(digits.as_u64().map(U512::from).expect("a number")),
		Value::Array(items) => Item::List(items.iter().map(described).collect()),
		other => panic!("{other}"),
	}
}

fn number(number: U512) -> Item {
	Item::Bytes(number.to_be_bytes_trimmed_vec())
}

fn files() -> BTreeMap<String, BTreeMap<String, Value>> {
	let gzip = include_bytes!("../vectors/rlp_tests.json.gz");
	serde_json::from_reader(GzDecoder::new(&gzip[..])).expect("the files")
}

#[test]
fn rlp_tests() {
	let (mut valid, mut described_too, mut invalid) = (0, 0, 0);
	for (file, tests) in files() {
		for (name, test) in tests {
			let digits = test["out"].as_str().expect("bytes");
			let bytes = hex::decode(digits.trim_start_matches("0x")).expect("digits");
			let found = decode(&bytes);
			match &test["in"] {
				Value::String(word) if word == "INVALID" => {
					assert!(found.is_err(), "{file} {name}: {found:?}");
					invalid += 1;
					continue;
				},
				Value::String(word) if word == "VALID" => {},
				value => {
					assert_eq!(found, Ok(described(value)), "{file} {name}");
					described_too += 1;
				},
			}
			assert_eq!(encode_item(&found.expect("an item")), bytes, "{file} {name}");
			valid += 1;
		}
	}
	println!("valid {valid}, of which described {described_too}; invalid {invalid}");
	assert_eq!((valid, described_too, invalid), (29, 28, 26));
}
