// SPDX-License-Identifier: Apache-2.0
//! One connection that writes, and some that read meanwhile.

use std::{
	path::Path,
	sync::atomic::{AtomicUsize, Ordering},
	time::Duration,
};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{layout, Failure, Schema};

/// How many can read at the same time.
const READERS: usize = 4;

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than the number of different statements of an index.
const CACHED_STATEMENTS: usize = 64;

/// Memory for pages: in KiB, and negative, as SQLite wants it.
const WRITER_CACHE: i64 = -65_536;
const READER_CACHE: i64 = -16_384;

/// After how many pages the write-ahead log is brought into the file. More than SQLite's own 1,000: a
/// block with many entries changes as many.
const WAL_CHECKPOINT: i64 = 4096;

/// How large the write-ahead log may stay on the disk after it was large, in bytes.
const WAL_LIMIT: i64 = 64 << 20;

/// Connections to one database.
#[derive(Debug)]
pub(super) struct Connections {
	/// None for a database in memory, which has one connection. They are closed before the writer: only
	/// that one can bring what is in the write-ahead log into the file.
	readers: Vec<Mutex<Connection>>,
	writer: Mutex<Connection>,
	/// Who waits for which reader when all are busy.
	turn: AtomicUsize,
}

impl Connections {
	/// Opens a file or makes it.
	pub(super) fn open<E>(path: &Path, schema: &Schema) -> Result<Self, Failure<E>> {
		let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
		let write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
		let mut writer = configured(Connection::open_with_flags(path, flags | write)?)?;
		// The data survives a crash of the node with any of these; and a loss of power as a whole,
		// though perhaps without the last transactions.
		writer.pragma_update(None, "journal_mode", "WAL")?;
		writer.pragma_update(None, "synchronous", "NORMAL")?;
		writer.pragma_update(None, "wal_autocheckpoint", WAL_CHECKPOINT)?;
		writer.pragma_update(None, "journal_size_limit", WAL_LIMIT)?;
		writer.pragma_update(None, "cache_size", WRITER_CACHE)?;
		layout::prepare(&mut writer, path, schema)?;
		let reader = || {
			let read = OpenFlags::SQLITE_OPEN_READ_ONLY;
			let connection = configured(Connection::open_with_flags(path, flags | read)?)?;
			connection.pragma_update(None, "cache_size", READER_CACHE)?;
			Ok(Mutex::new(connection))
		};
		let readers = (0..READERS).map(|_| reader()).collect::<Result<_, Failure<E>>>()?;
		Ok(Self { writer: Mutex::new(writer), readers, turn: AtomicUsize::new(0) })
	}

	/// A database that is gone when this is dropped.
	pub(super) fn in_memory<E>(name: &Path, schema: &Schema) -> Result<Self, Failure<E>> {
		let mut writer = configured(Connection::open_in_memory()?)?;
		layout::prepare(&mut writer, name, schema)?;
		Ok(Self { writer: Mutex::new(writer), readers: Vec::new(), turn: AtomicUsize::new(0) })
	}

	/// Runs what only reads, in one state of the database.
	pub(super) fn read<T, E>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure<E>>,
	) -> Result<T, Failure<E>> {
		run(&self.reader().transaction()?)
	}

	/// Runs what writes: all of it stays, or nothing where it fails.
	pub(super) fn write<T, E>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure<E>>,
	) -> Result<T, Failure<E>> {
		let mut writer = self.writer.lock();
		let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
		let done = run(&transaction)?;
		transaction.commit()?;
		Ok(done)
	}

	fn reader(&self) -> MutexGuard<'_, Connection> {
		let idle = self.readers.iter().find_map(Mutex::try_lock);
		idle.unwrap_or_else(|| {
			let turn = self.turn.fetch_add(1, Ordering::Relaxed).checked_rem(self.readers.len());
			turn.and_then(|turn| self.readers.get(turn)).unwrap_or(&self.writer).lock()
		})
	}
}

fn configured<E>(connection: Connection) -> Result<Connection, Failure<E>> {
	connection.busy_timeout(PATIENCE)?;
	connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
	connection.pragma_update(None, "temp_store", "MEMORY")?;
	Ok(connection)
}
