// SPDX-License-Identifier: Apache-2.0
//! Transactions as Ethereum's wallets sign them.

use frame_support::{dispatch::PostDispatchInfo, traits::Authorize};
use sp_core::H160;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource, ValidTransaction},
	AccountId32, DispatchErrorWithPostInfo,
};
use unum_address::{Address, VmKind};
use unum_ethereum_transaction::{
	wallet::{address_of, authorize, key_of, Draft, TYPES},
	Authorization, TransactionType, TxKind, U256,
};
use unum_id_com::IdCom as Id;
use unum_vm_engine::{IdentityRegistry, Receipt, ReceiptStatus};

use super::{
	coins, deploy, id_of, init, regretter, with_chain, Balances, Dispatch, Evm, IdCom, RuntimeCall,
	RuntimeOrigin, System, ALICE, START, STORE,
};

/// The price of gas in the tests' chain.
const BASE_FEE: u128 = 7;
const SECRET: [u8; 32] = [0x46; 32];
const FUNDS: u128 = START / 10;

fn wallet() -> H160 {
	H160(address_of(&key_of(SECRET)).into_array())
}

fn draft(nonce: u64, to: TxKind) -> Draft {
	Draft {
		nonce,
		max_fee: 20,
		max_priority_fee: 3,
		gas_limit: 100_000,
		to,
		value: U256::ZERO,
		input: vec![],
		access_list: Default::default(),
		..Draft::example(TransactionType::DynamicFee)
	}
}

fn pay(nonce: u64, value: u128) -> Draft {
	Draft { value: U256::from(value), ..draft(nonce, TxKind::Call([0x99; 20].into())) }
}

fn signed(draft: &Draft) -> Vec<u8> {
	draft.sign(&key_of(SECRET)).bytes()
}

fn raw(bytes: &[u8]) -> RuntimeCall {
	pallet_dispatch::Call::submit_raw { vm: VmKind::EVM, bytes: bytes.to_vec() }.into()
}

fn validate(
	source: TransactionSource,
	bytes: &[u8],
) -> Result<ValidTransaction, InvalidTransaction> {
	match raw(bytes).authorize(source).expect("is authorized by what is inside") {
		Ok((valid, _)) => Ok(valid),
		Err(sp_runtime::transaction_validity::TransactionValidityError::Invalid(why)) => Err(why),
		Err(other) => panic!("{other:?}"),
	}
}

fn submit(bytes: &[u8]) -> Result<PostDispatchInfo, DispatchErrorWithPostInfo<PostDispatchInfo>> {
	let origin: RuntimeOrigin = frame_system::RawOrigin::Authorized.into();
	Dispatch::submit_raw(origin, VmKind::EVM, bytes.to_vec())
}

/// Submits what the pool takes, and gives the receipt.
fn send(draft: &Draft) -> Receipt {
	let bytes = signed(draft);
	validate(TransactionSource::InBlock, &bytes).unwrap();
	System::set_extrinsic_index(System::extrinsic_index().unwrap_or_default() + 1);
	submit(&bytes).unwrap();
	Dispatch::receipts().pop().unwrap()
}

fn with_wallet<R>(test: impl FnOnce() -> R) -> R {
	with_chain(|| {
		let to = AccountId32::from(id_of(wallet()));
		Balances::transfer_allow_death(RuntimeOrigin::signed(ALICE.into()), to, FUNDS).unwrap();
		test()
	})
}

fn sentence(bytes: &[u8]) -> String {
	Dispatch::check_raw(VmKind::EVM, bytes).expect_err("is refused").to_string()
}

#[test]
fn a_payment_costs_what_its_wallet_reckons() {
	with_wallet(|| {
		let receipt = send(&pay(0, 1_000));
		assert_eq!(receipt.status, ReceiptStatus::Success, "{:?}", super::message(&receipt));
		let price = BASE_FEE + 3;
		assert_eq!(receipt.fee, 21_000 * price);
		assert_eq!(coins(wallet()), FUNDS - 1_000 - 21_000 * price);
		assert_eq!(coins(H160([0x99; 20])), 1_000);
		assert_eq!(receipt.sender, id_of(wallet()));
		assert_eq!(System::account_nonce(AccountId32::from(id_of(wallet()))), 1);
	});
}

