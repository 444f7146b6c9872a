// SPDX-License-Identifier: Apache-2.0
//! Which extrinsics become lanes.
//!
//! Any partition gives the same result; a good one has no extrinsic that reads what another lane writes.
//! So a block that is there is cut where no account has to do with extrinsics on both sides ([`cut`]), and
//! one that is made gets the extrinsics of each account next to each other ([`pack`]).

use std::{
	cmp::Reverse,
	collections::{BinaryHeap, HashMap},
	hash::Hash,
	ops::Range,
};

use unum_runtime_api::{AccessHint, AccessTag};

/// Cuts extrinsics into at most `lanes` runs of about the same length, each of at least `least`.
///
/// Never between extrinsics of one account. Between those of one context shard only if there is no better
/// place near by: what they have in common is a hint.
pub(crate) fn cut(hints: &[AccessHint], lanes: usize, least: usize) -> Vec<Range<usize>> {
	let total = hints.len();
	let accounts = crossed(hints.iter().map(|hint| &hint.tags[..]));
	let shards = crossed(hints.iter().map(|hint| hint.shard.as_slice()));
	let may_cut = |at: &usize| *at == total || accounts.get(*at) == Some(&0);
	let mut runs = Vec::new();
	let mut begin = 0;
	while begin < total {
		// What is left is shared by the lanes that are left.
		let left = lanes.saturating_sub(runs.len()).max(1);
		let length = (total - begin).div_ceil(left).max(least);
		let wanted = begin.saturating_add(length);
		let earliest = begin.saturating_add((length - length / 4).max(least));
		let near = |more| (earliest..=total.min(wanted.saturating_add(more))).filter(may_cut);
		let crossed = |at: &usize| shards.get(*at).copied().unwrap_or_default();
		let distance = |at: &usize| at.abs_diff(wanted);
		// At the end there is nothing to cut: the best place, if it is near. Otherwise one lane for two is
		// better than two of which the second has to be executed again, if it is not half of the block.
		let clean = near(length.min((total / 2).saturating_sub(length)))
			.filter(|at| crossed(at) == 0)
			.min_by_key(distance);
		let end = Some(total).filter(|end| *end <= wanted.saturating_add(length / 2));
		let fewest = || near(length / 2).min_by_key(|at| (crossed(at), distance(at)));
		let best = end.or(clean).or_else(fewest);
		let end = best.or_else(|| (wanted..total).find(may_cut)).unwrap_or(total);
		runs.push(begin..end);
		begin = end;
	}
	runs
}

/// For each position how many have to do with extrinsics before it and from it on: accounts, or whatever
/// each of the extrinsics is marked with.
fn crossed<'a, T: Eq + Hash + 'a>(marks: impl Iterator<Item = &'a [T]>) -> Vec<usize> {
	let mut spans: HashMap<&T, (usize, usize)> = HashMap::new();
	let mut length = 0;
	for (at, marks) in marks.enumerate() {
		length = at + 1;
		for mark in marks {
			spans.entry(mark).and_modify(|(_, last)| *last = at).or_insert((at, at));
		}
	}
	// A mark crosses all positions after its first extrinsic, up to its last.
	let mut changes = vec![0isize; length + 2];
	for (first, last) in spans.into_values() {
		changes[first + 1] += 1;
		changes[last + 1] -= 1;
	}
	let mut crossing = 0isize;
	let count = |change: isize| {
		crossing += change;
		usize::try_from(crossing).unwrap_or_default()
	};
	changes.into_iter().take(length).map(count).collect()
}

