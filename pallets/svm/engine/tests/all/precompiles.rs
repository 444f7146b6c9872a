// SPDX-License-Identifier: Apache-2.0
//! Programs that verify signatures in the data of instructions.

use ed25519_dalek::{SigningKey, VerifyingKey};
use k256::ecdsa::{signature::Signer, SigningKey as Secp256k1Key};
use p256::ecdsa::{Signature as Secp256r1Signature, SigningKey as Secp256r1Key};
use unum_address::SvmAddress;
use unum_solana_transaction::Instruction;
use unum_solana_view::{InstructionError, TransactionError};
use unum_svm_engine::ids;

use crate::world::{chain, instruction, logs, ok, run};

/// Errors, by their numbers (solana-precompile-error 3.0).
const KEY: u32 = 0;
const RECOVERY_ID: u32 = 1;
const SIGNATURE: u32 = 2;
const OFFSETS: u32 = 3;
const SIZE: u32 = 4;

const TEXT: &[u8] = b"signed elsewhere";

/// The instruction that stands for itself.
const OWN: u16 = u16::MAX;

/// Data of one signature, as the SDK's helpers lay it out: key, signature, message.
fn laid_out(key: &[u8], signature: &[u8], message: &[u8], instruction: u16) -> Vec<u8> {
	let begin = 16;
	let after_key = begin + key.len();
	let after_signature = after_key + signature.len();
	let numbers = [
		after_key,
		instruction.into(),
		begin,
		instruction.into(),
		after_signature,
		message.len(),
		instruction.into(),
	];
	let numbers = numbers.map(|number| u16::try_from(number).unwrap().to_le_bytes()).concat();
	[&[1, 0], &numbers[..], key, signature, message].concat()
}

fn ed25519(message: &[u8]) -> Vec<u8> {
	let key = SigningKey::from_bytes(&[9; 32]);
	laid_out(&key.verifying_key().to_bytes(), &key.sign(message).to_bytes(), message, OWN)
}

/// The same for secp256k1, whose offsets are those of an instruction by its number.
fn secp256k1(message: &[u8]) -> Vec<u8> {
	let key = Secp256k1Key::from_slice(&[9; 32]).unwrap();
	let hash = sp_crypto_hashing::keccak_256(message);
	let (signature, id) = key.sign_prehash_recoverable(&hash).unwrap();
	let public = key.verifying_key().to_encoded_point(false);
	let address = &sp_crypto_hashing::keccak_256(&public.as_bytes()[1..])[12..];
	let number = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
	let (at, length) = (12usize, message.len());
	let numbers =
		[&number(at + 20)[..], &[0], &number(at), &[0], &number(at + 85), &number(length), &[0]];
	[&[1], &numbers.concat()[..], address, &signature.to_bytes(), &[id.to_byte()], message].concat()
}

fn secp256r1(message: &[u8]) -> Vec<u8> {
	let key = Secp256r1Key::from_slice(&[9; 32]).unwrap();
	let signature: Secp256r1Signature = key.sign(message);
	let signature = signature.normalize_s().unwrap_or(signature);
	let public = key.verifying_key().to_encoded_point(true);
	laid_out(public.as_bytes(), &signature.to_bytes(), message, OWN)
}

fn call(program: SvmAddress, data: Vec<u8>) -> Instruction {
	Instruction { data, ..instruction(program, vec![], []) }
}

#[track_caller]
fn code(program: SvmAddress, data: Vec<u8>) -> Option<u32> {
	let meta = run(&mut chain(), &[call(program, data)]);
	match meta.error {
		None => None,
		Some(TransactionError::InstructionError(0, InstructionError::Custom(code))) => Some(code),
		Some(other) => panic!("{other:?}"),
	}
}

/// What is signed is good, and nothing else is, whichever byte is another.
#[test]
fn good_signatures_pass_and_damaged_ones_do_not() {
	let all = [
		(ids::ed25519_program(), ed25519(TEXT), 16),
		(ids::secp256k1_program(), secp256k1(TEXT), 12),
		(ids::secp256r1_program(), secp256r1(TEXT), 16),
	];
	for (program, data, after_offsets) in all {
		// A chain that trusts all signatures would let these pass.
		assert_eq!(code(program, data.clone()), None, "{program}");
		for position in after_offsets..data.len() {
			let mut damaged = data.clone();
			damaged[position] ^= 1;
			assert!(code(program, damaged).is_some(), "{program}: byte {position}");
		}
	}
}

