// SPDX-License-Identifier: Apache-2.0
//! Validating transactions on all cores.

use std::sync::Arc;

use async_trait::async_trait;
use sc_transaction_pool::{ChainApi, ValidateTransactionPriority};
use sp_blockchain::TreeRoute;
use sp_runtime::{
	generic::BlockId,
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
};
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};
use tokio::{runtime::Handle, sync::Semaphore};

use super::PoolError;

/// An extrinsic of a chain, shared.
type Extrinsic<C> = Arc<<<C as ChainApi>::Block as BlockT>::Extrinsic>;

/// The hash of a block of a chain.
type HashOf<C> = <<C as ChainApi>::Block as BlockT>::Hash;

/// What a pool asks of a chain `C`, with as many validations at a time as there are threads for it.
///
/// The SDK's own has two threads for them, whatever the machine has.
pub(super) struct Validation<C> {
	chain: Arc<C>,
	/// One for each validation that may run.
	threads: Arc<Semaphore>,
	/// One for each new transaction that may run or be next, so that those which a block made
	/// necessary, which take none of these, never wait behind a crowd of new ones.
	turns: Arc<Semaphore>,
	runtime: Handle,
	metrics: Option<Metrics>,
}

impl<C> Validation<C> {
	/// Validates up to `threads` transactions of `chain` at a time, on blocking threads of `runtime`.
	pub(super) fn new(
		chain: C,
		threads: usize,
		runtime: Handle,
		registry: Option<&Registry>,
	) -> Self {
		let metrics = registry.and_then(|registry| {
			Metrics::register(registry)
				.inspect_err(|error| log::warn!("Validations of the pool are not counted: {error}"))
				.ok()
		});
		Self {
			chain: Arc::new(chain),
			threads: Arc::new(Semaphore::new(threads)),
			turns: Arc::new(Semaphore::new(threads)),
			runtime,
			metrics,
		}
	}
}

#[async_trait]
impl<C: ChainApi<Error = PoolError> + 'static> ChainApi for Validation<C> {
	type Block = C::Block;
	type Error = PoolError;

	async fn validate_transaction(
		&self,
		at: HashOf<C>,
		source: TransactionSource,
		extrinsic: Extrinsic<C>,
		priority: ValidateTransactionPriority,
	) -> Result<TransactionValidity, PoolError> {
		// Whoever submits one from within this node blocks a thread for it: see `submit_local`.
		if source == TransactionSource::Local {
			return self.validate_transaction_blocking(at, source, extrinsic);
		}
		if let Some(metrics) = &self.metrics {
			metrics.scheduled.inc();
		}
		let is_new = priority == ValidateTransactionPriority::Submitted;
		let turn = match is_new {
			true => Some(self.turns.clone().acquire_owned().await.map_err(stopped)?),
			false => None,
		};
		let thread = self.threads.clone().acquire_owned().await.map_err(stopped)?;
		let chain = self.chain.clone();
		let validity = self.runtime.spawn_blocking(move || {
			let validity = chain.validate_transaction_blocking(at, source, extrinsic);
			// Given back here, not by the task that waits: nobody knows when that one is polled.
			drop((turn, thread));
			validity
		});
		let validity = validity.await.map_err(stopped)?;
		if let Some(metrics) = &self.metrics {
			metrics.finished.inc();
		}
		validity
	}

	fn validate_transaction_blocking(
		&self,
		at: HashOf<C>,
		source: TransactionSource,
		extrinsic: Extrinsic<C>,
	) -> Result<TransactionValidity, PoolError> {
		self.chain.validate_transaction_blocking(at, source, extrinsic)
	}

	fn block_id_to_number(
		&self,
		at: &BlockId<C::Block>,
	) -> Result<Option<NumberFor<C::Block>>, PoolError> {
		self.chain.block_id_to_number(at)
	}

	fn block_id_to_hash(&self, at: &BlockId<C::Block>) -> Result<Option<HashOf<C>>, PoolError> {
		self.chain.block_id_to_hash(at)
	}

	fn hash_and_length(&self, extrinsic: &<C::Block as BlockT>::Extrinsic) -> (HashOf<C>, usize) {
		self.chain.hash_and_length(extrinsic)
	}

	async fn block_body(
		&self,
		at: HashOf<C>,
	) -> Result<Option<Vec<<C::Block as BlockT>::Extrinsic>>, PoolError> {
		self.chain.block_body(at).await
	}

	fn block_header(
		&self,
		at: HashOf<C>,
	) -> Result<Option<<C::Block as BlockT>::Header>, PoolError> {
		self.chain.block_header(at)
	}

	fn tree_route(&self, from: HashOf<C>, to: HashOf<C>) -> Result<TreeRoute<C::Block>, PoolError> {
		self.chain.tree_route(from, to)
	}
}

