// SPDX-License-Identifier: Apache-2.0
//! Whether a proof is of the wallet that it binds.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use unum_address::{Address, BtcScript};

use super::{BindingProof, BindingStatement, Witness};
use crate::{
	message::{bip322, bitcoin, ethereum, solana, tron, ScriptKind},
	SignatureError,
};

/// A wallet has not proved that it made a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum BindingError {
	/// A native address is an identity itself, and identities are not bound to each other.
	#[codec(index = 0)]
	NotAWallet,
	/// The proof is of another kind than the address asks for.
	#[codec(index = 1)]
	WrongProof,
	/// The proof is of the right kind and does not hold.
	#[codec(index = 2)]
	Signature(SignatureError),
}

impl BindingError {
	/// Whether this is a sound signature, of another key or over another text.
	pub const fn is_wrong_signature(&self) -> bool {
		matches!(self, Self::Signature(SignatureError::Mismatch))
	}
}

impl fmt::Display for BindingError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NotAWallet => f.write_str("a native address is no wallet that can be bound"),
			Self::WrongProof => f.write_str("the proof is of another kind than the address"),
			Self::Signature(error) => error.fmt(f),
		}
	}
}

impl core::error::Error for BindingError {}

impl From<SignatureError> for BindingError {
	fn from(error: SignatureError) -> Self {
		Self::Signature(error)
	}
}

/// Verifies that the wallet which `statement` names signed its text.
///
/// # Errors
/// [`BindingError::NotAWallet`] for a native address, [`BindingError::WrongProof`] if the proof does
/// not fit the VM of the address or the kind of its script, and [`BindingError::Signature`]:
/// [`SignatureError::Mismatch`] if it is another wallet's signature or over another text, else why
/// it is no signature at all.
pub fn verify_binding(
	statement: &BindingStatement,
	proof: &BindingProof,
) -> Result<(), BindingError> {
	match (&statement.address, proof) {
		(Address::Evm(address), BindingProof::Evm { signature }) => {
			let signer = ethereum::recover_signer(&text(statement), signature)?;
			require_same(&signer, address)
		},
		(Address::Svm(address), BindingProof::Svm { signature }) => {
			Ok(solana::verify(address, &text(statement), signature)?)
		},
		(Address::Tvm(address), BindingProof::Tvm { signature }) => {
			let signer = tron::recover_signer(&text(statement), signature)?;
			require_same(&signer, address)
		},
		(Address::Bvm(script), proof) => verify_bitcoin(statement, script, proof),
		(Address::Native(_), _) => Err(BindingError::NotAWallet),
		_ => Err(BindingError::WrongProof),
	}
}

/// The script is read before the text is made, which for a long script is long.
fn verify_bitcoin(
	statement: &BindingStatement,
	script: &BtcScript,
	proof: &BindingProof,
) -> Result<(), BindingError> {
	match (ScriptKind::of(script)?, proof) {
		(ScriptKind::P2pkh(hash), BindingProof::BvmLegacy { signature }) => {
			Ok(bitcoin::verify(&hash, &text(statement), signature)?)
		},
		(ScriptKind::P2wpkh(_) | ScriptKind::P2tr(_), BindingProof::Bvm322 { witness }) => {
			Ok(bip322::verify(script, &text(statement), &items(witness))?)
		},
		_ => Err(BindingError::WrongProof),
	}
}

fn text(statement: &BindingStatement) -> Vec<u8> {
	statement.message().into_bytes()
}

fn items(witness: &Witness) -> Vec<&[u8]> {
	witness.iter().map(|item| item.as_slice()).collect()
}

fn require_same<A: PartialEq>(signer: &A, wallet: &A) -> Result<(), BindingError> {
	match signer == wallet {
		true => Ok(()),
		false => Err(SignatureError::Mismatch.into()),
	}
}
