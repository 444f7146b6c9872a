// SPDX-License-Identifier: Apache-2.0
//! What was included.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use primitive_types::{H160, H256, U256};
use scale_info::TypeInfo;

/// A block: what its header does not say, and its transactions.
///
/// Its hash, its parent, its number and its roots are those of the chain's own header.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BlockView {
	/// When it was made, in seconds since the Unix epoch.
	pub timestamp: u64,
	/// The address of who made it.
	pub beneficiary: H160,
	/// The randomness that its contracts saw (EIP-4399).
	pub prevrandao: H256,
	/// The most gas that it can hold.
	pub gas_limit: u64,
	/// What a unit of gas cost in it, in wei.
	pub base_fee: u64,
	/// Its transactions, in order. Extrinsics without a sender (inherents) are not among them unless
	/// they logged something.
	pub transactions: Vec<IncludedTransaction>,
}

/// A transaction with what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct IncludedTransaction {
	/// Position of its extrinsic in the block.
	pub extrinsic_index: u32,
	/// The transaction.
	pub transaction: TransactionView,
	/// What came of it.
	pub receipt: ReceiptView,
}

/// A transaction, included or waiting.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TransactionView {
	/// Its hash: Keccak-256 of a raw Ethereum transaction, the extrinsic's own hash (Blake2-256) of
	/// any other.
	pub hash: H256,
	/// The sender's address.
	pub from: H160,
	/// What is in it.
	pub body: TransactionBody,
}

/// What is in a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum TransactionBody {
	/// An Ethereum transaction, as its wallet signed it (EIP-2718).
	#[codec(index = 0)]
	Raw(Vec<u8>),
	/// Any other extrinsic, as far as it has such fields. It is shown as a legacy transaction with a
	/// signature of zeros.
	#[codec(index = 1)]
	Extrinsic {
		/// The contract that it calls; none where it makes one. An extrinsic of another VM is shown as
		/// a call of the zero address.
		to: Option<H160>,
		/// The sender's nonce.
		nonce: u64,
		/// Native coin that goes along, in wei.
		value: U256,
		/// Calldata or init code of an operation of the EVM; of any other extrinsic its call, encoded.
		input: Vec<u8>,
		/// The most gas that it can use.
		gas: u64,
	},
}

/// What came of a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ReceiptView {
	/// Whether it did what it was to do. If not, it has changed nothing but the sender's nonce and fee.
	pub success: bool,
	/// Gas that it used.
	pub gas_used: u64,
	/// What it paid for each unit of that, in wei.
	pub effective_gas_price: u128,
	/// The contract that the transaction itself made.
	pub contract: Option<H160>,
	/// What was logged, tokens that other VMs moved included.
	pub logs: Vec<LogView>,
}

/// An entry of a log.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct LogView {
	/// The contract or token that logs.
	pub address: H160,
	/// Up to four indexed words.
	pub topics: Vec<H256>,
	/// The rest.
	pub data: Vec<u8>,
}

/// What is known of the block after this one.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct NextBlock {
	/// What a unit of gas costs there, in wei.
	pub base_fee: u64,
	/// The most gas that it can hold.
	pub gas_limit: u64,
	/// The most gas that one transaction can have.
	pub transaction_gas_limit: u64,
}
