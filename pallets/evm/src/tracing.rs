// SPDX-License-Identifier: Apache-2.0
//! How transactions ran, for who asks: a question to the runtime, never a part of a block.

use alloc::vec::Vec;
use unum_ethereum_view::{AccountState, TouchedAccount, Trace, TraceOptions, H160};

use crate::{Config, Pallet};

/// What is recorded, while somebody asks.
#[derive(Debug)]
struct Session {
	options: TraceOptions,
	traces: Vec<Trace>,
}

// Not in the chain's state, because a transaction that fails takes that back.
environmental::environmental!(session: Session);

impl<T: Config> Pallet<T> {
	/// Runs `f`, and gives a trace of each operation of the EVM in it. One that another VM has asked for
	/// in the middle of another stands in the trace of that.
	pub fn traced<R>(options: TraceOptions, f: impl FnOnce() -> R) -> (R, Vec<Trace>) {
		let mut session = Session { options, traces: Vec::new() };
		let result = session::using(&mut session, f);
		(result, session.traces)
	}
}

/// Puts right what a trace says of the sender, whose nonce is counted before the EVM begins, and whose fee
/// is taken before and settled after.
pub fn amend_sender(trace: &mut Trace, address: H160, before: AccountState, after: AccountState) {
	let (before, after) = (Some(before), Some(after));
	match trace.accounts.binary_search_by_key(&address, |account| account.address) {
		Ok(position) => {
			if let Some(account) = trace.accounts.get_mut(position) {
				(account.before, account.after) = (before, after);
			}
		},
		Err(position) => {
			let slots = Vec::new();
			trace.accounts.insert(position, TouchedAccount { address, before, after, slots });
		},
	}
}

/// What is to be recorded now.
pub(crate) fn options() -> TraceOptions {
	session::with(|session| session.options).unwrap_or_default()
}

/// How many traces there are.
pub(crate) fn count() -> usize {
	session::with(|session| session.traces.len()).unwrap_or_default()
}

/// Takes the traces from a position on: those of runs within another.
pub(crate) fn take_from(first: usize) -> Vec<Trace> {
	session::with(|session| session.traces.split_off(first.min(session.traces.len())))
		.unwrap_or_default()
}

/// Keeps what was recorded.
pub(crate) fn keep(trace: Trace) {
	session::with(|session| session.traces.push(trace));
}
