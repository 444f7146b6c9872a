// SPDX-License-Identifier: Apache-2.0
//! Host functions for the cryptography that contracts ask for.
//!
//! Pairings, sums of points and signatures take five to eight times as long in Wasm as natively (`make bench`,
//! `evm_gas`), and contracts of several virtual machines ask for the same ones. So the node computes
//! them, with the implementations that Ethereum's clients use, and the runtime decides what they cost
//! and how their input and output are encoded for contracts.
//!
//! These functions belong to what a node and a runtime agree on: a version that stands here is never
//! changed, only followed by the next. All are pure functions of their input. Numbers are big-endian;
//! a point is its coordinates, and the point at infinity is zeros.
//!
//! | group | point of G1 | point of G2 |
//! |---|---|---|
//! | BN254 ([EIP-196], [EIP-197]) | x, y: 64 bytes | x, y, each with its imaginary part first: 128 |
//! | BLS12-381 ([EIP-2537], without the padding) | x, y: 96 bytes | x, y, each with its real part first: 192 |
//!
//! [EIP-196]: https://eips.ethereum.org/EIPS/eip-196
//! [EIP-197]: https://eips.ethereum.org/EIPS/eip-197
//! [EIP-2537]: https://eips.ethereum.org/EIPS/eip-2537

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "std")]
mod native;

use sp_runtime_interface::{
	pass_by::{
		AllocateAndReturnByCodec, AllocateAndReturnPointer, PassFatPointerAndRead,
		PassPointerAndRead,
	},
	runtime_interface,
};

/// A point of BN254's G1.
pub type Bn254G1 = [u8; 64];
/// A point of BLS12-381's G1.
pub type Bls12381G1 = [u8; 96];
/// A point of BLS12-381's G2.
pub type Bls12381G2 = [u8; 192];

/// What the node computes for contracts. `None`: the input is no point, or one outside its group; or, of
/// Poseidon, no list of numbers that it takes.
#[runtime_interface]
pub trait ContractCrypto {
	/// Whether an Ed25519 signature is good as strictly as Solana judges: neither key nor `R` of small
	/// order, both written below the prime, `s` below the order of the group, and the equation without
	/// cofactor (`verify_strict` of ed25519-dalek).
	fn ed25519_verify_strict(
		signature: PassPointerAndRead<&[u8; 64], 64>,
		message: PassFatPointerAndRead<&[u8]>,
		key: PassPointerAndRead<&[u8; 32], 32>,
	) -> bool {
		unum_signature::schemes::ed25519::verify(key, message, signature).is_ok()
	}

	/// Sum of two points of BN254's G1.
	fn bn254_g1_add(
		a: PassPointerAndRead<&Bn254G1, 64>,
		b: PassPointerAndRead<&Bn254G1, 64>,
	) -> AllocateAndReturnByCodec<Option<Bn254G1>> {
		native::bn254_g1_add(a, b)
	}

	/// A point of BN254's G1, as often as a scalar says.
	fn bn254_g1_mul(
		point: PassPointerAndRead<&Bn254G1, 64>,
		scalar: PassPointerAndRead<&[u8; 32], 32>,
	) -> AllocateAndReturnByCodec<Option<Bn254G1>> {
		native::bn254_g1_mul(point, scalar)
	}

	/// Whether the product of pairings over BN254 is one. Pairs: G1 and G2, 192 bytes each.
	fn bn254_pairing_check(
		pairs: PassFatPointerAndRead<&[u8]>,
	) -> AllocateAndReturnByCodec<Option<bool>> {
		native::bn254_pairing_check(pairs)
	}

	/// The [Poseidon] hash of 1 to 12 numbers, 32 bytes each, below the order of BN254's groups: S-box x⁵,
	/// with the rounds, constants and matrices of [circom]'s library.
	///
	/// [Poseidon]: https://eprint.iacr.org/2019/458
	/// [circom]: https://github.com/iden3/circomlib/blob/master/circuits/poseidon.circom
	fn bn254_poseidon(
		inputs: PassFatPointerAndRead<&[u8]>,
	) -> AllocateAndReturnByCodec<Option<[u8; 32]>> {
		native::bn254_poseidon(inputs)
	}

