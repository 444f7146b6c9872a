// SPDX-License-Identifier: Apache-2.0
//! The one ledger, from inside the EVM.

use super::*;
use sp_core::H256;
use unum_erc20::TRANSFER_TOPIC;
use unum_evm_engine::limits::weight_of;
use unum_vm_engine::Log;

fn transfer_log(from: H160, to: H160, amount: u128) -> Log {
	Log {
		emitter: Address::Evm(token().0.into()),
		topics: vec![TRANSFER_TOPIC, H256::from_slice(&word(from)), H256::from_slice(&word(to))],
		data: number(amount),
	}
}

#[test]
fn wei_are_base_units() {
	with_chain(|| {
		let bob = address_of(BOB);
		let receipt = submit(ALICE, EvmOperation::EvmTransfer { to: bob, value: 5.into() });
		assert_eq!(receipt.status, ReceiptStatus::Success);
		assert_eq!((coins(address_of(ALICE)), coins(bob)), (START - 5, START + 5));
		let stranger = H160([0x77; 20]);
		assert_eq!(submit(ALICE, call(stranger, 9, vec![])).status, ReceiptStatus::Success);
		assert_eq!(coins(stranger), 9);
	});
}

#[test]
fn a_contract_pays_at_any_depth() {
	with_chain(|| {
		let payer = deploy(&payer());
		let receipt = submit(ALICE, call(payer, 50, word(address_of(BOB))));
		assert_eq!(receipt.status, ReceiptStatus::Success);
		assert_eq!((coins(payer), coins(address_of(BOB))), (0, START + 50));
	});
}

#[test]
fn a_token_is_a_contract_to_contracts() {
	with_chain(|| {
		let forwarder = deploy(&forwarder());
		let bob = address_of(BOB);
		// Alice pays the contract from polkadot.js, and the contract pays Bob.
		let alice = RuntimeOrigin::signed(ALICE.into());
		let amount = LedgerAmount::new(100);
		UnifiedTokens::transfer(alice, mint(), id_of(forwarder), amount).unwrap();
		let outside = movement_logs();
		let expected = transfer_log(address_of(ALICE), forwarder, 100);
		assert_eq!(outside.last(), Some(&expected));

		let data = [word(token()), transfer_data(bob, 30)].concat();
		let receipt = submit(BOB, call(forwarder, 0, data));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!((tokens(forwarder), tokens(bob)), (70, 30));
		assert_eq!(receipt.logs, [transfer_log(forwarder, bob, 30)]);
		assert_eq!(movement_logs().len(), outside.len(), "and nowhere else");
	});
}

#[test]
fn a_revert_around_takes_a_token_back_and_its_log() {
	with_chain(|| {
		let (inner, outer) = (deploy(&regretter()), deploy(&forwarder()));
		let alice = RuntimeOrigin::signed(ALICE.into());
		for contract in [inner, outer] {
			let amount = LedgerAmount::new(100);
			UnifiedTokens::transfer(alice.clone(), mint(), id_of(contract), amount).unwrap();
		}
		let before = movement_logs();
		// The inner contract pays Bob and reverts; the outer one reverts with it.
		let pay = [word(token()), transfer_data(address_of(BOB), 30)].concat();
		let receipt = submit(ALICE, call(inner, 0, pay.clone()));
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		let receipt = submit(ALICE, call(outer, 0, [word(inner), pay].concat()));
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		assert_eq!((tokens(inner), tokens(outer), tokens(address_of(BOB))), (100, 100, 0));
		assert!(receipt.logs.is_empty());
		assert_eq!(movement_logs(), before);
	});
}

/// A contract that calls another and swallows its failure: what the other did is undone, what it did
/// itself stays.
#[test]
fn a_failure_that_is_caught_undoes_the_callee_alone() {
	with_chain(|| {
		let inner = deploy(&regretter());
		// The forwarder without its check: whatever the call gives, STOP.
		let mut catcher = forwarder();
		catcher.truncate(24);
		catcher.push(0x00);
		let outer = deploy(&catcher);
		let alice = RuntimeOrigin::signed(ALICE.into());
		UnifiedTokens::transfer(alice, mint(), id_of(inner), LedgerAmount::new(100)).unwrap();
		let pay = [word(token()), transfer_data(address_of(BOB), 30)].concat();
		let receipt = submit(ALICE, call(outer, 7, [word(inner), pay].concat()));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!((tokens(inner), tokens(address_of(BOB))), (100, 0));
		assert_eq!(coins(outer), 7);
		assert!(receipt.logs.is_empty());
	});
}

