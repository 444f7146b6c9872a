// SPDX-License-Identifier: Apache-2.0
//! The host's cryptography is revm's, for points, for what is no point, and for what is nearly one.

use proptest::prelude::*;
use revm::precompile::{
	bls12_381::{G1Point, G2Point},
	Crypto, DefaultCrypto, PrecompileHalt,
};

use crate::crypto::HostCrypto;

/// The generator of BN254's G1 (EIP-196).
fn bn254_generator() -> [u8; 64] {
	let mut point = [0; 64];
	(point[31], point[63]) = (1, 2);
	point
}

/// That of G2 (EIP-197).
const BN254_G2: &str = "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c21800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

fn bn254(scalar: u64) -> [u8; 64] {
	DefaultCrypto.bn254_g1_mul(&bn254_generator(), &number(scalar)).expect("a point")
}

fn number(scalar: u64) -> [u8; 32] {
	let mut bytes = [0; 32];
	bytes[24..].copy_from_slice(&scalar.to_be_bytes());
	bytes
}

/// A point of BLS12-381's G1: what a small element of Fp is mapped to.
fn g1(element: u64) -> G1Point {
	let point = DefaultCrypto.bls12_381_fp_to_g1(&fp(element)).expect("a point");
	let (x, y) = point.split_at(48);
	(x.try_into().expect("48"), y.try_into().expect("48"))
}

fn g2(element: u64) -> G2Point {
	let element = (fp(element), fp(element ^ 0x55));
	let point = DefaultCrypto.bls12_381_fp2_to_g2(element).expect("a point");
	let mut parts = point.chunks(48).map(|part| part.try_into().expect("48"));
	let mut next = || parts.next().expect("four of them");
	(next(), next(), next(), next())
}

fn fp(element: u64) -> [u8; 48] {
	let mut bytes = [0; 48];
	bytes[40..].copy_from_slice(&element.to_be_bytes());
	bytes
}

/// Flips a bit or, as often as not, none.
fn spoil(bytes: &mut [u8], at: Option<usize>) {
	let Some(at) = at else { return };
	let length = bytes.len();
	bytes[at / 8 % length] ^= 1 << (at % 8);
}

/// Equal results; of refusals, that they are some.
fn assert_equal<T: PartialEq + core::fmt::Debug>(
	host: Result<T, PrecompileHalt>,
	revm: Result<T, PrecompileHalt>,
) {
	assert_eq!(host.ok(), revm.ok());
}

fn hex<const N: usize>(digits: &str) -> [u8; N] {
	let byte = |at: usize| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).expect("hex");
	core::array::from_fn(byte)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn bn254_is_revms(a: u64, b: u64, flip in proptest::option::of(0usize..4096)) {
		let (mut one, other) = (bn254(a), bn254(b));
		spoil(&mut one, flip);
		assert_equal(HostCrypto.bn254_g1_add(&one, &other), DefaultCrypto.bn254_g1_add(&one, &other));
		let scalar = number(b);
		assert_equal(
			HostCrypto.bn254_g1_mul(&one, &scalar),
			DefaultCrypto.bn254_g1_mul(&one, &scalar),
		);
		let generator: [u8; 128] = hex(BN254_G2);
		for pairs in [&[][..], &[(&one[..], &generator[..])], &[(&other, &generator), (&one, &generator)]] {
			assert_equal(HostCrypto.bn254_pairing_check(pairs), DefaultCrypto.bn254_pairing_check(pairs));
		}
		// e(P, Q) · e(−P, Q) is one.
		let minus = DefaultCrypto
			.bn254_g1_mul(&other, &hex::<32>("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000"))
			.expect("a point");
		let cancel = [(&other[..], &generator[..]), (&minus, &generator)];
		assert_eq!(HostCrypto.bn254_pairing_check(&cancel), Ok(true));
	}

	#[test]
	fn bls12_381_is_revms(a: u64, b: u64, flip in proptest::option::of(0usize..4096)) {
		let (mut p, q, mut r, s) = (g1(a), g1(b), g2(a), g2(b));
		spoil(&mut p.0, flip);
		spoil(&mut r.2, flip);
		assert_equal(HostCrypto.bls12_381_g1_add(p, q), DefaultCrypto.bls12_381_g1_add(p, q));
		assert_equal(HostCrypto.bls12_381_g2_add(r, s), DefaultCrypto.bls12_381_g2_add(r, s));
		let terms = || [(p, number(b)), (q, [0xff; 32])].into_iter().map(Ok);
		assert_equal(
			HostCrypto.bls12_381_g1_msm(&mut terms()),
			DefaultCrypto.bls12_381_g1_msm(&mut terms()),
		);
		let terms = || [(r, number(b)), (s, [0xff; 32])].into_iter().map(Ok);
		assert_equal(
			HostCrypto.bls12_381_g2_msm(&mut terms()),
			DefaultCrypto.bls12_381_g2_msm(&mut terms()),
		);
		let pairs = [(p, s), (q, r)];
		assert_equal(
			HostCrypto.bls12_381_pairing_check(&pairs),
			DefaultCrypto.bls12_381_pairing_check(&pairs),
		);
		let mut element = fp(a);
		if flip.is_some() {
			element[0] = 0xff;
		}
		assert_equal(HostCrypto.bls12_381_fp_to_g1(&element), DefaultCrypto.bls12_381_fp_to_g1(&element));
		let element = (fp(b), element);
		assert_equal(HostCrypto.bls12_381_fp2_to_g2(element), DefaultCrypto.bls12_381_fp2_to_g2(element));
	}

	#[test]
	fn hashes_are_revms(
		data: Vec<u8>,
		rounds in 0u32..40,
		h: [u64; 8],
		m: [u64; 16],
		t: [u64; 2],
		is_final: bool,
	) {
		assert_eq!(HostCrypto.sha256(&data), DefaultCrypto.sha256(&data));
		let (mut host, mut revm) = (h, h);
		HostCrypto.blake2_compress(rounds, &mut host, &m, &t, is_final);
		DefaultCrypto.blake2_compress(rounds, &mut revm, &m, &t, is_final);
		assert_eq!(host, revm);
	}
}

