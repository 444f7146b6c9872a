// SPDX-License-Identifier: Apache-2.0
//! `unum key sign-binding`.

use base64::{engine::general_purpose::STANDARD, Engine};
use codec::Encode;
use ed25519_dalek::Signer;
use k256::ecdsa::{RecoveryId, Signature, SigningKey};
use serde::Serialize;
use unum_acegf::wallet::{Rev, Stream, StreamKey};
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_signature::{
	binding::Witness,
	message::{bip322, ethereum, tron},
	verify_binding, BindingProof, BindingStatement,
};

use crate::{
	args::{hash, FormatArgs, MethodArgs, Named, SecretArgs},
	output::{Print, Text},
	subject::Subject,
	KeyError,
};

/// The streams whose wallets can be bound.
const BINDABLE: &[Stream] = &[Stream::Evm, Stream::Solana, Stream::Btc, Stream::Tron];

/// Signs the statement that binds a wallet of the phrase.
#[derive(Debug, clap::Args)]
pub struct SignBinding {
	/// Which wallet to bind.
	#[arg(long, value_name = "STREAM", value_parser = Named(BINDABLE))]
	stream: Stream,

	/// The hash of the chain's first block (chain_getBlockHash(0)): the proof is good there alone.
	#[arg(long, value_name = "0x…", value_parser = hash)]
	genesis: [u8; 32],

	/// The identity that takes the wallet over: 0x… or SS58. Without it, the phrase's own.
	#[arg(long, value_name = "0x…|SS58")]
	id_com: Option<String>,

	/// How often the wallet was bound before: `BindingNonce` of the wallet in the chain's pallet IdCom.
	#[arg(long, value_name = "N", default_value_t = 0)]
	nonce: u64,

	#[command(flatten)]
	methods: MethodArgs,

	#[command(flatten)]
	secret: SecretArgs,

	#[command(flatten)]
	format: FormatArgs,
}

/// What is printed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Signed {
	vm: VmKind,
	address: String,
	id_com: IdCom,
	genesis: String,
	nonce: u64,
	message: String,
	/// In the notation of the wallet that would have made it.
	signature: String,
	/// In SCALE, for the call `bind`.
	proof: String,
}

impl SignBinding {
	pub(crate) fn run(&self) -> Result<(), KeyError> {
		let rev = Rev::from_phrase(self.secret.read()?.expose())?;
		let key = rev.key(self.stream);
		let statement = self.statement(&rev, &key)?;
		let proof = sign(&key, &statement)?;
		verify_binding(&statement, &proof)?;
		let signed = Signed {
			vm: statement.address.vm(),
			address: statement.address.to_string(),
			id_com: statement.id_com,
			genesis: ["0x", &hex::encode(statement.genesis)].concat(),
			nonce: statement.nonce,
			message: statement.message(),
			signature: notation(&proof),
			proof: ["0x", &hex::encode(proof.encode())].concat(),
		};
		signed.print(self.format)
	}

	fn statement(&self, rev: &Rev, key: &StreamKey) -> Result<BindingStatement, KeyError> {
		Ok(BindingStatement {
			genesis: self.genesis,
			id_com: self.id_com(rev)?,
			address: key.address().ok_or(KeyError::NotBindable)?,
			nonce: self.nonce,
		})
	}

	fn id_com(&self, rev: &Rev) -> Result<IdCom, KeyError> {
		let Some(text) = &self.id_com else {
			return Ok(rev.methods(self.methods.methods)?.id_com());
		};
		match Subject::of(text, None)? {
			Subject::IdCom(id) => Ok(id),
			Subject::Account(account) => Ok(account.id_com),
			Subject::Wallet(_) | Subject::Identity(_) => Err(KeyError::NotAnIdentity),
		}
	}
}

/// Signs a statement as the wallet of its VM does.
fn sign(key: &StreamKey, statement: &BindingStatement) -> Result<BindingProof, KeyError> {
	let message = statement.message();
	let message = message.as_bytes();
	match &statement.address {
		Address::Evm(_) => {
			Ok(BindingProof::Evm { signature: recoverable(key, &ethereum::message_hash(message))? })
		},
		Address::Tvm(_) => {
			Ok(BindingProof::Tvm { signature: recoverable(key, &tron::message_hash(message))? })
		},
		Address::Svm(_) => {
			let key = key.as_ed25519().ok_or(KeyError::NotBindable)?;
			Ok(BindingProof::Svm { signature: key.sign(message).to_bytes() })
		},
		Address::Bvm(script) => {
			Ok(BindingProof::Bvm322 { witness: witness(key, &bip322::sighash(script, message)?)? })
		},
		Address::Native(_) => Err(KeyError::NotBindable),
	}
}

fn ecdsa(key: &StreamKey, hash: &[u8; 32]) -> Result<(Signature, RecoveryId), KeyError> {
	let key = SigningKey::from(key.as_secp256k1().ok_or(KeyError::NotBindable)?);
	key.sign_prehash_recoverable(hash).map_err(|_| KeyError::NotBindable)
}

