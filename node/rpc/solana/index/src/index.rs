// SPDX-License-Identifier: Apache-2.0
//! The index as the node uses it.

use std::{ops::Range, path::Path};

use unum_rpc_support::database::{Database, Schema};

use crate::{
	insert, read, BlockHead, BlockId, Canonical, FoundTransaction, HistoryQuery, IndexError,
	IndexedBlock,
};

const SCHEMA: Schema = Schema {
	name: "Solana index",
	file: "solana-index.sqlite",
	// "UnSo".
	application: 0x556e_536f,
	version: 1,
	tables: include_str!("layout.sql"),
	remedy: "the node builds it again from the chain when it starts",
};

/// The node's index of blocks and transactions as Solana's clients see them.
///
/// All methods can be called from many threads.
///
/// # Errors
/// Every method can fail with [`IndexError::Database`]. Other errors are named where they occur.
#[derive(Debug)]
pub struct SolanaIndex {
	database: Database,
}

impl SolanaIndex {
	/// Opens the file `solana-index.sqlite` in a folder, or makes both. A file that another version of
	/// this crate wrote with other tables is emptied; the caller fills it again.
	///
	/// # Errors
	/// The file.
	pub fn open(folder: &Path) -> Result<Self, IndexError> {
		Ok(Self { database: Database::open(folder, &SCHEMA)? })
	}

	/// An index without a file, for tests.
	///
	/// # Errors
	/// There is not enough memory.
	pub fn in_memory() -> Result<Self, IndexError> {
		Ok(Self { database: Database::in_memory(&SCHEMA)? })
	}

	/// Stores blocks of any forks, or none of them where one fails. One that is there already stays as it
	/// is. Parents come before their children.
	///
	/// # Errors
	/// [`IndexError::TooLarge`].
	pub fn insert_all(&self, blocks: &[IndexedBlock]) -> Result<(), IndexError> {
		self.database.write(|at| insert::insert_all(at, blocks))
	}

	/// Whether a block is stored, of any fork.
	///
	/// # Errors
	/// The file.
	pub fn contains(&self, hash: [u8; 32]) -> Result<bool, IndexError> {
		Ok(self.head(hash)?.is_some())
	}

	/// A block without its transactions, of any fork.
	///
	/// # Errors
	/// The file.
	pub fn head(&self, hash: [u8; 32]) -> Result<Option<BlockHead>, IndexError> {
		self.database.read(|at| read::head_of(at, hash))
	}

	/// The blocks from one slot to another, both included, without their transactions: of all forks, by
	/// slot.
	///
	/// # Errors
	/// The file.
	pub fn heads(&self, from: u64, to: u64) -> Result<Vec<BlockHead>, IndexError> {
		self.database.read(|at| read::heads(at, from, to))
	}

	/// A block of any fork.
	///
	/// # Errors
	/// The file.
	pub fn block(&self, hash: [u8; 32]) -> Result<Option<IndexedBlock>, IndexError> {
		self.database.read(|at| read::block(at, hash))
	}

	/// A block with the highest slot, of any fork.
	///
	/// # Errors
	/// The file.
	pub fn newest(&self) -> Result<Option<BlockId>, IndexError> {
		self.database.read(|at| read::end(at, true))
	}

	/// A block with the lowest slot: where history starts.
	///
	/// # Errors
	/// The file.
	pub fn oldest(&self) -> Result<Option<BlockId>, IndexError> {
		self.database.read(|at| read::end(at, false))
	}

	/// The newest transaction with that first signature on the chain that is meant.
	///
	/// # Errors
	/// The file.
	pub fn transaction(
		&self,
		signature: &[u8; 64],
		is_canonical: &Canonical<'_>,
	) -> Result<Option<FoundTransaction>, IndexError> {
		self.database.read(|at| read::transaction(at, signature, is_canonical))
	}

	/// The transactions of an address on the chain that is meant, newest first.
	///
	/// # Errors
	/// The file.
	pub fn history(
		&self,
		query: &HistoryQuery,
		is_canonical: &Canonical<'_>,
	) -> Result<Vec<FoundTransaction>, IndexError> {
		self.database.read(|at| read::history(at, query, is_canonical))
	}

	/// Removes the blocks of a range of slots that are not canonical, and says how many.
	///
	/// # Errors
	/// The file.
	pub fn forget_forks(
		&self,
		slots: Range<u64>,
		is_canonical: &Canonical<'_>,
	) -> Result<u64, IndexError> {
		self.database.write(|at| insert::forget_forks(at, slots, is_canonical))
	}

	/// Removes everything.
	///
	/// # Errors
	/// The file.
	pub fn clear(&self) -> Result<(), IndexError> {
		Ok(self.database.clear()?)
	}
}
