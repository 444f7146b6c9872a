// SPDX-License-Identifier: Apache-2.0
//! Signatures, recovered by the machine under the runtime, which is faster than in Wasm.

use revm::precompile::{Crypto, PrecompileHalt};
use sp_io::{crypto::secp256k1_ecdsa_recover, hashing::keccak_256};

/// revm's cryptography, with what the host has.
#[derive(Debug)]
struct HostCrypto;

impl Crypto for HostCrypto {
	/// ECRECOVER: the hash of the key that made a signature; its last 20 bytes are the address.
	fn secp256k1_ecrecover(
		&self,
		sig: &[u8; 64],
		recid: u8,
		msg: &[u8; 32],
	) -> Result<[u8; 32], PrecompileHalt> {
		let mut address = recover(msg, sig, recid)
			.map(|key| keccak_256(&key))
			.ok_or(PrecompileHalt::Secp256k1RecoverFailed)?;
		address.iter_mut().take(12).for_each(|byte| *byte = 0);
		Ok(address)
	}
}

/// Makes revm use what the host has. Idempotent.
pub(crate) fn install() {
	// The second time it is there already.
	let _ = revm::install_crypto(HostCrypto);
}

/// The key that made a signature over a hash: x and y of the point.
pub(crate) fn recover(prehash: &[u8; 32], signature: &[u8; 64], parity: u8) -> Option<[u8; 64]> {
	let mut bytes = [0; 65];
	let all = signature.iter().chain(core::iter::once(&parity));
	bytes.iter_mut().zip(all).for_each(|(to, from)| *to = *from);
	secp256k1_ecdsa_recover(&bytes, prehash).ok()
}
