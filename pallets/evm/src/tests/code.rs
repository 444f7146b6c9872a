// SPDX-License-Identifier: Apache-2.0
//! Code, storage and nonces of contracts.

use super::*;
use crate::{CodeHashes, Codes, Slots};
use sp_core::H256;
use unum_evm_engine::{limits::weight_of, EvmFailure, EvmHalt};

fn created_by(who: [u8; 32], nonce: u64) -> H160 {
	let sender = revm::primitives::Address::from(address_of(who).0);
	H160(sender.create(nonce).into_array())
}

fn status(receipt: &Receipt) -> EvmFailure {
	codec::Decode::decode(&mut &receipt.native_status[..]).unwrap()
}

#[test]
fn a_contract_keeps_its_code_and_what_it_stores() {
	with_chain(|| {
		let store = deploy(&STORE);
		assert_eq!(Evm::code_at(store), STORE);
		assert!(Evm::is_contract(store) && !Evm::is_contract(address_of(ALICE)));
		let set = |value: u8| call(store, 0, [number(7), number(value)].concat());
		let slot = H256::from_low_u64_be(7);
		assert_eq!(submit(BOB, set(9)).status, ReceiptStatus::Success);
		assert_eq!(Evm::storage_at(store, slot), H256::from_low_u64_be(9));
		assert_eq!(submit(BOB, set(0)).status, ReceiptStatus::Success);
		assert_eq!(Slots::<Test>::iter().count(), 0, "zeros are not kept");
	});
}

#[test]
fn contracts_with_the_same_code_share_it() {
	with_chain(|| {
		let (one, other) = (deploy(&STORE), deploy(&STORE));
		assert_ne!(one, other);
		let hash = CodeHashes::<Test>::get(one).unwrap();
		assert_eq!(CodeHashes::<Test>::get(other), Some(hash));
		assert_eq!(Codes::<Test>::get(hash).unwrap().references, 2);
		assert_eq!(Codes::<Test>::iter().count(), 1);
	});
}

#[test]
fn a_contract_is_named_by_the_nonce_of_its_transaction_as_on_ethereum() {
	with_chain(|| {
		assert_eq!(deploy(&STORE), created_by(ALICE, 0));
		assert_eq!(submit(ALICE, call(address_of(BOB), 1, vec![])).status, ReceiptStatus::Success);
		assert_eq!(deploy(&STORE), created_by(ALICE, 2));
		assert_eq!(System::account_nonce(AccountId32::from(ALICE)), 3);
	});
}

#[test]
fn a_batch_makes_as_many_contracts_as_it_says() {
	with_chain(|| {
		let first = deploy(&STORE);
		let second = created(&in_same_transaction(ALICE, create(&STORE)));
		let third = created(&in_same_transaction(ALICE, create(&STORE)));
		assert_eq!([first, second, third], [0, 1, 2].map(|nonce| created_by(ALICE, nonce)));
		assert_eq!(System::account_nonce(AccountId32::from(ALICE)), 3, "none is used again");
	});
}

#[test]
fn with_a_salt_the_address_is_that_of_create2() {
	with_chain(|| {
		let salt = H256::repeat_byte(5);
		let make = || EvmOperation::EvmCreate {
			value: U256::zero(),
			gas_limit: GAS,
			init: init(&STORE),
			salt: Some(salt),
		};
		let sender = revm::primitives::Address::from(address_of(ALICE).0);
		let expected = sender.create2_from_code(salt.0, init(&STORE));
		assert_eq!(created(&submit(ALICE, make())), H160(expected.into_array()));
		let again = submit(ALICE, make());
		assert_eq!(again.status, ReceiptStatus::Halted);
		assert_eq!(status(&again), EvmFailure::Halted(EvmHalt::CreateCollision));
	});
}

#[test]
fn a_contract_account_is_never_reaped_and_its_nonce_starts_at_one() {
	with_chain(|| {
		let contract = deploy(&STORE);
		let account = AccountId32::from(id_of(contract));
		assert_eq!(System::account_nonce(&account), 1);
		assert_eq!(System::sufficients(&account), 1);
	});
}

#[test]
fn what_reverts_leaves_nothing_and_says_why() {
	with_chain(|| {
		// PUSH1 1 PUSH1 1 SSTORE, then REVERT with nothing.
		let contract = deploy(&[0x60, 1, 0x60, 1, 0x55, 0x60, 0, 0x60, 0, 0xfd]);
		let receipt = submit(ALICE, call(contract, 5, vec![]));
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		assert_eq!(status(&receipt), EvmFailure::Reverted(vec![]));
		assert_eq!(message(&receipt), "execution reverted");
		assert_eq!(Slots::<Test>::iter().count(), 0);
		assert_eq!(coins(contract), 0);
		let used = weight_of(21_000).ref_time()..weight_of(GAS).ref_time();
		assert!(used.contains(&receipt.gas_used.ref_time()));
	});
}

