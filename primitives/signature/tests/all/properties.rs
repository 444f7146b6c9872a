// SPDX-License-Identifier: Apache-2.0
//! What holds for every key, statement and proof.

use codec::{Decode, Encode};
use proptest::prelude::*;
use sp_core::ecdsa;
use unum_address::{Address, BtcScript};
use unum_id_com::IdCom;
use unum_signature::{
	message::bip322,
	schemes::{
		ed25519, ml_dsa_44, schnorr,
		secp256k1::{
			recover_65, verify, EcdsaSignature, KeyForm, PublicKey, RecoveryByte, RecoveryId,
		},
		sr25519,
	},
	verify_binding, AuthKey, AuthSignature, BindingProof, BindingStatement,
};

use crate::{
	keys::signed,
	wallets::{p2pkh, p2tr, p2wpkh, BitcoinKey, Wallet},
};

/// 32 bytes that are a scalar of every curve: below 2^248.
fn secret() -> impl Strategy<Value = [u8; 32]> {
	any::<[u8; 31]>().prop_map(|tail| {
		let mut bytes = [0; 32];
		bytes[1..].copy_from_slice(&tail);
		bytes[31] |= 1;
		bytes
	})
}

fn wallet() -> impl Strategy<Value = Wallet> {
	prop::sample::select(&Wallet::ALL[..])
}

fn any_address() -> impl Strategy<Value = Address> {
	let script = prop::collection::vec(any::<u8>(), 0..60);
	let standard = (secret(), 0..4usize).prop_map(|(secret, kind)| {
		let key = BitcoinKey::new(secret);
		match kind {
			0 => p2pkh(&key, KeyForm::Compressed),
			1 => p2wpkh(&key),
			2 => p2tr(&key),
			_ => p2pkh(&key, KeyForm::Uncompressed),
		}
	});
	let random = script.prop_map(|bytes| BtcScript::new(bytes).expect("short"));
	prop_oneof![
		any::<[u8; 32]>().prop_map(|bytes| Address::Native(bytes.into())),
		any::<[u8; 20]>().prop_map(|bytes| Address::Evm(bytes.into())),
		any::<[u8; 32]>().prop_map(|bytes| Address::Svm(bytes.into())),
		any::<[u8; 20]>().prop_map(|bytes| Address::Tvm(bytes.into())),
		standard.prop_map(Address::Bvm),
		random.prop_map(Address::Bvm),
	]
}

fn any_statement() -> impl Strategy<Value = BindingStatement> {
	(any::<[u8; 32]>(), any::<[u8; 32]>(), any_address(), any::<u64>()).prop_map(
		|(genesis, id, address, nonce)| BindingStatement {
			genesis,
			id_com: IdCom::from(id),
			address,
			nonce,
		},
	)
}

