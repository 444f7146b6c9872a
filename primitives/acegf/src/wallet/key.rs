// SPDX-License-Identifier: Apache-2.0
//! The keys that the streams are turned into, and the addresses of the wallets that hold them.

use core::fmt;
use curve25519_dalek::MontgomeryPoint;
use k256::elliptic_curve::sec1::ToEncodedPoint;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};
use sha3::Keccak256;
use unum_address::{Address, BtcScript};
use unum_id_com::IdCom;
use unum_signature::schemes::ml_dsa_44::SigningKey as MlDsa44Key;
use zeroize::{Zeroize, Zeroizing};

use super::{Scheme, Stream};

/// A private key of one stream.
///
/// It is wiped when dropped, and its `Debug` shows the stream alone.
#[derive(Clone)]
pub struct StreamKey {
	stream: Stream,
	secret: Secret,
}

/// A private key, valid in its scheme.
#[derive(Clone)]
enum Secret {
	Ed25519(ed25519_dalek::SigningKey),
	Secp256k1(k256::SecretKey),
	X25519(Zeroizing<[u8; 32]>),
	MlDsa44(Zeroizing<[u8; 32]>),
}

impl StreamKey {
	/// Turns 32 bytes into the key of a stream.
	///
	/// All but secp256k1 take any 32 bytes. Those that are no scalar from 1 to n − 1 (one stream in
	/// 2¹²⁸) are replaced by their SHA-256 until they are.
	pub fn from_stream(stream: Stream, bytes: &[u8; 32]) -> Self {
		let secret = match stream.scheme() {
			Scheme::Ed25519 => Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(bytes)),
			Scheme::Secp256k1 => Secret::Secp256k1(secp256k1_scalar(bytes)),
			Scheme::X25519 => Secret::X25519(Zeroizing::new(*bytes)),
			Scheme::MlDsa44 => Secret::MlDsa44(Zeroizing::new(*bytes)),
		};
		Self { stream, secret }
	}

	/// Which stream this key is of.
	pub const fn stream(&self) -> Stream {
		self.stream
	}

	/// The private key: seed, scalar (big-endian), or ξ.
	pub fn expose(&self) -> Zeroizing<[u8; 32]> {
		match &self.secret {
			Secret::Ed25519(key) => Zeroizing::new(key.to_bytes()),
			Secret::Secp256k1(key) => {
				let mut bytes = key.to_bytes();
				let copy = Zeroizing::new(bytes.into());
				bytes.zeroize();
				copy
			},
			Secret::X25519(bytes) | Secret::MlDsa44(bytes) => bytes.clone(),
		}
	}

	/// The key for signing, if this is one of ed25519.
	pub const fn as_ed25519(&self) -> Option<&ed25519_dalek::SigningKey> {
		match &self.secret {
			Secret::Ed25519(key) => Some(key),
			_ => None,
		}
	}

	/// The key for signing, if this is one of secp256k1.
	pub const fn as_secp256k1(&self) -> Option<&k256::SecretKey> {
		match &self.secret {
			Secret::Secp256k1(key) => Some(key),
			_ => None,
		}
	}

	/// The public key: 32 bytes, 33 (compressed, secp256k1), or 1,312 (ML-DSA-44).
	pub fn public_key(&self) -> Vec<u8> {
		match &self.secret {
			Secret::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
			Secret::Secp256k1(key) => key.public_key().to_encoded_point(true).as_bytes().to_vec(),
			Secret::X25519(bytes) => MontgomeryPoint::mul_base_clamped(**bytes).to_bytes().to_vec(),
			Secret::MlDsa44(seed) => MlDsa44Key::from_seed(seed).public_key().to_vec(),
		}
	}

	/// The address under which the wallet that holds this key is known on its VM; `None` for streams
	/// without a VM here.
	///
	/// Bitcoin: P2WPKH. Polkadot: the account of the ed25519 key, which is an id_com of its own.
	pub fn address(&self) -> Option<Address> {
		match (self.stream, &self.secret) {
			(Stream::Solana, Secret::Ed25519(key)) => {
				Some(Address::Svm(key.verifying_key().to_bytes().into()))
			},
			(Stream::Polkadot, Secret::Ed25519(key)) => {
				Some(Address::Native(IdCom::new(key.verifying_key().to_bytes())))
			},
			(Stream::Evm, Secret::Secp256k1(key)) => Some(Address::Evm(keccak_20(key).into())),
			(Stream::Tron, Secret::Secp256k1(key)) => Some(Address::Tvm(keccak_20(key).into())),
			(Stream::Btc, Secret::Secp256k1(_)) => p2wpkh(&self.public_key()).map(Address::Bvm),
			_ => None,
		}
	}
}

impl fmt::Debug for StreamKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "StreamKey({}, ..)", self.stream)
	}
}

/// The bytes as a scalar, or the first of their repeated hashes that is one.
fn secp256k1_scalar(bytes: &[u8; 32]) -> k256::SecretKey {
	let mut bytes = Zeroizing::new(*bytes);
	loop {
		if let Ok(key) = k256::SecretKey::from_slice(&*bytes) {
			return key;
		}
		*bytes = Sha256::digest(*bytes).into();
	}
}

/// The last 20 bytes of the Keccak-256 of the public key's coordinates: an address on Ethereum and
/// Tron.
fn keccak_20(key: &k256::SecretKey) -> [u8; 20] {
	let point = key.public_key().to_encoded_point(false);
	let coordinates = point.as_bytes().get(1..).unwrap_or_default();
	let hash: [u8; 32] = Keccak256::digest(coordinates).into();
	let [_, _, _, _, _, _, _, _, _, _, _, _, tail @ ..] = hash;
	tail
}

/// The script `0 <HASH160 of the public key>` ([BIP-141]). It is far shorter than scripts may be.
///
/// [BIP-141]: https://github.com/bitcoin/bips/blob/master/bip-0141.mediawiki
fn p2wpkh(public_key: &[u8]) -> Option<BtcScript> {
	let hash = Ripemd160::digest(Sha256::digest(public_key));
	BtcScript::new([&[0x00, 0x14], hash.as_slice()].concat()).ok()
}
