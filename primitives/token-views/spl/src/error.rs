// SPDX-License-Identifier: Apache-2.0
//! Why an instruction failed.

use core::fmt;
use unum_vm_engine::{LedgerError, TokenAuthority};

/// An error of the token program's own: its number is the custom error code of Solana
/// (`interface/src/error.rs` upstream).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TokenError {
	/// The account has fewer lamports than its rent exemption needs.
	NotRentExempt = 0,
	/// There are fewer tokens, or fewer delegated ones, than the instruction needs.
	InsufficientFunds = 1,
	/// The account given as a mint is none.
	InvalidMint = 2,
	/// The token account belongs to another mint.
	MintMismatch = 3,
	/// The authority given is not the one that the account names.
	OwnerMismatch = 4,
	/// The mint has no mint authority.
	FixedSupply = 5,
	/// The account is initialized already.
	AlreadyInUse = 6,
	/// A multisig has 1 to 11 signers.
	InvalidNumberOfProvidedSigners = 7,
	/// A multisig requires 1 to 11 signatures.
	InvalidNumberOfRequiredSigners = 8,
	/// Reserved upstream; never returned.
	UninitializedState = 9,
	/// The instruction does not work on the wrapped native coin.
	NativeNotSupported = 10,
	/// Only an empty account can be closed.
	NonNativeHasBalance = 11,
	/// The instruction data can't be read, or asks for something impossible.
	InvalidInstruction = 12,
	/// The account is frozen, or not frozen, already.
	InvalidState = 13,
	/// A number would not fit its 64 bits.
	Overflow = 14,
	/// This account has no authority of this type, or it can't be changed.
	AuthorityTypeNotSupported = 15,
	/// The mint has no freeze authority.
	MintCannotFreeze = 16,
	/// The account is frozen.
	AccountFrozen = 17,
	/// The mint has other decimals than the instruction says.
	MintDecimalsMismatch = 18,
	/// The instruction works on the wrapped native coin only.
	NonNativeNotSupported = 19,
}

impl TokenError {
	/// The custom error code.
	#[allow(clippy::as_conversions)]
	pub const fn code(self) -> u8 {
		// The number of the variant, which `repr(u8)` keeps in a byte.
		self as u8
	}
}

impl fmt::Display for TokenError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::NotRentExempt => "the lamports of the account are below its rent exemption",
			Self::InsufficientFunds => "insufficient funds",
			Self::InvalidMint => "the account is not a mint",
			Self::MintMismatch => "the token account belongs to another mint",
			Self::OwnerMismatch => "the authority is not the one that the account names",
			Self::FixedSupply => "the supply of this token is fixed",
			Self::AlreadyInUse => "the account is in use already",
			Self::InvalidNumberOfProvidedSigners => "a multisig has 1 to 11 signers",
			Self::InvalidNumberOfRequiredSigners => "a multisig requires 1 to 11 signatures",
			Self::UninitializedState => "the state is not initialized",
			Self::NativeNotSupported => "the instruction does not support native tokens",
			Self::NonNativeHasBalance => "only an account without a balance can be closed",
			Self::InvalidInstruction => "invalid instruction",
			Self::InvalidState => "the state of the account does not allow the operation",
			Self::Overflow => "the operation overflowed",
			Self::AuthorityTypeNotSupported => {
				"the account does not support this type of authority"
			},
			Self::MintCannotFreeze => "this mint can't freeze accounts",
			Self::AccountFrozen => "the account is frozen",
			Self::MintDecimalsMismatch => "the mint has other decimals than the instruction says",
			Self::NonNativeNotSupported => "the instruction does not support non-native tokens",
		})
	}
}

impl core::error::Error for TokenError {}

/// Why an instruction failed, under the names that Solana's `InstructionError` has.
///
/// The last four are not the program's: the runtime finds them after it has run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgramError {
	/// An error of the token program's own.
	Custom(TokenError),
	/// An account or a value is not what the instruction expects.
	InvalidArgument,
	/// The data of an account has another length, or can't be what it should be.
	InvalidAccountData,
	/// Another program owns the account.
	IncorrectProgramId,
	/// Somebody has not signed who must.
	MissingRequiredSignature,
	/// The account has the right length, but has not been initialized.
	UninitializedAccount,
	/// The instruction names too few accounts.
	NotEnoughAccountKeys,
	/// The data of a read-only account would change.
	ReadonlyDataModified,
	/// The data of another program's account would change.
	ExternalAccountDataModified,
	/// The lamports of a read-only account would change.
	ReadonlyLamportChange,
	/// The lamports of another program's account would be spent.
	ExternalAccountLamportSpend,
}