/// `r ‖ s ‖ v`, with `v` 27 or 28.
fn recoverable(key: &StreamKey, hash: &[u8; 32]) -> Result<[u8; 65], KeyError> {
	let (signature, recovery) = ecdsa(key, hash)?;
	let mut bytes = [27 + u8::from(recovery.is_y_odd()); 65];
	bytes[..64].copy_from_slice(&signature.to_bytes());
	Ok(bytes)
}

/// `SIGHASH_ALL`, which follows a signature in DER.
const SIGHASH_ALL: u8 = 1;

/// The witness that spends from P2WPKH: signature and public key.
fn witness(key: &StreamKey, hash: &[u8; 32]) -> Result<Witness, KeyError> {
	let (signature, _) = ecdsa(key, hash)?;
	let signature = [signature.to_der().as_bytes(), &[SIGHASH_ALL]].concat();
	let items = [signature, key.public_key()].map(TryInto::try_into);
	let items: Result<Vec<_>, _> = items.into_iter().collect();
	items.ok().and_then(|items| items.try_into().ok()).ok_or(KeyError::NotBindable)
}

/// The signature as the wallets of its chain write it.
fn notation(proof: &BindingProof) -> String {
	match proof {
		BindingProof::Evm { signature } | BindingProof::Tvm { signature } => {
			["0x", &hex::encode(signature)].concat()
		},
		BindingProof::Svm { signature } => bs58::encode(signature).into_string(),
		BindingProof::Bvm322 { witness } => STANDARD.encode(serialized(witness)),
		BindingProof::BvmLegacy { signature } => STANDARD.encode(signature),
	}
}

/// The witness in Bitcoin's serialisation: a count and, for each item, length and bytes. Counts and
/// lengths below 253 are one byte, and these are at most 80.
fn serialized(witness: &Witness) -> Vec<u8> {
	let count = |length| u8::try_from(length).unwrap_or(u8::MAX);
	let mut bytes = vec![count(witness.len())];
	for item in witness {
		bytes.push(count(item.len()));
		bytes.extend_from_slice(item);
	}
	bytes
}

impl Print for Signed {
	fn write_text(&self, text: &mut Text) {
		text.field("VM", self.vm);
		text.field("Address", &self.address);
		text.field("Identity", self.id_com);
		text.field("Nonce", self.nonce);
		text.section("Message");
		text.line(&self.message);
		text.section("Signature");
		text.line(&self.signature);
		text.section("Proof (SCALE, for the call `bind`)");
		text.line(&self.proof);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde::Deserialize;

	#[derive(Deserialize)]
	#[serde(rename_all = "camelCase")]
	struct File {
		genesis: String,
		id_com: IdCom,
		bindings: Vec<Case>,
	}

	#[derive(Deserialize)]
	struct Case {
		rev: String,
		nonce: u64,
		evm: String,
		solana: String,
		btc: String,
		tron: String,
	}

	fn signed(file: &File, case: &Case, stream: Stream) -> (BindingStatement, BindingProof) {
		let key = Rev::new(hash(&["0x", &case.rev].concat()).unwrap()).key(stream);
		let statement = BindingStatement {
			genesis: hash(&file.genesis).unwrap(),
			id_com: file.id_com,
			address: key.address().unwrap(),
			nonce: case.nonce,
		};
		let proof = sign(&key, &statement).unwrap();
		(statement, proof)
	}

	/// ECDSA with the nonce of RFC 6979 and ed25519 are deterministic: the libraries of the wallets
	/// make the same signatures.
	#[test]
	fn signatures_are_those_of_the_wallets() {
		let file: File =
			serde_json::from_str(include_str!("../tests/vectors/bindings.json")).unwrap();
		assert_eq!(file.bindings.len(), 5);
		for case in &file.bindings {
			let expected = [&case.evm, &case.solana, &case.btc, &case.tron];
			for (stream, expected) in BINDABLE.iter().zip(expected) {
				let (statement, proof) = signed(&file, case, *stream);
				assert_eq!(notation(&proof), *expected, "{stream} of {}", case.rev);
				assert_eq!(verify_binding(&statement, &proof), Ok(()));
			}
		}
	}

	#[test]
	fn streams_without_a_wallet_here_are_not_bound() {
		for stream in Stream::ALL.into_iter().filter(|stream| !BINDABLE.contains(stream)) {
			let key = Rev::new([7; 32]).key(stream);
			let address = key.address().unwrap_or(Address::Native([0; 32].into()));
			let statement =
				BindingStatement { genesis: [0; 32], id_com: [1; 32].into(), address, nonce: 0 };
			assert!(matches!(sign(&key, &statement), Err(KeyError::NotBindable)), "{stream}");
		}
	}
}
