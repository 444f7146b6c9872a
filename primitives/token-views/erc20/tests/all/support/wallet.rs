// SPDX-License-Identifier: Apache-2.0
//! Wallets that sign permits.

use k256::ecdsa::{Signature, SigningKey};
use sha3::{Digest, Keccak256};
use sp_core::H256;
use unum_erc20::{AbiAddress, PermitCall, PermitMessage};

/// A key made of one repeated byte.
pub(crate) fn key(byte: u8) -> SigningKey {
	SigningKey::from_slice(&[byte; 32]).expect("a valid scalar")
}

/// The address of a key.
pub(crate) fn address(key: &SigningKey) -> AbiAddress {
	let point = key.verifying_key().to_encoded_point(false);
	let hash: [u8; 32] = Keccak256::digest(&point.as_bytes()[1..]).into();
	AbiAddress::from(*hash.last_chunk::<20>().expect("shorter than a hash"))
}

/// `message` as a call of `permit`, signed with `key`.
pub(crate) fn sign(key: &SigningKey, domain: H256, message: &PermitMessage) -> PermitCall {
	let digest = unum_erc20::permit_digest(domain, message);
	let (signature, id): (Signature, _) =
		key.sign_prehash_recoverable(digest.as_bytes()).expect("32 bytes can be signed");
	PermitCall {
		owner: message.owner,
		spender: message.spender,
		value: message.value,
		deadline: message.deadline,
		v: 27 + id.to_byte(),
		r: H256::from_slice(&signature.r().to_bytes()),
		s: H256::from_slice(&signature.s().to_bytes()),
	}
}

/// The other signature for the same key and message, with `s` in the upper half.
pub(crate) fn twin(permit: &PermitCall) -> PermitCall {
	let s = Signature::from_scalars(permit.r.0, permit.s.0).expect("a signature");
	let s = H256::from_slice(&(-*s.s()).to_bytes());
	PermitCall { s, v: 27 + 28 - permit.v, ..permit.clone() }
}
