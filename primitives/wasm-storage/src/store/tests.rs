// SPDX-License-Identifier: Apache-2.0
//! A store over a node that has storage transactions, against that node alone.

use std::{
	cell::{Cell, RefCell},
	collections::BTreeMap,
};

use proptest::{collection::vec, prelude::*};

use super::*;

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// The node: a state, and what it was when each open storage transaction began.
#[derive(Default, Debug)]
struct Model {
	state: RefCell<Entries>,
	layers: RefCell<Vec<Entries>>,
	gets: Cell<u32>,
	sets: Cell<u32>,
}

fn bump(count: &Cell<u32>) {
	count.set(count.get() + 1);
}

impl Node for Model {
	fn get(&self, key: &[u8]) -> Option<Bytes> {
		bump(&self.gets);
		self.state.borrow().get(key).map(|value| Bytes::copy_from_slice(value))
	}

	fn read(&self, key: &[u8], into: &mut [u8], offset: u32) -> Option<u32> {
		bump(&self.gets);
		let state = self.state.borrow();
		let rest = state.get(key)?.get(offset as usize..).unwrap_or_default();
		let copied = rest.len().min(into.len());
		into[..copied].copy_from_slice(&rest[..copied]);
		Some(rest.len() as u32)
	}

	fn set(&self, key: &[u8], value: &[u8]) {
		bump(&self.sets);
		self.state.borrow_mut().insert(key.to_vec(), value.to_vec());
	}

	fn clear(&self, key: &[u8]) {
		bump(&self.sets);
		self.state.borrow_mut().remove(key);
	}
}

impl Model {
	fn append(&self, key: &[u8], item: u8) {
		self.state.borrow_mut().entry(key.to_vec()).or_default().push(item);
	}

	fn clear_prefix(&self, prefix: &[u8]) {
		self.state.borrow_mut().retain(|key, _| !key.starts_with(prefix));
	}

	fn next_key(&self, key: &[u8]) -> Option<Vec<u8>> {
		let state = self.state.borrow();
		let found = state.keys().find(|other| &other[..] > key).cloned();
		found
	}

	fn start(&self) {
		let now = self.state.borrow().clone();
		self.layers.borrow_mut().push(now);
	}

	fn commit(&self) {
		self.layers.borrow_mut().pop();
	}

	fn roll_back(&self) {
		let before = self.layers.borrow_mut().pop();
		if let Some(before) = before {
			self.state.replace(before);
		}
	}
}

#[derive(Clone, Debug)]
enum Step {
	Get(u8),
	Exists(u8),
	Read(u8, usize, u32),
	Set(u8, u8, usize),
	Clear(u8),
	Append(u8, u8),
	ClearPrefix(u8),
	NextKey(u8),
	Root,
	Start,
	Commit,
	RollBack,
}

fn step() -> impl Strategy<Value = Step> {
	let key = 0..24u8;
	let length = prop_oneof![4 => 0..40usize, 1 => 60..70usize, 1 => 250..260usize];
	prop_oneof![
		6 => key.clone().prop_map(Step::Get),
		3 => key.clone().prop_map(Step::Exists),
		2 => (key.clone(), 0..80usize, 0..80u32).prop_map(|(key, room, from)| Step::Read(key, room, from)),
		8 => (key.clone(), any::<u8>(), length).prop_map(|(key, byte, length)| Step::Set(key, byte, length)),
		3 => key.clone().prop_map(Step::Clear),
		3 => (key.clone(), any::<u8>()).prop_map(|(key, item)| Step::Append(key, item)),
		1 => (0..4u8).prop_map(Step::ClearPrefix),
		2 => key.prop_map(Step::NextKey),
		1 => Just(Step::Root),
		4 => Just(Step::Start),
		2 => Just(Step::Commit),
		2 => Just(Step::RollBack),
	]
}

/// Keys of different lengths, in four groups.
fn key(number: u8) -> Vec<u8> {
	let mut key = vec![number % 4; usize::from(number % 3) * 4 + 8];
	key.push(number);
	key
}

