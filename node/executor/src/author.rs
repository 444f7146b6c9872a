// SPDX-License-Identifier: Apache-2.0
//! Making a block in lanes.
//!
//! Whoever makes a block chooses the order of its transactions. So all that have to do with each other
//! become one lane, in the order in which they came, and lanes are put one behind the other: whoever
//! imports the block finds them again, and can execute them at the same time as well.

use std::{
	sync::atomic::{AtomicU64, AtomicUsize, Ordering},
	time::{Duration, Instant},
};

use codec::{Decode, Encode};
use sp_core::{traits::CodeExecutor, H256};
use sp_runtime::{
	traits::Header as HeaderT, transaction_validity::TransactionValidityError,
	ApplyExtrinsicResult, ExtrinsicInclusionMode, OpaqueExtrinsic,
};
use unum_runtime_api::{LaneInput, LaneOutput};

use crate::{
	engine::{Engine, Fallback, LANE_EXTRINSICS_MIN, ROUNDS_MAX},
	lane::{Input, Ran},
	machine::{CallError, Machine, Overlay, States},
	plan,
	report::Report,
	session::Session,
};

/// How many transactions are taken at a time until it is known that more or fewer fit into a block.
const FIRST_BATCH: usize = 512;

/// The least that is taken at a time.
const BATCH_MIN: usize = 32;

/// So many are executed in their turn before the time is looked at.
const IN_PLACE_MAX: usize = 32;

/// A block counts as full once so many transactions of a lane found no room in it.
const EXHAUSTED_MAX: usize = 8;

/// A transaction for a block.
#[derive(Clone, Debug)]
pub struct Candidate {
	/// The transaction.
	pub extrinsic: OpaqueExtrinsic,
	/// What it has in common with those that must come before it or after it, such as its sender's next
	/// nonce: those are included in the order in which they are given.
	pub ties: Vec<Vec<u8>>,
}

/// Where the transactions of a block come from.
pub trait Candidates {
	/// The next one, if there is one and it may still be included. They are numbered from 0 on.
	fn next(&mut self) -> Option<Candidate>;

	/// One that was given does not apply; without a cause, if the runtime trapped.
	fn refuse(&mut self, number: usize, cause: Option<TransactionValidityError>);

	/// How much time is left for executing transactions.
	fn time_left(&self) -> Duration;
}

/// What the block is made on, and what it must contain.
#[derive(Debug)]
pub struct Task<H, I> {
	/// Its header, as far as it is known before: parent, number, digests.
	pub header: H,
	/// What the runtime makes inherents of.
	pub inherents: I,
}

/// A block that was made.
#[derive(Debug)]
pub struct Authored<H> {
	/// Its header, without a seal.
	pub header: H,
	/// What is in it.
	pub extrinsics: Vec<OpaqueExtrinsic>,
	/// What it changes.
	pub changes: Overlay,
	/// How it was made.
	pub report: Report,
}

/// What blocks have taught so far: nothing but speed depends on it.
#[derive(Debug)]
pub(crate) struct Experience {
	/// How many transactions the last full block had, or a later one, if that had more.
	fitting: AtomicUsize,
	/// How long a transaction took in lanes, in nanoseconds.
	nanoseconds_each: AtomicU64,
	/// How long the end of the last block took for each of its transactions, in nanoseconds.
	end_nanoseconds_each: AtomicU64,
}

impl Default for Experience {
	fn default() -> Self {
		Self {
			fitting: FIRST_BATCH.into(),
			nanoseconds_each: AtomicU64::default(),
			end_nanoseconds_each: AtomicU64::default(),
		}
	}
}

impl Experience {
	/// How many transactions to take after so many.
	fn batch(&self, included: usize, time_left: Duration) -> usize {
		let fitting = self.fitting.load(Ordering::Relaxed).saturating_sub(included);
		let in_time = self.in_time(included, time_left).unwrap_or(usize::MAX);
		// Where there is more room than there was, it is filled step by step.
		fitting.max(included / 4).min(in_time).max(BATCH_MIN)
	}