#[test]
fn a_token_lends_no_storage_and_takes_no_coins() {
	with_chain(|| {
		let delegator = deploy(&delegator());
		let data = [word(token()), transfer_data(address_of(BOB), 0)].concat();
		assert_eq!(submit(ALICE, call(delegator, 0, data)).status, ReceiptStatus::Reverted);
		let paid = call(token(), 1, transfer_data(address_of(BOB), 1));
		assert_eq!(submit(ALICE, paid).status, ReceiptStatus::Reverted);
		assert_eq!(tokens(address_of(BOB)), 0);
	});
}

#[test]
fn more_than_there_is_reverts_with_the_error_of_the_standard() {
	with_chain(|| {
		let data = transfer_data(address_of(BOB), TOKENS + 1);
		let receipt = submit(ALICE, call(token(), 0, data));
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		// ERC20InsufficientBalance(address,uint256,uint256) of ERC-6093.
		assert_eq!(message(&receipt), "execution reverted: custom error 0xe450d38c");
	});
}

/// EXTCODESIZE and EXTCODEHASH of a token: contracts check them before they call one.
#[test]
fn a_token_has_code() {
	with_chain(|| {
		// PUSH1 0 CALLDATALOAD EXTCODESIZE PUSH1 0 SSTORE, and the same with EXTCODEHASH in slot 1.
		let code = [0x60, 0, 0x35, 0x3b, 0x60, 0, 0x55, 0x60, 0, 0x35, 0x3f, 0x60, 1, 0x55];
		let contract = deploy(&code);
		assert_eq!(submit(ALICE, call(contract, 0, word(token()))).status, ReceiptStatus::Success);
		let size = unum_erc20::limits::VIEW_CODE.len() as u64;
		let hash = sp_io::hashing::keccak_256(unum_erc20::limits::VIEW_CODE);
		assert_eq!(Evm::storage_at(contract, H256::zero()), H256::from_low_u64_be(size));
		assert_eq!(Evm::storage_at(contract, H256::from_low_u64_be(1)), H256(hash));
	});
}

/// SELFDESTRUCT in the constructor, with the heir in the code: to oneself the coins are burnt.
#[test]
fn what_a_contract_leaves_goes_to_its_heir_or_is_burnt() {
	with_chain(|| {
		let issuance = Balances::total_issuance();
		let destroy = |init: Vec<u8>| EvmOperation::EvmCreate {
			value: 11.into(),
			gas_limit: GAS,
			init,
			salt: None,
		};
		// PUSH20 bob SELFDESTRUCT
		let to_bob = [&[0x73][..], &address_of(BOB).0, &[0xff]].concat();
		assert_eq!(submit(ALICE, destroy(to_bob)).status, ReceiptStatus::Success);
		assert_eq!(coins(address_of(BOB)), START + 11);
		assert_eq!(Balances::total_issuance(), issuance);
		// ADDRESS SELFDESTRUCT
		assert_eq!(submit(ALICE, destroy(vec![0x30, 0xff])).status, ReceiptStatus::Success);
		assert_eq!(Balances::total_issuance(), issuance - 11);
		assert_eq!(coins(address_of(ALICE)), START - 22);
		assert_eq!(crate::Codes::<Test>::iter().count(), 0);
	});
}

/// Two addresses of one identity show one balance, also in the middle of a call that pays both.
#[test]
fn addresses_of_one_identity_share_a_balance() {
	with_chain(|| {
		let wallet = H160([0x55; 20]);
		let derived = address_of(BOB);
		pallet_id_com::Owners::<Test>::insert(Address::Evm(wallet.0.into()), Id::from(BOB));
		assert_eq!(id_of(wallet), Id::from(BOB));
		// Pays the wallet, and then stores both balances.
		let balance = |slot: u8, position: u8| [0x60, position, 0x35, 0x31, 0x60, slot, 0x55];
		let pay = [0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0x34, 0x60, 0, 0x35, 0x5a, 0xf1, 0x50];
		let code = [&balance(9, 32)[..], &pay, &balance(0, 0), &balance(1, 32)].concat();
		let contract = deploy(&code);
		let data = [word(wallet), word(derived)].concat();
		let receipt = submit(ALICE, call(contract, 13, data));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		let read = |slot: u64| Evm::storage_at(contract, H256::from_low_u64_be(slot));
		assert_eq!(read(9), H256::from_slice(&number(START)));
		assert_eq!(read(0), H256::from_slice(&number(START + 13)));
		assert_eq!(read(1), H256::from_slice(&number(START + 13)));
		assert_eq!(coins(derived), START + 13);
		pallet_id_com::Owners::<Test>::remove(Address::Evm(wallet.0.into()));
	});
}

