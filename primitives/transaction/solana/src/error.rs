// SPDX-License-Identifier: Apache-2.0
//! Why a transaction is refused: one variant for each cause, and what Solana's clients are told.

use core::fmt;
use unum_address::SvmAddress;
use unum_solana_view::{InstructionError, TransactionError};

use crate::limits::{
	MAX_ACCOUNTS, MAX_ACCOUNT_LOCKS, MAX_INSTRUCTIONS, MAX_INSTRUCTION_ACCOUNTS,
	MAX_TRANSACTION_BYTES,
};

/// The bytes are no transaction of a version that this chain has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecodeError {
	/// There are no bytes.
	Empty,
	/// There are more bytes than [`MAX_TRANSACTION_BYTES`].
	TooLong {
		/// How many.
		bytes: u64,
	},
	/// The bytes end before the transaction does.
	Truncated,
	/// Bytes follow after the transaction.
	TrailingBytes {
		/// How many.
		bytes: u16,
	},
	/// A length in a longer form than it needs.
	NonCanonicalLength,
	/// A length that 16 bits do not hold.
	LengthOverflow,
	/// A version of messages other than legacy and 0.
	UnsupportedVersion {
		/// Its number.
		version: u8,
	},
	/// No signature, so that nobody could name it.
	NoSignatures,
}

impl fmt::Display for DecodeError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Empty => f.write_str("the transaction is empty"),
			Self::TooLong { bytes } => {
				write!(f, "the transaction has {bytes} bytes; {MAX_TRANSACTION_BYTES} are the most")
			},
			Self::Truncated => f.write_str("the bytes end before the transaction does"),
			Self::TrailingBytes { bytes } => {
				write!(f, "{bytes} bytes follow after the transaction")
			},
			Self::NonCanonicalLength => f.write_str("a length is not in its shortest form"),
			Self::LengthOverflow => f.write_str("a length does not fit 16 bits"),
			Self::UnsupportedVersion { version } => {
				write!(f, "version {version} of messages is not supported; use legacy or 0")
			},
			Self::NoSignatures => f.write_str("the transaction has no signatures"),
		}
	}
}

impl core::error::Error for DecodeError {}

impl From<DecodeError> for TransactionError {
	fn from(error: DecodeError) -> Self {
		match error {
			DecodeError::UnsupportedVersion { .. } => Self::UnsupportedVersion,
			_ => Self::SanitizeFailure,
		}
	}
}

/// A transaction breaks a rule that needs no state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SanitizeError {
	/// Not as many signatures as accounts that sign.
	WrongSignatureCount {
		/// How many there are.
		have: usize,
		/// How many have to be.
		want: u8,
	},
	/// The payer does not sign, or is only read.
	PayerNotWritable,
	/// The header speaks of more accounts than there are.
	HeaderOutOfRange,
	/// A lookup takes nothing out of its table.
	EmptyLookup,
	/// More accounts than [`MAX_ACCOUNTS`], to which no byte can point.
	TooManyAccounts {
		/// How many.
		count: usize,
	},
	/// More instructions than [`MAX_INSTRUCTIONS`].
	TooManyInstructions {
		/// How many.
		count: usize,
	},
	/// An instruction with more accounts than [`MAX_INSTRUCTION_ACCOUNTS`].
	TooManyInstructionAccounts {
		/// How many.
		count: usize,
	},
	/// An instruction calls the payer.
	PayerAsProgram,
	/// An instruction calls an account that the message itself does not have.
	ProgramOutOfRange {
		/// Its position.
		index: u8,
	},
	/// An instruction names an account that does not exist.
	AccountOutOfRange {
		/// Its position.
		index: u8,
	},
	/// More accounts than [`MAX_ACCOUNT_LOCKS`].
	TooManyAccountLocks {
		/// How many.
		count: usize,
	},
	/// An account is named twice.
	AccountLoadedTwice {
		/// Which.
		key: SvmAddress,
	},
}

