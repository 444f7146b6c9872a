// SPDX-License-Identifier: Apache-2.0
//! The Solana VM in a small runtime: on the chain's own ledger, identities and dispatcher.

mod associated;
mod raw;

use ed25519_dalek::SigningKey;
use frame_support::{
	derive_impl,
	dispatch::PostDispatchInfo,
	traits::{
		fungible::{Balanced, Credit},
		tokens::{Fortitude, Precision, Preservation},
		Authorize, ConstU128, Hooks, Imbalance, Nothing,
	},
};
use sp_core::H256;
use sp_runtime::{
	traits::IdentityLookup,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	AccountId32, BuildStorage, DispatchErrorWithPostInfo,
};
use unum_address::{Address, SvmAddress, VmKind};
use unum_id_com::{IdCom as Id, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, Receipt};

pub(crate) const ALICE: [u8; 32] = [0xa1; 32];
/// What Alice and the wallet begin with: a thousand coins.
pub(crate) const START: u128 = 1_000_000_000_000_000_000_000;
pub(crate) const LAMPORT: u128 = 1_000_000_000;
pub(crate) const TOKENS: u128 = 1_000_000;
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
	pub type Svm = crate::Pallet<Test>;
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
	type OnMovement = Svm;
	type WeightInfo = ();
}

impl crate::Config for Test {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type Vms = Dispatch;
	type Clock = Timestamp;
	type WeightInfo = ();
}

impl pallet_native::Config for Test {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type WeightInfo = pallet_native::SubstrateWeight<Test>;
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
	type Engines = (Svm, Native);
	type Identity = IdCom;
	type RawFees = Burnt;
	type Clock = Timestamp;
	type ManageOrigin = frame_system::EnsureRoot<AccountId32>;
	type WeightInfo = pallet_dispatch::SubstrateWeight<Test>;
}

/// The key of a Solana wallet that has coins.
pub(crate) fn wallet() -> SigningKey {
	SigningKey::from_bytes(&[7; 32])
}

pub(crate) fn key_of(wallet: &SigningKey) -> SvmAddress {
	wallet.verifying_key().to_bytes().into()
}

/// Runs a test in block 5 of a chain where Alice and the wallet have coins, and Alice all of a token, and
/// checks the invariants of all pallets after it.
pub(crate) fn with_chain<R>(test: impl FnOnce() -> R) -> R {
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![
				(ALICE.into(), START),
				(key_of(&wallet()).unbound_id_com().into(), START),
			],
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap();
	sp_io::TestExternalities::from(storage).execute_with(|| {
		(1..=5).for_each(begin);
		let issuer = RuntimeOrigin::signed(ALICE.into());
		let (name, symbol) = (b"Gold".to_vec(), b"GLD".to_vec());
		let authority = Some(Id::from(ALICE));
		UnifiedTokens::create_mint(issuer.clone(), SALT, 6, None, name, symbol, authority, None)
			.unwrap();
		UnifiedTokens::mint_to(issuer, mint(), Id::from(ALICE), LedgerAmount::new(TOKENS)).unwrap();
		let result = test();
		check_invariants();
		result
	})
}

/// The chain of the benchmarks: nobody has anything.
#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn new_chain() -> sp_io::TestExternalities {
	RuntimeGenesisConfig::default().build_storage().unwrap().into()
}

/// The hash of the block of a number.
pub(crate) fn hash(number: u64) -> H256 {
	H256::from_low_u64_be(0x1000 + number)
}

/// Ends the block at hand and begins the next.
pub(crate) fn begin(number: u64) {
	System::reset_events();
	System::initialize(&number, &hash(number - 1), &Default::default());
	Timestamp::set_timestamp(number * 1_000);
	Svm::on_initialize(number);
	System::set_extrinsic_index(0);
}

/// The newest blockhash that transactions can name.
pub(crate) fn blockhash() -> [u8; 32] {
	crate::blockhash_of(System::parent_hash())
}

pub(crate) fn check_invariants() {
	Svm::do_try_state().unwrap();
	UnifiedTokens::do_try_state().unwrap();
	IdCom::do_try_state().unwrap();
	Dispatch::do_try_state().unwrap();
	let of = frame_system::Account::<Test>::iter_values().map(|account| account.data);
	let free: u128 = of.map(|data| data.free + data.reserved).sum();
	assert_eq!(Balances::total_issuance(), free, "no coin comes from nothing");
}

pub(crate) fn mint() -> MintId {
	MintId::derive(Id::from(ALICE), SALT)
}

pub(crate) fn mint_key() -> SvmAddress {
	SvmAddress::from(*mint().as_bytes())
}

pub(crate) fn id_of(key: SvmAddress) -> Id {
	IdCom::resolve(&Address::Svm(key))
}

pub(crate) fn address_of(id: impl Into<Id>) -> SvmAddress {
	match IdCom::address_of(id.into(), VmKind::SVM) {
		Some(Address::Svm(address)) => address,
		other => panic!("no SVM address: {other:?}"),
	}
}

pub(crate) fn coins(key: SvmAddress) -> u128 {
	Balances::free_balance(AccountId32::from(id_of(key)))
}

pub(crate) fn tokens(id: impl Into<Id>) -> u128 {
	use unum_vm_engine::TokenLedger;
	UnifiedTokens::holding(mint(), id.into()).amount.get()
}

pub(crate) fn message(receipt: &Receipt) -> String {
	String::from_utf8_lossy(&receipt.message).into_owned()
}

/// Whether pool or block take a transaction.
pub(crate) fn validate(
	source: TransactionSource,
	bytes: &[u8],
) -> Result<ValidTransaction, InvalidTransaction> {
	let call: RuntimeCall =
		pallet_dispatch::Call::submit_raw { vm: VmKind::SVM, bytes: bytes.to_vec() }.into();
	match call.authorize(source).expect("is authorized by what is inside") {
		Ok((valid, _)) => Ok(valid),
		Err(TransactionValidityError::Invalid(why)) => Err(why),
		Err(other) => panic!("{other:?}"),
	}
}

pub(crate) fn submit(
	bytes: &[u8],
) -> Result<PostDispatchInfo, DispatchErrorWithPostInfo<PostDispatchInfo>> {
	let origin: RuntimeOrigin = frame_system::RawOrigin::Authorized.into();
	Dispatch::submit_raw(origin, VmKind::SVM, bytes.to_vec())
}

/// Submits what the pool takes, and gives the receipt.
pub(crate) fn send(bytes: &[u8]) -> Receipt {
	validate(TransactionSource::InBlock, bytes).unwrap();
	System::set_extrinsic_index(System::extrinsic_index().unwrap_or_default() + 1);
	submit(bytes).unwrap();
	Dispatch::receipts().pop().unwrap()
}

/// Why a transaction is refused.
pub(crate) fn sentence(bytes: &[u8]) -> String {
	Dispatch::check_raw(VmKind::SVM, bytes).expect_err("is refused").to_string()
}
