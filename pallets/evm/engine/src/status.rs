// SPDX-License-Identifier: Apache-2.0
//! The ways in which the EVM says no.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use revm::context_interface::result::{HaltReason, OutOfGasError};
use scale_info::TypeInfo;
use sp_core::U256;
use unum_vm_engine::{NativeStatus, OutOfGas};

use crate::{limits::INIT_CODE_BYTES_MAX, revert};

/// Why an operation of the EVM failed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum EvmFailure {
	/// The contract refused, with this data (its own error, encoded by its ABI).
	#[codec(index = 0)]
	Reverted(Vec<u8>),
	/// The contract was stopped by the machine.
	#[codec(index = 1)]
	Halted(EvmHalt),
	/// The sender has less native coin than it wants to send.
	#[codec(index = 2)]
	InsufficientFunds {
		/// What it can spend, in wei.
		have: U256,
		/// What goes with the call, in wei.
		want: U256,
	},
	/// The gas limit does not cover what is paid before the first instruction.
	#[codec(index = 3)]
	IntrinsicGasTooLow {
		/// The gas limit of the call.
		have: u64,
		/// What it needs at least.
		want: u64,
	},
	/// The gas limit is above that of a transaction or a block.
	#[codec(index = 4)]
	GasLimitTooHigh {
		/// The gas limit of the call.
		have: u64,
		/// The most that is allowed.
		max: u64,
	},
	/// The init code is too long.
	#[codec(index = 5)]
	InitCodeTooLong {
		/// Its length in bytes.
		bytes: u32,
	},
	/// The sender's address is that of a contract, and contracts send nothing by themselves
	/// (EIP-3607).
	#[codec(index = 6)]
	SenderIsContract,
	/// The budget of the transaction around does not cover the operation.
	#[codec(index = 7)]
	OutOfBudget {
		/// What it costs, in units of reference time.
		needed: u64,
		/// What was left.
		left: u64,
	},
}

/// Why the machine stopped a contract. All gas of the call is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum EvmHalt {
	/// The gas ran out.
	#[codec(index = 0)]
	OutOfGas,
	/// The code holds a byte that is no instruction.
	#[codec(index = 1)]
	InvalidInstruction,
	/// A jump leads to where no jump may.
	#[codec(index = 2)]
	InvalidJump,
	/// An instruction found less on the stack than it needs.
	#[codec(index = 3)]
	StackUnderflow,
	/// The stack holds 1,024 words, and one more was pushed.
	#[codec(index = 4)]
	StackOverflow,
	/// Return data was read beyond its end.
	#[codec(index = 5)]
	OutOfOffset,
	/// Something stands at the address of the new contract already.
	#[codec(index = 6)]
	CreateCollision,
	/// A precompiled contract refused its input.
	#[codec(index = 7)]
	PrecompileFailed,
	/// The nonce has its greatest value.
	#[codec(index = 8)]
	NonceOverflow,
	/// The new contract's code is longer than 24,576 bytes (EIP-170).
	#[codec(index = 9)]
	CodeTooLong,
	/// The new contract's code begins with 0xEF (EIP-3541).
	#[codec(index = 10)]
	CodeStartsWithEf,
	/// The init code is longer than 49,152 bytes (EIP-3860).
	#[codec(index = 11)]
	InitCodeTooLong,
	/// State was to be changed inside of a call that must not.
	#[codec(index = 12)]
	StaticCall,
	/// The contract has less than it wants to send.
	#[codec(index = 13)]
	OutOfFunds,
	/// Calls are nested deeper than 1,024.
	#[codec(index = 14)]
	CallTooDeep,
}

