// SPDX-License-Identifier: Apache-2.0
//! Filters that are polled.
//!
//! A filter of blocks or logs remembers the last block that it has told of, and nothing else: what
//! has changed since is read from the index when it is asked for. So a filter costs the same whatever
//! happens meanwhile, and a block that was retracted is found by walking back from it.

use std::{collections::HashMap, fmt, sync::Arc, time::Instant};

use futures::stream::BoxStream;
use parking_lot::Mutex;
use serde::Serialize;
use unum_ethereum_index::BlockId;
use unum_ethereum_view::TransactionView;

use crate::{
	limits,
	params::LogFilter,
	views::{LogJson, TransactionJson},
	EthError,
};

/// The filters of all callers.
#[derive(Debug, Default)]
pub(crate) struct Filters {
	by_id: Mutex<HashMap<String, Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
	used: Instant,
	filter: Arc<Mutex<Filter>>,
}

/// A filter and how far it has come.
pub(crate) enum Filter {
	/// New blocks.
	Blocks {
		/// The last that was told of.
		last: BlockId,
	},
	/// New logs.
	Logs {
		/// Which.
		filter: LogFilter,
		/// The last block whose logs were told of.
		last: BlockId,
	},
	/// Transactions that become ready in the pool.
	Pending {
		/// Those that were not told of yet.
		stream: BoxStream<'static, TransactionView>,
		/// Whether they are shown with their fields.
		full: bool,
	},
}

impl fmt::Debug for Filter {
	fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
		to.write_str(match self {
			Self::Blocks { .. } => "Blocks",
			Self::Logs { .. } => "Logs",
			Self::Pending { .. } => "Pending",
		})
	}
}

/// What a filter tells of.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum FilterChanges {
	/// Hashes of blocks or transactions.
	Hashes(Vec<alloy_primitives::B256>),
	/// Logs.
	Logs(Vec<LogJson>),
	/// Transactions with their fields.
	Transactions(Vec<TransactionJson>),
}

impl Filters {
	/// Keeps a filter. Returns its name.
	pub(crate) fn add(&self, filter: Filter) -> Result<String, EthError> {
		let id = new_id()?;
		let mut filters = self.by_id.lock();
		filters.retain(|_, entry| entry.used.elapsed() < limits::FILTER_IDLE);
		if filters.len() >= limits::MAX_FILTERS {
			return Err(EthError::Unavailable("too many filters"));
		}
		let entry = Entry { used: Instant::now(), filter: Arc::new(Mutex::new(filter)) };
		filters.insert(id.clone(), entry);
		Ok(id)
	}

	/// The filter of that name, which has been used by that.
	pub(crate) fn get(&self, id: &str) -> Result<Arc<Mutex<Filter>>, EthError> {
		let mut filters = self.by_id.lock();
		filters.retain(|_, entry| entry.used.elapsed() < limits::FILTER_IDLE);
		let entry = filters.get_mut(id).ok_or(EthError::FilterNotFound)?;
		entry.used = Instant::now();
		Ok(entry.filter.clone())
	}

	/// Forgets a filter. Returns whether there was one.
	pub(crate) fn remove(&self, id: &str) -> bool {
		self.by_id.lock().remove(id).is_some()
	}

	/// As if a filter had not been used for that long.
	#[cfg(test)]
	pub(crate) fn age(&self, id: &str, by: std::time::Duration) {
		if let Some(entry) = self.by_id.lock().get_mut(id) {
			entry.used = entry.used.checked_sub(by).unwrap();
		}
	}
}

/// A name that nobody can guess: who has it can take what the filter has to tell.
fn new_id() -> Result<String, EthError> {
	let mut bytes = [0_u8; 16];
	getrandom::fill(&mut bytes).map_err(|error| EthError::Damaged(error.to_string()))?;
	Ok(alloy_primitives::hex::encode_prefixed(bytes))
}
