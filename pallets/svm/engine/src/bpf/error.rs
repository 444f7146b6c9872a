// SPDX-License-Identifier: Apache-2.0
//! Why a program of the user fails: one variant per cause, with the sentences that Solana's logs show.

use alloc::{string::String, vec::Vec};
use core::{fmt, str::Utf8Error};
use unum_address::SvmAddress;
use unum_sbpf::{AccessViolation, ExecutionError};
use unum_solana_view::InstructionError;
use unum_spl_token::PdaError;

/// Why a syscall fails (`SyscallError` in solana-syscalls 4.2, `CpiError` in solana-program-runtime 4.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SyscallError {
	/// An error of the instruction, which is what the transaction shows.
	Instruction(InstructionError),
	/// Memory that is not mapped, or not for writing.
	Access(AccessViolation),
	/// `abort`.
	Abort,
	/// `sol_panic_`.
	Panic {
		/// The file of the program's source.
		file: String,
		/// The line there.
		line: u64,
		/// The column.
		column: u64,
	},
	/// What should be text is not UTF-8.
	InvalidString(Utf8Error, Vec<u8>),
	/// No address comes of these seeds.
	BadSeeds(PdaError),
	/// Programs can't call this program.
	ProgramNotSupported(SvmAddress),
	/// An address that is no multiple of what the type there needs.
	UnalignedPointer,
	/// More than 16 signers.
	TooManySigners,
	/// Source and destination overlap.
	CopyOverlapping,
	/// So many bytes returned, of at most so many.
	ReturnDataTooLarge(u64, u64),
	/// More than 20,000 pieces to hash.
	TooManySlices,
	/// A length that does not fit.
	InvalidLength,
	/// So many bytes of instruction data.
	InstructionDataTooLong(u64),
	/// So many accounts of an instruction.
	TooManyAccounts(u64),
	/// So many account infos.
	TooManyAccountInfos(u64),
	/// A curve or an operation that there is not.
	InvalidAttribute,
	/// A pointer to where it must not point.
	InvalidPointer,
	/// Parameters of Poseidon that there are not (`PoseidonSyscallError` in solana-poseidon 4.0).
	InvalidPoseidonParameters,
	/// An order of bytes for Poseidon that there is not (the same).
	InvalidPoseidonEndianness,
}

impl From<InstructionError> for SyscallError {
	fn from(error: InstructionError) -> Self {
		Self::Instruction(error)
	}
}

impl From<AccessViolation> for SyscallError {
	fn from(violation: AccessViolation) -> Self {
		Self::Access(violation)
	}
}

impl fmt::Display for SyscallError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		use super::costs::{ACCOUNT_INFOS_MAX, INSTRUCTION_ACCOUNTS_MAX, INSTRUCTION_DATA_MAX};
		match self {
			Self::Instruction(error) => error.fmt(f),
			Self::Access(violation) => violation.fmt(f),
			Self::Abort => f.write_str("SBF program panicked"),
			Self::Panic { file, line, column } => {
				write!(f, "SBF program Panicked in {file} at {line}:{column}")
			},
			Self::InvalidString(error, bytes) => write!(f, "{error}: {bytes:?}"),
			Self::BadSeeds(error) => write!(
				f,
				"Could not create program address with signer seeds: {}",
				sentence_of_seeds(*error)
			),
			Self::ProgramNotSupported(program) => {
				write!(f, "Program {program} not supported by inner instructions")
			},
			Self::UnalignedPointer => f.write_str("Unaligned pointer"),
			Self::TooManySigners => f.write_str("Too many signers"),
			Self::CopyOverlapping => f.write_str("Overlapping copy"),
			Self::ReturnDataTooLarge(length, most) => {
				write!(f, "Return data too large ({length} > {most})")
			},
			Self::TooManySlices => f.write_str("Hashing too many sequences"),
			Self::InvalidLength => f.write_str("InvalidLength"),
			Self::InstructionDataTooLong(length) => write!(
				f,
				"Invoked an instruction with data that is too large ({length} > {INSTRUCTION_DATA_MAX})"
			),
			Self::TooManyAccounts(count) => write!(
				f,
				"Invoked an instruction with too many accounts ({count} > {INSTRUCTION_ACCOUNTS_MAX})"
			),
			Self::TooManyAccountInfos(count) => write!(
				f,
				"Invoked an instruction with too many account info's ({count} > {ACCOUNT_INFOS_MAX})"
			),
			Self::InvalidAttribute => f.write_str("InvalidAttribute"),
			Self::InvalidPointer => f.write_str("Invalid pointer"),
			Self::InvalidPoseidonParameters => f.write_str("Invalid parameters."),
			Self::InvalidPoseidonEndianness => f.write_str("Invalid endianness."),
		}
	}
}

