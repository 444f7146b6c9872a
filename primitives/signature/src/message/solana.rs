// SPDX-License-Identifier: Apache-2.0
//! Solana: `signMessage` of the wallet standard (Phantom, Solflare, Backpack).
//!
//! These wallets sign the bytes of the text as they are, without the header of Solana's off-chain
//! message format. A hardware wallet that signs with that header alone is refused. The text of a
//! binding can be taken for no transaction: its first letter would announce 85 signatures, for which
//! none has room.

use unum_address::SvmAddress;

use crate::{schemes::ed25519, SignatureError};

/// Verifies that the wallet at `address`, which is its public key, signed `message`.
///
/// # Errors
/// As [`ed25519::verify`]; an address without a key of its own is an invalid public key.
pub fn verify(
	address: &SvmAddress,
	message: &[u8],
	signature: &[u8; 64],
) -> Result<(), SignatureError> {
	ed25519::verify(address.as_bytes(), message, signature)
}