impl ProgramError {
	/// The number that the program returns to the runtime (`solana-program-error`); `None` for the
	/// errors that the runtime finds itself.
	pub const fn to_u64(self) -> Option<u64> {
		let number: u64 = match self {
			Self::Custom(TokenError::NotRentExempt) => 1,
			// A small number is the custom code itself.
			Self::Custom(error) => return Some(u64_from(error.code())),
			Self::InvalidArgument => 2,
			Self::InvalidAccountData => 4,
			Self::IncorrectProgramId => 7,
			Self::MissingRequiredSignature => 8,
			Self::UninitializedAccount => 10,
			Self::NotEnoughAccountKeys => 11,
			Self::ReadonlyDataModified
			| Self::ExternalAccountDataModified
			| Self::ReadonlyLamportChange
			| Self::ExternalAccountLamportSpend => return None,
		};
		Some(number << 32)
	}
}

/// A byte as a wider number; `From` can't be called in a constant function.
#[allow(clippy::as_conversions)]
const fn u64_from(byte: u8) -> u64 {
	byte as u64
}

impl fmt::Display for ProgramError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Custom(error) => return fmt::Display::fmt(error, f),
			Self::InvalidArgument => "an argument is invalid",
			Self::InvalidAccountData => "the data of an account is invalid",
			Self::IncorrectProgramId => "another program owns the account",
			Self::MissingRequiredSignature => "a required signature is missing",
			Self::UninitializedAccount => "the account is not initialized",
			Self::NotEnoughAccountKeys => "the instruction names too few accounts",
			Self::ReadonlyDataModified => "the data of a read-only account would change",
			Self::ExternalAccountDataModified => {
				"the data of another program's account would change"
			},
			Self::ReadonlyLamportChange => "the lamports of a read-only account would change",
			Self::ExternalAccountLamportSpend => {
				"the lamports of another program's account would be spent"
			},
		})
	}
}

impl core::error::Error for ProgramError {}

impl From<TokenError> for ProgramError {
	fn from(error: TokenError) -> Self {
		Self::Custom(error)
	}
}

/// What the ledger refuses, in upstream's words. Most of these the program finds first.
impl From<LedgerError> for ProgramError {
	fn from(error: LedgerError) -> Self {
		Self::Custom(match error {
			LedgerError::UnknownMint(_) | LedgerError::InvalidToken(_) => TokenError::InvalidMint,
			LedgerError::InsufficientBalance { .. }
			| LedgerError::InsufficientAllowance { .. }
			| LedgerError::BelowExistentialDeposit
			| LedgerError::Restricted => TokenError::InsufficientFunds,
			LedgerError::Frozen(_) => TokenError::AccountFrozen,
			LedgerError::Overflow(_) | LedgerError::SupplyTooLarge(_) => TokenError::Overflow,
			LedgerError::MintExists(_) | LedgerError::AddressTaken(_) => TokenError::AlreadyInUse,
			LedgerError::NotAuthority(..) => TokenError::OwnerMismatch,
			LedgerError::NoAuthority(_, TokenAuthority::Mint) => TokenError::FixedSupply,
			LedgerError::NoAuthority(_, TokenAuthority::Freeze) => TokenError::MintCannotFreeze,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use unum_id_com::MintId;
	use unum_units::LedgerAmount;
	use unum_vm_engine::Asset;

	#[test]
	fn numbers_are_those_of_solana() {
		let number = |error: TokenError| ProgramError::from(error).to_u64();
		// Zero means success, so the custom error 0 has a number of its own.
		assert_eq!(number(TokenError::NotRentExempt), Some(1 << 32));
		assert_eq!(number(TokenError::InvalidInstruction), Some(12));
		assert_eq!(number(TokenError::NonNativeNotSupported), Some(19));
		assert_eq!(ProgramError::UninitializedAccount.to_u64(), Some(10 << 32));
		assert_eq!(ProgramError::ReadonlyDataModified.to_u64(), None);
	}

	#[test]
	fn what_the_ledger_refuses_has_a_name_upstream() {
		let mint = MintId::from([1; 32]);
		let asset = Asset::Token(mint);
		let [available, needed] = [LedgerAmount::ZERO; 2];
		let cases = [
			(LedgerError::UnknownMint(mint), TokenError::InvalidMint),
			(
				LedgerError::InsufficientBalance { asset, available, needed },
				TokenError::InsufficientFunds,
			),
			(LedgerError::Frozen(mint), TokenError::AccountFrozen),
			(LedgerError::Overflow(asset), TokenError::Overflow),
			(LedgerError::SupplyTooLarge(mint), TokenError::Overflow),
			(LedgerError::Restricted, TokenError::InsufficientFunds),
			(LedgerError::MintExists(mint), TokenError::AlreadyInUse),
			(LedgerError::AddressTaken(mint), TokenError::AlreadyInUse),
			(LedgerError::InvalidToken(mint), TokenError::InvalidMint),
			(LedgerError::NotAuthority(mint, TokenAuthority::Mint), TokenError::OwnerMismatch),
			(LedgerError::NoAuthority(mint, TokenAuthority::Mint), TokenError::FixedSupply),
			(LedgerError::NoAuthority(mint, TokenAuthority::Freeze), TokenError::MintCannotFreeze),
		];
		for (ledger, token) in cases {
			assert_eq!(ProgramError::from(ledger), ProgramError::Custom(token));
		}
	}
}