/// Flips one bit.
fn flip(bytes: &mut [u8], bit: prop::sample::Index) {
	let bit = bit.index(bytes.len() * 8);
	bytes[bit / 8] ^= 1 << (bit % 8);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn a_wallet_binds_itself(
		wallet in wallet(), secret in secret(), genesis: [u8; 32], id: [u8; 32], nonce: u64,
	) {
		let statement = BindingStatement {
			genesis, id_com: id.into(), address: wallet.address(secret), nonce,
		};
		prop_assert_eq!(verify_binding(&statement, &wallet.prove(secret, &statement)), Ok(()));
	}

	#[test]
	fn a_flipped_bit_of_a_proof_is_refused(
		wallet in wallet(), secret in secret(), nonce: u64, bit: prop::sample::Index,
	) {
		let statement = BindingStatement {
			genesis: [1; 32], id_com: [2; 32].into(), address: wallet.address(secret), nonce,
		};
		let mut bytes = wallet.prove(secret, &statement).encode();
		flip(&mut bytes, bit);
		// A bit of the number or of a length may leave nothing that decodes.
		if let Ok(proof) = BindingProof::decode(&mut &bytes[..]) {
			prop_assert!(verify_binding(&statement, &proof).is_err());
		}
	}

	#[test]
	fn a_flipped_bit_of_a_statement_is_refused(
		wallet in wallet(), secret in secret(), id: [u8; 32], nonce: u64,
		field in 0..4, bit: prop::sample::Index,
	) {
		let signed = BindingStatement {
			genesis: [1; 32], id_com: id.into(), address: wallet.address(secret), nonce,
		};
		let proof = wallet.prove(secret, &signed);
		let mut statement = signed;
		match field {
			0 => flip(&mut statement.genesis, bit),
			1 => {
				let mut id = id;
				flip(&mut id, bit);
				statement.id_com = id.into();
			},
			2 => statement.nonce ^= 1 << bit.index(64),
			_ => {
				let mut bytes = statement.address.encode();
				flip(&mut bytes, bit);
				let Ok(address) = Address::decode(&mut &bytes[..]) else { return Ok(()) };
				statement.address = address;
			},
		}
		prop_assert!(verify_binding(&statement, &proof).is_err());
	}

	#[test]
	fn a_flipped_bit_of_a_key_a_message_or_a_signature_is_refused(
		seed: [u8; 32], message in prop::collection::vec(any::<u8>(), 1..80),
		bit: prop::sample::Index, part in 0..3,
	) {
		for (key, signature) in signed(seed, &message) {
			prop_assert_eq!(key.verify(&message, &signature), Ok(()));
			let (mut key_bytes, mut text, mut bytes) =
				(key.encode(), message.clone(), signature.encode());
			match part {
				0 => flip(&mut key_bytes, bit),
				1 => flip(&mut text, bit),
				_ => flip(&mut bytes, bit),
			}
			let Ok(key) = AuthKey::decode(&mut &key_bytes[..]) else { continue };
			let Ok(signature) = AuthSignature::decode(&mut &bytes[..]) else { continue };
			prop_assert!(key.verify(&text, &signature).is_err());
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn a_text_is_ascii_in_lines_of_its_own(statement in any_statement()) {
		let text = statement.message();
		prop_assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)));
		let lines: Vec<&str> = text.split('\n').collect();
		prop_assert_eq!(lines.len(), 9);
		let value = |line: usize, name: &str| lines[line].strip_prefix(name).map(str::to_owned);
		prop_assert_eq!(value(4, "Chain: 0x"), Some(hex::encode(statement.genesis)));
		prop_assert_eq!(value(5, "Identity: "), Some(statement.id_com.to_string()));
		prop_assert_eq!(value(6, "VM: "), Some(statement.address.vm().to_string()));
		let address = value(7, "Address: ").expect("an address");
		prop_assert_eq!(Address::parse(statement.address.vm(), &address), Ok(statement.address));
		prop_assert_eq!(value(8, "Nonce: "), Some(statement.nonce.to_string()));
	}

	#[test]
	fn random_proofs_neither_hold_nor_panic(statement in any_statement(), bytes: [u8; 170]) {
		for number in 1..=5 {
			let bytes = [&[number][..], &bytes].concat();
			if let Ok(proof) = BindingProof::decode(&mut &bytes[..]) {
				prop_assert!(verify_binding(&statement, &proof).is_err());
			}
		}
	}

	#[test]
	fn random_bytes_are_no_signature(
		key: [u8; 32], message: Vec<u8>, signature: [u8; 64], v: u8,
		witness in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..4),
	) {
		prop_assert!(ed25519::verify(&key, &message, &signature).is_err());
		prop_assert!(sr25519::verify(&key, &message, &signature).is_err());
		prop_assert!(schnorr::verify(&key, &message, &signature).is_err());
		let _ = EcdsaSignature::from_der(&signature);
		let _ = RecoveryId::from_bits(v);
		let items: Vec<&[u8]> = witness.iter().map(Vec::as_slice).collect();
		for script in [&[0x00, 0x14][..], &[0x51, 0x20]] {
			let length = usize::from(script[1]);
			let script = BtcScript::new([script, &key[..length]].concat()).expect("short");
			prop_assert!(bip322::verify(&script, &message, &items).is_err());
		}
	}

	/// Against libsecp256k1, by way of Substrate: what is recovered here is recovered there, and what
	/// is not recovered here is so because of one of the two stricter rules or there neither.
	#[test]
	fn recovery_agrees_with_libsecp256k1(
		hash: [u8; 32], secret in secret(), random: [u8; 64], v in 0u8..2, genuine: bool,
	) {
		let (compact, id) = match genuine {
			true => BitcoinKey::new(secret).sign(&hash),
			false => (random, v),
		};
		let bytes = [&compact[..], &[id]].concat().try_into().expect("65 bytes");
		let ours = recover_65(&hash, &bytes, RecoveryByte::FromZero).map(|key| key.to_compressed());
		let theirs = ecdsa::Signature::from_raw(bytes).recover_prehashed(&hash).map(|key| key.0);
		match EcdsaSignature::from_compact(&compact) {
			Ok(_) => prop_assert_eq!(ours.ok(), theirs),
			Err(error) => prop_assert_eq!(ours, Err(error)),
		}
		prop_assert!(!genuine || theirs == Some(BitcoinKey::new(secret).public().to_compressed()));
	}

	#[test]
	fn der_and_compact_form_are_the_same_signature(hash: [u8; 32], secret in secret()) {
		let key = BitcoinKey::new(secret);
		let (compact, _) = key.sign(&hash);
		let signature = EcdsaSignature::from_compact(&compact).expect("a signature");
		let der = k256::ecdsa::Signature::from_slice(&compact).expect("a signature").to_der();
		prop_assert_eq!(EcdsaSignature::from_der(der.as_bytes()), Ok(signature));
		prop_assert_eq!(verify(&key.public(), &hash, &signature), Ok(()));
		let other = PublicKey::from_compressed(&BitcoinKey::new([9; 32]).public().to_compressed());
		prop_assert!(verify(&other.expect("a key"), &hash, &signature).is_err());
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn random_bytes_are_no_ml_dsa_signature(
		key in prop::collection::vec(any::<u8>(), 1312), signature: [u8; 32], message: Vec<u8>,
	) {
		// The hint at the end is all zero, so that the bytes decode.
		let mut bytes = vec![0; ml_dsa_44::SIGNATURE_BYTES];
		bytes[..32].copy_from_slice(&signature);
		prop_assert!(ml_dsa_44::verify(&key, &message, b"", &bytes).is_err());
	}
}
