// SPDX-License-Identifier: Apache-2.0
//! How a block was executed.

use std::{fmt, time::Duration};

/// How a block was executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
	/// Extrinsics, without inherents.
	pub extrinsics: usize,
	/// Lanes: none, if it was executed in one piece.
	pub lanes: usize,
	/// Lanes that were executed again, because what they had read was changed by one before them.
	pub reexecuted: usize,
	/// Extrinsics that were executed in their turn and not apart.
	pub in_place: usize,
	/// How long the stages took.
	pub stages: Stages,
}

/// How long the stages of a block took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stages {
	/// Asking the runtime what extrinsics may touch, and cutting.
	pub plan: Duration,
	/// All of it, if in one piece.
	pub whole: Duration,
	/// The block's begin and its inherents.
	pub begin: Duration,
	/// Lanes.
	pub lanes: Duration,
	/// Checking and merging them, and what is executed in its turn.
	pub merge: Duration,
	/// The block's end, with the state root.
	pub finalize: Duration,
}

impl Stages {
	/// The stages in their order, each with its name.
	pub fn named(&self) -> [(&'static str, Duration); 6] {
		let Self { plan, whole, begin, lanes, merge, finalize } = *self;
		[
			("plan", plan),
			("whole", whole),
			("begin", begin),
			("lanes", lanes),
			("merge", merge),
			("finalize", finalize),
		]
	}

	/// Those that there were.
	pub fn taken(&self) -> impl Iterator<Item = (&'static str, Duration)> {
		self.named().into_iter().filter(|(_, time)| !time.is_zero())
	}
}

impl fmt::Display for Report {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { extrinsics, lanes, reexecuted, in_place, stages } = self;
		match lanes {
			0 => write!(f, "{extrinsics} extrinsics in one piece;")?,
			_ => write!(
				f,
				"{extrinsics} extrinsics in {lanes} lanes, {reexecuted} of them executed again, \
				 {in_place} extrinsics in place;"
			)?,
		}
		stages.taken().try_for_each(|(name, time)| write!(f, " {name} {time:.1?}"))
	}
}
