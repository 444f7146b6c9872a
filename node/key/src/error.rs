// SPDX-License-Identifier: Apache-2.0
//! What can go wrong: each error says what happened and what to do, on one line, without a secret.

use std::io;

use unum_acegf::wallet::{IdentityError, PhraseError, RngError};
use unum_address::ParseAddressError;
use unum_signature::{BindingError, SignatureError};

/// A command on keys failed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
	/// The words are not the phrase of an identity.
	#[error("invalid phrase: {0}")]
	Phrase(#[from] PhraseError),

	/// The words are not a phrase at all.
	#[error(
		"invalid phrase: an identity has 24 words, a plain account 12, 15, 18, 21 or 24, and these \
		 are {found}"
	)]
	WordCount {
		/// How many words there are.
		found: usize,
	},

	/// The text has a derivation path, or was said to be the secret of a plain account, and is none.
	#[error("invalid secret of a plain account: {reason}")]
	AccountSecret {
		/// Which part of it is wrong.
		reason: &'static str,
	},

	/// An identity has always the same number of words.
	#[error(
		"the phrase of an identity always has 24 words; leave --words out, or add --scheme sr25519 \
		 for a plain account"
	)]
	WordsOfIdentity,

	/// There is no phrase, and nobody who could be asked for one.
	#[error(
		"no phrase was given. Use --phrase-stdin or --phrase-fd <N>, or run the command in a \
		 terminal: it then asks for it"
	)]
	NoPhrase,

	/// The phrase could not be read.
	#[error(
		"{from} cannot be read: {cause}. Check that it is open for reading and holds the phrase"
	)]
	Unreadable {
		/// Where it was looked for.
		from: String,
		/// What the operating system says.
		cause: io::Error,
	},

	/// What was read is no text.
	#[error("{from} holds no phrase: it is empty, not text, or far too long")]
	NoText {
		/// Where it was read.
		from: String,
	},

	/// A single word that is nothing known.
	#[error(
		"this is no address, public key or secret. Expected an SS58 address, 0x and 64 digits, an \
		 address of Ethereum, Solana, Bitcoin (regtest) or Tron, a phrase, or a path such as //Alice"
	)]
	Unrecognised,

	/// It looks like an address of one VM, and a character is wrong.
	#[error("{0}. Compare it with the original")]
	Address(#[from] ParseAddressError),

	/// A public key that its scheme does not have.
	#[error(
		"a public key has 32 bytes, or 33 (compressed) of ecdsa; this is no point of secp256k1"
	)]
	PublicKey,

	/// The operating system gave no random numbers.
	#[error("{0}. Try again")]
	Random(#[from] RngError),

	/// An identity could not be computed.
	#[error("{0}. This is a bug: please report it")]
	Identity(#[from] IdentityError),

	/// A stream has no wallet that could be bound.
	#[error("wallets of this stream cannot be bound. Use --stream evm, solana, btc or tron")]
	NotBindable,

	/// A wallet's address stands where an identity was asked for.
	#[error(
		"--id-com takes an identity: 0x and 64 digits, an SS58 address, or a path such as //Alice"
	)]
	NotAnIdentity,

	/// A proof does not hold.
	#[error("the proof does not verify: {0}. This is a bug: please report it")]
	Binding(#[from] BindingError),

	/// The result could not be printed.
	#[error("the result cannot be written: {0}. Check where standard output goes")]
	Output(io::Error),
}

impl From<SignatureError> for KeyError {
	fn from(error: SignatureError) -> Self {
		BindingError::from(error).into()
	}
}
