// SPDX-License-Identifier: Apache-2.0
//! Single statements.

use rusqlite::{Params, Row, Transaction};

use super::Failure;

/// Runs one statement and says how many rows it changed.
///
/// # Errors
/// SQLite's.
pub fn execute<E>(
	at: &Transaction<'_>,
	sql: &str,
	params: impl Params,
) -> Result<usize, Failure<E>> {
	Ok(at.prepare_cached(sql)?.execute(params)?)
}

/// The first row of an answer.
///
/// # Errors
/// SQLite's, and those of `read`.
pub fn first<T, E>(
	at: &Transaction<'_>,
	sql: &str,
	params: impl Params,
	read: impl FnOnce(&Row<'_>) -> Result<T, Failure<E>>,
) -> Result<Option<T>, Failure<E>> {
	at.prepare_cached(sql)?.query(params)?.next()?.map(read).transpose()
}

/// Takes the rows of an answer one by one, as long as `take` gives true.
///
/// # Errors
/// SQLite's, and those of `take`.
pub fn each<E>(
	at: &Transaction<'_>,
	sql: &str,
	params: impl Params,
	mut take: impl FnMut(&Row<'_>) -> Result<bool, Failure<E>>,
) -> Result<(), Failure<E>> {
	let mut statement = at.prepare_cached(sql)?;
	let mut rows = statement.query(params)?;
	while let Some(row) = rows.next()? {
		if !take(row)? {
			break;
		}
	}
	Ok(())
}

/// A column with a number that is never negative.
///
/// # Errors
/// It is.
pub fn decimal<E>(row: &Row<'_>, column: usize) -> Result<u64, Failure<E>> {
	let stored: i64 = row.get(column)?;
	u64::try_from(stored).map_err(|_| Failure::BadValue("a number is negative"))
}
