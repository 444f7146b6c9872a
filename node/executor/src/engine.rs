// SPDX-License-Identifier: Apache-2.0
//! Executing a block in lanes.

use std::{
	ops::Range,
	sync::Arc,
	time::{Duration, Instant},
};

use codec::{Compact, Decode, Encode};
use rayon::{
	iter::{IntoParallelIterator, ParallelIterator},
	slice::ParallelSlice,
	ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder,
};
use sp_core::{traits::CodeExecutor, H256};
use sp_externalities::Extensions;
use sp_runtime::{
	traits::Header as HeaderT, ApplyExtrinsicResult, ExtrinsicInclusionMode, OpaqueExtrinsic,
};
use sp_state_machine::Backend;
use unum_runtime_api::{AccessHint, FoldError, LaneInput, LaneOutput, MergePolicy};

use crate::{
	lane::{self, Input, Ran},
	layer::Layer,
	machine::{CallError, Machine, Overlay, States},
	plan,
	rules::Rules,
};

/// Lanes for each thread: more than one, so that a thread with a short one takes another.
const LANES_PER_THREAD: usize = 4;

/// The least extrinsics of a lane: fewer are not worth a Wasm instance of their own.
const LANE_EXTRINSICS_MIN: usize = 16;

/// How often lanes are executed again before the rest of the block is executed in one piece.
const ROUNDS_MAX: u32 = 3;

/// The stack of a thread: wasmtime runs on it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Executes blocks on several threads.
#[derive(Debug)]
pub struct Engine {
	threads: ThreadPool,
}

/// Why a block was not executed in lanes. It has to be executed in the ordinary way, which says whether it
/// is valid.
#[derive(Debug, thiserror::Error)]
pub enum Fallback {
	/// There is nothing to be gained.
	#[error("there is nothing to execute at the same time")]
	NothingParallel,
	/// The block may contain inherents only, or has one in the middle.
	#[error("the block has inherents where lanes can not have them")]
	Inherents,
	/// An extrinsic does not apply.
	#[error("extrinsic {0} does not apply")]
	Refused(usize),
	/// The runtime failed.
	#[error(transparent)]
	Call(#[from] CallError),
	/// Executed one after the other, the extrinsics might exceed a limit of the block.
	#[error("the lanes can not be added up: {0:?}")]
	Fold(FoldError),
	/// A list of the state is none.
	#[error("a list of the state does not decode")]
	List,
	/// The state could not be opened.
	#[error("the state could not be read: {0}")]
	State(String),
	/// The result is not the block that it should be. If the ordinary way accepts the block, this is a
	/// defect.
	#[error("the block is another one when it is executed in lanes")]
	Mismatch,
}

/// How a block was executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
	/// Extrinsics, without inherents.
	pub extrinsics: usize,
	/// Lanes.
	pub lanes: usize,
	/// Lanes that were executed again, because what they had read was changed by one before them.
	pub reexecuted: usize,
	/// Extrinsics that were executed in their turn and not apart.
	pub in_place: usize,
	/// How long the stages took.
	pub stages: Stages,
}

