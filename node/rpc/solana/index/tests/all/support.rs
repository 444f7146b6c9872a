// SPDX-License-Identifier: Apache-2.0
//! Blocks that are easy to tell apart.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use unum_address::SvmAddress;
use unum_solana_index::{BlockId, IndexedBlock};
use unum_solana_view::{BlockView, IncludedTransaction, TransactionMeta, TransactionOrigin};

pub(crate) fn file(folder: &Path) -> PathBuf {
	folder.join("solana-index.sqlite")
}

pub(crate) fn hash(number: u64) -> [u8; 32] {
	let mut hash = [0xb1; 32];
	hash[..8].copy_from_slice(&number.to_be_bytes());
	hash
}

pub(crate) fn signature(number: u64) -> [u8; 64] {
	let mut signature = [0x51; 64];
	signature[..8].copy_from_slice(&number.to_be_bytes());
	signature
}

pub(crate) fn address(number: u64) -> SvmAddress {
	let mut address = [0xac; 32];
	address[..8].copy_from_slice(&number.to_be_bytes());
	address.into()
}

pub(crate) fn transaction(number: u64, accounts: &[u64]) -> IncludedTransaction {
	IncludedTransaction {
		extrinsic_index: 1,
		signature: signature(number),
		origin: TransactionOrigin::Solana,
		bytes: vec![7; 20],
		meta: TransactionMeta { fee: number, ..TransactionMeta::default() },
		accounts: accounts.iter().map(|account| address(*account)).collect(),
	}
}

/// The block `number` at a slot, after `parent`.
pub(crate) fn block(
	number: u64,
	parent: u64,
	slot: u64,
	transactions: Vec<IncludedTransaction>,
) -> IndexedBlock {
	let timestamp = 1_700_000_000 + i64::try_from(slot).unwrap_or_default();
	let id = BlockId { slot, hash: hash(number) };
	let view = BlockView { slot, timestamp, transactions };
	IndexedBlock { id, parent: hash(parent), view }
}

/// A chain from genesis on: the block of slot n has the number n and two transactions, 2n and 2n + 1.
pub(crate) fn line(length: u64) -> Vec<IndexedBlock> {
	let one = |slot: u64| {
		let transactions =
			vec![transaction(2 * slot, &[slot % 3, 9]), transaction(2 * slot + 1, &[slot])];
		block(slot, slot.wrapping_sub(1), slot, transactions)
	};
	(0..length).map(one).collect()
}

/// The tables agree with each other.
pub(crate) fn assert_sound(folder: &Path) {
	let connection = Connection::open(file(folder)).unwrap();
	let said: String =
		connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
	assert_eq!(said, "ok");
	for orphans in [
		"SELECT COUNT(*) FROM transactions t WHERE NOT EXISTS \
		 (SELECT 1 FROM blocks b WHERE b.id = t.place >> 24)",
		"SELECT COUNT(*) FROM signature_keys k WHERE NOT EXISTS \
		 (SELECT 1 FROM transactions t WHERE t.place = k.place)",
		"SELECT COUNT(*) FROM transactions t WHERE NOT EXISTS \
		 (SELECT 1 FROM signature_keys k WHERE t.place = k.place)",
		"SELECT COUNT(*) FROM address_keys k WHERE NOT EXISTS (SELECT 1 FROM transactions t \
		 JOIN blocks b ON b.id = t.place >> 24 WHERE t.place = k.place AND b.slot = k.slot)",
		"SELECT COUNT(*) FROM blocks b WHERE b.transactions != \
		 (SELECT COUNT(*) FROM transactions t WHERE t.place >> 24 = b.id)",
	] {
		let count: i64 = connection.query_row(orphans, [], |row| row.get(0)).unwrap();
		assert_eq!(count, 0, "{orphans}");
	}
}