#[test]
fn they_log_nothing_use_no_units_and_cost_as_signatures_do() {
	let mut chain = chain();
	let calls = [
		call(ids::ed25519_program(), ed25519(TEXT)),
		call(ids::ed25519_program(), ed25519(b"another")),
	];
	let meta = ok(&mut chain, &calls);
	assert_eq!((meta.compute_units_consumed, meta.fee), (0, 15_000));
	assert_eq!(logs(&meta), Vec::<String>::new());
}

#[test]
fn what_is_signed_may_stand_in_another_instruction() {
	let elsewhere = ed25519(TEXT);
	let mut data = laid_out(&[], &[], &[], 0);
	data.truncate(2);
	data.extend(&laid_out(&[0; 32], &[0; 64], TEXT, 1)[2..16]);
	let program = ids::ed25519_program();
	let both = [call(program, data.clone()), call(program, elsewhere)];
	ok(&mut chain(), &both);
	// There is no second one.
	assert_eq!(code(program, data), Some(OFFSETS));
}

#[test]
fn refusals_are_upstreams() {
	let (e, k, r) = (ids::ed25519_program(), ids::secp256k1_program(), ids::secp256r1_program());
	for program in [e, k, r] {
		assert_eq!(code(program, vec![]), Some(SIZE));
		assert_eq!(code(program, vec![0, 0, 0]), Some(SIZE));
		assert_eq!(code(program, vec![1, 0, 0]), Some(SIZE));
	}
	// None at all is fine, but for the youngest.
	assert_eq!(
		[code(e, vec![0, 0]), code(k, vec![0]), code(r, vec![0, 0])],
		[None, None, Some(SIZE)]
	);
	let many = [&[9, 0][..], &[0; 9 * 14]].concat();
	assert_eq!(code(r, many), Some(SIZE));
	let cut = |data: Vec<u8>| data[..data.len() - 1].to_vec();
	assert_eq!(code(e, cut(ed25519(TEXT))), Some(OFFSETS));
	assert_eq!(code(k, cut(secp256k1(TEXT))), Some(SIGNATURE));
	assert_eq!(code(r, cut(secp256r1(TEXT))), Some(OFFSETS));
	let with = |mut data: Vec<u8>, at: usize, bytes: &[u8]| {
		data[at..at + bytes.len()].copy_from_slice(bytes);
		data
	};
	// No point has this y, and no key this head.
	let no_point =
		(0..=u8::MAX).map(|n| [n; 32]).find(|key| VerifyingKey::from_bytes(key).is_err());
	assert_eq!(code(e, with(ed25519(TEXT), 16, &no_point.unwrap())), Some(KEY));
	assert_eq!(code(r, with(secp256r1(TEXT), 16, &[5])), Some(KEY));
	assert_eq!(code(k, with(secp256k1(TEXT), 12 + 84, &[4])), Some(RECOVERY_ID));
	// An instruction that there is not.
	assert_eq!(code(k, with(secp256k1(TEXT), 3, &[7])), Some(SIZE));
	assert_eq!(code(k, with(secp256k1(TEXT), 6, &[7])), Some(OFFSETS));
	assert_eq!(code(e, with(ed25519(TEXT), 4, &[7, 0])), Some(OFFSETS));
}

/// Of the two signatures that a key can make into each other, only the one with the lower number counts.
#[test]
fn secp256r1_signatures_are_low() {
	let data = secp256r1(TEXT);
	let signature = Secp256r1Signature::from_slice(&data[49..113]).unwrap();
	let high = Secp256r1Signature::from_scalars(*signature.r(), -*signature.s()).unwrap();
	let data = [&data[..49], &high.to_bytes(), &data[113..]].concat();
	assert_eq!(code(ids::secp256r1_program(), data), Some(SIGNATURE));
}
