// SPDX-License-Identifier: Apache-2.0
//! Wallets that sign as those of each chain do, from a secret of 32 bytes.

use k256::{
	ecdsa::{signature::hazmat::PrehashSigner, RecoveryId, Signature, SigningKey},
	schnorr,
};
use sp_core::{bounded::BoundedVec, ed25519, Pair};
use unum_address::{Address, BtcScript};
use unum_signature::{
	message::{bip322, bitcoin, ethereum, tron},
	schemes::secp256k1::{KeyForm, PublicKey},
	BindingProof, BindingStatement,
};

/// A key of secp256k1.
pub(crate) struct BitcoinKey(SigningKey);

impl BitcoinKey {
	/// # Panics
	/// For a secret that is zero or not below the order, which is one in 2^128.
	pub(crate) fn new(secret: [u8; 32]) -> Self {
		Self(SigningKey::from_slice(&secret).expect("a scalar"))
	}

	pub(crate) fn public(&self) -> PublicKey {
		PublicKey::from_compressed(&self.compressed().try_into().expect("33 bytes"))
			.expect("a public key")
	}

	pub(crate) fn compressed(&self) -> Vec<u8> {
		self.0.verifying_key().to_encoded_point(true).as_bytes().to_vec()
	}

	pub(crate) fn uncompressed(&self) -> Vec<u8> {
		self.0.verifying_key().to_encoded_point(false).as_bytes().to_vec()
	}

	fn x_only(&self) -> [u8; 32] {
		self.compressed()[1..].try_into().expect("32 bytes")
	}

	/// `r ‖ s` and the recovery number.
	pub(crate) fn sign(&self, hash: &[u8; 32]) -> ([u8; 64], u8) {
		let (signature, id): (Signature, RecoveryId) =
			self.0.sign_prehash_recoverable(hash).expect("signs");
		(signature.to_bytes().into(), id.to_byte())
	}

	/// `r ‖ s ‖ v` with `v` counted from 27.
	pub(crate) fn sign_65(&self, hash: &[u8; 32]) -> [u8; 65] {
		let (compact, id) = self.sign(hash);
		join_65(&compact, &[27 + id])
	}

	/// `header ‖ r ‖ s`.
	pub(crate) fn sign_legacy(&self, message: &[u8], form: KeyForm) -> [u8; 65] {
		let (compact, id) = self.sign(&bitcoin::message_hash(message));
		let base = if form == KeyForm::Compressed { 31 } else { 27 };
		join_65(&[base + id], &compact)
	}

	/// The items of the witness.
	pub(crate) fn sign_bip322(&self, script: &BtcScript, message: &[u8]) -> Vec<Vec<u8>> {
		let hash = bip322::sighash(script, message).expect("a segwit script");
		if script.as_bytes()[0] == 0 {
			return vec![[self.der(&hash), vec![1]].concat(), self.compressed()];
		}
		let key = schnorr::SigningKey::from_bytes(&self.0.to_bytes()).expect("a scalar");
		let signature = key.sign_raw(&hash, &[0; 32]).expect("signs");
		vec![signature.to_bytes().to_vec()]
	}

	fn der(&self, hash: &[u8; 32]) -> Vec<u8> {
		let signature: Signature = self.0.sign_prehash(hash).expect("signs");
		signature.to_der().as_bytes().to_vec()
	}

	/// The same signature with n − s.
	pub(crate) fn high_s_der(&self, script: &BtcScript, message: &[u8]) -> Vec<u8> {
		let hash = bip322::sighash(script, message).expect("a segwit script");
		let (compact, _) = self.sign(&hash);
		let signature = Signature::from_slice(&negate_s(&compact)).expect("a signature");
		signature.to_der().as_bytes().to_vec()
	}
}

/// `r ‖ n − s`.
pub(crate) fn negate_s(compact: &[u8; 64]) -> [u8; 64] {
	let signature = Signature::from_slice(compact).expect("a signature");
	let (r, s) = signature.split_scalars();
	Signature::from_scalars(r, -s).expect("a signature").to_bytes().into()
}