impl fmt::Display for SanitizeError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::WrongSignatureCount { have, want } => {
				write!(f, "the transaction has {have} signatures; its header asks for {want}")
			},
			Self::PayerNotWritable => {
				f.write_str("the first account has to sign and to be writable: it pays the fee")
			},
			Self::HeaderOutOfRange => {
				f.write_str("the header speaks of more accounts than there are")
			},
			Self::EmptyLookup => f.write_str("an address table lookup takes nothing"),
			Self::TooManyAccounts { count } => {
				write!(f, "the message names {count} accounts; {MAX_ACCOUNTS} are the most")
			},
			Self::TooManyInstructions { count } => {
				write!(f, "the message has {count} instructions; {MAX_INSTRUCTIONS} are the most")
			},
			Self::TooManyInstructionAccounts { count } => write!(
				f,
				"an instruction names {count} accounts; {MAX_INSTRUCTION_ACCOUNTS} are the most"
			),
			Self::PayerAsProgram => f.write_str("an instruction calls the payer"),
			Self::ProgramOutOfRange { index } => {
				write!(f, "an instruction calls account {index}, which the message does not have")
			},
			Self::AccountOutOfRange { index } => {
				write!(f, "an instruction names account {index}, which does not exist")
			},
			Self::TooManyAccountLocks { count } => {
				write!(
					f,
					"the transaction names {count} accounts; {MAX_ACCOUNT_LOCKS} are the most"
				)
			},
			Self::AccountLoadedTwice { key } => write!(f, "the account {key} is named twice"),
		}
	}
}

impl core::error::Error for SanitizeError {}

impl From<SanitizeError> for TransactionError {
	fn from(error: SanitizeError) -> Self {
		match error {
			SanitizeError::TooManyAccountLocks { .. } => Self::TooManyAccountLocks,
			SanitizeError::AccountLoadedTwice { .. } => Self::AccountLoadedTwice,
			_ => Self::SanitizeFailure,
		}
	}
}

/// A transaction is not one that a chain takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerifyError {
	/// It breaks a rule.
	Sanitize(SanitizeError),
	/// A signature is of another key, over another message, or no signature at all.
	SignatureFailure {
		/// Position of the account that should have signed.
		index: u8,
	},
}

impl fmt::Display for VerifyError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Sanitize(error) => error.fmt(f),
			Self::SignatureFailure { index } => {
				write!(f, "signature {index} is not one of its account over this message")
			},
		}
	}
}

impl core::error::Error for VerifyError {}

impl From<VerifyError> for TransactionError {
	fn from(error: VerifyError) -> Self {
		match error {
			VerifyError::Sanitize(error) => error.into(),
			VerifyError::SignatureFailure { .. } => Self::SignatureFailure,
		}
	}
}

/// The accounts of a message and those of its lookups do not fit together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResolveError {
	/// The message breaks a rule, or an account is named twice.
	Sanitize(SanitizeError),
	/// There are more addresses than the lookups name, or fewer.
	LookupMismatch,
}

impl fmt::Display for ResolveError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Sanitize(error) => error.fmt(f),
			Self::LookupMismatch => f.write_str("the lookups name another number of addresses"),
		}
	}
}

impl core::error::Error for ResolveError {}

impl From<SanitizeError> for ResolveError {
	fn from(error: SanitizeError) -> Self {
		Self::Sanitize(error)
	}
}

impl From<ResolveError> for TransactionError {
	fn from(error: ResolveError) -> Self {
		match error {
			ResolveError::Sanitize(error) => error.into(),
			ResolveError::LookupMismatch => Self::SanitizeFailure,
		}
	}
}

/// An instruction of the Compute Budget program cannot be heeded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ComputeBudgetError {
	/// The same is set a second time.
	DuplicateInstruction {
		/// Position of the second instruction.
		index: u8,
	},
	/// Data that no such instruction has, or a heap of a size that there is not.
	InvalidInstructionData {
		/// Position of the instruction.
		index: u8,
	},
	/// No account may be loaded.
	InvalidLoadedAccountsDataSizeLimit,
}

impl fmt::Display for ComputeBudgetError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		TransactionError::from(*self).fmt(f)
	}
}

impl core::error::Error for ComputeBudgetError {}

impl From<ComputeBudgetError> for TransactionError {
	fn from(error: ComputeBudgetError) -> Self {
		match error {
			ComputeBudgetError::DuplicateInstruction { index } => Self::DuplicateInstruction(index),
			ComputeBudgetError::InvalidInstructionData { index } => {
				Self::InstructionError(index, InstructionError::InvalidInstructionData)
			},
			ComputeBudgetError::InvalidLoadedAccountsDataSizeLimit => {
				Self::InvalidLoadedAccountsDataSizeLimit
			},
		}
	}
}

/// Instructions do not fit one message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompileError {
	/// They name more accounts than [`MAX_ACCOUNTS`].
	TooManyAccounts,
	/// An account stands in a table at a position to which no byte can point.
	TableTooLong,
}

impl fmt::Display for CompileError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooManyAccounts => {
				write!(f, "the instructions name more than {MAX_ACCOUNTS} accounts")
			},
			Self::TableTooLong => f.write_str("a lookup table has more than 256 addresses"),
		}
	}
}

impl core::error::Error for CompileError {}
