// SPDX-License-Identifier: Apache-2.0
//! Proofs of identity and multisigs, as contracts ask for them.

use super::{
	precompiles::{ask, precompile, refuses},
	*,
};
use alloy_sol_types::{sol, SolCall};
use codec::Encode;
use ed25519_dalek::{Signer, SigningKey};
use proptest::prelude::*;
use sp_core::H256;
use unum_ethereum_transaction::wallet::{address_of as wallet_address, key_of, sign_hash};
use unum_evm_engine::limits::SIGNATURE_GAS;
use unum_signature::{AuthKey, AuthSignature};
use unum_vm_engine::IdentityControl;

sol!("solidity/IIdentity.sol");
sol!("solidity/IZkAce.sol");
sol!("solidity/IMultisig.sol");

/// `true`, as the ABI has it.
fn yes() -> H256 {
	H256::from_low_u64_be(1)
}

const DIGEST: [u8; 32] = [0xd1; 32];
const SECRET: [u8; 32] = [0x46; 32];

fn shows(id: [u8; 32], proof: Vec<u8>) -> bool {
	let call = IIdentity::verifyCall { idCom: id.into(), proof: proof.into() }.abi_encode();
	assert_ne!(call.len(), 160, "that would be P256VERIFY");
	let answer = ask(0, call)[0];
	assert!(answer == yes() || answer.is_zero(), "{answer:?} is no bool");
	answer == yes()
}

fn wallet_signature(digest: &[u8; 32]) -> Vec<u8> {
	let (parity, r, s) = sign_hash(&key_of(SECRET), digest);
	let v = 27 + u8::from(parity);
	[&[0][..], &r.to_be_bytes::<32>(), &s.to_be_bytes::<32>(), &[v]].concat()
}

fn wallet_id() -> [u8; 32] {
	*id_of(H160(wallet_address(&key_of(SECRET)).into_array())).as_bytes()
}

fn key_signature(key: &SigningKey, digest: &[u8; 32]) -> Vec<u8> {
	let public = AuthKey::Ed25519(key.verifying_key().to_bytes());
	let signature = AuthSignature::Ed25519(key.sign(digest).to_bytes());
	[vec![1], (public, signature).encode()].concat()
}

fn signed(signature: Vec<u8>) -> Vec<u8> {
	[vec![1], DIGEST.to_vec(), signature].concat()
}

#[test]
fn an_address_opens_its_binding() {
	with_chain(|| {
		let opening = |vm: u8, address: &[u8]| [&[0, vm][..], address].concat();
		let alice = address_of(ALICE);
		assert!(shows(ALICE, opening(1, &alice.0)));
		assert!(!shows(BOB, opening(1, &alice.0)), "another identity");
		assert!(!shows(ALICE, opening(1, &alice.0[1..])), "no address");
		assert!(!shows(ALICE, opening(4, &alice.0)), "another VM");
		let Some(Address::Svm(key)) = IdCom::address_of(Id::from(ALICE), VmKind::SVM) else {
			panic!("every identity has one")
		};
		assert!(shows(ALICE, opening(2, &<[u8; 32]>::from(key))));
	});
}

#[test]
fn a_wallet_or_a_key_signs_for_its_identity() {
	with_chain(|| {
		assert!(shows(wallet_id(), signed(wallet_signature(&DIGEST))));
		assert!(!shows(ALICE, signed(wallet_signature(&DIGEST))), "another's wallet");
		assert!(!shows(wallet_id(), signed(wallet_signature(&[0xd2; 32]))), "another digest");

		let key = SigningKey::from_bytes(&[9; 32]);
		let by_key = || signed(key_signature(&key, &DIGEST));
		assert!(!shows(ALICE, by_key()), "not yet her key");
		assert!(shows(key.verifying_key().to_bytes(), by_key()), "the identity that is the key");
		let known = AuthKey::Ed25519(key.verifying_key().to_bytes());
		<IdCom as IdentityControl>::set_auth_keys(Id::from(ALICE), vec![known]).unwrap();
		assert!(shows(ALICE, by_key()));
		assert!(!shows(ALICE, [by_key(), vec![0]].concat()), "trailing bytes");
	});
}

#[test]
fn what_shows_nothing_is_false() {
	with_chain(|| {
		for proof in [vec![], vec![0], vec![1], vec![1; 20], vec![2; 200], vec![9, 9]] {
			assert!(!shows(ALICE, proof));
		}
		let batch = IZkAce::verifyBatchCall { idComs: vec![ALICE.into()], proofs: vec![] };
		assert_eq!(ask(3, batch.abi_encode())[0], H256::zero());
		let wrong = "execution reverted: the calldata does not fit the interface";
		assert_eq!(refuses(3, vec![1]), wrong);
		let selector = IIdentity::verifyCall::SELECTOR.to_vec();
		assert_eq!(refuses(0, selector), wrong);
		// Anything else at 0x0100 is P256VERIFY's, which answers with nothing.
		let receipt = submit(BOB, call(precompile(0), 0, vec![1, 2, 3]));
		assert_eq!(receipt.status, ReceiptStatus::Success);
	});
}

fn derive(threshold: u16, members: &[[u8; 32]]) -> Vec<u8> {
	let ids = members.iter().map(|member| (*member).into()).collect();
	IMultisig::deriveCall { threshold, idComs: ids }.abi_encode()
}

