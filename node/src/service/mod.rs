// SPDX-License-Identifier: Apache-2.0
//! A running node: its parts are made in [`partial`], the database opened in [`database`], the
//! addresses checked in [`listen`], transactions kept in [`pool`], blocks from elsewhere verified in
//! [`import`], and it is time for a block when [`consensus`] or, for developers, [`sealing`] says so:
//! [`proposer`] makes it.

pub(crate) mod clock;
pub(crate) mod consensus;
pub(crate) mod database;
pub(crate) mod ethereum;
pub(crate) mod executor;
pub(crate) mod import;
pub(crate) mod listen;
pub(crate) mod network;
pub(crate) mod partial;
pub(crate) mod pool;
mod proposer;
pub(crate) mod sealing;
pub(crate) mod solana;
mod status;

use std::sync::Arc;

use futures::channel::mpsc;
use sc_consensus_manual_seal::EngineCommand;
use sc_network::{
	config::NetworkBackendType, Litep2pNetworkBackend, NetworkBackend, NetworkWorker,
};
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{Configuration, RpcHandlers, SpawnTasksParams, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use unum_rpc::{follow_chain, ExplainingPool, ReceiptIndex};
use unum_runtime::{opaque::Block, Hash};

use self::{
	clock::Clock,
	consensus::AuthoringConfig,
	network::{Network, NetworkHandles},
	partial::{GrandpaLink, Parts},
	pool::PoolOptions,
	status::Status,
};
use crate::{
	banner::Banner,
	chain_spec::SpecSource,
	cli::{ExecutorParams, Sealing, SolanaParams},
	errors::NodeError,
	rpc::{self, FinalityDeps, FullDeps, GrandpaDeps, SubscriptionNames},
};

pub(crate) use self::{
	partial::{FullBackend, FullClient},
	pool::Pool,
};

/// The pool as RPC callers see it: it says why it refuses.
type RpcPool = ExplainingPool<Pool, FullClient>;

/// How many commands of RPC callers may wait for the sealing engine.
const ENGINE_COMMANDS_MAX: usize = 1_000;

/// What a node is asked for beyond the SDK's configuration.
#[derive(Debug, Clone)]
pub(crate) struct Options {
	/// When blocks are made.
	pub(crate) sealing: Sealing,
	/// How blocks are executed.
	pub(crate) executor: ExecutorParams,
	/// Where transactions wait.
	pub(crate) pool: PoolOptions,
	/// Where the Solana JSON-RPC listens.
	pub(crate) solana: SolanaParams,
	/// Where the chain specification came from.
	pub(crate) spec_source: SpecSource,
	/// What to say when the node is up.
	pub(crate) banner: Banner,
}

/// Starts a node.
pub(crate) fn start(config: Configuration, options: &Options) -> Result<TaskManager, NodeError> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => start_with::<Litep2pNetworkBackend>(config, options),
		NetworkBackendType::Libp2p => start_with::<NetworkWorker<Block, Hash>>(config, options),
	}
}

fn start_with<N>(mut config: Configuration, options: &Options) -> Result<TaskManager, NodeError>
where
	N: NetworkBackend<Block, Hash>,
{
	config.rpc.id_provider = Some(Box::new(SubscriptionNames));
	let (mut parts, import_queue) =
		partial::new_partial(&config, options.spec_source, options.executor, options.pool.clone())?;
	let authoring = AuthoringConfig::of(&config, parts.telemetry.as_ref());
	let with_votes = options.sealing == Sealing::Slot && !config.disable_grandpa;
	let (network, handles) = network::start::<N>(&config, &parts, import_queue, with_votes)?;
	start_offchain_workers(&config, &parts, &network)?;

	let (engine, commands) = mpsc::channel(ENGINE_COMMANDS_MAX);
	let clock = Arc::new(Clock::default());
	let finality = finality_deps(&parts, &engine, &clock, options.sealing, &authoring);
	let status = Status::start(&parts, &network);
	let solana = solana::start(&config, &parts, &network, status.clone(), options.solana)?;
	let (ethereum, ethereum_index) = ethereum::start(&config, &parts, status)?;
	let rpc = FullDeps {
		ethereum,
		ethereum_index,
		client: parts.client.clone(),
		pool: Arc::new(ExplainingPool::new(parts.pool.clone(), parts.client.clone())),
		receipts: start_receipt_index(&parts),
		finality,
	};
	let rpc_handlers = spawn_tasks(config, &mut parts, &network, handles, rpc)?;
	options.banner.log(rpc_handlers.listen_addresses());
	if let Some(server) = solana {
		solana::log(&server);
		parts.task_manager.keep_alive(server);
	}

	match options.sealing {
		Sealing::Slot => consensus::start(parts, network, authoring),
		sealing => sealing::start(parts, authoring, sealing, engine, commands, clock),
	}
}

