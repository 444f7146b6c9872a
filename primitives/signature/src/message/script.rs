// SPDX-License-Identifier: Apache-2.0
//! The output scripts for which messages can be signed.

use unum_address::BtcScript;

use crate::SignatureError;

/// What an output script of a known kind pays to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScriptKind {
	/// `OP_DUP OP_HASH160 <20 bytes> OP_EQUALVERIFY OP_CHECKSIG`: the hash of a key.
	P2pkh([u8; 20]),
	/// `OP_0 <20 bytes>`: the hash of a compressed key ([BIP-141]).
	///
	/// [BIP-141]: https://github.com/bitcoin/bips/blob/master/bip-0141.mediawiki
	P2wpkh([u8; 20]),
	/// `OP_1 <32 bytes>`: the x coordinate of a key ([BIP-341]).
	///
	/// [BIP-341]: https://github.com/bitcoin/bips/blob/master/bip-0341.mediawiki
	P2tr([u8; 32]),
}

impl ScriptKind {
	/// Reads the script.
	///
	/// # Errors
	/// [`SignatureError::UnsupportedScript`] for a script of any other kind.
	pub fn of(script: &BtcScript) -> Result<Self, SignatureError> {
		let kind = match script.as_bytes() {
			[0x76, 0xa9, 0x14, hash @ .., 0x88, 0xac] => hash.try_into().map(Self::P2pkh),
			[0x00, 0x14, program @ ..] => program.try_into().map(Self::P2wpkh),
			[0x51, 0x20, program @ ..] => program.try_into().map(Self::P2tr),
			_ => return Err(SignatureError::UnsupportedScript),
		};
		kind.map_err(|_| SignatureError::UnsupportedScript)
	}
}
