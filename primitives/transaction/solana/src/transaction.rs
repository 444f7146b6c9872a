// SPDX-License-Identifier: Apache-2.0
//! A transaction with its fields, before anybody has looked at its signatures.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_signature::schemes::ed25519;

use crate::{
	decode, encode, message::hash, DecodeError, Message, SanitizeError, Signature, Verified,
	VerifyError,
};

/// A well-formed transaction of any chain.
///
/// # Invariants
/// Its bytes are the only encoding of its fields, and it has at least one signature.
///
/// Nothing is known about the signatures yet: a chain takes a [`Verified`] only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawTransaction {
	bytes: Vec<u8>,
	message_offset: usize,
	signatures: Vec<Signature>,
	message: Message,
}

impl RawTransaction {
	/// Reads a transaction, as `sendTransaction` gets it.
	///
	/// # Errors
	/// [`DecodeError`], for all that is not the one encoding of a transaction of a known version.
	pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
		let decode::Parts { signatures, message_offset, message } = decode::transaction(bytes)?;
		Ok(Self { bytes: bytes.to_vec(), message_offset, signatures, message })
	}

	/// Puts signatures before a message. Whether anybody made them is not asked.
	///
	/// # Errors
	/// [`DecodeError::TooLong`], [`DecodeError::NoSignatures`].
	pub fn new(signatures: &[Signature], message: &Message) -> Result<Self, DecodeError> {
		Self::decode(&encode::transaction(signatures, message))
	}

	/// Checks the rules that need no state; see [`SanitizeError`].
	///
	/// # Errors
	/// [`SanitizeError::WrongSignatureCount`], and those of [`Message::sanitize`].
	pub fn sanitize(&self) -> Result<(), SanitizeError> {
		let (have, want) = (self.signatures.len(), self.message.header().num_required_signatures);
		match have == usize::from(want) {
			true => self.message.sanitize(),
			false => Err(SanitizeError::WrongSignatureCount { have, want }),
		}
	}

	/// Verifies that this transaction keeps the rules that need no state, and that everyone signed who
	/// has to.
	///
	/// Signatures are judged as strictly as Solana does, see [`ed25519::verify`].
	///
	/// # Errors
	/// [`VerifyError::Sanitize`], [`VerifyError::SignatureFailure`], in this order: what costs least is
	/// asked first.
	pub fn verify(self) -> Result<Verified, VerifyError> {
		self.verify_with(|key, message, signature| {
			ed25519::verify(key.as_bytes(), message, signature).is_ok()
		})
	}

	/// [`verify`](Self::verify), with signatures judged by other means: `judge` says whether a
	/// signature is one of the key over the message, as strictly as [`ed25519::verify`].
	///
	/// # Errors
	/// As [`verify`](Self::verify).
	pub fn verify_with(
		self,
		mut judge: impl FnMut(&SvmAddress, &[u8], &[u8; 64]) -> bool,
	) -> Result<Verified, VerifyError> {
		self.sanitize().map_err(VerifyError::Sanitize)?;
		let message = self.message_bytes();
		let signed = self.message.account_keys().iter().zip(&self.signatures);
		match signed.zip(0u8..).find(|((key, it), _)| !judge(key, message, it.as_bytes())) {
			Some((_, index)) => Err(VerifyError::SignatureFailure { index }),
			None => Ok(Verified::new(self)),
		}
	}

	/// The bytes, as they came.
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// The bytes, from the fields: the same.
	pub fn encode(&self) -> Vec<u8> {
		encode::transaction(&self.signatures, &self.message)
	}

	/// The bytes that are signed.
	pub fn message_bytes(&self) -> &[u8] {
		self.bytes.get(self.message_offset..).unwrap_or_default()
	}

	/// The hash of the bytes that are signed; see [`Message::hash`].
	pub fn message_hash(&self) -> [u8; 32] {
		hash(self.message_bytes())
	}

	/// What is signed.
	pub const fn message(&self) -> &Message {
		&self.message
	}

	/// The message alone.
	pub fn into_message(self) -> Message {
		self.message
	}

	/// The signatures, in the order of the accounts that sign.
	pub fn signatures(&self) -> &[Signature] {
		&self.signatures
	}

	/// The signature of who pays, by which clients name a transaction.
	pub fn first_signature(&self) -> Signature {
		self.signatures.first().copied().unwrap_or_default()
	}
}

impl Message {
	/// Reads a message without signatures, as `getFeeForMessage` gets it.
	///
	/// # Errors
	/// As [`RawTransaction::decode`].
	pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
		decode::message(bytes)
	}
}