	/// How many transactions take half of the time that is left, the block's end included: a machine that
	/// has other work as well is not as fast as it was, and that shows after the first half. Nothing is
	/// known before the first block.
	fn in_time(&self, included: usize, time_left: Duration) -> Option<usize> {
		let end_each = self.end_nanoseconds_each.load(Ordering::Relaxed);
		let each = self.nanoseconds_each.load(Ordering::Relaxed).saturating_add(end_each);
		let end = end_each.saturating_mul(u64::try_from(included).unwrap_or(u64::MAX));
		let left = u64::try_from(time_left.as_nanos()).unwrap_or(u64::MAX).saturating_sub(end);
		(left / 2).checked_div(each).map(|count| usize::try_from(count).unwrap_or(usize::MAX))
	}

	/// A block has so many transactions.
	fn filled(&self, included: usize, is_full: bool) {
		match is_full {
			true => self.fitting.store(included, Ordering::Relaxed),
			false => _ = self.fitting.fetch_max(included, Ordering::Relaxed),
		}
	}

	fn ran(&self, extrinsics: usize, time: Duration) {
		self.nanoseconds_each.store(nanoseconds_each(extrinsics, time), Ordering::Relaxed);
	}

	fn ended(&self, extrinsics: usize, time: Duration) {
		// The end of a block with few has little to do with them.
		if extrinsics >= BATCH_MIN {
			self.end_nanoseconds_each.store(nanoseconds_each(extrinsics, time), Ordering::Relaxed);
		}
	}
}

fn nanoseconds_each(extrinsics: usize, time: Duration) -> u64 {
	let total = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
	let each = total.checked_div(u64::try_from(extrinsics).unwrap_or(u64::MAX));
	each.unwrap_or_default()
}

impl Engine {
	/// Makes a block on the state of its parent.
	///
	/// Transactions that do not apply are refused; those that found no room are refused as well
	/// ([`TransactionValidityError::exhausted_resources`]), up to a few, and the others are not asked for.
	///
	/// # Errors
	/// [`Fallback`]: make the block in the ordinary way.
	pub fn author<E, S, H, I>(
		&self,
		machine: &Machine<'_, E>,
		states: &S,
		task: Task<H, I>,
		candidates: &mut dyn Candidates,
	) -> Result<Authored<H>, Fallback>
	where
		E: CodeExecutor + Clone + 'static,
		S: States,
		H: HeaderT<Hash = H256>,
		I: Encode,
	{
		let began = Instant::now();
		let session = Session::begin(machine, states, self, Overlay::default())?;
		let mut author =
			Author { session, candidates, extrinsics: vec![], given: 0, is_full: false };
		let mode = author.start(&task)?;
		author.session.report.stages.begin = began.elapsed();
		let inherents = author.extrinsics.len();
		if mode == ExtrinsicInclusionMode::AllExtrinsics {
			author.fill(inherents)?;
		}
		let Author { mut session, extrinsics, .. } = author;
		let began = Instant::now();
		let header: H = session.call("BlockBuilder_finalize_block", &())?;
		session.remember(*header.state_root());
		session.report.stages.finalize = began.elapsed();
		session.report.extrinsics = extrinsics.len().saturating_sub(inherents);
		self.experience.ended(session.report.extrinsics, session.report.stages.finalize);
		let Session { overlay: changes, report, .. } = session;
		Ok(Authored { header, extrinsics, changes, report })
	}
}

/// A block that is being made.
struct Author<'a, E, S: States> {
	session: Session<'a, E, S>,
	candidates: &'a mut dyn Candidates,
	/// What is in the block.
	extrinsics: Vec<OpaqueExtrinsic>,
	/// How many candidates were taken.
	given: usize,
	is_full: bool,
}

/// Transactions that are executed in one lane.
struct Lane {
	input: Input,
	/// Their numbers among the candidates.
	numbers: Vec<usize>,
}

