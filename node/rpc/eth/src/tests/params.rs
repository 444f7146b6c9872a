// SPDX-License-Identifier: Apache-2.0
//! How parameters are read.

use proptest::prelude::*;
use serde_json::{from_value, json, Value};
use unum_ethereum_view::{StorageOverride, H160, H256, U256};

use crate::params::{
	into_accounts, BlockOverrideParam, BlockParam, BlockTag, CallParam, FilterParam, HexBytes,
	LogRange, LooseQuantity, Quantity, Quantity256, SlotParam, StateOverrideParam,
};

fn refusal<T: serde::de::DeserializeOwned + std::fmt::Debug>(value: Value) -> String {
	from_value::<T>(value).unwrap_err().to_string()
}

proptest! {
	#[test]
	fn a_number_has_one_form(number: u64, zeros in 1_usize..4) {
		let text = format!("{number:#x}");
		prop_assert_eq!(from_value::<Quantity>(json!(text)).unwrap(), Quantity(number));
		let padded = format!("0x{}{number:x}", "0".repeat(zeros));
		prop_assert!(from_value::<Quantity>(json!(padded)).is_err());
		prop_assert!(from_value::<Quantity>(json!(number)).is_err());
		let bare = format!("{number:x}");
		prop_assert!(from_value::<Quantity>(json!(bare)).is_err());
		prop_assert_eq!(from_value::<LooseQuantity>(json!(number)).unwrap().0, number);
		prop_assert_eq!(from_value::<LooseQuantity>(json!(number.to_string())).unwrap().0, number);
		prop_assert_eq!(from_value::<LooseQuantity>(json!(text)).unwrap().0, number);
	}

	#[test]
	fn bytes_come_back(bytes: Vec<u8>) {
		let text = alloy_primitives::hex::encode_prefixed(&bytes);
		prop_assert_eq!(from_value::<HexBytes>(json!(text)).unwrap(), HexBytes(bytes));
	}

	#[test]
	fn no_text_is_read_with_a_panic(text in "\\PC*") {
		let _ = from_value::<Quantity256>(json!(text));
		let _ = from_value::<BlockParam>(json!(text));
		let _ = from_value::<SlotParam>(json!(text));
		let _ = from_value::<HexBytes>(json!(text));
	}

	#[test]
	fn block_numbers_are_those_of_int64(number: u64) {
		let read = from_value::<BlockTag>(json!(format!("{number:#x}"))).ok();
		let expected = i64::try_from(number).is_ok().then_some(BlockTag::Number(number));
		prop_assert_eq!(read, expected);
	}
}

/// The sentences of geth's `hexutil`.
#[test]
fn malformed_texts_are_refused_in_geths_words() {
	for (text, words) in [
		("", "empty hex string"),
		("12", "hex string without 0x prefix"),
		("0x", "hex string \"0x\""),
		("0x01", "hex number with leading zero digits"),
		("0xg", "invalid hex string"),
		("0x10000000000000000", "hex number > 64 bits"),
	] {
		assert_eq!(refusal::<Quantity>(json!(text)), words, "{text:?}");
	}
	assert_eq!(refusal::<HexBytes>(json!("0x123")), "hex string of odd length");
	assert_eq!(refusal::<Quantity256>(json!(format!("0x1{:064}", 0))), "hex number > 256 bits");
	assert_eq!(refusal::<BlockParam>(json!("newest")), "hex string without 0x prefix");
	assert_eq!(refusal::<BlockTag>(json!("0xffffffffffffffff")), "block number larger than int64");
}

#[test]
fn blocks_are_tags_numbers_or_objects() {
	let hash = H256::repeat_byte(7);
	for (value, expected) in [
		(json!("latest"), BlockParam::Tag(BlockTag::Latest)),
		(json!("pending"), BlockParam::Tag(BlockTag::Pending)),
		(json!("0x10"), BlockParam::Tag(BlockTag::Number(16))),
		(json!({ "blockNumber": "0x10" }), BlockParam::Tag(BlockTag::Number(16))),
		(json!({ "blockNumber": "safe" }), BlockParam::Tag(BlockTag::Safe)),
		(json!(hash), BlockParam::Hash { hash, require_canonical: false }),
		(
			json!({ "blockHash": hash, "requireCanonical": true }),
			BlockParam::Hash { hash, require_canonical: true },
		),
	] {
		assert_eq!(from_value::<BlockParam>(value.clone()).unwrap(), expected, "{value}");
	}
	assert_eq!(
		refusal::<BlockParam>(json!({ "blockHash": hash, "blockNumber": "0x1" })),
		"cannot specify both BlockHash and BlockNumber, choose one or the other",
	);
	assert!(from_value::<BlockParam>(json!({})).is_err());
}

#[test]
fn slots_are_padded_and_not_too_long() {
	let slot = |text: &str| from_value::<SlotParam>(json!(text));
	assert_eq!(slot("0x1").unwrap().0, H256::from_low_u64_be(1));
	assert_eq!(slot(&format!("0x{:064}", 0)).unwrap().0, H256::zero());
	assert!(slot(&format!("0x{:065}", 0)).is_err());
}

