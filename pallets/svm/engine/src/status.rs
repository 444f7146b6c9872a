// SPDX-License-Identifier: Apache-2.0
//! The ways in which the Solana VM says no.

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use unum_solana_view::TransactionError;
use unum_vm_engine::NativeStatus;

/// Why an operation or a transaction failed: Solana's own error.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SvmFailure(pub TransactionError);

impl fmt::Display for SvmFailure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

impl From<TransactionError> for SvmFailure {
	fn from(error: TransactionError) -> Self {
		Self(error)
	}
}

impl NativeStatus for SvmFailure {
	// There are fewer than 64 of them; those of raw transactions begin above (`raw`).
	fn code(&self) -> u8 {
		self.0.index()
	}
}
