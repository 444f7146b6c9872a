// SPDX-License-Identifier: Apache-2.0
//! What is to be tried out, and what came of it.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use primitive_types::{H160, H256, U256};
use scale_info::TypeInfo;

use crate::{LogView, Trace, TraceOptions};

/// A transaction that nobody has signed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CallRequest {
	/// Who is to be taken for the sender.
	pub from: H160,
	/// Whom it calls; none to make a contract.
	pub to: Option<H160>,
	/// The most gas that it may use; without, as much as a transaction can have.
	pub gas: Option<u64>,
	/// The most that it pays for a unit of gas, in wei (a gas price is both of these); without, nothing
	/// is paid and GASPRICE gives zero.
	pub max_fee_per_gas: Option<u128>,
	/// The tip within that, in wei.
	pub max_priority_fee_per_gas: Option<u128>,
	/// Native coin that goes along, in wei.
	pub value: U256,
	/// Calldata or init code.
	pub input: Vec<u8>,
	/// What is paid for in advance (EIP-2930).
	pub access_list: Vec<AccessListItem>,
	/// Delegations of accounts to code (EIP-7702).
	pub authorizations: Vec<Authorization>,
	/// The sender's nonce; without, its next one.
	pub nonce: Option<u64>,
	/// The chain for which it is; without, this one.
	pub chain_id: Option<u64>,
}

/// An address and some of its slots (EIP-2930).
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AccessListItem {
	/// The address.
	pub address: H160,
	/// The slots.
	pub storage_keys: Vec<H256>,
}

/// A signed delegation of an account to code (EIP-7702).
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Authorization {
	/// The chain for which it is; 0 for all of them.
	pub chain_id: U256,
	/// Whose code.
	pub address: H160,
	/// The nonce of the account.
	pub nonce: u64,
	/// Parity of the signature's y.
	pub y_parity: u8,
	/// The signature's r.
	pub r: U256,
	/// The signature's s.
	pub s: U256,
}

/// What contracts are to be told of the block, instead of what is true.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BlockOverrides {
	/// NUMBER.
	pub number: Option<u64>,
	/// TIMESTAMP, in seconds.
	pub timestamp: Option<u64>,
	/// GASLIMIT.
	pub gas_limit: Option<u64>,
	/// COINBASE.
	pub beneficiary: Option<H160>,
	/// PREVRANDAO.
	pub prevrandao: Option<H256>,
	/// BASEFEE, in wei.
	pub base_fee: Option<u64>,
	/// BLOBBASEFEE, in wei.
	pub blob_base_fee: Option<u64>,
}

/// What an account is to be, instead of what it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AccountOverride {
	/// Whose.
	pub address: H160,
	/// Its nonce.
	pub nonce: Option<u64>,
	/// What it can spend, in wei.
	pub balance: Option<U256>,
	/// Its code.
	pub code: Option<Vec<u8>>,
	/// Its storage.
	pub storage: StorageOverride,
	/// Where the precompile that is at this address is to be instead.
	pub move_precompile_to: Option<H160>,
}

/// What a contract's storage is to be.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum StorageOverride {
	/// As it is.
	#[default]
	#[codec(index = 0)]
	None,
	/// As it is but for these slots (`stateDiff`).
	#[codec(index = 1)]
	Merge(Vec<(H256, H256)>),
	/// These slots and no other (`state`).
	#[codec(index = 2)]
	Replace(Vec<(H256, H256)>),
}

/// Which rules of a transaction hold for a call.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub enum Checks {
	/// Those of `eth_call`: a sender may be a contract, its nonce is not looked at, and gas need not be
	/// paid for unless a price is named.
	#[default]
	#[codec(index = 0)]
	Lenient,
	/// Those of a block (`eth_simulateV1` with `validation`).
	#[codec(index = 1)]
	Strict,
}

/// Calls one after the other in a block that is made up. Each builds on those before.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SimulatedBlock {
	/// The block. Without anything here it is the one on whose state the calls run, apart from its base
	/// fee: without one, that is zero for calls that name no price.
	pub block: BlockOverrides,
	/// Accounts that are changed before the calls.
	pub accounts: Vec<AccountOverride>,
	/// The calls.
	pub calls: Vec<CallRequest>,
	/// Which rules hold.
	pub checks: Checks,
	/// What is recorded of each call.
	pub trace: TraceOptions,
}

/// What came of a simulated block, call by call.
pub type SimulatedOutcome = Vec<Result<(CallOutcome, Option<Trace>), CallRefusal>>;

/// What came of a call that ran.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CallOutcome {
	/// How it ended.
	pub status: CallStatus,
	/// Gas that it used, refunds deducted.
	pub gas_used: u64,
	/// Gas that it held at most, refunds not deducted (EIP-7623 included).
	pub gas_before_refunds: u64,
	/// What it returned, or the data of a revert.
	pub output: Vec<u8>,
	/// What it logged.
	pub logs: Vec<LogView>,
	/// The contract that it made.
	pub contract: Option<H160>,
}

/// How a call ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum CallStatus {
	/// Done.
	#[codec(index = 0)]
	Success,
	/// The contract said no.
	#[codec(index = 1)]
	Reverted,
	/// The EVM stopped it; the cause in geth's words, such as `out of gas`.
	#[codec(index = 2)]
	Halted(Vec<u8>),
}

/// Why a call did not run.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CallRefusal {
	/// Code of the JSON-RPC error.
	pub code: i32,
	/// The cause in geth's words.
	pub message: Vec<u8>,
}

/// Why no amount of gas could be found.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum EstimateFailure {
	/// The call can't run.
	#[codec(index = 0)]
	Refused(CallRefusal),
	/// It fails with all the gas that it may have.
	#[codec(index = 1)]
	Failed(CallOutcome),
}
