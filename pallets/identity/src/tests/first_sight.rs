// SPDX-License-Identifier: Apache-2.0
//! Accounts get their index entries the first time that they are seen, whoever creates them.

use super::*;
use crate::{Event, Owners};
use frame_support::assert_ok;
use unum_address::{Address, VmKind};
use unum_vm_engine::IdentityRegistry;

fn is_indexed(id: IdCom) -> bool {
	VmKind::FOREIGN.into_iter().all(|vm| {
		let address = Address::derive(id, vm).expect("has a rule");
		Owners::<Test>::get(address) == Some(id)
	})
}

fn transfer(from: u8, to: u8, amount: u128) {
	assert_ok!(Balances::transfer_allow_death(
		RuntimeOrigin::signed(account(from)),
		account(to),
		amount
	));
}

#[test]
fn accounts_of_genesis_are_indexed() {
	ExtBuilder.build_and_execute(|| {
		for n in 1..=3 {
			assert!(is_indexed(id(n)));
		}
		assert_eq!(Owners::<Test>::iter().count(), 3 * 4);
	});
}

#[test]
fn the_receiver_of_a_native_transfer_is_indexed() {
	ExtBuilder.build_and_execute(|| {
		assert!(!is_indexed(id(9)));
		transfer(1, 9, 10);
		assert!(is_indexed(id(9)));
		assert_eq!(events(), [Event::FirstSeen { id_com: id(9) }]);
	});
}

#[test]
fn a_retained_identity_is_indexed_and_exists() {
	ExtBuilder.build_and_execute(|| {
		assert!(!Pallet::<Test>::exists(id(9)));
		Pallet::<Test>::retain(id(9));
		assert!(Pallet::<Test>::exists(id(9)));
		assert!(is_indexed(id(9)));
		assert_eq!(events(), [Event::FirstSeen { id_com: id(9) }]);
	});
}

#[test]
fn an_account_that_comes_back_is_no_news() {
	ExtBuilder.build_and_execute(|| {
		transfer(1, 9, 10);
		transfer(9, 1, 10);
		assert!(
			!Pallet::<Test>::exists(id(9)),
			"it never sent anything but by hand, and is reaped"
		);
		assert!(is_indexed(id(9)), "its addresses go on resolving to it");
		events();
		transfer(1, 9, 10);
		assert_eq!(events(), []);
	});
}

#[test]
fn an_entry_that_exists_is_never_overwritten() {
	// Can't happen without a collision of 160 bits; nothing may change hands even then.
	ExtBuilder.build().execute_with(|| {
		let contested = Address::derive(id(9), VmKind::EVM).expect("has a rule");
		Owners::<Test>::insert(&contested, id(1));
		transfer(2, 9, 10);
		assert_eq!(Pallet::<Test>::resolve(&contested), id(1));
		let elsewhere = Address::derive(id(9), VmKind::SVM).expect("has a rule");
		assert_eq!(Pallet::<Test>::resolve(&elsewhere), id(9));
	});
}
