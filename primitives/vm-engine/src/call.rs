// SPDX-License-Identifier: Apache-2.0
//! Calls from one VM into another, within one transaction.

use alloc::vec::Vec;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::EngineFault;

/// An operation that a program of one VM asks another VM for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VmCall<'a> {
	/// As whom it runs: the identity of the program that asks.
	pub caller: IdCom,
	/// Which VM is asked.
	pub vm: VmKind,
	/// Which program of it, where its operations do not name one themselves; else zeros.
	pub target: [u8; 32],
	/// The operation: a payload, opcode included.
	pub data: &'a [u8],
	/// The most that it may use.
	pub budget: Weight,
}

/// What came of a [`VmCall`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VmCallResult {
	/// Whether it succeeded. If not, nothing that it did is left.
	pub ok: bool,
	/// What it returned, or why it failed as a sentence, UTF-8.
	pub output: Vec<u8>,
	/// What it used of the budget.
	pub used: Weight,
	/// Addresses that it brought to life; none unless it succeeded. The engine that asked counts them
	/// among its own while the call stays.
	pub created: Vec<Address>,
}

impl VmCallResult {
	/// A call that was not made, and cost nothing.
	pub fn refused(why: &str) -> Self {
		let output = why.as_bytes().to_vec();
		Self { ok: false, output, used: Weight::zero(), created: Vec::new() }
	}
}

/// Carries out calls between VMs; what the dispatcher is to engines.
///
/// A VM may be entered again while it runs: before it calls, an engine writes what it holds back from the
/// chain's state, and afterwards reads again what it keeps a copy of.
pub trait VmCalls {
	/// Runs the operation on a snapshot, kept only where it succeeds. Refused where
	/// [`MAX_VM_CALL_DEPTH`](crate::limits::MAX_VM_CALL_DEPTH) calls are open already.
	///
	/// # Errors
	/// [`EngineFault`]: a defect. All that a program can cause is a result.
	fn call(call: &VmCall<'_>) -> Result<VmCallResult, EngineFault>;

	/// How many calls are open: zero for what a transaction runs itself.
	fn depth() -> u32 {
		0
	}
}

/// A chain with one VM.
impl VmCalls for () {
	fn call(_: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		Ok(VmCallResult::refused("the chain has no other VM"))
	}
}
