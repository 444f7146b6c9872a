// SPDX-License-Identifier: Apache-2.0
//! What can go wrong: each error says what happened and what to do.

use std::{
	io,
	path::{Path, PathBuf},
};

use rusqlite::ErrorCode;
use unum_ethereum_view::H256;

/// The index can't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
	/// The file is no database, or what it holds contradicts itself.
	#[error(
		"the Ethereum index {path} is damaged: {cause}. Delete this file, and those of its name that \
		 end in -wal and -shm: `unum eth reindex` builds it again from the chain"
	)]
	Damaged {
		/// The file.
		path: PathBuf,
		/// What was found.
		cause: String,
	},

	/// The file is a database, but not this one.
	#[error("{path} is the database of another program. Move it elsewhere, and start again")]
	Foreign {
		/// The file.
		path: PathBuf,
	},

	/// The operating system does not let us read or write the file.
	#[error(
		"the Ethereum index {path} cannot be read or written: {cause}. Check the rights of the file \
		 and of its folder, and the space on the disk"
	)]
	Inaccessible {
		/// The file.
		path: PathBuf,
		/// What the operating system says.
		cause: String,
	},

	/// Another process writes, and has not come to an end in time.
	#[error(
		"the Ethereum index {path} is in use by another process. Stop the other node, or wait until \
		 it is done"
	)]
	InUse {
		/// The file.
		path: PathBuf,
	},

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

	/// For failures of the file system outside the database.
	pub(crate) fn inaccessible(path: &Path, cause: &io::Error) -> Self {
		Self::Inaccessible { path: path.into(), cause: cause.to_string() }
	}
}

/// A failure inside, which does not know the path of the file yet.
#[derive(Debug)]
pub(crate) enum Failure {
	/// The database says so.
	Sqlite(rusqlite::Error),
	/// A stored value is not what was stored.
	BadValue(&'static str),
	/// The file belongs to another program.
	Foreign,
	/// All is said.
	Final(IndexError),
}

impl From<rusqlite::Error> for Failure {
	fn from(error: rusqlite::Error) -> Self {
		Self::Sqlite(error)
	}
}

impl From<IndexError> for Failure {
	fn from(error: IndexError) -> Self {
		Self::Final(error)
	}
}

impl Failure {
	/// Names the file.
	pub(crate) fn at(self, path: &Path) -> IndexError {
		let path = path.into();
		match self {
			Self::Final(error) => error,
			Self::Foreign => IndexError::Foreign { path },
			Self::BadValue(what) => IndexError::Damaged { path, cause: what.into() },
			Self::Sqlite(error) => explain(path, &error),
		}
	}
}

/// Whatever the database can't do and the operating system is not to blame for means that the file is
/// not as this crate has left it.
fn explain(path: PathBuf, error: &rusqlite::Error) -> IndexError {
	let cause = error.to_string();
	match error.sqlite_error_code() {
		Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => IndexError::InUse { path },
		Some(
			ErrorCode::CannotOpen
			| ErrorCode::PermissionDenied
			| ErrorCode::ReadOnly
			| ErrorCode::DiskFull
			| ErrorCode::SystemIoFailure
			| ErrorCode::OutOfMemory
			| ErrorCode::FileLockingProtocolFailed
			| ErrorCode::NoLargeFileSupport,
		) => IndexError::Inaccessible { path, cause },
		_ => IndexError::Damaged { path, cause },
	}
}

#[cfg(test)]
mod tests {
	use rusqlite::ffi;

	use super::*;

	fn explained(code: i32) -> IndexError {
		let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
		Failure::from(error).at(Path::new("/data/ethereum-index.sqlite"))
	}

	#[test]
	fn causes_that_are_no_damage_are_told_apart() {
		for code in [ffi::SQLITE_BUSY, ffi::SQLITE_LOCKED] {
			assert!(matches!(explained(code), IndexError::InUse { .. }));
		}
		for code in
			[ffi::SQLITE_FULL, ffi::SQLITE_IOERR, ffi::SQLITE_READONLY, ffi::SQLITE_CANTOPEN]
		{
			assert!(matches!(explained(code), IndexError::Inaccessible { .. }));
		}
		for code in
			[ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_CONSTRAINT, ffi::SQLITE_ERROR]
		{
			assert!(matches!(explained(code), IndexError::Damaged { .. }));
		}
	}

	#[test]
	fn messages_name_the_file_and_stay_on_one_line() {
		for code in [ffi::SQLITE_BUSY, ffi::SQLITE_FULL, ffi::SQLITE_CORRUPT] {
			let text = explained(code).to_string();
			assert!(text.contains("/data/ethereum-index.sqlite") && !text.contains('\n'), "{text}");
		}
	}
}
