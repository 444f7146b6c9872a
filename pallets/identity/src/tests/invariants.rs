// SPDX-License-Identifier: Apache-2.0
//! Each broken invariant is noticed.

use super::*;
use crate::{BindingCount, Bindings, BrokenInvariant, OwnAddress, Owners, Primary};
use unum_address::{Address, VmKind};
use unum_vm_engine::IdentityRegistry;

#[track_caller]
fn assert_noticed(broken: BrokenInvariant, damage: impl FnOnce()) {
	ExtBuilder.build().execute_with(|| {
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		damage();
		assert_eq!(Pallet::<Test>::do_try_state(), Err(broken));
	});
}

fn evm(id: IdCom) -> Address {
	Address::derive(id, VmKind::EVM).expect("has a rule")
}

#[test]
fn a_missing_entry() {
	assert_noticed(BrokenInvariant::NotIndexed, || Owners::<Test>::remove(evm(id(1))));
}

#[test]
fn an_address_that_leads_elsewhere() {
	assert_noticed(BrokenInvariant::AddressDoesNotResolveBack, || {
		Owners::<Test>::insert(evm(id(1)), id(2));
	});
}

#[test]
fn a_native_address_in_the_index() {
	assert_noticed(BrokenInvariant::NativeAddressIndexed, || {
		Owners::<Test>::insert(Address::Native(id(1)), id(1));
	});
}

#[test]
fn an_address_that_is_not_its_owners() {
	assert_noticed(BrokenInvariant::ForeignAddressIndexed, || {
		Owners::<Test>::insert(Address::Evm([7; 20].into()), id(1));
	});
}

#[test]
fn an_own_address_of_somebody_else() {
	assert_noticed(BrokenInvariant::OwnAddressOfAnother, || {
		let wallet = Address::Evm([7; 20].into());
		Owners::<Test>::insert(&wallet, id(9));
		OwnAddress::<Test>::insert(id(9), wallet);
	});
}

#[test]
fn an_own_address_that_leads_elsewhere() {
	assert_noticed(BrokenInvariant::ForeignAddressIndexed, || {
		let wallet = Address::Evm([7; 20].into());
		Pallet::<Test>::see_wallet(&wallet);
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		Owners::<Test>::insert(wallet, id(1));
	});
}

#[test]
fn a_primary_address_that_leads_elsewhere() {
	assert_noticed(BrokenInvariant::AddressDoesNotResolveBack, || {
		Primary::<Test>::insert(id(1), VmKind::EVM, evm(id(2)));
	});
}

/// Binds a wallet to account 1, as the pallet does.
fn bound() -> Address {
	use super::wallets::Wallet;
	let wallet = super::wallets::svm(1);
	wallet.bind_to(id(1)).expect("a right proof");
	wallet.address()
}

#[test]
fn a_binding_that_is_not_in_the_index() {
	assert_noticed(BrokenInvariant::BindingNotIndexed, || {
		let address = bound();
		Owners::<Test>::insert(&address, address.unbound_id_com());
		Primary::<Test>::remove(id(1), VmKind::SVM);
	});
}

#[test]
fn bindings_that_are_not_counted() {
	for wrong in [None, Some(0), Some(2)] {
		assert_noticed(BrokenInvariant::BindingsMiscounted, || {
			bound();
			BindingCount::<Test>::set(id(1), wrong.unwrap_or_default());
			if wrong.is_none() {
				BindingCount::<Test>::remove(id(1));
			}
		});
	}
}

#[test]
fn a_bound_wallet_with_bindings() {
	assert_noticed(BrokenInvariant::BoundWalletHasBindings, || {
		let wallet = bound().unbound_id_com();
		let second = Address::Svm([7; 32].into());
		Owners::<Test>::insert(&second, wallet);
		Bindings::<Test>::insert(wallet, second, ());
		BindingCount::<Test>::insert(wallet, 1);
	});
}

#[test]
fn a_sender_that_could_be_reaped() {
	assert_noticed(BrokenInvariant::SenderNotRetained, || {
		System::inc_account_nonce(account(1));
	});
}

#[test]
fn a_second_reference() {
	assert_noticed(BrokenInvariant::RetainedTwice, || {
		Pallet::<Test>::retain(id(1));
		System::inc_sufficients(&account(1));
	});
}

#[test]
fn every_rule_has_words() {
	use sp_runtime::DispatchError;
	assert_eq!(
		DispatchError::from(BrokenInvariant::NotIndexed),
		DispatchError::Other("an account is missing from the address index")
	);
}
