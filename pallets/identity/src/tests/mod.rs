// SPDX-License-Identifier: Apache-2.0
//! A small runtime around the registry, and its tests by theme.

mod acting;
mod addresses;
mod auth_keys;
mod bindings;
mod first_sight;
mod invariants;
mod migration;
mod nonces;
mod random_calls;
mod reaping;
mod sweeping;
mod wallets;

use frame_support::{
	derive_impl,
	dispatch::{DispatchInfo, PostDispatchInfo},
	storage::unhashed,
	traits::{
		fungible::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		Contains, StorageVersion,
	},
	weights::Weight,
};
use sp_core::H256;
use sp_runtime::{
	traits::IdentityLookup,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	AccountId32, BuildStorage,
};
use unum_address::Address;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, TokenLedger};

use crate::{FeePayment, OnShown, Pallet};

type Block = frame_system::mocking::MockBlock<Test>;

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
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	// Behind the pallet that creates accounts in genesis: the index does not depend on the order.
	#[runtime::pallet_index(2)]
	pub type IdComRegistry = crate;
	#[runtime::pallet_index(3)]
	pub type UnifiedTokens = pallet_unified_tokens;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
	type OnNewAccount = IdComRegistry;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type AccountStore = System;
	type ExistentialDeposit = frame_support::traits::ConstU128<1>;
}

impl pallet_unified_tokens::Config for Test {
	type Currency = Balances;
	type Identity = IdComRegistry;
	type OnMovement = ();
	type WeightInfo = ();
}

/// Addresses that no wallet has in this runtime: tokens, and one contract.
#[derive(Debug)]
pub struct Reserved;

impl Contains<Address> for Reserved {
	fn contains(address: &Address) -> bool {
		*address == contract() || UnifiedTokens::mint_at(address).is_some()
	}
}

fn contract() -> Address {
	Address::Evm([0xcc; 20].into())
}

/// What every authorized transaction costs in this runtime, at most and in the end.
const FEE: u128 = 10;

#[derive(Debug)]
pub struct FlatFee;

impl FeePayment<AccountId32, RuntimeCall> for FlatFee {
	type Paid = ();

	fn priority(_: &DispatchInfo, _: u32, _: u128) -> u64 {
		1
	}

	fn pay(
		who: &AccountId32,
		_: &RuntimeCall,
		_: &DispatchInfo,
		_: u32,
		tip: u128,
	) -> Result<(), TransactionValidityError> {
		Balances::burn_from(
			who,
			FEE + tip,
			Preservation::Preserve,
			Precision::Exact,
			Fortitude::Polite,
		)
		.map(|_| ())
		.map_err(|_| InvalidTransaction::Payment.into())
	}

	fn settle(
		_: &AccountId32,
		_: &DispatchInfo,
		_: &PostDispatchInfo,
		_: u32,
		_: u128,
		_: (),
	) -> Result<(), TransactionValidityError> {
		Ok(())
	}
}

/// Notes down what it is told.
#[derive(Debug)]
pub struct Shown;

impl Shown {
	fn told() -> Vec<(IdCom, Address)> {
		unhashed::get_or_default(b"shown")
	}
}

impl OnShown for Shown {
	fn on_shown(id: IdCom, address: &Address) {
		let mut told = Self::told();
		told.push((id, address.clone()));
		unhashed::put(b"shown", &told);
	}

	fn weight() -> Weight {
		Weight::from_parts(7, 0)
	}
}

impl crate::Config for Test {
	type Ledger = UnifiedTokens;
	type OnShown = Shown;
	type ReservedAddresses = Reserved;
	type Fees = FlatFee;
	type WeightInfo = ();
}

/// The hash of the chain's first block.
const GENESIS: H256 = H256([0x99; 32]);

/// Funds that the first accounts have in genesis.
const FUNDS: u128 = 1_000;

fn id(n: u8) -> IdCom {
	IdCom::from([n; 32])
}

fn account(n: u8) -> AccountId32 {
	id(n).into()
}

/// Builds a chain in which accounts 1 to 3 have [`FUNDS`], and checks the invariants after each test.
#[derive(Default)]
struct ExtBuilder;

impl ExtBuilder {
	fn build(self) -> sp_io::TestExternalities {
		let mut storage =
			frame_system::GenesisConfig::<Test>::default().build_storage().expect("system genesis");
		pallet_balances::GenesisConfig::<Test> {
			balances: (1..=3).map(|n| (account(n), FUNDS)).collect(),
			dev_accounts: None,
		}
		.assimilate_storage(&mut storage)
		.expect("balances genesis");
		let mut externalities = sp_io::TestExternalities::new(storage);
		// Block 0 keeps no events.
		externalities.execute_with(|| System::set_block_number(1));
		externalities
	}

	fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			frame_system::BlockHash::<Test>::insert(0, GENESIS);
			test();
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			assert_eq!(UnifiedTokens::do_try_state(), Ok(()));
		});
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn chain() -> sp_io::TestExternalities {
	ExtBuilder.build()
}

/// Creates a token of account 1, and gives `amount` of it to `owner`.
fn token(salt: u8, owner: IdCom, amount: u128) -> MintId {
	let creator = RuntimeOrigin::signed(account(1));
	let (name, symbol) = (b"Token".to_vec(), b"TKN".to_vec());
	UnifiedTokens::create_mint(
		creator.clone(),
		[salt; 32],
		6,
		None,
		name,
		symbol,
		None,
		Some(id(1)),
	)
	.expect("a new token");
	let mint = MintId::derive(id(1), [salt; 32]);
	UnifiedTokens::mint_to(creator, mint, owner, LedgerAmount::new(amount)).expect("its authority");
	mint
}

fn coins(who: IdCom) -> u128 {
	Balances::free_balance(AccountId32::from(who))
}

fn tokens(mint: MintId, who: IdCom) -> u128 {
	<UnifiedTokens as TokenLedger>::holding(mint, who).amount.get()
}

fn nonce(who: IdCom) -> u32 {
	System::account_nonce(AccountId32::from(who))
}

/// The registry's own events, and forgets them.
fn events() -> Vec<crate::Event<Test>> {
	let events = System::events();
	System::reset_events();
	events
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::IdComRegistry(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// What a signed transaction does to its sender: the nonce grows, and the account is retained.
fn send_transaction(sender: u8) {
	Pallet::<Test>::retain(id(sender));
	System::inc_account_nonce(account(sender));
}

#[test]
fn the_storage_version_is_the_second() {
	ExtBuilder.build_and_execute(|| {
		use frame_support::traits::GetStorageVersion;
		assert_eq!(Pallet::<Test>::in_code_storage_version(), StorageVersion::new(2));
	});
}