impl<E, S> Author<'_, E, S>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	/// The block's begin, and its inherents.
	fn start<H, I>(&mut self, task: &Task<H, I>) -> Result<ExtrinsicInclusionMode, Fallback>
	where
		H: HeaderT<Hash = H256>,
		I: Encode,
	{
		let mode = self.session.call("Core_initialize_block", &task.header)?;
		let inherents: Vec<OpaqueExtrinsic> =
			self.session
				.try_call("BlockBuilder_inherent_extrinsics", &task.inherents, |_| false)?;
		for inherent in inherents {
			match self.apply(&inherent) {
				Ok(Ok(_)) => self.extrinsics.push(inherent),
				// The ordinary way knows which of them can be left out.
				Ok(Err(_)) => return Err(Fallback::Refused(self.extrinsics.len())),
				Err(cause) => return Err(cause.into()),
			}
		}
		Ok(mode)
	}

	/// Applies one extrinsic where the block is, or leaves everything as it was.
	fn apply(&mut self, extrinsic: &OpaqueExtrinsic) -> Result<ApplyExtrinsicResult, CallError> {
		self.session.try_call(
			"BlockBuilder_apply_extrinsic",
			extrinsic,
			|applied: &ApplyExtrinsicResult| applied.is_ok(),
		)
	}

	/// Includes transactions until there are no more, or no more fit.
	fn fill(&mut self, inherents: usize) -> Result<(), Fallback> {
		self.session.open_lanes()?;
		let mut is_first = true;
		loop {
			let included = self.extrinsics.len() - inherents;
			let batch = self.session.engine.experience.batch(included, self.candidates.time_left());
			let batch = batch.min(self.session.engine.batch_max);
			let first = self.given;
			let (batch, ties): (Vec<_>, Vec<_>) = core::iter::from_fn(|| self.candidates.next())
				.take(batch)
				.map(|candidate| (candidate.extrinsic, candidate.ties))
				.unzip();
			self.given += batch.len();
			if batch.is_empty() {
				break;
			}
			self.include(first, &batch, &ties, is_first)?;
			is_first = false;
			if self.is_full {
				break;
			}
		}
		let included = self.extrinsics.len() - inherents;
		self.session.engine.experience.filled(included, self.is_full);
		self.session.settle()
	}

	/// Includes a batch of transactions, the first of which has this number.
	fn include(
		&mut self,
		first: usize,
		batch: &[OpaqueExtrinsic],
		ties: &[Vec<Vec<u8>>],
		is_first: bool,
	) -> Result<(), Fallback> {
		let began = Instant::now();
		let mut order: Vec<Vec<usize>> = vec![(0..batch.len()).collect()];
		if batch.len() >= 2 * LANE_EXTRINSICS_MIN {
			let hints = self.session.hints(batch)?;
			order = plan::pack(&hints, ties, self.session.engine.lanes(), LANE_EXTRINSICS_MIN);
			if !is_first {
				// The longest has accounts that others were kept from, before as well: next to those.
				order.reverse();
			}
		}
		let mut lanes: Vec<Lane> =
			order.into_iter().map(|order| Lane::new(first, order, batch)).collect();
		self.session.report.stages.plan += began.elapsed();
		self.session.report.lanes += lanes.len();
		let mut results: Vec<Option<Ran>> = Vec::new();
		results.resize_with(lanes.len(), || None);
		let mut rounds = 0;
		while !lanes.is_empty() && !self.is_full && !self.candidates.time_left().is_zero() {
			number(&mut lanes, self.extrinsics.len());
			if rounds == ROUNDS_MAX || lanes.len() == 1 {
				let began = Instant::now();
				self.run_rest(core::mem::take(&mut lanes))?;
				self.session.report.stages.merge += began.elapsed();
				break;
			}
			rounds += 1;
			let began = Instant::now();
			let missing = results.iter().zip(&lanes).filter(|(ran, _)| ran.is_none());
			let missing: usize = missing.map(|(_, lane)| lane.numbers.len()).sum();
			let inputs: Vec<_> = lanes.iter_mut().map(Lane::lend).collect();
			let outcome = self.session.run_missing(&inputs, &mut results);
			lanes.iter_mut().zip(inputs).for_each(|(lane, input)| lane.input = input);
			outcome?;
			self.session.engine.experience.ran(missing, began.elapsed());
			let ran = Instant::now();
			let merged = self.merge(&lanes, &mut results)?;
			lanes.drain(..merged);
			results.drain(..merged);
			self.session.report.stages.lanes += ran - began;
			self.session.report.stages.merge += ran.elapsed();
		}
		Ok(())
	}

	/// Executes what is left of a batch one after the other, as long as there is time and room.
	fn run_rest(&mut self, rest: Vec<Lane>) -> Result<(), Fallback> {
		let began = Instant::now();
		let total = rest.iter().map(|lane| lane.numbers.len()).sum();
		for mut lane in rest.into_iter().flat_map(|lane| lane.split(IN_PLACE_MAX)) {
			if self.is_full || self.candidates.time_left().is_zero() {
				break;
			}
			number(core::slice::from_mut(&mut lane), self.extrinsics.len());
			self.run_in_place(&lane)?;
		}
		self.session.engine.experience.ran(total, began.elapsed());
		Ok(())
	}

	/// Merges lanes in order, up to one that would do something else by now. Returns how many.
	fn merge(&mut self, lanes: &[Lane], results: &mut [Option<Ran>]) -> Result<usize, Fallback> {
		let mut fitting = self.fitting(results)?;
		let mut merged = 0;
		while let (Some(lane), Some(slot)) = (lanes.get(merged), results.get_mut(merged)) {
			let Some(ran) = self.session.take_valid(slot) else { break };
			merged += 1;
			let is_skipping = match ran.outcome {
				Ok(output) if ran.apart.is_none() && fitting > 0 => {
					fitting -= 1;
					let is_skipping = self.note(lane, &output);
					self.session.merge(output, ran.writes, ran.appended);
					is_skipping
				},
				_ => {
					let is_skipping = self.run_in_place(lane)?;
					// The sums are others by now.
					fitting = self.fitting(results.get(merged..).unwrap_or_default())?;
					is_skipping
				},
			};
			if self.is_full {
				break;
			}
			if is_skipping {
				// The others have counted on positions that are not theirs now.
				let later = results.iter_mut().skip(merged).filter_map(Option::take).count();
				self.session.report.reexecuted += later;
				break;
			}
		}
		self.session.forget_invalid(results.get_mut(merged..).unwrap_or_default());
		self.session.settle()?;
		Ok(merged)
	}

	/// How many lanes from the first on fit into the block together.
	fn fitting(&mut self, results: &[Option<Ran>]) -> Result<usize, Fallback> {
		self.session.settle()?;
		let output = |ran: &Option<Ran>| match ran {
			Some(Ran { outcome: Ok(output), apart: None, .. }) => Some(output.clone()),
			_ => None,
		};
		let outputs: Vec<LaneOutput> = results.iter().map_while(output).collect();
		if self.session.fits(&outputs)? {
			return Ok(outputs.len());
		}
		// More lanes are never lighter.
		let (mut fitting, mut beyond) = (0, outputs.len());
		while beyond - fitting > 1 {
			let middle = fitting + (beyond - fitting) / 2;
			match self.session.fits(outputs.get(..middle).unwrap_or_default())? {
				true => fitting = middle,
				false => beyond = middle,
			}
		}
		Ok(fitting)
	}

	/// Executes a lane where the block is. Returns whether something was left out.
	fn run_in_place(&mut self, lane: &Lane) -> Result<bool, Fallback> {
		match self.session.run_in_place(&lane.input) {
			Ok(output) => Ok(self.note(lane, &output)),
			Err(Fallback::Call(CallError::Failed { .. })) => self.run_one_by_one(lane),
			Err(cause) => Err(cause),
		}
	}

	/// One of a lane's transactions makes the runtime trap: finds out which.
	fn run_one_by_one(&mut self, lane: &Lane) -> Result<bool, Fallback> {
		let mut is_skipping = false;
		for (extrinsic, number) in lane.input.extrinsics.iter().zip(&lane.numbers) {
			let cause = match self.apply(extrinsic) {
				Ok(Ok(_)) => {
					self.extrinsics.push(extrinsic.clone());
					continue;
				},
				Ok(Err(cause)) => Some(cause),
				Err(_) => None,
			};
			is_skipping = true;
			self.candidates.refuse(*number, cause);
		}
		self.session.see_overlay();
		Ok(is_skipping)
	}

	/// A lane is in the block: without what it left out. Returns whether there is such.
	fn note(&mut self, lane: &Lane, output: &LaneOutput) -> bool {
		let mut skipped = output.skipped.iter().peekable();
		let mut exhausted = 0;
		for (position, (extrinsic, number)) in
			(0u32..).zip(lane.input.extrinsics.iter().zip(&lane.numbers))
		{
			match skipped.next_if(|(skipped, _)| *skipped == position) {
				None => self.extrinsics.push(extrinsic.clone()),
				Some((_, cause)) => {
					let cause = TransactionValidityError::decode(&mut &cause[..]).ok();
					let has_no_room =
						cause.as_ref().is_some_and(|cause| cause.exhausted_resources());
					exhausted += usize::from(has_no_room);
					self.candidates.refuse(*number, cause);
				},
			}
		}
		self.is_full |= exhausted >= EXHAUSTED_MAX;
		!output.skipped.is_empty()
	}
}

