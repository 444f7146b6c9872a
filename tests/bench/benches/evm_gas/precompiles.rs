// SPDX-License-Identifier: Apache-2.0
//! A loop of calls of each precompiled contract that computes, with inputs that take it long.

use std::{error::Error, iter::repeat_n};

use alloy_sol_types::{sol, SolCall};
use codec::Encode;
use ed25519_dalek::Signer;
use hex::FromHexError;
use pallet_id_com::AuthKeys;
use sp_core::{ecdsa, sr25519, Pair};
use unum_benches::{Chain, Machine};
use unum_ethereum_view::{CallRequest, SimulatedBlock, H160};
use unum_id_com::IdCom;
use unum_runtime::Runtime;
use unum_signature::{schemes::ml_dsa_44::SigningKey, AuthKey, AuthSignature, ML_DSA_44_CONTEXT};

sol! {
	function verify(bytes32 idCom, bytes proof) external view returns (bool);
}

/// A precompiled contract, and what it is called with.
pub(crate) struct Call {
	pub(crate) name: &'static str,
	address: u16,
	input: Vec<u8>,
	/// How often in one measurement.
	times: u32,
}

/// The points of G1 and G2 that generate BN254's groups, as [EIP-197] encodes them.
///
/// [EIP-197]: https://eips.ethereum.org/EIPS/eip-197
const BN254_G1: &str = "00000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000002";
const BN254_G2: &str = "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c21800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

/// The coordinates of the points that generate BLS12-381's groups ([EIP-2537]).
///
/// [EIP-2537]: https://eips.ethereum.org/EIPS/eip-2537
const BLS_G1: [&str; 2] = [
	"17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
	"08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1",
];
const BLS_G2: [&str; 4] = [
	"024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
	"13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e",
	"0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
	"0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be",
];

/// A valid call of the point evaluation of [EIP-4844]: versioned hash, z, y, commitment, proof (the
/// consensus specification's test `verify_kzg_proof_case_correct_proof_31ebd010e6098750`).
///
/// [EIP-4844]: https://eips.ethereum.org/EIPS/eip-4844
const KZG: &str = "01e798154708fe7789429634053cbf9f99b619f9f084048927333fce637f549b73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff000000001522a4a7f34e1ea350ae07c29c96c7e79655aa926122e95fe69fcbd932ca49e98f59a8d2a1a625a17f3fea0fe5eb8c896db3764f3185481bc22f91b4aaffcca25f26936857bc3a7c2539ea8ec3a952b7a62ad71d14c5719385c0686f1871430475bf3a00f0aa3f7b8dd99a9abc2160744faf0070725e00b60ad9a026a15b1a8c";

/// A valid signature: hash, r, s, x, y (the example of [RIP-7212]).
///
/// [RIP-7212]: https://github.com/ethereum/RIPs/blob/master/RIPS/rip-7212.md
const P256: &str = "4cee90eb86eaa050036147a12d49004b6b9c72bd725d39d4785011fe190f0b4da73bd4903f0ce3b639bbbf6e8e80d16931ff4bcf5993d58468e8fb19086e8cac36dbcd03009df8c59286b162af3bd7fcc0450c9aa81be5d10d312af6c66b1d604aebd3099c618202fcfe16ae7770b0c49ab5eadf74b754204a3bb6060e44eff37618b065f9832de4ca6ca971a7a1adc826d0f7c00181a5fb2ddf79ae00b4e10e";

/// A signature that can be recovered from: hash, v, r, s (the example of [evm.codes]).
///
/// [evm.codes]: https://www.evm.codes/precompiled
const ECRECOVER: &str = "456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3000000000000000000000000000000000000000000000000000000000000001c9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac80388256084f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada";

/// The greatest scalar of 32 bytes.
const SCALAR: [u8; 32] = [0xff; 32];

/// A coordinate with the 16 zeros that fill it to 64 bytes.
fn padded(coordinates: &[&str]) -> Result<Vec<u8>, FromHexError> {
	let mut bytes = vec![];
	for coordinate in coordinates {
		bytes.extend([0; 16]);
		bytes.extend(hex::decode(coordinate)?);
	}
	Ok(bytes)
}

/// MODEXP's input for a base, an exponent and a modulus of some lengths, all their bits set but, if the
/// modulus is even, its last.
fn modexp(base: u16, exponent: u16, modulus: u16, even: bool) -> Vec<u8> {
	let lengths = [base, exponent, modulus];
	let mut input = vec![];
	for length in lengths {
		input.extend([0; 30]);
		input.extend(length.to_be_bytes());
	}
	// A base that is less than the modulus.
	input.extend(repeat_n(0x7f, base.into()));
	input.extend(repeat_n(0xff, (exponent + modulus).into()));
	if let (true, Some(last)) = (even, input.last_mut()) {
		*last = 0xfe;
	}
	input
}

