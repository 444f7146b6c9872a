// SPDX-License-Identifier: Apache-2.0
//! Keys that may act as an identity.

use frame_support::{assert_noop, assert_ok};
use unum_signature::AuthKey;
use unum_vm_engine::IdentityControl;

use super::*;
use crate::{AuthKeys, Error, Event, MAX_AUTH_KEYS};

fn ed25519(n: u8) -> AuthKey {
	let key = ed25519_dalek::SigningKey::from_bytes(&[n; 32]);
	AuthKey::Ed25519(key.verifying_key().to_bytes())
}

fn set(keys: Vec<AuthKey>) -> sp_runtime::DispatchResult {
	IdComRegistry::set_auth_keys(RuntimeOrigin::signed(account(1)), keys)
}

#[test]
fn keys_are_replaced_and_taken_away() {
	ExtBuilder.build_and_execute(|| {
		for keys in [vec![ed25519(1)], vec![ed25519(2), ed25519(3)], vec![]] {
			events();
			assert_ok!(set(keys.clone()));
			assert_eq!(IdComRegistry::auth_keys(id(1)), keys);
			let count = keys.len() as u32;
			assert_eq!(events(), [Event::AuthKeysChanged { id_com: id(1), count }]);
		}
		assert!(!AuthKeys::<Test>::contains_key(id(1)), "nothing is left behind");
	});
}

#[test]
fn what_can_not_be_a_key_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let too_many: Vec<_> = (0..=MAX_AUTH_KEYS as u8).map(ed25519).collect();
		assert_noop!(set(too_many), Error::<Test>::TooManyAuthKeys);
		assert_noop!(set(vec![ed25519(1), ed25519(1)]), Error::<Test>::AuthKeyExists);
		for invalid in [
			// The neutral element, a point of small order, and no point at all.
			AuthKey::Ed25519(core::array::from_fn(|i| u8::from(i == 0))),
			AuthKey::Ed25519([0; 32]),
			AuthKey::Secp256k1([0; 33]),
			AuthKey::Secp256k1([0xff; 33]),
		] {
			assert_noop!(set(vec![ed25519(1), invalid]), Error::<Test>::InvalidAuthKey);
		}
	});
}

#[test]
fn a_wallet_that_is_bound_loses_the_keys_of_its_old_identity() {
	use super::wallets::{evm, Wallet};
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		wallet.send(1);
		assert_ok!(IdComRegistry::set_auth_keys(
			RuntimeOrigin::signed(wallet.identity().into()),
			vec![ed25519(1)]
		));
		assert_ok!(wallet.bind_to(id(1)));
		assert_eq!(IdComRegistry::auth_keys(wallet.identity()), []);
	});
}
