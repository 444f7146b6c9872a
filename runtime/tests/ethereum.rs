// SPDX-License-Identifier: Apache-2.0
//! The chain as Ethereum's clients see it: raw transactions, blocks, calls and estimates, through the
//! whole runtime.

mod common;

use codec::Encode;
use common::*;
use frame_support::{storage::with_transaction, traits::Get};
use sp_core::{H160, H256, U256};
use sp_runtime::{DispatchError, TransactionOutcome};
use unum_address::{Address as VmAddress, VmKind};
use unum_ethereum_transaction::{
	wallet::{address_of, key_of, Draft},
	TransactionType, TxKind, U256 as Word,
};
use unum_ethereum_view::{
	AccountOverride, BlockView, CallOutcome, CallRequest, CallStatus, Checks, EstimateFailure,
	IncludedTransaction, SimulatedBlock, StorageOverride, TransactionBody,
};
use unum_id_com::IdCom as Id;
use unum_native_engine::NativeCall;
use unum_runtime::{
	configs::evm::TransactionGasLimit, ethereum, genesis_presets::dev_wallets, raw, Address,
	Balances, BalancesCall, Dispatch, Evm, IdCom, Runtime, RuntimeCall, System, UncheckedExtrinsic,
	UnifiedTokens, UNIT,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, OneOf, Payload};

const SECRET: [u8; 32] = [0x46; 32];
/// 125 gwei, which is what gas costs on an idle chain.
const BASE_FEE: u128 = 125_000_000_000;
const TIP: u128 = 1_000_000_000;

fn wallet() -> H160 {
	H160(address_of(&key_of(SECRET)).into_array())
}

fn wallet_id() -> Id {
	IdCom::resolve(&VmAddress::Evm(wallet().0.into()))
}

/// A chain on which the wallet has ten coins.
fn with_wallet<R>(test: impl FnOnce() -> R) -> R {
	run_test(|| {
		pallet_evm::ChainId::<Runtime>::put(4663);
		let dest = Address::Id(wallet_id().into());
		apply(signed(
			ALICE,
			0,
			BalancesCall::transfer_allow_death { dest, value: 10 * UNIT }.into(),
		));
		test()
	})
}

fn draft(nonce: u64, to: TxKind) -> Draft {
	Draft {
		nonce,
		max_fee: 2 * BASE_FEE,
		max_priority_fee: TIP,
		gas_limit: 200_000,
		to,
		value: Word::ZERO,
		input: vec![],
		access_list: Default::default(),
		..Draft::example(TransactionType::DynamicFee)
	}
}

fn carried(draft: &Draft) -> UncheckedExtrinsic {
	raw::carry(VmKind::EVM, draft.sign(&key_of(SECRET)).bytes())
}

/// Applies extrinsics and gives the last of them as Ethereum's clients see it.
fn included(all: &[UncheckedExtrinsic], last: UncheckedExtrinsic) -> IncludedTransaction {
	apply(last.clone());
	let block = [all, &[last]].concat();
	ethereum::block(&block).transactions.pop().expect("it is shown")
}

/// The inherent and the transfer to the wallet, which come first in each of these blocks.
fn first_two() -> Vec<UncheckedExtrinsic> {
	let count = System::extrinsic_index().unwrap();
	(0..count).map(|_| UncheckedExtrinsic::new_bare(timestamp())).collect()
}

fn timestamp() -> RuntimeCall {
	pallet_timestamp::Call::set { now: 400 }.into()
}

fn pay(nonce: u64, wei: u128) -> Draft {
	Draft { value: Word::from(wei), ..draft(nonce, TxKind::Call([0x99; 20].into())) }
}

/// Init code that returns a code.
fn init(code: &[u8]) -> Vec<u8> {
	let length = u8::try_from(code.len()).unwrap();
	let copy = [0x60, length, 0x80, 0x60, 0x0b, 0x60, 0x00, 0x39, 0x60, 0x00, 0xf3];
	[&copy[..], code].concat()
}

