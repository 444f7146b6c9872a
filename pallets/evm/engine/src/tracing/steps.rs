// SPDX-License-Identifier: Apache-2.0
//! The instructions, as geth's struct logger has them.

use alloc::vec::Vec;
use codec::Encode;
use revm::{
	bytecode::opcode::{SELFDESTRUCT, SLOAD, SSTORE},
	interpreter::{
		interpreter::EthInterpreter,
		interpreter_types::{Jumps, LoopControl, ReturnData},
		FrameInput, Interpreter, InterpreterAction,
	},
	primitives::{Address, U256},
};
use unum_ethereum_view::{Step, StepOptions, H160, H256};

use super::{
	address,
	budget::{Budget, TRACE_STEPS_MAX},
	frames::Frames,
	hash, word,
	words::of_instruction,
};

/// A contract that destroys itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Destruction {
	pub(super) contract: Address,
	/// Who gets what it has.
	pub(super) heir: Address,
	/// What it has, in wei.
	pub(super) balance: U256,
}

/// What an instruction did to its frame.
#[derive(Debug, Default)]
pub(super) struct StepEnd {
	/// Why it failed, in geth's words.
	pub(super) failure: Option<Vec<u8>>,
	pub(super) destruction: Option<Destruction>,
}

/// The instructions of a transaction.
#[derive(Debug)]
pub(super) struct Steps {
	options: Option<StepOptions>,
	list: Vec<Step>,
	running: Option<Running>,
}

/// The instruction that runs.
#[derive(Debug)]
struct Running {
	opcode: u8,
	/// Words on the stack.
	stack: usize,
	gas: u64,
	is_recorded: bool,
	destruction: Option<Destruction>,
}

impl Steps {
	pub(super) const fn new(options: Option<StepOptions>) -> Self {
		Self { options, list: Vec::new(), running: None }
	}

	pub(super) fn into_list(self) -> Vec<Step> {
		self.list
	}

	/// Adds the instructions of a run that a frame of this depth has led to.
	pub(super) fn graft(&mut self, steps: Vec<Step>, depth: u16, budget: &mut Budget) {
		let Some(options) = self.options else { return };
		for step in steps {
			if self.is_full(&options) {
				return;
			}
			let step = Step { depth: step.depth.saturating_add(depth), ..step };
			let is_too_many = self.list.len() >= TRACE_STEPS_MAX;
			if is_too_many || !budget.admit(step.encoded_size()) {
				return budget.exceed();
			}
			self.list.push(step);
		}
	}

	/// Before an instruction.
	pub(super) fn begin(
		&mut self,
		interpreter: &Interpreter<EthInterpreter>,
		frames: &Frames,
		balance: impl FnOnce(Address) -> U256,
		budget: &mut Budget,
	) {
		let opcode = interpreter.bytecode.opcode();
		let destruction =
			(opcode == SELFDESTRUCT).then(|| destruction(interpreter, balance)).flatten();
		self.running = Some(Running {
			opcode,
			stack: interpreter.stack.len(),
			gas: interpreter.gas.remaining(),
			is_recorded: self.record(opcode, interpreter, frames, budget),
			destruction,
		});
	}

	fn record(
		&mut self,
		opcode: u8,
		interpreter: &Interpreter<EthInterpreter>,
		frames: &Frames,
		budget: &mut Budget,
	) -> bool {
		let Some(options) = self.options.filter(|options| !self.is_full(options)) else {
			return false;
		};
		if self.list.len() >= TRACE_STEPS_MAX {
			budget.exceed();
		}
		// Nothing is copied that is not kept.
		if budget.is_exceeded() {
			return false;
		}
		let step = step(opcode, &options, interpreter, frames);
		let is_admitted = budget.admit(step.encoded_size());
		if is_admitted {
			self.list.push(step);
		}
		is_admitted
	}

