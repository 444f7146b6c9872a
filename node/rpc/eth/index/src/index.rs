// SPDX-License-Identifier: Apache-2.0
//! The index as the node uses it.

use std::{path::Path, slice};

use rusqlite::Transaction;
use unum_ethereum_view::{H160, H256};
use unum_rpc_support::database::{Database, Schema};

use crate::{
	blocks, canonical, error::Failure, insert, matches, search, BlockId, ChainChange, FoundLog,
	IndexError, IndexedBlock, LogQuery, TransactionPlace,
};

pub(crate) const SCHEMA: Schema = Schema {
	name: "Ethereum index",
	file: "ethereum-index.sqlite",
	// "UnEt".
	application: 0x556e_4574,
	// Each change of `layout.sql`, of `keys.rs` or of the encoding of the views is another version.
	version: 1,
	tables: include_str!("layout.sql"),
	remedy: "`unum eth reindex` builds it again from the chain",
};

/// The node's index of blocks, transactions and logs.
///
/// All methods can be called from many threads. One writes at a time, and does not keep others from
/// reading; who reads sees the state before or after a call that writes, and nothing between.
///
/// # Errors
/// Every method can fail with [`IndexError::Database`], which is about the file. Other errors are named
/// where they occur.
#[derive(Debug)]
pub struct EthereumIndex {
	database: Database,
}

impl EthereumIndex {
	/// Opens the file `ethereum-index.sqlite` in a folder, or makes both.
	///
	/// A file that another version of this crate wrote with other tables is emptied, which the log
	/// says. The caller fills it again in either case.
	///
	/// # Errors
	/// The file; that it is the database of another program, too.
	pub fn open(folder: &Path) -> Result<Self, IndexError> {
		Ok(Self { database: Database::open(folder, &SCHEMA)? })
	}

	/// An index without a file, for tests and for nodes that keep nothing.
	///
	/// # Errors
	/// There is not enough memory.
	pub fn in_memory() -> Result<Self, IndexError> {
		Ok(Self { database: Database::in_memory(&SCHEMA)? })
	}

	/// Stores a block of any fork. One that is there already stays as it is.
	///
	/// It becomes canonical by [`EthereumIndex::set_best`] only, and needs no ancestors until then.
	///
	/// # Errors
	/// [`IndexError::TooLarge`]: a number of the block does not fit. Nothing is stored then.
	pub fn insert(&self, block: &IndexedBlock) -> Result<(), IndexError> {
		self.insert_all(slice::from_ref(block))
	}

	/// Stores many blocks, or none of them where one fails. This is much faster than one by one.
	///
	/// # Errors
	/// Those of [`EthereumIndex::insert`].
	pub fn insert_all(&self, blocks: &[IndexedBlock]) -> Result<(), IndexError> {
		self.write(|at| insert::insert_all(at, blocks))
	}

	/// Whether a block is stored, of any fork.
	///
	/// # Errors
	/// The file.
	pub fn contains(&self, hash: H256) -> Result<bool, IndexError> {
		Ok(self.block_id(hash)?.is_some())
	}

	/// Makes a block the best one. It and its ancestors are canonical from now on, and no other.
	///
	/// Its ancestors have to be there, back to a canonical one, to genesis, or to where history starts:
	/// the oldest canonical block's height, or anywhere if no block is canonical yet. Blocks that were
	/// inserted below the oldest canonical block and lead up to it become canonical, too. They are not
	/// reported, for they are not new.
	///
	/// # Errors
	/// [`IndexError::UnknownBlock`], [`IndexError::MissingAncestor`]: it or an ancestor was not
	/// inserted. [`IndexError::WrongHeight`]: one of them was inserted with a height that does not
	/// follow its parent's. Nothing has changed then.
	pub fn set_best(&self, hash: H256) -> Result<ChainChange, IndexError> {
		self.write(|at| canonical::set_best(at, hash))
	}

	/// The best block: the newest canonical one.
	///
	/// # Errors
	/// The file.
	pub fn best(&self) -> Result<Option<BlockId>, IndexError> {
		self.read(|at| Ok(blocks::best(at)?.map(|block| block.id)))
	}

	/// The oldest canonical block.
	///
	/// # Errors
	/// The file.
	pub fn oldest(&self) -> Result<Option<BlockId>, IndexError> {
		self.read(|at| Ok(blocks::oldest(at)?.map(|block| block.id)))
	}

	/// Height and hash of a block of any fork, without reading the block itself.
	///
	/// # Errors
	/// The file.
	pub fn block_id(&self, hash: H256) -> Result<Option<BlockId>, IndexError> {
		self.read(|at| Ok(blocks::entry(at, hash)?.map(|block| block.id)))
	}

	/// A block of any fork.
	///
	/// # Errors
	/// The file.
	pub fn block(&self, hash: H256) -> Result<Option<IndexedBlock>, IndexError> {
		self.read(|at| blocks::block(at, hash))
	}

	/// The hash of the canonical block of a height.
	///
	/// # Errors
	/// The file.
	pub fn canonical_hash(&self, number: u64) -> Result<Option<H256>, IndexError> {
		self.read(|at| Ok(blocks::canonical(at, number)?.map(|block| block.id.hash)))
	}

	/// Whether a block is canonical.
	///
	/// # Errors
	/// The file.
	pub fn is_canonical(&self, hash: H256) -> Result<bool, IndexError> {
		self.read(|at| {
			let Some(block) = blocks::entry(at, hash)? else { return Ok(false) };
			canonical::is_canonical(at, &block)
		})
	}

	/// Where a transaction is on the canonical chain. If it was included more than once, as extrinsics
	/// can be, this is the first time.
	///
	/// # Errors
	/// The file.
	pub fn transaction(&self, hash: H256) -> Result<Option<TransactionPlace>, IndexError> {
		self.read(|at| blocks::transaction(at, hash))
	}

	/// The logs of canonical blocks that match a query, by height and position.
	///
	/// # Errors
	/// [`IndexError::TooManyLogs`]: more than `at_most` match.
	pub fn logs(&self, query: &LogQuery, at_most: usize) -> Result<Vec<FoundLog>, IndexError> {
		self.read(|at| search::logs(at, query, at_most))
	}

	/// The logs of one block of any fork that [match](matches()), in order. A block that is not stored
	/// has none ([`EthereumIndex::contains`] tells).
	///
	/// # Errors
	/// The file.
	pub fn logs_of(
		&self,
		block: H256,
		addresses: &[H160],
		topics: &[Vec<H256>],
	) -> Result<Vec<FoundLog>, IndexError> {
		self.read(|at| search::logs_of(at, block, |log| matches(log, addresses, topics)))
	}

	/// Removes the blocks lower than a height that stand beside a canonical block, and says how many.
	///
	/// Blocks above the best and below the oldest canonical one stay: nothing is known to be in their
	/// place.
	///
	/// # Errors
	/// The file.
	pub fn forget_forks_below(&self, number: u64) -> Result<u64, IndexError> {
		self.write(|at| canonical::forget_forks_below(at, number))
	}

	/// Removes everything.
	///
	/// # Errors
	/// The file.
	pub fn clear(&self) -> Result<(), IndexError> {
		Ok(self.database.clear()?)
	}

	fn read<T>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
	) -> Result<T, IndexError> {
		self.database.read(run)
	}

	fn write<T>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
	) -> Result<T, IndexError> {
		self.database.write(run)
	}
}