/// Stores the first word of the calldata in slot 0, and gives back what was there.
const SWAP: [u8; 15] = [0x60, 0, 0x54, 0x60, 0, 0x52, 0x60, 0, 0x35, 0x60, 0, 0x55, 0x60, 32, 0x60];
fn swap_code() -> Vec<u8> {
	[&SWAP[..], &[0, 0xf3]].concat()
}

fn deployed() -> H160 {
	apply(carried(&Draft { input: init(&swap_code()), ..draft(0, TxKind::Create) }));
	H160(address_of(&key_of(SECRET)).create(0).into_array())
}

fn simulated(block: SimulatedBlock) -> Vec<(CallStatus, Vec<u8>, u64)> {
	let outcomes = rolled_back(|| Evm::simulate(&Dispatch::block_env(), vec![block]));
	let ran = outcomes.into_iter().next().unwrap().into_iter();
	ran.map(|call| call.map(|(o, _)| (o.status, o.output, o.gas_used)).unwrap()).collect()
}

fn refused(block: SimulatedBlock) -> (i32, String) {
	let outcomes = rolled_back(|| Evm::simulate(&Dispatch::block_env(), vec![block]));
	let refusal = outcomes[0].last().unwrap().clone().expect_err("is refused");
	(refusal.code, String::from_utf8(refusal.message).unwrap())
}

fn estimate(request: CallRequest) -> Result<u64, EstimateFailure> {
	let block = SimulatedBlock { calls: vec![request], ..Default::default() };
	rolled_back(|| Evm::estimate_gas(&Dispatch::block_env(), &block))
}

fn rolled_back<R>(f: impl FnOnce() -> R) -> R {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(f()))).unwrap()
}

fn request(to: H160, input: Vec<u8>) -> CallRequest {
	CallRequest { from: wallet(), to: Some(to), input, ..Default::default() }
}

fn block_of(calls: Vec<CallRequest>) -> SimulatedBlock {
	SimulatedBlock { calls, ..Default::default() }
}

fn word(number: u64) -> Vec<u8> {
	U256::from(number).to_big_endian().to_vec()
}

#[test]
fn a_raw_transaction_is_admitted_included_and_shown_as_itself() {
	with_wallet(|| {
		let before = first_two();
		let draft = pay(0, 5 * UNIT);
		let extrinsic = carried(&draft);
		validate(extrinsic.clone()).unwrap();
		let shown = included(&before, extrinsic);
		let raw = draft.sign(&key_of(SECRET)).bytes();
		assert_eq!(shown.transaction.hash, H256(sp_io::hashing::keccak_256(&raw)));
		assert_eq!(shown.transaction.from, wallet());
		assert_eq!(shown.transaction.body, TransactionBody::Raw(raw));
		assert!(shown.receipt.success);
		assert_eq!(shown.receipt.gas_used, 21_000);
		assert_eq!(shown.receipt.effective_gas_price, BASE_FEE + TIP);
		assert_eq!(Evm::account(wallet()).balance, (5 * UNIT - 21_000 * (BASE_FEE + TIP)).into());
		assert_eq!(Evm::account(H160([0x99; 20])).balance, (5 * UNIT).into());
		assert_eq!(Evm::account(wallet()).nonce, 1);
	});
}

#[test]
fn the_pool_refuses_in_geths_words() {
	with_wallet(|| {
		let sentence = |draft: &Draft| {
			assert!(validate(carried(draft)).is_err());
			explain(&carried(draft).encode()).unwrap()
		};
		assert!(sentence(&pay(0, 100 * UNIT)).starts_with(
			"insufficient funds for gas * price + value: balance 10000000000000000000"
		));
		assert!(sentence(&Draft { max_fee: BASE_FEE - 1, max_priority_fee: 0, ..pay(0, 1) })
			.contains("max fee per gas less than block base fee"));
		let too_much = TransactionGasLimit::get() + 1;
		assert!(sentence(&Draft { gas_limit: too_much, ..pay(0, 1) })
			.starts_with("exceeds block gas limit"));
		apply(carried(&pay(0, 1)));
		assert_eq!(sentence(&pay(0, 1)), "nonce too low: next nonce 1, tx nonce 0");
		assert!(validate(carried(&pay(5, 1))).is_ok(), "waits");
	});
}

