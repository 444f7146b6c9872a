// SPDX-License-Identifier: Apache-2.0
//! A block on its way: what it has changed so far, and lanes that are merged into it.

use std::sync::Arc;

use codec::{Compact, Decode, Encode};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use sp_core::{traits::CodeExecutor, H256};
use sp_externalities::Extensions;
use sp_runtime::OpaqueExtrinsic;
use unum_runtime_api::{AccessHint, FoldError, LaneOutput, MergePolicy};
use unum_state::State;

use crate::{
	engine::{Engine, Fallback},
	lane::{self, Input, Ran},
	layer::Layer,
	machine::{CallError, Machine, Overlay, States},
	report::Report,
	rules::{Rules, Treatment},
};

/// A block that is being executed.
pub(crate) struct Session<'a, E, S: States> {
	machine: &'a Machine<'a, E>,
	states: &'a S,
	pub(crate) engine: &'a Engine,
	state: State<'a, S::State>,
	extensions: Extensions,
	rules: Rules,
	/// All changes, as the ordinary way makes them.
	pub(crate) overlay: Overlay,
	/// The same for lanes to read.
	layer: Layer,
	/// What merged lanes report that is not in `overlay` yet.
	outputs: Vec<LaneOutput>,
	/// What they appended to lists that is not in `overlay` yet.
	appended: Vec<(Vec<u8>, Vec<u8>)>,
	pub(crate) report: Report,
}

impl<'a, E, S> Session<'a, E, S>
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	pub(crate) fn begin(
		machine: &'a Machine<'a, E>,
		states: &'a S,
		engine: &'a Engine,
		overlay: Overlay,
	) -> Result<Self, Fallback> {
		let state = engine.open(states)?;
		let mut session = Self {
			machine,
			states,
			engine,
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

	/// Asks the runtime what extrinsics may touch, on the state before the block.
	pub(crate) fn hints(
		&self,
		extrinsics: &[OpaqueExtrinsic],
	) -> Result<Vec<AccessHint>, Fallback> {
		self.engine.hints(self.machine, self.states, extrinsics)
	}

	/// Calls the runtime where the block is. Lanes that are merged have to be settled before.
	pub(crate) fn call<R: Decode>(
		&mut self,
		method: &'static str,
		input: &impl Encode,
	) -> Result<R, CallError> {
		let states = (&self.state, &self.state);
		self.machine.call(states, &mut self.overlay, &mut self.extensions, method, input)
	}

	/// The same, and what the call changes is forgotten, unless `keep` says otherwise. A call that traps
	/// changes nothing.
	pub(crate) fn try_call<R: Decode>(
		&mut self,
		method: &'static str,
		input: &impl Encode,
		keep: impl FnOnce(&R) -> bool,
	) -> Result<R, CallError> {
		self.overlay.start_transaction();
		let result = self.call(method, input);
		let kept = matches!(&result, Ok(value) if keep(value));
		// It was opened here, and the runtime closes what it opens: neither can fail.
		let closed = match kept {
			true => self.overlay.commit_transaction(),
			false => self.overlay.rollback_transaction(),
		};
		debug_assert!(closed.is_ok());
		result
	}

	/// Lanes may begin: afterwards the block is where the first of them finds it.
	pub(crate) fn open_lanes(&mut self) -> Result<(), CallError> {
		self.call::<()>("LaneApi_begin", &())?;
		self.see_overlay();
		Ok(())
	}

	/// Brings the layer to where the overlay is.
	pub(crate) fn see_overlay(&mut self) {
		for (key, entry) in self.overlay.changes_mut() {
			// No lane reads those, and they are long.
			if self.rules.of(key) == Treatment::Concat {
				continue;
			}
			let value = entry.value().map(|value| Arc::from(&value[..]));
			self.layer.set(key.clone(), value);
		}
	}

	/// Executes all lanes that have no result, at the same time, on what the block has changed so far.
	pub(crate) fn run_missing(
		&mut self,
		inputs: &[Input],
		results: &mut [Option<Ran>],
	) -> Result<(), Fallback> {
		let at = self.layer.advance();
		let (machine, states, layer, rules) = (self.machine, self.states, &self.layer, &self.rules);
		let engine = self.engine;
		let missing: Vec<_> = inputs.iter().zip(results).filter(|(_, ran)| ran.is_none()).collect();
		engine.threads.install(|| {
			// Each by itself: otherwise a thread that is through finds the last ones tied together.
			let lanes = missing.into_par_iter().with_max_len(1);
			lanes.try_for_each(|(input, result)| {
				let state = engine.open(states)?;
				*result = Some(lane::run(machine, states, &state, (layer, at), rules, input));
				Ok(())
			})
		})
	}

	/// Takes a lane's result, if the lane would do the same in its turn, which is now.
	pub(crate) fn take_valid(&self, slot: &mut Option<Ran>) -> Option<Ran> {
		slot.take_if(|ran| ran.holds_on(&self.layer))
	}

	/// Forgets results that are already known not to hold.
	pub(crate) fn forget_invalid(&mut self, results: &mut [Option<Ran>]) {
		for slot in results {
			if slot.take_if(|ran| !ran.holds_on(&self.layer)).is_some() {
				self.report.reexecuted += 1;
			}
		}
	}

	/// Merges what a lane wrote and reports.
	pub(crate) fn merge(
		&mut self,
		output: LaneOutput,
		writes: lane::Writes,
		appended: Vec<(Vec<u8>, Vec<u8>)>,
	) {
		for (key, value) in writes {
			self.overlay.set_storage(key.clone(), value.as_ref().map(|value| value.to_vec()));
			self.layer.set(key, value);
		}
		self.outputs.push(output);
		self.appended.extend(appended);
	}

	/// Executes a lane where the block is, and leaves everything as it was if the runtime traps.
	pub(crate) fn run_in_place(&mut self, input: &Input) -> Result<LaneOutput, Fallback> {
		self.settle()?;
		let output: LaneOutput = self.try_call("LaneApi_apply_lane", input, |_| true)?;
		self.report.in_place += input.extrinsics.len();
		self.see_overlay();
		Ok(output)
	}

	/// Whether lanes with these outputs fit into the block, all that were merged being settled.
	pub(crate) fn fits(&mut self, outputs: &[LaneOutput]) -> Result<bool, CallError> {
		let folded: Result<(), FoldError> =
			self.try_call("LaneApi_fold", &outputs.to_vec(), |_| false)?;
		Ok(folded.is_ok())
	}

	/// Brings sums and lists to where the merged lanes have brought them.
	pub(crate) fn settle(&mut self) -> Result<(), Fallback> {
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
		let value = self.state.value(key).map_err(|error| Fallback::State(error.to_string()))?;
		Ok(value.map(|value| value.to_vec()))
	}

	/// Lets later blocks know what this one has changed, now that its root is known.
	pub(crate) fn remember(&mut self, root: H256) {
		self.engine.remember(self.state.root(), root, &mut self.overlay);
	}
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
