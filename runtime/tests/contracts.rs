// SPDX-License-Identifier: Apache-2.0
//! Contracts through the whole runtime: what they cost, and whom their addresses belong to.

mod common;

use common::*;
use frame_support::traits::{Contains, Get};
use sp_core::{H160, U256};
use unum_address::Address;
use unum_evm_engine::{limits::GAS_LIMIT_MAX, EvmOperation};
use unum_runtime::{
	configs::{
		evm::{BlockGasLimit, GasPrice},
		identity::ReservedAddresses,
	},
	Balances, Dispatch, Evm, RuntimeCall,
};
use unum_vm_engine::{OneOf, Payload, Receipt, ReceiptStatus};

/// Init code that returns one byte of empty memory, which is STOP.
const STOPS: [u8; 5] = [0x60, 1, 0x60, 31, 0xf3];

fn submit(nonce: u32, call: EvmOperation) -> Receipt {
	let payload = Box::new(Payload::new(OneOf::Others(OneOf::First(call))));
	let call = pallet_dispatch::Call::submit { payload, context: None };
	apply(signed(ALICE, nonce, RuntimeCall::Dispatch(call)));
	Dispatch::receipts().pop().unwrap()
}

fn deploy(nonce: u32) -> H160 {
	let (value, gas_limit, init) = (U256::zero(), 100_000, STOPS.to_vec());
	let receipt = submit(nonce, EvmOperation::EvmCreate { value, gas_limit, init, salt: None });
	assert_eq!(receipt.status, ReceiptStatus::Success);
	match receipt.created[..] {
		[Address::Evm(address)] => H160(address.into()),
		ref other => panic!("one contract was to be made: {other:?}"),
	}
}

#[test]
fn the_address_of_a_contract_can_be_bound_by_nobody() {
	run_test(|| {
		let contract = deploy(0);
		assert!(Evm::is_contract(contract));
		assert!(ReservedAddresses::contains(&Address::Evm(contract.0.into())));
		assert!(!ReservedAddresses::contains(&Address::Evm([0x55; 20].into())));
	});
}

/// Gas weighs the same and costs the same as any other VM's work, and only what was used is paid.
#[test]
fn what_is_not_used_is_not_paid() {
	run_test(|| {
		let to = deploy(0);
		let call =
			|gas_limit| EvmOperation::EvmCall { to, value: U256::zero(), gas_limit, data: vec![] };
		let paid_for = |nonce, gas_limit| {
			let before = Balances::free_balance(account(ALICE));
			let receipt = submit(nonce, call(gas_limit));
			assert_eq!(receipt.status, ReceiptStatus::Success);
			let paid = before - Balances::free_balance(account(ALICE));
			assert_eq!(paid, receipt.fee);
			paid
		};
		assert_eq!(paid_for(1, 30_000), paid_for(2, 1_000_000));
		let used = Dispatch::receipts().pop().unwrap().gas_used;
		assert_eq!(used, unum_evm_engine::limits::weight_of(21_000));
	});
}

#[test]
fn a_block_has_gas_for_what_it_has_weight_for() {
	run_test(|| {
		// 150 ms of 200 for transactions, at 25 nanoseconds for a unit of gas.
		assert_eq!(BlockGasLimit::get(), 6_000_000);
		assert!(BlockGasLimit::get() <= GAS_LIMIT_MAX);
		// 25,000 picoseconds at five million base units each: 125 gwei.
		assert_eq!(GasPrice::get(), 125_000_000_000);
	});
}