impl From<HaltReason> for EvmHalt {
	fn from(reason: HaltReason) -> Self {
		use HaltReason as Reason;
		match reason {
			Reason::OutOfGas(
				OutOfGasError::Basic
				| OutOfGasError::MemoryLimit
				| OutOfGasError::Memory
				| OutOfGasError::Precompile
				| OutOfGasError::InvalidOperand
				| OutOfGasError::ReentrancySentry,
			) => Self::OutOfGas,
			Reason::OpcodeNotFound | Reason::InvalidFEOpcode | Reason::NotActivated => {
				Self::InvalidInstruction
			},
			Reason::InvalidJump => Self::InvalidJump,
			Reason::StackUnderflow => Self::StackUnderflow,
			Reason::StackOverflow => Self::StackOverflow,
			Reason::OutOfOffset => Self::OutOfOffset,
			Reason::CreateCollision => Self::CreateCollision,
			Reason::PrecompileError | Reason::PrecompileErrorWithContext(_) => {
				Self::PrecompileFailed
			},
			Reason::NonceOverflow => Self::NonceOverflow,
			Reason::CreateContractSizeLimit => Self::CodeTooLong,
			Reason::CreateContractStartingWithEF => Self::CodeStartsWithEf,
			Reason::CreateInitCodeSizeLimit => Self::InitCodeTooLong,
			Reason::StateChangeDuringStaticCall | Reason::CallNotAllowedInsideStatic => {
				Self::StaticCall
			},
			Reason::OverflowPayment | Reason::OutOfFunds => Self::OutOfFunds,
			Reason::CallTooDeep => Self::CallTooDeep,
		}
	}
}

impl From<OutOfGas> for EvmFailure {
	fn from(error: OutOfGas) -> Self {
		Self::OutOfBudget { needed: error.needed.ref_time(), left: error.left.ref_time() }
	}
}

impl NativeStatus for EvmFailure {
	fn code(&self) -> u8 {
		match self {
			Self::Reverted(_) => 1,
			Self::InsufficientFunds { .. } => 2,
			Self::IntrinsicGasTooLow { .. } => 3,
			Self::GasLimitTooHigh { .. } => 4,
			Self::InitCodeTooLong { .. } => 5,
			Self::SenderIsContract => 6,
			Self::Halted(_) => 16,
			Self::OutOfBudget { .. } => 127,
		}
	}
}

impl fmt::Display for EvmFailure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Reverted(data) => revert::describe(data, f),
			Self::Halted(halt) => halt.fmt(f),
			Self::InsufficientFunds { have, want } => {
				write!(f, "insufficient funds for transfer: have {have} want {want}")
			},
			Self::IntrinsicGasTooLow { have, want } => {
				write!(f, "intrinsic gas too low: have {have}, want {want}")
			},
			Self::GasLimitTooHigh { have, max } => {
				write!(f, "gas limit too high: have {have}, and at most {max} is allowed")
			},
			Self::InitCodeTooLong { bytes } => write!(
				f,
				"max initcode size exceeded: code size {bytes}, limit {INIT_CODE_BYTES_MAX}"
			),
			Self::SenderIsContract => f.write_str("sender not an eoa: it has code"),
			Self::OutOfBudget { needed, left } => {
				write!(f, "out of gas: the operation costs {needed} and {left} is left")
			},
		}
	}
}

impl fmt::Display for EvmHalt {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::OutOfGas => "out of gas",
			Self::InvalidInstruction => "invalid opcode",
			Self::InvalidJump => "invalid jump destination",
			Self::StackUnderflow => "stack underflow",
			Self::StackOverflow => "stack limit reached 1024",
			Self::OutOfOffset => "return data out of bounds",
			Self::CreateCollision => "contract address collision",
			Self::PrecompileFailed => "a precompiled contract refused its input",
			Self::NonceOverflow => "nonce uint64 overflow",
			Self::CodeTooLong => "max code size exceeded",
			Self::CodeStartsWithEf => "invalid code: must not begin with 0xef",
			Self::InitCodeTooLong => "max initcode size exceeded",
			Self::StaticCall => "write protection",
			Self::OutOfFunds => "insufficient balance for transfer",
			Self::CallTooDeep => "max call depth exceeded",
		})
	}
}
