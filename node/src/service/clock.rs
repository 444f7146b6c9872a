// SPDX-License-Identifier: Apache-2.0
//! The time of blocks that are made at will: the wall clock's, unless a developer has moved it.

use std::sync::{Mutex, PoisonError};

use sp_timestamp::Timestamp;

/// A clock that can be put forward.
#[derive(Debug, Default)]
pub(crate) struct Clock {
	settings: Mutex<Settings>,
}

/// What a developer has asked for.
#[derive(Debug, Default, Clone, Copy)]
struct Settings {
	/// How far the clock is before the wall clock's, in milliseconds; behind it where negative.
	offset: i128,
	/// The time of the next block, in milliseconds since the Unix epoch.
	next: Option<u64>,
}

/// The time is not after that of the block before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("timestamp {asked} is not after the last block's: the next one can have {earliest} at the earliest")]
pub(crate) struct TooEarly {
	/// In seconds.
	pub(crate) asked: u64,
	/// In seconds, rounded up.
	pub(crate) earliest: u64,
}

impl Clock {
	fn with<R>(&self, f: impl FnOnce(&mut Settings) -> R) -> R {
		f(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner))
	}

	/// Puts the clock forward, for good. Returns by how many seconds in all.
	///
	/// Blocks that follow each other quickly are before the wall clock; so that as much time passes as was
	/// asked for, it is counted from `earliest`, the earliest that the next block can have.
	pub(crate) fn increase(&self, seconds: u64, now: Timestamp, earliest: Timestamp) -> i64 {
		self.with(|settings| {
			let ahead = i128::from(earliest.as_millis()) - i128::from(now.as_millis());
			let asked = i128::from(seconds) * 1_000;
			settings.offset = settings.offset.max(ahead).saturating_add(asked);
			i64::try_from(settings.offset / 1_000).unwrap_or(i64::MAX)
		})
	}

	/// Says what time the next block has, in seconds; the clock goes on from there. `earliest` is the
	/// earliest that it can have, in milliseconds.
	pub(crate) fn set_next(&self, seconds: u64, earliest: u64) -> Result<(), TooEarly> {
		let asked = seconds.saturating_mul(1_000);
		if asked < earliest {
			return Err(TooEarly { asked: seconds, earliest: earliest.div_ceil(1_000) });
		}
		self.with(|settings| settings.next = Some(asked));
		Ok(())
	}

	/// The time of a block that is made now, and not before `earliest`.
	pub(crate) fn tick(&self, now: Timestamp, earliest: Timestamp) -> Timestamp {
		self.with(|settings| {
			let wall = i128::from(now.as_millis());
			if let Some(next) = settings.next.take() {
				settings.offset = i128::from(next) - wall;
			}
			let moved = u64::try_from(wall.saturating_add(settings.offset)).unwrap_or_default();
			Timestamp::new(moved).max(earliest)
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn tick(clock: &Clock, now: u64, earliest: u64) -> u64 {
		clock.tick(Timestamp::new(now), Timestamp::new(earliest)).as_millis()
	}

	#[test]
	fn nobody_has_moved_it() {
		let clock = Clock::default();
		assert_eq!(tick(&clock, 1_234_567, 5), 1_234_567);
		assert_eq!(tick(&clock, 1_234_567, 2_000_000), 2_000_000, "time does not go back");
	}

	#[test]
	fn two_blocks_never_share_a_slot() {
		let (clock, mut slot) = (Clock::default(), 2_500);
		for _ in 0..1_000 {
			let timestamp = tick(&clock, 1_000_000, (slot + 1) * 400);
			assert!(timestamp / 400 > slot, "{timestamp}");
			slot = timestamp / 400;
		}
	}

	#[test]
	fn it_is_put_forward_for_good() {
		let clock = Clock::default();
		let increase = |seconds, now, earliest| {
			clock.increase(seconds, Timestamp::new(now), Timestamp::new(earliest))
		};
		assert_eq!(increase(60, 1_000, 400), 60);
		assert_eq!(increase(40, 1_000, 400), 100);
		assert_eq!(tick(&clock, 1_000, 0), 101_000);
		assert_eq!(tick(&clock, 3_000, 0), 103_000);
		// The last block was made 5 s before its time.
		assert_eq!(increase(10, 4_000, 109_000), 115);
		assert_eq!(tick(&clock, 4_000, 109_000), 119_000);
	}

	#[test]
	fn the_next_block_has_the_time_that_was_asked_for_and_time_goes_on_from_there() {
		let clock = Clock::default();
		clock.set_next(500, 400_000).unwrap();
		assert_eq!(tick(&clock, 1_000, 0), 500_000);
		assert_eq!(tick(&clock, 3_000, 0), 502_000);
		let early = clock.set_next(501, 501_200).unwrap_err();
		assert_eq!(early, TooEarly { asked: 501, earliest: 502 });
	}
}
