// SPDX-License-Identifier: Apache-2.0
//! The hashes that wallets use, over several parts.

use ripemd::{Digest, Ripemd160};
use sp_crypto_hashing::{keccak_256, sha2_256};

/// Keccak-256 over `parts`, one after the other.
pub(crate) fn keccak256(parts: &[&[u8]]) -> [u8; 32] {
	keccak_256(&parts.concat())
}

/// SHA-256 over `parts`, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
	sha2_256(&parts.concat())
}

/// Bitcoin's SHA-256 of SHA-256.
pub(crate) fn sha256d(parts: &[&[u8]]) -> [u8; 32] {
	sha2_256(&sha256(parts))
}

/// Bitcoin's RIPEMD-160 of SHA-256.
pub(crate) fn hash160(bytes: &[u8]) -> [u8; 20] {
	Ripemd160::digest(sha2_256(bytes)).into()
}

/// The tagged hash of [BIP-340]: SHA-256 over the hash of `tag`, twice, and `parts`.
///
/// [BIP-340]: https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki
pub(crate) fn bip340_tagged(tag: &str, parts: &[&[u8]]) -> [u8; 32] {
	let tag = sha2_256(tag.as_bytes());
	sha256(&[&tag, &tag, &parts.concat()])
}

/// The last 20 bytes of a hash: how a 32-byte hash becomes an address of this length.
pub(crate) fn last_20(hash: [u8; 32]) -> [u8; 20] {
	let [_, _, _, _, _, _, _, _, _, _, _, _, tail @ ..] = hash;
	tail
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn known_answers() {
		let answers = [
			// `printf abc | sha256sum`, and once more over the result.
			(
				sha256(&[b"a", b"bc"]),
				"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
			),
			(
				sha256d(&[b"hel", b"lo"]),
				"9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50",
			),
			// The empty hash of Ethereum.
			(keccak256(&[]), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
			// Message hashing in BIP-322.
			(
				bip340_tagged("BIP0322-signed-message", &[b"Hello ", b"World"]),
				"f0eb03b1a75ac6d9847f55c624a99169b5dccba2a31f5b23bea77ba270de0a7a",
			),
		];
		for (found, expected) in answers {
			assert_eq!(hex::encode(found), expected);
		}
		// The public key of BIP-143's P2WPKH example and its witness program.
		let key = "025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee6357";
		let key = hex::decode(key).expect("hexadecimal");
		assert_eq!(hex::encode(hash160(&key)), "1d0f172a0ecb48aee1be1f2687d2963ae33f71a1");
	}
}
