// SPDX-License-Identifier: Apache-2.0
//! What the block has changed so far, for lanes to read.

use std::collections::{hash_map::Entry, HashMap};

use unum_state::Value;

/// The changes of a block so far, on top of the state before it. Every change knows its time, so that a
/// lane that ran in between can be checked.
#[derive(Debug, Default)]
pub(crate) struct Layer {
	entries: HashMap<Vec<u8>, (Value, u64)>,
	time: u64,
}

impl Layer {
	/// What the block has made of an entry; nothing where it has not changed it.
	pub(crate) fn get(&self, key: &[u8]) -> Option<&Value> {
		self.entries.get(key).map(|(value, _)| value)
	}

	/// Changes an entry. Its time does not move where it had that value already.
	pub(crate) fn set(&mut self, key: Vec<u8>, value: Value) {
		match self.entries.entry(key) {
			Entry::Occupied(mut entry) => {
				if entry.get().0 != value {
					entry.insert((value, self.time));
				}
			},
			Entry::Vacant(entry) => {
				entry.insert((value, self.time));
			},
		}
	}

	/// The time now. Whatever is changed from here on has a later time.
	pub(crate) fn advance(&mut self) -> u64 {
		let now = self.time;
		self.time = self.time.saturating_add(1);
		now
	}

	/// Whether an entry that was read at a time still has the value that was read: one that was written as
	/// it was, as every extrinsic does with some, disturbs nobody.
	pub(crate) fn still_is(&self, key: &[u8], read: &Value, at: u64) -> bool {
		self.entries.get(key).is_none_or(|(value, changed)| *changed <= at || value == read)
	}
}
