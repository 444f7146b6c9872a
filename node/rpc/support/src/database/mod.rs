// SPDX-License-Identifier: Apache-2.0
//! An embedded database that the node can always make again from the chain.
//!
//! **Crashes.** Each call that writes is one transaction of the database: after a crash at any moment it
//! is there as a whole, or not at all. The last ones may be missing after a loss of power.
//!
//! **Threads.** One writes at a time, and does not keep others from reading; who reads sees the state
//! before or after a call that writes, and nothing between.

mod connections;
mod error;
mod layout;
mod query;

use std::{
	fs,
	path::{Path, PathBuf},
};

use rusqlite::Transaction;

pub use error::{DatabaseError, Failure};
pub use query::{decimal, each, execute, first};

use connections::Connections;

/// What a database holds.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
	/// What it is for, as messages call it: "Ethereum index".
	pub name: &'static str,
	/// The name of the file. SQLite keeps two more beside it, which end in `-wal` and `-shm`.
	pub file: &'static str,
	/// Whose file it is, in its header (`application_id`).
	pub application: i64,
	/// Version of the layout, in the header (`user_version`). Each change of the tables or of what stands
	/// in them is another version.
	pub version: i64,
	/// SQL that makes the tables.
	pub tables: &'static str,
	/// How a file that was deleted comes back: the rest of a sentence.
	pub remedy: &'static str,
}

/// A database.
#[derive(Debug)]
pub struct Database {
	path: PathBuf,
	schema: &'static Schema,
	connections: Connections,
}

impl Database {
	/// Opens the file in a folder, or makes both. A file that another version wrote with other tables is
	/// emptied, which the log says. The caller fills it again in either case.
	///
	/// # Errors
	/// [`DatabaseError`].
	pub fn open(folder: &Path, schema: &'static Schema) -> Result<Self, DatabaseError> {
		let path = folder.join(schema.file);
		let failed = |error| DatabaseError::inaccessible(folder, schema, &error);
		fs::create_dir_all(folder).map_err(failed)?;
		let opened = Connections::open(&path, schema);
		let connections = opened.map_err(|failure| failure.at(&path, schema))?;
		Ok(Self { path, schema, connections })
	}

	/// A database without a file, which is gone when this is dropped.
	///
	/// # Errors
	/// There is not enough memory.
	pub fn in_memory(schema: &'static Schema) -> Result<Self, DatabaseError> {
		let path = PathBuf::from("(in memory)");
		let opened = Connections::in_memory(&path, schema);
		let connections = opened.map_err(|failure| failure.at(&path, schema))?;
		Ok(Self { path, schema, connections })
	}

	/// Runs what only reads, in one state of the database.
	///
	/// # Errors
	/// [`DatabaseError`], and those of `run`.
	pub fn read<T, E: From<DatabaseError>>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure<E>>,
	) -> Result<T, E> {
		self.connections.read(run).map_err(|failure| failure.at(&self.path, self.schema))
	}

	/// Runs what writes: all of it stays, or nothing where it fails.
	///
	/// # Errors
	/// [`DatabaseError`], and those of `run`.
	pub fn write<T, E: From<DatabaseError>>(
		&self,
		run: impl FnOnce(&Transaction<'_>) -> Result<T, Failure<E>>,
	) -> Result<T, E> {
		self.connections.write(run).map_err(|failure| failure.at(&self.path, self.schema))
	}

	/// Removes everything.
	///
	/// # Errors
	/// [`DatabaseError`].
	pub fn clear(&self) -> Result<(), DatabaseError> {
		self.write(|at| layout::make_anew(at, self.schema))
	}
}
