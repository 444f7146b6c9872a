// SPDX-License-Identifier: Apache-2.0
//! The ledger's refusals, in the words of the pallet's calls and in those of FRAME.

use frame_support::traits::tokens::{DepositConsequence, WithdrawConsequence};
use sp_runtime::{ArithmeticError, DispatchError, TokenError};
use unum_vm_engine::{LedgerError, TokenAuthority};

use crate::{Error, TextError};

impl<T> From<LedgerError> for Error<T> {
	fn from(error: LedgerError) -> Self {
		use TokenAuthority::{Freeze, Mint};
		match error {
			LedgerError::UnknownMint(_) => Self::UnknownMint,
			LedgerError::InsufficientBalance { .. } => Self::InsufficientBalance,
			LedgerError::Frozen(_) => Self::BalanceFrozen,
			LedgerError::Overflow(_) => Self::Overflow,
			LedgerError::InsufficientAllowance { .. } => Self::InsufficientAllowance,
			LedgerError::MintExists(_) => Self::MintExists,
			LedgerError::NotAuthority(_, Mint) => Self::NotMintAuthority,
			LedgerError::NotAuthority(_, Freeze) => Self::NotFreezeAuthority,
			LedgerError::NoAuthority(_, Mint) => Self::SupplyIsFixed,
			LedgerError::NoAuthority(_, Freeze) => Self::NoFreezeAuthority,
			LedgerError::SupplyTooLarge(_) => Self::SupplyTooLarge,
			LedgerError::InvalidToken(_) => Self::InvalidToken,
			LedgerError::AddressTaken(_) => Self::AddressTaken,
			// Of the native coin alone, which no call of this pallet moves.
			LedgerError::BelowExistentialDeposit | LedgerError::Restricted => Self::BalanceFrozen,
		}
	}
}

impl<T> Error<T> {
	/// The error for a text, `too_long` being the one for its length.
	pub(crate) fn of_text(error: TextError, too_long: Self) -> Self {
		match error {
			TextError::TooLong => too_long,
			TextError::NotUtf8 => Self::TextNotUtf8,
			TextError::HiddenCharacter => Self::TextHasHiddenCharacter,
		}
	}
}

/// The error that FRAME's pallets know for a refusal; the pallet's own where they have none.
pub(crate) fn in_frames_words<T>(error: LedgerError) -> DispatchError
where
	DispatchError: From<Error<T>>,
{
	match error {
		LedgerError::UnknownMint(_) => TokenError::UnknownAsset.into(),
		LedgerError::InsufficientBalance { .. } => TokenError::FundsUnavailable.into(),
		LedgerError::Frozen(_) => TokenError::Frozen.into(),
		LedgerError::Overflow(_) | LedgerError::SupplyTooLarge(_) => {
			ArithmeticError::Overflow.into()
		},
		other => Error::<T>::from(other).into(),
	}
}

/// What a withdrawal that leaves this much, or is refused, is called in FRAME.
pub(crate) fn withdrawal(left: Result<Option<u128>, LedgerError>) -> WithdrawConsequence<u128> {
	match left {
		// What is destroyed with the balance is less than the minimum of one, so nothing.
		Ok(Some(0)) => WithdrawConsequence::ReducedToZero(0),
		Ok(_) => WithdrawConsequence::Success,
		Err(LedgerError::UnknownMint(_)) => WithdrawConsequence::UnknownAsset,
		Err(LedgerError::Frozen(_)) => WithdrawConsequence::Frozen,
		Err(LedgerError::InsufficientBalance { .. }) => WithdrawConsequence::BalanceLow,
		Err(_) => WithdrawConsequence::Underflow,
	}
}

/// What a deposit is called in FRAME.
pub(crate) const fn deposit(checked: Result<(), LedgerError>) -> DepositConsequence {
	match checked {
		Ok(()) => DepositConsequence::Success,
		Err(LedgerError::UnknownMint(_)) => DepositConsequence::UnknownAsset,
		Err(LedgerError::Frozen(_)) => DepositConsequence::Blocked,
		Err(_) => DepositConsequence::Overflow,
	}
}