	/// Sum of two points of BLS12-381's curve over Fp. They need not be in G1.
	fn bls12_381_g1_add(
		a: PassPointerAndRead<&Bls12381G1, 96>,
		b: PassPointerAndRead<&Bls12381G1, 96>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G1>> {
		native::bls12_381_g1_add(a, b)
	}

	/// Sum of products in BLS12-381's G1. Terms: a point and a scalar of 32 bytes, 128 bytes each.
	fn bls12_381_g1_msm(
		terms: PassFatPointerAndRead<&[u8]>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G1>> {
		native::bls12_381_g1_msm(terms)
	}

	/// Sum of two points of BLS12-381's curve over Fp2. They need not be in G2.
	fn bls12_381_g2_add(
		a: PassPointerAndRead<&Bls12381G2, 192>,
		b: PassPointerAndRead<&Bls12381G2, 192>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G2>> {
		native::bls12_381_g2_add(a, b)
	}

	/// Sum of products in BLS12-381's G2. Terms: a point and a scalar of 32 bytes, 224 bytes each.
	fn bls12_381_g2_msm(
		terms: PassFatPointerAndRead<&[u8]>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G2>> {
		native::bls12_381_g2_msm(terms)
	}

	/// Whether the product of pairings over BLS12-381 is one. Pairs: G1 and G2, 288 bytes each.
	fn bls12_381_pairing_check(
		pairs: PassFatPointerAndRead<&[u8]>,
	) -> AllocateAndReturnByCodec<Option<bool>> {
		native::bls12_381_pairing_check(pairs)
	}

	/// The point of BLS12-381's G1 to which an element of Fp is mapped (RFC 9380, without the hash).
	fn bls12_381_fp_to_g1(
		element: PassPointerAndRead<&[u8; 48], 48>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G1>> {
		native::bls12_381_fp_to_g1(element)
	}

	/// The point of BLS12-381's G2 to which an element of Fp2, its real part first, is mapped.
	fn bls12_381_fp2_to_g2(
		element: PassPointerAndRead<&[u8; 96], 96>,
	) -> AllocateAndReturnByCodec<Option<Bls12381G2>> {
		native::bls12_381_fp2_to_g2(element)
	}

	/// Whether a polynomial with a commitment has the value `y` at `z`: a KZG proof with Ethereum's
	/// setup ([EIP-4844]).
	///
	/// [EIP-4844]: https://eips.ethereum.org/EIPS/eip-4844
	fn kzg_verify(
		z: PassPointerAndRead<&[u8; 32], 32>,
		y: PassPointerAndRead<&[u8; 32], 32>,
		commitment: PassPointerAndRead<&[u8; 48], 48>,
		proof: PassPointerAndRead<&[u8; 48], 48>,
	) -> bool {
		native::kzg_verify(z, y, commitment, proof)
	}

	/// Whether r, s is a signature of the key x, y over a hash, by ECDSA on P-256 ([EIP-7951]).
	///
	/// [EIP-7951]: https://eips.ethereum.org/EIPS/eip-7951
	fn secp256r1_verify(
		hash: PassPointerAndRead<&[u8; 32], 32>,
		signature: PassPointerAndRead<&[u8; 64], 64>,
		key: PassPointerAndRead<&[u8; 64], 64>,
	) -> bool {
		native::secp256r1_verify(hash, signature, key)
	}

	/// The same of a compressed key; nothing where it is none.
	fn secp256r1_verify_compressed(
		hash: PassPointerAndRead<&[u8; 32], 32>,
		signature: PassPointerAndRead<&[u8; 64], 64>,
		key: PassPointerAndRead<&[u8; 33], 33>,
	) -> AllocateAndReturnByCodec<Option<bool>> {
		native::secp256r1_verify_compressed(hash, signature, key)
	}

	/// BLAKE2b's function F (RFC 7693, section 3.2). Input: state (64 bytes), block (128) and offset
	/// (16), their words little-endian, as in [EIP-152]. Output: the new state.
	///
	/// [EIP-152]: https://eips.ethereum.org/EIPS/eip-152
	fn blake2_compress(
		rounds: u32,
		input: PassPointerAndRead<&[u8; 208], 208>,
		is_final: bool,
	) -> AllocateAndReturnPointer<[u8; 64], 64> {
		native::blake2_compress(rounds, input, is_final)
	}
}

#[cfg(feature = "std")]
pub use contract_crypto::HostFunctions;
