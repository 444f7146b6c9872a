// SPDX-License-Identifier: Apache-2.0
//! What is known of a state is what is in it, whichever blocks came between.

use std::collections::BTreeMap;

use codec::Encode;
use proptest::{collection::vec, prelude::*};

use sp_core::Hasher;
use sp_runtime::traits::BlakeTwo256;

use super::*;

type Model = BTreeMap<Vec<u8>, Vec<u8>>;

#[derive(Clone, Debug)]
enum Step {
	/// A block on one of the states, counted from the youngest.
	Block(usize, Vec<(u8, Option<u8>)>),
	/// A look at one of the states.
	Read(usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
	let state = prop_oneof![3 => Just(0_usize), 1 => 0_usize..12];
	prop_oneof![
		(state.clone(), vec((0_u8..12, any::<Option<u8>>()), 0..6))
			.prop_map(|(at, changes)| Step::Block(at, changes)),
		(state, 0_u8..12).prop_map(|(at, key)| Step::Read(at, key)),
	]
}

/// Some values are too long to be kept.
fn value(byte: u8) -> Vec<u8> {
	vec![byte; if byte.is_multiple_of(4) { VALUE_BYTES_MAX + 1 } else { 3 }]
}

fn key(byte: u8) -> Vec<u8> {
	match byte {
		0 => [sp_storage::well_known_keys::DEFAULT_CHILD_STORAGE_KEY_PREFIX, b"child"].concat(),
		_ => vec![byte],
	}
}

fn root(state: &Model) -> H256 {
	BlakeTwo256::hash(&state.encode())
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

	#[test]
	fn what_is_known_is_so(steps in vec(step(), 0..60), most in prop_oneof![Just(1 << 14), Just(1 << 30)]) {
		let values = Values::new(most);
		let mut states = vec![Model::new()];
		let mut views: Vec<(usize, View)> = vec![];
		for step in steps {
			match step {
				Step::Block(at, changes) => {
					let at = states.len().saturating_sub(at + 1);
					let before = states[at].clone();
					let (mut after, mut seen) = (before.clone(), BTreeMap::new());
					for (byte, new) in changes {
						let new = new.map(value);
						match &new {
							Some(new) => after.insert(key(byte), new.clone()),
							None => after.remove(&key(byte)),
						};
						// Of a child trie's root, the runtime does not see that it changes.
						if byte != 0 {
							seen.insert(key(byte), new.map(Arc::from));
						}
					}
					// Somebody has begun a block, and may end it only later.
					views.push((at, values.view(root(&before))));
					values.change(root(&before), root(&after), seen.into_iter());
					states.push(after);
					let top = values.top.read();
					prop_assert!(top.layers.len() <= ALL_LAYERS_MAX);
				},
				Step::Read(at, byte) => {
					let at = states.len().saturating_sub(at + 1);
					views.push((at, values.view(root(&states[at]))));
					for (at, view) in &views {
						let truth = states[*at].get(&key(byte)).map(|value| Arc::from(&value[..]));
						if let Some(known) = values.get(view, &key(byte)) {
							prop_assert_eq!(&known, &truth);
						}
						values.learn(view, &key(byte), &truth);
					}
				},
			}
		}
	}
}

#[test]
fn what_was_read_or_written_is_known_for_some_blocks() {
	let values = Values::new(1 << 20);
	let root = |number| H256::repeat_byte(number);
	let of = |byte| Some(Arc::from([byte]));
	let view = values.view(root(0));
	assert_eq!(values.get(&view, b"read"), None);
	values.learn(&view, b"read", &of(1));
	for number in 0..10 {
		let key = vec![number];
		values.change(root(number), root(number + 1), [(key, of(number))].into_iter());
		let view = values.view(root(number + 1));
		assert_eq!(values.get(&view, b"read"), Some(of(1)));
		assert_eq!(values.get(&view, &[number]), Some(of(number)));
		assert_eq!(values.get(&view, &[0]), Some(of(0)));
	}
	assert!(values.top.read().layers.len() <= LAYERS_MAX);
	// One that was looked at before the base moved.
	assert_eq!(values.get(&view, b"read"), None);
	// And one that nobody has heard of.
	assert_eq!(values.get(&values.view(root(99)), b"read"), None);
}

#[test]
fn forks_that_nothing_goes_on_from_are_forgotten() {
	let values = Values::new(1 << 20);
	let root = |fork: u64, number: u64| H256::from_low_u64_be(number * 10 + fork);
	values.view(root(0, 0));
	for number in 0..20 {
		for fork in [1, 2, 0] {
			values.change(root(0, number), root(fork, number + 1), core::iter::empty());
		}
	}
	let top = values.top.read();
	assert!(top.layers.iter().all(|layer| top.view(layer.after).is_some()));
	assert!(top.layers.len() <= 3 * LAYERS_MAX, "{}", top.layers.len());
}
