// SPDX-License-Identifier: Apache-2.0
//! A chain that says what the test wants, over a real index.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use futures::{
	channel::mpsc::{unbounded, UnboundedSender},
	stream::BoxStream,
	StreamExt,
};
use jsonrpsee::RpcModule;
use parking_lot::Mutex;
use serde_json::{json, Value};
use unum_ethereum_index::{BlockId, ChainChange, EthereumIndex, IndexedBlock};
use unum_ethereum_view::{
	AccountState, BlockView, EstimateFailure, IncludedTransaction, LogView, NextBlock, ReceiptView,
	SimulatedBlock, SimulatedOutcome, Trace, TraceOptions, TransactionBody, TransactionView, H160,
	H256, U256,
};

use crate::{module, ChainError, EthereumChain, PoolContent, SubmitError, SyncProgress};

type Estimate = Result<u64, EstimateFailure>;

#[derive(Default)]
pub(super) struct Double {
	pub(super) chain_id: u64,
	pub(super) next: Mutex<NextBlock>,
	pub(super) finalized: Mutex<Option<BlockId>>,
	pub(super) accounts: Mutex<HashMap<H160, AccountState>>,
	pub(super) pool: Mutex<PoolContent>,
	/// What simulations answer, and what they were asked.
	pub(super) outcomes: Mutex<Vec<Vec<SimulatedOutcome>>>,
	pub(super) asked: Mutex<Vec<SimulatedBlock>>,
	pub(super) estimate: Mutex<Option<Estimate>>,
	pub(super) submitted: Mutex<Option<Result<H256, SubmitError>>>,
	pub(super) sync: Mutex<Option<SyncProgress>>,
	changes: Mutex<Vec<UnboundedSender<ChainChange>>>,
	pending: Mutex<Vec<UnboundedSender<TransactionView>>>,
}

#[async_trait]
impl EthereumChain for Double {
	fn chain_id(&self, _: H256) -> Result<u64, ChainError> {
		Ok(self.chain_id)
	}
	fn best(&self) -> BlockId {
		BlockId { number: 0, hash: H256::zero() }
	}
	fn finalized(&self) -> BlockId {
		self.finalized.lock().unwrap_or(BlockId { number: 0, hash: H256::zero() })
	}
	fn next_block(&self, _: H256) -> Result<NextBlock, ChainError> {
		Ok(*self.next.lock())
	}
	fn account(&self, _: H256, address: H160) -> Result<AccountState, ChainError> {
		Ok(self.accounts.lock().get(&address).cloned().unwrap_or_default())
	}
	fn storage(&self, _: H256, _: H160, slot: H256) -> Result<H256, ChainError> {
		Ok(slot)
	}
	fn simulate(
		&self,
		_: H256,
		blocks: Vec<SimulatedBlock>,
	) -> Result<Vec<SimulatedOutcome>, ChainError> {
		self.asked.lock().extend(blocks);
		Ok(self.outcomes.lock().remove(0))
	}
	fn estimate_gas(&self, _: H256, block: SimulatedBlock) -> Result<Estimate, ChainError> {
		self.asked.lock().push(block);
		Ok(self.estimate.lock().take().unwrap())
	}
	fn trace_block(
		&self,
		_: H256,
		_: Option<u32>,
		_: TraceOptions,
	) -> Result<Vec<(u32, Trace)>, ChainError> {
		Ok(Vec::new())
	}
	fn raw_header(&self, _: H256) -> Result<Option<Vec<u8>>, ChainError> {
		Ok(Some(vec![1, 2]))
	}
	fn raw_block(&self, block: H256) -> Result<Option<Vec<u8>>, ChainError> {
		Err(ChainError::StatePruned(block))
	}
	async fn submit(&self, _: Vec<u8>) -> Result<H256, SubmitError> {
		self.submitted.lock().take().unwrap()
	}
	fn pool(&self) -> Result<PoolContent, ChainError> {
		Ok(self.pool.lock().clone())
	}
	fn pending(&self) -> BoxStream<'static, TransactionView> {
		let (to, from) = unbounded();
		self.pending.lock().push(to);
		from.boxed()
	}
	fn changes(&self) -> BoxStream<'static, ChainChange> {
		let (to, from) = unbounded();
		self.changes.lock().push(to);
		from.boxed()
	}
	fn sync_progress(&self) -> Option<SyncProgress> {
		*self.sync.lock()
	}
	fn peer_count(&self) -> u64 {
		3
	}
	fn client_version(&self) -> String {
		"unum/v0".into()
	}
}

/// A chain with its index and the methods over both.
pub(super) struct Setup {
	pub(super) chain: Arc<Double>,
	pub(super) index: Arc<EthereumIndex>,
	pub(super) module: RpcModule<()>,
}

impl Setup {
	/// A chain with a genesis block.
	pub(super) fn new() -> Self {
		Self::with(block(0, 0, 0xff, vec![]))
	}