#[test]
fn what_runs_out_of_gas_has_used_all_of_it() {
	with_chain(|| {
		// JUMPDEST PUSH1 0 JUMP
		let contract = deploy(&[0x5b, 0x60, 0x00, 0x56]);
		let receipt = submit(ALICE, call(contract, 5, vec![]));
		assert_eq!(status(&receipt), EvmFailure::Halted(EvmHalt::OutOfGas));
		assert_eq!(receipt.gas_used, weight_of(GAS));
		assert_eq!(coins(contract), 0);
	});
}

#[test]
fn what_can_not_run_is_refused_with_the_numbers() {
	with_chain(|| {
		let to = address_of(BOB);
		let low = EvmOperation::EvmCall { to, value: 0.into(), gas_limit: 20_999, data: vec![] };
		let receipt = submit(ALICE, low);
		assert_eq!(receipt.status, ReceiptStatus::FeesOnly);
		assert_eq!(message(&receipt), "intrinsic gas too low: have 20999, want 21000");
		// EIP-7623: 40 gas for each byte of calldata that is not zero, at least.
		let floor =
			EvmOperation::EvmCall { to, value: 0.into(), gas_limit: 21_399, data: vec![1; 10] };
		assert_eq!(message(&submit(ALICE, floor)), "intrinsic gas too low: have 21399, want 21400");
		let high =
			EvmOperation::EvmCall { to, value: 0.into(), gas_limit: 15_000_001, data: vec![] };
		assert_eq!(
			message(&submit(ALICE, high)),
			"gas limit too high: have 15000001, and at most 14000000 is allowed"
		);
		let long = EvmOperation::EvmCreate {
			value: 0.into(),
			gas_limit: GAS,
			init: vec![0; 49_153],
			salt: None,
		};
		assert_eq!(
			message(&submit(ALICE, long)),
			"max initcode size exceeded: code size 49153, limit 49152"
		);
		for value in [U256::from(START) + 1, U256::from(u128::MAX) + START, U256::MAX] {
			let receipt = submit(ALICE, EvmOperation::EvmTransfer { to, value });
			assert_eq!(
				message(&receipt),
				format!("insufficient funds for transfer: have {START} want {value}")
			);
		}
		assert_eq!(coins(to), START);
	});
}

/// Each value that a block has, as a contract reads it: stored, by its opcode, in a slot.
#[test]
fn a_contract_sees_its_block() {
	with_chain(|| {
		frame_system::BlockHash::<Test>::insert(4, H256::repeat_byte(0x44));
		let opcodes = [0x41u8, 0x42, 0x43, 0x44, 0x45, 0x46, 0x48, 0x3a, 0x4a];
		let store = |opcode: u8| [opcode, 0x60, opcode, 0x55];
		let code: Vec<u8> = opcodes.into_iter().flat_map(store).collect();
		// BLOCKHASH of the parent, and of the block itself.
		let hashes = [0x60, 4, 0x40, 0x60, 0xf0, 0x55, 0x60, 5, 0x40, 0x60, 0xf1, 0x55];
		let contract = deploy(&[&code[..], &hashes].concat());
		assert_eq!(submit(ALICE, call(contract, 0, vec![])).status, ReceiptStatus::Success);
		let read = |slot: u64| Evm::storage_at(contract, H256::from_low_u64_be(slot));
		let number = H256::from_low_u64_be;
		let author: [u8; 20] = EvmAddress::derive(Id::from(AUTHOR)).into();
		assert_eq!(read(0x41), H256::from_slice(&word(H160(author))), "COINBASE");
		assert_eq!(read(0x42), number(5), "TIMESTAMP, in seconds");
		assert_eq!(read(0x43), number(5), "NUMBER");
		assert_ne!(read(0x44), number(0), "PREVRANDAO");
		assert_eq!(read(0x45), number(15_000_000), "GASLIMIT");
		assert_eq!(read(0x46), number(4663), "CHAINID");
		assert_eq!(read(0x48), number(7), "BASEFEE");
		assert_eq!(read(0x3a), number(7), "GASPRICE");
		assert_eq!(read(0x4a), number(1), "BLOBBASEFEE");
		assert_eq!(read(0xf0), H256::repeat_byte(0x44), "BLOCKHASH of the parent");
		assert_eq!(read(0xf1), number(0), "BLOCKHASH of the block itself");
	});
}