/// How long the stages of a block took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stages {
	/// Asking the runtime what extrinsics may touch, and cutting.
	pub plan: Duration,
	/// The block's begin and its inherents.
	pub begin: Duration,
	/// Lanes.
	pub lanes: Duration,
	/// Checking and merging them.
	pub merge: Duration,
	/// The block's end, with the state root.
	pub finalize: Duration,
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
		Ok(Self { threads })
	}

	/// Executes a block on the state of its parent, and checks that it comes to the block's header.
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
		let enough =
			rest.len() >= 2 * LANE_EXTRINSICS_MIN && self.threads.current_num_threads() > 1;
		if !enough {
			return Err(Fallback::NothingParallel);
		}
		let began = Instant::now();
		let runs = self.plan(machine, states, rest)?;
		let planned = began.elapsed();
		let (overlay, mut report) =
			self.execute_runs(machine, states, header, extrinsics, &runs, overlay)?;
		report.stages.plan = planned;
		Ok((overlay, report))
	}

	/// The same with lanes of one's own choice: consecutive runs of what follows the inherents, from its
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
		if rest.iter().any(is_bare) {
			return Err(Fallback::Inherents);
		}
		let input = |run: &Range<usize>| {
			let first_index = u32::try_from(inherents.len().saturating_add(run.start));
			let extrinsics = rest.get(run.clone()).unwrap_or_default().to_vec();
			LaneInput { first_index: first_index.unwrap_or(u32::MAX), extrinsics, may_skip: true }
		};
		let inputs: Vec<_> = runs.iter().map(input).collect();
		let mut session = Session::begin(machine, states, overlay)?;
		session.report.extrinsics = rest.len();
		session.report.lanes = inputs.len();
		session.start(header, inherents)?;
		session.run_all(&self.threads, &inputs)?;
		session.finish(header)
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
		let threads = self.threads.current_num_threads();
		let chunk = extrinsics.len().div_ceil(threads);
		let ask = |extrinsics: &[OpaqueExtrinsic]| -> Result<Vec<AccessHint>, Fallback> {
			let state = states.open().map_err(Fallback::State)?;
			let mut overlay = Overlay::default();
			let mut extensions = states.extensions();
			// Encoded as the list of extrinsics that it is.
			let hints = machine.call(
				(&state, &state),
				&mut overlay,
				&mut extensions,
				"LaneApi_hints",
				&extrinsics.to_vec(),
			)?;
			Ok(hints)
		};
		let hints: Vec<Vec<AccessHint>> = self
			.threads
			.install(|| extrinsics.par_chunks(chunk).map(ask).collect::<Result<_, _>>())?;
		let runs = plan::cut(&hints.concat(), threads * LANES_PER_THREAD, LANE_EXTRINSICS_MIN);
		match runs.len() {
			0 | 1 => Err(Fallback::NothingParallel),
			_ => Ok(runs),
		}
	}
}

/// How many extrinsics at the begin are inherents.
fn inherents(extrinsics: &[OpaqueExtrinsic]) -> usize {
	extrinsics.iter().take_while(|extrinsic| is_bare(extrinsic)).count()
}

/// Whether nobody signed an extrinsic: its first byte has no kind but a version (`Preamble::Bare`).
fn is_bare(extrinsic: &OpaqueExtrinsic) -> bool {
	extrinsic.inner().first().is_some_and(|byte| byte & 0b1100_0000 == 0)
}

/// A block that is being executed.
struct Session<'a, E, S: States> {
	machine: &'a Machine<'a, E>,
	states: &'a S,
	state: S::State,
	extensions: Extensions,
	rules: Rules,
	/// All changes, as the ordinary way makes them.
	overlay: Overlay,
	/// The same for lanes to read.
	layer: Layer,
	/// What merged lanes report that is not in `overlay` yet.
	outputs: Vec<LaneOutput>,
	/// What they appended to lists that is not in `overlay` yet.
	appended: Vec<(Vec<u8>, Vec<u8>)>,
	report: Report,
}

