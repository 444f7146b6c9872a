// SPDX-License-Identifier: Apache-2.0
//! Plain keys of Substrate, as `subkey` makes them.

use std::fmt;

use bip39::{Language, Mnemonic};
use sp_core::{
	crypto::{ByteArray, Pair, SecretStringError},
	ecdsa, ed25519, sr25519,
};
use unum_acegf::wallet::{Rev, SecretText};
use unum_id_com::IdCom;
use unum_signature::schemes::secp256k1;
use zeroize::{Zeroize, Zeroizing};

use crate::KeyError;

/// The signature scheme of a plain key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum AccountScheme {
	#[default]
	Sr25519,
	Ed25519,
	Ecdsa,
}

impl AccountScheme {
	pub(crate) const ALL: [Self; 3] = [Self::Sr25519, Self::Ed25519, Self::Ecdsa];
}

impl fmt::Display for AccountScheme {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Sr25519 => "sr25519",
			Self::Ed25519 => "ed25519",
			Self::Ecdsa => "ecdsa",
		})
	}
}

/// A plain key: what is public of it, and its seed.
pub(crate) struct Account {
	pub(crate) scheme: AccountScheme,
	pub(crate) public_key: Vec<u8>,
	pub(crate) id_com: IdCom,
	/// None for keys that a soft path leads to: they have no seed.
	pub(crate) seed: Option<SecretText>,
}

impl Account {
	/// Reads a secret: phrase or seed (`0x…`), path (`//hard/soft`) and password (`///…`).
	pub(crate) fn from_secret(scheme: AccountScheme, secret: &str) -> Result<Self, KeyError> {
		match scheme {
			AccountScheme::Sr25519 => Self::of::<sr25519::Pair>(scheme, secret),
			AccountScheme::Ed25519 => Self::of::<ed25519::Pair>(scheme, secret),
			AccountScheme::Ecdsa => Self::of::<ecdsa::Pair>(scheme, secret),
		}
	}

	fn of<P: Pair>(scheme: AccountScheme, secret: &str) -> Result<Self, KeyError> {
		let (pair, seed) = P::from_string_with_seed(secret, None).map_err(reason)?;
		let public_key = pair.public().to_raw_vec();
		let id_com = id_com_of_public_key(&public_key).ok_or(KeyError::PublicKey)?;
		let seed = seed.map(|mut seed| {
			let digits = Zeroizing::new(hex::encode(seed.as_ref()));
			seed.as_mut().zeroize();
			["0x", digits.as_str()].concat().into()
		});
		Ok(Self { scheme, public_key, id_com, seed })
	}
}

/// The account of a public key: the key itself if it has 32 bytes, its hash if it has 33 (ecdsa).
pub(crate) fn id_com_of_public_key(key: &[u8]) -> Option<IdCom> {
	if let Ok(bytes) = <[u8; 32]>::try_from(key) {
		return Some(bytes.into());
	}
	let key = <[u8; 33]>::try_from(key).ok()?;
	secp256k1::PublicKey::from_compressed(&key).ok()?;
	Some(sp_crypto_hashing::blake2_256(&key).into())
}

/// A new phrase of this many words, which must be a number that BIP-39 knows.
pub(crate) fn new_phrase(words: u8) -> Result<SecretText, KeyError> {
	// Three words are 33 bits, 32 of them entropy.
	let length = usize::from(words) / 3 * 4;
	let mut entropy = Zeroizing::new(vec![0; length]);
	fill(&mut entropy)?;
	let mnemonic = Mnemonic::from_entropy_in(Language::English, &entropy)
		.map_err(|_| KeyError::WordCount { found: words.into() })?;
	let words: Vec<_> = mnemonic.words().collect();
	Ok(words.join(" ").into())
}

/// Fills a buffer with random bytes of the operating system.
fn fill(buffer: &mut [u8]) -> Result<(), KeyError> {
	for chunk in buffer.chunks_mut(32) {
		let random = Rev::generate()?;
		chunk.copy_from_slice(&random.expose()[..chunk.len()]);
	}
	Ok(())
}

/// The library's errors repeat the text, and it is secret.
fn reason(error: SecretStringError) -> KeyError {
	let reason = match error {
		SecretStringError::InvalidPhrase => {
			"invalid phrase: the words are not of the English list of BIP-39, or their checksum does \
			 not match"
		},
		SecretStringError::InvalidSeed | SecretStringError::InvalidSeedLength => {
			"a seed is 0x and 64 digits"
		},
		SecretStringError::InvalidPath => {
			"this scheme has no such path: only sr25519 has soft ones (/), all have hard ones (//)"
		},
		SecretStringError::InvalidPassword => "the password does not fit",
		_ => "expected a phrase or seed, //hard and /soft paths, and ///password",
	};
	KeyError::AccountSecret { reason }
}
