// SPDX-License-Identifier: Apache-2.0
//! A runtime of balances, identities, tokens and the dispatcher with three engines.

use std::collections::BTreeMap;

use frame_support::{
	derive_impl,
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo},
	traits::{ConstU128, ConstU64, Hooks},
	weights::{IdentityFee, Weight},
};
use pallet_transaction_payment::FungibleAdapter;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, DispatchErrorWithPostInfo};
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{Echo, EchoCall},
	ContextTag, OneOf, Receipt,
};

use super::saboteur::{Ending, Saboteur, SaboteurCall};
use crate::{receipts, ChargeAndRecord, PayloadOf};

pub(super) const ALICE: [u8; 32] = [0xa1; 32];
pub(super) const BOB: [u8; 32] = [0xb0; 32];
/// Has no account.
pub(super) const DAVE: [u8; 32] = [0xda; 32];
/// What Alice and Bob begin with.
pub(super) const START: u128 = 1_000_000_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type TransactionPayment = pallet_transaction_payment::Pallet<Test>;
	#[runtime::pallet_index(4)]
	pub type IdCom = pallet_id_com::Pallet<Test>;
	#[runtime::pallet_index(5)]
	pub type UnifiedTokens = pallet_unified_tokens::Pallet<Test>;
	#[runtime::pallet_index(6)]
	pub type Native = pallet_native::Pallet<Test>;
	#[runtime::pallet_index(7)]
	pub type Dispatch = crate::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<u128>;
	type OnNewAccount = IdCom;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
	type MinimumPeriod = ConstU64<1>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Test {
	type OnChargeTransaction = ChargeAndRecord<FungibleAdapter<Balances, ()>>;
	type WeightToFee = IdentityFee<u128>;
	type LengthToFee = IdentityFee<u128>;
}

impl pallet_id_com::Config for Test {
	type Ledger = UnifiedTokens;
	type OnShown = ();
	type ReservedAddresses = frame_support::traits::Nothing;
	type Fees = ();
	type WeightInfo = ();
}

impl pallet_unified_tokens::Config for Test {
	type Currency = Balances;
	type Identity = IdCom;
	type OnMovement = ();
	type WeightInfo = ();
}

impl pallet_native::Config for Test {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type WeightInfo = pallet_native::SubstrateWeight<Test>;
}

/// The dispatcher's own weights here: one number each, easily told apart.
#[derive(Debug)]
pub struct Weights;

impl crate::WeightInfo for Weights {
	fn submit() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn authorize_raw() -> Weight {
		Weight::from_parts(300, 0)
	}

	fn submit_raw() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn set_engine_enabled() -> Weight {
		Weight::from_parts(100, 0)
	}

	fn on_initialize() -> Weight {
		Weight::from_parts(10, 0)
	}
}

pub(super) use crate::WeightInfo as WeightsOfTest;

impl crate::Config for Test {
	type Engines = (Native, Echo<5, 0x50, 0x5f>, Saboteur);
	type Identity = IdCom;
	type RawFees = ();
	type Clock = Timestamp;
	type ManageOrigin = frame_system::EnsureRoot<AccountId32>;
	type WeightInfo = Weights;
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkConfig for Test {
	fn payload() -> Vec<u8> {
		codec::Encode::encode(&NativeCall::SetAuthKey { key: None })
	}

	fn raw_transaction() -> (unum_address::VmKind, Vec<u8>) {
		(unum_address::VmKind::new(6), codec::Encode::encode(&(0u64, Ending::Success)))
	}
}

/// A chain where Alice and Bob have coins.
pub(crate) fn chain() -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(account(ALICE), START), (account(BOB), START)],
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into()
}

/// Runs a test in block 1 and checks the invariants of all pallets after it.
pub(super) fn run_test<R>(test: impl FnOnce() -> R) -> R {
	chain().execute_with(|| {
		System::set_block_number(1);
		System::set_extrinsic_index(0);
		let result = test();
		Dispatch::do_try_state().unwrap();
		IdCom::do_try_state().unwrap();
		UnifiedTokens::do_try_state().unwrap();
		result
	})
}