	pub(super) fn with(genesis: IndexedBlock) -> Self {
		Self::of(genesis, 4663)
	}

	pub(super) fn of(genesis: IndexedBlock, chain_id: u64) -> Self {
		let chain = Double { chain_id, ..Double::default() };
		*chain.next.lock() =
			NextBlock { base_fee: 7, gas_limit: 30_000_000, transaction_gas_limit: 16_777_216 };
		let (chain, index) = (Arc::new(chain), Arc::new(EthereumIndex::in_memory().unwrap()));
		let module = module(chain.clone(), index.clone()).unwrap();
		let setup = Self { chain, index, module };
		setup.import(genesis);
		setup
	}

	/// Imports a block as the best one, and publishes that.
	pub(super) fn import(&self, block: IndexedBlock) {
		self.index.insert(&block).unwrap();
		let change = self.index.set_best(block.id.hash).unwrap();
		self.chain.changes.lock().retain(|to| to.unbounded_send(change.clone()).is_ok());
	}

	/// Lets a transaction come into the pool.
	pub(super) fn announce(&self, view: TransactionView) {
		self.chain.pool.lock().ready.push(view.clone());
		self.chain.pending.lock().retain(|to| to.unbounded_send(view.clone()).is_ok());
	}

	/// The whole answer to a request.
	pub(super) async fn ask(&self, method: &str, params: Value) -> Value {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let (answer, _) = self.module.raw_json_request(&request.to_string(), 1).await.unwrap();
		serde_json::from_str(&answer).unwrap()
	}

	/// The result of a request that succeeds.
	pub(super) async fn get(&self, method: &str, params: Value) -> Value {
		let answer = self.ask(method, params).await;
		assert!(answer.get("error").is_none(), "{method}: {answer}");
		answer["result"].clone()
	}

	/// Code and message of a request that fails.
	pub(super) async fn fail(&self, method: &str, params: Value) -> (i64, String) {
		let answer = self.ask(method, params).await;
		let error = answer.get("error").unwrap_or_else(|| panic!("{method}: {answer}"));
		(error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_string())
	}
}

/// A hash that is easy to tell from others: `fork` says of which fork a block is.
pub(super) fn id(number: u64, fork: u8) -> BlockId {
	let mut hash = H256::repeat_byte(fork);
	hash.0[..8].copy_from_slice(&number.to_be_bytes());
	BlockId { number, hash }
}

pub(super) fn block(
	number: u64,
	parent_fork: u8,
	fork: u8,
	transactions: Vec<IncludedTransaction>,
) -> IndexedBlock {
	IndexedBlock {
		id: id(number, fork),
		parent_hash: id(number.wrapping_sub(1), parent_fork).hash,
		state_root: H256::repeat_byte(0x51),
		extrinsics_root: H256::repeat_byte(0x52),
		receipts_root: H256::repeat_byte(0x53),
		size: 1_000,
		view: BlockView {
			timestamp: 1_000 + number,
			beneficiary: H160::repeat_byte(0xbe),
			prevrandao: H256::repeat_byte(0x44),
			gas_limit: 30_000_000,
			base_fee: 10 + number,
			transactions,
		},
	}
}

/// An extrinsic that is no Ethereum transaction.
pub(super) fn extrinsic(hash: u8, from: u8, nonce: u64) -> TransactionView {
	TransactionView {
		hash: H256::repeat_byte(hash),
		from: H160::repeat_byte(from),
		body: TransactionBody::Extrinsic {
			to: Some(H160::zero()),
			nonce,
			value: U256::from(5),
			input: vec![1, 2, 3],
			gas: 100_000,
		},
	}
}

/// A transaction that used so much gas, paid that for each unit, and logged.
pub(super) fn included(
	transaction: TransactionView,
	gas_used: u64,
	price: u128,
	logs: Vec<LogView>,
) -> IncludedTransaction {
	IncludedTransaction {
		extrinsic_index: 1,
		transaction,
		receipt: ReceiptView {
			success: true,
			gas_used,
			effective_gas_price: price,
			contract: None,
			logs,
		},
	}
}

pub(super) fn log(address: u8, topics: &[u8]) -> LogView {
	LogView {
		address: H160::repeat_byte(address),
		topics: topics.iter().map(|topic| H256::repeat_byte(*topic)).collect(),
		data: vec![address],
	}
}

/// A block with one extrinsic that makes one log.
pub(super) fn logging(number: u64, parent_fork: u8, fork: u8) -> IndexedBlock {
	let hash = u8::try_from(number * 16).unwrap() ^ fork;
	let logs = vec![log(0xaa, &[1, u8::try_from(number).unwrap()])];
	let transaction = included(extrinsic(hash, 0xcc, number), 21_000, 20, logs);
	block(number, parent_fork, fork, vec![transaction])
}
