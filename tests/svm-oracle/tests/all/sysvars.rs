// SPDX-License-Identifier: Apache-2.0
//! System variables that don't depend on the block.

use unum_svm_oracle::{keys, world::World};

#[test]
fn rent_is_that_of_the_main_network() {
	let mut world = World::new(0);
	let (ours, theirs) = (world.ours.account(&keys::rent()), world.account(&keys::rent()));
	let (ours, theirs) = (ours.expect("exists"), theirs.expect("exists"));
	assert_eq!(ours.data, theirs.data);
	assert_eq!(ours.owner, theirs.owner);
}

#[test]
fn lists_are_as_long_as_programs_count_on() {
	let mut world = World::new(0);
	for (key, length) in [
		(keys::slot_hashes(), 20_488),
		(keys::stake_history(), 16_392),
		(keys::recent_blockhashes(), 6_008),
	] {
		assert_eq!(world.ours.account(&key).expect("exists").data.len(), length);
	}
}
