// SPDX-License-Identifier: Apache-2.0
//! Ends in the middle of writing.

use std::{
	env,
	io::{BufRead, BufReader},
	path::Path,
	process::{Command, Stdio},
};

use unum_solana_index::{IndexedBlock, SolanaIndex};

use crate::support::{assert_sound, block, transaction};

/// Set where this test runs as the process that is to be killed: the folder of the index.
const VICTIM: &str = "UNUM_TEST_SOLANA_INDEX_TO_KILL";

/// How many blocks are written together.
const BATCH: u64 = 20;

fn batch(number: u64) -> Vec<IndexedBlock> {
	let one = |slot: u64| {
		let transactions =
			(0..30).map(|n| transaction(slot * 30 + n, &[n, n + 1, n + 2, slot % 50]));
		block(slot, slot.wrapping_sub(1), slot, transactions.collect())
	};
	(number * BATCH..(number + 1) * BATCH).map(one).collect()
}

/// Writes batch after batch, and says when one is done.
fn write_until_killed(folder: &Path) {
	let index = SolanaIndex::open(folder).unwrap();
	for number in 0.. {
		index.insert_all(&batch(number)).unwrap();
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
	for done in [1, 3, 12] {
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
		let index = SolanaIndex::open(folder.path()).unwrap();
		let newest = index.newest().unwrap().unwrap();
		assert_eq!((newest.slot + 1) % BATCH, 0);
		let batches = (newest.slot + 1) / BATCH;
		assert!((heard as u64..=heard as u64 + 1).contains(&batches), "{batches} of {heard}");
		for number in 0..batches {
			for block in batch(number) {
				assert_eq!(index.block(block.id.hash).unwrap(), Some(block));
			}
		}
		// The next start goes on where this one ended.
		index.insert_all(&batch(batches)).unwrap();
		assert_eq!(index.newest().unwrap().unwrap().slot, (batches + 1) * BATCH - 1);
	}
}
