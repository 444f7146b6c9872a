// SPDX-License-Identifier: Apache-2.0
//! Addresses that answer by themselves: Ethereum's precompiled contracts, and the tokens of the ledger.

use alloc::string::String;
use revm::{
	context_interface::{Block, Cfg, ContextTr},
	handler::{EthPrecompiles, PrecompileProvider},
	interpreter::{CallInputs, CallScheme, Gas, InstructionResult, InterpreterResult},
	primitives::{hardfork::SpecId, AddressSet, Bytes},
};
use unum_erc20::{AddressSpace, Call, Frame};
use unum_id_com::MintId;
use unum_vm_engine::{IdentityHost, TokenHost};

use crate::{EvmHost, HostDatabase, LedgerJournal};

/// A host on which the ledger's tokens are contracts.
pub trait TokenViewHost: EvmHost {
	/// Tokens and identities.
	type Ledger: TokenHost + IdentityHost;

	/// Tokens and identities, to be read.
	fn ledger(&self) -> &Self::Ledger;

	/// Tokens and identities, to be changed.
	fn ledger_mut(&mut self) -> &mut Self::Ledger;
}

/// The precompiles of the fork, and the ERC-20 view of every token.
#[derive(Clone, Debug)]
pub struct ChainPrecompiles {
	ethereum: EthPrecompiles,
}

impl ChainPrecompiles {
	/// Those of a fork.
	pub fn new(spec: SpecId) -> Self {
		Self { ethereum: EthPrecompiles::new(spec) }
	}
}

impl<'a, H, CTX> PrecompileProvider<CTX> for ChainPrecompiles
where
	H: TokenViewHost + 'a,
	CTX: ContextTr<
		Cfg: Cfg<Spec = SpecId>,
		Db = HostDatabase<'a, H>,
		Journal = LedgerJournal<'a, H>,
	>,
{
	type Output = InterpreterResult;

	fn set_spec(&mut self, spec: SpecId) -> bool {
		PrecompileProvider::<CTX>::set_spec(&mut self.ethereum, spec)
	}

	fn run(
		&mut self,
		context: &mut CTX,
		inputs: &CallInputs,
	) -> Result<Option<InterpreterResult>, String> {
		if let Some(result) = self.ethereum.run(context, inputs)? {
			return Ok(Some(result));
		}
		let address = inputs.bytecode_address.into_array().into();
		let Some(mint) = context.journal().host().ledger().token_at(address) else {
			return Ok(None);
		};
		Ok(Some(call_token(context, inputs, mint)))
	}

	fn warm_addresses(&self) -> &AddressSet {
		self.ethereum.warm_addresses()
	}
}

/// Runs the ERC-20 view of a token.
fn call_token<'a, H, CTX>(context: &mut CTX, inputs: &CallInputs, mint: MintId) -> InterpreterResult
where
	H: TokenViewHost + 'a,
	CTX: ContextTr<Db = HostDatabase<'a, H>, Journal = LedgerJournal<'a, H>>,
{
	let mut gas = Gas::new(inputs.gas_limit);
	// A view has no storage that it could lend to the caller.
	if !matches!(inputs.scheme, CallScheme::Call | CallScheme::StaticCall) {
		return InterpreterResult::new(InstructionResult::Revert, Bytes::new(), gas);
	}
	let calldata = inputs.input.bytes_local(context.local());
	if !gas.record_regular_cost(unum_erc20::limits::gas(&calldata)) {
		gas.spend_all();
		return InterpreterResult::new(InstructionResult::PrecompileOOG, Bytes::new(), gas);
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
	let result = match unum_erc20::call(journal.host_mut().ledger_mut(), &frame) {
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
