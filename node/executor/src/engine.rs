// SPDX-License-Identifier: Apache-2.0
//! Executing a block in lanes.

use std::{ops::Range, sync::Arc, time::Instant};

use codec::{Decode, Encode};
use rayon::{
	iter::ParallelIterator, slice::ParallelSlice, ThreadPool, ThreadPoolBuildError,
	ThreadPoolBuilder,
};
use sp_core::{traits::CodeExecutor, H256};
use sp_runtime::{
	traits::Header as HeaderT, ApplyExtrinsicResult, ExtrinsicInclusionMode, OpaqueExtrinsic,
};
use unum_runtime_api::{AccessHint, FoldError, LaneInput, LaneOutput};
use unum_state::{Memory, State};

use crate::{
	author::Experience,
	lane::{Input, Ran},
	machine::{CallError, Machine, Overlay, States},
	plan,
	report::Report,
	session::Session,
	signatures,
};

/// Lanes for each thread: more than one, so that a thread with a short one takes another.
const LANES_PER_THREAD: usize = 4;

/// The least extrinsics of a lane: fewer are not worth a Wasm instance of their own.
pub(crate) const LANE_EXTRINSICS_MIN: usize = 16;

/// So many extrinsics show whether signatures are known: those that came through the pool are.
const VERIFIED_FIRST: usize = 8;

/// How often lanes are executed again before the rest of the block is executed in one piece.
pub(crate) const ROUNDS_MAX: u32 = 3;

/// The inherents of a block: what sets the time.
const INHERENTS_MAX: usize = 1;

/// The stack of a thread: wasmtime runs on it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Executes blocks on several threads.
#[derive(Debug)]
pub struct Engine {
	pub(crate) threads: ThreadPool,
	pub(crate) experience: Experience,
	pub(crate) batch_max: usize,
	pub(crate) memory: Memory,
}

/// Why a block was not executed in lanes. It has to be executed in the ordinary way, which says whether it
/// is valid.
#[derive(Debug, thiserror::Error)]
pub enum Fallback {
	/// The block may contain inherents only, or has one in the middle.
	#[error("the block has inherents where lanes can not have them")]
	Inherents,
	/// An extrinsic does not apply.
	#[error("extrinsic {0} does not apply")]
	Refused(usize),
	/// The runtime failed.
	#[error(transparent)]
	Call(#[from] CallError),
	/// Executed in one piece, the block was not accepted.
	#[error("the block is not accepted: {0}")]
	Invalid(CallError),
	/// Executed one after the other, the extrinsics might exceed a limit of the block.
	#[error("the lanes can not be added up: {0:?}")]
	Fold(FoldError),
	/// A list of the state is none.
	#[error("a list of the state does not decode")]
	List,
	/// The state could not be opened.
	#[error("the state could not be read: {0}")]
	State(String),
	/// The result is not the block that it should be.
	#[error("the block is another one when it is executed in lanes")]
	Mismatch,
}

impl Fallback {
	/// Whether it says that the block does not hold. If the ordinary way accepts it, this is a defect.
	pub fn is_verdict(&self) -> bool {
		matches!(self, Self::Mismatch | Self::Refused(_) | Self::Invalid(_))
	}

	/// A name for the cause, for counting.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Inherents => "inherents",
			Self::Refused(_) => "refused",
			Self::Call(_) => "call",
			Self::Invalid(_) => "invalid",
			Self::Fold(_) => "fold",
			Self::List => "list",
			Self::State(_) => "state",
			Self::Mismatch => "mismatch",
		}
	}
}

impl Engine {
	/// An engine with so many threads of its own.
	///
	/// # Errors
	/// The threads could not be started.
	pub fn new(threads: usize) -> Result<Self, ThreadPoolBuildError> {
		let threads = ThreadPoolBuilder::new()
			.num_threads(threads.max(1))
			.stack_size(STACK_BYTES)
			.thread_name(|number| format!("lane-{number}"))
			.build()?;
		Ok(Self {
			threads,
			experience: Experience::default(),
			batch_max: usize::MAX,
			memory: Memory::default(),
		})
	}