/// Does the same with both, and compares what they say.
fn take(store: &mut Store<Model>, plain: &Model, step: &Step) -> Result<(), TestCaseError> {
	match *step {
		Step::Get(number) => {
			let key = key(number);
			prop_assert_eq!(store.get(&key), plain.get(&key));
		},
		Step::Exists(number) => {
			let key = key(number);
			prop_assert_eq!(store.exists(&key), plain.get(&key).is_some());
		},
		Step::Read(number, room, offset) => {
			let key = key(number);
			let (mut ours, mut theirs) = (vec![0; room], vec![0; room]);
			let said = store.read(&key, &mut ours, offset);
			prop_assert_eq!(said, plain.read(&key, &mut theirs, offset));
			prop_assert_eq!(ours, theirs);
		},
		Step::Set(number, byte, length) => {
			store.set(&key(number), &vec![byte; length]);
			plain.set(&key(number), &vec![byte; length]);
		},
		Step::Clear(number) => {
			store.clear(&key(number));
			plain.clear(&key(number));
		},
		Step::Append(number, item) => {
			let key = key(number);
			store.give_back(&key);
			store.node.append(&key, item);
			store.disregard(&key);
			plain.append(&key, item);
		},
		Step::ClearPrefix(group) => {
			store.give_back_all();
			store.node.clear_prefix(&[group; 8]);
			store.disregard_prefix(&[group; 8]);
			plain.clear_prefix(&[group; 8]);
		},
		Step::NextKey(number) => {
			store.give_back_all();
			prop_assert_eq!(store.node.next_key(&key(number)), plain.next_key(&key(number)));
		},
		Step::Root => {
			store.give_back_all();
			prop_assert_eq!(&*store.node.state.borrow(), &*plain.state.borrow());
		},
		Step::Start => {
			store.node.start();
			store.start();
			plain.start();
		},
		Step::Commit if !plain.layers.borrow().is_empty() => {
			store.node.commit();
			store.commit();
			plain.commit();
		},
		Step::RollBack if !plain.layers.borrow().is_empty() => {
			store.node.roll_back();
			store.roll_back();
			plain.roll_back();
		},
		Step::Commit | Step::RollBack => {},
	}
	Ok(())
}

/// With room for everything; for hardly anything; and in between.
const ROOMS: [usize; 4] = [1 << 20, 300, 1_000, 0];

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	/// Whoever asks the store hears what the node would have said, and in the end the node has the same.
	#[test]
	fn nobody_notices(steps in vec(step(), 1..120), room in 0..ROOMS.len(), seed in any::<u64>()) {
		let limits = Limits { value: 64, total: ROOMS[room] };
		let (mut store, plain) = (Store::new(Model::default(), limits, seed), Model::default());
		for step in &steps {
			take(&mut store, &plain, step)?;
		}
		while !plain.layers.borrow().is_empty() {
			take(&mut store, &plain, &Step::Commit)?;
		}
		take(&mut store, &plain, &Step::Root)?;
		let kept: usize = store.slots.iter().map(|slot| slot.key.len() + SLOT_BYTES + slot.held.bytes()).sum();
		prop_assert_eq!(kept, store.bytes);
	}
}

fn store() -> Store<Model> {
	Store::new(Model::default(), Limits { value: 64, total: 1 << 20 }, 0)
}

#[test]
fn an_entry_is_fetched_once_and_given_back_once() {
	let mut store = store();
	store.node.set(b"balance", b"1");
	store.node.sets.set(0);
	for round in 0..10u8 {
		assert!(store.exists(b"balance") && store.get(b"balance").is_some());
		assert!(!store.exists(b"nothing") && store.get(b"nothing").is_none());
		store.start();
		store.set(b"balance", &[round]);
		store.set(b"other", &[round]);
		store.commit();
	}
	store.give_back_all();
	store.give_back_all();
	assert_eq!((store.node.gets.get(), store.node.sets.get()), (2, 2));
	assert_eq!(store.node.state.borrow()[&b"balance"[..]], [9]);
}

#[test]
fn what_is_rolled_back_never_reaches_the_node() {
	let mut store = store();
	store.set(b"kept", b"1");
	store.start();
	store.set(b"kept", b"2");
	store.set(b"dropped", b"2");
	store.clear(b"kept");
	store.roll_back();
	store.give_back_all();
	assert_eq!(store.node.sets.get(), 1);
	let expected = Entries::from([(b"kept".to_vec(), b"1".to_vec())]);
	assert_eq!(*store.node.state.borrow(), expected);
}

#[test]
fn there_is_a_bound() {
	let mut store = Store::new(Model::default(), Limits { value: 64, total: 10_000 }, 0);
	store.start();
	for number in 0..1_000u32 {
		store.set(&number.to_le_bytes(), &[1; 64]);
	}
	assert!(store.bytes <= 10_000 && store.slots.len() < 80);
	store.commit();
	for number in 0..1_000u32 {
		store.set(&number.to_le_bytes(), &[2; 64]);
		assert!(store.bytes <= 10_000);
	}
	store.give_back_all();
	let state = store.node.state.borrow();
	assert!(state.len() == 1_000 && state.values().all(|value| value == &[2; 64]));
}

#[test]
fn keys_are_the_same_or_not() {
	for length in 0..40 {
		let one: Vec<u8> = (0..length).collect();
		assert!(same(&one, &one.clone()));
		for place in 0..one.len() {
			let mut other = one.clone();
			other[place] ^= 0x80;
			assert!(!same(&one, &other), "{length} {place}");
			assert!(!same(&one, &one[..place]));
		}
	}
}
