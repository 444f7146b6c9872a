// SPDX-License-Identifier: Apache-2.0
//! The parts of a node that need no network: enough for the commands that work on stored blocks.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use sc_client_api::{Backend, HeaderBackend};
use sc_consensus::LongestChain;
use sc_consensus_grandpa::{GrandpaBlockImport, LinkHalf};
use sc_executor::{HeapAllocStrategy, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{
	client::Client, config::ExecutorConfiguration, BuildGenesisBlock, ClientConfig, Configuration,
	GenesisBlockBuilder, KeystoreContainer, TFullBackend, TaskManager,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sp_core::storage::Storage;
use sp_runtime::traits::Block as _;
use sp_wasm_interface::ExtendedHostFunctions;
use unum_executor::signatures;
use unum_runtime::{opaque::Block, RuntimeApi};

use super::{
	database,
	executor::{self, FullExecutor},
	import::{self, ImportQueue},
	pool::{self, Pool, PoolOptions},
};
use crate::{
	chain_spec::SpecSource,
	cli::ExecutorParams,
	errors::{ChainSpecError, DatabaseError, NodeError},
};

/// Runs the Wasm runtime, and does not verify a signature twice.
pub(crate) type Executor =
	WasmExecutor<ExtendedHostFunctions<unum_runtime::HostFunctions, signatures::Cached>>;
/// The chain: blocks, state, and the runtime to ask about them.
pub(crate) type FullClient = Client<FullBackend, FullExecutor, Block, RuntimeApi>;
/// Where the chain is stored.
pub(crate) type FullBackend = TFullBackend<Block>;
/// Follows the longest chain.
pub(crate) type SelectChain = LongestChain<FullBackend, Block>;
/// Imports blocks, and the justifications that make them final.
pub(crate) type GrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, SelectChain>;
/// What the voter shares with the import.
pub(crate) type GrandpaLink = LinkHalf<Block, FullClient, SelectChain>;

/// How often, in blocks, a justification is kept even if nobody asked for one.
const JUSTIFICATION_PERIOD: u32 = 512;

/// The parts of a node that need no network.
pub(crate) struct Parts {
	pub(crate) client: Arc<FullClient>,
	/// What the client executes blocks with, and makes them.
	pub(crate) executor: FullExecutor,
	pub(crate) backend: Arc<FullBackend>,
	pub(crate) task_manager: TaskManager,
	pub(crate) keystore: KeystoreContainer,
	pub(crate) select_chain: SelectChain,
	pub(crate) pool: Arc<Pool>,
	pub(crate) grandpa_import: GrandpaImport,
	pub(crate) grandpa_link: GrandpaLink,
	pub(crate) telemetry: Option<Telemetry>,
}

/// Opens the database and puts the parts together, and the queue through which blocks come in.
pub(crate) fn new_partial(
	config: &Configuration,
	spec_source: SpecSource,
	params: ExecutorParams,
	pool: PoolOptions,
) -> Result<(Parts, ImportQueue), NodeError> {
	database::guard(config, || put_together(config, spec_source, params, pool))
}

fn put_together(
	config: &Configuration,
	spec_source: SpecSource,
	params: ExecutorParams,
	pool: PoolOptions,
) -> Result<(Parts, ImportQueue), NodeError> {
	let telemetry = new_telemetry(config)?;
	let (client, executor, backend, keystore, task_manager) =
		new_chain(config, spec_source, params, telemetry.as_ref())?;
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});
	let client = Arc::new(client);
	let select_chain = LongestChain::new(backend.clone());
	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(Telemetry::handle),
	)?;
	let import_queue =
		import::start_queue(config, &client, &grandpa_import, &task_manager, telemetry.as_ref())?;
	let pool = pool::new_pool(config, pool, &client, &task_manager);
	let parts = Parts {
		client,
		executor,
		backend,
		task_manager,
		keystore,
		select_chain,
		pool,
		grandpa_import,
		grandpa_link,
		telemetry,
	};
	Ok((parts, import_queue))
}

