// SPDX-License-Identifier: Apache-2.0
//! The store, in the place of the host functions that it spares.

// What the one thread of Wasm has to itself is global.
#![allow(unsafe_code)]

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;

use alloc::vec::Vec;
use core::cell::RefCell;

use bytes::Bytes;
use sp_io::{hashing, storage, KillStorageResult};
use sp_runtime_interface::wasm::RestoreImplementation;
use sp_storage::StateVersion;

use crate::{
	memo::Memo,
	store::{Limits, Node, Store},
};

/// Some forty thousand balances. The heap has 128 MiB.
const LIMITS: Limits = Limits { value: 32 * 1024, total: 8 * 1024 * 1024 };

/// The host functions themselves.
#[derive(Clone, Copy)]
struct Original {
	get: fn(&[u8]) -> Option<Bytes>,
	read: fn(&[u8], &mut [u8], u32) -> Option<u32>,
	set: fn(&[u8], &[u8]),
	clear: fn(&[u8]),
	clear_prefix: fn(&[u8], Option<u32>) -> KillStorageResult,
	append: fn(&[u8], Vec<u8>),
	root: fn(StateVersion) -> Vec<u8>,
	next_key: fn(&[u8]) -> Option<Vec<u8>>,
	start: fn(),
	commit: fn(),
	roll_back: fn(),
}

impl Node for Original {
	fn get(&self, key: &[u8]) -> Option<Bytes> {
		(self.get)(key)
	}

	fn read(&self, key: &[u8], into: &mut [u8], offset: u32) -> Option<u32> {
		(self.read)(key, into, offset)
	}

	fn set(&self, key: &[u8], value: &[u8]) {
		(self.set)(key, value);
	}

	fn clear(&self, key: &[u8]) {
		(self.clear)(key);
	}
}

/// Something that the runtime has one of.
struct Global<T>(RefCell<Option<T>>);

// SAFETY: the runtime has one thread.
unsafe impl<T> Sync for Global<T> {}

impl<T> Global<T> {
	const fn nothing() -> Self {
		Self(RefCell::new(None))
	}

	/// Does something with it. It is there while these functions stand in the place of the host's.
	fn with<R: Default>(&self, work: impl FnOnce(&mut T) -> R) -> R {
		self.0.borrow_mut().as_mut().map(work).unwrap_or_default()
	}
}

/// A hash function of the host, with what it has said.
type Hash = Memo<fn(&[u8]) -> [u8; 16]>;

static STORE: Global<Store<Original>> = Global::nothing();
static TWOX: Global<Hash> = Global::nothing();
static BLAKE2: Global<Hash> = Global::nothing();

fn twox_128(input: &[u8]) -> [u8; 16] {
	TWOX.with(|hash| hash.of(input))
}

fn blake2_128(input: &[u8]) -> [u8; 16] {
	BLAKE2.with(|hash| hash.of(input))
}

fn get(key: &[u8]) -> Option<Bytes> {
	STORE.with(|store| store.get(key))
}

fn read(key: &[u8], into: &mut [u8], offset: u32) -> Option<u32> {
	STORE.with(|store| store.read(key, into, offset))
}

fn set(key: &[u8], value: &[u8]) {
	STORE.with(|store| store.set(key, value));
}

fn clear(key: &[u8]) {
	STORE.with(|store| store.clear(key));
}

fn exists(key: &[u8]) -> bool {
	STORE.with(|store| store.exists(key))
}

fn clear_prefix(prefix: &[u8], limit: Option<u32>) -> KillStorageResult {
	let cleared = STORE.with(|store| {
		store.give_back_all();
		let cleared = (store.node.clear_prefix)(prefix, limit);
		store.disregard_prefix(prefix);
		Some(cleared)
	});
	cleared.unwrap_or(KillStorageResult::AllRemoved(0))
}

fn append(key: &[u8], item: Vec<u8>) {
	STORE.with(|store| {
		store.give_back(key);
		(store.node.append)(key, item);
		store.disregard(key);
	});
}