#[test]
fn every_type_is_taken() {
	with_wallet(|| {
		for (nonce, kind) in TYPES.into_iter().enumerate() {
			let nonce = u64::try_from(nonce).unwrap();
			let example = Draft::example(kind);
			let typed = Draft {
				kind,
				access_list: example.access_list,
				authorizations: example.authorizations,
				..pay(nonce, 5)
			};
			assert_eq!(send(&typed).status, ReceiptStatus::Success, "{kind:?}");
		}
	});
}

#[test]
fn a_wallet_that_is_seen_is_shown_under_its_own_address() {
	with_wallet(|| {
		assert_ne!(IdCom::address_of(id_of(wallet()), VmKind::EVM), Some(address()));
		send(&pay(0, 1));
		assert_eq!(IdCom::address_of(id_of(wallet()), VmKind::EVM), Some(address()));
	});
	fn address() -> Address {
		Address::Evm(wallet().0.into())
	}
}

#[test]
fn a_contract_is_made_at_the_address_that_its_wallet_reckons() {
	with_wallet(|| {
		let create = Draft { input: init(&STORE), ..draft(0, TxKind::Create) };
		let receipt = send(&create);
		let at = address_of(&key_of(SECRET)).create(0);
		assert_eq!(receipt.created, [Address::Evm(at.into_array().into())]);
		assert_eq!(Evm::code_at(H160(at.into_array())), STORE);
		assert_eq!(receipt.opcode, 0x11);
	});
}

#[test]
fn what_fails_pays_and_counts_and_changes_nothing_else() {
	with_wallet(|| {
		let contract = deploy(&regretter());
		let call = Draft {
			value: U256::from(500),
			input: super::word(H160([0x77; 20])),
			..draft(0, TxKind::Call(contract.0.into()))
		};
		let receipt = send(&call);
		assert_eq!(receipt.status, ReceiptStatus::Reverted);
		assert_eq!(coins(wallet()), FUNDS - receipt.fee);
		assert_eq!(coins(contract), 0);
		assert_eq!(System::account_nonce(AccountId32::from(id_of(wallet()))), 1);
	});
}

/// EIP-7702: delegations are made before the call, and stay although it fails.
#[test]
fn a_delegation_outlives_a_call_that_fails() {
	with_wallet(|| {
		let contract = deploy(&regretter());
		let authority = key_of([0x47; 32]);
		let authorization =
			Authorization { chain_id: U256::from(4663), address: contract.0.into(), nonce: 0 };
		let call = Draft {
			kind: TransactionType::SetCode,
			authorizations: vec![authorize(&authority, authorization)],
			input: super::word(H160([0x77; 20])),
			..draft(0, TxKind::Call(address_of(&authority)))
		};
		assert_eq!(send(&call).status, ReceiptStatus::Reverted);
		let delegating = H160(address_of(&authority).into_array());
		assert_eq!(Evm::code_at(delegating), [&[0xef, 1, 0][..], &contract.0].concat());
		assert!(!Evm::is_contract(delegating), "it stays a wallet");
		assert_eq!(System::account_nonce(AccountId32::from(id_of(delegating))), 1);
	});
}

#[test]
fn each_nonce_is_used_once_and_later_ones_wait() {
	with_wallet(|| {
		let later = signed(&pay(2, 1));
		let waiting = validate(TransactionSource::External, &later).unwrap();
		assert_eq!(waiting.requires.len(), 1);
		assert_eq!(validate(TransactionSource::InBlock, &later), Err(InvalidTransaction::Future));
		assert!(submit(&later).is_err(), "not even if a block held it");

		send(&pay(0, 1));
		let old = signed(&pay(0, 2));
		assert_eq!(validate(TransactionSource::External, &old), Err(InvalidTransaction::Stale));
		assert_eq!(sentence(&old), "nonce too low: next nonce 1, tx nonce 0");
		assert!(submit(&old).is_err());
		let next = validate(TransactionSource::External, &signed(&pay(1, 1))).unwrap();
		assert_eq!(waiting.requires, next.provides, "the one that it waits for");
		assert!(next.requires.is_empty());
	});
}

