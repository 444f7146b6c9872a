// SPDX-License-Identifier: Apache-2.0
//! How many calls of contracts run at once.
//!
//! The runtime has a bounded number of instances, which blocks are made and imported with, too. Callers
//! wait for each other here, so that they do not take all of them; and not too many wait.

use parking_lot::{Condvar, Mutex};

/// Callers that may wait; each holds a thread.
const WAITING_MAX: usize = 128;

/// Lets so many in at a time.
#[derive(Debug)]
pub struct Gate {
	most: usize,
	state: Mutex<State>,
	left: Condvar,
}

#[derive(Debug, Default)]
struct State {
	inside: usize,
	waiting: usize,
}

/// Who is inside; leaves when dropped.
#[derive(Debug)]
pub struct Inside<'a>(&'a Gate);

impl Drop for Inside<'_> {
	fn drop(&mut self) {
		let mut state = self.0.state.lock();
		state.inside = state.inside.saturating_sub(1);
		self.0.left.notify_one();
	}
}

impl Default for Gate {
	fn default() -> Self {
		Self::new()
	}
}

impl Gate {
	/// For half of the machine's cores, and for two at least.
	pub fn new() -> Self {
		let cores = std::thread::available_parallelism().map_or(2, Into::into);
		Self { most: (cores >> 1).clamp(2, 16), state: Mutex::default(), left: Condvar::new() }
	}

	/// Waits to be let in; `None` where too many wait. Blocks the thread.
	pub fn enter(&self) -> Option<Inside<'_>> {
		let mut state = self.state.lock();
		if state.inside >= self.most {
			if state.waiting >= WAITING_MAX {
				return None;
			}
			state.waiting = state.waiting.saturating_add(1);
			self.left.wait_while(&mut state, |state| state.inside >= self.most);
			state.waiting = state.waiting.saturating_sub(1);
		}
		state.inside = state.inside.saturating_add(1);
		Some(Inside(self))
	}
}

#[cfg(test)]
mod tests {
	use std::sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	};

	use super::*;

	#[test]
	fn no_more_are_inside_than_may_be_and_all_get_in() {
		let gate = Arc::new(Gate::new());
		let (inside, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
		let callers: Vec<_> = (0..64)
			.map(|_| {
				let (gate, inside, most) = (gate.clone(), inside.clone(), most.clone());
				std::thread::spawn(move || {
					let _inside = gate.enter().unwrap();
					most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
					std::thread::sleep(std::time::Duration::from_millis(2));
					inside.fetch_sub(1, Ordering::SeqCst);
				})
			})
			.collect();
		callers.into_iter().for_each(|caller| caller.join().unwrap());
		assert!(most.load(Ordering::SeqCst) <= gate.most);
	}
}
