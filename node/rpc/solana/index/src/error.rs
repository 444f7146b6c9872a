// SPDX-License-Identifier: Apache-2.0
//! What can go wrong.

use unum_rpc_support::database::{self, DatabaseError};

/// The index can't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
	/// The file can't be used.
	#[error(transparent)]
	Database(#[from] DatabaseError),

	/// A block has a number that the database can't hold.
	#[error("{what} of block {} is too large for the Solana index", hex(.hash))]
	TooLarge {
		/// The block.
		hash: [u8; 32],
		/// Which number.
		what: &'static str,
	},
}

/// A failure inside.
pub(crate) type Failure = database::Failure<IndexError>;

fn hex(hash: &[u8; 32]) -> String {
	hash.iter().fold("0x".into(), |text, byte| format!("{text}{byte:02x}"))
}