impl<'a, E, S> Session<'a, E, S>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	fn begin(
		machine: &'a Machine<'a, E>,
		states: &'a S,
		overlay: Overlay,
	) -> Result<Self, Fallback> {
		let state = states.open().map_err(Fallback::State)?;
		let mut session = Self {
			machine,
			states,
			state,
			extensions: states.extensions(),
			rules: Rules::new(MergePolicy { concat: vec![], discard: vec![], deny: vec![] }),
			overlay,
			layer: Layer::default(),
			outputs: vec![],
			appended: vec![],
			report: Report::default(),
		};
		session.rules = Rules::new(session.call("LaneApi_policy", &())?);
		Ok(session)
	}

	/// Calls the runtime where the block is. Lanes that are merged have to be settled before.
	fn call<R: Decode>(
		&mut self,
		method: &'static str,
		input: &impl Encode,
	) -> Result<R, CallError> {
		let states = (&self.state, &self.state);
		self.machine.call(states, &mut self.overlay, &mut self.extensions, method, input)
	}

	/// The block's begin, and its inherents.
	fn start<H: HeaderT<Hash = H256>>(
		&mut self,
		header: &H,
		inherents: &[OpaqueExtrinsic],
	) -> Result<(), Fallback> {
		let began = Instant::now();
		if *header.parent_hash() != self.machine.parent {
			return Err(Fallback::Mismatch);
		}
		let mode: ExtrinsicInclusionMode = self.call("Core_initialize_block", header)?;
		if mode != ExtrinsicInclusionMode::AllExtrinsics {
			return Err(Fallback::Inherents);
		}
		for (position, inherent) in inherents.iter().enumerate() {
			let applied: ApplyExtrinsicResult =
				self.call("BlockBuilder_apply_extrinsic", inherent)?;
			if applied.is_err() {
				return Err(Fallback::Refused(position));
			}
		}
		self.call::<()>("LaneApi_begin", &())?;
		self.see_overlay();
		self.report.stages.begin = began.elapsed();
		Ok(())
	}

	/// Brings the layer to where the overlay is.
	fn see_overlay(&mut self) {
		for (key, entry) in self.overlay.changes_mut() {
			let value = entry.value().map(|value| Arc::from(&value[..]));
			self.layer.set(key.clone(), value);
		}
	}

	/// Executes lanes and merges them, until all are.
	fn run_all(&mut self, threads: &ThreadPool, inputs: &[Input]) -> Result<(), Fallback> {
		let mut results: Vec<Option<Ran>> = Vec::new();
		results.resize_with(inputs.len(), || None);
		let mut next = 0;
		let mut rounds = 0;
		while next < inputs.len() {
			if rounds == ROUNDS_MAX {
				return self.run_in_place(&joined(inputs.get(next..).unwrap_or_default()));
			}
			rounds += 1;
			let began = Instant::now();
			self.run_missing(threads, inputs, &mut results)?;
			let ran = Instant::now();
			next = self.merge(inputs, &mut results, next)?;
			self.report.stages.lanes += ran - began;
			self.report.stages.merge += ran.elapsed();
		}
		Ok(())
	}

	/// Executes all lanes that have no result, at the same time, on what the block has changed so far.
	fn run_missing(
		&mut self,
		threads: &ThreadPool,
		inputs: &[Input],
		results: &mut [Option<Ran>],
	) -> Result<(), Fallback> {
		let at = self.layer.advance();
		let (machine, states, layer, rules) = (self.machine, self.states, &self.layer, &self.rules);
		let missing: Vec<_> = inputs.iter().zip(results).filter(|(_, ran)| ran.is_none()).collect();
		threads.install(|| {
			missing.into_par_iter().try_for_each(|(input, result)| {
				let state = states.open().map_err(Fallback::State)?;
				*result = Some(lane::run(machine, states, &state, (layer, at), rules, input));
				Ok(())
			})
		})
	}

	/// Merges lanes in order, up to one that would do something else by now. Returns which that is.
	fn merge(
		&mut self,
		inputs: &[Input],
		results: &mut [Option<Ran>],
		mut next: usize,
	) -> Result<usize, Fallback> {
		while let (Some(input), Some(slot)) = (inputs.get(next), results.get_mut(next)) {
			let Some(ran) = slot.take_if(|ran| ran.holds_on(&self.layer)) else { break };
			if ran.apart.is_some() {
				self.run_in_place(input)?;
				self.see_overlay();
			} else {
				self.take(ran, input)?;
			}
			next += 1;
		}
		for slot in results.iter_mut().skip(next) {
			if slot.take_if(|ran| !ran.holds_on(&self.layer)).is_some() {
				self.report.reexecuted += 1;
			}
		}
		self.settle()?;
		Ok(next)
	}

	/// Merges a lane.
	fn take(&mut self, ran: Ran, input: &Input) -> Result<(), Fallback> {
		let output = ran.outcome?;
		refuse_skipped(&output, input)?;
		for (key, value) in ran.writes {
			self.overlay.set_storage(key.clone(), value.as_ref().map(|value| value.to_vec()));
			self.layer.set(key, value);
		}
		self.outputs.push(output);
		self.appended.extend(ran.appended);
		Ok(())
	}

	/// Executes a lane where the block is.
	fn run_in_place(&mut self, input: &Input) -> Result<(), Fallback> {
		self.settle()?;
		let output =
			lane::run_in_place(self.machine, self.states, &self.state, &mut self.overlay, input)?;
		self.report.in_place += input.extrinsics.len();
		refuse_skipped(&output, input)
	}

	/// Brings sums and lists to where the merged lanes have brought them.
	fn settle(&mut self) -> Result<(), Fallback> {
		if self.outputs.is_empty() {
			return Ok(());
		}
		let outputs = core::mem::take(&mut self.outputs);
		let folded: Result<(), FoldError> = self.call("LaneApi_fold", &outputs)?;
		folded.map_err(Fallback::Fold)?;
		let discarded: Vec<_> = self.rules.discarded().cloned().collect();
		for key in discarded {
			let value = self.current(&key)?.map(Arc::from);
			self.layer.set(key, value);
		}
		let mut lists: Vec<(Vec<u8>, List)> = Vec::new();
		for (key, part) in core::mem::take(&mut self.appended) {
			let part = List::parse(&part)?;
			match lists.iter_mut().find(|(other, _)| *other == key) {
				Some((_, list)) => list.extend(&part)?,
				None => {
					let mut list = List::parse(&self.current(&key)?.unwrap_or_else(|| vec![0]))?;
					list.extend(&part)?;
					lists.push((key, list));
				},
			}
		}
		for (key, list) in lists {
			self.overlay.set_storage(key, Some(list.into_bytes()));
		}
		Ok(())
	}

	/// An entry as the block has it now.
	fn current(&mut self, key: &[u8]) -> Result<Option<Vec<u8>>, Fallback> {
		if let Some(value) = self.overlay.storage(key) {
			return Ok(value.map(<[u8]>::to_vec));
		}
		self.state.storage(key).map_err(|error| Fallback::State(error.to_string()))
	}

	/// The block's end. Compares its header.
	fn finish<H: HeaderT<Hash = H256>>(
		mut self,
		header: &H,
	) -> Result<(Overlay, Report), Fallback> {
		let began = Instant::now();
		let computed: H = self.call("BlockBuilder_finalize_block", &())?;
		if computed != *header {
			return Err(Fallback::Mismatch);
		}
		self.report.stages.finalize = began.elapsed();
		Ok((self.overlay, self.report))
	}
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