pub(super) fn id(bytes: [u8; 32]) -> Id {
	Id::from(bytes)
}

pub(super) fn account(bytes: [u8; 32]) -> AccountId32 {
	AccountId32::from(bytes)
}

pub(super) fn balance(who: [u8; 32]) -> u128 {
	Balances::free_balance(account(who))
}

type Payload = PayloadOf<Test>;

fn native(call: NativeCall) -> Payload {
	Payload::new(OneOf::First(call))
}

pub(super) fn native_transfer(to: [u8; 32], amount: u128) -> Payload {
	native(NativeCall::Transfer { asset: None, to: id(to), amount: LedgerAmount::new(amount) })
}

pub(super) fn token_transfer(mint: [u8; 32], to: [u8; 32], amount: u128) -> Payload {
	let (asset, amount) = (Some(MintId::from(mint)), LedgerAmount::new(amount));
	native(NativeCall::Transfer { asset, to: id(to), amount })
}

pub(super) fn create(who: [u8; 32], amount: u128) -> Payload {
	native(NativeCall::CreateAccount { id_com: id(who), amount: LedgerAmount::new(amount) })
}

pub(super) fn echo(data: &[u8]) -> Payload {
	let call = EchoCall { opcode: 0x50, data: data.to_vec() };
	Payload::new(OneOf::Others(OneOf::First(call)))
}

pub(super) fn sabotage(key: &[u8], value: &[u8], ending: Ending) -> Payload {
	let call = SaboteurCall::Sabotage { key: key.to_vec(), value: value.to_vec(), ending };
	Payload::new(OneOf::Others(OneOf::Others(OneOf::First(call))))
}

pub(super) fn submit(
	who: [u8; 32],
	payload: Payload,
) -> Result<PostDispatchInfo, DispatchErrorWithPostInfo<PostDispatchInfo>> {
	submit_tagged(who, payload, None)
}

pub(super) fn submit_tagged(
	who: [u8; 32],
	payload: Payload,
	tag: Option<ContextTag>,
) -> DispatchResultWithPostInfo {
	// As FRAME dispatches a call: on a snapshot that an error drops.
	frame_support::storage::with_storage_layer(|| {
		Dispatch::submit(RuntimeOrigin::signed(account(who)), Box::new(payload), tag)
	})
}

pub(super) fn submit_call(payload: Payload) -> RuntimeCall {
	RuntimeCall::Dispatch(crate::Call::submit { payload: Box::new(payload), context: None })
}

pub(super) fn all_receipts() -> Vec<Receipt> {
	receipts::all::<Test>()
}

pub(super) fn last_receipt() -> Receipt {
	all_receipts().pop().expect("there is a receipt")
}

pub(super) fn finalize() {
	Dispatch::on_finalize(System::block_number());
}

pub(super) fn next_block() {
	finalize();
	System::set_block_number(System::block_number() + 1);
	Dispatch::on_initialize(System::block_number());
}

pub(super) fn set_time_ms(time: u64) {
	pallet_timestamp::Now::<Test>::put(time);
}

/// All storage but the dispatcher's own and the list of events.
pub(super) fn state_outside_dispatch() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let own = frame_support::storage::storage_prefix(b"Dispatch", b"");
	let system = sp_io::hashing::twox_128(b"System");
	let events = ["Events", "EventCount"]
		.map(|item| [&system[..], &sp_io::hashing::twox_128(item.as_bytes())].concat());
	let mut state = BTreeMap::new();
	let mut key = vec![];
	while let Some(next) = sp_io::storage::next_key(&key) {
		if !next.starts_with(&own[..16]) && !events.contains(&next) {
			state.insert(next.clone(), sp_io::storage::get(&next).unwrap_or_default().to_vec());
		}
		key = next;
	}
	state
}
