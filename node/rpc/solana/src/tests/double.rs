// SPDX-License-Identifier: Apache-2.0
//! A chain that says what the test wants, over a real index.

use std::{
	collections::{BTreeMap, HashMap},
	sync::Arc,
};

use async_trait::async_trait;
use ed25519_dalek::{Signer, SigningKey};
use futures::{
	channel::mpsc::{unbounded, UnboundedSender},
	stream::BoxStream,
	StreamExt,
};
use jsonrpsee::RpcModule;
use parking_lot::Mutex;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_index::{BlockId, IndexedBlock, SolanaIndex};
use unum_solana_transaction::{
	compile_legacy, ids, AccountMeta, Instruction, RawTransaction, Signature,
};
use unum_solana_view::{
	AccountView, BlockView, ChainInfo, IncludedTransaction, ProgramFilter, SimulationOptions,
	SimulationOutcome, TokenHolding, TransactionMeta, TransactionOrigin,
};

use crate::{module, ChainError, Faucet, News, NodeInfo, SolanaChain, SubmitError, SvmKey};

type Accounts = BTreeMap<SvmAddress, AccountView>;

#[derive(Default)]
pub(crate) struct Double {
	pub(crate) best: Mutex<BlockId>,
	pub(crate) finalized: Mutex<BlockId>,
	canonical: Mutex<BTreeMap<u64, [u8; 32]>>,
	/// The state at each block.
	states: Mutex<HashMap<[u8; 32], Accounts>>,
	pub(crate) holdings: Mutex<Vec<TokenHolding>>,
	/// What simulations answer, and what they were asked.
	pub(crate) outcomes: Mutex<Vec<SimulationOutcome>>,
	pub(crate) asked: Mutex<Vec<(BlockId, Vec<u8>, SimulationOptions)>>,
	pub(crate) refusal: Mutex<Option<SubmitError>>,
	pub(crate) submitted: Mutex<Vec<Vec<u8>>>,
	pub(crate) behind: Mutex<Option<u64>>,
	news: Mutex<Vec<UnboundedSender<News>>>,
	received: Mutex<Vec<UnboundedSender<[u8; 64]>>>,
}

#[async_trait]
impl SolanaChain for Double {
	fn best(&self) -> BlockId {
		*self.best.lock()
	}
	fn finalized(&self) -> BlockId {
		*self.finalized.lock()
	}
	fn genesis(&self) -> BlockId {
		BlockId { slot: 0, hash: self.canonical.lock()[&0] }
	}
	fn canonical(&self, slot: u64) -> Result<Option<[u8; 32]>, ChainError> {
		Ok(self.canonical.lock().get(&slot).copied())
	}
	fn blockhash_of(&self, block: [u8; 32]) -> Result<[u8; 32], ChainError> {
		Ok(block.map(|byte| !byte))
	}
	fn info(&self, at: BlockId) -> Result<ChainInfo, ChainError> {
		Ok(ChainInfo {
			slot: at.slot,
			blockhash: self.blockhash_of(at.hash)?,
			last_valid_slot: at.slot + 150,
			lamports_per_signature: 5_000,
			supply: 1_000_000,
			transaction_count: 77,
			timestamp: 1_700_000_000,
		})
	}
	fn is_blockhash_valid(&self, at: BlockId, blockhash: [u8; 32]) -> Result<bool, ChainError> {
		Ok(self.blockhash_of(at.hash)? == blockhash)
	}
	fn accounts(
		&self,
		at: BlockId,
		keys: Vec<SvmAddress>,
	) -> Result<Vec<Option<AccountView>>, ChainError> {
		let states = self.states.lock();
		let state = states.get(&at.hash).ok_or(ChainError::UnknownBlock(at.slot))?;
		Ok(keys.iter().map(|key| state.get(key).cloned()).collect())
	}
	fn program_accounts(
		&self,
		at: BlockId,
		program: SvmAddress,
		filters: Vec<ProgramFilter>,
		after: Option<SvmAddress>,
		limit: u32,
	) -> Result<Vec<(SvmAddress, AccountView)>, ChainError> {
		let states = self.states.lock();
		let passes = |account: &AccountView| {
			filters.iter().all(|filter| match filter {
				ProgramFilter::DataSize(size) => account.data.len() as u64 == *size,
				ProgramFilter::Memcmp { offset, bytes } => {
					account.data.get(*offset as usize..).is_some_and(|rest| rest.starts_with(bytes))
				},
				ProgramFilter::TokenAccountState => account.data.len() == 165,
			})
		};
		let all = states[&at.hash].iter();
		let page = all
			.filter(|(key, account)| {
				account.owner == program && passes(account) && after < Some(**key)
			})
			.take(limit as usize);
		Ok(page.map(|(key, account)| (*key, account.clone())).collect())
	}
	fn token_accounts(
		&self,
		_: BlockId,
		_: SvmAddress,
		mint: Option<MintId>,
		_: u32,
	) -> Result<Vec<TokenHolding>, ChainError> {
		let all = self.holdings.lock();
		let of_mint = all.iter().filter(|holding| mint.is_none_or(|mint| holding.mint == mint));
		Ok(of_mint.cloned().collect())
	}
	fn simulate(
		&self,
		at: BlockId,
		raw: Vec<u8>,
		options: SimulationOptions,
	) -> Result<SimulationOutcome, ChainError> {
		self.asked.lock().push((at, raw, options));
		Ok(self.outcomes.lock().remove(0))
	}
	fn fee_for_message(&self, _: BlockId, message: Vec<u8>) -> Result<Option<u64>, ChainError> {
		Ok((!message.is_empty()).then_some(5_000))
	}
	async fn submit(&self, raw: Vec<u8>) -> Result<(), SubmitError> {
		let signature = *RawTransaction::decode(&raw).unwrap().first_signature().as_bytes();
		self.submitted.lock().push(raw);
		match self.refusal.lock().take() {
			Some(refusal) => Err(refusal),
			None => {
				self.received.lock().retain(|to| to.unbounded_send(signature).is_ok());
				Ok(())
			},
		}
	}
	fn news(&self) -> BoxStream<'static, News> {
		let (to, from) = unbounded();
		self.news.lock().push(to);
		from.boxed()
	}
	fn received(&self) -> BoxStream<'static, [u8; 64]> {
		let (to, from) = unbounded();
		self.received.lock().push(to);
		from.boxed()
	}
	fn slots_behind(&self) -> Option<u64> {
		*self.behind.lock()
	}
	fn node(&self) -> NodeInfo {
		NodeInfo {
			identity: SvmKey([9; 32]),
			gossip: Some("127.0.0.1:30333".into()),
			rpc: Some("127.0.0.1:8899".into()),
		}
	}
}

