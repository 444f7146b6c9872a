// SPDX-License-Identifier: Apache-2.0
//! Who may bind which address.

use frame_support::{assert_noop, assert_ok};
use unum_address::{erc20_address, VmKind};

use super::{
	wallets::{bind, evm, svm, unbind, Wallet},
	*,
};
use crate::{BindingCount, Bindings, Error, Event, Owners, MAX_BINDINGS};

type Registry = Pallet<Test>;

#[test]
fn a_bound_wallet_acts_as_its_owner_and_shows_it() {
	ExtBuilder.build_and_execute(|| {
		for wallet in [&evm(1) as &dyn Wallet, &svm(1)] {
			assert_ok!(wallet.bind_to(id(1)));
			let vm = wallet.address().vm();
			assert_eq!(Registry::resolve(&wallet.address()), id(1));
			assert_eq!(Registry::see_wallet(&wallet.address()), id(1));
			assert_eq!(Registry::address_of(id(1), vm), Some(wallet.address()));
			let derived = Address::derive(id(1), vm).expect("has a rule");
			assert_eq!(Registry::resolve(&derived), id(1), "it stays in the index");
			// The wallet's old identity is shown under its derived address now.
			assert_eq!(
				Registry::address_of(wallet.identity(), vm),
				Address::derive(wallet.identity(), vm)
			);
		}
		assert_eq!(BindingCount::<Test>::get(id(1)), 2);
	});
}

#[test]
fn binding_and_unbinding_are_reported() {
	ExtBuilder.build_and_execute(|| {
		let (wallet, address) = (evm(1), evm(1).address());
		wallet.send(1);
		events();
		assert_ok!(wallet.bind_to(id(1)));
		assert_eq!(events(), [Event::Bound { id_com: id(1), address: address.clone() }]);
		assert_ok!(unbind(id(1), address.clone()));
		assert_eq!(events(), [Event::Unbound { id_com: id(1), address }]);
	});
}

#[test]
fn an_unbound_wallet_is_itself_again() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		assert_ok!(wallet.bind_to(id(1)));
		assert_ok!(unbind(id(1), wallet.address()));
		assert_eq!(Registry::resolve(&wallet.address()), wallet.identity());
		let shown = Registry::address_of(wallet.identity(), VmKind::EVM);
		assert_eq!(shown, Some(wallet.address()));
		assert_eq!(Registry::address_of(id(1), VmKind::EVM), Address::derive(id(1), VmKind::EVM));
		assert!(!BindingCount::<Test>::contains_key(id(1)), "nothing is left behind");
		assert_eq!(Bindings::<Test>::iter().count(), 0);
	});
}

#[test]
fn only_the_owner_unbinds() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		assert_noop!(unbind(id(1), wallet.address()), Error::<Test>::NotBound);
		assert_ok!(wallet.bind_to(id(1)));
		assert_noop!(unbind(id(2), wallet.address()), Error::<Test>::NotBound);
		assert_noop!(unbind(wallet.identity(), wallet.address()), Error::<Test>::NotBound);
		let derived = Address::derive(id(1), VmKind::EVM).expect("has a rule");
		assert_noop!(unbind(id(1), derived), Error::<Test>::NotBound);
	});
}

#[test]
fn a_proof_of_another_wallet_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let (mine, victim) = (evm(1), evm(2));
		let statement = Registry::binding_statement(id(1), &victim.address());
		let forged = mine.sign(&statement);
		assert_noop!(bind(id(1), victim.address(), forged), Error::<Test>::WrongSignature);
		let of_another_kind = svm(1).agree(id(1));
		assert_noop!(
			bind(id(1), victim.address(), of_another_kind),
			Error::<Test>::UnsuitableProof
		);
	});
}

#[test]
fn a_proof_names_chain_identity_and_nonce() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		let right = Registry::binding_statement(id(1), &wallet.address());
		for wrong in [
			unum_signature::BindingStatement { genesis: [1; 32], ..right.clone() },
			unum_signature::BindingStatement { id_com: id(2), ..right.clone() },
			unum_signature::BindingStatement { nonce: 1, ..right.clone() },
			unum_signature::BindingStatement { address: evm(2).address(), ..right.clone() },
		] {
			let proof = wallet.sign(&wrong);
			assert_noop!(bind(id(1), wallet.address(), proof), Error::<Test>::WrongSignature);
		}
		let proof = wallet.sign(&right);
		// Nobody else can use it.
		assert_noop!(bind(id(2), wallet.address(), proof.clone()), Error::<Test>::WrongSignature);
		assert_ok!(bind(id(1), wallet.address(), proof.clone()));
		assert_ok!(unbind(id(1), wallet.address()));
		// And nobody can use it again.
		assert_noop!(bind(id(1), wallet.address(), proof), Error::<Test>::WrongSignature);
		assert_ok!(wallet.bind_to(id(1)));
	});
}

