// SPDX-License-Identifier: Apache-2.0
//! Why a transaction or an instruction failed: Solana's own errors, with its numbers, names and sentences
//! (crates `solana-transaction-error` 3.3 and `solana-instruction-error` 2.4).

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// Declares an enum of upstream's errors: for each variant its number, which is that of its `bincode`
/// and SCALE encodings, and its sentence.
macro_rules! errors {
	(
		$(#[$docs:meta])*
		$type:ident { $($index:literal $variant:ident = $sentence:literal,)* }
		with {
			$($more_index:literal $more:ident $(($($field:ident: $field_type:ty),*))?
				$({$($named:ident: $named_type:ty),*})? = ($($format:tt)*),)*
		}
	) => {
		$(#[$docs])*
		#[derive(
			Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
		)]
		pub enum $type {
			$(
				#[doc = $sentence]
				#[codec(index = $index)]
				$variant,
			)*
			$(
				#[doc = concat!("`", stringify!($($format)*), "`")]
				#[codec(index = $more_index)]
				$more $(($(#[doc = stringify!($field)] $field_type),*))?
					$({$(#[doc = stringify!($named)] $named: $named_type),*})?,
			)*
		}

		impl $type {
			/// The variant's name, as Solana's JSON-RPC shows it.
			pub const fn name(&self) -> &'static str {
				match self {
					$(Self::$variant => stringify!($variant),)*
					$(Self::$more { .. } => stringify!($more),)*
				}
			}

			/// The variant's number upstream.
			pub const fn index(&self) -> u8 {
				match self {
					$(Self::$variant => $index,)*
					$(Self::$more { .. } => $more_index,)*
				}
			}
		}

		impl fmt::Display for $type {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				match self {
					$(Self::$variant => f.write_str($sentence),)*
					$(
						Self::$more $(($($field),*))? $({$($named),*})? => {
							write!(f, $($format)*)
						},
					)*
				}
			}
		}
	};
}

errors! {
	/// Why a transaction was refused or failed.
	TransactionError {
		0 AccountInUse = "Account in use",
		1 AccountLoadedTwice = "Account loaded twice",
		2 AccountNotFound = "Attempt to debit an account but found no record of a prior credit.",
		3 ProgramAccountNotFound = "Attempt to load a program that does not exist",
		4 InsufficientFundsForFee = "Insufficient funds for fee",
		5 InvalidAccountForFee = "This account may not be used to pay transaction fees",
		6 AlreadyProcessed = "This transaction has already been processed",
		7 BlockhashNotFound = "Blockhash not found",
		9 CallChainTooDeep = "Loader call chain is too deep",
		10 MissingSignatureForFee = "Transaction requires a fee but has no signature present",
		11 InvalidAccountIndex = "Transaction contains an invalid account reference",
		12 SignatureFailure = "Transaction did not pass signature verification",
		13 InvalidProgramForExecution = "This program may not be used for executing instructions",
		14 SanitizeFailure = "Transaction failed to sanitize accounts offsets correctly",
		15 ClusterMaintenance = "Transactions are currently disabled due to cluster maintenance",
		16 AccountBorrowOutstanding = "Transaction processing left an account with an outstanding borrowed reference",
		17 WouldExceedMaxBlockCostLimit = "Transaction would exceed max Block Cost Limit",
		18 UnsupportedVersion = "Transaction version is unsupported",
		19 InvalidWritableAccount = "Transaction loads a writable account that cannot be written",
		20 WouldExceedMaxAccountCostLimit = "Transaction would exceed max account limit within the block",
		21 WouldExceedAccountDataBlockLimit = "Transaction would exceed account data limit within the block",
		22 TooManyAccountLocks = "Transaction locked too many accounts",
		23 AddressLookupTableNotFound = "Transaction loads an address table account that doesn't exist",
		24 InvalidAddressLookupTableOwner = "Transaction loads an address table account with an invalid owner",
		25 InvalidAddressLookupTableData = "Transaction loads an address table account with invalid data",
		26 InvalidAddressLookupTableIndex = "Transaction address table lookup uses an invalid index",
		27 InvalidRentPayingAccount = "Transaction leaves an account with a lower balance than rent-exempt minimum",
		28 WouldExceedMaxVoteCostLimit = "Transaction would exceed max Vote Cost Limit",
		29 WouldExceedAccountDataTotalLimit = "Transaction would exceed total account data limit",
		32 MaxLoadedAccountsDataSizeExceeded = "Transaction exceeded max loaded accounts data size cap",
		33 InvalidLoadedAccountsDataSizeLimit = "LoadedAccountsDataSizeLimit set for transaction must be greater than 0.",
		34 ResanitizationNeeded = "ResanitizationNeeded",
		36 UnbalancedTransaction = "Sum of account balances before and after transaction do not match",
		37 ProgramCacheHitMaxLimit = "Program cache hit max limit",
		38 CommitCancelled = "CommitCancelled",
	}
	with {
		8 InstructionError(index: u8, error: InstructionError) = ("Error processing Instruction {index}: {error}"),
		30 DuplicateInstruction(index: u8) = ("Transaction contains a duplicate instruction ({index}) that is not allowed"),
		31 InsufficientFundsForRent { account_index: u8 } = ("Transaction results in an account ({account_index}) with insufficient funds for rent"),
		35 ProgramExecutionTemporarilyRestricted { account_index: u8 } = ("Execution of the program referenced by account at index {account_index} is temporarily restricted."),
	}
}

errors! {
	/// Why an instruction failed.
	InstructionError {
		0 GenericError = "generic instruction error",
		1 InvalidArgument = "invalid program argument",
		2 InvalidInstructionData = "invalid instruction data",
		3 InvalidAccountData = "invalid account data for instruction",
		4 AccountDataTooSmall = "account data too small for instruction",
		5 InsufficientFunds = "insufficient funds for instruction",
		6 IncorrectProgramId = "incorrect program id for instruction",
		7 MissingRequiredSignature = "missing required signature for instruction",
		8 AccountAlreadyInitialized = "instruction requires an uninitialized account",
		9 UninitializedAccount = "instruction requires an initialized account",
		10 UnbalancedInstruction = "sum of account balances before and after instruction do not match",
		11 ModifiedProgramId = "instruction illegally modified the program id of an account",
		12 ExternalAccountLamportSpend = "instruction spent from the balance of an account it does not own",
		13 ExternalAccountDataModified = "instruction modified data of an account it does not own",
		14 ReadonlyLamportChange = "instruction changed the balance of a read-only account",
		15 ReadonlyDataModified = "instruction modified data of a read-only account",
		16 DuplicateAccountIndex = "instruction contains duplicate accounts",
		17 ExecutableModified = "instruction changed executable bit of an account",
		18 RentEpochModified = "instruction modified rent epoch of an account",
		19 NotEnoughAccountKeys = "insufficient account keys for instruction",
		20 AccountDataSizeChanged = "program other than the account's owner changed the size of the account data",
		21 AccountNotExecutable = "instruction expected an executable account",
		22 AccountBorrowFailed = "instruction tries to borrow reference for an account which is already borrowed",
		23 AccountBorrowOutstanding = "instruction left account with an outstanding borrowed reference",
		24 DuplicateAccountOutOfSync = "instruction modifications of multiply-passed account differ",
		26 InvalidError = "program returned invalid error code",
		27 ExecutableDataModified = "instruction changed executable accounts data",
		28 ExecutableLamportChange = "instruction changed the balance of an executable account",
		29 ExecutableAccountNotRentExempt = "executable accounts must be rent exempt",
		30 UnsupportedProgramId = "Unsupported program id",
		31 CallDepth = "Cross-program invocation call depth too deep",
		32 MissingAccount = "An account required by the instruction is missing",
		33 ReentrancyNotAllowed = "Cross-program invocation reentrancy not allowed for this instruction",
		34 MaxSeedLengthExceeded = "Length of the seed is too long for address generation",
		35 InvalidSeeds = "Provided seeds do not result in a valid address",
		36 InvalidRealloc = "Failed to reallocate account data",
		37 ComputationalBudgetExceeded = "Computational budget exceeded",
		38 PrivilegeEscalation = "Cross-program invocation with unauthorized signer or writable account",
		39 ProgramEnvironmentSetupFailure = "Failed to create program execution environment",
		40 ProgramFailedToComplete = "Program failed to complete",
		41 ProgramFailedToCompile = "Program failed to compile",
		42 Immutable = "Account is immutable",
		43 IncorrectAuthority = "Incorrect authority provided",
		44 BorshIoError = "Failed to serialize or deserialize account data",
		45 AccountNotRentExempt = "An account does not have enough lamports to be rent-exempt",
		46 InvalidAccountOwner = "Invalid account owner",
		47 ArithmeticOverflow = "Program arithmetic overflowed",
		48 UnsupportedSysvar = "Unsupported sysvar",
		49 IllegalOwner = "Provided owner is not allowed",
		50 MaxAccountsDataAllocationsExceeded = "Accounts data allocations exceeded the maximum allowed per transaction",
		51 MaxAccountsExceeded = "Max accounts exceeded",
		52 MaxInstructionTraceLengthExceeded = "Max instruction trace length exceeded",
		53 BuiltinProgramsMustConsumeComputeUnits = "Builtin programs must consume compute units",
	}
	with {
		25 Custom(code: u32) = ("custom program error: {code:#x}"),
	}
}

impl TransactionError {
	/// The error of the instruction at a position of the message.
	pub const fn instruction(index: u8, error: InstructionError) -> Self {
		Self::InstructionError(index, error)
	}
}
