// SPDX-License-Identifier: Apache-2.0
//! What is refused before it is included.
//!
//! The transaction pool can carry one byte of a refusal; the sentence that goes with it is asked for
//! by the node and shown by its RPC.

use alloc::string::{String, ToString};
use codec::Decode;
use core::fmt;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use unum_address::VmKind;
use unum_id_com::IdCom;
use unum_vm_engine::{CallContext, EngineList, PayloadError, Rejection};

use crate::{Config, EnginesOf, Pallet, PayloadOf};

/// Why an operation is refused before inclusion. Nothing is charged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// The bytes are no payload.
	Payload(PayloadError),
	/// The VM is switched off.
	EngineDisabled {
		/// Which.
		vm: VmKind,
		/// Its name.
		name: String,
	},
	/// The engine would refuse it in the present state.
	Engine(Rejection),
	/// The nonce of a raw transaction was used before.
	NonceTooLow {
		/// The sender's next nonce.
		next: u64,
		/// The one in the transaction.
		nonce: u64,
	},
	/// The nonce of a raw transaction is too high: for a block if others have to come before, and for
	/// the pool if it is one that is never reached.
	NonceTooHigh {
		/// The sender's next nonce.
		next: u64,
		/// The one in the transaction.
		nonce: u64,
	},
}

impl From<Refusal> for TransactionValidityError {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::NonceTooLow { .. } => InvalidTransaction::Stale.into(),
			Refusal::NonceTooHigh { .. } => InvalidTransaction::Future.into(),
			other => InvalidTransaction::Custom(other.code()).into(),
		}
	}
}

impl Refusal {
	/// The cause as one byte, stable for ever: below 128 the dispatcher's, from 128 the engine's.
	pub fn code(&self) -> u8 {
		match self {
			Self::Payload(PayloadError::Empty) => 1,
			Self::Payload(PayloadError::UnknownOpcode { .. }) => 2,
			Self::Payload(PayloadError::Oversized { .. }) => 3,
			Self::Payload(PayloadError::Truncated { .. }) => 4,
			Self::Payload(PayloadError::TrailingBytes { .. }) => 5,
			Self::Payload(PayloadError::Malformed { .. }) => 6,
			Self::EngineDisabled { .. } => 7,
			Self::NonceTooLow { .. } => 9,
			Self::NonceTooHigh { .. } => 10,
			Self::Engine(rejection) => rejection.code,
		}
	}
}

impl fmt::Display for Refusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Payload(error) => error.fmt(f),
			Self::EngineDisabled { vm, name } => write!(
				f,
				"the {name} engine (VM {}) is switched off at present: see unum_engines",
				vm.get()
			),
			Self::Engine(rejection) => f.write_str(&rejection.message),
			Self::NonceTooLow { next, nonce } => {
				write!(f, "nonce too low: next nonce {next}, tx nonce {nonce}")
			},
			Self::NonceTooHigh { next, nonce } => {
				write!(f, "nonce too high: next nonce {next}, tx nonce {nonce}")
			},
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Whether a payload is worth including as things stand: its engine is on, and the engine has no
	/// objection. Reads only.
	///
	/// # Errors
	/// The [`Refusal`] that the sender gets.
	pub fn check(sender: IdCom, payload: &PayloadOf<T>) -> Result<(), Refusal> {
		Self::check_enabled(payload.vm())?;
		let block = Self::block_env();
		let context =
			CallContext { sender, transaction_hash: Default::default(), tag: None, block };
		EnginesOf::<T>::validate(payload.call(), &context).map_err(Refusal::Engine)
	}

	/// Whether a VM takes transactions.
	///
	/// # Errors
	/// [`Refusal::EngineDisabled`].
	pub(crate) fn check_enabled(vm: VmKind) -> Result<(), Refusal> {
		match Self::is_enabled(vm) {
			true => Ok(()),
			false => Err(Refusal::EngineDisabled { vm, name: Self::engine_name(vm) }),
		}
	}

	fn engine_name(vm: VmKind) -> String {
		let name = Self::engines().into_iter().find(|info| info.vm == vm).map(|info| info.name);
		name.map(|name| String::from_utf8_lossy(&name).to_string()).unwrap_or_default()
	}

	/// Says what is wrong with the arguments of a [`Call::submit`](crate::Call::submit) that did not
	/// decode: the payload, then an optional tag of sixteen bytes. `None` where nothing is wrong.
	pub fn explain_submit_arguments(arguments: &[u8]) -> Option<Refusal> {
		match PayloadOf::<T>::decode_exact(arguments) {
			Ok(_) => Some(Refusal::Payload(PayloadError::Truncated {
				opcode: arguments.first().copied().unwrap_or_default(),
			})),
			Err(PayloadError::TrailingBytes { opcode, count }) => {
				explain_tag(arguments, opcode, count)
			},
			Err(error) => Some(Refusal::Payload(error)),
		}
	}
}

/// What is wrong with the `count` bytes after a payload, which should be the optional tag.
fn explain_tag(arguments: &[u8], opcode: u8, count: u32) -> Option<Refusal> {
	let tag_at = arguments.len().checked_sub(usize::try_from(count).ok()?)?;
	let mut tag = arguments.get(tag_at..)?;
	match Option::<[u8; 16]>::decode(&mut tag) {
		Ok(_) if tag.is_empty() => None,
		Ok(_) => Some(Refusal::Payload(PayloadError::TrailingBytes {
			opcode,
			count: u32::try_from(tag.len()).unwrap_or(u32::MAX),
		})),
		Err(_) => Some(Refusal::Payload(PayloadError::Malformed { opcode })),
	}
}
