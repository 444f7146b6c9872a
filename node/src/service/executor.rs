// SPDX-License-Identifier: Apache-2.0
//! How blocks are executed.

use std::{num::NonZeroUsize, sync::Arc, thread};

use sc_client_api::execution_extensions::ExecutionExtensions;
use sc_service::{ClientConfig, LocalCallExecutor};
use substrate_prometheus_endpoint::Registry;
use unum_executor::{BlockExecutor, Engine, Metrics, Mode};
use unum_runtime::opaque::Block;

use super::partial::{Executor, FullBackend};
use crate::{
	cli::{ExecutorMode, ExecutorParams},
	errors::NodeError,
};

type InOrder = LocalCallExecutor<Block, FullBackend, Executor>;

/// Runs the runtime, and imported blocks in parallel.
pub(crate) type FullExecutor = BlockExecutor<FullBackend, InOrder, Executor>;

/// How many threads execute a block.
pub(crate) fn threads(params: ExecutorParams) -> usize {
	let cores = thread::available_parallelism().ok();
	params.executor_threads.or(cores).map_or(1, NonZeroUsize::get)
}

/// The client's executor.
pub(super) fn new_executor(
	params: ExecutorParams,
	backend: &Arc<FullBackend>,
	wasm: &Executor,
	config: &ClientConfig<Block>,
	registry: Option<&Registry>,
) -> Result<FullExecutor, NodeError> {
	let extensions = ExecutionExtensions::new(None, Arc::new(wasm.clone()));
	let in_order =
		LocalCallExecutor::new(backend.clone(), wasm.clone(), config.clone(), extensions)?;
	// Lanes run the runtime that is in the state, and no other.
	let is_overridden =
		config.wasm_runtime_overrides.is_some() || !config.wasm_runtime_substitutes.is_empty();
	let mode = match params.executor {
		ExecutorMode::Parallel => Some(Mode::Parallel),
		ExecutorMode::Shadow => Some(Mode::Shadow),
		ExecutorMode::Sequential => None,
	};
	// One thread alone gains nothing from lanes.
	let threads = threads(params);
	let engine = match mode.filter(|mode| !is_overridden && (threads > 1 || *mode == Mode::Shadow))
	{
		Some(mode) => Some((Engine::new(threads)?, mode)),
		None => None,
	};
	let metrics = registry.map(|registry| Metrics::register(registry, threads)).transpose();
	let metrics = metrics.map_err(sc_service::Error::from)?;
	Ok(BlockExecutor::new(in_order, backend.clone(), wasm.clone(), engine, metrics))
}
