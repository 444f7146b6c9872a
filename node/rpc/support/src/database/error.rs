// SPDX-License-Identifier: Apache-2.0
//! What can go wrong: each error says what happened and what to do.

use std::{
	io,
	path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

use super::Schema;

/// The database can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
	/// The file is no database, or what it holds contradicts itself.
	#[error(
		"the {name} {path} is damaged: {cause}. Delete this file, and those of its name that end in \
		 -wal and -shm: {remedy}"
	)]
	Damaged {
		/// What the database is for.
		name: &'static str,
		/// The file.
		path: PathBuf,
		/// What was found.
		cause: String,
		/// How it comes back.
		remedy: &'static str,
	},

	/// The file is a database, but not this one.
	#[error("{path} is the database of another program. Move it elsewhere, and start again")]
	Foreign {
		/// The file.
		path: PathBuf,
	},

	/// The operating system does not let us read or write the file.
	#[error(
		"the {name} {path} cannot be read or written: {cause}. Check the rights of the file and of its \
		 folder, and the space on the disk"
	)]
	Inaccessible {
		/// What the database is for.
		name: &'static str,
		/// The file.
		path: PathBuf,
		/// What the operating system says.
		cause: String,
	},

	/// Another process writes, and has not come to an end in time.
	#[error(
		"the {name} {path} is in use by another process. Stop the other node, or wait until it is done"
	)]
	InUse {
		/// What the database is for.
		name: &'static str,
		/// The file.
		path: PathBuf,
	},
}

impl DatabaseError {
	/// For failures of the file system outside the database.
	pub(super) fn inaccessible(path: &Path, schema: &Schema, cause: &io::Error) -> Self {
		Self::Inaccessible { name: schema.name, path: path.into(), cause: cause.to_string() }
	}
}

/// A failure inside, which does not know the path of the file yet.
#[derive(Debug)]
pub enum Failure<E> {
	/// The database says so.
	Sqlite(rusqlite::Error),
	/// A stored value is not what was stored.
	BadValue(&'static str),
	/// The file belongs to another program.
	Foreign,
	/// All is said.
	Final(E),
}

impl<E> From<rusqlite::Error> for Failure<E> {
	fn from(error: rusqlite::Error) -> Self {
		Self::Sqlite(error)
	}
}

impl<E: From<DatabaseError>> Failure<E> {
	/// Names the file.
	pub(super) fn at(self, path: &Path, schema: &Schema) -> E {
		let path = path.into();
		match self {
			Self::Final(error) => error,
			Self::Foreign => DatabaseError::Foreign { path }.into(),
			Self::BadValue(what) => damaged(path, schema, what.into()).into(),
			Self::Sqlite(error) => explain(path, schema, &error).into(),
		}
	}
}

fn damaged(path: PathBuf, schema: &Schema, cause: String) -> DatabaseError {
	DatabaseError::Damaged { name: schema.name, path, cause, remedy: schema.remedy }
}

/// Whatever the database can't do and the operating system is not to blame for means that the file is
/// not as it was left.
fn explain(path: PathBuf, schema: &Schema, error: &rusqlite::Error) -> DatabaseError {
	let (name, cause) = (schema.name, error.to_string());
	match error.sqlite_error_code() {
		Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
			DatabaseError::InUse { name, path }
		},
		Some(
			ErrorCode::CannotOpen
			| ErrorCode::PermissionDenied
			| ErrorCode::ReadOnly
			| ErrorCode::DiskFull
			| ErrorCode::SystemIoFailure
			| ErrorCode::OutOfMemory
			| ErrorCode::FileLockingProtocolFailed
			| ErrorCode::NoLargeFileSupport,
		) => DatabaseError::Inaccessible { name, path, cause },
		_ => damaged(path, schema, cause),
	}
}

#[cfg(test)]
mod tests {
	use rusqlite::ffi;

	use super::*;

	const SCHEMA: Schema = Schema {
		name: "test index",
		file: "test.sqlite",
		application: 1,
		version: 1,
		tables: "",
		remedy: "it is built again",
	};

	fn explained(code: i32) -> DatabaseError {
		let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
		Failure::<DatabaseError>::from(error).at(Path::new("/data/test.sqlite"), &SCHEMA)
	}

	#[test]
	fn causes_that_are_no_damage_are_told_apart() {
		for code in [ffi::SQLITE_BUSY, ffi::SQLITE_LOCKED] {
			assert!(matches!(explained(code), DatabaseError::InUse { .. }));
		}
		for code in
			[ffi::SQLITE_FULL, ffi::SQLITE_IOERR, ffi::SQLITE_READONLY, ffi::SQLITE_CANTOPEN]
		{
			assert!(matches!(explained(code), DatabaseError::Inaccessible { .. }));
		}
		for code in
			[ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_CONSTRAINT, ffi::SQLITE_ERROR]
		{
			assert!(matches!(explained(code), DatabaseError::Damaged { .. }));
		}
	}

	#[test]
	fn messages_name_the_file_and_stay_on_one_line() {
		for code in [ffi::SQLITE_BUSY, ffi::SQLITE_FULL, ffi::SQLITE_CORRUPT] {
			let text = explained(code).to_string();
			assert!(text.contains("/data/test.sqlite") && !text.contains('\n'), "{text}");
		}
	}
}