#[test]
fn a_multisig_is_the_account_of_the_multisig_pallet() {
	with_chain(|| {
		// What polkadot.js's createKeyMulti gives for these members: see the test of the same name in
		// the runtime, which asks the pallet.
		let expected =
			(b"modlpy/utilisuba", vec![ALICE, BOB], 2u16).using_encoded(sp_io::hashing::blake2_256);
		assert_eq!(ask(4, derive(2, &[ALICE, BOB]))[0].0, expected);
		assert_eq!(ask(4, derive(2, &[BOB, ALICE]))[0].0, expected, "in any order");
		for (data, words) in [
			(derive(1, &[ALICE]), "a multisig has 2 to 100 members"),
			(derive(1, &[[7; 32]; 101]), "a multisig has 2 to 100 members"),
			(derive(0, &[ALICE, BOB]), "the threshold is from 1 to the number of members"),
			(derive(3, &[ALICE, BOB]), "the threshold is from 1 to the number of members"),
			(derive(1, &[ALICE, ALICE]), "a member is named twice"),
		] {
			assert_eq!(refuses(4, data), format!("execution reverted: {words}"));
		}
	});
}

#[test]
fn a_multisig_agrees_when_enough_members_have_signed() {
	with_chain(|| {
		let key = SigningKey::from_bytes(&[9; 32]);
		let members = [wallet_id(), key.verifying_key().to_bytes(), ALICE];
		let multisig = ask(4, derive(2, &members))[0].0;
		let agrees = |signatures: [Vec<u8>; 3], threshold| {
			let call = IMultisig::verifyCall {
				multisig: multisig.into(),
				digest: DIGEST.into(),
				threshold,
				idComs: members.iter().map(|member| (*member).into()).collect(),
				signatures: signatures.into_iter().map(Into::into).collect(),
			};
			ask(5, call.abi_encode())[0] == yes()
		};
		let (wallet, by_key) = (wallet_signature(&DIGEST), key_signature(&key, &DIGEST));
		assert!(agrees([wallet.clone(), by_key.clone(), vec![]], 2));
		assert!(!agrees([wallet.clone(), vec![], vec![]], 2), "one is too few");
		assert!(!agrees([wallet.clone(), wallet.clone(), wallet.clone()], 2), "one signs for one");
		assert!(!agrees([wallet.clone(), key_signature(&key, &[0; 32]), vec![]], 2));
		assert!(!agrees([wallet, by_key, vec![]], 1), "another multisig");
	});
}

#[test]
fn signatures_are_paid_for_before_they_are_verified() {
	with_chain(|| {
		let proof = signed(wallet_signature(&DIGEST));
		let call_data =
			IIdentity::verifyCall { idCom: wallet_id().into(), proof: proof.into() }.abi_encode();
		let gas_limit = 21_000 + SIGNATURE_GAS;
		let to = precompile(0);
		let operation = EvmOperation::EvmCall { to, value: 0.into(), gas_limit, data: call_data };
		let receipt = submit(BOB, operation);
		assert_eq!(receipt.status, ReceiptStatus::Halted);
	});
}

/// Arguments that overlap are small to send and large to read.
#[test]
fn arguments_that_overlap_are_refused() {
	with_chain(|| {
		let blob = vec![7; 64];
		let call = IZkAce::verifyBatchCall {
			idComs: vec![],
			proofs: vec![blob.clone().into(), blob.into()],
		};
		let honest = call.abi_encode();
		assert_eq!(ask(3, honest.clone())[0], H256::zero());
		// Both offsets of the list lead to the first proof.
		let mut overlapping = honest;
		let offsets = 4 + 3 * 32 + 32;
		overlapping.copy_within(offsets..offsets + 32, offsets + 32);
		let wrong = "execution reverted: the calldata does not fit the interface";
		assert_eq!(refuses(3, overlapping), wrong);
	});
}

/// The selectors of all functions of the chain's own precompiles.
fn selectors() -> Vec<[u8; 4]> {
	use super::precompiles::{IAddressBook, IAuthKeys, IContext, ICrossVm};
	[
		IIdentity::IIdentityCalls::SELECTORS,
		IZkAce::IZkAceCalls::SELECTORS,
		IMultisig::IMultisigCalls::SELECTORS,
		IContext::IContextCalls::SELECTORS,
		IAuthKeys::IAuthKeysCalls::SELECTORS,
		ICrossVm::ICrossVmCalls::SELECTORS,
		IAddressBook::IAddressBookCalls::SELECTORS,
	]
	.concat()
}

/// Words that offsets and lengths of an ABI are made of, and some that are none.
fn abi_word() -> impl Strategy<Value = [u8; 32]> {
	let small = (0u8..=96).prop_map(|n| {
		let mut word = [0; 32];
		word[31] = n;
		word
	});
	prop_oneof![3 => small, 1 => any::<[u8; 32]>(), 1 => Just([0xff; 32])]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Whatever the calldata, a precompile answers, reverts or runs out of gas: no fault, no panic.
	#[test]
	fn no_calldata_breaks_a_precompile(
		calls in prop::collection::vec(
			(0u8..=8, 0usize..32, prop::collection::vec(abi_word(), 0..12), 0usize..32),
			1..16,
		),
	) {
		with_chain(|| {
			let selectors = selectors();
			for (last, selector, words, cut) in calls {
				let mut data = selectors[selector % selectors.len()].to_vec();
				data.extend(words.concat());
				data.truncate(data.len().saturating_sub(cut));
				let receipt = submit(BOB, call(precompile(last), 0, data));
				prop_assert_ne!(receipt.status, ReceiptStatus::FeesOnly);
			}
			Ok(())
		})?;
	}
}
