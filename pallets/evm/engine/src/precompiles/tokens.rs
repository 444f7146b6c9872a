// SPDX-License-Identifier: Apache-2.0
//! The ERC-20 views of the ledger's tokens.

use revm::{
	context_interface::{Block, Cfg, ContextTr},
	interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult},
	primitives::Bytes,
};
use unum_erc20::{AddressSpace, Call, Frame};
use unum_id_com::MintId;
use unum_vm_engine::IdentityHost;

use super::{calldata_gas, lends_nothing, own::out_of_gas, TokenViewHost};
use crate::{HostDatabase, LedgerJournal};

/// Runs the ERC-20 view of a token.
pub(super) fn call_token<'a, H, CTX>(
	context: &mut CTX,
	inputs: &CallInputs,
	mint: MintId,
) -> InterpreterResult
where
	H: TokenViewHost + 'a,
	CTX: ContextTr<Db = HostDatabase<'a, H>, Journal = LedgerJournal<'a, H>>,
{
	let mut gas = Gas::new(inputs.gas_limit);
	if !lends_nothing(inputs) {
		return InterpreterResult::new(InstructionResult::Revert, Bytes::new(), gas);
	}
	// Before anything is copied: what is copied is paid for.
	if !gas.record_regular_cost(calldata_gas(inputs)) {
		return out_of_gas(gas);
	}
	let calldata = inputs.input.bytes_local(context.local());
	if !gas.record_regular_cost(unum_erc20::limits::gas(&calldata)) {
		return out_of_gas(gas);
	}
	let frame = Frame {
		space: AddressSpace::Evm,
		mint,
		caller: inputs.caller.into_array().into(),
		calldata: &calldata,
		is_static: inputs.is_static,
		has_value: !inputs.call_value().is_zero(),
		chain_id: context.cfg().chain_id(),
		timestamp: context.block().timestamp().saturating_to(),
	};
	let journal = context.journal_mut();
	if !inputs.is_static {
		note_addresses(journal.host_mut().ledger_mut(), &frame);
	}
	let spared = unum_erc20::limits::spared(journal.host().ledger(), &frame);
	let called = unum_erc20::call(journal.host_mut().ledger_mut(), &frame);
	gas.erase_cost(spared);
	let result = match called {
		Ok(output) => InterpreterResult::new(InstructionResult::Return, output.into(), gas),
		Err(error) => {
			let data = error.revert_data();
			InterpreterResult::new(InstructionResult::Revert, data.into(), gas)
		},
	};
	journal.take_movement_logs();
	result
}

/// Makes logs name the caller and the others by the addresses that the call names them by, and not by
/// ones that nobody has heard of.
fn note_addresses<L: IdentityHost>(ledger: &mut L, frame: &Frame<'_>) {
	let Ok(call) = Call::decode(frame.calldata) else { return };
	if call.is_write() {
		let addresses = [frame.caller].into_iter().chain(call.logged_addresses());
		addresses.for_each(|address| ledger.note_address(&frame.space.address(address)));
	}
}
