// SPDX-License-Identifier: Apache-2.0
//! Signed approvals.

use sp_core::{H256, U256};
use unum_erc20::{
	call, domain_separator, AbiAddress, Call, Erc20Error, Frame, PermitCall, PermitMessage,
};
use unum_vm_engine::TokenHost;

use crate::support::{
	calldata::encode,
	scene::{mint_id, token_address, Scene, TokenSpec, CHAIN_ID, KEYS, NOW},
	wallet,
};

fn domain() -> H256 {
	domain_separator(&TokenSpec::plain().name, CHAIN_ID, token_address())
}

/// The first wallet allows the second one 5, with its first permit.
fn message(scene: &Scene) -> PermitMessage {
	let [owner, spender, ..] = scene.accounts;
	PermitMessage { owner, spender, value: 5.into(), nonce: 0, deadline: NOW.into() }
}

/// The message, signed by one of the wallets.
fn signed(scene: &Scene, signer: usize) -> PermitCall {
	wallet::sign(&wallet::key(KEYS[signer]), domain(), &message(scene))
}

#[test]
fn anybody_can_hand_in_a_permit_once() {
	let mut scene = Scene::plain();
	let owner = scene.accounts[0];
	let permit = Call::Permit(signed(&scene, 0));
	assert_eq!(scene.run(2, &permit), Ok(vec![]));
	assert_eq!(scene.allowance(0, 1), 5.into());
	assert_eq!(scene.read(&Call::Nonces { owner }), 1.into());
	// With another number the message is another one, and so is the key that fits.
	let error = scene.run(2, &permit).expect_err("used up");
	assert!(matches!(error, Erc20Error::InvalidSigner { .. }), "{error}");
}

#[test]
fn only_the_owner_can_sign() {
	let mut scene = Scene::plain();
	let [owner, _, signer, ..] = scene.accounts;
	let permit = Call::Permit(signed(&scene, 2));
	scene.refuses(0, &permit, Erc20Error::InvalidSigner { signer, owner });
}

/// A wallet that is bound to an identity signs for each of its addresses.
#[test]
fn a_bound_wallet_signs_for_its_identity() {
	let mut scene = Scene::plain();
	let other = AbiAddress::from([0xaa; 20]);
	scene.host.bind(scene.space.address(other), scene.ids[0]);
	let message = PermitMessage { owner: other, ..message(&scene) };
	let permit = wallet::sign(&wallet::key(KEYS[0]), domain(), &message);
	scene.run(2, &Call::Permit(permit)).expect("the same identity");
	assert_eq!(scene.allowance(0, 1), 5.into());
}

#[test]
fn a_permit_can_be_used_in_the_second_of_its_deadline_and_no_later() {
	let mut scene = Scene::plain();
	let calldata = encode(&Call::Permit(signed(&scene, 0)));
	let late = Frame { timestamp: NOW + 1, ..scene.frame(0, &calldata) };
	let expired = Erc20Error::ExpiredSignature { deadline: NOW.into() };
	assert_eq!(call(&mut scene.host, &late), Err(expired));
	let in_time = scene.frame(0, &calldata);
	assert_eq!(call(&mut scene.host, &in_time), Ok(vec![]));
}

#[test]
fn the_twin_of_a_signature_is_refused() {
	let mut scene = Scene::plain();
	let twin = wallet::twin(&signed(&scene, 0));
	let error = Erc20Error::InvalidSignatureS(twin.s);
	scene.refuses(0, &Call::Permit(twin), error);
}

#[test]
fn only_27_and_28_name_a_key() {
	let mut scene = Scene::plain();
	let permit = signed(&scene, 0);
	for v in (0..=255).filter(|v| ![27, 28].contains(v)) {
		let permit = PermitCall { v, ..permit.clone() };
		scene.refuses(0, &Call::Permit(permit), Erc20Error::InvalidSignature);
	}
}

#[test]
fn halves_of_zero_are_no_signature() {
	let mut scene = Scene::plain();
	let permit = signed(&scene, 0);
	let zero = H256::zero();
	for permit in [PermitCall { r: zero, ..permit.clone() }, PermitCall { s: zero, ..permit }] {
		scene.refuses(0, &Call::Permit(permit), Erc20Error::InvalidSignature);
	}
}

/// Each field is part of what is signed.
#[test]
fn a_permit_with_one_field_changed_has_another_signer() {
	let mut scene = Scene::plain();
	let permit = signed(&scene, 0);
	let another = scene.accounts[2];
	for changed in [
		PermitCall { owner: another, ..permit.clone() },
		PermitCall { spender: another, ..permit.clone() },
		PermitCall { value: 6.into(), ..permit.clone() },
		PermitCall { deadline: U256::MAX, ..permit },
	] {
		let before = scene.host.clone();
		let error = scene.run(1, &Call::Permit(changed)).expect_err("not what was signed");
		assert!(matches!(error, Erc20Error::InvalidSigner { .. }), "{error}");
		assert_eq!(scene.host, before);
	}
}

/// A permit holds on one chain, and for one name of the token.
#[test]
fn a_permit_of_another_domain_has_another_signer() {
	let mut scene = Scene::plain();
	let name = TokenSpec::plain().name;
	for domain in [
		domain_separator(&name, CHAIN_ID + 1, token_address()),
		domain_separator("Unum Dollars", CHAIN_ID, token_address()),
		domain_separator(&name, CHAIN_ID, [1; 20].into()),
	] {
		let permit = wallet::sign(&wallet::key(KEYS[0]), domain, &message(&scene));
		let error = scene.run(1, &Call::Permit(permit)).expect_err("another domain");
		assert!(matches!(error, Erc20Error::InvalidSigner { .. }), "{error}");
	}
}

#[test]
fn nobody_can_be_allowed_by_a_permit_for_the_zero_address() {
	let mut scene = Scene::plain();
	let zero = AbiAddress::ZERO;
	let message = PermitMessage { spender: zero, ..message(&scene) };
	let permit = wallet::sign(&wallet::key(KEYS[0]), domain(), &message);
	scene.refuses(1, &Call::Permit(permit), Erc20Error::InvalidSpender(zero));
	let permit = PermitCall { owner: zero, ..signed(&scene, 0) };
	let error = scene.run(1, &Call::Permit(permit)).expect_err("not the owner");
	assert!(matches!(error, Erc20Error::InvalidSigner { .. }), "{error}");
}

/// A permit counts for one token alone.
#[test]
fn permits_of_a_token_are_numbered_for_it_alone() {
	let mut scene = Scene::plain();
	let permit = Call::Permit(signed(&scene, 0));
	scene.run(1, &permit).expect("signed by the owner");
	let wallet = scene.space.address(scene.accounts[0]);
	assert_eq!(scene.host.permit_nonce(mint_id(), &wallet), 1);
	assert_eq!(scene.host.permit_nonce([0x77; 32].into(), &wallet), 0);
}

/// A wallet that comes to act as another identity still counts its own permits: an old one, executed
/// before it was bound or after it was given back, does not fit again.
#[test]
fn a_permit_is_not_replayed_across_a_change_of_owner() {
	let mut scene = Scene::plain();
	let permit = Call::Permit(signed(&scene, 0));
	scene.run(2, &permit).expect("signed by the owner");
	let wallet = scene.space.address(scene.accounts[0]);
	scene.host.hand_over(wallet, [0x42; 32].into());
	let error = scene.run(2, &permit).expect_err("used up");
	assert!(matches!(error, Erc20Error::InvalidSigner { .. }), "{error}");
	assert_eq!(scene.nonce_of(0), 1);
}
