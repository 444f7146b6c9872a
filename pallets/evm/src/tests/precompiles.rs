// SPDX-License-Identifier: Apache-2.0
//! The chain's own precompiles, called through a contract by their Solidity interfaces.

use super::*;
use alloy_sol_types::{sol, SolCall};
use codec::Encode;
use sp_core::H256;
use unum_native_engine::NativeCall;
use unum_signature::AuthKey;
use unum_vm_engine::{Asset, IdentityControl, UnifiedLedger};

sol!("solidity/IContext.sol");
sol!("solidity/IAuthKeys.sol");
sol!("solidity/ICrossVm.sol");
sol!("solidity/IAddressBook.sol");

pub(super) fn precompile(last: u8) -> H160 {
	H160::from_low_u64_be(0x0100 | u64::from(last))
}

/// Calls the first word of the calldata with the rest, and stores the first two words of what comes
/// back in slots 0 and 1; what fails reverts.
fn recorder(opcode: u8) -> Vec<u8> {
	let mut code = match opcode {
		0xf1 => forwarder(),
		// STATICCALL takes no value.
		_ => {
			let mut code = delegator();
			code[21] = opcode;
			code
		},
	};
	// In place of the last three instructions (RETURNDATASIZE PUSH1 0 RETURN).
	code.truncate(code.len() - 4);
	code.extend([0x60, 0, 0x51, 0x60, 0, 0x55, 0x60, 0x20, 0x51, 0x60, 1, 0x55, 0x00]);
	code
}

/// Asks a precompile through a contract and gives the two words of its answer.
pub(super) fn ask(last: u8, data: Vec<u8>) -> [H256; 2] {
	let contract = deploy(&recorder(0xfa));
	let calldata = [word(precompile(last)), data].concat();
	let receipt = submit(BOB, call(contract, 0, calldata));
	assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
	[0, 1].map(|slot| Evm::storage_at(contract, H256::from_low_u64_be(slot)))
}

pub(super) fn refuses(last: u8, data: Vec<u8>) -> String {
	let receipt = submit(BOB, call(precompile(last), 0, data));
	assert_eq!(receipt.status, ReceiptStatus::Reverted);
	message(&receipt)
}

#[test]
fn contexts_have_the_shards_of_the_specification() {
	with_chain(|| {
		let derive = |vm: &str, tag: [u8; 16]| {
			IContext::deriveCall { vm: vm.into(), tag: tag.into() }.abi_encode()
		};
		for (vm, shard) in [("native", 4), ("evm", 7), ("svm", 53)] {
			let [tag, answer] = ask(1, derive(vm, [1; 16]));
			assert_eq!(tag.0, [[1; 16], [0; 16]].concat()[..]);
			assert_eq!(answer, H256::from_low_u64_be(shard), "{vm}");
		}
		assert_eq!(refuses(1, derive("doge", [1; 16])), "execution reverted: no VM has this name");
		let wrong = "execution reverted: the calldata does not fit the interface";
		assert_eq!(refuses(1, vec![1, 2, 3]), wrong);
		assert_eq!(refuses(1, derive("evm", [1; 16])[..60].to_vec()), wrong);
	});
}

#[test]
fn keys_of_an_identity_are_known_to_contracts() {
	with_chain(|| {
		let key = [3; 32];
		<IdCom as IdentityControl>::set_auth_keys(Id::from(ALICE), vec![AuthKey::MlDsa44(key)])
			.unwrap();
		let asks = |id: [u8; 32], factor, credential: &[u8]| {
			let credential = credential.to_vec().into();
			let call = IAuthKeys::isAuthKeyCall { idCom: id.into(), factor, credential };
			ask(2, call.abi_encode())[0] == H256::from_low_u64_be(1)
		};
		assert!(asks(ALICE, 0, &key) && asks(ALICE, 4, &key));
		assert!(!asks(ALICE, 2, &key), "another scheme");
		assert!(!asks(ALICE, 0, &key[1..]) && !asks(ALICE, 0, &[4; 32]), "another key");
		assert!(!asks(BOB, 0, &key), "another identity");
	});
}

#[test]
fn contracts_know_who_is_behind_an_address() {
	with_chain(|| {
		let alice = revm::primitives::Address::from(address_of(ALICE).0);
		let who = IAddressBook::idComOfCall { account: alice }.abi_encode();
		assert_eq!(ask(7, who)[0].0, ALICE);
		let shown = IAddressBook::evmAddressOfCall { idCom: ALICE.into() }.abi_encode();
		assert_eq!(ask(7, shown)[0], H256::from_slice(&word(address_of(ALICE))));
		let svm = IAddressBook::svmAddressOf_1Call { account: alice }.abi_encode();
		let Some(Address::Svm(key)) = IdCom::address_of(Id::from(ALICE), VmKind::SVM) else {
			panic!("every identity has one")
		};
		let key = <[u8; 32]>::from(key);
		assert_eq!(ask(7, svm)[0].0, key);
		let back = IAddressBook::idComOfSvmCall { key: key.into() }.abi_encode();
		assert_eq!(ask(7, back)[0].0, ALICE);
		let tvm = IAddressBook::tvmAddressOfCall { idCom: ALICE.into() }.abi_encode();
		let tron = revm::primitives::Address::from_slice(&ask(7, tvm)[0].0[12..]);
		let back = IAddressBook::idComOfTvmCall { account: tron }.abi_encode();
		assert_eq!(ask(7, back)[0].0, ALICE);
		// A script of Bitcoin: 34 bytes, behind offset and length.
		let script = IAddressBook::bvmScriptOfCall { idCom: ALICE.into() }.abi_encode();
		assert_eq!(ask(7, script), [32, 34].map(H256::from_low_u64_be));
	});
}

