// SPDX-License-Identifier: Apache-2.0
//! The tables, and which version of them a file has.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Failure, Schema};

/// Makes the tables where they are missing, and anew where they are of another version.
pub(super) fn prepare<E>(
	connection: &mut Connection,
	path: &Path,
	schema: &Schema,
) -> Result<(), Failure<E>> {
	let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
	let Schema { name, application, version, .. } = schema;
	let found_application = header_field(&transaction, "application_id")?;
	let found_version = header_field(&transaction, "user_version")?;
	if found_application == *application && found_version == *version {
		return Ok(transaction.commit()?);
	}
	if found_application == *application {
		log::warn!(
			target: "unum",
			"The {name} {} has layout {found_version} and this node writes layout {version}: it is \
			 emptied, and built again from the chain",
			path.display(),
		);
	} else if !tables(&transaction)?.is_empty() {
		return Err(Failure::Foreign);
	}
	make_anew(&transaction, schema)?;
	Ok(transaction.commit()?)
}

/// Drops all tables and makes them empty.
pub(super) fn make_anew<E>(
	transaction: &Transaction<'_>,
	schema: &Schema,
) -> Result<(), Failure<E>> {
	for table in tables(transaction)? {
		transaction.execute_batch(&format!("DROP TABLE \"{}\"", table.replace('"', "\"\"")))?;
	}
	transaction.execute_batch(schema.tables)?;
	transaction.pragma_update(None, "application_id", schema.application)?;
	Ok(transaction.pragma_update(None, "user_version", schema.version)?)
}

fn header_field<E>(transaction: &Transaction<'_>, name: &str) -> Result<i64, Failure<E>> {
	Ok(transaction.pragma_query_value(None, name, |row| row.get(0))?)
}

fn tables<E>(transaction: &Transaction<'_>) -> Result<Vec<String>, Failure<E>> {
	let mut statement = transaction.prepare(
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
	)?;
	let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
	Ok(names)
}
