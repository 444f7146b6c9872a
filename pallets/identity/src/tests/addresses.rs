// SPDX-License-Identifier: Apache-2.0
//! Which address an identity has, and whom an address belongs to.

use super::*;
use crate::{Event, OwnAddress, Owners};
use proptest::prelude::*;
use unum_address::{Address, BtcScript, VmKind};
use unum_vm_engine::IdentityRegistry;

type Registry = Pallet<Test>;

fn wallet_on_evm() -> Address {
	Address::Evm([0xaa; 20].into())
}

fn derived(id: IdCom, vm: VmKind) -> Address {
	Address::derive(id, vm).expect("has a rule")
}

#[test]
fn a_native_address_is_the_identity_itself() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(Registry::address_of(id(9), VmKind::NATIVE), Some(Address::Native(id(9))));
		assert_eq!(Registry::resolve(&Address::Native(id(9))), id(9));
	});
}

#[test]
fn a_vm_without_an_address_rule_has_no_address() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(Registry::address_of(id(1), VmKind::new(5)), None);
		Registry::see_wallet(&wallet_on_evm());
		assert_eq!(Registry::address_of(wallet_on_evm().unbound_id_com(), VmKind::new(5)), None);
	});
}

#[test]
fn an_unknown_address_belongs_to_its_unbound_identity() {
	ExtBuilder.build_and_execute(|| {
		let address = wallet_on_evm();
		assert_eq!(Registry::resolve(&address), address.unbound_id_com());
		assert!(!Owners::<Test>::contains_key(&address), "to ask writes nothing");
	});
}

#[test]
fn an_identity_that_is_not_seen_yet_has_addresses_that_do_not_resolve_yet() {
	ExtBuilder.build_and_execute(|| {
		let address = Registry::address_of(id(9), VmKind::EVM).expect("has a rule");
		assert_eq!(Registry::resolve(&address), address.unbound_id_com());
		Registry::retain(id(9));
		assert_eq!(Registry::resolve(&address), id(9));
	});
}

#[test]
fn a_wallet_keeps_its_own_address_on_its_own_vm_and_has_derived_ones_elsewhere() {
	ExtBuilder.build_and_execute(|| {
		let wallet = wallet_on_evm();
		let id = Registry::see_wallet(&wallet);
		assert_eq!(id, wallet.unbound_id_com());
		let seen = Event::WalletSeen { id_com: id, address: wallet.clone() };
		assert_eq!(events(), [Event::FirstSeen { id_com: id }, seen]);
		assert!(Registry::exists(id), "it has sent something, so it is retained");

		assert_eq!(Registry::address_of(id, VmKind::EVM), Some(wallet.clone()));
		assert_eq!(Registry::resolve(&wallet), id);
		for vm in [VmKind::SVM, VmKind::BVM, VmKind::TVM] {
			assert_eq!(Registry::address_of(id, vm), Some(derived(id, vm)));
			assert_eq!(Registry::resolve(&derived(id, vm)), id);
		}
	});
}

#[test]
fn a_derived_address_that_was_known_before_the_wallet_goes_on_resolving() {
	ExtBuilder.build_and_execute(|| {
		let wallet = wallet_on_evm();
		let id = wallet.unbound_id_com();
		// Somebody pays to the bytes of the id_com before the wallet has shown itself.
		Registry::retain(id);
		let before = Registry::address_of(id, VmKind::EVM).expect("has a rule");
		assert_eq!(before, derived(id, VmKind::EVM));

		Registry::see_wallet(&wallet);
		assert_eq!(Registry::address_of(id, VmKind::EVM), Some(wallet.clone()));
		assert_eq!(Registry::resolve(&wallet), id);
		assert_eq!(Registry::resolve(&before), id);
	});
}

#[test]
fn a_wallet_is_seen_once() {
	ExtBuilder.build_and_execute(|| {
		let first = Registry::see_wallet(&wallet_on_evm());
		events();
		assert_eq!(Registry::see_wallet(&wallet_on_evm()), first);
		assert_eq!(events(), []);
	});
}

#[test]
fn a_native_address_is_no_wallet_of_another_chain() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(Registry::see_wallet(&Address::Native(id(9))), id(9));
		assert_eq!(OwnAddress::<Test>::iter().count(), 0);
	});
}

#[test]
fn whoever_signs_with_a_derived_address_acts_as_its_owner() {
	// Can't happen without a preimage; the index decides even then, and the owner's addresses stay.
	ExtBuilder.build_and_execute(|| {
		let address = derived(id(1), VmKind::TVM);
		assert_eq!(Registry::see_wallet(&address), id(1));
		assert_eq!(OwnAddress::<Test>::get(id(1)), None);
	});
}

#[test]
fn equal_bytes_on_two_chains_are_two_wallets() {
	ExtBuilder.build_and_execute(|| {
		let evm = Registry::see_wallet(&Address::Evm([7; 20].into()));
		let tron = Registry::see_wallet(&Address::Tvm([7; 20].into()));
		assert_ne!(evm, tron);
		assert_eq!(Registry::resolve(&Address::Evm([7; 20].into())), evm);
		assert_eq!(Registry::resolve(&Address::Tvm([7; 20].into())), tron);
	});
}

fn any_foreign_address() -> impl Strategy<Value = Address> {
	prop_oneof![
		any::<[u8; 20]>().prop_map(|bytes| Address::Evm(bytes.into())),
		any::<[u8; 32]>().prop_map(|bytes| Address::Svm(bytes.into())),
		prop::collection::vec(any::<u8>(), 0..60)
			.prop_map(|bytes| Address::Bvm(BtcScript::new(bytes).expect("short"))),
		any::<[u8; 20]>().prop_map(|bytes| Address::Tvm(bytes.into())),
	]
}

proptest! {
	#[test]
	fn what_address_of_shows_resolves_back(
		seen in prop::collection::vec(any::<[u8; 32]>(), 0..8),
		wallets in prop::collection::vec((any_foreign_address(), any::<bool>()), 0..8),
	) {
		ExtBuilder.build_and_execute(|| {
			let mut ids: Vec<IdCom> = seen.into_iter().map(IdCom::from).collect();
			ids.iter().for_each(|id| Registry::retain(*id));
			for (wallet, paid_before) in wallets {
				if paid_before {
					Registry::retain(wallet.unbound_id_com());
				}
				let id = Registry::see_wallet(&wallet);
				assert_eq!(Registry::address_of(id, wallet.vm()), Some(wallet));
				ids.push(id);
			}
			for id in ids {
				for vm in VmKind::ADDRESSED {
					let address = Registry::address_of(id, vm).expect("has a rule");
					assert_eq!(Registry::resolve(&address), id);
				}
			}
		});
	}
}