#[test]
fn of_two_that_race_the_first_wins() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		let (for_one, for_two) = (wallet.agree(id(1)), wallet.agree(id(2)));
		assert_ok!(bind(id(1), wallet.address(), for_one));
		assert_noop!(bind(id(2), wallet.address(), for_two), Error::<Test>::OwnedByAnother);
		// Not even by a fresh agreement, until the owner lets go.
		assert_noop!(wallet.bind_to(id(2)), Error::<Test>::OwnedByAnother);
		assert_noop!(wallet.bind_to(id(1)), Error::<Test>::AlreadyYours);
		assert_ok!(unbind(id(1), wallet.address()));
		assert_ok!(wallet.bind_to(id(2)));
	});
}

#[test]
fn reserved_addresses_are_refused() {
	ExtBuilder.build_and_execute(|| {
		let mint = token(1, id(1), 1);
		let proof = evm(1).agree(id(1));
		let views = [
			contract(),
			Address::Evm(erc20_address(mint)),
			Address::Tvm((*erc20_address(mint).as_bytes()).into()),
			Address::Svm((*mint.as_bytes()).into()),
		];
		for address in views {
			let refused = bind(id(2), address, proof.clone());
			assert_noop!(refused, Error::<Test>::ReservedAddress);
		}
		let native = Address::Native(id(2));
		assert_noop!(bind(id(1), native, proof), Error::<Test>::NativeAddress);
	});
}

#[test]
fn an_identity_does_not_bind_its_own_wallet() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		wallet.send(1);
		assert_noop!(wallet.bind_to(wallet.identity()), Error::<Test>::AlreadyYours);
	});
}

#[test]
fn bindings_are_one_level_deep() {
	ExtBuilder.build_and_execute(|| {
		let (parent, child) = (evm(1), svm(1));
		parent.send(1);
		assert_ok!(child.bind_to(parent.identity()));
		assert_noop!(parent.bind_to(id(1)), Error::<Test>::WalletHasBindings);
		assert_ok!(unbind(parent.identity(), child.address()));
		assert_ok!(parent.bind_to(id(1)));
		assert_noop!(child.bind_to(parent.identity()), Error::<Test>::WalletIsBound);
		assert_ok!(child.bind_to(id(1)));
	});
}

#[test]
fn an_identity_binds_so_many_and_no_more() {
	ExtBuilder.build_and_execute(|| {
		for n in 0..MAX_BINDINGS {
			assert_ok!(svm(n as u8).bind_to(id(1)));
		}
		assert_noop!(svm(0xff).bind_to(id(1)), Error::<Test>::TooManyBindings);
		assert_eq!(Registry::addresses(id(1)).len(), 4 + MAX_BINDINGS as usize);
		assert_ok!(unbind(id(1), svm(0).address()));
		assert_ok!(svm(0xff).bind_to(id(1)));
	});
}

#[test]
fn the_first_binding_is_shown_and_another_can_be_chosen() {
	ExtBuilder.build_and_execute(|| {
		let shown = || Registry::address_of(id(1), VmKind::EVM).expect("has a rule");
		let choose = |who: u8, address: &Address| {
			IdComRegistry::set_primary(RuntimeOrigin::signed(account(who)), address.clone())
		};
		let derived = Address::derive(id(1), VmKind::EVM).expect("has a rule");
		let (first, second) = (evm(1).address(), evm(2).address());
		assert_ok!(evm(1).bind_to(id(1)));
		assert_ok!(evm(2).bind_to(id(1)));
		assert_eq!(shown(), first);
		for address in [&second, &derived, &first] {
			assert_ok!(choose(1, address));
			assert_eq!(shown(), *address);
			assert_eq!(Registry::do_try_state(), Ok(()));
		}
		assert_noop!(choose(2, &first), Error::<Test>::NotYours);
		assert_noop!(choose(1, &evm(3).address()), Error::<Test>::NotYours);
		assert_noop!(choose(1, &Address::Native(id(1))), Error::<Test>::NativeAddress);
		assert_ok!(unbind(id(1), first));
		assert_eq!(shown(), derived, "an address that is gone is not shown");
		let told = Shown::told();
		assert!(told.iter().all(|(who, _)| *who == id(1)));
		let told: Vec<_> = told.into_iter().map(|(_, address)| address).collect();
		assert_eq!(told, [evm(1).address(), second, derived, evm(1).address()]);
	});
}

#[test]
fn an_identity_that_came_from_a_wallet_is_still_shown_under_it() {
	ExtBuilder.build_and_execute(|| {
		let (own, other) = (evm(1), evm(2));
		let me = own.send(1);
		assert_ok!(other.bind_to(me));
		assert_eq!(Registry::address_of(me, VmKind::EVM), Some(own.address()));
		assert_eq!(Registry::resolve(&other.address()), me);
	});
}

#[test]
fn a_refused_binding_leaves_an_unseen_wallet_unseen() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		let proof = evm(2).agree(id(1));
		assert_noop!(bind(id(1), wallet.address(), proof), Error::<Test>::WrongSignature);
		assert!(!Owners::<Test>::contains_key(wallet.address()));
	});
}
