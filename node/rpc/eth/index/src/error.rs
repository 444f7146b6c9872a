// SPDX-License-Identifier: Apache-2.0
//! What can go wrong: each error says what happened and what to do.

use unum_ethereum_view::H256;
use unum_rpc_support::database::{self, DatabaseError};

/// The index can't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
	/// The file can't be used.
	#[error(transparent)]
	Database(#[from] DatabaseError),

	/// A block was to become the best one that was never inserted.
	#[error("block {hash:?} is not in the Ethereum index. Insert it first")]
	UnknownBlock {
		/// The block.
		hash: H256,
	},

	/// A block was to become the best one, and one of its ancestors was never inserted.
	#[error(
		"block {best:?} cannot become the best one in the Ethereum index: its ancestor {missing:?} is \
		 not there. Insert all blocks between the canonical chain and it first"
	)]
	MissingAncestor {
		/// The block that was to become the best one.
		best: H256,
		/// The newest of its ancestors that is not there.
		missing: H256,
	},

	/// A block was inserted with a height that is not its parent's plus one.
	#[error(
		"block {hash:?} is in the Ethereum index with height {number}, and its parent with height \
		 {parent_number}"
	)]
	WrongHeight {
		/// The block.
		hash: H256,
		/// Its height as it was inserted.
		number: u64,
		/// Its parent's height as that was inserted.
		parent_number: u64,
	},

	/// A block has a number that the database can't hold.
	#[error("{what} of block {hash:?} is too large for the Ethereum index")]
	TooLarge {
		/// The block.
		hash: H256,
		/// Which number.
		what: &'static str,
	},

	/// A query matches more logs than the caller takes.
	#[error("the query matches more than {at_most} logs. Ask for fewer blocks at a time")]
	TooManyLogs {
		/// The most that the caller takes.
		at_most: usize,
	},
}

impl IndexError {
	/// Whether the caller of a query can mend it by asking differently.
	pub const fn is_callers(&self) -> bool {
		matches!(self, Self::TooManyLogs { .. })
	}
}

/// A failure inside.
pub(crate) type Failure = database::Failure<IndexError>;

impl From<IndexError> for Failure {
	fn from(error: IndexError) -> Self {
		Self::Final(error)
	}
}