pub(crate) fn join_65(a: &[u8], b: &[u8]) -> [u8; 65] {
	[a, b].concat().try_into().expect("65 bytes")
}

pub(crate) fn split_65(bytes: &[u8; 65]) -> (&[u8; 64], u8) {
	let [compact @ .., v] = bytes;
	(compact, *v)
}

fn script(parts: &[&[u8]]) -> BtcScript {
	BtcScript::new(parts.concat()).expect("short")
}

pub(crate) fn p2pkh(key: &BitcoinKey, form: KeyForm) -> BtcScript {
	script(&[&[0x76, 0xa9, 0x14], &key.public().hash160(form), &[0x88, 0xac]])
}

pub(crate) fn p2wpkh(key: &BitcoinKey) -> BtcScript {
	script(&[&[0x00, 0x14], &key.public().hash160(KeyForm::Compressed)])
}

/// With the key itself and no tree of scripts, not even an empty one.
pub(crate) fn p2tr(key: &BitcoinKey) -> BtcScript {
	script(&[&[0x51, 0x20], &key.x_only()])
}

/// Every kind of wallet that can be bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wallet {
	Evm,
	Svm,
	Tvm,
	P2pkh,
	P2pkhUncompressed,
	P2wpkh,
	P2tr,
}

impl Wallet {
	pub(crate) const ALL: [Self; 7] = [
		Self::Evm,
		Self::Svm,
		Self::Tvm,
		Self::P2pkh,
		Self::P2pkhUncompressed,
		Self::P2wpkh,
		Self::P2tr,
	];

	/// The address of the wallet with this secret.
	pub(crate) fn address(self, secret: [u8; 32]) -> Address {
		let key = BitcoinKey::new(secret);
		match self {
			Self::Evm => Address::Evm(key.public().address_20().into()),
			Self::Svm => Address::Svm(ed25519::Pair::from_seed(&secret).public().0.into()),
			Self::Tvm => Address::Tvm(key.public().address_20().into()),
			Self::P2pkh => Address::Bvm(p2pkh(&key, KeyForm::Compressed)),
			Self::P2pkhUncompressed => Address::Bvm(p2pkh(&key, KeyForm::Uncompressed)),
			Self::P2wpkh => Address::Bvm(p2wpkh(&key)),
			Self::P2tr => Address::Bvm(p2tr(&key)),
		}
	}

	/// The proof that the wallet with this secret gives for a statement, whatever it says.
	pub(crate) fn prove(self, secret: [u8; 32], statement: &BindingStatement) -> BindingProof {
		let key = BitcoinKey::new(secret);
		let text = statement.message().into_bytes();
		let legacy = |form| BindingProof::BvmLegacy { signature: key.sign_legacy(&text, form) };
		let simple =
			|script| BindingProof::Bvm322 { witness: bounded(key.sign_bip322(&script, &text)) };
		match self {
			Self::Evm => {
				BindingProof::Evm { signature: key.sign_65(&ethereum::message_hash(&text)) }
			},
			Self::Svm => {
				BindingProof::Svm { signature: ed25519::Pair::from_seed(&secret).sign(&text).0 }
			},
			Self::Tvm => BindingProof::Tvm { signature: key.sign_65(&tron::message_hash(&text)) },
			Self::P2pkh => legacy(KeyForm::Compressed),
			Self::P2pkhUncompressed => legacy(KeyForm::Uncompressed),
			Self::P2wpkh => simple(p2wpkh(&key)),
			Self::P2tr => simple(p2tr(&key)),
		}
	}
}

pub(crate) fn bounded(witness: Vec<Vec<u8>>) -> unum_signature::binding::Witness {
	let items: Vec<_> =
		witness.into_iter().map(|item| BoundedVec::try_from(item).expect("short")).collect();
	BoundedVec::try_from(items).expect("few")
}
