// SPDX-License-Identifier: Apache-2.0
//! What goes in and comes out.

use unum_address::SvmAddress;
use unum_solana_view::{BlockView, IncludedTransaction};

/// Which block: its slot and the hash of the chain's own header.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct BlockId {
	/// Its slot, which is its height.
	pub slot: u64,
	/// Its hash.
	pub hash: [u8; 32],
}

/// Tells whether a block is on the chain that is meant.
pub type Canonical<'a> = dyn Fn(&BlockId) -> bool + 'a;

/// A block with all that is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexedBlock {
	/// Which one.
	pub id: BlockId,
	/// The hash of the one before.
	pub parent: [u8; 32],
	/// What is in it.
	pub view: BlockView,
}

/// A block without its transactions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockHead {
	/// Which one.
	pub id: BlockId,
	/// The hash of the one before.
	pub parent: [u8; 32],
	/// When it was made, in seconds since the Unix epoch.
	pub timestamp: i64,
	/// How many transactions it has.
	pub transactions: u64,
}

/// A position on one chain: later slots, and later transactions of a slot, are greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
	/// The slot.
	pub slot: u64,
	/// The position in the block.
	pub position: u32,
}

/// A transaction that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundTransaction {
	/// The block in which it is.
	pub block: BlockHead,
	/// Its position there.
	pub position: u32,
	/// The transaction.
	pub transaction: IncludedTransaction,
}

impl FoundTransaction {
	/// Where it is.
	pub const fn place(&self) -> Place {
		Place { slot: self.block.id.slot, position: self.position }
	}
}

/// Which transactions of an address are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HistoryQuery {
	/// The address.
	pub address: SvmAddress,
	/// The newest slot.
	pub newest: u64,
	/// Only transactions before this one.
	pub before: Option<Place>,
	/// Only transactions after this one.
	pub until: Option<Place>,
	/// At most so many.
	pub limit: usize,
}