/// What the chain says a transaction can have, it can have.
#[test]
fn the_largest_transaction_fits_into_a_block() {
	with_wallet(|| {
		assert!(TransactionGasLimit::get() > 5_000_000, "room for any contract of Ethereum");
		let largest = Draft { gas_limit: TransactionGasLimit::get(), ..pay(0, 1) };
		validate(carried(&largest)).unwrap();
		apply(carried(&largest));
		assert_eq!(Evm::account(wallet()).nonce, 1);
	});
}

/// Anybody can put another's transaction into an extrinsic of his own. It fails, and is not the other's.
#[test]
fn a_transaction_in_somebody_elses_extrinsic_is_not_its_senders() {
	with_wallet(|| {
		let raw = pay(0, 1).sign(&key_of(SECRET)).bytes();
		let call = pallet_dispatch::Call::submit_raw { vm: VmKind::EVM, bytes: raw.clone() };
		let wrapped = signed(ALICE, 1, call.clone().into());
		assert!(validate(wrapped.clone()).is_err(), "not even into the pool");
		let before = first_two();
		let _ = unum_runtime::Executive::apply_extrinsic(wrapped.clone());
		let shown =
			ethereum::block(&[&before[..], &[wrapped]].concat()).transactions.pop().unwrap();
		assert_ne!(shown.transaction.hash, H256(sp_io::hashing::keccak_256(&raw)));
		assert_ne!(shown.transaction.from, wallet());
		assert!(!shown.receipt.success);
		assert_eq!(Evm::account(wallet()).nonce, 0);

		// What is around it says nothing of its own.
		let other = UncheckedExtrinsic::new_transaction(call.into(), extension(0, 5));
		assert!(validate(other).is_err());
		assert!(validate(carried(&pay(0, 1))).is_ok());
	});
}

#[test]
fn other_extrinsics_are_transactions_too() {
	with_wallet(|| {
		let before = first_two();
		let payload = Box::new(Payload::new(OneOf::First(NativeCall::Transfer {
			asset: None,
			to: wallet_id(),
			amount: LedgerAmount::new(7),
		})));
		let submit = pallet_dispatch::Call::submit { payload, context: None };
		let extrinsic = signed(ALICE, 1, submit.into());
		let funds = Balances::free_balance(account(ALICE));
		let shown = included(&before, extrinsic.clone());
		let IdentityAddress(alice) = IdentityAddress::of(id(ALICE));
		assert_eq!(shown.transaction.from, alice);
		assert_eq!(shown.transaction.hash, H256(sp_io::hashing::blake2_256(&extrinsic.encode())));
		let TransactionBody::Extrinsic { to, nonce, value, input, gas } = shown.transaction.body
		else {
			panic!("it is no raw transaction")
		};
		let IdentityAddress(wallets) = IdentityAddress::of(wallet_id());
		assert_eq!((to, nonce, value, input), (Some(wallets), 1, 7.into(), vec![]));
		let used = shown.receipt.gas_used;
		assert!(gas >= used && used > 0, "{used} of {gas}");
		let paid = funds - Balances::free_balance(account(ALICE)) - 7;
		let shown_fee = shown.receipt.effective_gas_price * u128::from(shown.receipt.gas_used);
		assert!(paid - shown_fee < u128::from(shown.receipt.gas_used), "but for rounding");
	});

	struct IdentityAddress(H160);
	impl IdentityAddress {
		fn of(id: Id) -> Self {
			match IdCom::address_of(id, VmKind::EVM) {
				Some(VmAddress::Evm(address)) => Self(H160(address.into())),
				_ => panic!("everybody has an address on the EVM"),
			}
		}
	}
}

