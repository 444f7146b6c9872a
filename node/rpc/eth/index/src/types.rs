// SPDX-License-Identifier: Apache-2.0
//! What goes into the index and what comes out.

use unum_ethereum_view::{BlockView, LogView, H160, H256};

/// A block's height and hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BlockId {
	/// Its height.
	pub number: u64,
	/// The hash of its header.
	pub hash: H256,
}

/// A block as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexedBlock {
	/// Height and hash.
	pub id: BlockId,
	/// The hash of the block before.
	pub parent_hash: H256,
	/// The root of the state after it, from its header.
	pub state_root: H256,
	/// The root of its extrinsics, from its header.
	pub extrinsics_root: H256,
	/// The root of its receipts.
	pub receipts_root: H256,
	/// How many bytes the encoded block has.
	pub size: u64,
	/// What its header does not say, and its transactions.
	pub view: BlockView,
}

/// Where a transaction is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TransactionPlace {
	/// The block that includes it.
	pub block: BlockId,
	/// Its position among the transactions of the block's view.
	pub position: u32,
}

/// What became of the canonical chain.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ChainChange {
	/// Blocks that are no longer canonical, newest first.
	pub retracted: Vec<BlockId>,
	/// Blocks that are canonical now, oldest first.
	pub enacted: Vec<BlockId>,
}

/// Which logs are wanted.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LogQuery {
	/// The lowest height.
	pub from: u64,
	/// The greatest height, itself included. It may be beyond the best block.
	pub to: u64,
	/// One of these contracts or tokens; any, if empty.
	pub addresses: Vec<H160>,
	/// For each position one of these topics; any, if empty. A log has at least as many topics as
	/// there are positions here.
	pub topics: Vec<Vec<H256>>,
}

/// A log and where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundLog {
	/// The block that includes it.
	pub block: BlockId,
	/// When that block was made, in seconds since the Unix epoch.
	pub timestamp: u64,
	/// The transaction that logged it.
	pub transaction_hash: H256,
	/// That transaction's position among the transactions of the block's view.
	pub transaction_position: u32,
	/// How many logs the block has before it.
	pub log_index: u32,
	/// The log.
	pub log: LogView,
}
