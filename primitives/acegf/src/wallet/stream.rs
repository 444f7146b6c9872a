// SPDX-License-Identifier: Apache-2.0
//! The key streams: independent secrets that one secret gives to the wallets of every chain.

use core::{fmt, str::FromStr};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{Rev, StreamKey};

/// Which key.
///
/// Text form: `solana`, `polkadot`, `evm`, `btc`, `cosmos`, `tron`, `x25519`, `ml-dsa-44`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stream {
	/// Stream 1: an ed25519 key for Solana.
	Solana,
	/// Stream 2: an ed25519 key for Substrate chains.
	Polkadot,
	/// Stream 3: a secp256k1 key for Ethereum.
	Evm,
	/// Stream 4: a secp256k1 key for Bitcoin.
	Btc,
	/// A secp256k1 key for Cosmos.
	Cosmos,
	/// A secp256k1 key for Tron.
	Tron,
	/// An X25519 key, to which others encrypt.
	X25519,
	/// Stream 7: an ML-DSA-44 key, the first method of an identity.
	MlDsa44,
}

/// What kind of key a stream is turned into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
	/// Signatures of RFC 8032; the stream is the seed.
	Ed25519,
	/// ECDSA and Schnorr signatures; the stream is the scalar, see [`StreamKey::from_stream`].
	Secp256k1,
	/// Key agreement of RFC 7748; the stream is the private key.
	X25519,
	/// Signatures of FIPS 204; the stream is the seed ξ.
	MlDsa44,
}

/// What every label begins with: the derivation from 32 bytes of secret, version 1.
const LABEL: &str = "ACEGF-REV32-V1-";

impl Stream {
	/// Every stream there is.
	pub const ALL: [Self; 8] = [
		Self::Solana,
		Self::Polkadot,
		Self::Evm,
		Self::Btc,
		Self::Cosmos,
		Self::Tron,
		Self::X25519,
		Self::MlDsa44,
	];

	/// What the label of this stream ends with.
	const fn label(self) -> &'static str {
		match self {
			Self::Solana => "ED25519-SOLANA",
			Self::Polkadot => "ED25519-POLKADOT",
			Self::Evm => "SECP256K1-EVM",
			Self::Btc => "SECP256K1-BTC",
			Self::Cosmos => "SECP256K1-COSMOS",
			Self::Tron => "SECP256K1-TRON",
			Self::X25519 => "X25519-IDENTITY",
			Self::MlDsa44 => "ML-DSA-44-PQC-IDENTITY",
		}
	}

	const fn name(self) -> &'static str {
		match self {
			Self::Solana => "solana",
			Self::Polkadot => "polkadot",
			Self::Evm => "evm",
			Self::Btc => "btc",
			Self::Cosmos => "cosmos",
			Self::Tron => "tron",
			Self::X25519 => "x25519",
			Self::MlDsa44 => "ml-dsa-44",
		}
	}

	/// What kind of key this stream is turned into.
	pub const fn scheme(self) -> Scheme {
		match self {
			Self::Solana | Self::Polkadot => Scheme::Ed25519,
			Self::Evm | Self::Btc | Self::Cosmos | Self::Tron => Scheme::Secp256k1,
			Self::X25519 => Scheme::X25519,
			Self::MlDsa44 => Scheme::MlDsa44,
		}
	}
}

impl Rev {
	/// The 32 bytes of a stream: `HKDF-SHA256(salt = none, ikm = REV).expand(label, 32)`
	/// ([RFC 5869]).
	///
	/// [RFC 5869]: https://www.rfc-editor.org/rfc/rfc5869
	pub fn stream(&self, stream: Stream) -> Zeroizing<[u8; 32]> {
		self.expand(stream.label())
	}

	/// The key of a stream.
	pub fn key(&self, stream: Stream) -> StreamKey {
		StreamKey::from_stream(stream, &self.stream(stream))
	}

	/// The stream whose label ends so.
	pub(super) fn expand(&self, label: &str) -> Zeroizing<[u8; 32]> {
		let mut okm = Zeroizing::new([0; 32]);
		let hkdf = Hkdf::<Sha256>::new(None, self.expose());
		// The only error is an output of more than 255 hashes, and this is one.
		let _ = hkdf.expand_multi_info(&[LABEL.as_bytes(), label.as_bytes()], &mut *okm);
		okm
	}
}

impl fmt::Display for Stream {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}

/// The text names no stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseStreamError;

impl fmt::Display for ParseStreamError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a stream is one of ")?;
		for (index, stream) in Stream::ALL.iter().enumerate() {
			let separator = if index == 0 { "" } else { ", " };
			write!(f, "{separator}{stream}")?;
		}
		Ok(())
	}
}

impl core::error::Error for ParseStreamError {}

impl FromStr for Stream {
	type Err = ParseStreamError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Self::ALL.into_iter().find(|stream| stream.name() == text).ok_or(ParseStreamError)
	}
}
