// SPDX-License-Identifier: Apache-2.0
//! Messages as the wallets of each chain sign them.
//!
//! | chain | what is signed | scheme |
//! |---|---|---|
//! | [`ethereum`] | [EIP-191] `personal_sign`: Keccak-256 of a prefix, the length and the text | ECDSA, `v` 27 or 28 |
//! | [`solana`] | the bytes of the text themselves | Ed25519 |
//! | [`tron`] | `signMessageV2`: as Ethereum with Tron's prefix | ECDSA, `v` 27 or 28 |
//! | [`bitcoin`] | `signmessage` for P2PKH: double SHA-256 of a prefix and the text | ECDSA with a header byte |
//! | [`bip322`] | [BIP-322] simple for P2WPKH and P2TR (key path): a virtual transaction | ECDSA in DER, Schnorr |
//!
//! [EIP-191]: https://eips.ethereum.org/EIPS/eip-191
//! [BIP-322]: https://github.com/bitcoin/bips/blob/master/bip-0322.mediawiki

pub mod bip322;
pub mod bitcoin;
pub mod ethereum;
mod script;
pub mod solana;
pub mod tron;

pub use script::ScriptKind;

use crate::{
	hash::keccak256,
	schemes::secp256k1::{recover_65, RecoveryByte},
	SignatureError,
};
use alloc::string::ToString;

/// Keccak-256 of a prefix, the length of `message` in decimal digits, and `message`: the way of
/// Ethereum that Tron took over.
fn keccak_of_message(prefix: &[u8], message: &[u8]) -> [u8; 32] {
	keccak256(&[prefix, message.len().to_string().as_bytes(), message])
}

/// The 20 bytes of the wallet that signed a message with this hash.
fn recover_address_20(hash: &[u8; 32], signature: &[u8; 65]) -> Result<[u8; 20], SignatureError> {
	recover_65(hash, signature, RecoveryByte::From27).map(|key| key.address_20())
}
