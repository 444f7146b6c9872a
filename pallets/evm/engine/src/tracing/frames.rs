// SPDX-License-Identifier: Apache-2.0
//! Calls, creations and self-destructs, as geth's `callTracer` has them.

use alloc::vec::Vec;
use codec::Encode;
use revm::{
	context_interface::CreateScheme,
	interpreter::{
		CallInputs, CallOutcome, CallScheme, CreateInputs, CreateOutcome, InterpreterResult,
	},
	primitives::{Address, Bytes, Log, U256},
};
use unum_ethereum_view::{Frame, FrameEnd, FrameKind, FrameLog, LogView, H256};

use super::{
	address,
	budget::Budget,
	steps::Destruction,
	word,
	words::{of_call, of_create},
};

/// The frames of a transaction, and those that have not ended.
#[derive(Debug)]
pub(super) struct Frames {
	is_recorded: bool,
	list: Vec<Frame>,
	open: Vec<Open>,
	/// Logs so far, without those of frames that have failed.
	logs: u32,
}

/// A frame that has not ended.
#[derive(Debug)]
struct Open {
	/// Where it is in the list, if it is.
	position: Option<u32>,
	gas: u64,
	/// What its callers will be given back, and what it will itself.
	refund_of_callers: i64,
	refund: i64,
	/// How many frames it has begun.
	begun: u32,
	/// How many logs there were before.
	logs: u32,
	/// What its last instruction failed for.
	failure: Option<Vec<u8>>,
}

impl Frames {
	pub(super) const fn new(is_recorded: bool) -> Self {
		Self { is_recorded, list: Vec::new(), open: Vec::new(), logs: 0 }
	}

	pub(super) fn into_list(self) -> Vec<Frame> {
		self.list
	}

	/// How many frames have not ended.
	pub(super) fn depth(&self) -> u16 {
		u16::try_from(self.open.len()).unwrap_or(u16::MAX)
	}

	/// What the callers of the innermost frame will be given back, in gas.
	pub(super) fn refund_of_callers(&self) -> i64 {
		self.open.last().map(|open| open.refund_of_callers).unwrap_or_default()
	}

	/// Notes of the innermost frame what it will be given back, and what its last instruction failed
	/// for.
	pub(super) fn note(&mut self, refund: i64, failure: Option<Vec<u8>>) {
		if let Some(open) = self.open.last_mut() {
			open.refund = refund;
			open.failure = failure;
		}
	}

	pub(super) fn begin_call(
		&mut self,
		inputs: &CallInputs,
		input: impl FnOnce() -> Bytes,
		budget: &mut Budget,
	) {
		let (kind, from, to) = parties(inputs);
		let frame = || {
			let value = inputs.value.get();
			new_frame(kind, [from, to], value, inputs.gas_limit, input().to_vec())
		};
		self.begin(inputs.gas_limit, frame, budget);
	}

	pub(super) fn begin_create(&mut self, inputs: &CreateInputs, nonce: u64, budget: &mut Budget) {
		let frame = || {
			let (kind, to) = created(inputs, nonce);
			let init = inputs.init_code().to_vec();
			new_frame(kind, [inputs.caller(), to], inputs.value(), inputs.gas_limit(), init)
		};
		self.begin(inputs.gas_limit(), frame, budget);
	}

	/// A self-destruct: it ends at once.
	pub(super) fn destroy(&mut self, destruction: &Destruction, budget: &mut Budget) {
		let Destruction { contract, heir, balance } = *destruction;
		let frame = || new_frame(FrameKind::SelfDestruct, [contract, heir], balance, 0, Vec::new());
		self.begin(0, frame, budget);
		self.open.pop();
	}

	fn begin(&mut self, gas: u64, frame: impl FnOnce() -> Frame, budget: &mut Budget) {
		let caller = self.open.last_mut();
		let refund_of_callers = caller
			.as_ref()
			.map(|open| open.refund_of_callers.saturating_add(open.refund))
			.unwrap_or_default();
		let parent = caller.and_then(|open| {
			open.begun = open.begun.saturating_add(1);
			open.position
		});
		let position = self.is_recorded.then(|| self.record(parent, frame(), budget)).flatten();
		let logs = self.logs;
		self.open.push(Open {
			position,
			gas,
			refund_of_callers,
			refund: 0,
			begun: 0,
			logs,
			failure: None,
		});
	}

	fn record(&mut self, parent: Option<u32>, frame: Frame, budget: &mut Budget) -> Option<u32> {
		let position = u32::try_from(self.list.len()).ok()?;
		let frame = Frame { parent, ..frame };
		budget.admit(frame.encoded_size().saturating_add(END_BYTES)).then(|| {
			self.list.push(frame);
			position
		})
	}

