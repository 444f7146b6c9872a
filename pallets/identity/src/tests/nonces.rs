// SPDX-License-Identifier: Apache-2.0
//! A transaction that was executed under one owner of a wallet is old under the next.

use frame_support::assert_ok;

use super::{
	wallets::{evm, svm, unbind, Wallet},
	*,
};

/// Whether a transaction of a wallet, signed with `signed_nonce`, could run now.
fn could_run(wallet: &dyn Wallet, signed_nonce: u32) -> bool {
	let actor = Pallet::<Test>::resolve(&wallet.address());
	signed_nonce >= nonce(actor)
}

#[test]
fn signed_as_the_wallet_then_bound_then_replayed() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		wallet.send(5);
		assert!(!could_run(&wallet, 4) && could_run(&wallet, 5));
		assert_ok!(wallet.bind_to(id(1)));
		assert!((0..5).all(|old| !could_run(&wallet, old)));
		assert_eq!(nonce(id(1)), 5);
	});
}

#[test]
fn signed_as_the_identity_then_unbound_then_replayed() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		assert_ok!(wallet.bind_to(id(1)));
		assert_eq!(wallet.send(7), id(1));
		assert_ok!(unbind(id(1), wallet.address()));
		assert!((0..7).all(|old| !could_run(&wallet, old)));
		assert_eq!(nonce(wallet.identity()), 7);
	});
}

#[test]
fn from_one_owner_to_the_next() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		for (owner, sent) in [(1, 3), (2, 2), (3, 4)] {
			let before = nonce(wallet.identity());
			assert_ok!(wallet.bind_to(id(owner)));
			wallet.send(sent);
			assert_ok!(unbind(id(owner), wallet.address()));
			assert_eq!(nonce(wallet.identity()), before + sent);
			assert!((0..nonce(wallet.identity())).all(|old| !could_run(&wallet, old)));
		}
	});
}

#[test]
fn wallets_of_one_identity_share_its_nonce() {
	ExtBuilder.build_and_execute(|| {
		let (a, b) = (evm(1), svm(1));
		a.send(2);
		b.send(9);
		assert_ok!(a.bind_to(id(1)));
		assert_ok!(b.bind_to(id(1)));
		assert_eq!(nonce(id(1)), 9);
		a.send(1);
		assert_ok!(unbind(id(1), b.address()));
		assert_eq!(nonce(b.identity()), 10);
		assert!(!could_run(&a, 9));
	});
}

#[test]
fn a_nonce_never_falls() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		send_transaction(1);
		send_transaction(1);
		assert_ok!(wallet.bind_to(id(1)));
		assert_eq!((nonce(id(1)), nonce(wallet.identity())), (2, 2));
		assert_ok!(unbind(id(1), wallet.address()));
		assert_eq!((nonce(id(1)), nonce(wallet.identity())), (2, 2));
	});
}