	fn is_full(&self, options: &StepOptions) -> bool {
		let limit = usize::try_from(options.limit).unwrap_or(usize::MAX);
		limit != 0 && self.list.len() >= limit
	}

	/// After an instruction.
	pub(super) fn end(
		&mut self,
		interpreter: &mut Interpreter<EthInterpreter>,
		budget: &mut Budget,
	) -> Option<StepEnd> {
		let running = self.running.take()?;
		let result = interpreter.bytecode.instruction_result();
		let failure = result.and_then(|r| of_instruction(r, running.opcode, running.stack));
		if running.is_recorded {
			self.complete(&running, interpreter, failure.as_deref(), budget);
		}
		let destruction = running.destruction.filter(|_| failure.is_none());
		Some(StepEnd { failure, destruction })
	}

	fn complete(
		&mut self,
		running: &Running,
		interpreter: &mut Interpreter<EthInterpreter>,
		failure: Option<&[u8]>,
		budget: &mut Budget,
	) {
		let reads_slots = self.options.is_some_and(|options| options.storage);
		let Some(step) = self.list.last_mut() else { return };
		let taken = running.gas.saturating_sub(interpreter.gas.remaining());
		step.cost = taken.saturating_sub(given_to_creation(interpreter));
		if running.opcode == SLOAD && reads_slots && failure.is_none() && budget.admit(SLOT_BYTES) {
			if let (Some((_, _, value)), Some(read)) =
				(&mut step.slot, interpreter.stack.data().last())
			{
				*value = hash(*read);
			}
		}
		if let Some(words) = failure.filter(|words| budget.admit(words.len().saturating_add(4))) {
			step.error = Some(words.to_vec());
		}
	}
}

/// The bytes of a slot in a trace.
const SLOT_BYTES: usize = 84;

fn step(
	opcode: u8,
	options: &StepOptions,
	interpreter: &Interpreter<EthInterpreter>,
	frames: &Frames,
) -> Step {
	let stack = interpreter.stack.data();
	let refund = frames.refund_of_callers().saturating_add(interpreter.gas.refunded());
	Step {
		pc: u32::try_from(interpreter.bytecode.pc()).unwrap_or(u32::MAX),
		opcode,
		depth: frames.depth(),
		gas: interpreter.gas.remaining(),
		cost: 0,
		refund: u64::try_from(refund).unwrap_or_default(),
		stack: options.stack.then(|| stack.iter().copied().map(word).collect()),
		memory: options.memory.then(|| interpreter.memory.context_memory().to_vec()),
		slot: if options.storage { slot(opcode, interpreter) } else { None },
		return_data: options.return_data.then(|| interpreter.return_data.buffer().to_vec()),
		error: None,
	}
}

/// The slot that SSTORE writes or SLOAD reads; what is read is known after it.
fn slot(opcode: u8, interpreter: &Interpreter<EthInterpreter>) -> Option<(H160, H256, H256)> {
	let mut words = interpreter.stack.data().iter().rev().copied();
	let contract = address(interpreter.input.target_address);
	match opcode {
		SLOAD => Some((contract, hash(words.next()?), H256::default())),
		SSTORE => Some((contract, hash(words.next()?), hash(words.next()?))),
		_ => None,
	}
}

fn destruction(
	interpreter: &Interpreter<EthInterpreter>,
	balance: impl FnOnce(Address) -> U256,
) -> Option<Destruction> {
	let contract = interpreter.input.target_address;
	let heir = interpreter.stack.data().last()?;
	Some(Destruction {
		contract,
		heir: Address::from_word(heir.to_be_bytes().into()),
		balance: balance(contract),
	})
}

/// geth does not count the gas that CREATE gives away as its cost, unlike that of CALL.
fn given_to_creation(interpreter: &mut Interpreter<EthInterpreter>) -> u64 {
	match interpreter.bytecode.action() {
		Some(InterpreterAction::NewFrame(FrameInput::Create(inputs))) => inputs.gas_limit(),
		_ => 0,
	}
}