	/// A log of the innermost frame.
	pub(super) fn log(&mut self, log: &Log, budget: &mut Budget) {
		let index = self.logs;
		self.logs = index.saturating_add(1);
		let Some(open) = self.open.last() else { return };
		let Some(frame) = open.position.and_then(|at| at_mut(&mut self.list, at)) else { return };
		let log = FrameLog { log: view(log), position: open.begun, index };
		if budget.admit(log.encoded_size()) {
			frame.logs.push(log);
		}
	}

	pub(super) fn end_call(&mut self, outcome: &CallOutcome, budget: &mut Budget) {
		self.end(&outcome.result, |failure| of_call(outcome.result.result, failure), budget);
	}

	pub(super) fn end_create(&mut self, outcome: &CreateOutcome, budget: &mut Budget) {
		let has_address = outcome.address.is_some();
		let end = |failure| of_create(outcome.result.result, failure, has_address);
		self.end(&outcome.result, end, budget);
	}

	fn end(
		&mut self,
		result: &InterpreterResult,
		end: impl FnOnce(Option<Vec<u8>>) -> FrameEnd,
		budget: &mut Budget,
	) {
		let Some(open) = self.open.pop() else { return };
		let end = end(open.failure);
		if end != FrameEnd::Success {
			self.logs = open.logs;
		}
		let Some(frame) = open.position.and_then(|at| at_mut(&mut self.list, at)) else { return };
		// A frame that was stopped gives nothing back.
		let left = if result.result.is_ok_or_revert() { result.gas.remaining() } else { 0 };
		frame.gas_used = open.gas.saturating_sub(left);
		let is_shown = !matches!(end, FrameEnd::Halted(_));
		if is_shown && budget.admit(result.output.len()) {
			frame.output = result.output.to_vec();
		}
		// How it ended is never left out: there are few of them, and they are short.
		frame.end = end;
	}

	/// Adds the frames of a run that the innermost frame has led to. What they logged is there already.
	pub(super) fn graft(&mut self, frames: Vec<Frame>, budget: &mut Budget) {
		let Some(around) = self.open.last_mut().filter(|_| self.is_recorded) else { return };
		let Some(base) = u32::try_from(self.list.len()).ok() else { return };
		for frame in frames {
			let parent = match frame.parent {
				Some(parent) => Some(parent.saturating_add(base)),
				None => {
					around.begun = around.begun.saturating_add(1);
					around.position
				},
			};
			let frame = Frame { parent, logs: Vec::new(), ..frame };
			if !budget.admit(frame.encoded_size().saturating_add(END_BYTES)) {
				return;
			}
			self.list.push(frame);
		}
	}

	/// The first frame is the transaction: its gas is the transaction's.
	pub(super) fn end_transaction(&mut self, gas_limit: u64, gas_used: u64) {
		if let Some(first) = self.list.first_mut() {
			first.gas = gas_limit;
			first.gas_used = gas_used;
		}
	}
}

fn at_mut(list: &mut [Frame], position: u32) -> Option<&mut Frame> {
	list.get_mut(usize::try_from(position).ok()?)
}

/// Bytes that the end of a frame takes: the longest words with their length.
const END_BYTES: usize = 64;

fn new_frame(
	kind: FrameKind,
	[from, to]: [Address; 2],
	value: U256,
	gas: u64,
	input: Vec<u8>,
) -> Frame {
	Frame {
		parent: None,
		kind,
		from: address(from),
		to: address(to),
		value: word(value),
		gas,
		gas_used: 0,
		input,
		output: Vec::new(),
		end: FrameEnd::Success,
		logs: Vec::new(),
	}
}

/// What a call is, who calls, and whose code runs.
fn parties(inputs: &CallInputs) -> (FrameKind, Address, Address) {
	match inputs.scheme {
		CallScheme::Call => (FrameKind::Call, inputs.caller, inputs.target_address),
		CallScheme::StaticCall => (FrameKind::StaticCall, inputs.caller, inputs.target_address),
		CallScheme::CallCode => (FrameKind::CallCode, inputs.caller, inputs.bytecode_address),
		CallScheme::DelegateCall => {
			(FrameKind::DelegateCall, inputs.target_address, inputs.bytecode_address)
		},
	}
}

/// What a creation is, and where. The inputs can say the address themselves, but would remember what
/// they said, and a recorder must leave no trace.
fn created(inputs: &CreateInputs, nonce: u64) -> (FrameKind, Address) {
	let caller = inputs.caller();
	match inputs.scheme() {
		CreateScheme::Create => (FrameKind::Create, caller.create(nonce)),
		CreateScheme::Create2 { salt } => {
			(FrameKind::Create2, caller.create2_from_code(salt.to_be_bytes(), inputs.init_code()))
		},
		CreateScheme::Custom { address } => (FrameKind::Create, address),
	}
}

fn view(log: &Log) -> LogView {
	LogView {
		address: address(log.address),
		topics: log.data.topics().iter().map(|topic| H256(topic.0)).collect(),
		data: log.data.data.to_vec(),
	}
}
