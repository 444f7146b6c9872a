// SPDX-License-Identifier: Apache-2.0
//! The key-value engine on the in-memory host.

use unum_id_com::IdCom;
use unum_kv_engine::{KvCall, KvEngine, MAX_KEY_BYTES, MAX_VALUE_BYTES};
use unum_vm_engine::{
	conformance::{
		engine::{context, Fixture},
		MemoryHost,
	},
	engine_conformance, Fate, Meter, VmEngine,
};

struct OnMemory;

fn alice() -> IdCom {
	IdCom::from([1; 32])
}

fn put(key: &[u8], value: &[u8]) -> KvCall {
	KvCall::KvPut { key: key.to_vec(), value: value.to_vec() }
}

fn delete(key: &[u8]) -> KvCall {
	KvCall::KvDelete { key: key.to_vec() }
}

fn run(host: &mut MemoryHost, sender: IdCom, call: &KvCall) -> Option<Vec<u8>> {
	let mut meter = Meter::new(KvEngine::weight_limit(host, call));
	let outcome = KvEngine::execute(host, &context(sender), call, &mut meter).unwrap();
	matches!(outcome.fate, Fate::Success).then_some(outcome.output)
}

impl Fixture for OnMemory {
	type Engine = KvEngine;
	type Host = MemoryHost;
	type State = MemoryHost;

	fn with_host<R>(test: impl FnOnce(&mut MemoryHost) -> R) -> R {
		let mut host = MemoryHost::default();
		run(&mut host, alice(), &put(b"there", b"value")).unwrap();
		test(&mut host)
	}

	fn state(host: &MemoryHost) -> MemoryHost {
		host.clone()
	}

	fn undo_unless_some<R>(
		host: &mut MemoryHost,
		call: impl FnOnce(&mut MemoryHost) -> Option<R>,
	) -> Option<R> {
		let before = host.clone();
		let result = call(host);
		if result.is_none() {
			*host = before;
		}
		result
	}

	fn succeeding() -> Vec<(IdCom, KvCall)> {
		let (key, value) = (vec![1; MAX_KEY_BYTES as usize], vec![2; MAX_VALUE_BYTES as usize]);
		[put(b"", b""), put(&key, &value), put(b"there", b"new"), delete(b"there")]
			.map(|call| (alice(), call))
			.into()
	}

	fn failing() -> Vec<(IdCom, KvCall)> {
		let (key, value) =
			(vec![1; MAX_KEY_BYTES as usize + 1], vec![2; MAX_VALUE_BYTES as usize + 1]);
		[put(&key, b""), put(b"", &value), delete(b"not there"), delete(&key)]
			.map(|call| (alice(), call))
			.into()
	}
}

engine_conformance!(on_memory, OnMemory);

#[test]
fn each_identity_has_its_own_keys() {
	OnMemory::with_host(|host| {
		let bob = IdCom::from([2; 32]);
		assert_eq!(run(host, bob, &delete(b"there")), None);
		assert_eq!(run(host, bob, &put(b"there", b"mine")), Some(vec![]));
		assert_eq!(run(host, alice(), &delete(b"there")), Some(b"value".to_vec()));
		assert_eq!(run(host, bob, &delete(b"there")), Some(b"mine".to_vec()));
	});
}