#[test]
fn calls_have_their_fields() {
	let call: CallParam = from_value(json!({
		"from": H160::repeat_byte(1), "to": H160::repeat_byte(2), "gas": "0x5208", "gasPrice": "0x7",
		"value": "0x10", "data": "0xabcd", "nonce": "0x3", "chainId": "0x1237", "type": "0x1",
		"accessList": [{ "address": H160::repeat_byte(3), "storageKeys": [H256::repeat_byte(4)] }],
		"somethingNew": true,
	}))
	.unwrap();
	let request = call.into_request().unwrap();
	assert_eq!(request.from, H160::repeat_byte(1));
	assert_eq!(request.to, Some(H160::repeat_byte(2)));
	assert_eq!((request.gas, request.nonce, request.chain_id), (Some(21_000), Some(3), Some(4663)));
	assert_eq!((request.max_fee_per_gas, request.max_priority_fee_per_gas), (Some(7), Some(7)));
	assert_eq!((request.value, request.input), (U256::from(16), vec![0xab, 0xcd]));
	assert_eq!(request.access_list[0].storage_keys, [H256::repeat_byte(4)]);
}

#[test]
fn calls_that_contradict_themselves_are_refused() {
	let delegation = json!({
		"chainId": "0x1", "address": H160::zero(), "nonce": "0x0", "yParity": "0x0", "r": "0x1",
		"s": "0x1",
	});
	for (value, words) in [
		(
			json!({ "data": "0x01", "input": "0x02" }),
			"both \"data\" and \"input\" are set and not equal",
		),
		(json!({ "gasPrice": "0x1", "maxFeePerGas": "0x1" }), "both gasPrice and"),
		(
			json!({ "maxFeePerGas": "0x1", "maxPriorityFeePerGas": "0x2" }),
			"maxFeePerGas (1) < maxPriorityFeePerGas (2)",
		),
		(json!({ "type": "0x3" }), "blob transactions are not supported"),
		(json!({ "blobVersionedHashes": [] }), "blob transactions are not supported"),
		(json!({ "type": "0x7f" }), "transaction type not supported"),
		(
			json!({ "to": H160::zero(), "authorizationList": [] }),
			"EIP-7702 transaction with empty auth list",
		),
		(
			json!({ "authorizationList": [delegation] }),
			"EIP-7702 transaction cannot be used to create contract",
		),
	] {
		let error = from_value::<CallParam>(value.clone()).unwrap().into_request().unwrap_err();
		assert!(error.to_string().starts_with(words), "{value}: {error}");
		assert_eq!(error.code(), -32602);
	}
	let same = from_value::<CallParam>(json!({ "data": "0x01", "input": "0x01" })).unwrap();
	assert_eq!(same.into_request().unwrap().input, [1]);
}

#[test]
fn overrides_are_read() {
	let address = format!("{:?}", H160::repeat_byte(1));
	let slot = format!("{:?}", H256::repeat_byte(2));
	let state: StateOverrideParam = from_value(json!({
		address.clone(): { "balance": "0x5", "nonce": "0x1", "code": "0x60",
			"stateDiff": { slot.clone(): H256::repeat_byte(3) } },
	}))
	.unwrap();
	let accounts = into_accounts(state).unwrap();
	let expected = StorageOverride::Merge(vec![(H256::repeat_byte(2), H256::repeat_byte(3))]);
	assert_eq!((accounts[0].balance, &accounts[0].storage), (Some(U256::from(5)), &expected));
	let both: StateOverrideParam =
		from_value(json!({ address: { "state": {}, "stateDiff": {} } })).unwrap();
	assert!(into_accounts(both).unwrap_err().to_string().contains("both 'state' and 'stateDiff'"));
	let block: BlockOverrideParam =
		from_value(json!({ "number": "0x5", "time": "0x6", "coinbase": H160::zero() })).unwrap();
	let block = block.into_overrides().unwrap();
	assert_eq!((block.number, block.timestamp), (Some(5), Some(6)));
	assert_eq!(block.beneficiary, Some(H160::zero()));
}

#[test]
fn filters_are_read_and_bounded() {
	let filter = |value: Value| from_value::<FilterParam>(value).unwrap().into_filter();
	let one = H256::repeat_byte(1);
	let read = filter(json!({
		"fromBlock": "0x1", "address": H160::repeat_byte(9),
		"topics": [null, one, [one, one], [one, null]],
	}))
	.unwrap();
	assert_eq!(read.range, LogRange::Blocks { from: BlockTag::Number(1), to: BlockTag::Latest });
	assert_eq!(read.addresses, [H160::repeat_byte(9)]);
	// A null among alternatives matches everything.
	assert_eq!(read.topics, [vec![], vec![one], vec![one, one], vec![]]);
	for (value, words) in [
		(json!({ "topics": [null, null, null, null, null] }), "exceed max topics"),
		(json!({ "topics": [vec![one; 1_001]] }), "exceed max addresses or topics"),
		(json!({ "address": vec![H160::zero(); 1_001] }), "exceed max addresses or topics"),
		(json!({ "blockHash": one, "fromBlock": "0x1" }), "cannot specify both BlockHash"),
	] {
		let error = filter(value).unwrap_err();
		assert!(error.to_string().starts_with(words), "{error}");
	}
	assert!(filter(json!({ "address": vec![H160::zero(); 1_000] })).is_ok());
}
