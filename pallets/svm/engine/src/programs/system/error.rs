// SPDX-License-Identifier: Apache-2.0
//! The System program's own errors.

use unum_solana_view::InstructionError;

/// An error of the System program: its number is the custom code (`SystemError`,
/// solana-system-interface 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SystemError {
	/// There is an account at this address already.
	AccountAlreadyInUse,
	/// The account has fewer lamports than it is to give.
	ResultWithNegativeLamports,
	/// The account can't have data of this length.
	InvalidAccountDataLength,
	/// The address is not the one that the seed gives.
	AddressWithSeedMismatch,
	/// The nonce was taken in this block already.
	NonceBlockhashNotExpired,
}

impl From<SystemError> for InstructionError {
	fn from(error: SystemError) -> Self {
		Self::Custom(match error {
			SystemError::AccountAlreadyInUse => 0,
			SystemError::ResultWithNegativeLamports => 1,
			SystemError::InvalidAccountDataLength => 3,
			SystemError::AddressWithSeedMismatch => 5,
			SystemError::NonceBlockhashNotExpired => 7,
		})
	}
}