/// A receiver of whom nobody has heard is shown by the address that was paid, to which nobody gained
/// any right by it.
#[test]
fn logs_name_everybody_by_the_address_that_was_used() {
	with_chain(|| {
		let stranger = H160([0x77; 20]);
		let receipt = submit(ALICE, call(token(), 0, transfer_data(stranger, 5)));
		assert_eq!(receipt.logs, [transfer_log(address_of(ALICE), stranger, 5)]);
		assert_eq!(tokens(stranger), 5);
		// What moves later, by whatever way, is logged by the same address.
		let id = id_of(stranger);
		let alice = RuntimeOrigin::signed(ALICE.into());
		UnifiedTokens::transfer(alice, mint(), id, LedgerAmount::new(1)).unwrap();
		let last = movement_logs().pop().unwrap();
		assert_eq!(last, transfer_log(address_of(ALICE), stranger, 1));
		assert!(!pallet_id_com::Owners::<Test>::contains_key(Address::Evm(stranger.0.into())));
	});
}

/// A transfer must be given the same whoever receives it, and costs less where the receiver has some.
#[test]
fn what_a_transfer_did_not_need_is_given_back() {
	with_chain(|| {
		let stranger = H160([0x77; 20]);
		let transfer = |gas_limit: u64| {
			let data = transfer_data(stranger, 1);
			submit(ALICE, EvmOperation::EvmCall { to: token(), value: 0.into(), gas_limit, data })
		};
		let gas = |receipt: &Receipt| receipt.gas_used.ref_time() / weight_of(1).ref_time();
		let first = transfer(GAS);
		let least = gas(&first);
		let second = transfer(least);
		assert_eq!(second.status, ReceiptStatus::Success, "{}", message(&second));
		assert_eq!(least - gas(&second), 42_100);
		let refused = transfer(least - 1);
		assert_ne!(refused.status, ReceiptStatus::Success);
		assert_eq!(tokens(stranger), 2);
	});
}

/// Paying the derived address of an identity that the chain has not seen yet takes it from nobody.
#[test]
fn a_derived_address_can_not_be_taken_by_paying_it_first() {
	with_chain(|| {
		let newcomer = Id::from([0x66; 32]);
		let derived = H160(EvmAddress::derive(newcomer).into());
		submit(ALICE, call(token(), 0, transfer_data(derived, 5)));
		submit(ALICE, call(derived, 5, vec![]));
		IdCom::retain(newcomer);
		assert_eq!(id_of(derived), newcomer);
		assert_eq!(address_of(newcomer.into()), derived);
	});
}

/// An identity that comes into being in the middle of a call owns its derived address from then on, which
/// the contract has looked at before as somebody else's.
#[test]
fn an_identity_may_come_into_being_between_two_looks_at_its_address() {
	with_chain(|| {
		let wallet = H160([0x3a; 20]);
		let identity = EvmAddress::from(wallet.0).unbound_id_com();
		let derived = H160(EvmAddress::derive(identity).into());
		let call_of = |to: H160, value: u8| {
			let zeros = [0x5f, 0x5f, 0x5f, 0x5f, 0x60, value, 0x73];
			[&zeros[..], &to.0, &[0x5a, 0xf1, 0x50]].concat()
		};
		let code = [call_of(derived, 0), call_of(wallet, 1), call_of(derived, 0)].concat();
		let contract = deploy(&code);
		let receipt = submit(ALICE, call(contract, 5, vec![]));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!((coins(wallet), coins(derived), coins(contract)), (1, 1, 4));
		assert_eq!(id_of(derived), identity);
	});
}

/// EIP-161: an account that was only touched leaves nothing behind.
#[test]
fn what_was_only_touched_is_not_remembered() {
	with_chain(|| {
		let before = pallet_id_com::OwnAddress::<Test>::iter().count();
		let contract = deploy(&payer());
		let after = pallet_id_com::OwnAddress::<Test>::iter().count();
		let receipt = submit(ALICE, call(contract, 0, word(H160([0x66; 20]))));
		assert_eq!(receipt.status, ReceiptStatus::Success);
		assert_eq!(pallet_id_com::OwnAddress::<Test>::iter().count(), after);
		assert!(after > before, "those of the contract and its maker are");
	});
}

/// The logs of movements outside of contracts, of all extrinsics.
fn movement_logs() -> Vec<Log> {
	Evm::movement_logs().into_values().flatten().collect()
}