/// Runs `offchain_worker` of the runtime after each block, unless the user has turned it off.
fn start_offchain_workers(
	config: &Configuration,
	parts: &Parts,
	network: &Network,
) -> Result<(), NodeError> {
	if !config.offchain_worker.enabled {
		return Ok(());
	}
	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: parts.client.clone(),
		keystore: Some(parts.keystore.keystore()),
		offchain_db: sc_client_api::Backend::offchain_storage(&*parts.backend),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(parts.pool.clone())),
		network_provider: Arc::new(network.service.clone()),
		is_validator: config.role.is_authority(),
		enable_http_requests: true,
		custom_extensions: |_| Vec::new(),
	})
	.map_err(sc_service::Error::from)?;
	parts.task_manager.spawn_handle().spawn(
		"offchain-workers-runner",
		"offchain-worker",
		Box::pin(workers.run(parts.client.clone(), parts.task_manager.spawn_handle())),
	);
	Ok(())
}

/// Keeps receipts by transaction hash for RPC, from now on and for the blocks that it missed.
fn start_receipt_index(parts: &Parts) -> Arc<ReceiptIndex<FullClient, Block>> {
	let index = Arc::new(ReceiptIndex::new(parts.client.clone()));
	parts.task_manager.spawn_handle().spawn_blocking(
		"receipt-index",
		"rpc",
		follow_chain(index.clone(), parts.client.clone()),
	);
	index
}

/// What the RPC methods of whatever makes blocks final need.
fn finality_deps(
	parts: &Parts,
	engine: &mpsc::Sender<EngineCommand<Hash>>,
	clock: &Arc<Clock>,
	sealing: Sealing,
	authoring: &AuthoringConfig,
) -> FinalityDeps {
	match sealing {
		Sealing::Slot => FinalityDeps::Grandpa(grandpa_deps(parts, &parts.grandpa_link, authoring)),
		_ => FinalityDeps::Sealing { engine: engine.clone(), clock: clock.clone() },
	}
}

fn grandpa_deps(parts: &Parts, link: &GrandpaLink, authoring: &AuthoringConfig) -> GrandpaDeps {
	let authority_set = link.shared_authority_set().clone();
	GrandpaDeps {
		voter_state: authoring.voter_state.clone(),
		justifications: link.justification_stream(),
		proofs: sc_consensus_grandpa::FinalityProofProvider::new_for_service(
			parts.backend.clone(),
			Some(authority_set.clone()),
		),
		authority_set,
	}
}

/// Starts everything that neither makes blocks nor moves them: the RPC and metrics servers, the
/// upkeep of the pool, telemetry.
// The SDK's callback has the SDK's error.
#[allow(clippy::result_large_err)]
fn spawn_tasks(
	config: Configuration,
	parts: &mut Parts,
	network: &Network,
	handles: NetworkHandles,
	deps: FullDeps<RpcPool>,
) -> Result<RpcHandlers, NodeError> {
	let pool = deps.pool.clone();
	let rpc_builder = move |executor| {
		rpc::create_full(&deps, executor)
			.map_err(|error| sc_service::Error::Application(Box::new(error)))
	};
	let rpc_handlers = sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: parts.client.clone(),
		backend: parts.backend.clone(),
		task_manager: &mut parts.task_manager,
		keystore: parts.keystore.keystore(),
		transaction_pool: pool,
		rpc_builder: Box::new(rpc_builder),
		network: network.service.clone(),
		system_rpc_tx: handles.system_rpc,
		tx_handler_controller: handles.transactions,
		sync_service: network.sync.clone(),
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	Ok(rpc_handlers)
}
