// SPDX-License-Identifier: Apache-2.0
//! Blocks for the tests.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use unum_ethereum_index::{BlockId, IndexedBlock};
use unum_ethereum_view::{
	BlockView, IncludedTransaction, LogView, ReceiptView, TransactionBody, TransactionView, H160,
	H256, U256,
};

/// The hash with this number in its last bytes.
pub(crate) fn hash(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

/// A word that has the same FNV-1a as `hash(7)` (found with lattice reduction, in a second).
pub(crate) const COLLIDES_WITH_7: H256 = H256([
	0xa5, 0x4d, 0xca, 0x18, 0x25, 0x30, 0xbb, 0x1d, 0x6d, 0x13, 0x2c, 0xde, 0x03, 0x00, 0x06, 0x00,
	0x03, 0x0e, 0x07, 0x02, 0x02, 0x05, 0x1e, 0x1c, 0x01, 0x00, 0x01, 0x01, 0x7b, 0x07, 0x07, 0x02,
]);

/// The address with this number in its last bytes.
pub(crate) fn address(number: u64) -> H160 {
	H160::from_low_u64_be(number)
}

pub(crate) fn log(from: u64, topics: &[u64]) -> LogView {
	let data = [from.to_be_bytes().as_slice(), &vec![7; topics.len() * 9]].concat();
	LogView { address: address(from), topics: topics.iter().map(|t| hash(*t)).collect(), data }
}

pub(crate) fn transaction(number: u64, logs: Vec<LogView>) -> IncludedTransaction {
	let body = if number.is_multiple_of(2) {
		TransactionBody::Raw(number.to_be_bytes().repeat(9))
	} else {
		let (to, value) = (Some(address(number)), U256::MAX);
		TransactionBody::Extrinsic { to, nonce: u64::MAX, value, input: vec![1, 2], gas: number }
	};
	IncludedTransaction {
		extrinsic_index: u32::try_from(number).unwrap(),
		transaction: TransactionView { hash: hash(number), from: address(number), body },
		receipt: ReceiptView {
			success: !number.is_multiple_of(3),
			gas_used: u64::MAX - number,
			effective_gas_price: u128::MAX,
			contract: number.is_multiple_of(5).then(|| address(number)),
			logs,
		},
	}
}

/// A block of which every field differs.
pub(crate) fn block(
	id: u64,
	number: u64,
	parent: u64,
	transactions: Vec<IncludedTransaction>,
) -> IndexedBlock {
	let root = |kind: u8| H256::repeat_byte(kind) ^ hash(id);
	IndexedBlock {
		id: BlockId { number, hash: hash(id) },
		parent_hash: hash(parent),
		state_root: root(0x10),
		extrinsics_root: root(0x20),
		receipts_root: root(0x30),
		size: id + 1_000_000,
		view: BlockView {
			timestamp: 1_700_000_000 + number * 6,
			beneficiary: address(id),
			prevrandao: root(0x40),
			gas_limit: u64::MAX,
			base_fee: id,
			transactions,
		},
	}
}

/// Blocks `1001..=1000 + length` at heights `0..length`, each with one transaction of its own number
/// and one log of address 1.
pub(crate) fn line(length: u64) -> Vec<IndexedBlock> {
	let one = |number| {
		let transactions = vec![transaction(number, vec![log(1, &[number])])];
		block(1001 + number, number, 1000 + number, transactions)
	};
	(0..length).map(one).collect()
}

/// The file of the index in a folder.
pub(crate) fn file(folder: &Path) -> PathBuf {
	folder.join("ethereum-index.sqlite")
}

/// What must hold between the tables, each as a query that counts what contradicts it.
const CONTRADICTIONS: &[&str] = &[
	"SELECT count(*) FROM blocks b WHERE
		(SELECT count(*) FROM canonical c WHERE c.block = b.id AND c.number = b.number)
		+ (SELECT count(*) FROM forks f WHERE f.block = b.id AND f.number = b.number) != 1",
	"SELECT count(*) FROM canonical WHERE block NOT IN (SELECT id FROM blocks)",
	"SELECT count(*) FROM forks WHERE block NOT IN (SELECT id FROM blocks)",
	"SELECT count(*) FROM views WHERE block NOT IN (SELECT id FROM blocks)",
	"SELECT count(*) FROM blocks WHERE id NOT IN (SELECT block FROM views)",
	"SELECT count(*) FROM transactions WHERE place >> 24 NOT IN (SELECT id FROM blocks)",
	"SELECT count(*) FROM transaction_keys WHERE place NOT IN (SELECT place FROM transactions)",
	"SELECT abs((SELECT count(*) FROM transactions) - (SELECT count(*) FROM transaction_keys))",
	"SELECT count(*) FROM logs WHERE transaction_place NOT IN (SELECT place FROM transactions)",
	"SELECT count(*) FROM logs WHERE place >> 24 != transaction_place >> 24",
	"SELECT count(*) FROM log_keys WHERE place NOT IN (SELECT place FROM logs)",
	"SELECT count(*) FROM logs WHERE place NOT IN (SELECT place FROM log_keys)",
	"SELECT count(*) FROM log_keys k WHERE
		number != (SELECT number FROM blocks WHERE id = k.place >> 24)",
];

/// The tables of a file contradict neither each other nor SQLite's own check.
pub(crate) fn assert_sound(folder: &Path) {
	let connection = Connection::open(file(folder)).unwrap();
	let verdict: String =
		connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
	assert_eq!(verdict, "ok");
	for query in CONTRADICTIONS {
		let found: i64 = connection.query_row(query, [], |row| row.get(0)).unwrap();
		assert_eq!(found, 0, "{query}");
	}
}
