// SPDX-License-Identifier: Apache-2.0
//! The transactions that wait to be included: the SDK's pools, which [`validation`] lets use all cores.

mod single_state;
mod validation;

use std::{num::NonZeroUsize, sync::Arc, thread, time::Duration};

use sc_cli::{clap::ValueEnum, TransactionPoolParams, TransactionPoolType};
use sc_client_api::HeaderBackend;
use sc_service::{Configuration, TaskManager};
use sc_transaction_pool::{
	BasicPool, ChainApi, ForkAwareTxPool, FullChainApi, Options, PoolLimit, RevalidationType,
	TransactionPoolWrapper,
};
use unum_runtime::opaque::Block;

use self::{single_state::SingleState, validation::Validation};
use super::partial::FullClient;

/// The transactions that wait to be included.
pub(crate) type Pool = TransactionPoolWrapper<Block, FullClient>;

/// What the pool asks of the chain.
type Chain = FullChainApi<FullClient, Block>;

/// Why a transaction was not taken.
type PoolError = <Chain as ChainApi>::Error;

/// How many threads validate at least: a slow transaction must not hold up all others.
const VALIDATION_THREADS_MIN: usize = 2;

/// Which pool, and how much it holds.
#[derive(Debug, Clone)]
pub(crate) struct PoolOptions {
	kind: TransactionPoolType,
	limits: Options,
}

impl Default for PoolOptions {
	fn default() -> Self {
		Self { kind: TransactionPoolType::SingleState, limits: Options::default() }
	}
}

impl PoolOptions {
	/// What the command line says, as the SDK understands it.
	///
	/// Transactions without their predecessors may fill a tenth of the pool. Those found invalid are
	/// not looked at again for half an hour, or at once on a development chain, unless the user says
	/// for how long.
	pub(crate) fn new(params: &TransactionPoolParams, is_dev: bool) -> Self {
		let count = params.pool_limit;
		let total_bytes = params.pool_kbytes.saturating_mul(1024);
		let ban_seconds = params.tx_ban_seconds.unwrap_or(if is_dev { 0 } else { 30 * 60 });
		let limits = Options {
			ready: PoolLimit { count, total_bytes },
			future: PoolLimit { count: count / 10, total_bytes: total_bytes / 10 },
			reject_future_transactions: false,
			ban_time: Duration::from_secs(ban_seconds),
		};
		Self { kind: params.pool_type, limits }
	}
}

/// Makes an empty pool.
pub(super) fn new_pool(
	config: &Configuration,
	options: PoolOptions,
	client: &Arc<FullClient>,
	task_manager: &TaskManager,
) -> Arc<Pool> {
	let spawner = task_manager.spawn_essential_handle();
	let registry = config.prometheus_registry();
	let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
	let threads = cores.max(VALIDATION_THREADS_MIN);
	let chain = Arc::new(Validation::new(
		// What is counted of validations, `Validation` counts.
		FullChainApi::new(client.clone(), None, &spawner),
		threads,
		config.tokio_handle.clone(),
		registry,
	));
	let is_validator = config.role.is_authority().into();
	let best = client.info();
	log::info!(
		"🧾 Transactions wait in a {} pool for {} of them or {} MiB, validated by {threads} threads",
		options.kind.to_possible_value().map_or_else(String::new, |kind| kind.get_name().to_owned()),
		options.limits.ready.count,
		options.limits.ready.total_bytes >> 20,
	);
	Arc::new(match options.kind {
		TransactionPoolType::SingleState => {
			let pool = BasicPool::with_revalidation_type(
				options.limits,
				is_validator,
				chain,
				registry,
				RevalidationType::Full,
				spawner,
				best.best_number,
				best.best_hash,
				best.finalized_hash,
			);
			TransactionPoolWrapper(Box::new(SingleState(pool)))
		},
		TransactionPoolType::ForkAware => {
			let pool = ForkAwareTxPool::new_with_background_worker(
				options.limits,
				is_validator,
				chain,
				registry,
				spawner,
				best.best_hash,
				best.finalized_hash,
			);
			TransactionPoolWrapper(Box::new(pool))
		},
	})
}

#[cfg(test)]
mod tests {
	use sc_cli::clap::{self, Parser};

	use super::*;

	#[derive(Parser)]
	struct Arguments {
		#[command(flatten)]
		pool: TransactionPoolParams,
	}

	/// The SDK does not let its options be read, but prints them.
	#[test]
	fn limits_are_those_that_the_sdk_makes_of_the_arguments() {
		let all: [&[&str]; 4] = [
			&[],
			&["--pool-limit", "777", "--pool-kbytes", "1003"],
			&["--tx-ban-seconds", "7"],
			&["--pool-type", "single-state"],
		];
		for arguments in all {
			let Arguments { pool } = Arguments::parse_from([&["unum"], arguments].concat());
			for is_dev in [false, true] {
				let limits = format!("{:?}", PoolOptions::new(&pool, is_dev).limits);
				let of_sdk = format!("{:?}", pool.transaction_pool(is_dev));
				assert!(of_sdk.contains(&limits), "{limits}\nis not in\n{of_sdk}");
			}
		}
	}
}
