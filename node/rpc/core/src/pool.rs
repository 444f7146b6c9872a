// SPDX-License-Identifier: Apache-2.0
//! A transaction pool that says why it refuses.
//!
//! The runtime can tell a pool no more than one byte of the cause, and nothing at all where an
//! extrinsic does not decode. This pool is the ordinary one; only when it refuses something that came
//! through RPC does it ask the runtime for the sentence that goes with it.

use std::{collections::HashMap, fmt, pin::Pin, sync::Arc, time::Duration};

use codec::Encode;
use sc_transaction_pool_api::{
	error::IntoPoolError, ChainEvent, ImportNotificationStream, LocalTransactionFor,
	LocalTransactionPool, MaintainedTransactionPool, PoolStatus, ReadyTransactions, TransactionFor,
	TransactionPool, TransactionSource, TransactionStatusStreamFor, TxHash, TxInvalidityReportMap,
};
use sp_api::ProvideRuntimeApi;
use sp_runtime::traits::Block as BlockT;
use unum_runtime_api::UnumApi;

/// An error of the pool, or the runtime's words for it.
#[derive(Debug, thiserror::Error)]
pub enum ExplainedError<E> {
	/// As the pool has it.
	#[error(transparent)]
	Pool(E),
	/// In the runtime's words.
	#[error("{0}")]
	Explained(String),
}

impl<E: From<sc_transaction_pool_api::error::Error>> From<sc_transaction_pool_api::error::Error>
	for ExplainedError<E>
{
	fn from(error: sc_transaction_pool_api::error::Error) -> Self {
		Self::Pool(error.into())
	}
}

impl<E: IntoPoolError> IntoPoolError for ExplainedError<E> {
	fn into_pool_error(self) -> Result<sc_transaction_pool_api::error::Error, Self> {
		match self {
			Self::Pool(error) => error.into_pool_error().map_err(Self::Pool),
			explained => Err(explained),
		}
	}
}

/// `P`, with refusals explained by the runtime of `C`.
pub struct ExplainingPool<P, C> {
	inner: Arc<P>,
	client: Arc<C>,
}

impl<P, C> fmt::Debug for ExplainingPool<P, C> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("ExplainingPool").finish_non_exhaustive()
	}
}

impl<P, C> ExplainingPool<P, C> {
	/// Wraps `inner`.
	pub fn new(inner: Arc<P>, client: Arc<C>) -> Self {
		Self { inner, client }
	}
}

impl<P, C> ExplainingPool<P, C>
where
	P: TransactionPool,
	C: ProvideRuntimeApi<P::Block>,
	C::Api: UnumApi<P::Block>,
{
	fn explain(
		&self,
		at: <P::Block as BlockT>::Hash,
		extrinsic: &TransactionFor<P>,
		error: P::Error,
	) -> ExplainedError<P::Error> {
		let said = self.client.runtime_api().explain_refusal(at, extrinsic.encode(), at);
		match said {
			Ok(Some(sentence)) => {
				ExplainedError::Explained(String::from_utf8_lossy(&sentence).into_owned())
			},
			_ => ExplainedError::Pool(error),
		}
	}
}

#[async_trait::async_trait]
impl<P, C> TransactionPool for ExplainingPool<P, C>
where
	P: TransactionPool,
	P::Error: 'static,
	C: ProvideRuntimeApi<P::Block> + Send + Sync,
	C::Api: UnumApi<P::Block>,
{
	type Block = P::Block;
	type Hash = P::Hash;
	type InPoolTransaction = P::InPoolTransaction;
	type Error = ExplainedError<P::Error>;

	async fn submit_at(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		xts: Vec<TransactionFor<Self>>,
	) -> Result<Vec<Result<TxHash<Self>, Self::Error>>, Self::Error> {
		let results = self.inner.submit_at(at, source, xts).await.map_err(ExplainedError::Pool)?;
		Ok(results.into_iter().map(|result| result.map_err(ExplainedError::Pool)).collect())
	}

	async fn submit_one(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		xt: TransactionFor<Self>,
	) -> Result<TxHash<Self>, Self::Error> {
		let submitted = self.inner.submit_one(at, source, xt.clone()).await;
		submitted.map_err(|error| self.explain(at, &xt, error))
	}

	async fn submit_and_watch(
		&self,
		at: <Self::Block as BlockT>::Hash,
		source: TransactionSource,
		xt: TransactionFor<Self>,
	) -> Result<Pin<Box<TransactionStatusStreamFor<Self>>>, Self::Error> {
		let submitted = self.inner.submit_and_watch(at, source, xt.clone()).await;
		submitted.map_err(|error| self.explain(at, &xt, error))
	}

	async fn ready_at(
		&self,
		at: <Self::Block as BlockT>::Hash,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready_at(at).await
	}

	fn ready(&self) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready()
	}

	async fn report_invalid(
		&self,
		at: Option<<Self::Block as BlockT>::Hash>,
		invalid_tx_errors: TxInvalidityReportMap<TxHash<Self>>,
	) -> Vec<Arc<Self::InPoolTransaction>> {
		self.inner.report_invalid(at, invalid_tx_errors).await
	}

	fn futures(&self) -> Vec<Self::InPoolTransaction> {
		self.inner.futures()
	}

	fn status(&self) -> PoolStatus {
		self.inner.status()
	}

	fn import_notification_stream(&self) -> ImportNotificationStream<TxHash<Self>> {
		self.inner.import_notification_stream()
	}

	fn on_broadcasted(&self, propagations: HashMap<TxHash<Self>, Vec<String>>) {
		self.inner.on_broadcasted(propagations)
	}

	fn hash_of(&self, xt: &TransactionFor<Self>) -> TxHash<Self> {
		self.inner.hash_of(xt)
	}

	fn ready_transaction(&self, hash: &TxHash<Self>) -> Option<Arc<Self::InPoolTransaction>> {
		self.inner.ready_transaction(hash)
	}

	async fn ready_at_with_timeout(
		&self,
		at: <Self::Block as BlockT>::Hash,
		timeout: Duration,
	) -> Box<dyn ReadyTransactions<Item = Arc<Self::InPoolTransaction>> + Send> {
		self.inner.ready_at_with_timeout(at, timeout).await
	}
}

#[async_trait::async_trait]
impl<P, C> MaintainedTransactionPool for ExplainingPool<P, C>
where
	P: MaintainedTransactionPool,
	P::Error: 'static,
	C: ProvideRuntimeApi<P::Block> + Send + Sync,
	C::Api: UnumApi<P::Block>,
{
	async fn maintain(&self, event: ChainEvent<Self::Block>) {
		self.inner.maintain(event).await
	}
}

impl<P, C> LocalTransactionPool for ExplainingPool<P, C>
where
	P: LocalTransactionPool,
	C: Send + Sync,
{
	type Block = P::Block;
	type Hash = P::Hash;
	type Error = P::Error;

	fn submit_local(
		&self,
		at: <Self::Block as BlockT>::Hash,
		xt: LocalTransactionFor<Self>,
	) -> Result<Self::Hash, Self::Error> {
		self.inner.submit_local(at, xt)
	}
}
