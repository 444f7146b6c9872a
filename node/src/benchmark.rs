// SPDX-License-Identifier: Apache-2.0
//! The measurement of weights, as `make weights` uses it.

use std::{sync::Arc, time::Duration};

use frame_benchmarking_cli::{
	BenchmarkCmd, ExtrinsicFactory, SubstrateRemarkBuilder, SUBSTRATE_REFERENCE_HARDWARE,
};
use sc_cli::SubstrateCli;
use sc_service::Configuration;
use sp_runtime::traits::HashingFor;
use sp_timestamp::InherentDataProvider as TimestampProvider;
use unum_runtime::opaque::Block;

use crate::{
	chain_spec::SpecSource,
	cli::{Cli, ExecutorMode, ExecutorParams},
	errors::NodeError,
	service::{
		partial::{self, Parts},
		pool::PoolOptions,
	},
};

/// What the runtime needs of the machine besides the SDK's own functions.
type CryptoHost = unum_crypto_host::HostFunctions;

/// Does what the command says.
pub(crate) fn run(
	cli: &Cli,
	command: &BenchmarkCmd,
	spec_source: SpecSource,
) -> Result<(), NodeError> {
	cli.create_runner(command)?.sync_run(|config| measure(command, config, spec_source))
}

fn measure(
	command: &BenchmarkCmd,
	config: Configuration,
	spec_source: SpecSource,
) -> Result<(), NodeError> {
	match command {
		BenchmarkCmd::Pallet(command) => {
			let spec = Some(config.chain_spec);
			command.run_with_spec::<HashingFor<Block>, CryptoHost>(spec)?;
		},
		// Both of these make a chain of their own, which executes blocks in order.
		BenchmarkCmd::Overhead(command) => {
			let spec = Some(config.chain_spec);
			command.run_with_default_builder_and_spec::<Block, CryptoHost>(spec)?;
		},
		BenchmarkCmd::Storage(command) => {
			let Parts { client, backend, .. } = in_order(&config, spec_source)?;
			let (database, storage) = (backend.expose_db(), backend.expose_storage());
			let cache = backend.expose_shared_trie_cache();
			command.run(config, client, database, storage, cache)?;
		},
		BenchmarkCmd::Block(command) => {
			command.run(in_order(&config, spec_source)?.client)?;
		},
		BenchmarkCmd::Extrinsic(command) => {
			let client = in_order(&config, spec_source)?.client;
			let remark = SubstrateRemarkBuilder::new_from_client(Arc::clone(&client))?;
			let extrinsics = ExtrinsicFactory(vec![Box::new(remark)]);
			command.run(client, inherents()?, Vec::new(), &extrinsics)?;
		},
		BenchmarkCmd::Machine(command) => {
			command.run(&config, SUBSTRATE_REFERENCE_HARDWARE.clone())?;
		},
	}
	Ok(())
}

/// A chain that executes its blocks in order: weights are those of one core.
fn in_order(config: &Configuration, spec_source: SpecSource) -> Result<Parts, NodeError> {
	let executor = ExecutorParams { executor: ExecutorMode::Sequential, executor_threads: None };
	Ok(partial::new_partial(config, spec_source, executor, PoolOptions::default())?.0)
}

/// What the first block contains besides transactions.
fn inherents() -> Result<sp_inherents::InherentData, NodeError> {
	let mut data = sp_inherents::InherentData::new();
	let now = TimestampProvider::new(Duration::ZERO.into());
	let provided = sp_inherents::InherentDataProvider::provide_inherent_data(&now, &mut data);
	futures::executor::block_on(provided).map_err(|error| NodeError::Input(error.to_string()))?;
	Ok(data)
}