/// A list as SCALE has it: how many, and the bytes of all.
#[derive(Debug)]
struct List {
	count: u32,
	bytes: Vec<u8>,
}

impl List {
	fn parse(mut encoded: &[u8]) -> Result<Self, Fallback> {
		let Compact(count) = Compact::<u32>::decode(&mut encoded).map_err(|_| Fallback::List)?;
		Ok(Self { count, bytes: encoded.to_vec() })
	}

	fn extend(&mut self, other: &Self) -> Result<(), Fallback> {
		self.count = self.count.checked_add(other.count).ok_or(Fallback::List)?;
		self.bytes.extend(&other.bytes);
		Ok(())
	}

	fn into_bytes(self) -> Vec<u8> {
		let mut encoded = Compact(self.count).encode();
		encoded.extend(self.bytes);
		encoded
	}
}

impl std::fmt::Display for Report {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		let Self { extrinsics, lanes, reexecuted, in_place, stages } = self;
		let Stages { plan, begin, lanes: ran, merge, finalize } = stages;
		write!(
			f,
			"{extrinsics} extrinsics in {lanes} lanes, {reexecuted} of them executed again, {in_place} \
			 extrinsics in place; plan {plan:.1?}, begin {begin:.1?}, lanes {ran:.1?}, merge \
			 {merge:.1?}, end {finalize:.1?}"
		)
	}
}
