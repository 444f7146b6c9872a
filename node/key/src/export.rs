// SPDX-License-Identifier: Apache-2.0
//! `unum key export`.

use serde::Serialize;
use unum_acegf::wallet::{Rev, SecretText, Stream};

use crate::{
	args::{FormatArgs, Named, SecretArgs},
	output::{exposed, Print, Text},
	report::notation,
	KeyError,
};

/// Prints the private key of one wallet.
#[derive(Debug, clap::Args)]
pub struct Export {
	/// Which wallet's key.
	///
	/// evm: 0x and 64 digits (MetaMask). solana: base58 of private and public key (Phantom). btc: WIF
	/// of the test networks, because this chain's Bitcoin addresses are regtest's: no real bitcoin
	/// belongs there. tron, cosmos: 64 digits (TronLink, Keplr). polkadot: the seed of an ed25519
	/// account (polkadot.js). x25519, ml-dsa-44: private key and seed.
	#[arg(long, value_name = "STREAM", value_parser = Named(&Stream::ALL))]
	stream: Stream,

	#[command(flatten)]
	secret: SecretArgs,

	#[command(flatten)]
	format: FormatArgs,
}

/// What is printed; for people, the key alone, so that it can be piped.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
	stream: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	address: Option<String>,
	public_key: String,
	#[serde(serialize_with = "exposed")]
	private_key: SecretText,
}

impl Export {
	pub(crate) fn run(&self) -> Result<(), KeyError> {
		let key = Rev::from_phrase(self.secret.read()?.expose())?.key(self.stream);
		let exported = Exported {
			stream: self.stream.to_string(),
			address: key.address().as_ref().map(notation),
			public_key: ["0x", &hex::encode(key.public_key())].concat(),
			private_key: key.export(),
		};
		exported.print(self.format)
	}
}

impl Print for Exported {
	fn write_text(&self, text: &mut Text) {
		text.line(self.private_key.expose());
	}
}