impl core::error::Error for SyscallError {}

/// The sentence of `PubkeyError`.
const fn sentence_of_seeds(error: PdaError) -> &'static str {
	match error {
		PdaError::MaxSeedLengthExceeded => "Length of the seed is too long for address generation",
		PdaError::InvalidSeeds => "Provided seeds do not result in a valid address",
	}
}

/// Why a program of the user did not succeed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProgramFailure {
	/// By an error of the instruction: the program returned it, or a syscall or the runtime found it.
	Instruction(InstructionError),
	/// The machine stopped it, or a syscall did: `ProgramFailedToComplete`, with a sentence of its own
	/// for the log.
	Stopped(ExecutionError<SyscallError>),
}

impl ProgramFailure {
	/// What the transaction shows (`process_executable_chain` in `invoke_context.rs`).
	pub fn into_error(self) -> InstructionError {
		match self {
			Self::Instruction(error) => error,
			Self::Stopped(_) => InstructionError::ProgramFailedToComplete,
		}
	}
}

impl From<InstructionError> for ProgramFailure {
	fn from(error: InstructionError) -> Self {
		Self::Instruction(error)
	}
}

impl From<ExecutionError<SyscallError>> for ProgramFailure {
	fn from(error: ExecutionError<SyscallError>) -> Self {
		match error {
			ExecutionError::Syscall(SyscallError::Instruction(error)) => Self::Instruction(error),
			error => Self::Stopped(error),
		}
	}
}

impl fmt::Display for ProgramFailure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Instruction(error) => error.fmt(f),
			Self::Stopped(ExecutionError::Syscall(error)) => error.fmt(f),
			Self::Stopped(error) => error.fmt(f),
		}
	}
}

impl core::error::Error for ProgramFailure {}

/// The error that a program's exit code other than zero means (`From<u64>` of `InstructionError` in
/// solana-instruction-error 2.4): the program's own up to 32 bits, else one of `ProgramError`'s in the
/// upper 32 bits.
pub(crate) fn error_of_exit_code(code: u64) -> InstructionError {
	use InstructionError::*;
	if let Ok(code) = u32::try_from(code) {
		return Custom(code);
	}
	if code.trailing_zeros() < 32 {
		return InvalidError;
	}
	match code.wrapping_shr(32) {
		1 => Custom(0),
		2 => InvalidArgument,
		3 => InvalidInstructionData,
		4 => InvalidAccountData,
		5 => AccountDataTooSmall,
		6 => InsufficientFunds,
		7 => IncorrectProgramId,
		8 => MissingRequiredSignature,
		9 => AccountAlreadyInitialized,
		10 => UninitializedAccount,
		11 => NotEnoughAccountKeys,
		12 => AccountBorrowFailed,
		13 => MaxSeedLengthExceeded,
		14 => InvalidSeeds,
		15 => BorshIoError,
		16 => AccountNotRentExempt,
		17 => UnsupportedSysvar,
		18 => IllegalOwner,
		19 => MaxAccountsDataAllocationsExceeded,
		20 => InvalidRealloc,
		21 => MaxInstructionTraceLengthExceeded,
		22 => BuiltinProgramsMustConsumeComputeUnits,
		23 => InvalidAccountOwner,
		24 => ArithmeticOverflow,
		25 => Immutable,
		26 => IncorrectAuthority,
		_ => InvalidError,
	}
}
