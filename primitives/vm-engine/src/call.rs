// SPDX-License-Identifier: Apache-2.0
//! Calls from one VM into another, within one transaction.

use alloc::vec::Vec;
use sp_weights::Weight;
use unum_address::VmKind;
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
}

impl VmCallResult {
	/// A call that was not made, and cost nothing.
	pub fn refused(why: &str) -> Self {
		Self { ok: false, output: why.as_bytes().to_vec(), used: Weight::zero() }
	}
}

/// Carries out calls between VMs; what the dispatcher is to engines.
pub trait VmCalls {
	/// Runs the operation on a snapshot, kept only where it succeeds.
	///
	/// # Errors
	/// [`EngineFault`]: a defect. All that a program can cause is a result.
	fn call(call: &VmCall<'_>) -> Result<VmCallResult, EngineFault>;
}

/// A chain with one VM.
impl VmCalls for () {
	fn call(_: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		Ok(VmCallResult::refused("the chain has no other VM"))
	}
}
