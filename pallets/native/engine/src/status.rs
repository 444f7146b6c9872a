// SPDX-License-Identifier: Apache-2.0
//! The ways in which the native VM says no.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use unum_id_com::IdCom;
use unum_vm_engine::{IdentityError, LedgerError, NativeStatus, OutOfGas};

/// Why an operation of the native VM failed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum NativeFailure {
	/// The ledger refused the movement.
	#[codec(index = 0)]
	Ledger(LedgerError),
	/// The identity has an account already: send to it with a transfer.
	#[codec(index = 1)]
	AccountExists(IdCom),
	/// The budget does not cover the operation.
	#[codec(index = 2)]
	OutOfGas {
		/// What it costs, in units of reference time.
		needed: u64,
		/// What was left.
		left: u64,
	},
	/// The registry of identities refused.
	#[codec(index = 3)]
	Identity(IdentityError),
}

impl From<LedgerError> for NativeFailure {
	fn from(error: LedgerError) -> Self {
		Self::Ledger(error)
	}
}

impl From<IdentityError> for NativeFailure {
	fn from(error: IdentityError) -> Self {
		Self::Identity(error)
	}
}

impl From<OutOfGas> for NativeFailure {
	fn from(error: OutOfGas) -> Self {
		Self::OutOfGas { needed: error.needed.ref_time(), left: error.left.ref_time() }
	}
}

impl NativeStatus for NativeFailure {
	fn code(&self) -> u8 {
		match self {
			Self::Ledger(LedgerError::UnknownMint(_)) => 1,
			Self::Ledger(LedgerError::InsufficientBalance { .. }) => 2,
			Self::Ledger(LedgerError::Frozen(_)) => 3,
			Self::Ledger(LedgerError::Overflow(_)) => 4,
			Self::Ledger(LedgerError::BelowExistentialDeposit) => 5,
			Self::Ledger(LedgerError::Restricted) => 6,
			Self::Ledger(LedgerError::InsufficientAllowance { .. }) => 7,
			Self::Ledger(LedgerError::MintExists(_)) => 8,
			Self::Ledger(LedgerError::NotAuthority(..)) => 9,
			Self::Ledger(LedgerError::NoAuthority(..)) => 10,
			Self::Ledger(LedgerError::SupplyTooLarge(_)) => 11,
			Self::Ledger(LedgerError::InvalidToken(_)) => 12,
			Self::Ledger(LedgerError::AddressTaken(_)) => 13,
			Self::AccountExists(_) => 16,
			Self::Identity(error) => 32u8.saturating_add(error.code()),
			Self::OutOfGas { .. } => 127,
		}
	}
}

impl fmt::Display for NativeFailure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Ledger(error) => error.fmt(f),
			Self::AccountExists(id_com) => {
				write!(f, "account {id_com} exists already: send to it with a transfer")
			},
			Self::OutOfGas { needed, left } => {
				write!(f, "out of gas: the operation costs {needed} and {left} is left")
			},
			Self::Identity(error) => error.fmt(f),
		}
	}
}
