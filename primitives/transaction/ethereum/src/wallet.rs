// SPDX-License-Identifier: Apache-2.0
//! A wallet for tests: an encoder of its own, which shares nothing with the decoder, and keys.

use alloc::{vec, vec::Vec};

use crate::{
	AccessList, Address, Authorization, SignedAuthorization, TransactionType, TxKind, B256, U256,
};
use alloy_rlp::{encode, Encodable, Header};
use k256::ecdsa::SigningKey;
use sp_crypto_hashing::keccak_256;

/// The chain of the tests.
pub const CHAIN: u64 = 4663;

/// The order of the curve.
pub const ORDER: U256 = U256::from_limbs([
	0xbfd2_5e8c_d036_4141,
	0xbaae_dce6_af48_a03b,
	0xffff_ffff_ffff_fffe,
	0xffff_ffff_ffff_ffff,
]);

/// The key of the tests.
pub fn key() -> SigningKey {
	key_of([0x46; 32])
}

/// The key with that number.
pub fn key_of(secret: [u8; 32]) -> SigningKey {
	SigningKey::from_slice(&secret).expect("below the order, and not zero")
}

/// The address of a key's account.
pub fn address_of(key: &SigningKey) -> Address {
	let point = key.verifying_key().to_encoded_point(false);
	Address::from_slice(&keccak_256(&point.as_bytes()[1..])[12..])
}

/// Parity, r and s.
pub fn sign_hash(key: &SigningKey, hash: &[u8; 32]) -> (bool, U256, U256) {
	let (signature, id) = key.sign_prehash_recoverable(hash).expect("a signature");
	let bytes = signature.to_bytes();
	let half = |range| U256::from_be_slice(&bytes[range]);
	(id.is_y_odd(), half(0..32), half(32..64))
}

/// A list of items that are encoded already.
pub fn list(items: &[Vec<u8>]) -> Vec<u8> {
	let payload = items.concat();
	let mut bytes = Vec::new();
	Header { list: true, payload_length: payload.len() }.encode(&mut bytes);
	bytes.extend(payload);
	bytes
}

/// What a wallet fills in.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Draft {
	pub kind: TransactionType,
	pub chain_id: u64,
	pub nonce: u64,
	pub max_priority_fee: u128,
	/// For the types without a tip, the gas price.
	pub max_fee: u128,
	pub gas_limit: u64,
	pub to: TxKind,
	pub value: U256,
	pub input: Vec<u8>,
	pub access_list: AccessList,
	pub authorizations: Vec<SignedAuthorization>,
}

/// A signed transaction, as the encoded items of its list.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Signed {
	pub kind: TransactionType,
	pub items: Vec<Vec<u8>>,
}

impl Draft {
	/// A valid transaction with something in each field that the type has.
	pub fn example(kind: TransactionType) -> Self {
		let set_code = kind == TransactionType::SetCode;
		let authorization =
			Authorization { chain_id: U256::from(CHAIN), address: [7; 20].into(), nonce: 5 };
		Self {
			kind,
			chain_id: CHAIN,
			nonce: 9,
			max_priority_fee: 1_000_000_000,
			max_fee: 20_000_000_000,
			gas_limit: 90_000,
			to: TxKind::Call([0x35; 20].into()),
			value: U256::from(10).pow(U256::from(18)),
			input: b"\x00\x01\x02\xff".to_vec(),
			access_list: access_list(&[([0x11; 20], &[[1; 32], [2; 32]]), ([0x22; 20], &[])]),
			authorizations: if set_code { vec![authorize(&key(), authorization)] } else { vec![] },
		}
	}

	fn is_legacy(&self) -> bool {
		self.kind == TransactionType::Legacy
	}

	/// The items that are signed.
	fn items(&self) -> Vec<Vec<u8>> {
		let mut items = Vec::new();
		if !self.is_legacy() {
			items.push(encode(self.chain_id));
		}
		items.push(encode(self.nonce));
		if self.kind.number() >= 2 {
			items.push(encode(self.max_priority_fee));
		}
		items.push(encode(self.max_fee));
		items.push(encode(self.gas_limit));
		items.push(encode(self.to));
		items.push(encode(self.value));
		items.push(encode(&self.input[..]));
		if !self.is_legacy() {
			items.push(encode(&self.access_list));
		}
		if self.kind == TransactionType::SetCode {
			items.push(list(&self.authorizations.iter().map(encode).collect::<Vec<_>>()));
		}
		items
	}

	fn signing_hash(&self, protected: bool) -> [u8; 32] {
		let mut items = self.items();
		if self.is_legacy() && protected {
			items.extend([encode(self.chain_id), encode(0u8), encode(0u8)]);
		}
		keccak_256(&Signed { kind: self.kind, items }.bytes())
	}

	/// Signs for the chain that is named in it.
	pub fn sign(&self, key: &SigningKey) -> Signed {
		let (parity, r, s) = sign_hash(key, &self.signing_hash(true));
		let v = match self.is_legacy() {
			true => 35 + 2 * u128::from(self.chain_id) + u128::from(parity),
			false => u128::from(parity),
		};
		self.with_signature(v, r, s)
	}

	/// A legacy transaction for all chains.
	pub fn sign_unprotected(&self, key: &SigningKey) -> Signed {
		let (parity, r, s) = sign_hash(key, &self.signing_hash(false));
		self.with_signature(27 + u128::from(parity), r, s)
	}

	/// `v` is the parity for the types other than legacy.
	pub fn with_signature(&self, v: u128, r: U256, s: U256) -> Signed {
		let mut items = self.items();
		items.extend([encode(v), encode(r), encode(s)]);
		Signed { kind: self.kind, items }
	}

	/// The other signature over the same hash: n - s, and the other parity.
	pub fn sign_with_high_s(&self, key: &SigningKey) -> Signed {
		let (parity, r, s) = sign_hash(key, &self.signing_hash(true));
		let v = match self.is_legacy() {
			true => 35 + 2 * u128::from(self.chain_id) + u128::from(!parity),
			false => u128::from(!parity),
		};
		self.with_signature(v, r, ORDER - s)
	}
}

impl Signed {
	/// What is sent.
	pub fn bytes(&self) -> Vec<u8> {
		let list = list(&self.items);
		match self.kind {
			TransactionType::Legacy => list,
			kind => [vec![kind.number()], list].concat(),
		}
	}

	/// The same transaction with other bytes for one item; its signature stays.
	pub fn replace(&self, index: usize, item: Vec<u8>) -> Vec<u8> {
		let mut copy = self.clone();
		copy.items[index] = item;
		copy.bytes()
	}
}

/// All types.
pub const TYPES: [TransactionType; 4] = [
	TransactionType::Legacy,
	TransactionType::AccessList,
	TransactionType::DynamicFee,
	TransactionType::SetCode,
];

/// An access list.
pub fn access_list(items: &[([u8; 20], &[[u8; 32]])]) -> AccessList {
	let item = |(address, keys): &([u8; 20], &[[u8; 32]])| crate::AccessListItem {
		address: (*address).into(),
		storage_keys: keys.iter().copied().map(B256::new).collect(),
	};
	AccessList(items.iter().map(item).collect())
}

/// Signs a delegation.
pub fn authorize(key: &SigningKey, authorization: Authorization) -> SignedAuthorization {
	let mut message = vec![0x05];
	authorization.encode(&mut message);
	let (parity, r, s) = sign_hash(key, &keccak_256(&message));
	SignedAuthorization::new_unchecked(authorization, parity.into(), r, s)
}
