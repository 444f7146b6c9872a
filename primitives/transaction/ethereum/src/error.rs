// SPDX-License-Identifier: Apache-2.0
//! Why a transaction is refused: one variant for each cause, in geth's words where geth has any, as
//! that is what wallets and their libraries look for.

use core::fmt;

use crate::limits::{MAX_INITCODE_BYTES, MAX_TRANSACTION_BYTES, MAX_TRANSACTION_GAS};

/// A part of a transaction, under the name that it has in JSON-RPC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
	/// The list of all fields.
	Transaction,
	/// The chain for which a typed transaction is signed.
	ChainId,
	/// How many transactions the sender sent before.
	Nonce,
	/// Wei for each unit of gas, of the types without a tip.
	GasPrice,
	/// The tip: wei for each unit of gas.
	MaxPriorityFeePerGas,
	/// Tip and base fee together: wei for each unit of gas.
	MaxFeePerGas,
	/// Units of gas.
	Gas,
	/// The account that is called, or nothing.
	To,
	/// Wei that go to it.
	Value,
	/// The bytes of a call, or initcode.
	Input,
	/// Addresses and storage keys that are paid for in advance.
	AccessList,
	/// Delegations of accounts to code.
	AuthorizationList,
	/// Chain and parity of the signature of a legacy transaction.
	V,
	/// Parity of the signature of a typed transaction.
	YParity,
	/// First half of the signature.
	R,
	/// Second half of the signature.
	S,
}

impl fmt::Display for Field {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Transaction => "transaction",
			Self::ChainId => "chainId",
			Self::Nonce => "nonce",
			Self::GasPrice => "gasPrice",
			Self::MaxPriorityFeePerGas => "maxPriorityFeePerGas",
			Self::MaxFeePerGas => "maxFeePerGas",
			Self::Gas => "gas",
			Self::To => "to",
			Self::Value => "value",
			Self::Input => "input",
			Self::AccessList => "accessList",
			Self::AuthorizationList => "authorizationList",
			Self::V => "v",
			Self::YParity => "yParity",
			Self::R => "r",
			Self::S => "s",
		})
	}
}

/// What is wrong with an item in the recursive length prefix encoding. Every item has one encoding
/// and no other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RlpError {
	/// The item ends after the bytes do.
	TooShort,
	/// A list where bytes belong.
	ExpectedString,
	/// Bytes where a list belongs.
	ExpectedList,
	/// A number, or a length, that begins with a zero byte.
	LeadingZero,
	/// A length in a longer form than it needs, or a single byte with a length before it.
	NonCanonicalSize,
	/// A number that does not fit its type: 256 bits for `value`, `r` and `s`, 128 for prices, 64 for
	/// the others.
	Overflow,
	/// An address that has not 20 bytes, or a storage key that has not 32.
	WrongLength,
	/// A list inside the transaction with too many items or too few.
	WrongItemCount,
}

impl From<alloy_rlp::Error> for RlpError {
	fn from(error: alloy_rlp::Error) -> Self {
		use alloy_rlp::Error;
		match error {
			Error::InputTooShort => Self::TooShort,
			Error::UnexpectedList => Self::ExpectedString,
			Error::UnexpectedString => Self::ExpectedList,
			Error::LeadingZero => Self::LeadingZero,
			Error::NonCanonicalSingleByte | Error::NonCanonicalSize => Self::NonCanonicalSize,
			// The library has a text of its own only for a length that no address space holds.
			Error::Overflow | Error::Custom(_) => Self::Overflow,
			Error::UnexpectedLength => Self::WrongLength,
			Error::ListLengthMismatch { .. } => Self::WrongItemCount,
		}
	}
}

impl fmt::Display for RlpError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::TooShort => "rlp: value size exceeds available input length",
			Self::ExpectedString => "rlp: expected input string or byte",
			Self::ExpectedList => "rlp: expected input list",
			Self::LeadingZero => "rlp: non-canonical integer (leading zero bytes)",
			Self::NonCanonicalSize => "rlp: non-canonical size information",
			Self::Overflow => "rlp: input string too long",
			Self::WrongLength => "rlp: input string has not the length of its type",
			Self::WrongItemCount => "rlp: input list has too many elements or too few",
		})
	}
}

