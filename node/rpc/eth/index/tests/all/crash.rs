// SPDX-License-Identifier: Apache-2.0
//! Ends in the middle of writing.

use std::{
	env, fs,
	io::{BufRead, BufReader},
	path::Path,
	process::{Command, Stdio},
};

use rusqlite::Connection;
use unum_ethereum_index::{EthereumIndex, IndexedBlock};

use crate::support::{assert_sound, block, file, line, log, transaction};

/// Set where this test runs as the process that is to be killed: the folder of the index.
const VICTIM: &str = "UNUM_TEST_INDEX_TO_KILL";

/// How many blocks are written together.
const BATCH: u64 = 20;

/// Blocks with many logs, so that most of the time goes into writing.
fn batch(number: u64) -> Vec<IndexedBlock> {
	let one = |height: u64| {
		let logs = (0..50).map(|topic| log(height % 7, &[topic, height, 3])).collect();
		block(1001 + height, height, 1000 + height, vec![transaction(height, logs)])
	};
	(number * BATCH..(number + 1) * BATCH).map(one).collect()
}

/// Writes batch after batch, and says when one is done.
fn write_until_killed(folder: &Path) {
	let index = EthereumIndex::open(folder).unwrap();
	for number in 0.. {
		let blocks = batch(number);
		index.insert_all(&blocks).unwrap();
		index.set_best(blocks[blocks.len() - 1].id.hash).unwrap();
		eprintln!("done {number}");
	}
}

/// The batches that are there as a whole are those that were said to be done, and at most one more;
/// nothing is there in part.
#[test]
fn a_process_that_is_killed_leaves_whole_batches() {
	if let Some(folder) = env::var_os(VICTIM) {
		return write_until_killed(folder.as_ref());
	}
	for done in [1, 3, 8, 20] {
		let folder = tempfile::tempdir().unwrap();
		let mut victim = Command::new(env::current_exe().unwrap())
			.args([
				"--exact",
				"--nocapture",
				"crash::a_process_that_is_killed_leaves_whole_batches",
			])
			.env(VICTIM, folder.path())
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.unwrap();
		let mut said = BufReader::new(victim.stderr.take().unwrap()).lines();
		let heard = said.by_ref().take(done).filter(|line| line.is_ok()).count();
		victim.kill().unwrap();
		victim.wait().unwrap();
		// What was said before the end and not heard yet.
		let heard = heard + said.map_while(Result::ok).filter(|l| l.starts_with("done")).count();

		assert_sound(folder.path());
		let index = EthereumIndex::open(folder.path()).unwrap();
		let best = index.best().unwrap().unwrap();
		let batches = (best.number + 1) / BATCH;
		assert_eq!((best.number + 1) % BATCH, 0);
		assert!((heard as u64..=heard as u64 + 1).contains(&batches), "{batches} of {heard}");
		for number in 0..batches + 2 {
			let blocks = batch(number);
			// Of the batch after the last one the blocks may be there, but not the mark of the best.
			let is_there = index.contains(blocks[0].id.hash).unwrap();
			assert!(is_there || number >= batches);
			for block in blocks {
				let stored = index.block(block.id.hash).unwrap();
				assert_eq!(stored, is_there.then_some(block));
			}
		}
		// The next start goes on where this one ended.
		index.insert_all(&batch(batches)).unwrap();
		let next = batch(batches).pop().unwrap();
		assert_eq!(index.set_best(next.id.hash).unwrap().enacted.len() as u64, BATCH);
	}
}

/// The files as they are in the middle of a transaction, copied: the copy is the state before it.
#[test]
fn a_transaction_that_was_not_committed_is_gone() {
	let folder = tempfile::tempdir().unwrap();
	let index = EthereumIndex::open(folder.path()).unwrap();
	let chain = line(30);
	index.insert_all(&chain[..20]).unwrap();
	index.set_best(chain[19].id.hash).unwrap();

	let mut other = Connection::open(file(folder.path())).unwrap();
	// Pages go to the write-ahead log before the end of the transaction.
	other.pragma_update(None, "cache_size", 1).unwrap();
	let transaction = other.transaction().unwrap();
	transaction
		.execute_batch(
			"DELETE FROM canonical; DELETE FROM blocks;
			WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
			INSERT INTO log_keys SELECT i, i, i FROM n",
		)
		.unwrap();
	let copy = tempfile::tempdir().unwrap();
	for entry in fs::read_dir(folder.path()).unwrap() {
		let entry = entry.unwrap();
		// The -shm file is an index of the -wal file in memory, made again after a crash.
		if !entry.path().to_str().unwrap().ends_with("-shm") {
			fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
		}
	}
	drop(transaction);

	let wal = copy.path().join("ethereum-index.sqlite-wal");
	assert!(fs::metadata(wal).unwrap().len() > 100_000);
	let copied = EthereumIndex::open(copy.path()).unwrap();
	assert_eq!(copied.best().unwrap(), Some(chain[19].id));
	assert_eq!(copied.block(chain[7].id.hash).unwrap().as_ref(), Some(&chain[7]));
	assert_sound(copy.path());
}
