// SPDX-License-Identifier: Apache-2.0
//! Tron: `signMessageV2` of TronWeb and TronLink ([TIP-191], with the length in decimal digits).
//!
//! [TIP-191]: https://github.com/tronprotocol/tips/blob/master/tip-191.md

use unum_address::TronAddress;

use super::{keccak_of_message, recover_address_20};
use crate::SignatureError;

const PREFIX: &[u8] = b"\x19TRON Signed Message:\n";

/// The hash that a wallet signs for `message`.
pub fn message_hash(message: &[u8]) -> [u8; 32] {
	keccak_of_message(PREFIX, message)
}

/// The wallet that made `signature`, `r ‖ s ‖ v` with `v` 27 or 28, over `message`.
///
/// # Errors
/// As [`recover_65`](crate::schemes::secp256k1::recover_65).
pub fn recover_signer(message: &[u8], signature: &[u8; 65]) -> Result<TronAddress, SignatureError> {
	recover_address_20(&message_hash(message), signature).map(TronAddress::from)
}
