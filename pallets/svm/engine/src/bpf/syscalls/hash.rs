// SPDX-License-Identifier: Apache-2.0
//! Hashes, and the public key of an ECDSA signature.

use alloc::{format, vec::Vec};

use super::Call;
use crate::{
	bpf::{costs, error::SyscallError, guest::Outcome},
	SvmHost,
};

/// Which hash.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hash {
	Sha256,
	Keccak256,
	Blake3,
}

impl Hash {
	/// Its name in the log.
	const fn name(self) -> &'static str {
		match self {
			Self::Sha256 => "Sha256",
			Self::Keccak256 => "Keccak256",
			Self::Blake3 => "Blake3",
		}
	}

	fn of(self, bytes: &[u8]) -> [u8; 32] {
		match self {
			Self::Sha256 => sp_crypto_hashing::sha2_256(bytes),
			Self::Keccak256 => sp_crypto_hashing::keccak_256(bytes),
			Self::Blake3 => *blake3::hash(bytes).as_bytes(),
		}
	}
}

/// `sol_sha256` and its sisters `(slices, count, result)`: the hash of the slices, one after the other.
pub(super) fn hash<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>, hash: Hash) -> Outcome<u64> {
	let [slices, count, result, ..] = call.arguments;
	if count > costs::HASH_SLICES_MAX {
		let name = hash.name();
		let most = costs::HASH_SLICES_MAX;
		call.log(format!(
			"{name} Hashing {count} sequences in one syscall is over the limit {most}"
		));
		return Err(SyscallError::TooManySlices);
	}
	call.pay(costs::HASH_BASE)?;
	call.guest.ensure_writable(result, 32, 1)?;
	let mut input = Vec::new();
	for slice in call.guest.slices(slices, count)? {
		// Read before it is paid, as upstream; but copied after.
		call.guest.bytes(slice.address, slice.length)?;
		let half = slice.length.wrapping_shr(1);
		let cost = costs::HASH_TWO_BYTES.saturating_mul(half).max(costs::MEMORY_OPERATION);
		call.pay(cost)?;
		input.extend_from_slice(call.guest.bytes(slice.address, slice.length)?);
	}
	call.guest.write(result, &hash.of(&input), 1)?;
	Ok(0)
}

/// `sol_secp256k1_recover(hash, recovery id, signature, result)`: 64 bytes of public key, or the number of
/// what is wrong: 2 the recovery id, 3 the signature.
pub(super) fn secp256k1_recover<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	const INVALID_RECOVERY_ID: u64 = 2;
	const INVALID_SIGNATURE: u64 = 3;
	let [hash, recovery_id, signature, result, _] = call.arguments;
	call.pay(costs::SECP256K1_RECOVER)?;
	call.guest.ensure_writable(result, 64, 1)?;
	let hash = call.guest.value::<32>(hash, 1)?;
	let signature = call.guest.value::<64>(signature, 1)?;
	let recovery_id = match u8::try_from(recovery_id) {
		Ok(id @ 0..=3) => id,
		_ => return Ok(INVALID_RECOVERY_ID),
	};
	match call.context.host().recover_secp256k1(&hash, recovery_id, &signature) {
		Some(key) => {
			call.guest.write(result, &key, 1)?;
			Ok(0)
		},
		None => Ok(INVALID_SIGNATURE),
	}
}
