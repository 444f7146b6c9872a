// SPDX-License-Identifier: Apache-2.0
//! Logs, and filters that are polled.

use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	filters::{Filter, FilterChanges},
	params::FilterParam,
	views::LogJson,
	EthError, EthereumChain,
};

/// Logs, and filters that are polled. A filter is forgotten after five minutes without a poll.
#[rpc(server, namespace = "eth")]
pub trait FiltersApi {
	/// Logs of a range of blocks, or of one block.
	#[method(name = "getLogs", blocking)]
	fn logs(&self, filter: FilterParam) -> Result<Vec<LogJson>, EthError>;

	/// Keeps a filter of logs. Returns its name.
	#[method(name = "newFilter", blocking)]
	fn new_filter(&self, filter: FilterParam) -> Result<String, EthError>;

	/// Keeps a filter of blocks. Returns its name.
	#[method(name = "newBlockFilter", blocking)]
	fn new_block_filter(&self) -> Result<String, EthError>;

	/// Keeps a filter of transactions that come into the pool, with all their fields if `full`. Returns
	/// its name.
	#[method(name = "newPendingTransactionFilter", blocking)]
	fn new_pending_transaction_filter(&self, full: Option<bool>) -> Result<String, EthError>;

	/// What is new since the filter was last polled; logs of retracted blocks with `removed`.
	#[method(name = "getFilterChanges", blocking)]
	fn filter_changes(&self, id: String) -> Result<FilterChanges, EthError>;

	/// All logs that a filter of logs means.
	#[method(name = "getFilterLogs", blocking)]
	fn filter_logs(&self, id: String) -> Result<Vec<LogJson>, EthError>;

	/// Forgets a filter. Returns whether there was one.
	#[method(name = "uninstallFilter")]
	fn uninstall_filter(&self, id: String) -> Result<bool, EthError>;
}

impl<C: EthereumChain> FiltersApiServer for EthereumRpc<C> {
	fn logs(&self, filter: FilterParam) -> Result<Vec<LogJson>, EthError> {
		self.node.logs(&filter.into_filter()?)
	}

	fn new_filter(&self, filter: FilterParam) -> Result<String, EthError> {
		let filter = filter.into_filter()?;
		self.filters.add(Filter::Logs { filter, last: self.node.best()? })
	}

	fn new_block_filter(&self) -> Result<String, EthError> {
		self.filters.add(Filter::Blocks { last: self.node.best()? })
	}

	fn new_pending_transaction_filter(&self, full: Option<bool>) -> Result<String, EthError> {
		let stream = self.node.chain().pending();
		self.filters.add(Filter::Pending { stream, full: full.unwrap_or_default() })
	}

	fn filter_changes(&self, id: String) -> Result<FilterChanges, EthError> {
		let filter = self.filters.get(&id)?;
		let mut filter = filter.lock();
		let changes = self.node.poll(&mut filter);
		if matches!(changes, Err(EthError::FilterNotFound)) {
			self.filters.remove(&id);
		}
		changes
	}

	fn filter_logs(&self, id: String) -> Result<Vec<LogJson>, EthError> {
		let filter = self.filters.get(&id)?;
		let filter = match &*filter.lock() {
			Filter::Logs { filter, .. } => filter.clone(),
			_ => return Err(EthError::FilterNotFound),
		};
		self.node.logs(&filter)
	}

	fn uninstall_filter(&self, id: String) -> Result<bool, EthError> {
		Ok(self.filters.remove(&id))
	}
}