/// The example of RIP-7212: hash, r, s, x, y.
const P256: &str = "4cee90eb86eaa050036147a12d49004b6b9c72bd725d39d4785011fe190f0b4da73bd4903f0ce3b639bbbf6e8e80d16931ff4bcf5993d58468e8fb19086e8cac36dbcd03009df8c59286b162af3bd7fcc0450c9aa81be5d10d312af6c66b1d604aebd3099c618202fcfe16ae7770b0c49ab5eadf74b754204a3bb6060e44eff37618b065f9832de4ca6ca971a7a1adc826d0f7c00181a5fb2ddf79ae00b4e10e";

#[test]
fn a_signature_over_p256_is_valid_until_a_bit_of_it_changes() {
	let (hash, signature, key) = (hex::<32>(P256), hex::<64>(&P256[64..]), hex::<64>(&P256[192..]));
	assert!(HostCrypto.secp256r1_verify_signature(&hash, &signature, &key));
	for bit in 0..512 {
		let (mut other_signature, mut other_key) = (signature, key);
		spoil(&mut other_signature, Some(bit));
		assert!(!HostCrypto.secp256r1_verify_signature(&hash, &other_signature, &key));
		spoil(&mut other_key, Some(bit));
		assert!(!HostCrypto.secp256r1_verify_signature(&hash, &signature, &other_key));
	}
}

/// The consensus specification's test `verify_kzg_proof_case_correct_proof_31ebd010e6098750`.
#[test]
fn a_kzg_proof_is_valid_for_its_value_alone() {
	let z = hex::<32>("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000000");
	let y = hex::<32>("1522a4a7f34e1ea350ae07c29c96c7e79655aa926122e95fe69fcbd932ca49e9");
	let commitment = hex::<48>("8f59a8d2a1a625a17f3fea0fe5eb8c896db3764f3185481bc22f91b4aaffcca25f26936857bc3a7c2539ea8ec3a952b7");
	let proof = hex::<48>("a62ad71d14c5719385c0686f1871430475bf3a00f0aa3f7b8dd99a9abc2160744faf0070725e00b60ad9a026a15b1a8c");
	assert!(HostCrypto.verify_kzg_proof(&z, &y, &commitment, &proof).is_ok());
	assert!(HostCrypto.verify_kzg_proof(&y, &z, &commitment, &proof).is_err());
	assert!(HostCrypto.verify_kzg_proof(&z, &z, &commitment, &proof).is_err());
	assert!(HostCrypto.verify_kzg_proof(&z, &y, &proof, &commitment).is_err());
	assert!(HostCrypto.verify_kzg_proof(&z, &y, &[0xff; 48], &proof).is_err());
}