	/// Makes blocks of at most so many transactions at a time; otherwise as many as have had room.
	#[must_use]
	pub fn with_batches_of(mut self, most: usize) -> Self {
		self.batch_max = most;
		self
	}

	/// Executes a block on the state of its parent, and checks that it comes to the block's header: in lanes,
	/// or in one piece where there is nothing to execute at the same time.
	///
	/// `overlay` holds what has changed on top of that state already; the result holds what the block
	/// changes besides. It is what `Core_execute_block` would leave, down to the bytes of every value.
	///
	/// # Errors
	/// [`Fallback`]: nothing is known of the block; execute it in the ordinary way.
	pub fn execute<E, S, H>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		header: &H,
		extrinsics: &[OpaqueExtrinsic],
		overlay: Overlay,
	) -> Result<(Overlay, Report), Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
		H: HeaderT<Hash = H256>,
	{
		let inherents = inherents(extrinsics);
		let rest = extrinsics.get(inherents..).unwrap_or_default();
		let began = Instant::now();
		let runs = match rest.len() < 2 * LANE_EXTRINSICS_MIN {
			true => vec![],
			false => self.plan(machine, states, rest)?,
		};
		// Planned, and nothing to execute at the same time.
		if runs.len() == 1 {
			self.verify(machine, states, header, rest);
		}
		let planned = began.elapsed();
		let (overlay, mut report) = match runs.len() {
			0 | 1 => self.execute_whole(machine, states, header, extrinsics, overlay)?,
			_ => self.execute_runs(machine, states, header, extrinsics, &runs, overlay)?,
		};
		report.stages.plan = planned;
		Ok((overlay, report))
	}

	/// The same in lanes of one's own choice: consecutive runs of what follows the inherents, from its
	/// first extrinsic to its last. The result does not depend on them.
	///
	/// # Errors
	/// As [`execute`](Self::execute).
	pub fn execute_runs<E, S, H>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		header: &H,
		extrinsics: &[OpaqueExtrinsic],
		runs: &[Range<usize>],
		overlay: Overlay,
	) -> Result<(Overlay, Report), Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
		H: HeaderT<Hash = H256>,
	{
		let (inherents, rest) = extrinsics.split_at(inherents(extrinsics));
		// Of several, not all need be inherents, and only the ordinary way knows their order.
		if inherents.len() > INHERENTS_MAX || rest.iter().any(is_bare) {
			return Err(Fallback::Inherents);
		}
		let input = |run: &Range<usize>| {
			let first_index = u32::try_from(inherents.len().saturating_add(run.start));
			let extrinsics = rest.get(run.clone()).unwrap_or_default().to_vec();
			LaneInput { first_index: first_index.unwrap_or(u32::MAX), extrinsics, may_skip: true }
		};
		let inputs: Vec<_> = runs.iter().map(input).collect();
		let mut session = Session::begin(machine, states, self, overlay)?;
		session.report.extrinsics = rest.len();
		session.report.lanes = inputs.len();
		start(&mut session, machine.parent, header, inherents)?;
		run_all(&mut session, &inputs)?;
		finish(session, header)
	}

	/// Executes a block in one piece.
	fn execute_whole<E, S, H>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		header: &H,
		extrinsics: &[OpaqueExtrinsic],
		mut overlay: Overlay,
	) -> Result<(Overlay, Report), Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
		H: HeaderT<Hash = H256>,
	{
		let began = Instant::now();
		let state = self.open(states)?;
		let mut extensions = states.extensions();
		let called: Result<(), _> = machine.call(
			(&state, &state),
			&mut overlay,
			&mut extensions,
			"Core_execute_block",
			&(header, extrinsics),
		);
		called.map_err(Fallback::Invalid)?;
		self.remember(state.root(), *header.state_root(), &mut overlay);
		let own = extrinsics.len().saturating_sub(inherents(extrinsics));
		let mut report = Report { extrinsics: own, ..Report::default() };
		report.stages.whole = began.elapsed();
		Ok((overlay, report))
	}

	/// Cuts the extrinsics after the inherents into lanes.
	fn plan<E, S>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		extrinsics: &[OpaqueExtrinsic],
	) -> Result<Vec<Range<usize>>, Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
	{
		let hints = self.hints(machine, states, extrinsics)?;
		Ok(plan::cut(&hints, self.lanes(), LANE_EXTRINSICS_MIN))
	}

	/// Into how many lanes extrinsics are cut at most.
	pub(crate) fn lanes(&self) -> usize {
		self.threads.current_num_threads() * LANES_PER_THREAD
	}

	/// Opens the state for one thread, with what is remembered of it.
	pub(crate) fn open<S: States>(&self, states: &S) -> Result<State<'_, S::State>, Fallback> {
		let state = states.open().map_err(Fallback::State)?;
		Ok(State::new(state, &self.memory, &self.threads))
	}

	/// Lets later blocks know what one has changed that has made one state of another.
	pub(crate) fn remember(&self, before: H256, after: H256, overlay: &mut Overlay) {
		let value_of = |value: Option<&Vec<u8>>| value.map(|value| Arc::from(&value[..]));
		let changes = overlay.changes_mut();
		let changes = changes.map(|(key, entry)| (key.clone(), value_of(entry.value())));
		self.memory.change(before, after, changes);
	}

	/// Asks the runtime what extrinsics may touch.
	pub(crate) fn hints<E, S>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		extrinsics: &[OpaqueExtrinsic],
	) -> Result<Vec<AccessHint>, Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
	{
		// Encoded as the list of extrinsics that it is.
		let ask =
			|part: &[OpaqueExtrinsic]| self.ask(machine, states, "LaneApi_hints", &part.to_vec());
		let parts = extrinsics.par_chunks(self.part(extrinsics));
		let hints: Vec<Vec<AccessHint>> =
			self.threads.install(|| parts.map(ask).collect::<Result<_, Fallback>>())?;
		Ok(hints.concat())
	}

	/// Has all threads verify the signatures of extrinsics which are executed one after the other, unless a
	/// few of them show that they are known already.
	///
	/// Without them the block would verify them itself, so whatever happens here is of no interest: a
	/// runtime of an earlier version has no such function.
	fn verify<E, S, H>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		header: &H,
		extrinsics: &[OpaqueExtrinsic],
	) where
		E: CodeExecutor + Clone + 'static,
		S: States,
		H: HeaderT<Hash = H256>,
	{
		if self.threads.current_num_threads() < 2 {
			return;
		}
		let verify = |part: &[OpaqueExtrinsic]| {
			let input = (header, part.to_vec());
			drop(self.ask::<_, _, ()>(machine, states, "LaneApi_verify", &input));
		};
		let (few, rest) = extrinsics.split_at(VERIFIED_FIRST.min(extrinsics.len()));
		let before = signatures::verified();
		verify(few);
		if signatures::verified() == before {
			return;
		}
		self.threads.install(|| rest.par_chunks(self.part(rest)).for_each(verify));
	}

	/// How many of these each thread takes.
	fn part(&self, extrinsics: &[OpaqueExtrinsic]) -> usize {
		extrinsics.len().div_ceil(self.threads.current_num_threads()).max(1)
	}

	/// Asks the runtime something on the state before the block.
	fn ask<E, S, R>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		method: &'static str,
		input: &impl Encode,
	) -> Result<R, Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
		R: Decode,
	{
		let state = self.open(states)?;
		let mut overlay = Overlay::default();
		let mut extensions = states.extensions();
		Ok(machine.call((&state, &state), &mut overlay, &mut extensions, method, input)?)
	}
}

