// SPDX-License-Identifier: Apache-2.0
//! How a transaction ran.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use primitive_types::{H160, H256, U256};
use scale_info::TypeInfo;

use crate::LogView;

/// What is recorded. By default nothing.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct TraceOptions {
	/// Calls and creations, with their logs.
	pub frames: bool,
	/// Each instruction.
	pub steps: Option<StepOptions>,
	/// Accounts and slots before and after.
	pub state: bool,
}

impl TraceOptions {
	/// Whether anything is recorded.
	pub const fn is_any(&self) -> bool {
		self.frames || self.steps.is_some() || self.state
	}
}

/// What is recorded of each instruction.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct StepOptions {
	/// The stack.
	pub stack: bool,
	/// The memory.
	pub memory: bool,
	/// The slot that SLOAD reads or SSTORE writes.
	pub storage: bool,
	/// What the last call returned.
	pub return_data: bool,
	/// The most instructions; 0 for as many as fit.
	pub limit: u32,
}

/// How a transaction ran.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Trace {
	/// Calls and creations in the order in which they began; the first is the transaction itself.
	pub frames: Vec<Frame>,
	/// The instructions, in order.
	pub steps: Vec<Step>,
	/// Accounts that the transaction looked at or changed, by address.
	pub accounts: Vec<TouchedAccount>,
	/// Whether something is missing because it would have been too long. (Not set where the number of
	/// steps reached the limit that was asked for.)
	pub truncated: bool,
}

/// A call or a creation.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Frame {
	/// Position of the frame that made it; none for the first.
	pub parent: Option<u32>,
	/// What it is.
	pub kind: FrameKind,
	/// Who calls. Of a DELEGATECALL, the contract whose storage is used.
	pub from: H160,
	/// Who is called (whose code runs), or the contract that is made; the heir of a self-destruct.
	pub to: H160,
	/// Native coin that goes along, in wei.
	pub value: U256,
	/// Gas that it was given.
	pub gas: u64,
	/// Gas that it used.
	pub gas_used: u64,
	/// Calldata or init code.
	pub input: Vec<u8>,
	/// What it returned: data, data of a revert, or the code of the new contract.
	pub output: Vec<u8>,
	/// How it ended.
	pub end: FrameEnd,
	/// What it logged itself. Dropped logs of failed frames included.
	pub logs: Vec<FrameLog>,
}

/// What a frame is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum FrameKind {
	/// CALL, or the transaction.
	#[codec(index = 0)]
	Call,
	/// CALLCODE.
	#[codec(index = 1)]
	CallCode,
	/// DELEGATECALL.
	#[codec(index = 2)]
	DelegateCall,
	/// STATICCALL.
	#[codec(index = 3)]
	StaticCall,
	/// CREATE, or the transaction.
	#[codec(index = 4)]
	Create,
	/// CREATE2.
	#[codec(index = 5)]
	Create2,
	/// SELFDESTRUCT, which ends at once.
	#[codec(index = 6)]
	SelfDestruct,
}

/// How a frame ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum FrameEnd {
	/// Done.
	#[codec(index = 0)]
	Success,
	/// It said no.
	#[codec(index = 1)]
	Reverted,
	/// It was stopped; the cause in geth's words, such as `out of gas`.
	#[codec(index = 2)]
	Halted(Vec<u8>),
}

/// A log, and where in its frame it was made.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct FrameLog {
	/// The log.
	pub log: LogView,
	/// How many frames its frame had begun before.
	pub position: u32,
	/// How many logs the transaction had made before, those of failed frames not counted.
	pub index: u32,
}

/// An instruction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Step {
	/// Where it is in the code.
	pub pc: u32,
	/// Its byte.
	pub opcode: u8,
	/// How deep its frame is; 1 for the transaction itself.
	pub depth: u16,
	/// Gas before it.
	pub gas: u64,
	/// Gas that it cost, what it gave to a frame that it began included.
	pub cost: u64,
	/// What will be given back, so far, in gas.
	pub refund: u64,
	/// The stack before it, top last; empty if not recorded.
	pub stack: Option<Vec<U256>>,
	/// The memory before it.
	pub memory: Option<Vec<u8>>,
	/// The contract, the slot and the value: what SLOAD read or SSTORE writes.
	pub slot: Option<(H160, H256, H256)>,
	/// What the last call returned.
	pub return_data: Option<Vec<u8>>,
	/// Why it failed, in geth's words.
	pub error: Option<Vec<u8>>,
}

/// An account before and after a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TouchedAccount {
	/// Whose.
	pub address: H160,
	/// Before; none where nothing was there.
	pub before: Option<AccountState>,
	/// After; none where nothing is there.
	pub after: Option<AccountState>,
	/// The slots that were looked at or changed, by key.
	pub slots: Vec<SlotChange>,
}

/// An account, without its storage.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AccountState {
	/// What it can spend, in wei.
	pub balance: U256,
	/// How many transactions it has sent.
	pub nonce: u64,
	/// Its code; empty without.
	pub code: Vec<u8>,
}

/// A slot before and after a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SlotChange {
	/// Which.
	pub slot: H256,
	/// Before.
	pub before: H256,
	/// After.
	pub after: H256,
}
