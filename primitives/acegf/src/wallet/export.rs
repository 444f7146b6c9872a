// SPDX-License-Identifier: Apache-2.0
//! Private keys in the notation that the wallets of each chain import.

use zeroize::{Zeroize, Zeroizing};

use super::{SecretText, Stream, StreamKey};

/// Version of a private key in Base58Check on Bitcoin's test networks, regtest included: 0x80 on the
/// main network. This chain's Bitcoin addresses have the prefixes of regtest, and a key in the
/// notation of the main network would invite its owner to keep real bitcoin under it.
const WIF_VERSION: u8 = 0xef;

/// Says that the public key is used in its compressed form, which witness programs require.
const WIF_COMPRESSED: u8 = 0x01;

impl StreamKey {
	/// The private key as the wallets of its chain import it.
	///
	/// | stream | notation | for instance in |
	/// |---|---|---|
	/// | evm | `0x` and 64 digits | MetaMask |
	/// | solana | base58 of 64 bytes, private and public key | Phantom |
	/// | btc | WIF, compressed, test networks | Bitcoin Core, Electrum |
	/// | tron | 64 digits | TronLink |
	/// | polkadot | `0x` and 64 digits, the seed of an ed25519 account | polkadot.js |
	/// | cosmos | 64 digits | Keplr |
	/// | x25519, ml-dsa-44 | `0x` and 64 digits, private key and seed ξ | |
	pub fn export(&self) -> SecretText {
		match self.stream() {
			Stream::Evm | Stream::Polkadot | Stream::X25519 | Stream::MlDsa44 => self.digits("0x"),
			Stream::Tron | Stream::Cosmos => self.digits(""),
			Stream::Solana => self.key_pair_base58(),
			Stream::Btc => self.wif(),
		}
	}

	fn digits(&self, prefix: &str) -> SecretText {
		let digits = Zeroizing::new(hex::encode(*self.expose()));
		[prefix, digits.as_str()].concat().into()
	}

	fn key_pair_base58(&self) -> SecretText {
		let mut pair = [self.expose().as_slice(), &self.public_key()].concat();
		let text = bs58::encode(&pair).into_string();
		pair.zeroize();
		text.into()
	}

	fn wif(&self) -> SecretText {
		let mut payload = [self.expose().as_slice(), &[WIF_COMPRESSED]].concat();
		let text = bs58::encode(&payload).with_check_version(WIF_VERSION).into_string();
		payload.zeroize();
		text.into()
	}
}
