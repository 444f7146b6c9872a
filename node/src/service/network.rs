// SPDX-License-Identifier: Apache-2.0
//! The peer-to-peer network.

use std::sync::Arc;

use sc_client_api::BlockBackend;
use sc_consensus_grandpa::warp_proof::NetworkProvider;
use sc_network::{
	config::FullNetworkConfiguration,
	service::{traits::NetworkService, NotificationMetrics},
	NetworkBackend, NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{BuildNetworkParams, Configuration, WarpSyncConfig};
use sc_utils::mpsc::TracingUnboundedSender;
use unum_runtime::{opaque::Block, Hash};

use super::{import::ImportQueue, partial::Parts};
use crate::errors::NodeError;

/// A running network.
pub(crate) struct Network {
	/// Sends and receives.
	pub(crate) service: Arc<dyn NetworkService>,
	/// Fetches what others have and we have not.
	pub(crate) sync: Arc<SyncingService<Block>>,
	/// The votes of validators, where votes are what makes blocks final.
	pub(crate) votes: Option<Votes>,
}

/// The ends that the service takes of a running network.
pub(crate) struct NetworkHandles {
	/// Asks about peers, for `system_*`.
	pub(crate) system_rpc: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	/// Passes transactions on.
	pub(crate) transactions: sc_network_transactions::TransactionsHandlerController<Hash>,
}

/// The channel on which validators vote.
pub(crate) struct Votes {
	/// Its name, which contains the genesis hash.
	pub(crate) protocol: ProtocolName,
	/// Sends and receives votes.
	pub(crate) notifications: Box<dyn NotificationService>,
}

/// Joins the network, and takes part in votes if `with_votes`.
pub(crate) fn start<N>(
	config: &Configuration,
	parts: &Parts,
	import_queue: ImportQueue,
	with_votes: bool,
) -> Result<(Network, NetworkHandles), NodeError>
where
	N: NetworkBackend<Block, Hash>,
{
	let registry = config.prometheus_registry().cloned();
	let mut net_config = FullNetworkConfiguration::<_, _, N>::new(&config.network, registry);
	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let votes =
		with_votes.then(|| open_votes(config, parts, &mut net_config, &metrics)).transpose()?;
	let warp = NetworkProvider::new(
		parts.backend.clone(),
		parts.grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	);
	let (service, system_rpc, transactions, sync, _) =
		sc_service::build_network(BuildNetworkParams {
			config,
			net_config,
			client: parts.client.clone(),
			transaction_pool: parts.pool.clone(),
			spawn_handle: parts.task_manager.spawn_handle(),
			spawn_essential_handle: parts.task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp))),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;
	Ok((Network { service, sync, votes }, NetworkHandles { system_rpc, transactions }))
}

fn open_votes<N>(
	config: &Configuration,
	parts: &Parts,
	net_config: &mut FullNetworkConfiguration<Block, Hash, N>,
	metrics: &NotificationMetrics,
) -> Result<Votes, NodeError>
where
	N: NetworkBackend<Block, Hash>,
{
	let genesis = parts.client.block_hash(0)?.unwrap_or_default();
	let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (protocol_config, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(protocol_config);
	Ok(Votes { protocol, notifications })
}
