// SPDX-License-Identifier: Apache-2.0
//! What comes of a call.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use unum_address::Address;

/// How an included call ended. `S` is the VM's own status, kept without loss for that VM's RPC.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate<S> {
	/// Done; the changes stay.
	Success,
	/// The program or the rules said no; the changes are undone, unused weight is given back.
	Reverted(S),
	/// Stopped by the VM (out of gas, bad instruction); undone, and what was metered stays used.
	Halted(S),
	/// Not run at all, though it was well-formed: only fees are taken.
	FeesOnly(S),
}

/// An entry of a receipt's log.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Log {
	/// Who logs: an address of the VM that ran.
	pub emitter: Address,
	/// Up to four indexed words.
	pub topics: Vec<H256>,
	/// The rest.
	pub data: Vec<u8>,
}

/// What an engine returns for a call that was included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome<S> {
	/// How it ended.
	pub fate: Fate<S>,
	/// What it returned (return data, revert data).
	pub output: Vec<u8>,
	/// What it logged. Dropped by the dispatcher unless the fate is [`Fate::Success`].
	pub logs: Vec<Log>,
	/// Addresses that it brought to life (contracts, accounts).
	pub created: Vec<Address>,
}

impl<S> Outcome<S> {
	/// A call that ended in `fate` and has nothing else to say.
	pub const fn bare(fate: Fate<S>) -> Self {
		Self { fate, output: Vec::new(), logs: Vec::new(), created: Vec::new() }
	}
}

/// Our bug, or a broken database: never the user's doing. The call is undone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum EngineFault {
	/// The storage could not open a snapshot.
	#[codec(index = 0)]
	LayerLimitReached,
	/// The engine found its own state inconsistent.
	#[codec(index = 1)]
	BrokenState,
}

impl core::fmt::Display for EngineFault {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str(match self {
			Self::LayerLimitReached => "the storage can't open a further snapshot",
			Self::BrokenState => "the engine found its own state inconsistent",
		})
	}
}