impl core::error::Error for RlpError {}

/// The bytes are no transaction of a type that this chain has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DecodeError {
	/// There are no bytes.
	Empty,
	/// There are more bytes than [`MAX_TRANSACTION_BYTES`].
	TooLong {
		/// How many.
		bytes: u64,
	},
	/// Blob transactions (type 3, [EIP-4844](https://eips.ethereum.org/EIPS/eip-4844)): this chain
	/// has no blobs. Send the data as `input`.
	BlobTransaction,
	/// A type that does not exist on this chain.
	UnknownType {
		/// Its number.
		number: u8,
	},
	/// Bytes follow the transaction.
	TrailingBytes,
	/// The list ends before the transaction has all its fields.
	TooFewFields,
	/// The list goes on after the last field of the transaction.
	TooManyFields,
	/// A field is not encoded as it must be.
	Malformed {
		/// Which.
		field: Field,
		/// What is wrong.
		cause: RlpError,
	},
	/// The `v` of a legacy transaction is neither 27 nor 28 nor that of a chain
	/// ([EIP-155](https://eips.ethereum.org/EIPS/eip-155)), or the parity of a typed one neither 0
	/// nor 1.
	InvalidParity,
}

impl fmt::Display for DecodeError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Empty => f.write_str("the transaction has no bytes"),
			Self::TooLong { bytes } => {
				write!(f, "oversized data: transaction size {bytes}, limit {MAX_TRANSACTION_BYTES}")
			},
			Self::BlobTransaction => f.write_str(
				"transaction type not supported: blob transactions (type 3) are not accepted here",
			),
			Self::UnknownType { number } => {
				write!(f, "transaction type not supported: {number}")
			},
			Self::TrailingBytes => f.write_str("rlp: input contains more than one value"),
			Self::TooFewFields => f.write_str("rlp: too few elements for transaction"),
			Self::TooManyFields => {
				f.write_str("rlp: input list has too many elements for transaction")
			},
			Self::Malformed { field, cause } => write!(f, "{cause}, decoding {field}"),
			Self::InvalidParity => f.write_str("invalid transaction v, r, s values"),
		}
	}
}

impl core::error::Error for DecodeError {
	fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
		match self {
			Self::Malformed { cause, .. } => Some(cause),
			_ => None,
		}
	}
}

/// The transaction is well-formed, and yet valid on no chain, or not on this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VerifyError {
	/// A legacy transaction without [EIP-155](https://eips.ethereum.org/EIPS/eip-155): every chain
	/// could replay it. Sign with a chain id.
	Unprotected,
	/// It is signed for another chain.
	WrongChainId {
		/// The chain id that was signed.
		have: u64,
		/// That of this chain.
		want: u64,
	},
	/// The nonce is 2^64 - 1, which no account may reach
	/// ([EIP-2681](https://eips.ethereum.org/EIPS/eip-2681)).
	NonceHasMaxValue,
	/// The tip is more than the whole fee
	/// ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)).
	TipAboveFeeCap {
		/// Wei for each unit of gas.
		max_priority_fee_per_gas: u128,
		/// Wei for each unit of gas.
		max_fee_per_gas: u128,
	},
	/// Gas limit × fee + value is more than 2^256 - 1 wei.
	CostOverflow,
	/// A set code transaction without authorizations
	/// ([EIP-7702](https://eips.ethereum.org/EIPS/eip-7702)).
	EmptyAuthorizationList,
	/// A set code transaction that calls nobody, and so would create a contract.
	SetCodeCreates,
	/// `r` or `s` is zero or not below the order of the curve.
	SignatureOutOfRange,
	/// The `s` of the signature lies in the upper half of its range
	/// ([EIP-2](https://eips.ethereum.org/EIPS/eip-2)). Whoever sees a signature can make this second
	/// one of it.
	HighS,
	/// No key makes this signature.
	NoSender,
}

