// SPDX-License-Identifier: Apache-2.0
//! What the owner of a permit signs: [EIP-712] and [EIP-2612].
//!
//! [EIP-712]: https://eips.ethereum.org/EIPS/eip-712
//! [EIP-2612]: https://eips.ethereum.org/EIPS/eip-2612

use alloc::vec::Vec;
use sha3::{Digest, Keccak256};
use sp_core::{H256, U256};

use crate::{abi::Tuple, AbiAddress};

/// The version in the domain of every token.
pub const DOMAIN_VERSION: &str = "1";

/// `keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")`.
const DOMAIN_TYPE: H256 = H256([
	0x8b, 0x73, 0xc3, 0xc6, 0x9b, 0xb8, 0xfe, 0x3d, 0x51, 0x2e, 0xcc, 0x4c, 0xf7, 0x59, 0xcc, 0x79,
	0x23, 0x9f, 0x7b, 0x17, 0x9b, 0x0f, 0xfa, 0xca, 0xa9, 0xa7, 0x5d, 0x52, 0x2b, 0x39, 0x40, 0x0f,
]);

/// `keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)")`.
const PERMIT_TYPE: H256 = H256([
	0x6e, 0x71, 0xed, 0xae, 0x12, 0xb1, 0xb9, 0x7f, 0x4d, 0x1f, 0x60, 0x37, 0x0f, 0xef, 0x10, 0x10,
	0x5f, 0xa2, 0xfa, 0xae, 0x01, 0x26, 0x11, 0x4a, 0x16, 0x9c, 0x64, 0x84, 0x5d, 0x61, 0x26, 0xc9,
]);

/// The message of a permit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PermitMessage {
	/// Who approves.
	pub owner: AbiAddress,
	/// Who is approved.
	pub spender: AbiAddress,
	/// How much, in base units; 2²⁵⁶ − 1 is unlimited.
	pub value: U256,
	/// How many permits the owner has used before.
	pub nonce: u64,
	/// The last second of the Unix epoch in which the permit can be used.
	pub deadline: U256,
}

/// What separates the permits of one token on one chain from all others: the hash of the token's
/// name, [`DOMAIN_VERSION`], the chain's id and the address of the token's view.
///
/// A token that changes its name changes its domain, and permits that were signed before are void.
pub fn domain_separator(name: &str, chain_id: u64, token: AbiAddress) -> H256 {
	let separator = Tuple::of(5)
		.word(DOMAIN_TYPE)
		.word(keccak(name.as_bytes()))
		.word(keccak(DOMAIN_VERSION.as_bytes()))
		.uint(chain_id)
		.address(token);
	keccak(&separator.bytes())
}

/// The hash that the owner signs: `keccak256(0x1901 ‖ domain separator ‖ hash of the message)`.
pub fn permit_digest(domain_separator: H256, message: &PermitMessage) -> H256 {
	let mut signed: Vec<u8> = [0x19, 0x01].into();
	signed.extend_from_slice(domain_separator.as_bytes());
	signed.extend_from_slice(message_hash(message).as_bytes());
	keccak(&signed)
}

fn message_hash(message: &PermitMessage) -> H256 {
	let message = Tuple::of(6)
		.word(PERMIT_TYPE)
		.address(message.owner)
		.address(message.spender)
		.uint(message.value)
		.uint(message.nonce)
		.uint(message.deadline);
	keccak(&message.bytes())
}

pub(crate) fn keccak(bytes: &[u8]) -> H256 {
	H256(Keccak256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_types_are_the_hashes_of_their_texts() {
		let domain = "EIP712Domain(string name,string version,uint256 chainId,\
			address verifyingContract)";
		let permit = "Permit(address owner,address spender,uint256 value,uint256 nonce,\
			uint256 deadline)";
		assert_eq!(DOMAIN_TYPE, keccak(domain.as_bytes()));
		assert_eq!(PERMIT_TYPE, keccak(permit.as_bytes()));
	}
}
