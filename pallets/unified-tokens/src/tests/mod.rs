// SPDX-License-Identifier: Apache-2.0
//! A small runtime around the ledger, with the real identities and the real native coin, and its tests
//! by theme.

mod allowances;
mod authorities;
mod creation;
mod documentation;
mod engines;
mod freezing;
mod fungibles;
mod fungibles_conformance;
mod genesis;
mod invariants;
mod ledger;
mod migration;
mod movements;
mod random_calls;
mod texts;
mod views;

use frame_support::{derive_impl, migrations::FreezeChainOnFailedMigration, parameter_types};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, StateVersion, Weight};
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{ChainHost, Holding, Movement, OnMovement, TokenLedger};

use crate::{Error, Event, GenesisMint, Mints, Pallet};

type Block = frame_system::mocking::MockBlock<Test>;
type Tokens = Pallet<Test>;

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
	pub type NativeCoin = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Identities = pallet_id_com;
	#[runtime::pallet_index(3)]
	pub type UnifiedTokens = crate;
	#[runtime::pallet_index(4)]
	pub type Migrations = pallet_migrations;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
	type OnNewAccount = Identities;
	type MultiBlockMigrator = Migrations;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type AccountStore = System;
	type ExistentialDeposit = SmallestAccount;
}

impl pallet_id_com::Config for Test {
	type Ledger = UnifiedTokens;
	type OnShown = ();
	type ReservedAddresses = crate::TokenViewAddresses<Test>;
	type Fees = ();
	type WeightInfo = ();
}

impl crate::Config for Test {
	type Currency = NativeCoin;
	type Identity = Identities;
	type OnMovement = Recorder;
	type WeightInfo = ();
}

#[derive_impl(pallet_migrations::config_preludes::TestDefaultConfig)]
impl pallet_migrations::Config for Test {
	type Migrations = (crate::migrations::v2::IndexErc20Addresses<Test>,);
	type FailedMigrationHandler = FreezeChainOnFailedMigration;
	type MaxServiceWeight = MaxServiceWeight;
}

parameter_types! {
	pub static SmallestAccount: u128 = EXISTENTIAL_DEPOSIT;
	pub static MaxServiceWeight: Weight = Weight::from_parts(10u64.pow(11), u64::MAX);
	/// What the pallet has told of, since the last call of [`movements`].
	static Movements: Vec<Movement> = Vec::new();
}

/// Writes down every movement that it is told of.
#[derive(Debug)]
pub struct Recorder;

impl OnMovement for Recorder {
	fn on_movement(movement: &Movement) {
		Movements::mutate(|movements| movements.push(*movement));
	}
}

/// The chain as engines see it.
type Host = ChainHost<Tokens, Identities>;

/// More than on the chain, where it is 1, so that the rules about it can be seen.
const EXISTENTIAL_DEPOSIT: u128 = 10;
/// Native coin of accounts 1 to 3 at the start.
const FUNDS: u128 = 1_000;
/// What owner 2 has of the token of [`ExtBuilder`].
const SUPPLY: u128 = 500;

fn id(n: u8) -> IdCom {
	IdCom::from([n; 32])
}

fn account(n: u8) -> AccountId32 {
	id(n).into()
}

fn signed(n: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(n))
}

fn units(n: u128) -> LedgerAmount {
	LedgerAmount::new(n)
}

fn balance(owner: u8) -> u128 {
	Tokens::balance_of(mint(), id(owner)).get()
}

fn supply() -> u128 {
	Tokens::total_supply(mint()).expect("the token exists").get()
}

/// The token that exists at the start: created by 1, who may mint; all of it with 2.
fn mint() -> MintId {
	MintId::derive(id(1), [0; 32])
}

/// A token that does not exist.
fn no_mint() -> MintId {
	MintId::from([0xff; 32])
}

fn genesis_mint() -> GenesisMint {
	GenesisMint {
		creator: account(1),
		salt: [0; 32].into(),
		decimals: Decimals::new(6).expect("18 at most"),
		svm_decimals: None,
		name: "Test token".into(),
		symbol: "TEST".into(),
		mint_authority: Some(account(1)),
		freeze_authority: None,
		balances: vec![(account(2), units(SUPPLY))],
	}
}

/// Builds a chain with one token, and checks the invariants of ledger and identities after each test.
struct ExtBuilder {
	mints: Vec<GenesisMint>,
	existential_deposit: u128,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { mints: vec![genesis_mint()], existential_deposit: EXISTENTIAL_DEPOSIT }
	}
}

impl ExtBuilder {
	fn of(mints: Vec<GenesisMint>) -> Self {
		Self { mints, ..Default::default() }
	}

	fn build(self) -> sp_io::TestExternalities {
		SmallestAccount::set(self.existential_deposit);
		let balances = (1..=3).map(|n| (account(n), FUNDS)).collect();
		let storage = RuntimeGenesisConfig {
			native_coin: pallet_balances::GenesisConfig { balances, dev_accounts: None },
			unified_tokens: crate::GenesisConfig { mints: self.mints, ..Default::default() },
			..Default::default()
		}
		.build_storage()
		.expect("genesis");
		let mut externalities = sp_io::TestExternalities::new(storage);
		// Block 0 keeps no events.
		externalities.execute_with(|| System::set_block_number(1));
		movements();
		externalities
	}

	fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check_invariants();
		});
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn chain() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}

fn check_invariants() {
	assert_eq!(Tokens::do_try_state(), Ok(()));
	assert_eq!(Identities::do_try_state(), Ok(()));
}

/// The ledger's own events since the last call.
fn events() -> Vec<Event<Test>> {
	let events = System::events();
	System::reset_events();
	events
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::UnifiedTokens(event) => Some(event),
			_ => None,
		})
		.collect()
}

fn state_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// What the pallet has told of since the last call.
fn movements() -> Vec<Movement> {
	Movements::take()
}

fn allowance_of(owner: u8, spender: u8) -> u128 {
	<Tokens as TokenLedger>::allowance(mint(), id(owner), id(spender)).get()
}

/// Sets the mark that a freeze authority sets.
fn set_frozen(mint: MintId, owner: u8, frozen: bool) {
	let amount = Tokens::balance_of(mint, id(owner));
	Tokens::put_balance(id(owner), mint, Holding { amount, frozen });
}

/// The operation fails with this error and has changed nothing, with no storage transaction around it.
#[track_caller]
fn assert_refused<E: PartialEq + core::fmt::Debug>(
	operation: impl FnOnce() -> Result<(), E>,
	error: impl Into<E>,
) {
	let before = state_root();
	assert_eq!(operation(), Err(error.into()));
	assert_eq!(state_root(), before, "a refused operation has changed something");
}