#[test]
fn signed_extrinsics_and_raw_transactions_share_one_line() {
	with_wallet(|| {
		let valid = validate(TransactionSource::External, &signed(&pay(0, 1))).unwrap();
		let who = AccountId32::from(id_of(wallet()));
		let tag = codec::Encode::encode(&(who, 0u32));
		assert_eq!(valid.provides, [tag], "that of frame_system::CheckNonce");
	});
}

#[test]
fn who_tips_more_comes_first() {
	with_wallet(|| {
		let priority = |tip, gas_limit| {
			let bytes = signed(&Draft { max_priority_fee: tip, gas_limit, ..pay(0, 1) });
			validate(TransactionSource::External, &bytes).unwrap().priority
		};
		assert!(priority(4, 100_000) > priority(3, 100_000));
		assert!(priority(4, 21_000) > priority(3, 1_000_000), "whatever their gas");
		// Beyond the most that it pays in all, a tip is none.
		assert_eq!(priority(13, 21_000), priority(20, 21_000));
	});
}

#[test]
fn a_bound_wallet_acts_as_its_owner() {
	with_wallet(|| {
		pallet_id_com::Owners::<super::Test>::insert(
			Address::Evm(wallet().0.into()),
			Id::from(ALICE),
		);
		let nonce = System::account_nonce(AccountId32::from(ALICE));
		let receipt = send(&pay(nonce.into(), 5));
		assert_eq!(receipt.sender, Id::from(ALICE));
		assert_eq!(System::account_nonce(AccountId32::from(ALICE)), nonce + 1);
		pallet_id_com::Owners::<super::Test>::remove(Address::Evm(wallet().0.into()));
	});
}

#[test]
fn refusals_speak_geths_language() {
	with_wallet(|| {
		let contract = deploy(&STORE);
		let refusals: Vec<(Vec<u8>, &str)> = vec![
			(vec![], "the transaction has no bytes"),
			(signed(&Draft { chain_id: 1, ..pay(0, 1) }), "invalid chain id for signer"),
			(signed(&Draft { gas_limit: 20_999, ..pay(0, 1) }), "intrinsic gas too low"),
			(signed(&Draft { gas_limit: 14_000_001, ..pay(0, 1) }), "exceeds block gas limit"),
			(
				signed(&Draft { max_fee: 6, max_priority_fee: 0, ..pay(0, 1) }),
				"max fee per gas less than block base fee",
			),
			(signed(&pay(0, FUNDS)), "insufficient funds for gas * price + value: balance "),
			(signed(&Draft { max_fee: u128::MAX, ..pay(0, 1) }), "insufficient funds"),
			(signed(&pay(1 << 40, 1)), "nonce too high"),
			(
				Draft { kind: TransactionType::Legacy, ..pay(0, 1) }
					.sign_unprotected(&key_of(SECRET))
					.bytes(),
				"only replay-protected",
			),
		];
		for (bytes, words) in refusals {
			let said = sentence(&bytes);
			assert!(said.contains(words), "{said:?} should have {words:?}");
			assert!(validate(TransactionSource::External, &bytes).is_err());
			assert!(submit(&bytes).is_err());
		}
		assert_eq!(coins(wallet()), FUNDS, "nothing is charged");
		assert!(Evm::is_contract(contract));
	});
}

#[test]
fn a_vm_without_wallets_of_its_own_takes_none() {
	with_wallet(|| {
		let refusal = Dispatch::check_raw(VmKind::NATIVE, &[1, 2, 3]).unwrap_err();
		assert_eq!(refusal.to_string(), "the chain takes no raw transactions for VM 0");
		assert_eq!(refusal.code(), 8);
	});
}

#[test]
fn an_engine_that_is_off_takes_none() {
	with_wallet(|| {
		let root = RuntimeOrigin::root();
		Dispatch::set_engine_enabled(root, VmKind::EVM, false).unwrap();
		let said = sentence(&signed(&pay(0, 1)));
		assert!(said.contains("the evm engine (VM 1) is switched off"), "{said}");
		assert!(Balances::free_balance(AccountId32::from(id_of(wallet()))) == FUNDS);
	});
}
