// SPDX-License-Identifier: Apache-2.0
//! What happens to the file.

use std::{fs, path::Path};

use rusqlite::Connection;
use unum_rpc_support::database::DatabaseError;
use unum_solana_index::{IndexError, IndexedBlock, SolanaIndex};

use crate::support::{assert_sound, file, hash, line, signature};

/// An index of 40 blocks, closed.
fn written(folder: &Path) -> Vec<IndexedBlock> {
	let index = SolanaIndex::open(folder).unwrap();
	let chain = line(40);
	index.insert_all(&chain).unwrap();
	chain
}

#[test]
fn what_was_written_is_there_after_a_restart() {
	let folder = tempfile::tempdir().unwrap();
	let deeper = folder.path().join("chains/dev/solana");
	let chain = written(&deeper);
	// One file: the write-ahead log is emptied at the end.
	let names = fs::read_dir(&deeper).unwrap().map(|entry| entry.unwrap().path());
	assert_eq!(names.collect::<Vec<_>>(), [file(&deeper)]);
	let index = SolanaIndex::open(&deeper).unwrap();
	assert_eq!(index.newest().unwrap(), Some(chain[39].id));
	assert_eq!(index.oldest().unwrap(), Some(chain[0].id));
	assert_eq!(index.block(hash(20)).unwrap().as_ref(), Some(&chain[20]));
	assert_sound(&deeper);
}

#[test]
fn another_layout_is_emptied_and_can_be_filled_again() {
	let folder = tempfile::tempdir().unwrap();
	let chain = written(folder.path());
	let connection = Connection::open(file(folder.path())).unwrap();
	connection.pragma_update(None, "user_version", 99).unwrap();
	drop(connection);
	let index = SolanaIndex::open(folder.path()).unwrap();
	assert_eq!(index.newest().unwrap(), None);
	index.insert_all(&chain).unwrap();
	assert!(index.contains(chain[39].id.hash).unwrap());
	index.clear().unwrap();
	assert_eq!(index.oldest().unwrap(), None);
	index.insert_all(&chain).unwrap();
	assert_sound(folder.path());
}

#[test]
fn the_database_of_another_program_is_left_alone() {
	let folder = tempfile::tempdir().unwrap();
	let connection = Connection::open(file(folder.path())).unwrap();
	connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
	let refused = SolanaIndex::open(folder.path()).unwrap_err();
	assert!(matches!(refused, IndexError::Database(DatabaseError::Foreign { .. })), "{refused}");
}

#[test]
fn a_file_that_is_no_database_is_named_and_the_remedy_too() {
	let folder = tempfile::tempdir().unwrap();
	fs::write(file(folder.path()), "not a database at all, but long enough. ".repeat(200)).unwrap();
	let text = SolanaIndex::open(folder.path()).unwrap_err().to_string();
	assert!(text.contains(file(folder.path()).to_str().unwrap()), "{text}");
	assert!(text.contains("is damaged") && text.contains("builds it again"), "{text}");
}

/// Stored values of the right type that are not what was stored.
#[test]
fn values_that_cannot_be_are_damage() {
	let cases = [
		"UPDATE transactions SET included = x'00'",
		"UPDATE blocks SET parent = x'0102'",
		"UPDATE blocks SET slot = -1",
		"DROP TABLE transactions",
	];
	for case in cases {
		let folder = tempfile::tempdir().unwrap();
		written(folder.path());
		Connection::open(file(folder.path())).unwrap().execute_batch(case).unwrap();
		let index = SolanaIndex::open(folder.path()).unwrap();
		let refused = index.block(hash(3)).unwrap_err();
		assert!(
			matches!(refused, IndexError::Database(DatabaseError::Damaged { .. })),
			"{case}: {refused}"
		);
		assert!(index.transaction(&signature(6), &|_| true).is_err(), "{case}");
	}
}