#[test]
fn a_token_that_moves_elsewhere_is_a_log_of_its_receipt() {
	with_wallet(|| {
		let create = pallet_unified_tokens::Call::create_mint {
			salt: [1; 32],
			decimals: 6,
			svm_decimals: None,
			name: b"Gold".to_vec(),
			symbol: b"GLD".to_vec(),
			mint_authority: Some(id(ALICE)),
			freeze_authority: None,
		};
		apply(signed(ALICE, 1, create.into()));
		let mint = unum_id_com::MintId::derive(id(ALICE), [1; 32]);
		let before = first_two();
		let amount = LedgerAmount::new(9);
		let mint_to = pallet_unified_tokens::Call::mint_to { mint, to: wallet_id(), amount };
		let shown = included(&before, signed(ALICE, 2, mint_to.into()));
		let [log] = &shown.receipt.logs[..] else { panic!("{:?}", shown.receipt.logs) };
		assert_eq!(log.address, H160(unum_address::erc20_address(mint).into()));
		let transfer = sp_io::hashing::keccak_256(b"Transfer(address,address,uint256)");
		assert_eq!(log.topics[0], H256(transfer));
		assert_eq!(log.data, word(9));
		assert!(UnifiedTokens::do_try_state().is_ok());
	});
}

#[test]
fn a_block_shows_what_its_contracts_saw() {
	with_wallet(|| {
		let view: BlockView = ethereum::block(&[]);
		assert_eq!(view.base_fee, u64::try_from(BASE_FEE).unwrap());
		assert_eq!(view.gas_limit, 6_000_000);
		assert_eq!(view.timestamp, 0, "400 ms");
		assert_eq!(view.prevrandao.0, Evm::environment().prevrandao.0);
		assert_ne!(view.beneficiary, H160::zero());
		assert!(view.transactions.is_empty());
	});
}

#[test]
fn a_failed_contract_is_shown_as_failed_and_a_created_one_with_its_address() {
	with_wallet(|| {
		let before = first_two();
		let create = carried(&Draft { input: init(&swap_code()), ..draft(0, TxKind::Create) });
		let shown = included(&before, create);
		let at = H160(address_of(&key_of(SECRET)).create(0).into_array());
		assert_eq!(shown.receipt.contract, Some(at));
		assert_eq!(Evm::account(at).code, swap_code());

		let reverts = Draft { input: vec![0xfe], ..draft(1, TxKind::Create) };
		let shown = included(&first_two(), carried(&reverts));
		assert!(!shown.receipt.success);
		let at = H160(address_of(&key_of(SECRET)).create(1).into_array());
		assert_eq!(shown.receipt.contract, Some(at), "where it would have been, as geth has it");
		assert!(!Evm::is_contract(at));
		assert_eq!(shown.receipt.gas_used, 200_000, "all of it");
	});
}

#[test]
fn calls_build_on_each_other_and_leave_nothing_behind() {
	with_wallet(|| {
		let contract = deployed();
		let calls = vec![request(contract, word(5)), request(contract, word(6))];
		let ran = simulated(block_of(calls));
		assert_eq!(ran[0].1, word(0));
		assert_eq!(ran[1].1, word(5));
		assert_eq!(Evm::storage_at(contract, H256::zero()), H256::zero());
	});
}

#[test]
fn overrides_replace_what_is_there() {
	with_wallet(|| {
		let contract = deployed();
		let poor = H160([0x77; 20]);
		let mut block = block_of(vec![CallRequest {
			from: poor,
			value: U256::from(3),
			..request(contract, word(1))
		}]);
		assert!(refused(block.clone()).1.starts_with("insufficient funds for gas * price + value"));
		block.accounts = vec![
			AccountOverride { address: poor, balance: Some(3.into()), ..Default::default() },
			AccountOverride {
				address: contract,
				storage: StorageOverride::Merge(vec![(H256::zero(), H256::from_low_u64_be(8))]),
				..Default::default()
			},
		];
		assert_eq!(simulated(block.clone())[0].1, word(8));
		block.accounts[0].balance = Some(U256::MAX);
		let (code, message) = refused(block.clone());
		assert_eq!(code, -32_602);
		assert!(message.starts_with("the chain can't hold the balance 1157920892"), "{message}");
		block.accounts = vec![AccountOverride {
			address: poor,
			// Gives back the number of the block.
			code: Some(vec![0x43, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3]),
			..Default::default()
		}];
		block.calls = vec![request(poor, vec![])];
		block.block.number = Some(99);
		assert_eq!(simulated(block)[0].1, word(99));
	});
}