/// The block's begin, and its inherents.
fn start<E, S, H>(
	session: &mut Session<'_, E, S>,
	parent: H256,
	header: &H,
	inherents: &[OpaqueExtrinsic],
) -> Result<(), Fallback>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
	H: HeaderT<Hash = H256>,
{
	let began = Instant::now();
	if *header.parent_hash() != parent {
		return Err(Fallback::Mismatch);
	}
	let mode: ExtrinsicInclusionMode = session.call("Core_initialize_block", header)?;
	if mode != ExtrinsicInclusionMode::AllExtrinsics {
		return Err(Fallback::Inherents);
	}
	for (position, inherent) in inherents.iter().enumerate() {
		let applied: ApplyExtrinsicResult =
			session.call("BlockBuilder_apply_extrinsic", inherent)?;
		if applied.is_err() {
			return Err(Fallback::Refused(position));
		}
	}
	session.open_lanes()?;
	session.report.stages.begin = began.elapsed();
	Ok(())
}

/// Executes lanes and merges them, until all are.
fn run_all<E, S>(session: &mut Session<'_, E, S>, inputs: &[Input]) -> Result<(), Fallback>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	let mut results: Vec<Option<Ran>> = Vec::new();
	results.resize_with(inputs.len(), || None);
	let mut next = 0;
	let mut rounds = 0;
	while next < inputs.len() {
		if rounds == ROUNDS_MAX {
			let rest = joined(inputs.get(next..).unwrap_or_default());
			let output = session.run_in_place(&rest)?;
			return refuse_skipped(&output, &rest);
		}
		rounds += 1;
		let began = Instant::now();
		session.run_missing(inputs, &mut results)?;
		let ran = Instant::now();
		next = merge(session, inputs, &mut results, next)?;
		session.report.stages.lanes += ran - began;
		session.report.stages.merge += ran.elapsed();
	}
	Ok(())
}

