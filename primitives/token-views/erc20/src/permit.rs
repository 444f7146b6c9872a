// SPDX-License-Identifier: Apache-2.0
//! Who signed a permit.

use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use sp_core::H256;

use crate::{domain::keccak, AbiAddress, Erc20Error, PermitCall};

/// The address whose key signed `digest`.
///
/// # Errors
/// As OpenZeppelin's `ECDSA.recover`: [`Erc20Error::InvalidSignatureS`] where `s` is in the upper
/// half, whatever else is wrong; else [`Erc20Error::InvalidSignature`] where no key fits.
pub(crate) fn signer(digest: H256, permit: &PermitCall) -> Result<AbiAddress, Erc20Error> {
	if is_upper_half(permit.s) {
		return Err(Erc20Error::InvalidSignatureS(permit.s));
	}
	recover(digest, permit).as_ref().and_then(address).ok_or(Erc20Error::InvalidSignature)
}

/// Half of the order of secp256k1, rounded down: the largest `s` that is taken (EIP-2).
const HALF_ORDER: H256 = H256([
	0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
]);

fn is_upper_half(s: H256) -> bool {
	s > HALF_ORDER
}

fn recover(digest: H256, permit: &PermitCall) -> Option<VerifyingKey> {
	let signature = Signature::from_scalars(permit.r.0, permit.s.0).ok()?;
	VerifyingKey::recover_from_prehash(digest.as_bytes(), &signature, recovery_id(permit.v)?).ok()
}

/// The number that signatures on Ethereum carry in `v` begins at 27. Those whose `r` was reduced (29
/// and 30) do not exist there.
fn recovery_id(v: u8) -> Option<RecoveryId> {
	match v {
		27 => Some(RecoveryId::new(false, false)),
		28 => Some(RecoveryId::new(true, false)),
		_ => None,
	}
}

/// The address of a key: the last 20 bytes of the hash of its two coordinates. Never zero, which
/// stands for nobody.
fn address(key: &VerifyingKey) -> Option<AbiAddress> {
	let point = key.to_encoded_point(false);
	let hash = keccak(point.as_bytes().get(1..)?);
	let address = hash.0.last_chunk::<20>().copied().map(AbiAddress::from)?;
	Some(address).filter(|address| !address.is_zero())
}