/// BLAKE2F's input for some rounds ([EIP-152]).
///
/// [EIP-152]: https://eips.ethereum.org/EIPS/eip-152
fn blake2f(rounds: u32) -> Vec<u8> {
	[&rounds.to_be_bytes()[..], &[0x5a; 208], &[1]].concat()
}

/// What is measured.
pub(crate) fn calls() -> Result<Vec<Call>, Box<dyn Error>> {
	let (bn_g1, bn_g2) = (hex::decode(BN254_G1)?, hex::decode(BN254_G2)?);
	let (bls_g1, bls_g2) = (padded(&BLS_G1)?, padded(&BLS_G2)?);
	let field = [&[0; 16][..], &[0x0a; 48]].concat();
	let bn_pair = [&bn_g1[..], &bn_g2].concat();
	let bls_pair = [&bls_g1[..], &bls_g2].concat();
	let term_1 = [&bls_g1[..], &SCALAR].concat();
	let term_2 = [&bls_g2[..], &SCALAR].concat();
	let call = |name, address, input, times| Call { name, address, input, times };
	Ok(vec![
		call("ECRECOVER", 0x01, hex::decode(ECRECOVER)?, 1_000),
		call("SHA256, 32 bytes", 0x02, vec![0x5a; 32], 10_000),
		call("SHA256, 4 KiB", 0x02, vec![0x5a; 4_096], 1_000),
		call("RIPEMD160, 32 bytes", 0x03, vec![0x5a; 32], 1_000),
		call("RIPEMD160, 4 KiB", 0x03, vec![0x5a; 4_096], 300),
		call("IDENTITY, 4 KiB", 0x04, vec![0x5a; 4_096], 5_000),
		call("MODEXP, 32 of 32 bytes", 0x05, modexp(32, 32, 32, false), 500),
		call("MODEXP, 32, even", 0x05, modexp(32, 32, 32, true), 500),
		call("MODEXP, 8 of 1024", 0x05, modexp(8, 1_024, 8, false), 100),
		call("MODEXP, 256 of 3, RSA", 0x05, modexp(256, 3, 256, false), 300),
		call("MODEXP, 256 of 256", 0x05, modexp(256, 256, 256, false), 3),
		call("MODEXP, 256, even", 0x05, modexp(256, 256, 256, true), 3),
		call("MODEXP, 1024 of 4", 0x05, modexp(1_024, 4, 1_024, false), 20),
		call("MODEXP, 1024 of 4, even", 0x05, modexp(1_024, 4, 1_024, true), 20),
		call("MODEXP, 1024 of 1", 0x05, modexp(1_024, 1, 1_024, true), 50),
		call("BN254 addition", 0x06, [&bn_g1[..], &bn_g1].concat(), 2_000),
		call("BN254 multiplication", 0x07, [&bn_g1[..], &SCALAR].concat(), 200),
		call("BN254 pairing, 1", 0x08, bn_pair.clone(), 20),
		call("BN254 pairing, 8", 0x08, bn_pair.repeat(8), 5),
		call("BLAKE2F, 12 rounds", 0x09, blake2f(12), 5_000),
		call("BLAKE2F, 100,000 rounds", 0x09, blake2f(100_000), 10),
		call("KZG point evaluation", 0x0a, hex::decode(KZG)?, 10),
		call("BLS12-381 G1 addition", 0x0b, bls_g1.repeat(2), 1_000),
		call("BLS12-381 G1 sum of 1", 0x0c, term_1.clone(), 50),
		call("BLS12-381 G1 sum of 16", 0x0c, term_1.repeat(16), 5),
		call("BLS12-381 G1 sum of 128", 0x0c, term_1.repeat(128), 1),
		call("BLS12-381 G2 addition", 0x0d, bls_g2.repeat(2), 1_000),
		call("BLS12-381 G2 sum of 1", 0x0e, term_2.clone(), 30),
		call("BLS12-381 G2 sum of 16", 0x0e, term_2.repeat(16), 3),
		call("BLS12-381 G2 sum of 128", 0x0e, term_2.repeat(128), 1),
		call("BLS12-381 pairing, 1", 0x0f, bls_pair.clone(), 20),
		call("BLS12-381 pairing, 8", 0x0f, bls_pair.repeat(8), 5),
		call("BLS12-381 map to G1", 0x10, field.clone(), 100),
		call("BLS12-381 map to G2", 0x11, field.repeat(2), 50),
		call("P256VERIFY", 0x100, hex::decode(P256)?, 200),
	])
}

