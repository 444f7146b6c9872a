// SPDX-License-Identifier: Apache-2.0
//! The methods, one file for each family.

mod blocks;
mod calls;
mod chain;
mod debug;
mod fees;
mod filters;
mod network;
mod refused;
mod state;
mod subscriptions;
mod trace;
mod transactions;
mod txpool;

use std::{fmt, sync::Arc};

use jsonrpsee::{server::RegisterMethodError, RpcModule};
use unum_ethereum_index::EthereumIndex;

use crate::{filters::Filters, lookup::Node, EthereumChain};

pub use blocks::BlocksApiServer;
pub use calls::CallsApiServer;
pub use chain::{ChainApiServer, SyncingJson};
pub use debug::DebugApiServer;
pub use fees::FeesApiServer;
pub use filters::FiltersApiServer;
pub use network::{NetApiServer, Web3ApiServer};
pub use refused::RefusedApiServer;
pub use state::StateApiServer;
pub use subscriptions::SubscriptionsApiServer;
pub use trace::TraceApiServer;
pub use transactions::TransactionsApiServer;
pub use txpool::TxpoolApiServer;

/// Answers all methods of this crate.
pub struct EthereumRpc<C> {
	node: Node<C>,
	filters: Arc<Filters>,
}

impl<C> Clone for EthereumRpc<C> {
	fn clone(&self) -> Self {
		Self { node: self.node.clone(), filters: self.filters.clone() }
	}
}

impl<C> fmt::Debug for EthereumRpc<C> {
	fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
		to.debug_struct("EthereumRpc").finish_non_exhaustive()
	}
}

impl<C: EthereumChain> EthereumRpc<C> {
	/// Answers from a chain and its index.
	pub fn new(chain: Arc<C>, index: Arc<EthereumIndex>) -> Self {
		Self { node: Node::new(chain, index), filters: Arc::default() }
	}
}

/// All methods of this crate, to be merged with others. Subscriptions need a transport that has them
/// (WebSocket).
///
/// # Errors
/// None in practice: no name is registered twice.
pub fn module<C: EthereumChain>(
	chain: Arc<C>,
	index: Arc<EthereumIndex>,
) -> Result<RpcModule<()>, RegisterMethodError> {
	let rpc = EthereumRpc::new(chain, index);
	let mut module = RpcModule::new(());
	module.merge(ChainApiServer::into_rpc(rpc.clone()))?;
	module.merge(StateApiServer::into_rpc(rpc.clone()))?;
	module.merge(FeesApiServer::into_rpc(rpc.clone()))?;
	module.merge(BlocksApiServer::into_rpc(rpc.clone()))?;
	module.merge(TransactionsApiServer::into_rpc(rpc.clone()))?;
	module.merge(CallsApiServer::into_rpc(rpc.clone()))?;
	module.merge(FiltersApiServer::into_rpc(rpc.clone()))?;
	module.merge(SubscriptionsApiServer::into_rpc(rpc.clone()))?;
	module.merge(RefusedApiServer::into_rpc(rpc.clone()))?;
	module.merge(TxpoolApiServer::into_rpc(rpc.clone()))?;
	module.merge(NetApiServer::into_rpc(rpc.clone()))?;
	module.merge(Web3ApiServer::into_rpc(rpc.clone()))?;
	module.merge(DebugApiServer::into_rpc(rpc.clone()))?;
	module.merge(TraceApiServer::into_rpc(rpc))?;
	Ok(module)
}
