// SPDX-License-Identifier: Apache-2.0
//! A small runtime around the registry, and its tests by theme.

mod addresses;
mod first_sight;
mod invariants;
mod reaping;

use frame_support::{derive_impl, traits::StorageVersion};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use unum_id_com::IdCom;

use crate::Pallet;

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

impl crate::Config for Test {
	type WeightInfo = ();
}

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
			test();
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		});
	}
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
	use unum_vm_engine::IdentityRegistry;
	Pallet::<Test>::retain(id(sender));
	System::inc_account_nonce(account(sender));
}

#[test]
fn the_storage_version_is_the_first() {
	ExtBuilder.build_and_execute(|| {
		use frame_support::traits::GetStorageVersion;
		assert_eq!(Pallet::<Test>::in_code_storage_version(), StorageVersion::new(1));
	});
}
