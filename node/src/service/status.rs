// SPDX-License-Identifier: Apache-2.0
//! What the network says of how far this node has come, for those who are asked by clients.

use std::{
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

use sc_client_api::HeaderBackend;
use sc_network_sync::{SyncState, SyncingService};
use unum_runtime::opaque::Block;

use super::{
	network::Network,
	partial::{FullClient, Parts},
};

/// How often the network is asked how far it is.
const INTERVAL: Duration = Duration::from_secs(1);

/// What is known of the network.
#[derive(Clone)]
pub(crate) struct Status {
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

/// How far a node that is behind has come, in heights.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
	/// Where it began.
	pub(crate) began_at: u64,
	/// Where it is.
	pub(crate) current: u64,
	/// Where the network is.
	pub(crate) target: u64,
}

impl Status {
	/// Asks the network from now on, for as long as the node runs.
	pub(crate) fn start(parts: &Parts, network: &Network) -> Self {
		let began_at = parts.client.info().best_number.into();
		let status = Self { client: parts.client.clone(), began_at, known: Arc::default() };
		let watching = status.clone().watch(network.sync.clone());
		parts.task_manager.spawn_handle().spawn("network-status", "rpc", watching);
		status
	}

	/// How many peers there are.
	pub(crate) fn peer_count(&self) -> u64 {
		self.known().peers
	}

	/// How far the node is behind; none where it has caught up.
	pub(crate) fn progress(&self) -> Option<Progress> {
		let current = self.client.info().best_number.into();
		let target = self.known().target.filter(|target| *target > current)?;
		Some(Progress { began_at: self.began_at, current, target })
	}

	fn known(&self) -> Known {
		*self.known.lock().unwrap_or_else(PoisonError::into_inner)
	}

	async fn watch(self, sync: Arc<SyncingService<Block>>) {
		while let Ok(status) = sync.status().await {
			let is_behind = !matches!(status.state, SyncState::Idle);
			let target = status.best_seen_block.filter(|_| is_behind).map(Into::into);
			let known = Known { peers: status.num_peers.into(), target };
			*self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
			tokio::time::sleep(INTERVAL).await;
		}
	}
}
