// SPDX-License-Identifier: Apache-2.0
//! What transactions ask for and offer: expectations computed by hand from SIMD-170 and upstream's
//! constants.

use unum_solana_transaction::{
	compile_legacy, compute_budget, ids,
	wallet::{
		request_heap_frame, set_compute_unit_limit, set_compute_unit_price,
		set_loaded_accounts_data_size_limit, transfer,
	},
	Blockhash, ComputeBudget, ComputeBudgetError, Instruction,
};
use unum_solana_view::{InstructionError, TransactionError};

use crate::support::key;

fn budget(instructions: &[Instruction]) -> Result<ComputeBudget, ComputeBudgetError> {
	compute_budget(&compile_legacy(key(1), instructions, Blockhash::default()).unwrap())
}

fn call(program: unum_address::SvmAddress) -> Instruction {
	Instruction { program, accounts: vec![], data: vec![] }
}

fn raw(data: &[u8]) -> Instruction {
	Instruction { data: data.to_vec(), ..call(ids::compute_budget()) }
}

const DEFAULT: ComputeBudget = ComputeBudget {
	unit_limit: 0,
	unit_price_micro_lamports: 0,
	heap_bytes: 32_768,
	loaded_accounts_bytes: 67_108_864,
};

#[test]
fn who_says_nothing_gets_units_for_each_instruction() {
	let units = |instructions: &[Instruction]| budget(instructions).unwrap().unit_limit;
	assert_eq!(budget(&[]), Ok(DEFAULT));
	let transfer = transfer(key(1), key(2), 1);
	assert_eq!(units(std::slice::from_ref(&transfer)), 3_000);
	assert_eq!(units(&[call(key(9))]), 200_000);
	assert_eq!(units(&[set_compute_unit_price(1), transfer, call(key(9))]), 206_000);
	// Programs that were built in once count as any other.
	assert_eq!(units(&[call(ids::address_lookup_table()), call(ids::vote())]), 400_000);
	assert_eq!(units(&[call(ids::secp256k1()), call(ids::secp256r1())]), 203_000);
	assert_eq!(units(&vec![call(key(9)); 7]), 1_400_000);
	assert_eq!(units(&vec![call(key(9)); 8]), 1_400_000);
}

#[test]
fn who_asks_gets_at_most_what_there_is() {
	let asked = [
		set_compute_unit_limit(1_400_001),
		set_compute_unit_price(u64::MAX),
		request_heap_frame(262_144),
		set_loaded_accounts_data_size_limit(67_108_865),
		call(key(9)),
	];
	let expected = ComputeBudget {
		unit_limit: 1_400_000,
		unit_price_micro_lamports: u64::MAX,
		heap_bytes: 262_144,
		loaded_accounts_bytes: 67_108_864,
	};
	assert_eq!(budget(&asked), Ok(expected));
	let asked = [set_compute_unit_limit(0), set_loaded_accounts_data_size_limit(1)];
	assert_eq!(budget(&asked), Ok(ComputeBudget { loaded_accounts_bytes: 1, ..DEFAULT }));
}

#[test]
fn nothing_is_set_twice() {
	let kinds: [fn(u32) -> Instruction; 4] = [
		set_compute_unit_limit,
		|number| set_compute_unit_price(number.into()),
		request_heap_frame,
		set_loaded_accounts_data_size_limit,
	];
	for kind in kinds {
		let error = ComputeBudgetError::DuplicateInstruction { index: 2 };
		assert_eq!(budget(&[kind(65_536), call(key(9)), kind(65_536)]), Err(error));
		assert_eq!(TransactionError::from(error), TransactionError::DuplicateInstruction(2));
	}
}

#[test]
fn data_that_are_no_request_are_refused() {
	let error = ComputeBudgetError::InvalidInstructionData { index: 1 };
	let cases: [&[u8]; 8] = [
		&[],
		&[0],
		&[0, 1, 0, 0, 0],
		&[5, 1, 0, 0, 0],
		&[1],
		&[2, 1, 0, 0],
		&[3, 1, 0, 0, 0],
		&[255],
	];
	for data in cases {
		assert_eq!(budget(&[call(key(9)), raw(data)]), Err(error), "{data:?}");
	}
	assert_eq!(
		TransactionError::from(error),
		TransactionError::InstructionError(1, InstructionError::InvalidInstructionData)
	);
	// What follows after the number is not read.
	assert_eq!(budget(&[raw(&[2, 7, 0, 0, 0, 9, 9])]).unwrap().unit_limit, 7);
}

#[test]
fn heaps_come_in_kib() {
	let cases = [
		(32_767, false),
		(32_768, true),
		(32_769, false),
		(33_792, true),
		(262_144, true),
		(262_145, false),
		(263_168, false),
		(0, false),
	];
	for (bytes, taken) in cases {
		let heap = budget(&[request_heap_frame(bytes)]);
		let error = ComputeBudgetError::InvalidInstructionData { index: 0 };
		assert_eq!(heap.map(|it| it.heap_bytes), if taken { Ok(bytes) } else { Err(error) });
	}
}

#[test]
fn of_two_mistakes_the_first_in_upstreams_order_is_told() {
	let none = set_loaded_accounts_data_size_limit(0);
	assert_eq!(
		budget(std::slice::from_ref(&none)),
		Err(ComputeBudgetError::InvalidLoadedAccountsDataSizeLimit)
	);
	assert_eq!(
		budget(&[none.clone(), request_heap_frame(1)]),
		Err(ComputeBudgetError::InvalidInstructionData { index: 1 })
	);
	assert_eq!(
		budget(&[none, request_heap_frame(1), raw(&[9])]),
		Err(ComputeBudgetError::InvalidInstructionData { index: 2 })
	);
}

#[test]
fn the_offer_is_rounded_up() {
	let fee = |unit_limit, unit_price_micro_lamports| {
		ComputeBudget { unit_limit, unit_price_micro_lamports, ..DEFAULT }.prioritization_fee()
	};
	assert_eq!(fee(1_400_000, 0), 0);
	assert_eq!(fee(0, u64::MAX), 0);
	assert_eq!(fee(1, 1), 1);
	assert_eq!(fee(1, 1_000_000), 1);
	assert_eq!(fee(1, 1_000_001), 2);
	assert_eq!(fee(200_000, 1_000), 200);
	assert_eq!(fee(1_400_000, u64::MAX), u64::MAX);
	// 18,446,744,073,709,551,615 ÷ 1,000,000, rounded up.
	assert_eq!(fee(1, u64::MAX), 18_446_744_073_710);
}
