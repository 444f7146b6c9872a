// SPDX-License-Identifier: Apache-2.0
//! Calls from one VM into another.

use alloc::{format, string::ToString};
use unum_vm_engine::{
	limits::MAX_VM_CALL_DEPTH, EngineFault, EngineList, Meter, ReceiptStatus, VmCall, VmCallResult,
	VmCalls,
};

use crate::{Config, EnginesOf, Pallet, PayloadOf};

// How many calls are open. Not in the chain's state: it is as deep as the stack is, whatever is undone.
environmental::environmental!(open_calls: u32);

impl<T: Config> VmCalls for Pallet<T> {
	fn call(call: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		let payload = match PayloadOf::<T>::decode_exact(call.data) {
			Ok(payload) => payload,
			Err(error) => return Ok(VmCallResult::refused(&error.to_string())),
		};
		if payload.vm() != call.vm {
			return Ok(VmCallResult::refused("the operation is one of another VM"));
		}
		if call.target != [0; 32] {
			return Ok(VmCallResult::refused("the operation names its target itself"));
		}
		if !Self::is_enabled(call.vm) {
			return Ok(VmCallResult::refused("the VM is switched off at present"));
		}
		let limit = EnginesOf::<T>::weight_limit(payload.call());
		if !limit.all_lte(call.budget) {
			return Ok(VmCallResult::refused("out of gas: the operation may use more than that"));
		}
		let depth = Self::depth();
		if depth >= MAX_VM_CALL_DEPTH {
			let why = format!("calls between VMs are {MAX_VM_CALL_DEPTH} deep already");
			return Ok(VmCallResult::refused(&why));
		}
		let mut deeper = depth.saturating_add(1);
		open_calls::using(&mut deeper, || Self::run_within(&payload, call, Meter::new(limit)))
	}

	fn depth() -> u32 {
		open_calls::with(|depth| *depth).unwrap_or_default()
	}
}

impl<T: Config> Pallet<T> {
	fn run_within(
		payload: &PayloadOf<T>,
		call: &VmCall<'_>,
		mut meter: Meter,
	) -> Result<VmCallResult, EngineFault> {
		let context = Self::call_context(call.caller, None);
		let execution = Self::execute(payload, &context, &mut meter, EnginesOf::<T>::execute)
			.map_err(|_| EngineFault::LayerLimitReached)??;
		let ok = execution.status == ReceiptStatus::Success;
		let output = if ok { execution.output } else { execution.message };
		Ok(VmCallResult { ok, output, used: meter.used(), created: execution.created })
	}
}
