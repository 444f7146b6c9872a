// SPDX-License-Identifier: Apache-2.0
//! Weights are measured with what is kept inside Wasm, as calls run with it: what a benchmark has set up is
//! in the node's database, and nothing of it is kept, when its clock starts; the clock stops when the node
//! knows all that has changed.

use frame_benchmarking::benchmarking;
use sp_runtime_interface::wasm::RestoreImplementation;

use super::{Global, STORE};

/// The host functions of benchmarks.
struct Original {
	commit_db: fn(),
	wipe_db: fn(),
	current_time: fn() -> [u8; 16],
}

static ORIGINAL: Global<Original> = Global::nothing();

fn commit_db() {
	STORE.with(|store| store.give_back_all());
	ORIGINAL.with(|original| (original.commit_db)());
	STORE.with(|store| store.forget());
}

fn wipe_db() {
	STORE.with(|store| store.forget());
	ORIGINAL.with(|original| (original.wipe_db)());
}

fn current_time() -> [u8; 16] {
	STORE.with(|store| store.give_back_all());
	ORIGINAL.with(|original| (original.current_time)())
}

/// Puts the host's functions back in their place.
pub(super) struct Installed {
	_functions: ([RestoreImplementation<fn()>; 2], RestoreImplementation<fn() -> [u8; 16]>),
}

/// Puts these in the place of the host's.
pub(super) fn install() -> Installed {
	ORIGINAL.0.replace(Some(Original {
		commit_db: benchmarking::host_commit_db.get(),
		wipe_db: benchmarking::host_wipe_db.get(),
		current_time: benchmarking::host_current_time.get(),
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
