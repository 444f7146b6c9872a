// SPDX-License-Identifier: Apache-2.0
//! Executing one lane.

use std::{collections::HashMap, sync::Arc};

use sp_core::traits::CodeExecutor;
use sp_runtime::OpaqueExtrinsic;
use unum_runtime_api::{LaneInput, LaneOutput};
use unum_state::{State, Value};

use crate::{
	backend::{Apart, LaneBackend},
	layer::Layer,
	machine::{CallError, Machine, Overlay, States},
	rules::{Rules, Treatment},
};

/// What is executed in one lane.
pub(crate) type Input = LaneInput<OpaqueExtrinsic>;

/// Entries, and what they have become.
pub(crate) type Writes = Vec<(Vec<u8>, Value)>;

/// What became of a lane, as far as nothing that it read has changed since.
#[derive(Debug)]
pub(crate) struct Ran {
	pub(crate) outcome: Result<LaneOutput, CallError>,
	/// Why it must not be executed apart, if so.
	pub(crate) apart: Option<Apart>,
	/// The layer's time at which it ran.
	pub(crate) at: u64,
	reads: HashMap<Vec<u8>, Value>,
	/// What it wrote; some of it may be as it was.
	pub(crate) writes: Writes,
	/// What it appended to lists.
	pub(crate) appended: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Ran {
	/// Whether it would do the same on the layer as it is now.
	pub(crate) fn holds_on(&self, layer: &Layer) -> bool {
		self.reads.iter().all(|(key, value)| layer.still_is(key, value, self.at))
	}
}

/// Executes a lane on what the block has changed before it.
pub(crate) fn run<E, S>(
	machine: &Machine<'_, E>,
	states: &S,
	state: &State<'_, S::State>,
	(layer, at): (&Layer, u64),
	rules: &Rules,
	input: &Input,
) -> Ran
where
	E: CodeExecutor + Clone + 'static,
	S: States,
{
	let backend = LaneBackend::new(state, layer, rules);
	let mut overlay = Overlay::default();
	let mut extensions = states.extensions();
	let outcome =
		machine.call((&backend, state), &mut overlay, &mut extensions, "LaneApi_apply_lane", input);
	let (reads, apart) = backend.into_reads();
	let mut ran = Ran { outcome, apart, at, reads, writes: vec![], appended: vec![] };
	ran.collect(&mut overlay, rules);
	ran
}

impl Ran {
	fn collect(&mut self, overlay: &mut Overlay, rules: &Rules) {
		if overlay.children_mut().next().is_some() {
			self.apart.get_or_insert(Apart::ChildTrie);
		}
		let is_indexed = !overlay.transaction_index_ops().is_empty()
			|| overlay.offchain_drain_committed().next().is_some();
		if is_indexed {
			self.apart.get_or_insert(Apart::Indexes);
		}
		for (key, entry) in overlay.changes_mut() {
			let value = entry.value();
			match rules.of(key) {
				Treatment::Discard => {},
				Treatment::Deny => {
					self.apart.get_or_insert(Apart::Denied);
				},
				Treatment::Concat => {
					self.appended.push((key.clone(), value.cloned().unwrap_or_default()));
				},
				Treatment::Ordinary => {
					let value = value.map(|value| Arc::from(&value[..]));
					self.writes.push((key.clone(), value));
				},
			}
		}
	}
}
