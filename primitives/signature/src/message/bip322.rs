// SPDX-License-Identifier: Apache-2.0
//! Bitcoin with Segwit: the "simple" form of [BIP-322].
//!
//! The message and the output script become a virtual transaction `to_spend`, which no network
//! accepts; the wallet signs another one, `to_sign`, that spends it, as it signs any transaction.
//! The simple form of the signature is the witness of `to_sign`; every other field is fixed. All
//! numbers are zero, and so is most of what follows.
//!
//! [BIP-322]: https://github.com/bitcoin/bips/blob/master/bip-0322.mediawiki

use unum_address::BtcScript;

use super::{bitcoin::compact_size, ScriptKind};
use crate::{
	hash::{bip340_tagged, sha256, sha256d},
	schemes::{
		schnorr,
		secp256k1::{self, EcdsaSignature, KeyForm, PublicKey},
	},
	SignatureError,
};

/// A version, amount, sequence, lock time, count or index of zero.
const ZERO_4: [u8; 4] = [0; 4];
const ZERO_8: [u8; 8] = [0; 8];
/// The only output of `to_sign`: no amount, and one byte of script, `OP_RETURN`.
const TO_SIGN_OUTPUT: [u8; 10] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0x6a];
/// The signature covers all inputs and outputs.
const SIGHASH_ALL: u8 = 1;
/// The same for Taproot, where it needs no byte of its own.
const SIGHASH_DEFAULT: u8 = 0;

/// Verifies that the wallet of `script` signed `message`.
///
/// For P2WPKH `witness` is a signature in strict DER with a low `s`, followed by the byte of
/// `SIGHASH_ALL`, and the compressed key. For P2TR it is one Schnorr signature, of 64 bytes or with
/// the byte of `SIGHASH_ALL` behind; an annex or a script path is refused.
///
/// # Errors
/// [`SignatureError::UnsupportedScript`] for any other script, also P2PKH, which has a form of its
/// own; [`SignatureError::MalformedWitness`], [`SignatureError::WrongSighashType`], and what the
/// schemes say.
pub fn verify(script: &BtcScript, message: &[u8], witness: &[&[u8]]) -> Result<(), SignatureError> {
	match ScriptKind::of(script)? {
		ScriptKind::P2wpkh(program) => {
			verify_p2wpkh(&program, &p2wpkh_sighash(script, &program, message), witness)
		},
		ScriptKind::P2tr(key) => verify_p2tr(&key, script, message, witness),
		ScriptKind::P2pkh(_) => Err(SignatureError::UnsupportedScript),
	}
}

/// The hash that the wallet of `script` signs for `message`: ECDSA with `SIGHASH_ALL` for P2WPKH,
/// Schnorr with `SIGHASH_DEFAULT` for P2TR.
///
/// # Errors
/// [`SignatureError::UnsupportedScript`] as in [`verify`].
pub fn sighash(script: &BtcScript, message: &[u8]) -> Result<[u8; 32], SignatureError> {
	match ScriptKind::of(script)? {
		ScriptKind::P2wpkh(program) => Ok(p2wpkh_sighash(script, &program, message)),
		ScriptKind::P2tr(_) => Ok(p2tr_sighash(script, message, SIGHASH_DEFAULT)),
		ScriptKind::P2pkh(_) => Err(SignatureError::UnsupportedScript),
	}
}

fn verify_p2wpkh(
	program: &[u8; 20],
	sighash: &[u8; 32],
	witness: &[&[u8]],
) -> Result<(), SignatureError> {
	let [signature, key] = witness else { return Err(SignatureError::MalformedWitness) };
	let key: &[u8; 33] = (*key).try_into().map_err(|_| SignatureError::MalformedWitness)?;
	let key = PublicKey::from_compressed(key)?;
	let signature = parse_typed_der(signature)?;
	match key.hash160(KeyForm::Compressed) == *program {
		true => secp256k1::verify(&key, sighash, &signature),
		false => Err(SignatureError::Mismatch),
	}
}

