// SPDX-License-Identifier: Apache-2.0
//! What happens to the file.

use std::{fs, path::Path};

use rusqlite::Connection;
use unum_ethereum_index::{EthereumIndex, IndexError, IndexedBlock, LogQuery};
use unum_rpc_support::database::DatabaseError;

use crate::support::{assert_sound, file, hash, line};

/// An index of 40 blocks, closed.
fn written(folder: &Path) -> Vec<IndexedBlock> {
	let index = EthereumIndex::open(folder).unwrap();
	let chain = line(40);
	index.insert_all(&chain).unwrap();
	index.set_best(chain[39].id.hash).unwrap();
	chain
}

fn damage(folder: &Path) -> String {
	match EthereumIndex::open(folder) {
		Ok(_) => panic!("a damaged file was opened"),
		Err(error) => error.to_string(),
	}
}

#[test]
fn what_was_written_is_there_after_a_restart() {
	let folder = tempfile::tempdir().unwrap();
	let deeper = folder.path().join("chains/dev/ethereum");
	let chain = written(&deeper);
	// One file: the write-ahead log is emptied at the end.
	let names = fs::read_dir(&deeper).unwrap().map(|entry| entry.unwrap().path());
	assert_eq!(names.collect::<Vec<_>>(), [file(&deeper)]);
	let index = EthereumIndex::open(&deeper).unwrap();
	assert_eq!(index.best().unwrap(), Some(chain[39].id));
	assert_eq!(index.block(hash(1020)).unwrap().as_ref(), Some(&chain[19]));
	assert_eq!(index.logs(&LogQuery { to: 99, ..LogQuery::default() }, 99).unwrap().len(), 40);
	assert_sound(&deeper);
}

#[test]
fn another_layout_is_emptied_and_can_be_filled_again() {
	for version in [0, 2, 99] {
		let folder = tempfile::tempdir().unwrap();
		let chain = written(folder.path());
		let connection = Connection::open(file(folder.path())).unwrap();
		connection.execute_batch("CREATE TABLE \"an \"\"older\"\" table\" (x)").unwrap();
		connection.pragma_update(None, "user_version", version).unwrap();
		drop(connection);

		let index = EthereumIndex::open(folder.path()).unwrap();
		assert_eq!(index.best().unwrap(), None);
		assert!(!index.contains(chain[3].id.hash).unwrap());
		index.insert_all(&chain).unwrap();
		index.set_best(chain[39].id.hash).unwrap();
		drop(index);
		let again = EthereumIndex::open(folder.path()).unwrap();
		assert_eq!(again.best().unwrap(), Some(chain[39].id));
		assert_sound(folder.path());
	}
}

#[test]
fn the_database_of_another_program_is_left_alone() {
	let folder = tempfile::tempdir().unwrap();
	let connection = Connection::open(file(folder.path())).unwrap();
	connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
	let refused = EthereumIndex::open(folder.path()).unwrap_err();
	assert!(matches!(refused, IndexError::Database(DatabaseError::Foreign { .. })), "{refused}");
	let kept: i64 = connection.query_row("SELECT x FROM t", [], |row| row.get(0)).unwrap();
	assert_eq!(kept, 1);
}

#[test]
fn a_file_that_is_no_database_is_named_and_the_remedy_too() {
	let folder = tempfile::tempdir().unwrap();
	fs::write(file(folder.path()), "not a database at all, but long enough. ".repeat(200)).unwrap();
	let text = damage(folder.path());
	assert!(text.contains(file(folder.path()).to_str().unwrap()), "{text}");
	assert!(text.contains("is damaged") && text.contains("unum eth reindex"), "{text}");
}

#[test]
fn a_broken_header_is_damage() {
	let folder = tempfile::tempdir().unwrap();
	written(folder.path());
	let mut bytes = fs::read(file(folder.path())).unwrap();
	bytes[..16].fill(0x55);
	fs::write(file(folder.path()), bytes).unwrap();
	assert!(damage(folder.path()).contains("is damaged"));
}

/// Damage further back is met by whoever reads it. It is an error, no panic and no wrong answer.
#[test]
fn broken_pages_are_damage_for_who_reads_them() {
	let folder = tempfile::tempdir().unwrap();
	let chain = written(folder.path());
	let sound = fs::read(file(folder.path())).unwrap();
	let mut met = 0;
	for page in 1..sound.len() / 4096 {
		let mut bytes = sound.clone();
		bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
		fs::write(file(folder.path()), bytes).unwrap();
		let index = match EthereumIndex::open(folder.path()) {
			Ok(index) => index,
			Err(IndexError::Database(DatabaseError::Damaged { .. })) => continue,
			Err(other) => panic!("{other}"),
		};
		for block in &chain {
			match index.block(block.id.hash) {
				Ok(found) => assert_eq!(found.as_ref(), Some(block)),
				Err(IndexError::Database(DatabaseError::Damaged { .. })) => met += 1,
				Err(other) => panic!("{other}"),
			}
		}
	}
	assert!(met > 0);
}

/// Stored values of the right type that are not what was stored.
#[test]
fn values_that_cannot_be_are_damage() {
	let cases = [
		"UPDATE views SET view = x'00'",
		"UPDATE logs SET log = x'ff'",
		"UPDATE logs SET transaction_place = transaction_place + 5",
		"UPDATE blocks SET parent = x'0102'",
		"UPDATE blocks SET size = -1",
		"DROP TABLE views",
	];
	for case in cases {
		let folder = tempfile::tempdir().unwrap();
		written(folder.path());
		Connection::open(file(folder.path())).unwrap().execute_batch(case).unwrap();
		let index = EthereumIndex::open(folder.path()).unwrap();
		let refused = index.block(hash(1003)).unwrap_err();
		assert!(
			matches!(refused, IndexError::Database(DatabaseError::Damaged { .. })),
			"{case}: {refused}"
		);
	}
}

#[test]
fn a_folder_that_cannot_be_made_or_opened_is_inaccessible() {
	let folder = tempfile::tempdir().unwrap();
	let blocked = folder.path().join("a-file");
	fs::write(&blocked, "").unwrap();
	let refused = EthereumIndex::open(&blocked.join("below")).unwrap_err();
	assert!(
		matches!(refused, IndexError::Database(DatabaseError::Inaccessible { .. })),
		"{refused}"
	);

	fs::create_dir(file(folder.path())).unwrap();
	let refused = EthereumIndex::open(folder.path()).unwrap_err();
	assert!(
		matches!(refused, IndexError::Database(DatabaseError::Inaccessible { .. })),
		"{refused}"
	);
}

#[test]
fn a_name_that_looks_like_a_uri_is_a_name() {
	let folder = tempfile::tempdir().unwrap();
	let odd = folder.path().join("file:x?mode=memory");
	drop(EthereumIndex::open(&odd).unwrap());
	assert!(file(&odd).is_file());
}
