// SPDX-License-Identifier: Apache-2.0
//! Writes blocks and removes them.

use codec::Encode;
use rusqlite::Transaction;
use unum_ethereum_view::{BlockView, IncludedTransaction, LogView, ReceiptView, H256};
use unum_rpc_support::database::{each, execute};

use crate::{
	blocks::{hash, log},
	error::Failure,
	keys::{self, BlockRow, Place},
	IndexError, IndexedBlock,
};

/// Writes blocks as ones of no particular chain. Those that are there already stay as they are.
pub(crate) fn insert_all(to: &Transaction<'_>, blocks: &[IndexedBlock]) -> Result<(), Failure> {
	let mut keys = Keys::default();
	for block in blocks {
		let number = checked(block, block.id.number, "the height")?;
		Insertion { to, block, number, keys: &mut keys }.run()?;
	}
	keys.write(to)
}

/// Removes a block from everywhere but the table of which it is a member.
pub(crate) fn remove(from: &Transaction<'_>, number: i64, row: BlockRow) -> Result<(), Failure> {
	const HASHES: &str = "SELECT place, hash FROM transactions WHERE place BETWEEN ?1 AND ?2";
	each(from, HASHES, row.places(), |found| {
		let (place, key): (i64, _) = (found.get(0)?, keys::of_transaction(&hash(found, 1)?));
		const SQL: &str = "DELETE FROM transaction_keys WHERE key = ?1 AND place = ?2";
		execute(from, SQL, (key, place)).map(|_| true)
	})?;
	const LOGS: &str = "SELECT place, log FROM logs WHERE place BETWEEN ?1 AND ?2";
	each(from, LOGS, row.places(), |found| {
		let (place, log): (i64, _) = (found.get(0)?, log(found, 1)?);
		const SQL: &str = "DELETE FROM log_keys WHERE key = ?1 AND number = ?2 AND place = ?3";
		keys::of_log(&log)
			.try_for_each(|key| execute(from, SQL, (key, number, place)).map(drop))?;
		Ok(true)
	})?;
	execute(from, "DELETE FROM transactions WHERE place BETWEEN ?1 AND ?2", row.places())?;
	execute(from, "DELETE FROM logs WHERE place BETWEEN ?1 AND ?2", row.places())?;
	execute(from, "DELETE FROM views WHERE block = ?1", [row.0])?;
	execute(from, "DELETE FROM blocks WHERE id = ?1", [row.0]).map(drop)
}

/// Entries of the two B-trees by key. Keys are spread all over these, so they are collected and written
/// in order: pages that do not fit into memory are then read and written once.
#[derive(Debug, Default)]
struct Keys {
	transactions: Vec<(i64, i64)>,
	logs: Vec<(i64, i64, i64)>,
}

impl Keys {
	fn write(mut self, to: &Transaction<'_>) -> Result<(), Failure> {
		self.transactions.sort_unstable();
		self.logs.sort_unstable();
		for entry in self.transactions {
			execute(to, "INSERT INTO transaction_keys VALUES (?1, ?2)", entry)?;
		}
		for entry in self.logs {
			execute(to, "INSERT INTO log_keys VALUES (?1, ?2, ?3)", entry)?;
		}
		Ok(())
	}
}

/// A block on its way into the tables.
#[derive(Debug)]
struct Insertion<'a> {
	to: &'a Transaction<'a>,
	block: &'a IndexedBlock,
	number: i64,
	keys: &'a mut Keys,
}

impl Insertion<'_> {
	fn run(&mut self) -> Result<(), Failure> {
		let Some(row) = self.header()? else { return Ok(()) };
		execute(self.to, "INSERT INTO forks VALUES (?1, ?2)", (self.number, row.0))?;
		let view = without_logs(&self.block.view).encode();
		execute(self.to, "INSERT INTO views VALUES (?1, ?2)", (row.0, view))?;
		self.transactions(row)
	}

	/// The new row of the block; none where it has one.
	fn header(&self) -> Result<Option<BlockRow>, Failure> {
		const SQL: &str = "INSERT INTO blocks (number, hash, parent, state_root, extrinsics_root, \
			receipts_root, size, timestamp) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
			ON CONFLICT (hash) DO NOTHING";
		let block = self.block;
		let columns = (
			self.number,
			block.id.hash.0,
			block.parent_hash.0,
			block.state_root.0,
			block.extrinsics_root.0,
			block.receipts_root.0,
			checked(block, block.size, "the size")?,
			checked(block, block.view.timestamp, "the time")?,
		);
		let inserted = execute(self.to, SQL, columns)?;
		Ok((inserted > 0).then(|| BlockRow(self.to.last_insert_rowid())))
	}

	fn transactions(&mut self, row: BlockRow) -> Result<(), Failure> {
		let mut logs_before = 0..;
		for (position, included) in self.block.view.transactions.iter().enumerate() {
			let place = row.place(position).ok_or_else(|| self.too_large("a position"))?;
			self.transaction(place, included.transaction.hash)?;
			for (log, index) in included.receipt.logs.iter().zip(&mut logs_before) {
				let index = row.place(index).ok_or_else(|| self.too_large("the number of logs"))?;
				self.log(index, place, log)?;
			}
		}
		Ok(())
	}

	fn transaction(&mut self, place: Place, hash: H256) -> Result<(), Failure> {
		execute(self.to, "INSERT INTO transactions VALUES (?1, ?2)", (place.0, hash.0))?;
		self.keys.transactions.push((keys::of_transaction(&hash), place.0));
		Ok(())
	}

	fn log(&mut self, place: Place, transaction: Place, log: &LogView) -> Result<(), Failure> {
		let row = (place.0, transaction.0, log.encode());
		execute(self.to, "INSERT INTO logs VALUES (?1, ?2, ?3)", row)?;
		let number = self.number;
		self.keys.logs.extend(keys::of_log(log).map(|key| (key, number, place.0)));
		Ok(())
	}

	fn too_large(&self, what: &'static str) -> Failure {
		IndexError::TooLarge { hash: self.block.id.hash, what }.into()
	}
}

fn checked(block: &IndexedBlock, number: u64, what: &'static str) -> Result<i64, Failure> {
	let too_large = |_| IndexError::TooLarge { hash: block.id.hash, what }.into();
	i64::try_from(number).map_err(too_large)
}

/// Logs have a table of their own.
fn without_logs(view: &BlockView) -> BlockView {
	let without_logs = |included: &IncludedTransaction| IncludedTransaction {
		extrinsic_index: included.extrinsic_index,
		transaction: included.transaction.clone(),
		receipt: ReceiptView { logs: Vec::new(), ..included.receipt },
	};
	let transactions = view.transactions.iter().map(without_logs).collect();
	BlockView { transactions, ..*view }
}