/// What several extrinsics may have in common.
#[derive(PartialEq, Eq, Hash)]
enum Mark<'a> {
	Account(&'a AccessTag),
	Shard(u8),
	Tie(&'a [u8]),
}

/// Puts extrinsics into at most `lanes` lanes of about the same length, each of at least `least` if there
/// are enough: all that have an account, a context shard or a tie in common into one, in their order. The
/// lane with the most of such comes last.
pub(crate) fn pack(
	hints: &[AccessHint],
	ties: &[Vec<Vec<u8>>],
	lanes: usize,
	least: usize,
) -> Vec<Vec<usize>> {
	let lanes = lanes.min(hints.len() / least.max(1)).max(1);
	let mut groups = groups(hints, ties);
	// Longest first, each to where there is least yet.
	groups.sort_by_key(|group| Reverse(group.len()));
	let mut packed: Vec<Vec<usize>> = vec![vec![]; lanes];
	let mut queue: BinaryHeap<_> = (0..lanes).map(|lane| Reverse((0, Reverse(lane)))).collect();
	for group in groups {
		// There is at least one lane.
		let Some(Reverse((length, Reverse(lane)))) = queue.pop() else { break };
		queue.push(Reverse((length + group.len(), Reverse(lane))));
		if let Some(packed) = packed.get_mut(lane) {
			packed.extend(group);
		}
	}
	for lane in &mut packed {
		lane.sort_unstable();
	}
	packed.retain(|lane| !lane.is_empty());
	packed
}

/// Extrinsics that have something in common, directly or through others, in their order.
fn groups(hints: &[AccessHint], ties: &[Vec<Vec<u8>>]) -> Vec<Vec<usize>> {
	let mut leaders: Vec<usize> = (0..hints.len()).collect();
	let mut seen: HashMap<Mark<'_>, usize> = HashMap::new();
	for (at, hint) in hints.iter().enumerate() {
		// Where all accounts are known, a context adds nothing.
		let shard = hint.shard.filter(|_| hint.is_global).map(Mark::Shard);
		let ties = ties.get(at).into_iter().flatten().map(|tie| Mark::Tie(tie));
		for mark in hint.tags.iter().map(Mark::Account).chain(shard).chain(ties) {
			let other = *seen.entry(mark).or_insert(at);
			let (one, other) = (leader(&mut leaders, at), leader(&mut leaders, other));
			// The earlier one leads.
			leaders[one.max(other)] = one.min(other);
		}
	}
	let mut groups: Vec<Vec<usize>> = vec![vec![]; hints.len()];
	for at in 0..hints.len() {
		groups[leader(&mut leaders, at)].push(at);
	}
	groups.retain(|group| !group.is_empty());
	groups
}

/// Who leads the group of an extrinsic; on the way, all are brought nearer to it.
fn leader(leaders: &mut [usize], mut at: usize) -> usize {
	while leaders[at] != at {
		leaders[at] = leaders[leaders[at]];
		at = leaders[at];
	}
	at
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
		assert_eq!(cut(&hints(&each), 8, 3), [0..3, 3..6, 6..8]);
		assert_eq!(cut(&hints(&each[..7]), 8, 3), [0..3, 3..7]);
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

	#[test]
	fn a_shard_is_cut_where_there_is_no_better_place() {
		let with = |shards: &[u8]| -> Vec<AccessHint> {
			let hint =
				|shard: &u8| AccessHint { tags: vec![], is_global: true, shard: Some(*shard) };
			shards.iter().map(hint).collect()
		};
		assert_eq!(cut(&with(&[1, 1, 1, 1, 1, 2, 2, 2]), 2, 1), [0..5, 5..8]);
		assert_eq!(cut(&with(&[1, 1, 1, 1, 1, 1, 1, 2]), 2, 1), [0..4, 4..8]);
		// Lanes that were made for fewer threads.
		assert_eq!(cut(&with(&[1, 1, 1, 1, 2, 2, 2, 2]), 4, 1), [0..4, 4..8]);
	}

	#[test]
	fn what_has_an_account_in_common_is_packed_together_in_its_order() {
		let packed = pack(&hints(&[b"a", b"b", b"ac", b"d", b"ce", b"b"]), &[], 3, 1);
		assert_eq!(packed, [vec![3], vec![1, 5], vec![0, 2, 4]]);
	}

	#[test]
	fn lanes_are_packed_evenly_and_none_is_short() {
		let each: Vec<[u8; 1]> = (0..100).map(|n| [n]).collect();
		let each: Vec<&[u8]> = each.iter().map(|tag| &tag[..]).collect();
		let lengths = |lanes, least| -> Vec<usize> {
			pack(&hints(&each), &[], lanes, least).iter().map(Vec::len).collect()
		};
		assert_eq!(lengths(4, 1), [25; 4]);
		assert_eq!(lengths(8, 30), [33, 33, 34]);
		assert_eq!(lengths(8, 200), [100]);
		assert!(pack(&[], &[], 4, 1).is_empty());
	}

	#[test]
	fn contexts_are_packed_together_where_nothing_else_is_known() {
		let hint = |shard, is_global| AccessHint { tags: vec![], is_global, shard: Some(shard) };
		let global = [1, 2, 1, 2].map(|shard| hint(shard, true));
		assert_eq!(pack(&global, &[], 2, 1), [[1, 3], [0, 2]]);
		let known = [1, 1, 1, 1].map(|shard| hint(shard, false));
		assert_eq!(pack(&known, &[], 2, 1).len(), 2);
	}

	/// The runtime may know nothing of an extrinsic, and the pool that it needs another one before.
	#[test]
	fn what_is_tied_stays_together_in_its_order() {
		let ties = [&[b"0"][..], &[b"x"], &[b"0", b"1"], &[b"y"], &[b"1"]];
		let ties = ties.map(|ties| ties.iter().map(|tie| tie.to_vec()).collect::<Vec<_>>());
		let packed = pack(&hints(&[b"", b"", b"", b"", b""]), &ties, 3, 1);
		assert_eq!(packed, [vec![3], vec![1], vec![0, 2, 4]]);
	}

	/// Nothing is lost, nothing is doubled, and no account is in two lanes.
	#[test]
	fn packing_keeps_everything() {
		let rng = &mut fastrand::Rng::with_seed(7);
		for _ in 0..200 {
			let all: Vec<Vec<u8>> = (0..rng.usize(0..80))
				.map(|_| (0..rng.usize(1..3)).map(|_| rng.u8(..40)).collect())
				.collect();
			let all: Vec<&[u8]> = all.iter().map(|tags| &tags[..]).collect();
			let packed = pack(&hints(&all), &[], rng.usize(1..9), rng.usize(1..6));
			let mut positions = packed.concat();
			positions.sort_unstable();
			assert_eq!(positions, (0..all.len()).collect::<Vec<_>>());
			let mut lane_of = HashMap::new();
			for (lane, positions) in packed.iter().enumerate() {
				assert!(positions.is_sorted());
				for tag in positions.iter().flat_map(|at| all[*at]) {
					assert_eq!(*lane_of.entry(*tag).or_insert(lane), lane);
				}
			}
		}
	}
}