fn parse_typed_der(bytes: &[u8]) -> Result<EcdsaSignature, SignatureError> {
	match bytes.split_last() {
		Some((&SIGHASH_ALL, der)) => EcdsaSignature::from_der(der),
		Some(_) => Err(SignatureError::WrongSighashType),
		None => Err(SignatureError::MalformedSignature),
	}
}

fn verify_p2tr(
	key: &[u8; 32],
	script: &BtcScript,
	message: &[u8],
	witness: &[&[u8]],
) -> Result<(), SignatureError> {
	let [signature] = witness else { return Err(SignatureError::MalformedWitness) };
	let (signature, sighash_type) = parse_typed_schnorr(signature)?;
	schnorr::verify(key, &p2tr_sighash(script, message, sighash_type), signature)
}

fn parse_typed_schnorr(bytes: &[u8]) -> Result<(&[u8; 64], u8), SignatureError> {
	if let Ok(signature) = bytes.try_into() {
		return Ok((signature, SIGHASH_DEFAULT));
	}
	let bytes: &[u8; 65] = bytes.try_into().map_err(|_| SignatureError::MalformedSignature)?;
	match bytes {
		[signature @ .., SIGHASH_ALL] => Ok((signature, SIGHASH_ALL)),
		_ => Err(SignatureError::WrongSighashType),
	}
}

/// The hash of a message in `to_spend`.
pub fn message_hash(message: &[u8]) -> [u8; 32] {
	bip340_tagged("BIP0322-signed-message", &[message])
}

/// The id of `to_spend`, in the order of its bytes inside transactions (explorers reverse it).
pub fn to_spend_txid(script: &BtcScript, message: &[u8]) -> [u8; 32] {
	sha256d(&[
		&ZERO_4,
		// One input, which spends output 2^32 - 1 of transaction zero.
		&[1],
		&[0; 32],
		&[0xff; 4],
		// Its script, of 34 bytes: OP_0 and a push of the hash.
		&[0x22, 0x00, 0x20],
		&message_hash(message),
		&ZERO_4,
		// One output, without an amount.
		&[1],
		&ZERO_8,
		&compact_size(script.as_bytes().len()),
		script.as_bytes(),
		&ZERO_4,
	])
}

/// The hash that the wallet of a P2WPKH output signs ([BIP-143]).
///
/// [BIP-143]: https://github.com/bitcoin/bips/blob/master/bip-0143.mediawiki
fn p2wpkh_sighash(script: &BtcScript, program: &[u8; 20], message: &[u8]) -> [u8; 32] {
	let txid = to_spend_txid(script, message);
	sha256d(&[
		&ZERO_4,
		&sha256d(&[&txid, &ZERO_4]),
		&sha256d(&[&ZERO_4]),
		&txid,
		&ZERO_4,
		// The script that runs: that of P2PKH with the same hash.
		&[0x19, 0x76, 0xa9, 0x14],
		program,
		&[0x88, 0xac],
		&ZERO_8,
		&ZERO_4,
		&sha256d(&[&TO_SIGN_OUTPUT]),
		&ZERO_4,
		&u32::from(SIGHASH_ALL).to_le_bytes(),
	])
}

/// The hash that the wallet of a P2TR output signs by the key path ([BIP-341]).
///
/// [BIP-341]: https://github.com/bitcoin/bips/blob/master/bip-0341.mediawiki
fn p2tr_sighash(script: &BtcScript, message: &[u8], sighash_type: u8) -> [u8; 32] {
	let length = compact_size(script.as_bytes().len());
	bip340_tagged(
		"TapSighash",
		&[
			// The epoch, and what is signed.
			&[0, sighash_type],
			// Version and lock time.
			&ZERO_4,
			&ZERO_4,
			// Of all inputs: what they spend, its amounts, its scripts, and the sequences.
			&sha256(&[&to_spend_txid(script, message), &ZERO_4]),
			&sha256(&[&ZERO_8]),
			&sha256(&[&length, script.as_bytes()]),
			&sha256(&[&ZERO_4]),
			&sha256(&[&TO_SIGN_OUTPUT]),
			// Key path without an annex, and the index of the input.
			&[0],
			&ZERO_4,
		],
	)
}
