// SPDX-License-Identifier: Apache-2.0
//! How the entries that every extrinsic changes are put together, as the runtime says.

use std::collections::HashSet;

use unum_runtime_api::MergePolicy;

/// What is special about a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Treatment {
	/// Nothing: what a lane reads of it must still be so when the lane is merged.
	Ordinary,
	/// A list to which lanes only append: their parts are joined.
	Concat,
	/// A sum to which lanes only add: the runtime adds up what they report.
	Discard,
	/// No lane may touch it.
	Deny,
}

/// A merge policy, ready to be asked.
#[derive(Debug)]
pub(crate) struct Rules {
	concat: HashSet<Vec<u8>>,
	discard: HashSet<Vec<u8>>,
	deny: Vec<Vec<u8>>,
}

impl Rules {
	pub(crate) fn new(policy: MergePolicy) -> Self {
		Self {
			concat: policy.concat.into_iter().collect(),
			discard: policy.discard.into_iter().collect(),
			deny: policy.deny,
		}
	}

	pub(crate) fn of(&self, key: &[u8]) -> Treatment {
		if self.concat.contains(key) {
			Treatment::Concat
		} else if self.discard.contains(key) {
			Treatment::Discard
		} else if self.deny.iter().any(|prefix| key.starts_with(prefix)) {
			Treatment::Deny
		} else {
			Treatment::Ordinary
		}
	}

	pub(crate) fn discarded(&self) -> impl Iterator<Item = &Vec<u8>> {
		self.discard.iter()
	}
}
