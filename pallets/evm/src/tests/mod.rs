// SPDX-License-Identifier: Apache-2.0
//! The EVM in a small runtime: on the chain's own ledger, identities and dispatcher.

mod code;
mod conformance;
mod crossings;
mod crypto;
mod ledger;
mod precompiles;
mod program;
mod proofs;
mod random_calls;
mod random_crossings;
mod raw;
mod relay;

use frame_support::{
	derive_impl,
	traits::{
		fungible::{Balanced, Credit},
		tokens::{Fortitude, Precision, Preservation},
		ConstU128, ConstU64, Get, Imbalance, Nothing,
	},
};
use sp_core::{H160, U256};
use sp_runtime::{
	traits::IdentityLookup,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	AccountId32, BuildStorage,
};
use unum_address::{erc20_address, Address, EvmAddress, VmKind};
use unum_evm_engine::EvmOperation;
use unum_id_com::{IdCom as Id, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, Receipt, ReceiptStatus};

pub(crate) const ALICE: [u8; 32] = [0xa1; 32];
pub(crate) const BOB: [u8; 32] = [0xb0; 32];
pub(crate) const AUTHOR: [u8; 32] = [0xaa; 32];
/// What Alice and Bob begin with.
pub(crate) const START: u128 = 1_000_000_000_000_000_000;
pub(crate) const TOKENS: u128 = 1_000_000;
pub(crate) const GAS: u64 = 1_000_000;
const SALT: [u8; 32] = [0x44; 32];

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
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type IdCom = pallet_id_com::Pallet<Test>;
	#[runtime::pallet_index(4)]
	pub type UnifiedTokens = pallet_unified_tokens::Pallet<Test>;
	#[runtime::pallet_index(5)]
	pub type Evm = crate::Pallet<Test>;
	#[runtime::pallet_index(6)]
	pub type Dispatch = pallet_dispatch::Pallet<Test>;
	#[runtime::pallet_index(7)]
	pub type Native = pallet_native::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<u128>;
	type OnNewAccount = IdCom;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_id_com::Config for Test {
	type Ledger = UnifiedTokens;
	type OnShown = ();
	type ReservedAddresses = Nothing;
	type Fees = ();
	type WeightInfo = ();
}

impl pallet_unified_tokens::Config for Test {
	type Currency = Balances;
	type Identity = IdCom;
	type OnMovement = Evm;
	type WeightInfo = ();
}

#[derive(Debug)]
pub struct Author;

impl Get<Option<AccountId32>> for Author {
	fn get() -> Option<AccountId32> {
		Some(AUTHOR.into())
	}
}

impl crate::Config for Test {
	type Ledger = UnifiedTokens;
	type Currency = Balances;
	type Identity = IdCom;
	type Vms = Dispatch;
	type Author = Author;
	type GasPrice = ConstU64<7>;
	type BlockGasLimit = ConstU64<15_000_000>;
	type TransactionGasLimit = ConstU64<14_000_000>;
	type WeightInfo = ();
}

impl pallet_native::Config for Test {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	// At the prices of identities, a first sight of which is taken off.
	type WeightInfo = ();
}

/// Fees are burnt, as the chain does.
#[derive(Debug)]
pub struct Burnt;

impl pallet_dispatch::RawFees<AccountId32> for Burnt {
	type Taken = Credit<AccountId32, Balances>;

	fn take(who: &AccountId32, most: u128) -> Result<Self::Taken, TransactionValidityError> {
		let exact = Precision::Exact;
		Balances::withdraw(who, most, exact, Preservation::Expendable, Fortitude::Polite)
			.map_err(|_| InvalidTransaction::Payment.into())
	}

	fn settle(who: &AccountId32, taken: Self::Taken, due: u128) {
		let (_, rest) = taken.split(due);
		Balances::resolve(who, rest).unwrap();
	}
}