fn root(version: StateVersion) -> Vec<u8> {
	STORE.with(|store| {
		store.give_back_all();
		(store.node.root)(version)
	})
}

fn next_key(key: &[u8]) -> Option<Vec<u8>> {
	STORE.with(|store| {
		store.give_back_all();
		(store.node.next_key)(key)
	})
}

fn start() {
	STORE.with(|store| {
		(store.node.start)();
		store.start();
	});
}

fn commit() {
	STORE.with(|store| {
		(store.node.commit)();
		store.commit();
	});
}

fn roll_back() {
	STORE.with(|store| {
		(store.node.roll_back)();
		store.roll_back();
	});
}

/// Puts the host's functions back in their place, after the node knows all.
pub(crate) struct Installed {
	_functions: (
		RestoreImplementation<fn(&[u8]) -> Option<Bytes>>,
		RestoreImplementation<fn(&[u8], &mut [u8], u32) -> Option<u32>>,
		RestoreImplementation<fn(&[u8], &[u8])>,
		RestoreImplementation<fn(&[u8])>,
		RestoreImplementation<fn(&[u8]) -> bool>,
		RestoreImplementation<fn(&[u8], Option<u32>) -> KillStorageResult>,
		RestoreImplementation<fn(&[u8], Vec<u8>)>,
		RestoreImplementation<fn(StateVersion) -> Vec<u8>>,
		RestoreImplementation<fn(&[u8]) -> Option<Vec<u8>>>,
		[RestoreImplementation<fn()>; 3],
		[RestoreImplementation<fn(&[u8]) -> [u8; 16]>; 2],
	),
	#[cfg(feature = "runtime-benchmarks")]
	_benchmarking: benchmarking::Installed,
}

impl Drop for Installed {
	fn drop(&mut self) {
		if let Some(mut store) = STORE.0.take() {
			store.give_back_all();
		}
	}
}

/// Puts the store in the place of the host's functions, unless it is there already.
pub(crate) fn install(seed: impl FnOnce() -> u64) -> Option<Installed> {
	if STORE.0.borrow().is_some() {
		return None;
	}
	let original = Original {
		get: storage::host_get.get(),
		read: storage::host_read.get(),
		set: storage::host_set.get(),
		clear: storage::host_clear.get(),
		clear_prefix: storage::host_clear_prefix.get(),
		append: storage::host_append.get(),
		root: storage::host_root.get(),
		next_key: storage::host_next_key.get(),
		start: storage::host_start_transaction.get(),
		commit: storage::host_commit_transaction.get(),
		roll_back: storage::host_rollback_transaction.get(),
	};
	STORE.0.replace(Some(Store::new(original, LIMITS, seed())));
	TWOX.0.replace(Some(Memo::new(hashing::host_twox_128.get())));
	BLAKE2.0.replace(Some(Memo::new(hashing::host_blake2_128.get())));
	Some(Installed {
		_functions: (
			storage::host_get.replace_implementation(get),
			storage::host_read.replace_implementation(read),
			storage::host_set.replace_implementation(set),
			storage::host_clear.replace_implementation(clear),
			storage::host_exists.replace_implementation(exists),
			storage::host_clear_prefix.replace_implementation(clear_prefix),
			storage::host_append.replace_implementation(append),
			storage::host_root.replace_implementation(root),
			storage::host_next_key.replace_implementation(next_key),
			[
				storage::host_start_transaction.replace_implementation(start),
				storage::host_commit_transaction.replace_implementation(commit),
				storage::host_rollback_transaction.replace_implementation(roll_back),
			],
			[
				hashing::host_twox_128.replace_implementation(twox_128),
				hashing::host_blake2_128.replace_implementation(blake2_128),
			],
		),
		#[cfg(feature = "runtime-benchmarks")]
		_benchmarking: benchmarking::install(),
	})
}