/// Proofs of identity by every scheme of signatures (precompile 0x0100), each of them valid.
pub(crate) fn proofs(chain: &mut Chain) -> Result<Vec<Call>, Box<dyn Error>> {
	let digest = [0x5a; 32];
	let ed25519 = ed25519_dalek::SigningKey::from_bytes(&digest);
	let sr25519 = sr25519::Pair::from_seed(&digest);
	let ml_dsa = SigningKey::from_seed(&digest);
	let schnorr = (AuthKey::Sr25519(sr25519.public().0), sr25519.sign(&digest).0);
	let edwards = (AuthKey::Ed25519(*ed25519.verifying_key().as_bytes()), ed25519.sign(&digest));
	let lattice = AuthKey::of_ml_dsa_44(&ml_dsa.public_key())?;
	let public_key = ml_dsa.public_key().to_vec().try_into().map_err(|_| "too long")?;
	let signature = ml_dsa.sign(&digest, ML_DSA_44_CONTEXT)?.to_vec();
	let signature = signature.try_into().map_err(|_| "too long")?;
	let lattice_signature = AuthSignature::MlDsa44 { public_key, signature };
	let ecdsa = ecdsa::Pair::from_seed(&digest);
	let bitcoin =
		(AuthKey::Secp256k1(ecdsa.public().0), AuthSignature::Secp256k1(ecdsa.sign(&digest).0));
	let member = IdCom::from([0x77; 32]);
	let keys = AuthKeys::<Runtime>::hashed_key_for(member);
	chain.insert(keys, vec![bitcoin.0, lattice].encode());
	let signed = [
		("proof by secp256k1", bitcoin.0, bitcoin.1, member),
		(
			"proof by sr25519",
			schnorr.0,
			AuthSignature::Sr25519(schnorr.1),
			sr25519.public().0.into(),
		),
		(
			"proof by Ed25519",
			edwards.0,
			AuthSignature::Ed25519(edwards.1.to_bytes()),
			ed25519.verifying_key().to_bytes().into(),
		),
		("proof by ML-DSA-44", lattice, lattice_signature, member),
	];
	let mut calls = vec![];
	for (name, key, signature, id) in signed {
		let signed = [&[1], &digest[..], &[1], &(key, signature).encode()].concat();
		let input =
			verifyCall { idCom: (*id.as_bytes()).into(), proof: signed.into() }.abi_encode();
		let call = Call { name, address: 0x100, input, times: 100 };
		if !call.is_true(chain)? {
			return Err(format!("{name} is not valid").into());
		}
		calls.push(call);
	}
	Ok(calls)
}

impl Call {
	/// Whether the answer is the number one.
	fn is_true(&self, chain: &Chain) -> Result<bool, Box<dyn Error>> {
		let to = Some(H160::from_low_u64_be(self.address.into()));
		let call = CallRequest { to, input: self.input.clone(), ..Default::default() };
		let block = SimulatedBlock { calls: vec![call], ..Default::default() };
		let outcomes = chain.simulate(Machine::Native, vec![block])?;
		let outcome = outcomes.into_iter().flatten().next().ok_or("nothing was run")?;
		let (outcome, _) =
			outcome.map_err(|refusal| String::from_utf8_lossy(&refusal.message).into_owned())?;
		Ok(outcome.output.last() == Some(&1))
	}

	/// Init code that makes the call so often, and reverts when one fails or has no answer.
	pub(crate) fn code(&self) -> Result<Vec<u8>, Box<dyn Error>> {
		let size = u16::try_from(self.input.len())?.to_be_bytes();
		let times = self.times.to_be_bytes();
		let address = self.address.to_be_bytes();
		let mut code = vec![];
		// The input is copied into memory from what follows the code; then comes the counter.
		code.extend([0x61, size[0], size[1], 0x60, END, 0x5f, 0x39]);
		code.push(0x63);
		code.extend(times);
		// again: STATICCALL with all gas; the answer stays where it is.
		code.extend([0x5b, 0x5f, 0x5f, 0x61, size[0], size[1], 0x5f, 0x61, address[0], address[1]]);
		code.extend([0x5a, 0xfa]);
		// It was made, and RETURNDATASIZE is not zero.
		code.extend([0x3d, 0x02, 0x15, 0x60, FAILED, 0x57]);
		// The counter less one; again unless it is zero.
		code.extend([0x60, 1, 0x90, 0x03, 0x80, 0x60, AGAIN, 0x57, 0x00]);
		// failed:
		code.extend([0x5b, 0x5f, 0x5f, 0xfd]);
		debug_assert_eq!(code.len(), usize::from(END));
		code.extend(&self.input);
		Ok(code)
	}
}

/// Where the loop begins, where the failure is, and where the code ends.
const AGAIN: u8 = 12;
const FAILED: u8 = 39;
const END: u8 = 43;
