// SPDX-License-Identifier: Apache-2.0
//! What stands behind the Ethereum JSON-RPC: the index that follows the chain, and what only the
//! service knows.

use std::{
	path::PathBuf,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

use sc_client_api::HeaderBackend;
use sc_network_sync::{SyncState, SyncingService};
use sc_service::Configuration;
use unum_ethereum_client::{ChainClient, Follower, NodeStatus};
use unum_ethereum_index::EthereumIndex;
use unum_ethereum_rpc::SyncProgress;
use unum_runtime::opaque::Block;

use super::{
	network::Network,
	partial::{FullClient, Parts, Pool},
};
use crate::errors::NodeError;

/// The chain behind the Ethereum JSON-RPC.
pub(crate) type EthereumClient = ChainClient<Block, FullClient, Pool>;

/// How often the network is asked how far it is.
const STATUS_INTERVAL: Duration = Duration::from_secs(1);

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

/// Starts what follows the chain, the pool and the network.
pub(crate) fn start(
	config: &Configuration,
	parts: &Parts,
	network: &Network,
) -> Result<(Arc<EthereumClient>, Arc<EthereumIndex>), NodeError> {
	let follower = Arc::new(follower(config, parts.client.clone())?);
	let index = follower.index().clone();
	let status = Status::new(config, parts);
	let chain = ChainClient::new(
		parts.client.clone(),
		parts.pool.clone(),
		follower.clone(),
		Box::new(status.clone()),
	);
	let spawner = parts.task_manager.spawn_handle();
	spawner.spawn_blocking("ethereum-index", "rpc", follower.run());
	spawner.spawn("ethereum-pool", "rpc", chain.watch_pool());
	spawner.spawn("ethereum-status", "rpc", status.watch(network.sync.clone()));
	Ok((Arc::new(chain), index))
}

/// What is known of the network.
#[derive(Clone)]
struct Status {
	version: String,
	client: Arc<FullClient>,
	began_at: u64,
	known: Arc<Mutex<Known>>,
}

/// What the network said last.
#[derive(Clone, Copy, Default)]
struct Known {
	peers: u64,
	/// The height that is aimed for, while the node is behind.
	target: Option<u64>,
}

impl Status {
	fn new(config: &Configuration, parts: &Parts) -> Self {
		let platform = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
		Self {
			version: format!("unum/v{}/{platform}/rust", config.impl_version),
			client: parts.client.clone(),
			began_at: parts.client.info().best_number.into(),
			known: Arc::default(),
		}
	}

	fn known(&self) -> Known {
		*self.known.lock().unwrap_or_else(PoisonError::into_inner)
	}

	/// Asks the network for as long as the node runs.
	async fn watch(self, sync: Arc<SyncingService<Block>>) {
		while let Ok(status) = sync.status().await {
			let is_behind = !matches!(status.state, SyncState::Idle);
			let target = status.best_seen_block.filter(|_| is_behind).map(Into::into);
			let known = Known { peers: status.num_peers.into(), target };
			*self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
			tokio::time::sleep(STATUS_INTERVAL).await;
		}
	}
}

impl NodeStatus for Status {
	fn sync_progress(&self) -> Option<SyncProgress> {
		let current = self.client.info().best_number.into();
		let highest = self.known().target.filter(|target| *target > current)?;
		Some(SyncProgress { starting: self.began_at, current, highest })
	}

	fn peer_count(&self) -> u64 {
		self.known().peers
	}

	fn client_version(&self) -> String {
		self.version.clone()
	}
}
