// SPDX-License-Identifier: Apache-2.0
//! Which runs of a block's extrinsics become lanes.
//!
//! Any partition gives the same result; a good one has no extrinsic that reads what another lane writes.
//! So a block is cut where no account has to do with extrinsics on both sides.

use std::{collections::HashMap, ops::Range};

use unum_runtime_api::{AccessHint, AccessTag};

/// Cuts extrinsics into at most `lanes` runs of about the same length, each of at least `least`.
pub(crate) fn cut(hints: &[AccessHint], lanes: usize, least: usize) -> Vec<Range<usize>> {
	let total = hints.len();
	let crossed = crossed(hints);
	let mut runs = Vec::new();
	let mut begin = 0;
	while begin < total {
		// What is left is shared by the lanes that are left.
		let left = lanes.saturating_sub(runs.len()).max(1);
		let length = (total - begin).div_ceil(left).max(least);
		let wanted = begin.saturating_add(length);
		let end = (wanted..total).find(|at| crossed.get(*at) == Some(&0)).unwrap_or(total);
		runs.push(begin..end);
		begin = end;
	}
	runs
}

/// For each position how many accounts have to do with extrinsics before it and from it on.
fn crossed(hints: &[AccessHint]) -> Vec<usize> {
	let mut spans: HashMap<&AccessTag, (usize, usize)> = HashMap::new();
	for (at, hint) in hints.iter().enumerate() {
		for tag in &hint.tags {
			spans.entry(tag).and_modify(|(_, last)| *last = at).or_insert((at, at));
		}
	}
	// An account crosses all positions after its first extrinsic, up to its last.
	let mut changes = vec![0isize; hints.len() + 2];
	for (first, last) in spans.into_values() {
		changes[first + 1] += 1;
		changes[last + 1] -= 1;
	}
	let mut crossing = 0isize;
	let count = |change: isize| {
		crossing += change;
		usize::try_from(crossing).unwrap_or_default()
	};
	changes.into_iter().take(hints.len()).map(count).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn hints(tags: &[&[u8]]) -> Vec<AccessHint> {
		let hint = |tags: &&[u8]| AccessHint {
			tags: tags.iter().map(|tag| [*tag; 16]).collect(),
			is_global: false,
			shard: None,
		};
		tags.iter().map(hint).collect()
	}

	fn whole(length: usize) -> Vec<Range<usize>> {
		core::iter::once(0..length).collect()
	}

	#[test]
	fn extrinsics_of_different_accounts_are_cut_evenly() {
		let each: Vec<[u8; 1]> = (0..8).map(|n| [n]).collect();
		let each: Vec<&[u8]> = each.iter().map(|tag| &tag[..]).collect();
		assert_eq!(cut(&hints(&each), 4, 1), [0..2, 2..4, 4..6, 6..8]);
		assert_eq!(cut(&hints(&each), 3, 1), [0..3, 3..6, 6..8]);
		assert_eq!(cut(&hints(&each), 4, 3), [0..3, 3..6, 6..8]);
		assert_eq!(cut(&hints(&each), 1, 1), whole(8));
		assert!(cut(&[], 4, 1).is_empty());
	}

	/// A → B, B → C, C → D: one after the other.
	#[test]
	fn a_chain_is_one_lane() {
		assert_eq!(cut(&hints(&[b"ab", b"bc", b"cd", b"de"]), 4, 1), whole(4));
	}

	#[test]
	fn a_lane_goes_on_until_its_accounts_are_done() {
		assert_eq!(cut(&hints(&[b"ab", b"c", b"ad", b"e", b"f"]), 3, 1), [0..3, 3..4, 4..5]);
	}

	#[test]
	fn one_account_in_all_extrinsics_makes_one_lane() {
		assert_eq!(cut(&hints(&[b"xa", b"xb", b"xc", b"xd"]), 4, 1), whole(4));
	}
}
