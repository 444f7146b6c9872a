// SPDX-License-Identifier: Apache-2.0
//! Cryptography by the machine under the runtime, which is several times as fast as in Wasm.

use alloc::vec::Vec;

use revm::precompile::{
	bls12_381::{G1Point, G1PointScalar, G2Point, G2PointScalar},
	Crypto, PrecompileHalt,
};
use sp_io::{
	crypto::secp256k1_ecdsa_recover,
	hashing::{keccak_256, sha2_256},
};
use unum_crypto_host::contract_crypto as host;

/// revm's cryptography, with what the host has. What is missing here (RIPEMD-160, MODEXP) runs in Wasm
/// and is fast enough there for its gas.
#[derive(Debug)]
pub(crate) struct HostCrypto;

impl Crypto for HostCrypto {
	fn sha256(&self, input: &[u8]) -> [u8; 32] {
		sha2_256(input)
	}

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

	fn bn254_g1_add(&self, p1: &[u8], p2: &[u8]) -> Result<[u8; 64], PrecompileHalt> {
		let (p1, p2) = (sized(p1, BN254)?, sized(p2, BN254)?);
		host::bn254_g1_add(p1, p2).ok_or(BN254)
	}

	fn bn254_g1_mul(&self, point: &[u8], scalar: &[u8]) -> Result<[u8; 64], PrecompileHalt> {
		let (point, scalar) = (sized(point, BN254)?, sized(scalar, BN254)?);
		host::bn254_g1_mul(point, scalar).ok_or(BN254)
	}

	fn bn254_pairing_check(&self, pairs: &[(&[u8], &[u8])]) -> Result<bool, PrecompileHalt> {
		let pairs = pairs.iter().flat_map(|(g1, g2)| g1.iter().chain(*g2)).copied();
		host::bn254_pairing_check(&pairs.collect::<Vec<_>>()).ok_or(BN254)
	}

	fn blake2_compress(&self, rounds: u32, h: &mut [u64; 8], m: &[u64; 16], t: &[u64; 2], f: bool) {
		let mut input = [0; 208];
		let words = h.iter().chain(m).chain(t);
		for (bytes, word) in input.as_chunks_mut().0.iter_mut().zip(words) {
			*bytes = word.to_le_bytes();
		}
		let output = host::blake2_compress(rounds, &input, f);
		for (word, bytes) in h.iter_mut().zip(output.as_chunks().0) {
			*word = u64::from_le_bytes(*bytes);
		}
	}

	fn secp256r1_verify_signature(&self, msg: &[u8; 32], sig: &[u8; 64], pk: &[u8; 64]) -> bool {
		host::secp256r1_verify(msg, sig, pk)
	}

	fn verify_kzg_proof(
		&self,
		z: &[u8; 32],
		y: &[u8; 32],
		commitment: &[u8; 48],
		proof: &[u8; 48],
	) -> Result<(), PrecompileHalt> {
		let is_valid = host::kzg_verify(z, y, commitment, proof);
		is_valid.then_some(()).ok_or(PrecompileHalt::BlobVerifyKzgProofFailed)
	}

	fn bls12_381_g1_add(&self, a: G1Point, b: G1Point) -> Result<[u8; 96], PrecompileHalt> {
		host::bls12_381_g1_add(&g1(a), &g1(b)).ok_or(BLS_G1)
	}

	fn bls12_381_g1_msm(
		&self,
		pairs: &mut dyn Iterator<Item = Result<G1PointScalar, PrecompileHalt>>,
	) -> Result<[u8; 96], PrecompileHalt> {
		let mut terms = Vec::new();
		for pair in pairs {
			let (point, scalar) = pair?;
			terms.extend(g1(point).iter().chain(&scalar));
		}
		host::bls12_381_g1_msm(&terms).ok_or(BLS_G1)
	}

	fn bls12_381_g2_add(&self, a: G2Point, b: G2Point) -> Result<[u8; 192], PrecompileHalt> {
		host::bls12_381_g2_add(&g2(a), &g2(b)).ok_or(BLS_G2)
	}

	fn bls12_381_g2_msm(
		&self,
		pairs: &mut dyn Iterator<Item = Result<G2PointScalar, PrecompileHalt>>,
	) -> Result<[u8; 192], PrecompileHalt> {
		let mut terms = Vec::new();
		for pair in pairs {
			let (point, scalar) = pair?;
			terms.extend(g2(point).iter().chain(&scalar));
		}
		host::bls12_381_g2_msm(&terms).ok_or(BLS_G2)
	}

	fn bls12_381_pairing_check(
		&self,
		pairs: &[(G1Point, G2Point)],
	) -> Result<bool, PrecompileHalt> {
		let mut bytes = Vec::new();
		for (one, other) in pairs {
			bytes.extend(g1(*one).iter().chain(&g2(*other)));
		}
		host::bls12_381_pairing_check(&bytes).ok_or(BLS_G1)
	}

	fn bls12_381_fp_to_g1(&self, fp: &[u8; 48]) -> Result<[u8; 96], PrecompileHalt> {
		host::bls12_381_fp_to_g1(fp).ok_or(BLS_G1)
	}

	fn bls12_381_fp2_to_g2(&self, fp2: ([u8; 48], [u8; 48])) -> Result<[u8; 192], PrecompileHalt> {
		host::bls12_381_fp2_to_g2(&g1(fp2)).ok_or(BLS_G2)
	}
}

/// What is said of an input that the host refuses. It knows more reasons (an element that is no
/// element, a point outside the group), and none of them can be told apart by a contract.
const BN254: PrecompileHalt = PrecompileHalt::Bn254AffineGFailedToCreate;
const BLS_G1: PrecompileHalt = PrecompileHalt::Bls12381G1NotOnCurve;
const BLS_G2: PrecompileHalt = PrecompileHalt::Bls12381G2NotOnCurve;

fn sized<const N: usize>(bytes: &[u8], halt: PrecompileHalt) -> Result<&[u8; N], PrecompileHalt> {
	bytes.try_into().map_err(|_| halt)
}

fn g1((x, y): G1Point) -> [u8; 96] {
	let mut bytes = [0; 96];
	join(&mut bytes, [x, y]);
	bytes
}

fn g2((x0, x1, y0, y1): G2Point) -> [u8; 192] {
	let mut bytes = [0; 192];
	join(&mut bytes, [x0, x1, y0, y1]);
	bytes
}

fn join<const N: usize>(bytes: &mut [u8], elements: [[u8; 48]; N]) {
	for (to, from) in bytes.as_chunks_mut().0.iter_mut().zip(elements) {
		*to = from;
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