impl pallet_dispatch::Config for Test {
	type Engines = (Evm, Native, relay::Relay);
	type Identity = IdCom;
	type RawFees = Burnt;
	type Clock = Timestamp;
	type ManageOrigin = frame_system::EnsureRoot<AccountId32>;
	type WeightInfo = pallet_dispatch::SubstrateWeight<Test>;
}

/// Runs a test in block 5 of a chain where Alice and Bob have coins, and Alice all of a token, and
/// checks the invariants of all pallets after it.
pub(crate) fn with_chain<R>(test: impl FnOnce() -> R) -> R {
	new_chain().execute_with(|| {
		let result = test();
		check_invariants();
		result
	})
}

pub(crate) fn new_chain() -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: [ALICE, BOB].map(|who| (who.into(), START)).into(),
			..Default::default()
		},
		evm: crate::GenesisConfig { chain_id: 4663, ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::from(storage);
	chain.execute_with(|| {
		System::set_block_number(5);
		Timestamp::set_timestamp(5_000);
		let issuer = RuntimeOrigin::signed(ALICE.into());
		let (name, symbol) = (b"Gold".to_vec(), b"GLD".to_vec());
		let authority = Some(Id::from(ALICE));
		UnifiedTokens::create_mint(issuer.clone(), SALT, 6, None, name, symbol, authority, None)
			.unwrap();
		UnifiedTokens::mint_to(issuer, mint(), Id::from(ALICE), LedgerAmount::new(TOKENS)).unwrap();
	});
	chain
}

fn check_invariants() {
	Evm::do_try_state().unwrap();
	UnifiedTokens::do_try_state().unwrap();
	IdCom::do_try_state().unwrap();
	Dispatch::do_try_state().unwrap();
	let free: u128 = accounts().map(|data| data.free + data.reserved).sum();
	assert_eq!(Balances::total_issuance(), free, "no coin comes from nothing");
}

/// What every account has of the native coin.
pub(crate) fn accounts() -> impl Iterator<Item = pallet_balances::AccountData<u128>> {
	frame_system::Account::<Test>::iter_values().map(|account| account.data)
}

/// Dispatches as the chain does for a signed extrinsic: the nonce is counted before.
pub(crate) fn submit(who: [u8; 32], call: EvmOperation) -> Receipt {
	System::inc_account_nonce(AccountId32::from(who));
	IdCom::retain(Id::from(who));
	in_same_transaction(who, call)
}

/// A further operation of the same extrinsic, as in a batch.
pub(crate) fn in_same_transaction(who: [u8; 32], call: EvmOperation) -> Receipt {
	let payload = pallet_dispatch::PayloadOf::<Test>::new(unum_vm_engine::OneOf::First(call));
	Dispatch::submit(RuntimeOrigin::signed(who.into()), Box::new(payload), None).unwrap();
	Dispatch::receipts().pop().unwrap()
}

pub(crate) fn mint() -> MintId {
	MintId::derive(Id::from(ALICE), SALT)
}

/// The token's address on the EVM.
pub(crate) fn token() -> H160 {
	H160(erc20_address(mint()).into())
}

pub(crate) fn address_of(who: [u8; 32]) -> H160 {
	match IdCom::address_of(Id::from(who), VmKind::EVM) {
		Some(Address::Evm(address)) => H160(address.into()),
		other => panic!("no EVM address: {other:?}"),
	}
}

pub(crate) fn id_of(address: H160) -> Id {
	IdCom::resolve(&Address::Evm(EvmAddress::from(address.0)))
}

pub(crate) fn coins(address: H160) -> u128 {
	Balances::free_balance(AccountId32::from(id_of(address)))
}

pub(crate) fn tokens(address: H160) -> u128 {
	use unum_vm_engine::TokenLedger;
	UnifiedTokens::holding(mint(), id_of(address)).amount.get()
}

pub(crate) fn call(to: H160, value: u128, data: Vec<u8>) -> EvmOperation {
	EvmOperation::EvmCall { to, value: value.into(), gas_limit: GAS, data }
}

