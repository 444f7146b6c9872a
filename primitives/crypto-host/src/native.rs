// SPDX-License-Identifier: Apache-2.0
//! The functions, as the node computes them: by revm's implementations (blst and arkworks), and by
//! light-poseidon, which Solana's validators use.

use ark_bn254::Fr;
use light_poseidon::{Poseidon, PoseidonBytesHasher};
use p256::ecdsa::{signature::hazmat::PrehashVerifier, Signature, VerifyingKey};
use revm::precompile::{
	bls12_381::{G1Point, G2Point},
	Crypto, DefaultCrypto, PrecompileHalt,
};
use std::cell::Cell;

use crate::{Bls12381G1, Bls12381G2, Bn254G1};

/// An element of BLS12-381's Fp.
type Fp = [u8; 48];

pub(crate) fn bn254_g1_add(a: &Bn254G1, b: &Bn254G1) -> Option<Bn254G1> {
	DefaultCrypto.bn254_g1_add(a, b).ok()
}

pub(crate) fn bn254_g1_mul(point: &Bn254G1, scalar: &[u8; 32]) -> Option<Bn254G1> {
	DefaultCrypto.bn254_g1_mul(point, scalar).ok()
}

pub(crate) fn bn254_pairing_check(pairs: &[u8]) -> Option<bool> {
	let (pairs, []) = pairs.as_chunks::<192>() else { return None };
	let pairs: Vec<_> = pairs.iter().map(|pair| pair.split_at(64)).collect();
	DefaultCrypto.bn254_pairing_check(&pairs).ok()
}

thread_local! {
	/// Poseidon's hashers, of 1 to 12 numbers, that this thread has made: to make one, which means hundreds
	/// of constants, takes a sixth to a half as long as it takes to hash.
	static POSEIDON: [Cell<Option<Poseidon<Fr>>>; 12] = const { [const { Cell::new(None) }; 12] };
}

pub(crate) fn bn254_poseidon(inputs: &[u8]) -> Option<[u8; 32]> {
	let (numbers, []) = inputs.as_chunks::<32>() else { return None };
	POSEIDON.with(|hashers| {
		let kept = hashers.get(numbers.len().checked_sub(1)?)?;
		let mut hasher = match kept.take() {
			Some(hasher) => hasher,
			None => Poseidon::<Fr>::new_circom(numbers.len()).ok()?,
		};
		let numbers: Vec<_> = numbers.iter().map(|number| &number[..]).collect();
		// It refuses before it begins: what is kept is always as new.
		let hash = hasher.hash_bytes_be(&numbers).ok();
		kept.set(Some(hasher));
		hash
	})
}

pub(crate) fn bls12_381_g1_add(a: &Bls12381G1, b: &Bls12381G1) -> Option<Bls12381G1> {
	DefaultCrypto.bls12_381_g1_add(g1(a)?, g1(b)?).ok()
}

pub(crate) fn bls12_381_g1_msm(terms: &[u8]) -> Option<Bls12381G1> {
	let (terms, []) = terms.as_chunks::<128>() else { return None };
	let mut terms = terms.iter().map(|term| {
		let (point, scalar) = term.split_first_chunk::<96>().ok_or(malformed())?;
		Ok((g1(point).ok_or(malformed())?, scalar.try_into().map_err(|_| malformed())?))
	});
	DefaultCrypto.bls12_381_g1_msm(&mut terms).ok()
}

pub(crate) fn bls12_381_g2_add(a: &Bls12381G2, b: &Bls12381G2) -> Option<Bls12381G2> {
	DefaultCrypto.bls12_381_g2_add(g2(a)?, g2(b)?).ok()
}

pub(crate) fn bls12_381_g2_msm(terms: &[u8]) -> Option<Bls12381G2> {
	let (terms, []) = terms.as_chunks::<224>() else { return None };
	let mut terms = terms.iter().map(|term| {
		let (point, scalar) = term.split_first_chunk::<192>().ok_or(malformed())?;
		Ok((g2(point).ok_or(malformed())?, scalar.try_into().map_err(|_| malformed())?))
	});
	DefaultCrypto.bls12_381_g2_msm(&mut terms).ok()
}

pub(crate) fn bls12_381_pairing_check(pairs: &[u8]) -> Option<bool> {
	let (pairs, []) = pairs.as_chunks::<288>() else { return None };
	let pair = |pair: &[u8; 288]| {
		let (one, other) = pair.split_first_chunk::<96>()?;
		Some((g1(one)?, g2(other.try_into().ok()?)?))
	};
	let pairs: Vec<_> = pairs.iter().map(pair).collect::<Option<_>>()?;
	DefaultCrypto.bls12_381_pairing_check(&pairs).ok()
}

pub(crate) fn bls12_381_fp_to_g1(element: &Fp) -> Option<Bls12381G1> {
	DefaultCrypto.bls12_381_fp_to_g1(element).ok()
}

pub(crate) fn bls12_381_fp2_to_g2(element: &[u8; 96]) -> Option<Bls12381G2> {
	DefaultCrypto.bls12_381_fp2_to_g2(g1(element)?).ok()
}

pub(crate) fn kzg_verify(z: &[u8; 32], y: &[u8; 32], commitment: &Fp, proof: &Fp) -> bool {
	DefaultCrypto.verify_kzg_proof(z, y, commitment, proof).is_ok()
}

pub(crate) fn secp256r1_verify(hash: &[u8; 32], signature: &[u8; 64], key: &[u8; 64]) -> bool {
	DefaultCrypto.secp256r1_verify_signature(hash, signature, key)
}

pub(crate) fn secp256r1_verify_compressed(
	hash: &[u8; 32],
	signature: &[u8; 64],
	key: &[u8; 33],
) -> Option<bool> {
	// The library knows another form of so many bytes (0x05), which nobody else does.
	let key = VerifyingKey::from_sec1_bytes(key).ok().filter(|_| matches!(key, [2 | 3, ..]))?;
	let signature = Signature::from_slice(signature);
	Some(signature.is_ok_and(|signature| key.verify_prehash(hash, &signature).is_ok()))
}

pub(crate) fn blake2_compress(rounds: u32, input: &[u8; 208], is_final: bool) -> [u8; 64] {
	let mut words = input.as_chunks::<8>().0.iter().copied().map(u64::from_le_bytes);
	let mut next = || words.next().unwrap_or_default();
	let mut state: [u64; 8] = core::array::from_fn(|_| next());
	let block: [u64; 16] = core::array::from_fn(|_| next());
	let offset = [next(), next()];
	DefaultCrypto.blake2_compress(rounds, &mut state, &block, &offset, is_final);
	let mut output = [0; 64];
	for (bytes, word) in output.as_chunks_mut::<8>().0.iter_mut().zip(state) {
		*bytes = word.to_le_bytes();
	}
	output
}

fn g1(bytes: &Bls12381G1) -> Option<G1Point> {
	let (elements, []) = bytes.as_chunks() else { return None };
	let [x, y] = elements.try_into().ok()?;
	Some((x, y))
}

fn g2(bytes: &Bls12381G2) -> Option<G2Point> {
	let (elements, []) = bytes.as_chunks() else { return None };
	let [x0, x1, y0, y1] = elements.try_into().ok()?;
	Some((x0, x1, y0, y1))
}

/// A point that is cut off: the callers' types rule it out.
const fn malformed() -> PrecompileHalt {
	PrecompileHalt::Bls12381G1NotOnCurve
}