fn new_telemetry(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, NodeError> {
	let Some(endpoints) = config.telemetry_endpoints.clone().filter(|all| !all.is_empty()) else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(16).map_err(sc_service::Error::from)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

type Chain = (FullClient, FullExecutor, Arc<FullBackend>, KeystoreContainer, TaskManager);

/// Opens the stored chain, or begins a new one.
fn new_chain(
	config: &Configuration,
	spec_source: SpecSource,
	params: ExecutorParams,
	telemetry: Option<&(TelemetryWorker, Telemetry)>,
) -> Result<Chain, NodeError> {
	let wasm = new_wasm(&config.executor, executor::threads(params));
	let genesis = genesis_storage(config)?;
	let backend = database::open(config)?;
	check_genesis(config, spec_source, &backend, &genesis, &wasm)?;
	let builder = GenesisBlockBuilder::new_with_storage(
		genesis,
		!config.no_genesis(),
		backend.clone(),
		wasm.clone(),
	)?;
	let registry = config.prometheus_registry();
	let task_manager =
		TaskManager::new(config.tokio_handle.clone(), registry).map_err(sc_service::Error::from)?;
	let client_config = ClientConfig {
		offchain_worker_enabled: config.offchain_worker.enabled,
		offchain_indexing_api: config.offchain_worker.indexing_enabled,
		wasm_runtime_overrides: config.wasm_runtime_overrides.clone(),
		no_genesis: config.no_genesis(),
		// A chain of ours substitutes no code, forks nowhere and knows no bad blocks.
		wasm_runtime_substitutes: HashMap::new(),
		enable_import_proof_recording: false,
	};
	let executor = executor::new_executor(params, &backend, &wasm, &client_config, registry)?;
	let client = Client::new(
		backend.clone(),
		executor.clone(),
		Box::new(task_manager.spawn_handle()),
		builder,
		None,
		None,
		registry.cloned(),
		telemetry.map(|(_, telemetry)| telemetry.handle()),
		client_config,
	)?;
	Ok((client, executor, backend, KeystoreContainer::new(&config.keystore)?, task_manager))
}

/// As the SDK makes it, but what wasmtime has made of a runtime is kept for the next start: compiling it
/// takes many seconds.
fn new_wasm(config: &ExecutorConfiguration, threads: usize) -> Executor {
	let strategy = config.default_heap_pages.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
		HeapAllocStrategy::Static { extra_pages: u32::try_from(pages).unwrap_or(u32::MAX) }
	});
	let executor = Executor::builder()
		.with_execution_method(config.wasm_method)
		.with_onchain_heap_alloc_strategy(strategy)
		.with_offchain_heap_alloc_strategy(strategy)
		// One for each lane at a time, and the others for whoever asks besides.
		.with_max_runtime_instances(config.max_runtime_instances.saturating_add(threads))
		.with_runtime_cache_size(config.runtime_cache_size);
	match compiled_runtimes() {
		Some(folder) => executor.with_cache_path(folder).build(),
		None => executor.build(),
	}
}

/// Where compiled runtimes are kept, for all chains of a user: `$XDG_CACHE_HOME/unum/runtimes`, or below
/// `~/.cache`. wasmtime names them by all that they depend on, and removes old ones.
fn compiled_runtimes() -> Option<PathBuf> {
	let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
	let cache = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))?;
	Some(cache.join("unum").join("runtimes"))
}

fn genesis_storage(config: &Configuration) -> Result<Storage, ChainSpecError> {
	config.chain_spec.as_storage_builder().build_storage().map_err(|cause| {
		// The whole genesis follows, which helps nobody.
		let cause = cause.split(" for blob:").next().unwrap_or_default().to_owned();
		ChainSpecError::Genesis { chain: config.chain_spec.name().to_owned(), cause }
	})
}

/// Compares the beginning of the stored chain, if there is one, with that of the specification.
///
/// A built-in chain has another genesis after every change of the runtime, and a developer who keeps
/// the state wants to go on with it: that is only worth a warning.
fn check_genesis(
	config: &Configuration,
	spec_source: SpecSource,
	backend: &Arc<FullBackend>,
	genesis: &Storage,
	executor: &Executor,
) -> Result<(), NodeError> {
	let stored = backend.blockchain().info().genesis_hash;
	if stored == Default::default() {
		return Ok(());
	}
	let (expected, _) = GenesisBlockBuilder::<Block, _, _>::new_with_storage(
		genesis.clone(),
		false,
		backend.clone(),
		executor.clone(),
	)?
	.build_genesis_block()?;
	let expected = expected.hash();
	if stored == expected {
		return Ok(());
	}
	let error = DatabaseError::OtherChain {
		path: database::path(config),
		chain: config.chain_spec.name().to_owned(),
		stored,
		expected,
	};
	match spec_source {
		SpecSource::File => Err(error.into()),
		SpecSource::BuiltIn => {
			log::warn!(
				"⚠️  The stored chain began with another runtime than this program contains, and goes \
				 on with the one it has: upgrade it with sudo.setCode, or delete it with `unum \
				 purge-chain` to begin anew"
			);
			Ok(())
		},
	}
}
