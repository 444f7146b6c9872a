// SPDX-License-Identifier: Apache-2.0
//! What stands behind the Ethereum JSON-RPC: the index that follows the chain, and what only the
//! service knows.

use std::{path::PathBuf, sync::Arc};

use sc_service::Configuration;
use unum_ethereum_client::{ChainClient, Follower, NodeStatus};
use unum_ethereum_index::EthereumIndex;
use unum_ethereum_rpc::SyncProgress;
use unum_runtime::opaque::Block;

use super::{
	partial::{FullClient, Parts},
	pool::Pool,
	status::Status,
};
use crate::errors::NodeError;

/// The chain behind the Ethereum JSON-RPC.
pub(crate) type EthereumClient = ChainClient<Block, FullClient, Pool>;

/// The folder of the index, beside the chain's database.
pub(crate) fn index_folder(config: &Configuration) -> PathBuf {
	config.base_path.config_dir(config.chain_spec.id()).join("ethereum")
}

/// Opens the index, and makes what fills it.
pub(crate) fn follower(
	config: &Configuration,
	client: Arc<FullClient>,
) -> Result<Follower<Block, FullClient>, NodeError> {
	let index = EthereumIndex::open(&index_folder(config))?;
	Ok(Follower::new(client, Arc::new(index)))
}

/// Starts what follows the chain and the pool.
pub(crate) fn start(
	config: &Configuration,
	parts: &Parts,
	status: Status,
) -> Result<(Arc<EthereumClient>, Arc<EthereumIndex>), NodeError> {
	let follower = Arc::new(follower(config, parts.client.clone())?);
	let index = follower.index().clone();
	let chain = ChainClient::new(
		parts.client.clone(),
		parts.pool.clone(),
		follower.clone(),
		Box::new(Node { version: version(config), status }),
	);
	let spawner = parts.task_manager.spawn_handle();
	spawner.spawn_blocking("ethereum-index", "rpc", follower.run());
	spawner.spawn("ethereum-pool", "rpc", chain.watch_pool());
	Ok((Arc::new(chain), index))
}

/// Name and version of the node, in the form that Ethereum's nodes have.
fn version(config: &Configuration) -> String {
	let platform = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
	format!("unum/v{}/{platform}/rust", config.impl_version)
}

/// The node, as Ethereum's clients ask for it.
struct Node {
	version: String,
	status: Status,
}

impl NodeStatus for Node {
	fn sync_progress(&self) -> Option<SyncProgress> {
		let progress = self.status.progress()?;
		Some(SyncProgress {
			starting: progress.began_at,
			current: progress.current,
			highest: progress.target,
		})
	}

	fn peer_count(&self) -> u64 {
		self.status.peer_count()
	}

	fn client_version(&self) -> String {
		self.version.clone()
	}
}