/// Merges lanes in order, up to one that would do something else by now. Returns which that is.
fn merge<E, S>(
	session: &mut Session<'_, E, S>,
	inputs: &[Input],
	results: &mut [Option<Ran>],
	mut next: usize,
) -> Result<usize, Fallback>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	while let (Some(input), Some(slot)) = (inputs.get(next), results.get_mut(next)) {
		let Some(ran) = session.take_valid(slot) else { break };
		if ran.apart.is_some() {
			refuse_skipped(&session.run_in_place(input)?, input)?;
		} else {
			let output = ran.outcome?;
			refuse_skipped(&output, input)?;
			session.merge(output, ran.writes, ran.appended);
		}
		next += 1;
	}
	session.forget_invalid(results.get_mut(next..).unwrap_or_default());
	session.settle()?;
	Ok(next)
}

/// The block's end. Compares its header.
fn finish<E, S, H>(
	mut session: Session<'_, E, S>,
	header: &H,
) -> Result<(Overlay, Report), Fallback>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
	H: HeaderT<Hash = H256>,
{
	let began = Instant::now();
	let computed: H = session.call("BlockBuilder_finalize_block", &())?;
	if computed != *header {
		return Err(Fallback::Mismatch);
	}
	session.remember(*header.state_root());
	session.report.stages.finalize = began.elapsed();
	Ok((session.overlay, session.report))
}

/// How many extrinsics at the begin are inherents.
fn inherents(extrinsics: &[OpaqueExtrinsic]) -> usize {
	extrinsics.iter().take_while(|extrinsic| is_bare(extrinsic)).count()
}

/// Whether nobody signed an extrinsic: its first byte has no kind but a version (`Preamble::Bare`).
fn is_bare(extrinsic: &OpaqueExtrinsic) -> bool {
	extrinsic.inner().first().is_some_and(|byte| byte & 0b1100_0000 == 0)
}

/// Lanes as one.
fn joined(inputs: &[Input]) -> Input {
	LaneInput {
		first_index: inputs.first().map(|input| input.first_index).unwrap_or_default(),
		extrinsics: inputs.iter().flat_map(|input| input.extrinsics.iter().cloned()).collect(),
		may_skip: true,
	}
}

fn refuse_skipped(output: &LaneOutput, input: &Input) -> Result<(), Fallback> {
	let Some((position, _)) = output.skipped.first() else { return Ok(()) };
	let position = input.first_index.saturating_add(*position);
	Err(Fallback::Refused(usize::try_from(position).unwrap_or(usize::MAX)))
}
