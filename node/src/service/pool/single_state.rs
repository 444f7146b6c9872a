// SPDX-License-Identifier: Apache-2.0
//! The SDK's single-state pool, which takes local transactions only with the SDK's own validation.

use std::{collections::HashMap, pin::Pin, sync::Arc, time::Duration};

use async_trait::async_trait;
use futures::executor::block_on;
use sc_transaction_pool::{BasicPool, ChainApi};
use sc_transaction_pool_api::{
	ChainEvent, ImportNotificationStream, LocalTransactionFor, LocalTransactionPool,
	MaintainedTransactionPool, PoolStatus, ReadyTransactions, TransactionFor, TransactionPool,
	TransactionSource, TransactionStatusStreamFor, TxHash, TxInvalidityReportMap,
};
use unum_runtime::{opaque::Block, Hash};

/// The SDK's single-state pool.
pub(super) struct SingleState<C: ChainApi<Block = Block>>(pub(super) BasicPool<C, Block>);

/// A transaction in that pool.
type Waiting<C> = Arc<<BasicPool<C, Block> as TransactionPool>::InPoolTransaction>;

#[async_trait]
impl<C: ChainApi<Block = Block> + 'static> TransactionPool for SingleState<C> {
	type Block = Block;
	type Hash = Hash;
	type InPoolTransaction = <BasicPool<C, Block> as TransactionPool>::InPoolTransaction;
	type Error = C::Error;

	async fn submit_at(
		&self,
		at: Hash,
		source: TransactionSource,
		extrinsics: Vec<TransactionFor<Self>>,
	) -> Result<Vec<Result<TxHash<Self>, C::Error>>, C::Error> {
		self.0.submit_at(at, source, extrinsics).await
	}

	async fn submit_one(
		&self,
		at: Hash,
		source: TransactionSource,
		extrinsic: TransactionFor<Self>,
	) -> Result<TxHash<Self>, C::Error> {
		self.0.submit_one(at, source, extrinsic).await
	}

	async fn submit_and_watch(
		&self,
		at: Hash,
		source: TransactionSource,
		extrinsic: TransactionFor<Self>,
	) -> Result<Pin<Box<TransactionStatusStreamFor<Self>>>, C::Error> {
		self.0.submit_and_watch(at, source, extrinsic).await
	}

	async fn ready_at(&self, at: Hash) -> Box<dyn ReadyTransactions<Item = Waiting<C>> + Send> {
		self.0.ready_at(at).await
	}

	fn ready(&self) -> Box<dyn ReadyTransactions<Item = Waiting<C>> + Send> {
		self.0.ready()
	}

	async fn report_invalid(
		&self,
		at: Option<Hash>,
		errors: TxInvalidityReportMap<TxHash<Self>>,
	) -> Vec<Waiting<C>> {
		self.0.report_invalid(at, errors).await
	}

	fn futures(&self) -> Vec<Self::InPoolTransaction> {
		self.0.futures()
	}

	fn status(&self) -> PoolStatus {
		self.0.status()
	}

	fn import_notification_stream(&self) -> ImportNotificationStream<TxHash<Self>> {
		self.0.import_notification_stream()
	}

	fn on_broadcasted(&self, propagations: HashMap<TxHash<Self>, Vec<String>>) {
		self.0.on_broadcasted(propagations)
	}

	fn hash_of(&self, extrinsic: &TransactionFor<Self>) -> TxHash<Self> {
		self.0.hash_of(extrinsic)
	}

	fn ready_transaction(&self, hash: &TxHash<Self>) -> Option<Waiting<C>> {
		self.0.ready_transaction(hash)
	}

	async fn ready_at_with_timeout(
		&self,
		at: Hash,
		timeout: Duration,
	) -> Box<dyn ReadyTransactions<Item = Waiting<C>> + Send> {
		self.0.ready_at_with_timeout(at, timeout).await
	}
}

#[async_trait]
impl<C: ChainApi<Block = Block> + 'static> MaintainedTransactionPool for SingleState<C> {
	async fn maintain(&self, event: ChainEvent<Block>) {
		self.0.maintain(event).await
	}
}

impl<C: ChainApi<Block = Block> + 'static> LocalTransactionPool for SingleState<C> {
	type Block = Block;
	type Hash = Hash;
	type Error = C::Error;

	/// From an offchain worker or a report of a voter's or an author's offence: the caller's thread
	/// validates it, so that nothing is waited for.
	fn submit_local(
		&self,
		at: Hash,
		extrinsic: LocalTransactionFor<Self>,
	) -> Result<Hash, C::Error> {
		block_on(self.0.submit_one(at, TransactionSource::Local, extrinsic))
	}
}
