// SPDX-License-Identifier: Apache-2.0
//! The tables, and which version of them a file has.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::Failure;

/// Version of the layout, in the header of the file (`user_version`). Each change of `layout.sql`, of
/// `keys.rs` or of the encoding of the views is another version.
const VERSION: i64 = 1;

/// Whose file it is, in its header (`application_id`): "UnEt".
const APPLICATION: i64 = 0x556e_4574;

const TABLES: &str = include_str!("layout.sql");

/// Makes the tables where they are missing, and anew where they are of another version.
pub(crate) fn prepare(connection: &mut Connection, path: &Path) -> Result<(), Failure> {
	let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
	let application = header_field(&transaction, "application_id")?;
	let version = header_field(&transaction, "user_version")?;
	if application == APPLICATION && version == VERSION {
		return Ok(transaction.commit()?);
	}
	if application == APPLICATION {
		log::warn!(
			target: "unum",
			"The Ethereum index {} has layout {version} and this node writes layout {VERSION}: it is \
			 emptied, and built again from the chain",
			path.display(),
		);
	} else if !tables(&transaction)?.is_empty() {
		return Err(Failure::Foreign);
	}
	make_anew(&transaction)?;
	Ok(transaction.commit()?)
}

/// Drops all tables and makes them empty.
pub(crate) fn make_anew(transaction: &Transaction<'_>) -> Result<(), Failure> {
	for table in tables(transaction)? {
		transaction.execute_batch(&format!("DROP TABLE \"{}\"", table.replace('"', "\"\"")))?;
	}
	transaction.execute_batch(TABLES)?;
	transaction.pragma_update(None, "application_id", APPLICATION)?;
	Ok(transaction.pragma_update(None, "user_version", VERSION)?)
}

fn header_field(transaction: &Transaction<'_>, name: &str) -> Result<i64, Failure> {
	Ok(transaction.pragma_query_value(None, name, |row| row.get(0))?)
}

fn tables(transaction: &Transaction<'_>) -> Result<Vec<String>, Failure> {
	let mut statement = transaction.prepare(
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
	)?;
	let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
	Ok(names)
}