/// A chain with its index and the methods over both.
pub(crate) struct Setup {
	pub(crate) chain: Arc<Double>,
	pub(crate) index: Arc<SolanaIndex>,
	pub(crate) module: RpcModule<()>,
}

impl Setup {
	/// A chain with a genesis block, and no faucet.
	pub(crate) fn new() -> Self {
		Self::with(None)
	}

	pub(crate) fn with(faucet: Option<Faucet>) -> Self {
		let (chain, index) =
			(Arc::new(Double::default()), Arc::new(SolanaIndex::in_memory().unwrap()));
		let module = module(chain.clone(), index.clone(), faucet).unwrap();
		let setup = Self { chain, index, module };
		*setup.chain.finalized.lock() = setup.import(vec![]);
		setup
	}

	/// Makes a block on the best one, and publishes that. The state stays what it was.
	pub(crate) fn import(&self, transactions: Vec<IncludedTransaction>) -> BlockId {
		let parent = *self.chain.best.lock();
		let slot = if self.chain.canonical.lock().is_empty() { 0 } else { parent.slot + 1 };
		self.fork(parent, slot, 0xb0, transactions)
	}

	/// As `import`, with an account that the block has changed.
	pub(crate) fn import_with(
		&self,
		transactions: Vec<IncludedTransaction>,
		key: SvmAddress,
		account: AccountView,
	) -> BlockId {
		let parent = *self.chain.best.lock();
		self.add(parent, parent.slot + 1, 0xb0, transactions, Some((key, account)))
	}

	/// Makes a block on any other, as the best one.
	pub(crate) fn fork(
		&self,
		parent: BlockId,
		slot: u64,
		fork: u8,
		transactions: Vec<IncludedTransaction>,
	) -> BlockId {
		self.add(parent, slot, fork, transactions, None)
	}

	fn add(
		&self,
		parent: BlockId,
		slot: u64,
		fork: u8,
		transactions: Vec<IncludedTransaction>,
		changed: Option<(SvmAddress, AccountView)>,
	) -> BlockId {
		let mut hash = [fork; 32];
		hash[..8].copy_from_slice(&slot.to_be_bytes());
		let id = BlockId { slot, hash };
		let timestamp = 1_700_000_000 + slot as i64;
		let view = BlockView { slot, timestamp, transactions };
		let block = IndexedBlock { id, parent: parent.hash, view };
		self.index.insert_all(&[block]).unwrap();
		let mut canonical = self.chain.canonical.lock();
		canonical.retain(|other, _| *other < slot);
		canonical.insert(slot, hash);
		drop(canonical);
		let mut states = self.chain.states.lock();
		let mut state = states.get(&parent.hash).cloned().unwrap_or_default();
		state.extend(changed);
		states.insert(hash, state);
		drop(states);
		*self.chain.best.lock() = id;
		self.publish(&News::Best(vec![id]));
		id
	}

