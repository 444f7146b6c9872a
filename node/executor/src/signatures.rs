// SPDX-License-Identifier: Apache-2.0
//! Remembers signatures that were verified, so that a transaction which the pool has verified is not
//! verified again in a block.
//!
//! Whether a signature is good depends on nothing but the signature, the message and the key, so the
//! answer can be kept. Only good ones are: bad ones cost their sender nothing, and would push good ones
//! out. [`Cached`] stands in for the host functions of the same names; the runtime notices nothing.

use std::{cell::Cell, sync::LazyLock};

use libsecp256k1::{Message, RecoveryId};
use parking_lot::Mutex;
use schnellru::{ByLength, LruMap};
use sp_core::{ed25519, sr25519};
use sp_io::{hashing::blake2_256, EcdsaVerifyError};
use sp_runtime_interface::{
	pass_by::{AllocateAndReturnByCodec, PassFatPointerAndRead, PassPointerAndRead},
	runtime_interface,
};

/// Functions that answer from memory where they can: laid over those of the SDK and of the chain, by
/// name.
pub type Cached = (crypto::HostFunctions, contract_crypto::HostFunctions);

/// How many answers of each kind are kept: some seconds of full blocks. All of them take about 50 MB.
const ANSWERS_MAX: u32 = 1 << 18;

/// Threads seldom wait for each other where answers are kept in so many parts.
const PARTS: usize = 64;

/// Answers, by a hash of the question.
struct Answers<T> {
	parts: [Mutex<LruMap<[u8; 32], T, ByLength>>; PARTS],
}

impl<T: Copy> Answers<T> {
	fn new() -> Self {
		let length = ANSWERS_MAX / u32::try_from(PARTS).unwrap_or(u32::MAX);
		Self { parts: std::array::from_fn(|_| Mutex::new(LruMap::new(ByLength::new(length)))) }
	}

	fn part(&self, question: &[u8; 32]) -> &Mutex<LruMap<[u8; 32], T, ByLength>> {
		&self.parts[usize::from(question[0]) % PARTS]
	}

	/// What is remembered, or else what `ask` says; that is kept, if it is anything.
	fn get(&self, question: [u8; 32], ask: impl FnOnce() -> Option<T>) -> Option<T> {
		let part = self.part(&question);
		if let Some(answer) = part.lock().get(&question) {
			return Some(*answer);
		}
		// Not under the lock: this is what takes long.
		VERIFIED.with(|count| count.set(count.get().wrapping_add(1)));
		let answer = ask()?;
		part.lock().insert(question, answer);
		Some(answer)
	}

	fn clear(&self) {
		self.parts.iter().for_each(|part| part.lock().clear());
	}
}

/// Signatures that are good.
static GOOD: LazyLock<Answers<()>> = LazyLock::new(Answers::new);
/// Public keys that were recovered.
static RECOVERED: LazyLock<Answers<[u8; 64]>> = LazyLock::new(Answers::new);

std::thread_local! {
	static VERIFIED: Cell<u64> = const { Cell::new(0) };
}

/// How many signatures this thread has verified because nothing was known of them.
pub fn verified() -> u64 {
	VERIFIED.get()
}

/// Forgets all of them.
pub fn forget() {
	GOOD.clear();
	RECOVERED.clear();
}

/// A hash of everything that the answer depends on. All but the message have a length that the first byte
/// tells.
fn question(scheme: Scheme, key: &[u8], signature: &[u8], message: &[u8]) -> [u8; 32] {
	let mut bytes = Vec::with_capacity(1 + key.len() + signature.len() + message.len());
	bytes.push(scheme as u8);
	bytes.extend_from_slice(key);
	bytes.extend_from_slice(signature);
	bytes.extend_from_slice(message);
	blake2_256(&bytes)
}

/// What is asked.
#[derive(Clone, Copy)]
enum Scheme {
	Ed25519,
	Sr25519,
	Recovery,
	Ed25519Strict,
}

/// The SDK's functions that verify a signature, by their names and versions.
#[runtime_interface]
pub trait Crypto {
	/// Whether an Ed25519 signature is good.
	fn ed25519_verify(
		signature: PassPointerAndRead<&ed25519::Signature, 64>,
		message: PassFatPointerAndRead<&[u8]>,
		key: PassPointerAndRead<&ed25519::Public, 32>,
	) -> bool {
		let question = question(Scheme::Ed25519, key.as_ref(), signature.as_ref(), message);
		let ask = || sp_io::crypto::ed25519_verify(signature, message, key).then_some(());
		GOOD.get(question, ask).is_some()
	}

	/// Whether a Schnorr signature on Ristretto is good. The first version took old signatures as well and
	/// is asked by no runtime of this chain: it does what the SDK's does.
	fn sr25519_verify(
		signature: PassPointerAndRead<&sr25519::Signature, 64>,
		message: PassFatPointerAndRead<&[u8]>,
		key: PassPointerAndRead<&sr25519::Public, 32>,
	) -> bool {
		sr25519::Pair::verify_deprecated(signature, message, key)
	}

	/// Whether a Schnorr signature on Ristretto is good.
	#[version(2)]
	fn sr25519_verify(
		signature: PassPointerAndRead<&sr25519::Signature, 64>,
		message: PassFatPointerAndRead<&[u8]>,
		key: PassPointerAndRead<&sr25519::Public, 32>,
	) -> bool {
		let question = question(Scheme::Sr25519, key.as_ref(), signature.as_ref(), message);
		let ask = || sp_io::crypto::sr25519_verify(signature, message, key).then_some(());
		GOOD.get(question, ask).is_some()
	}