/// A validation that did not come to an end: the node stops, or the runtime's executor panicked.
fn stopped(cause: impl std::fmt::Display) -> PoolError {
	PoolError::RuntimeApi(format!("a transaction was not validated to the end: {cause}"))
}

/// Under the names that the SDK's own validation has, so that its dashboards work.
struct Metrics {
	scheduled: Counter<U64>,
	finished: Counter<U64>,
}

impl Metrics {
	fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let counter = |name: &str, help: &str| register(Counter::new(name, help)?, registry);
		Ok(Self {
			scheduled: counter(
				"substrate_sub_txpool_validations_scheduled",
				"Transactions that were to be validated",
			)?,
			finished: counter(
				"substrate_sub_txpool_validations_finished",
				"Transactions that were validated",
			)?,
		})
	}
}

#[cfg(test)]
mod tests {
	use std::{
		sync::{
			atomic::{AtomicUsize, Ordering},
			Condvar, Mutex,
		},
		time::Duration,
	};

	use futures::future::join_all;
	use sp_runtime::{transaction_validity::ValidTransaction, OpaqueExtrinsic};
	use tokio::time::timeout;
	use unum_runtime::{opaque::Block, Hash};

	use super::*;

	const PATIENCE: Duration = Duration::from_secs(20);

	/// A chain whose validations wait until they are let go.
	#[derive(Default)]
	struct Gate {
		running: AtomicUsize,
		most: AtomicUsize,
		order: Mutex<Vec<TransactionSource>>,
		is_open: Mutex<bool>,
		opened: Condvar,
	}

	impl Gate {
		fn open(&self) {
			*self.is_open.lock().unwrap() = true;
			self.opened.notify_all();
		}

		async fn are_running(&self, count: usize) {
			while self.running.load(Ordering::SeqCst) != count {
				tokio::time::sleep(Duration::from_millis(1)).await;
			}
		}
	}

	/// The gate as a chain.
	struct Gated(Arc<Gate>);

	#[async_trait]
	impl ChainApi for Gated {
		type Block = Block;
		type Error = PoolError;

		async fn validate_transaction(
			&self,
			_: Hash,
			_: TransactionSource,
			_: Extrinsic<Self>,
			_: ValidateTransactionPriority,
		) -> Result<TransactionValidity, PoolError> {
			unreachable!("that is what is replaced")
		}

		fn validate_transaction_blocking(
			&self,
			_: Hash,
			source: TransactionSource,
			_: Extrinsic<Self>,
		) -> Result<TransactionValidity, PoolError> {
			let gate = &self.0;
			let running = gate.running.fetch_add(1, Ordering::SeqCst) + 1;
			gate.most.fetch_max(running, Ordering::SeqCst);
			gate.order.lock().unwrap().push(source);
			let is_open = gate.is_open.lock().unwrap();
			let opened = gate.opened.wait_timeout_while(is_open, 2 * PATIENCE, |is_open| !*is_open);
			drop(opened.unwrap());
			gate.running.fetch_sub(1, Ordering::SeqCst);
			Ok(Ok(ValidTransaction::default()))
		}