#[test]
fn strict_calls_count_and_pay() {
	with_wallet(|| {
		let contract = deployed();
		let paying = |nonce| CallRequest {
			nonce: Some(nonce),
			gas: Some(100_000),
			max_fee_per_gas: Some(BASE_FEE),
			..request(contract, word(1))
		};
		let strict = |calls| SimulatedBlock { checks: Checks::Strict, ..block_of(calls) };
		assert_eq!(simulated(strict(vec![paying(1), paying(2)])).len(), 2);
		assert_eq!(refused(strict(vec![paying(0)])).0, -38_010);
		assert_eq!(refused(strict(vec![paying(3)])).0, -38_011);
		let cheap = CallRequest { max_fee_per_gas: Some(1), ..paying(1) };
		assert_eq!(refused(strict(vec![cheap])).0, -38_012);
		let big = CallRequest { gas: Some(6_000_001), ..paying(1) };
		assert_eq!(refused(strict(vec![big])).0, -38_015);
	});
}

/// Nobody pays for calls that are tried out, so all of a request have as much gas as one.
#[test]
fn calls_that_are_tried_out_share_their_gas() {
	with_wallet(|| {
		let burns_all = CallRequest {
			to: None,
			gas: Some(30_000_000),
			..request(wallet(), vec![0x5b, 0x60, 0, 0x56])
		};
		let block = block_of(vec![burns_all; 3]);
		let outcomes =
			rolled_back(|| Evm::simulate(&Dispatch::block_env(), vec![block.clone(), block]));
		let used =
			|outcome: &Result<(CallOutcome, _), _>| outcome.as_ref().ok().map(|(o, _)| o.gas_used);
		assert_eq!(used(&outcomes[0][0]), Some(30_000_000));
		assert_eq!(used(&outcomes[0][1]), Some(20_000_000));
		for late in [&outcomes[0][2], &outcomes[1][0]] {
			let refusal = late.as_ref().expect_err("there is none left");
			assert!(refusal.message.starts_with(b"RPC gas cap exhausted"));
		}
	});
}

/// With one unit of gas less it fails.
#[test]
fn an_estimate_is_exact() {
	with_wallet(|| {
		let contract = deployed();
		for request in [
			request(H160([0x99; 20]), vec![]),
			request(contract, word(5)),
			CallRequest { to: None, ..request(contract, init(&swap_code())) },
		] {
			let least = estimate(request.clone()).unwrap();
			let with = |gas| CallRequest { gas: Some(gas), ..request.clone() };
			assert_eq!(simulated(block_of(vec![with(least)]))[0].0, CallStatus::Success);
			let outcome = rolled_back(|| {
				Evm::simulate(&Dispatch::block_env(), vec![block_of(vec![with(least - 1)])])
			});
			let less = outcome[0][0].clone();
			assert!(less.is_err() || less.unwrap().0.status != CallStatus::Success);
		}
		assert_eq!(estimate(request(H160([0x99; 20]), vec![])), Ok(21_000));
	});
}

#[test]
fn what_can_not_succeed_has_no_estimate() {
	with_wallet(|| {
		let burns_all = CallRequest { to: None, ..request(wallet(), vec![0x5b, 0x60, 0, 0x56]) };
		let EstimateFailure::Refused(refusal) = estimate(burns_all).unwrap_err() else {
			panic!("it runs out of gas")
		};
		let message = String::from_utf8(refusal.message).unwrap();
		let most = TransactionGasLimit::get();
		assert_eq!(message, format!("gas required exceeds allowance ({most})"));
		let reverts = CallRequest { to: None, ..request(wallet(), vec![0x60, 0, 0x60, 0, 0xfd]) };
		assert!(matches!(estimate(reverts), Err(EstimateFailure::Failed(_))));
	});
}

#[test]
fn the_wallets_of_hardhat_are_all_there() {
	let wallets = dev_wallets();
	assert_eq!(wallets.len(), 10);
	assert_eq!(wallets[0].to_string(), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
	assert_eq!(wallets[9].to_string(), "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
}
