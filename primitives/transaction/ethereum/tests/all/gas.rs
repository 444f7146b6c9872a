// SPDX-License-Identifier: Apache-2.0
//! Gas before a transaction runs. The sums are written out by hand from the EIPs.

use unum_ethereum_transaction::{
	check_gas, intrinsic_gas,
	limits::{MAX_INITCODE_BYTES, MAX_TRANSACTION_GAS},
	GasError, RawTransaction, TransactionType, TxKind,
};

use unum_ethereum_transaction::wallet::{access_list, key, Draft, TYPES};

fn raw(draft: &Draft) -> RawTransaction {
	RawTransaction::decode(&draft.sign(&key()).bytes()).expect("well-formed")
}

fn initial_and_floor(draft: &Draft) -> (u64, u64) {
	let gas = intrinsic_gas(&raw(draft));
	(gas.initial(), gas.floor())
}

fn plain(kind: TransactionType) -> Draft {
	Draft { input: vec![], access_list: access_list(&[]), ..Draft::example(kind) }
}

#[test]
fn each_part_of_a_transaction_has_its_price() {
	let legacy = plain(TransactionType::Legacy);
	assert_eq!(initial_and_floor(&legacy), (21_000, 21_000));
	// Three zeros and two others: 3 × 4 + 2 × 16, and 10 for each of 11 tokens.
	let input = vec![0, 1, 0, 0xff, 0];
	let with_input = Draft { input, ..legacy.clone() };
	assert_eq!(initial_and_floor(&with_input), (21_044, 21_110));
	// The same bytes as initcode: 32,000, and 2 for a word.
	let create = Draft { to: TxKind::Create, ..with_input };
	assert_eq!(initial_and_floor(&create), (53_046, 21_110));
	// 33 bytes are two words.
	let longer = Draft { input: vec![0; 33], ..create };
	assert_eq!(initial_and_floor(&longer), (21_000 + 32_000 + 33 * 4 + 2 * 2, 21_330));
	// Two addresses and three keys, also when they are the same.
	let list = access_list(&[([1; 20], &[[1; 32], [1; 32]]), ([1; 20], &[[2; 32]])]);
	for kind in [TransactionType::AccessList, TransactionType::DynamicFee] {
		let listed = Draft { access_list: list.clone(), ..plain(kind) };
		assert_eq!(initial_and_floor(&listed), (21_000 + 2 * 2_400 + 3 * 1_900, 21_000));
	}
	let set_code = plain(TransactionType::SetCode);
	assert_eq!(initial_and_floor(&set_code), (46_000, 21_000));
	let three = vec![set_code.authorizations[0].clone(); 3];
	assert_eq!(initial_and_floor(&Draft { authorizations: three, ..set_code }), (96_000, 21_000));
}

#[test]
fn gas_covers_what_is_charged_before() {
	for kind in TYPES {
		let draft = Draft::example(kind);
		let (minimum, floor) = initial_and_floor(&draft);
		assert!(floor < minimum || kind == TransactionType::Legacy);
		let minimum = minimum.max(floor);
		assert!(check_gas(&raw(&Draft { gas_limit: minimum, ..draft.clone() })).is_ok());
		assert!(check_gas(&raw(&Draft { gas_limit: minimum - 1, ..draft })).is_err());
	}
	let short = Draft { gas_limit: 20_999, ..plain(TransactionType::DynamicFee) };
	let refusal = GasError::BelowIntrinsic { gas_limit: 20_999, minimum: 21_000 };
	assert_eq!(check_gas(&raw(&short)), Err(refusal.clone()));
	let words = "intrinsic gas too low: gas 20999, minimum needed 21000";
	assert_eq!(refusal.to_string(), words);
}

#[test]
fn gas_covers_the_floor() {
	let of = |gas_limit| {
		check_gas(&raw(&Draft { gas_limit, input: vec![1; 100], ..plain(TransactionType::Legacy) }))
	};
	assert_eq!(of(25_000).map(|gas| (gas.initial(), gas.floor())), Ok((22_600, 25_000)));
	let refusal = GasError::BelowFloor { gas_limit: 24_999, minimum: 25_000 };
	assert_eq!(of(24_999), Err(refusal.clone()));
	assert_eq!(of(22_599), Err(GasError::BelowIntrinsic { gas_limit: 22_599, minimum: 22_600 }));
	let words = "insufficient gas for floor data gas cost: gas 24999, minimum needed 25000";
	assert_eq!(refusal.to_string(), words);
}

#[test]
fn gas_is_not_above_the_cap() {
	assert_eq!(MAX_TRANSACTION_GAS, 1 << 24);
	let of = |gas_limit| check_gas(&raw(&Draft { gas_limit, ..plain(TransactionType::Legacy) }));
	assert!(of(1 << 24).is_ok());
	let refusal = GasError::AboveCap { gas_limit: (1 << 24) + 1 };
	assert_eq!(of((1 << 24) + 1), Err(refusal.clone()));
	let words = "transaction gas limit too high (cap: 16777216, tx: 16777217)";
	assert_eq!(refusal.to_string(), words);
}

#[test]
fn initcode_is_not_above_its_limit() {
	let of = |bytes: u32, to| {
		let input = vec![0; bytes as usize];
		check_gas(&raw(&Draft { input, to, gas_limit: 1 << 24, ..plain(TransactionType::Legacy) }))
	};
	assert!(of(MAX_INITCODE_BYTES, TxKind::Create).is_ok());
	let refusal = GasError::InitcodeTooLong { bytes: 49_153 };
	assert_eq!(of(MAX_INITCODE_BYTES + 1, TxKind::Create), Err(refusal.clone()));
	let words = "max initcode size exceeded: code size 49153, limit 49152";
	assert_eq!(refusal.to_string(), words);
	// Input of a call has no limit of its own.
	assert!(of(MAX_INITCODE_BYTES + 1, TxKind::Call([1; 20].into())).is_ok());
}