	/// Makes the best block final.
	pub(crate) fn finalize(&self) {
		let best = *self.chain.best.lock();
		let before = std::mem::replace(&mut *self.chain.finalized.lock(), best);
		let canonical = self.chain.canonical.lock().clone();
		let blocks = canonical.range(before.slot + 1..=best.slot);
		let blocks = blocks.map(|(slot, hash)| BlockId { slot: *slot, hash: *hash }).collect();
		self.publish(&News::Finalized(blocks));
	}

	fn publish(&self, news: &News) {
		self.chain.news.lock().retain(|to| to.unbounded_send(news.clone()).is_ok());
	}

	/// Puts an account into the state at the best block, and at the last final one.
	pub(crate) fn set(&self, key: SvmAddress, account: AccountView) {
		for at in [*self.chain.best.lock(), *self.chain.finalized.lock()] {
			self.set_at(at, key, account.clone());
		}
	}

	/// Puts an account into the state at a block alone.
	pub(crate) fn set_at(&self, at: BlockId, key: SvmAddress, account: AccountView) {
		self.chain.states.lock().entry(at.hash).or_default().insert(key, account);
	}

	/// The whole answer to a request.
	pub(crate) async fn ask(&self, method: &str, params: Value) -> Value {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let (answer, _) = self.module.raw_json_request(&request.to_string(), 1).await.unwrap();
		serde_json::from_str(&answer).unwrap()
	}

	/// The result of a request that succeeds.
	pub(crate) async fn get(&self, method: &str, params: Value) -> Value {
		let answer = self.ask(method, params).await;
		assert!(answer.get("error").is_none(), "{method}: {answer}");
		answer["result"].clone()
	}

	/// The value of a request that succeeds and is answered with its slot.
	pub(crate) async fn value(&self, method: &str, params: Value) -> Value {
		let result = self.get(method, params).await;
		let slot = result["context"]["slot"].as_u64();
		assert_eq!(result["context"], json!({ "apiVersion": "4.2.2", "slot": slot }), "{method}");
		assert!(slot.is_some());
		result["value"].clone()
	}

	/// Code and message of a request that fails.
	pub(crate) async fn fail(&self, method: &str, params: Value) -> (i64, String) {
		let answer = self.ask(method, params).await;
		let error = answer.get("error").unwrap_or_else(|| panic!("{method}: {answer}"));
		(error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_string())
	}
}

pub(crate) fn key(byte: u8) -> SvmAddress {
	[byte; 32].into()
}

pub(crate) fn text(byte: u8) -> String {
	key(byte).to_string()
}

pub(crate) fn account(lamports: u64, owner: SvmAddress, data: Vec<u8>) -> AccountView {
	AccountView { lamports, data, owner, executable: false, rent_epoch: u64::MAX }
}

pub(crate) fn wallet(seed: u8) -> SigningKey {
	SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn address_of(key: &SigningKey) -> SvmAddress {
	key.verifying_key().to_bytes().into()
}

/// A transfer of lamports.
pub(crate) fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let mut data = vec![2, 0, 0, 0];
	data.extend(lamports.to_le_bytes());
	let meta = |pubkey, is_signer| AccountMeta { pubkey, is_signer, is_writable: true };
	Instruction {
		program: ids::system_program(),
		accounts: vec![meta(from, true), meta(to, false)],
		data,
	}
}

/// A signed transaction.
pub(crate) fn signed(wallet: &SigningKey, instructions: &[Instruction]) -> RawTransaction {
	let message = compile_legacy(address_of(wallet), instructions, [5; 32].into()).unwrap();
	let signature = Signature::new(wallet.sign(&message.encode()).to_bytes());
	RawTransaction::new(&[signature], &message).unwrap()
}

/// It, in a block.
pub(crate) fn included(raw: &RawTransaction, meta: TransactionMeta) -> IncludedTransaction {
	IncludedTransaction {
		extrinsic_index: 1,
		signature: *raw.first_signature().as_bytes(),
		origin: TransactionOrigin::Solana,
		bytes: raw.bytes().to_vec(),
		meta,
		accounts: raw.message().account_keys().to_vec(),
	}
}

/// A simulation that comes to this.
pub(crate) fn outcome(meta: TransactionMeta) -> SimulationOutcome {
	SimulationOutcome { meta, accounts: vec![], loaded_accounts_data_size: 42 }
}
