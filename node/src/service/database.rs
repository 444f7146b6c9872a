// SPDX-License-Identifier: Apache-2.0
//! Opens the stored chain, and says what is wrong with it where it cannot be opened.

use std::{
	any::Any,
	panic::{self, AssertUnwindSafe, PanicHookInfo},
	path::PathBuf,
	sync::{Arc, Once},
	thread,
};

use sc_service::Configuration;

use super::FullBackend;
use crate::errors::{DatabaseError, NodeError};

/// Opens the database, or makes an empty one.
pub(crate) fn open(config: &Configuration) -> Result<Arc<FullBackend>, NodeError> {
	sc_service::new_db_backend(config.db_config())
		.map_err(|error| explain(path(config), &error.to_string()).into())
}

/// Where the database is.
pub(crate) fn path(config: &Configuration) -> PathBuf {
	config.database.path().map(Into::into).unwrap_or_default()
}

/// Whether a chain is stored.
pub(crate) fn exists(config: &Configuration) -> bool {
	path(config).exists()
}

/// For commands that have nothing to do without a stored chain.
pub(crate) fn must_exist(config: &Configuration) -> Result<(), DatabaseError> {
	if exists(config) {
		return Ok(());
	}
	Err(DatabaseError::Missing { path: path(config) })
}

/// Runs what reads the database for the first time.
///
/// The SDK panics where a stored value cannot be decoded, and calls a block unknown that it has just
/// found to be the newest. At the start of the node both mean a damaged database, and not a bug that
/// someone should report with a backtrace.
pub(crate) fn guard<T>(
	config: &Configuration,
	run: impl FnOnce() -> Result<T, NodeError>,
) -> Result<T, NodeError> {
	explain_panics(config);
	let report: Arc<PanicHook> = panic::take_hook().into();
	let report_of_others = report.clone();
	let this = thread::current().id();
	panic::set_hook(Box::new(move |info| {
		if thread::current().id() != this {
			report_of_others(info);
		}
	}));
	let outcome = panic::catch_unwind(AssertUnwindSafe(run));
	panic::set_hook(Box::new(move |info| report(info)));
	let corrupt = |cause| DatabaseError::Corrupt { path: path(config), cause }.into();
	match outcome {
		Ok(Err(NodeError::Service(error))) if misses_a_block(&error.to_string()) => {
			Err(corrupt(error.to_string()))
		},
		Ok(result) => result,
		Err(payload) => Err(corrupt(panic_message(&*payload))),
	}
}

fn misses_a_block(cause: &str) -> bool {
	cause.contains("not found in the database")
}

type PanicHook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// From now on, a database that fails under the running node ends it with one line.
fn explain_panics(config: &Configuration) {
	static ONCE: Once = Once::new();
	let path = path(config);
	ONCE.call_once(move || {
		let report = panic::take_hook();
		panic::set_hook(Box::new(move |info| {
			let cause = panic_message(info.payload());
			let source = info.location().map(|location| location.file()).unwrap_or_default();
			if is_database_failure(source, &cause) {
				let error = NodeError::from(DatabaseError::Corrupt { path: path.clone(), cause });
				eprintln!("Error: {}", error.one_line());
				std::process::exit(1);
			}
			report(info);
		}));
	});
}

/// Whether a panic comes from the database, or from a caller that did not find there what must be
/// there.
fn is_database_failure(source: &str, cause: &str) -> bool {
	source.contains("/parity-db-") || FAILED_READS.iter().any(|text| cause.contains(text))
}

/// What the panics of the database's callers say.
const FAILED_READS: [&str; 2] = ["Critical database error", "Database missing expected key"];

fn panic_message(payload: &(dyn Any + Send)) -> String {
	payload
		.downcast_ref::<String>()
		.cloned()
		.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
		.unwrap_or_else(|| "a stored value could not be read".into())
}

/// The database's errors reach us as text only.
fn explain(path: PathBuf, cause: &str) -> DatabaseError {
	let says = |what: &str| cause.contains(what);
	if says("Database file is in use") {
		DatabaseError::InUse { path }
	} else if says("Incompatible pruning modes") {
		DatabaseError::OtherPruning { path, cause: cause.into() }
	} else if says("Permission denied") || says("No space left") || says("Read-only file system") {
		DatabaseError::Inaccessible { path, cause: cause.into() }
	} else {
		DatabaseError::Corrupt { path, cause: cause.into() }
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn explained(cause: &str) -> String {
		explain("/data/db".into(), cause).to_string()
	}

	#[test]
	fn causes_that_are_no_damage_are_told_apart() {
		let in_use = "Backend error: Database file is in use. (os error 11)";
		assert!(explained(in_use).contains("in use by another process"));
		let pruning = "State database error: Incompatible pruning modes [stored: ..]";
		assert!(explained(pruning).contains("other pruning options"));
		let denied = "Backend error: IO Error: Permission denied (os error 13)";
		assert!(explained(denied).contains("Check the rights"));
	}

	#[test]
	fn everything_else_is_damage() {
		for cause in ["Backend error: Corruption: bad header", "anything"] {
			let text = explained(cause);
			assert!(text.contains("is damaged") && text.contains(cause), "{text}");
		}
	}

	#[test]
	fn panics_of_the_database_are_told_from_bugs() {
		let parity_db = "/registry/src/index/parity-db-0.4.13/src/file.rs";
		assert!(is_database_failure(parity_db, "range start index 7 out of range"));
		assert!(is_database_failure("", "Trie lookup error: Database missing expected key: 0x36"));
		assert!(is_database_failure("", "Critical database error: Corruption"));
		assert!(!is_database_failure("node/src/rpc.rs", "index out of bounds"));
	}

	#[test]
	fn a_block_that_is_known_and_not_there_is_damage() {
		assert!(misses_a_block(
			"Api called for an unknown Block: Header was not found in the database: 0xb5"
		));
		assert!(!misses_a_block("Execution failed: Runtime panicked"));
	}

	#[test]
	fn messages_of_panics_are_kept() {
		let string: Box<dyn Any + Send> = Box::new("a".to_owned());
		let text: Box<dyn Any + Send> = Box::new("b");
		let other: Box<dyn Any + Send> = Box::new(1);
		assert_eq!(panic_message(&*string), "a");
		assert_eq!(panic_message(&*text), "b");
		assert_eq!(panic_message(&*other), "a stored value could not be read");
	}
}