		fn block_id_to_number(&self, _: &BlockId<Block>) -> Result<Option<u32>, PoolError> {
			Ok(None)
		}

		fn block_id_to_hash(&self, _: &BlockId<Block>) -> Result<Option<Hash>, PoolError> {
			Ok(None)
		}

		fn hash_and_length(&self, _: &OpaqueExtrinsic) -> (Hash, usize) {
			Default::default()
		}

		async fn block_body(&self, _: Hash) -> Result<Option<Vec<OpaqueExtrinsic>>, PoolError> {
			Ok(None)
		}

		fn block_header(&self, _: Hash) -> Result<Option<<Block as BlockT>::Header>, PoolError> {
			Ok(None)
		}

		fn tree_route(&self, _: Hash, _: Hash) -> Result<TreeRoute<Block>, PoolError> {
			Err(stopped("there is no chain"))
		}
	}

	fn validation(threads: usize) -> (Arc<Gate>, Arc<Validation<Gated>>) {
		let gate = Arc::new(Gate::default());
		let validation = Validation::new(Gated(gate.clone()), threads, Handle::current(), None);
		(gate, Arc::new(validation))
	}

	type Validating = tokio::task::JoinHandle<Result<TransactionValidity, PoolError>>;

	/// Has one validated, in a task of its own.
	fn validate(
		validation: &Arc<Validation<Gated>>,
		source: TransactionSource,
		priority: ValidateTransactionPriority,
	) -> Validating {
		let validation = validation.clone();
		let extrinsic = Arc::new(OpaqueExtrinsic::from_blob(vec![1]));
		tokio::spawn(async move {
			validation.validate_transaction(Hash::zero(), source, extrinsic, priority).await
		})
	}

	/// Has fifty new ones validated.
	fn crowd(validation: &Arc<Validation<Gated>>) -> Vec<Validating> {
		let (source, new) = (TransactionSource::External, ValidateTransactionPriority::Submitted);
		(0..50).map(|_| validate(validation, source, new)).collect()
	}

	#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
	async fn as_many_as_there_are_threads_for_it_run_at_a_time() {
		let (gate, validation) = validation(5);
		let all = crowd(&validation);
		timeout(PATIENCE, gate.are_running(5)).await.unwrap();
		gate.open();
		for validity in timeout(PATIENCE, join_all(all)).await.unwrap() {
			assert!(matches!(validity, Ok(Ok(Ok(_)))));
		}
		assert_eq!(gate.most.load(Ordering::SeqCst), 5);
	}

	#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
	async fn those_of_a_new_block_do_not_wait_behind_all_new_ones() {
		let (gate, validation) = validation(2);
		let mut all = crowd(&validation);
		timeout(PATIENCE, gate.are_running(2)).await.unwrap();
		all.push(validate(
			&validation,
			TransactionSource::InBlock,
			ValidateTransactionPriority::Maintained,
		));
		// The crowd waits for its turns; this one waits for a thread.
		tokio::task::yield_now().await;
		gate.open();
		timeout(PATIENCE, join_all(all)).await.unwrap();
		let order = gate.order.lock().unwrap();
		let place = order.iter().position(|source| *source == TransactionSource::InBlock).unwrap();
		assert!(place <= 4, "came as number {place}");
	}

	#[tokio::test]
	async fn a_local_one_is_validated_by_who_submits_it() {
		let (gate, validation) = validation(1);
		gate.open();
		let extrinsic = Arc::new(OpaqueExtrinsic::from_blob(vec![1]));
		// Never pending, so that it can be waited for without an executor.
		let validity = futures::FutureExt::now_or_never(validation.validate_transaction(
			Hash::zero(),
			TransactionSource::Local,
			extrinsic,
			ValidateTransactionPriority::Submitted,
		));
		assert!(matches!(validity, Some(Ok(Ok(_)))));
	}
}
