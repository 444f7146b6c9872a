// SPDX-License-Identifier: Apache-2.0
//! Blocks and their transactions.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::{SvmAddress, VmKind};

use crate::TransactionMeta;

/// A block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BlockView {
	/// Its slot, which is its height.
	pub slot: u64,
	/// When it was made, in seconds since the Unix epoch.
	pub timestamp: i64,
	/// Its transactions, in order: whatever somebody has sent, on whatever VM.
	pub transactions: Vec<IncludedTransaction>,
}

/// What sent a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum TransactionOrigin {
	/// A wallet of Solana: the bytes are as it signed them.
	#[codec(index = 0)]
	Solana,
	/// An extrinsic, or a transaction of another VM's wallet. The bytes are a transaction that says, in
	/// instructions of the System and the Token program, what it has moved; its first signature is made
	/// up and names the extrinsic: its hash, twice.
	#[codec(index = 1)]
	Other {
		/// Which VM ran, if one did.
		vm: Option<VmKind>,
	},
}

/// A transaction in a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct IncludedTransaction {
	/// Position of the extrinsic in the block.
	pub extrinsic_index: u32,
	/// Its first signature, by which clients name it.
	pub signature: [u8; 64],
	/// What sent it.
	pub origin: TransactionOrigin,
	/// The transaction, as on the wire.
	pub bytes: Vec<u8>,
	/// What became of it.
	pub meta: TransactionMeta,
	/// All accounts that it names or has touched, each once: those under which it is found.
	pub accounts: Vec<SvmAddress>,
}

/// What is known of the chain at a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ChainInfo {
	/// The block's slot.
	pub slot: u64,
	/// What wallets put into a transaction now: the blockhash of the block.
	pub blockhash: [u8; 32],
	/// The last slot in which a transaction with this blockhash is taken.
	pub last_valid_slot: u64,
	/// Lamports per signature.
	pub lamports_per_signature: u64,
	/// How many lamports exist.
	pub supply: u64,
	/// How many transactions blocks have held so far, if it is counted.
	pub transaction_count: u64,
	/// When the block was made, in seconds since the Unix epoch.
	pub timestamp: i64,
}
