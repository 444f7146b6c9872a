// SPDX-License-Identifier: Apache-2.0
//! Weights are measured with what is kept inside Wasm, as calls run with it: what a benchmark has set up is
//! in the node's database, and nothing of it is kept, when its clock starts; the clock stops when the node
//! knows all that has changed.

use core::cell::RefCell;

use frame_benchmarking::benchmarking;
use sp_runtime_interface::wasm::RestoreImplementation;

use super::{with, Global};

/// The host functions of benchmarks.
#[derive(Clone, Copy, Default)]
struct Original {
	commit_db: Option<fn()>,
	wipe_db: Option<fn()>,
	current_time: Option<fn() -> [u8; 16]>,
}

static ORIGINAL: Global<Original> = Global(RefCell::new(None));

fn original() -> Original {
	ORIGINAL.0.borrow().unwrap_or_default()
}

fn commit_db() {
	with(|store| store.give_back_all());
	if let Some(commit_db) = original().commit_db {
		commit_db();
	}
	with(|store| store.forget());
}

fn wipe_db() {
	with(|store| store.forget());
	if let Some(wipe_db) = original().wipe_db {
		wipe_db();
	}
}

fn current_time() -> [u8; 16] {
	with(|store| store.give_back_all());
	original().current_time.map(|current_time| current_time()).unwrap_or_default()
}

/// Puts the host's functions back in their place.
pub(super) struct Installed {
	_functions: ([RestoreImplementation<fn()>; 2], RestoreImplementation<fn() -> [u8; 16]>),
}

/// Puts these in the place of the host's.
pub(super) fn install() -> Installed {
	ORIGINAL.0.replace(Some(Original {
		commit_db: Some(benchmarking::host_commit_db.get()),
		wipe_db: Some(benchmarking::host_wipe_db.get()),
		current_time: Some(benchmarking::host_current_time.get()),
	}));
	Installed {
		_functions: (
			[
				benchmarking::host_commit_db.replace_implementation(commit_db),
				benchmarking::host_wipe_db.replace_implementation(wipe_db),
			],
			benchmarking::host_current_time.replace_implementation(current_time),
		),
	}
}