impl fmt::Display for VerifyError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Unprotected => {
				f.write_str("only replay-protected (EIP-155) transactions allowed over RPC")
			},
			Self::WrongChainId { have, want } => {
				write!(f, "invalid chain id for signer: have {have} want {want}")
			},
			Self::NonceHasMaxValue => f.write_str("nonce has max value"),
			Self::TipAboveFeeCap { max_priority_fee_per_gas, max_fee_per_gas } => write!(
				f,
				"max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: \
				 {max_priority_fee_per_gas}, maxFeePerGas: {max_fee_per_gas}"
			),
			Self::CostOverflow => {
				f.write_str("insufficient funds for gas * price + value: it is above 2^256-1")
			},
			Self::EmptyAuthorizationList => {
				f.write_str("EIP-7702 transaction with empty auth list")
			},
			Self::SetCodeCreates => {
				f.write_str("EIP-7702 transaction cannot be used to create contract")
			},
			Self::SignatureOutOfRange => {
				f.write_str("invalid sender: invalid transaction v, r, s values")
			},
			Self::HighS => f.write_str(
				"invalid sender: invalid transaction v, r, s values: s is in the upper half of its \
				 range (EIP-2)",
			),
			Self::NoSender => f.write_str("invalid sender: no key makes this signature"),
		}
	}
}

impl core::error::Error for VerifyError {}

/// The gas of a transaction is not what the rules of Osaka ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GasError {
	/// The initcode is longer than [`MAX_INITCODE_BYTES`]
	/// ([EIP-3860](https://eips.ethereum.org/EIPS/eip-3860)).
	InitcodeTooLong {
		/// How many bytes it has.
		bytes: u64,
	},
	/// The gas limit is above [`MAX_TRANSACTION_GAS`]
	/// ([EIP-7825](https://eips.ethereum.org/EIPS/eip-7825)).
	AboveCap {
		/// The gas limit.
		gas_limit: u64,
	},
	/// The gas limit does not cover what the transaction costs before it runs.
	BelowIntrinsic {
		/// The gas limit.
		gas_limit: u64,
		/// What it has to be at least.
		minimum: u64,
	},
	/// The gas limit does not cover what the input costs at least
	/// ([EIP-7623](https://eips.ethereum.org/EIPS/eip-7623)).
	BelowFloor {
		/// The gas limit.
		gas_limit: u64,
		/// What it has to be at least.
		minimum: u64,
	},
}

impl fmt::Display for GasError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::InitcodeTooLong { bytes } => write!(
				f,
				"max initcode size exceeded: code size {bytes}, limit {MAX_INITCODE_BYTES}"
			),
			Self::AboveCap { gas_limit } => write!(
				f,
				"transaction gas limit too high (cap: {MAX_TRANSACTION_GAS}, tx: {gas_limit})"
			),
			Self::BelowIntrinsic { gas_limit, minimum } => {
				write!(f, "intrinsic gas too low: gas {gas_limit}, minimum needed {minimum}")
			},
			Self::BelowFloor { gas_limit, minimum } => write!(
				f,
				"insufficient gas for floor data gas cost: gas {gas_limit}, minimum needed \
				 {minimum}"
			),
		}
	}
}

impl core::error::Error for GasError {}

/// The fee does not cover the base fee of a block
/// ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeeCapTooLow {
	/// What the sender pays at most, in wei for each unit of gas.
	pub max_fee_per_gas: u128,
	/// What the block asks for, in wei for each unit of gas.
	pub base_fee_per_gas: u128,
}

impl fmt::Display for FeeCapTooLow {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"max fee per gas less than block base fee: maxFeePerGas: {}, baseFee: {}",
			self.max_fee_per_gas, self.base_fee_per_gas
		)
	}
}

impl core::error::Error for FeeCapTooLow {}