/// Deploys a code for Alice and gives its address.
pub(crate) fn deploy(code: &[u8]) -> H160 {
	let receipt = submit(ALICE, create(code));
	assert_eq!(receipt.status, ReceiptStatus::Success, "{:?}", message(&receipt));
	created(&receipt)
}

pub(crate) fn create(code: &[u8]) -> EvmOperation {
	EvmOperation::EvmCreate { value: U256::zero(), gas_limit: GAS, init: init(code), salt: None }
}

pub(crate) fn created(receipt: &Receipt) -> H160 {
	match &receipt.created[..] {
		[Address::Evm(address)] => H160((*address).into()),
		other => panic!("one contract was to be made: {other:?}"),
	}
}

pub(crate) fn message(receipt: &Receipt) -> String {
	String::from_utf8_lossy(&receipt.message).into_owned()
}

/// What follows the calls below: gives back what they gave back, or reverts with it.
const fn tail(destination: u8) -> [u8; 18] {
	[
		0x3d,
		0x60,
		0x00,
		0x60,
		0x00,
		0x3e,
		0x60,
		destination,
		0x57,
		0x3d,
		0x60,
		0x00,
		0xfd,
		0x5b,
		0x3d,
		0x60,
		0x00,
		0xf3,
	]
}

/// Copies all but the first word of the calldata to memory and leaves its length on the stack.
const ARGUMENTS: [u8; 10] = [0x60, 0x20, 0x36, 0x03, 0x80, 0x60, 0x20, 0x60, 0x00, 0x37];

/// Calls the address in the first word of the calldata with the rest.
pub(crate) fn forwarder() -> Vec<u8> {
	let call = [0x60, 0, 0x60, 0, 0x82, 0x60, 0, 0x60, 0, 0x60, 0, 0x35, 0x5a, 0xf1];
	[&ARGUMENTS[..], &call, &tail(0x25)].concat()
}

/// As [`forwarder`], but whatever comes of it, it reverts in the end.
pub(crate) fn regretter() -> Vec<u8> {
	let mut code = forwarder();
	*code.last_mut().unwrap() = 0xfd;
	code
}

/// As [`forwarder`], by DELEGATECALL.
pub(crate) fn delegator() -> Vec<u8> {
	let call = [0x60, 0, 0x60, 0, 0x82, 0x60, 0, 0x60, 0, 0x35, 0x5a, 0xf4];
	[&ARGUMENTS[..], &call, &tail(0x23)].concat()
}

/// Hands on the coins that come with a call to the address in the first word of the calldata.
pub(crate) fn payer() -> Vec<u8> {
	let call = [0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0x34, 0x60, 0, 0x35, 0x5a, 0xf1];
	[&call[..], &tail(0x1b)].concat()
}

/// Stores the second word of the calldata in the slot that the first one names.
pub(crate) const STORE: [u8; 8] = [0x60, 0x20, 0x35, 0x60, 0x00, 0x35, 0x55, 0x00];

/// Init code that returns a code: CODECOPY of what follows it.
pub(crate) fn init(code: &[u8]) -> Vec<u8> {
	let length = u8::try_from(code.len()).expect("short");
	let copy = [0x60, length, 0x80, 0x60, 0x0b, 0x60, 0x00, 0x39, 0x60, 0x00, 0xf3];
	[&copy[..], code].concat()
}

/// A word that holds an address.
pub(crate) fn word(address: H160) -> Vec<u8> {
	[&[0; 12][..], &address.0].concat()
}

pub(crate) fn number(value: impl Into<U256>) -> Vec<u8> {
	value.into().to_big_endian().to_vec()
}

/// Calldata of ERC-20's `transfer(address,uint256)`.
pub(crate) fn transfer_data(to: H160, amount: u128) -> Vec<u8> {
	[vec![0xa9, 0x05, 0x9c, 0xbb], word(to), number(amount)].concat()
}
