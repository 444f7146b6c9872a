// SPDX-License-Identifier: Apache-2.0
//! How a transaction runs, recorded while it does.
//!
//! revm calls the [`Recorder`] before and after each instruction and each frame; the recorder looks, and
//! changes nothing. What it keeps are the numbers of geth's tracers: the node makes their JSON of it.
//!
//! ```text
//!   frame begins, ends ──► Frames   calls, creations, self-destructs, logs
//!   instruction        ──► Steps    gas, cost, stack, memory, slot
//!   end                ──► state    accounts and slots before and after
//!   call of 0x0106 ends ─► Inner    what the EVM did when another VM called back
//!                            │
//!                            ▼
//!                         Budget    at most so many bytes; then nothing more is recorded
//! ```
//!
//! Unlike geth, the gas that an instruction would have needed where the gas ran out is not known: its
//! cost is all that was left. What a precompiled contract did not like of its input is not told either.

mod budget;
mod frames;
mod inner;
mod state;
mod steps;
mod words;

pub use budget::{TRACE_BYTES_MAX, TRACE_STEPS_MAX};

use alloc::vec::Vec;
use revm::{
	context::journal::JournalEntry,
	context_interface::{result::ExecutionResult, ContextTr, JournalTr},
	handler::{evm::FrameTr, EvmTr, EvmTrError, FrameResult},
	inspector::{InspectorEvmTr, InspectorHandler, JournalExt},
	interpreter::{
		interpreter::EthInterpreter, interpreter_action::FrameInit, CallInputs, CallOutcome,
		CreateInputs, CreateOutcome, Interpreter,
	},
	primitives::{Address, Log, U256},
	state::{AccountInfo, EvmState},
	Inspector,
};
use unum_ethereum_view::{Trace, TraceOptions, H160};

use crate::{EvmContext, EvmHost, LedgerJournal, TransactHandler};
use budget::Budget;
use frames::Frames;
use inner::Inner;
use steps::Steps;

/// Records a transaction. See the module.
#[derive(Debug)]
pub(crate) struct Recorder {
	has_state: bool,
	budget: Budget,
	frames: Frames,
	steps: Steps,
	inner: Inner,
}

/// A transaction that ran, and the chain before it is told of it.
pub(crate) struct Ran<'a, H> {
	pub(crate) result: &'a ExecutionResult,
	pub(crate) gas_limit: u64,
	pub(crate) host: &'a H,
	pub(crate) state: &'a EvmState,
	/// Accounts that are shown even if nothing has looked at them.
	pub(crate) parties: [Address; 2],
}

impl Recorder {
	pub(crate) fn new(options: &TraceOptions) -> Self {
		Self {
			has_state: options.state,
			budget: Budget::default(),
			frames: Frames::new(options.frames),
			steps: Steps::new(options.steps),
			inner: Inner::default(),
		}
	}

	/// Adds a run that the innermost frame has led to, and that has just ended.
	fn graft(&mut self, trace: Trace, state: &EvmState) {
		let depth = self.frames.depth();
		self.frames.graft(trace.frames, &mut self.budget);
		self.steps.graft(trace.steps, depth, &mut self.budget);
		self.inner.note(trace.accounts, state);
		if trace.truncated {
			self.budget.exceed();
		}
	}

	/// The trace.
	pub(crate) fn finish<H: EvmHost>(mut self, ran: &Ran<'_, H>) -> Trace {
		self.frames.end_transaction(ran.gas_limit, ran.result.tx_gas_used());
		let accounts = if self.has_state {
			let mut accounts = state::accounts(ran.host, ran.state, &ran.parties, &mut self.budget);
			self.inner.merge_into(&mut accounts, ran.host, &mut self.budget);
			accounts
		} else {
			Vec::new()
		};
		Trace {
			frames: self.frames.into_list(),
			steps: self.steps.into_list(),
			accounts,
			truncated: self.budget.is_exceeded(),
		}
	}
}

impl<'a, H: EvmHost> Inspector<EvmContext<'a, H>, EthInterpreter> for Recorder {
	fn step(
		&mut self,
		interpreter: &mut Interpreter<EthInterpreter>,
		context: &mut EvmContext<'a, H>,
	) {
		let balance = |address| info(context, address).map(|info| info.balance).unwrap_or_default();
		self.steps.begin(interpreter, &self.frames, balance, &mut self.budget);
	}

	fn step_end(
		&mut self,
		interpreter: &mut Interpreter<EthInterpreter>,
		_: &mut EvmContext<'a, H>,
	) {
		let Some(end) = self.steps.end(interpreter, &mut self.budget) else { return };
		self.frames.note(interpreter.gas.refunded(), end.failure);
		if let Some(destruction) = end.destruction {
			self.frames.destroy(&destruction, &mut self.budget);
		}
	}

	fn log(&mut self, _: &mut EvmContext<'a, H>, log: Log) {
		self.frames.log(&log, &mut self.budget);
	}

	fn call(
		&mut self,
		context: &mut EvmContext<'a, H>,
		inputs: &mut CallInputs,
	) -> Option<CallOutcome> {
		self.frames.begin_call(inputs, || inputs.input.bytes(context), &mut self.budget);
		None
	}

	fn call_end(
		&mut self,
		context: &mut EvmContext<'a, H>,
		_: &CallInputs,
		outcome: &mut CallOutcome,
	) {
		for trace in context.journal_mut().take_inner_traces() {
			self.graft(trace, context.journal().evm_state());
		}
		self.frames.end_call(outcome, &mut self.budget);
	}

	fn create(
		&mut self,
		context: &mut EvmContext<'a, H>,
		inputs: &mut CreateInputs,
	) -> Option<CreateOutcome> {
		let nonce = info(context, inputs.caller()).map(|info| info.nonce).unwrap_or_default();
		self.frames.begin_create(inputs, nonce, &mut self.budget);
		None
	}

	fn create_end(
		&mut self,
		_: &mut EvmContext<'a, H>,
		_: &CreateInputs,
		outcome: &mut CreateOutcome,
	) {
		self.frames.end_create(outcome, &mut self.budget);
	}
}

/// An account that the transaction has loaded.
fn info<'a, H: EvmHost>(
	context: &'a EvmContext<'_, H>,
	address: Address,
) -> Option<&'a AccountInfo> {
	context.journal().evm_state().get(&address).map(|account| &account.info)
}

/// The steps of a transaction that is recorded are those of one that is not: the handler replaces none
/// of those that revm replaces here.
impl<EVM, ERROR> InspectorHandler for TransactHandler<EVM, ERROR>
where
	EVM: InspectorEvmTr<
		Context: ContextTr<Journal: JournalTr<State = EvmState>>,
		Frame: FrameTr<FrameInit = FrameInit, FrameResult = FrameResult>,
		Inspector: Inspector<<EVM as EvmTr>::Context, EthInterpreter>,
	>,
	ERROR: EvmTrError<EVM>,
{
	type IT = EthInterpreter;
}

/// revm finds self-destructs among the entries. It is shown none, because the recorder finds them by
/// their instruction: a contract that destroys itself in favour of itself may leave no entry.
impl<H: EvmHost> JournalExt for LedgerJournal<'_, H> {
	fn journal(&self) -> &[JournalEntry] {
		&[]
	}
}

fn address(address: Address) -> H160 {
	H160(address.into_array())
}

fn word(word: U256) -> unum_ethereum_view::U256 {
	unum_ethereum_view::U256::from_big_endian(&word.to_be_bytes::<32>())
}

fn hash(word: U256) -> unum_ethereum_view::H256 {
	unum_ethereum_view::H256(word.to_be_bytes())
}
