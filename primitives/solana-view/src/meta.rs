// SPDX-License-Identifier: Apache-2.0
//! What became of a transaction.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::SvmAddress;

use crate::TransactionError;

/// What became of a transaction, as `getTransaction` shows it in `meta`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct TransactionMeta {
	/// Why it failed; nothing where it succeeded.
	pub error: Option<TransactionError>,
	/// What it paid, in lamports, rounded down.
	pub fee: u64,
	/// The lamports of each of its accounts, before. In the order of the accounts of the message, loaded
	/// ones at the end.
	pub pre_balances: Vec<u64>,
	/// The same, after.
	pub post_balances: Vec<u64>,
	/// What its token accounts had, before.
	pub pre_token_balances: Vec<TokenBalance>,
	/// The same, after.
	pub post_token_balances: Vec<TokenBalance>,
	/// What its programs logged, each line UTF-8.
	pub log_messages: Vec<Vec<u8>>,
	/// What its instructions called.
	pub inner_instructions: Vec<InnerInstructions>,
	/// The accounts that it named through address lookup tables.
	pub loaded_addresses: LoadedAddresses,
	/// What its last instruction returned.
	pub return_data: Option<ReturnData>,
	/// Compute units that it used.
	pub compute_units_consumed: u64,
}

/// What a token account had.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TokenBalance {
	/// Position of the account among the transaction's.
	pub account_index: u8,
	/// Of which token.
	pub mint: SvmAddress,
	/// Whose account it is.
	pub owner: SvmAddress,
	/// The token program.
	pub program: SvmAddress,
	/// How much, in units of `decimals`.
	pub amount: u64,
	/// How many digits stand behind the point.
	pub decimals: u8,
}

/// What one instruction called.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct InnerInstructions {
	/// Position of the instruction in the message.
	pub index: u8,
	/// What it called, in the order in which the calls began.
	pub instructions: Vec<InnerInstruction>,
}

/// An instruction that a program has called.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct InnerInstruction {
	/// Position of the program among the transaction's accounts.
	pub program_index: u8,
	/// Positions of its accounts there.
	pub accounts: Vec<u8>,
	/// Its data.
	pub data: Vec<u8>,
	/// How deep: 1 for an instruction of the message itself, so 2 and up here.
	pub stack_height: u8,
}

/// Accounts that a transaction named through address lookup tables.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct LoadedAddresses {
	/// Those that it may write.
	pub writable: Vec<SvmAddress>,
	/// Those that it only reads.
	pub readonly: Vec<SvmAddress>,
}

/// What an instruction returned.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReturnData {
	/// The program that returned it.
	pub program: SvmAddress,
	/// At most 1,024 bytes.
	pub data: Vec<u8>,
}