impl Lane {
	/// The transactions of a batch at these positions.
	fn new(first: usize, order: Vec<usize>, batch: &[OpaqueExtrinsic]) -> Self {
		let extrinsics =
			order.iter().filter_map(|position| batch.get(*position).cloned()).collect();
		let input = LaneInput { first_index: 0, extrinsics, may_skip: true };
		Self { input, numbers: order.into_iter().map(|position| first + position).collect() }
	}

	/// Several lanes of at most so many transactions, one after the other.
	fn split(self, most: usize) -> impl Iterator<Item = Self> {
		let mut extrinsics = self.input.extrinsics.into_iter();
		let mut numbers = self.numbers.into_iter();
		core::iter::from_fn(move || {
			let extrinsics: Vec<_> = extrinsics.by_ref().take(most).collect();
			let numbers: Vec<_> = numbers.by_ref().take(most).collect();
			let input = LaneInput { first_index: 0, extrinsics, may_skip: true };
			(!numbers.is_empty()).then_some(Self { input, numbers })
		})
	}

	/// Its input, for as long as it is executed.
	fn lend(&mut self) -> Input {
		let empty = LaneInput { first_index: 0, extrinsics: vec![], may_skip: true };
		core::mem::replace(&mut self.input, empty)
	}
}

/// Tells lanes where in the block they begin: the first of them at `next`.
fn number(lanes: &mut [Lane], mut next: usize) {
	for lane in lanes {
		lane.input.first_index = u32::try_from(next).unwrap_or(u32::MAX);
		next += lane.numbers.len();
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const MILLISECOND: Duration = Duration::from_millis(1);

	#[test]
	fn a_batch_takes_half_of_the_time_that_is_left() {
		let experience = Experience::default();
		assert_eq!(experience.batch(0, MILLISECOND), FIRST_BATCH, "nothing is known");
		experience.filled(10_000, true);
		experience.ran(100, 10 * MILLISECOND);
		assert_eq!(experience.batch(0, 200 * MILLISECOND), 1_000, "100 µs each");
		experience.ended(100, 10 * MILLISECOND);
		assert_eq!(experience.batch(0, 200 * MILLISECOND), 500, "and as much at the end");
		assert_eq!(experience.batch(500, 100 * MILLISECOND), 125, "of which 50 ms are spent");
		assert_eq!(experience.batch(500, 50 * MILLISECOND), BATCH_MIN);
		experience.ended(1, 10 * MILLISECOND);
		assert_eq!(experience.batch(0, 200 * MILLISECOND), 500, "an empty block teaches nothing");
		assert_eq!(experience.batch(9_900, 2_000 * MILLISECOND), 2_475, "room may have grown");
	}

	#[test]
	fn a_batch_is_what_has_fitted_into_a_block() {
		let experience = Experience::default();
		let batch = || experience.batch(0, MILLISECOND);
		for (included, is_full, expected) in [
			(3, false, FIRST_BATCH),
			(900, false, 900),
			(800, false, 900),
			(130, true, 130),
			(0, false, 130),
			(200, false, 200),
			(1, true, BATCH_MIN),
		] {
			experience.filled(included, is_full);
			assert_eq!(batch(), expected, "after {included}");
		}
	}
}