	/// The key that made an ECDSA signature on secp256k1. The first version took overflowing signatures as
	/// well and is asked by no runtime of this chain: it does what the SDK's does.
	fn secp256k1_ecdsa_recover(
		signature: PassPointerAndRead<&[u8; 65], 65>,
		message: PassPointerAndRead<&[u8; 32], 32>,
	) -> AllocateAndReturnByCodec<Result<[u8; 64], EcdsaVerifyError>> {
		recover_overflowing(signature, message)
	}

	/// The key that made an ECDSA signature on secp256k1.
	#[version(2)]
	fn secp256k1_ecdsa_recover(
		signature: PassPointerAndRead<&[u8; 65], 65>,
		message: PassPointerAndRead<&[u8; 32], 32>,
	) -> AllocateAndReturnByCodec<Result<[u8; 64], EcdsaVerifyError>> {
		let question = question(Scheme::Recovery, &[], signature, message);
		let mut failure = EcdsaVerifyError::BadSignature;
		let ask = || {
			sp_io::crypto::secp256k1_ecdsa_recover(signature, message)
				.map_err(|cause| failure = cause)
				.ok()
		};
		RECOVERED.get(question, ask).ok_or(failure)
	}
}

/// The chain's own function that verifies a signature of Solana's wallets, by its name and version.
#[runtime_interface]
pub trait ContractCrypto {
	/// Whether an Ed25519 signature is good, strictly.
	fn ed25519_verify_strict(
		signature: PassPointerAndRead<&[u8; 64], 64>,
		message: PassFatPointerAndRead<&[u8]>,
		key: PassPointerAndRead<&[u8; 32], 32>,
	) -> bool {
		let question = question(Scheme::Ed25519Strict, key, signature, message);
		let host = unum_crypto_host::contract_crypto::ed25519_verify_strict;
		let ask = || host(signature, message, key).then_some(());
		GOOD.get(question, ask).is_some()
	}
}

/// As the first version had it: numbers that are larger than the group are taken, reduced.
fn recover_overflowing(
	signature: &[u8; 65],
	message: &[u8; 32],
) -> Result<[u8; 64], EcdsaVerifyError> {
	let (numbers, [parity]) = signature.split_at(64) else {
		return Err(EcdsaVerifyError::BadV);
	};
	let parity = parity.checked_sub(27).unwrap_or(*parity);
	let parity = RecoveryId::parse(parity).map_err(|_| EcdsaVerifyError::BadV)?;
	let signature = libsecp256k1::Signature::parse_overflowing_slice(numbers)
		.map_err(|_| EcdsaVerifyError::BadRS)?;
	let key = libsecp256k1::recover(&Message::parse(message), &signature, &parity)
		.map_err(|_| EcdsaVerifyError::BadSignature)?;
	let mut bytes = [0; 64];
	bytes.copy_from_slice(&key.serialize()[1..]);
	Ok(bytes)
}

#[cfg(test)]
mod tests {
	use sp_core::Pair;

	use super::*;

	#[test]
	fn a_good_signature_is_remembered_and_a_bad_one_is_asked_again() {
		let answers = Answers::new();
		assert_eq!(answers.get([1; 32], || None), None);
		assert_eq!(answers.get([1; 32], || Some(7)), Some(7), "nothing was kept");
		assert_eq!(answers.get([1; 32], || panic!("it is known")), Some(7));
		answers.clear();
		assert_eq!(answers.get([1; 32], || None), None);
	}

	#[test]
	fn there_is_an_end_to_what_is_remembered() {
		let answers = Answers::new();
		let question = |n: u32| blake2_256(&n.to_le_bytes());
		for n in 0..2 * ANSWERS_MAX {
			answers.get(question(n), || Some(()));
		}
		let kept: usize = answers.parts.iter().map(|part| part.lock().len()).sum();
		assert!(kept <= ANSWERS_MAX as usize, "{kept}");
		assert!(answers.get(question(2 * ANSWERS_MAX - 1), || None).is_some());
		assert!(answers.get(question(0), || None).is_none());
	}

	/// Natively, the functions of this module are those that a runtime would call.
	#[test]
	fn answers_are_those_of_the_sdk() {
		let (message, other) = (b"message", b"another");
		let pair = sr25519::Pair::from_seed(&[1; 32]);
		let (signature, key) = (pair.sign(message), pair.public());
		for _ in 0..2 {
			assert!(crypto::sr25519_verify(&signature, message, &key));
			assert!(!crypto::sr25519_verify(&signature, other, &key));
		}
		let pair = ed25519::Pair::from_seed(&[1; 32]);
		let (signature, key) = (pair.sign(message), pair.public());
		for _ in 0..2 {
			assert!(crypto::ed25519_verify(&signature, message, &key));
			assert!(!crypto::ed25519_verify(&signature, other, &key));
			let (signature, key) = (&signature.0, &key.0);
			assert!(contract_crypto::ed25519_verify_strict(signature, message, key));
			assert!(!contract_crypto::ed25519_verify_strict(signature, other, key));
		}
		let pair = sp_core::ecdsa::Pair::from_seed(&[1; 32]);
		let (one, two) = ([1; 32], [2; 32]);
		let signature: [u8; 65] = pair.sign_prehashed(&one).into();
		let key = sp_io::crypto::secp256k1_ecdsa_recover(&signature, &one).ok();
		assert!(key.is_some());
		for _ in 0..2 {
			assert_eq!(crypto::secp256k1_ecdsa_recover(&signature, &one).ok(), key);
			assert_ne!(crypto::secp256k1_ecdsa_recover(&signature, &two).ok(), key);
		}
		assert_eq!(recover_overflowing(&signature, &one).ok(), key);
		let bad = [0xff; 65];
		assert!(matches!(crypto::secp256k1_ecdsa_recover(&bad, &one), Err(EcdsaVerifyError::BadV)));
	}
}
