// SPDX-License-Identifier: Apache-2.0
//! Ethereum: `personal_sign`, version 0x45 of [EIP-191].
//!
//! [EIP-191]: https://eips.ethereum.org/EIPS/eip-191

use unum_address::EvmAddress;

use super::{keccak_of_message, recover_address_20};
use crate::SignatureError;

const PREFIX: &[u8] = b"\x19Ethereum Signed Message:\n";

/// The hash that a wallet signs for `message`.
pub fn message_hash(message: &[u8]) -> [u8; 32] {
	keccak_of_message(PREFIX, message)
}

/// The wallet that made `signature`, `r ‖ s ‖ v` with `v` 27 or 28, over `message`.
///
/// # Errors
/// As [`recover_65`](crate::schemes::secp256k1::recover_65).
pub fn recover_signer(message: &[u8], signature: &[u8; 65]) -> Result<EvmAddress, SignatureError> {
	recover_address_20(&message_hash(message), signature).map(EvmAddress::from)
}