pub(super) fn cross(vm: u8, target: [u8; 32], data: Vec<u8>, gas: u64) -> Vec<u8> {
	let call = ICrossVm::callCall { vm, target: target.into(), data: data.into(), gasLimit: gas };
	call.abi_encode()
}

pub(super) fn native(asset: Option<MintId>, to: [u8; 32], amount: u128) -> Vec<u8> {
	NativeCall::Transfer { asset, to: Id::from(to), amount: LedgerAmount::new(amount) }.encode()
}

/// A contract with coins and tokens that calls other VMs by CALL.
fn rich(code: Vec<u8>) -> H160 {
	let contract = deploy(&code);
	for asset in [Asset::Native, Asset::Token(mint())] {
		let (from, amount) = (Id::from(ALICE), LedgerAmount::new(1_000));
		<UnifiedTokens as UnifiedLedger>::transfer(asset, from, id_of(contract), amount).unwrap();
	}
	contract
}

fn run(contract: H160, data: Vec<u8>) -> Receipt {
	submit(BOB, call(contract, 0, [word(precompile(6)), data].concat()))
}

#[test]
fn a_contract_acts_in_the_native_vm_as_itself() {
	with_chain(|| {
		let contract = rich(recorder(0xf1));
		let stranger = [0x5a; 32];
		let receipt = run(contract, cross(0, [0; 32], native(None, stranger, 400), GAS));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!(Evm::storage_at(contract, H256::zero()), H256::from_low_u64_be(1), "ok");
		assert_eq!(coins(contract), 600);
		assert_eq!(Balances::free_balance(AccountId32::from(stranger)), 400);

		let receipt = run(contract, cross(0, [0; 32], native(Some(mint()), stranger, 250), GAS));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!(tokens(contract), 750);
		// The token's log is among the contract's.
		assert_eq!(receipt.logs.len(), 1);
		assert_eq!(receipt.logs[0].emitter, Address::Evm(token().0.into()));
	});
}

/// The balance that the contract reads after the call is the one that the other VM has left.
#[test]
fn what_another_vm_moves_is_seen_at_once() {
	with_chain(|| {
		// SELFBALANCE into slot 2 first and into slot 3 afterwards.
		let mut code = recorder(0xf1);
		assert_eq!(code.pop(), Some(0x00));
		code.extend([0x47, 0x60, 3, 0x55, 0x00]);
		let contract = rich(code);
		let receipt = run(contract, cross(0, [0; 32], native(None, BOB, 400), GAS));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		let seen = Evm::storage_at(contract, H256::from_low_u64_be(3));
		assert_eq!(seen, H256::from_low_u64_be(600));
	});
}

#[test]
fn what_the_other_vm_did_is_undone_with_the_call_around() {
	with_chain(|| {
		let contract = rich(regretter());
		let receipt = run(contract, cross(0, [0; 32], native(None, [0x5a; 32], 400), GAS));
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		assert_eq!((coins(contract), tokens(contract)), (1_000, 1_000));
		assert_eq!(Balances::free_balance(AccountId32::from([0x5a; 32])), 0);
	});
}

#[test]
fn what_can_not_be_done_there_says_why_and_leaves_the_caller_alone() {
	with_chain(|| {
		let contract = rich(recorder(0xf1));
		let fails = |data: Vec<u8>| {
			let receipt = run(contract, data.clone());
			assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
			assert_eq!(Evm::storage_at(contract, H256::zero()), H256::zero(), "not ok");
			assert_eq!((coins(contract), tokens(contract)), (1_000, 1_000));
		};
		let pay = || native(None, BOB, 1);
		fails(cross(0, [0; 32], native(None, BOB, 1_001), GAS));
		fails(cross(0, [0; 32], vec![], GAS));
		fails(cross(0, [0; 32], [pay(), vec![0]].concat(), GAS));
		fails(cross(0, [1; 32], pay(), GAS));
		fails(cross(0, [0; 32], pay(), 10));
		fails(cross(2, [0; 32], pay(), GAS));
		fails(cross(9, [0; 32], vec![0xff], GAS));
		// Into the EVM itself: refused, whatever the operation.
		let again = EvmOperation::EvmTransfer { to: token(), value: 0.into() }.encode();
		fails(cross(1, [0; 32], again, GAS));
		Dispatch::set_engine_enabled(RuntimeOrigin::root(), VmKind::NATIVE, false).unwrap();
		fails(cross(0, [0; 32], pay(), GAS));
	});
}

#[test]
fn nobody_lends_a_precompile_its_name_or_calls_it_without_leave_to_write() {
	with_chain(|| {
		for opcode in [0xf4, 0xfa] {
			let contract = rich(recorder(opcode));
			let receipt = run(contract, cross(0, [0; 32], native(None, BOB, 1), GAS));
			assert_eq!(receipt.status, ReceiptStatus::Reverted);
			assert_eq!(coins(contract), 1_000);
		}
		let paid = call(precompile(6), 1, cross(0, [0; 32], native(None, ALICE, 1), GAS));
		let receipt = submit(BOB, paid);
		assert_eq!(message(&receipt), "execution reverted: no coins, and no DELEGATECALL");
	});
}

#[test]
fn p256_verification_keeps_its_address() {
	with_chain(|| {
		// A signature that is none: EIP-7951 answers with nothing.
		let receipt = submit(BOB, call(precompile(0), 0, vec![1; 160]));
		assert_eq!(receipt.status, ReceiptStatus::Success);
		let gas = unum_evm_engine::limits::weight_of(21_000 + 6_900);
		assert!(receipt.gas_used.ref_time() >= gas.ref_time(), "P256VERIFY costs 6,900");
	});
}
