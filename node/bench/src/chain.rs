// SPDX-License-Identifier: Apache-2.0
//! A chain in memory, whose blocks are made and executed by the Wasm runtime alone.

use std::{
	collections::BTreeMap,
	sync::{Arc, LazyLock},
	time::Duration,
};

use codec::{Decode, Encode};
use pallet_unified_tokens::GenesisMint;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use sc_executor::WasmExecutor;
use sp_core::{
	sr25519,
	storage::Storage,
	traits::{CallContext, CodeExecutor},
	Pair, H256,
};
use sp_externalities::Extensions;
use sp_inherents::InherentData;
use sp_runtime::{
	generic::{Era, LazyBlock},
	traits::{BlakeTwo256, Header as _},
	transaction_validity::TransactionValidityError,
	ApplyExtrinsicResult, BuildStorage, Digest, DigestItem, MultiSignature, OpaqueExtrinsic,
	StateVersion,
};
use sp_state_machine::{
	Backend, DBValue, Ext, Storage as TrieStorage, TrieBackend, TrieBackendBuilder,
	TrieBackendStorage,
};
use sp_trie::{
	cache::{CacheSize, LocalTrieCache, SharedTrieCache},
	PrefixedMemoryDB,
};
use sp_wasm_interface::ExtendedHostFunctions;
use unum_executor::{
	signatures, Authored, CallError, Candidate, Candidates, Engine, Fallback, Machine, Overlay,
	Report, States, Task,
};
use unum_id_com::MintId;
use unum_runtime::{
	AccountId, Address, Header, HostFunctions, RuntimeCall, RuntimeGenesisConfig, SignedPayload,
	UncheckedExtrinsic, UNIT, VERSION,
};
use unum_solana_transaction::Instruction;
use unum_units::{Decimals, LedgerAmount};

use crate::solana::{self, WALLETS_MAX};

/// Runs the runtime, and remembers signatures that it has verified.
pub type Wasm = WasmExecutor<ExtendedHostFunctions<HostFunctions, signatures::Cached>>;
type Db = PrefixedMemoryDB<BlakeTwo256>;

/// What the runtime makes the inherent of that sets the time.
const TIMESTAMP: [u8; 8] = *b"timstap0";

/// From this the token's identity is derived.
pub(crate) const SALT: H256 = H256::repeat_byte(0x54);
const IMPORT: CallContext = CallContext::Onchain { import: true };
const AUTHOR: CallContext = CallContext::Onchain { import: false };

/// Accounts below this number can sign; of the others nobody knows a key.
pub const SIGNERS_MAX: u32 = 1 << 16;

/// The state after the last block.
pub struct Chain {
	nodes: Arc<Nodes>,
	root: H256,
	cache: Option<SharedTrieCache<BlakeTwo256>>,
	wasm: Wasm,
	/// The hash of the block before the first one.
	genesis: H256,
	last: Option<Header>,
	nonces: BTreeMap<AccountId, u32>,
}

/// The nodes of the state's trie, for all who read it at the same time.
#[derive(Clone)]
struct Nodes(Db);

impl TrieStorage<BlakeTwo256> for Nodes {
	fn get(&self, key: &H256, prefix: (&[u8], Option<u8>)) -> Result<Option<DBValue>, String> {
		TrieBackendStorage::get(&self.0, key, prefix)
	}
}

impl std::fmt::Debug for Chain {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("Chain").field("last", &self.last).finish_non_exhaustive()
	}
}

impl States for Chain {
	type State =
		TrieBackend<Arc<dyn TrieStorage<BlakeTwo256>>, BlakeTwo256, LocalTrieCache<BlakeTwo256>>;

	fn open(&self) -> Result<Self::State, String> {
		let nodes: Arc<dyn TrieStorage<BlakeTwo256>> = self.nodes.clone();
		let cache = self.cache.as_ref().map(SharedTrieCache::local_cache_trusted);
		Ok(TrieBackendBuilder::new(nodes, self.root).with_optional_cache(cache).build())
	}

	fn extensions(&self) -> Extensions {
		Extensions::new()
	}
}

/// A block with its header.
#[derive(Clone, Debug)]
pub struct Block {
	/// Its header, without a seal.
	pub header: Header,
	/// What it contains: first the inherent that sets the time.
	pub extrinsics: Vec<OpaqueExtrinsic>,
}

/// All that executing a block leaves.
#[derive(PartialEq, Debug)]
pub struct Effects {
	/// The entries that differ from those before.
	pub changes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
	root: H256,
	/// The nodes of the trie that come and go, with their counts.
	nodes: BTreeMap<Vec<u8>, (Vec<u8>, i32)>,
}

/// A block that was made in lanes.
#[derive(Debug)]
pub struct Made {
	/// The block.
	pub block: Block,
	/// What it leaves.
	pub effects: Effects,
	/// The positions of transactions that are not in it, though they were looked at, with the causes.
	pub refused: Vec<(usize, Option<TransactionValidityError>)>,
	/// How it was made.
	pub report: Report,
}

/// What somebody does.
#[derive(Clone, Debug)]
pub enum Act {
	/// An account makes a call.
	Call(u32, RuntimeCall),
	/// A wallet of Solana pays for instructions.
	Solana(u32, Vec<Instruction>),
}

/// Transactions for a block that is made in lanes.
struct Offered<'a> {
	left: std::slice::Iter<'a, OpaqueExtrinsic>,
	refused: Vec<(usize, Option<TransactionValidityError>)>,
}

impl Candidates for Offered<'_> {
	fn next(&mut self) -> Option<Candidate> {
		self.left.next().map(|extrinsic| Candidate { extrinsic: extrinsic.clone(), ties: vec![] })
	}

	fn refuse(&mut self, number: usize, cause: Option<TransactionValidityError>) {
		self.refused.push((number, cause));
	}

	fn time_left(&self) -> Duration {
		Duration::MAX
	}
}

pub(crate) fn seed(number: u32) -> [u8; 32] {
	let mut seed = [0x33; 32];
	seed[..4].copy_from_slice(&number.to_le_bytes());
	seed
}

/// The key of an account.
pub fn pair(number: u32) -> sr25519::Pair {
	sr25519::Pair::from_seed(&seed(number))
}

/// An account by its number.
pub fn account(number: u32) -> AccountId {
	match number < SIGNERS_MAX {
		true => pair(number).public().0.into(),
		false => sp_io::hashing::blake2_256(&seed(number)).into(),
	}
}

/// The token of which everybody has a thousand.
pub fn mint() -> MintId {
	MintId::derive(account(0).into(), SALT.into())
}

/// The block before the first one, with this root of its state.
pub fn genesis_header(root: H256) -> Header {
	Header::new(0, H256::zero(), root, H256::zero(), Digest::default())
}

/// The state before the first block of [`Chain::new`].
///
/// # Panics
/// The runtime does not accept it.
pub fn genesis(accounts: u32) -> Storage {
	let wallets = (0..accounts.min(WALLETS_MAX)).into_par_iter();
	let wallets = wallets.map(|number| solana::wallet(number).unbound_id_com().into());
	let everybody: Vec<AccountId> =
		(0..accounts).into_par_iter().map(account).chain(wallets).collect();
	let mut storage = RuntimeGenesisConfig {
		balances: unum_runtime::BalancesConfig {
			balances: everybody.iter().map(|who| (who.clone(), 1_000 * UNIT)).collect(),
			..Default::default()
		},
		aura: unum_runtime::AuraConfig {
			authorities: vec![sr25519::Public::from(pair(0).public()).into()],
		},
		unified_tokens: unum_runtime::UnifiedTokensConfig {
			mints: vec![GenesisMint {
				creator: account(0),
				salt: SALT,
				decimals: Decimals::new(18).expect("few enough"),
				svm_decimals: None,
				name: "Test".into(),
				symbol: "TST".into(),
				mint_authority: None,
				freeze_authority: None,
				balances: everybody
					.iter()
					.map(|who| (who.clone(), LedgerAmount::new(1_000 * UNIT)))
					.collect(),
			}],
			..Default::default()
		},
		sudo: unum_runtime::SudoConfig { key: Some(account(0)) },
		..Default::default()
	}
	.build_storage()
	.expect("a genesis");
	let code = unum_runtime::WASM_BINARY.expect("the runtime was built with its Wasm");
	storage.top.insert(b":code".to_vec(), code.to_vec());
	storage
}

impl Chain {
	/// A chain on which so many accounts have a thousand coins and tokens, and as many wallets of Solana,
	/// up to [`WALLETS_MAX`]; the first account may use sudo. Its state is read without a cache.
	pub fn new(accounts: u32) -> Self {
		Self::with_cache(accounts, None)
	}

	/// The same with a trie cache of so many bytes, as a node has.
	///
	/// # Panics
	/// The runtime does not accept the genesis.
	pub fn with_cache(accounts: u32, bytes: Option<usize>) -> Self {
		let storage = genesis(accounts);
		let empty = TrieBackendBuilder::new(
			Db::default(),
			sp_trie::empty_trie_root::<sp_trie::LayoutV1<BlakeTwo256>>(),
		)
		.build();
		let delta = storage.top.iter().map(|(key, value)| (&key[..], Some(&value[..])));
		let (root, db) = empty.storage_root(delta, StateVersion::V1);
		// Compiled once for all chains.
		static WASM: LazyLock<Wasm> =
			LazyLock::new(|| Wasm::builder().with_max_runtime_instances(48).build());
		let wasm = WASM.clone();
		Self {
			nodes: Arc::new(Nodes(db)),
			root,
			cache: bytes.map(|bytes| SharedTrieCache::new(CacheSize::new(bytes), None)),
			wasm,
			genesis: genesis_header(root).hash(),
			last: None,
			nonces: BTreeMap::new(),
		}
	}

	/// What executes Wasm.
	pub fn wasm(&self) -> &Wasm {
		&self.wasm
	}

	/// The root of the state after the last block.
	pub fn root(&self) -> H256 {
		self.root
	}

	/// The hash of the last block.
	pub fn parent(&self) -> H256 {
		self.last.as_ref().map_or(self.genesis, Header::hash)
	}

	fn number(&self) -> u32 {
		self.last.as_ref().map_or(0, |header| header.number)
	}

	fn call<R: Decode>(
		&self,
		overlay: &mut Overlay,
		context: CallContext,
		method: &'static str,
		input: &impl Encode,
	) -> Result<R, CallError> {
		let state = self.open().expect("it is in memory");
		let machine = Machine { executor: &self.wasm, context, parent: self.parent() };
		machine.call((&state, &state), overlay, &mut Extensions::new(), method, input)
	}

	/// A transaction with the sender's next nonce.
	pub fn sign(&mut self, sender: u32, call: RuntimeCall) -> OpaqueExtrinsic {
		let nonce = self.nonces.entry(account(sender)).or_default();
		let signed = sign(&pair(sender), *nonce, call, self.genesis);
		*nonce += 1;
		signed
	}

	/// A transaction that a wallet of Solana signs and pays, for the next 150 blocks.
	///
	/// # Panics
	/// It is too large for one.
	pub fn sign_solana(&self, payer: u32, instructions: &[Instruction]) -> OpaqueExtrinsic {
		solana::signed(payer, instructions, pallet_svm::blockhash_of(self.parent()))
	}

	/// Signs what somebody does.
	///
	/// # Panics
	/// It is too large for a transaction.
	pub fn act(&mut self, act: Act) -> OpaqueExtrinsic {
		match act {
			Act::Call(sender, call) => self.sign(sender, call),
			Act::Solana(payer, instructions) => self.sign_solana(payer, &instructions),
		}
	}

	/// Makes a block of transactions in the ordinary way. Those that do not apply are left out, and all
	/// from the first on that finds the block full.
	///
	/// # Panics
	/// The runtime can not begin or end a block.
	pub fn author(&self, transactions: &[OpaqueExtrinsic]) -> Block {
		let mut overlay = Overlay::default();
		let header = self.next_header();
		let _: sp_runtime::ExtrinsicInclusionMode =
			self.call(&mut overlay, AUTHOR, "Core_initialize_block", &header).expect("it begins");
		let now = self.next_time();
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		let time = opaque(&UncheckedExtrinsic::new_bare(time));
		let mut extrinsics = vec![];
		for extrinsic in core::iter::once(&time).chain(transactions) {
			overlay.start_transaction();
			let applied: Result<ApplyExtrinsicResult, _> =
				self.call(&mut overlay, AUTHOR, "BlockBuilder_apply_extrinsic", extrinsic);
			match applied {
				Ok(Ok(_)) => {
					overlay.commit_transaction().expect("it is open");
					extrinsics.push(extrinsic.clone());
				},
				outcome => {
					overlay.rollback_transaction().expect("it is open");
					if matches!(outcome, Ok(Err(cause)) if cause.exhausted_resources()) {
						break;
					}
				},
			}
		}
		let header =
			self.call(&mut overlay, AUTHOR, "BlockBuilder_finalize_block", &()).expect("it ends");
		Block { header, extrinsics }
	}

	/// Makes a block of transactions in lanes. Returns the positions of those that were refused, with the
	/// causes, and what the block changes.
	///
	/// # Errors
	/// It has to be made in the ordinary way.
	pub fn author_in_lanes(
		&self,
		engine: &Engine,
		transactions: &[OpaqueExtrinsic],
	) -> Result<Made, Fallback> {
		self.author_by(&self.wasm, engine, transactions)
	}

	/// The same by another executor of Wasm.
	///
	/// # Errors
	/// As [`author_in_lanes`](Self::author_in_lanes).
	pub fn author_by<E: CodeExecutor + Clone + 'static>(
		&self,
		executor: &E,
		engine: &Engine,
		transactions: &[OpaqueExtrinsic],
	) -> Result<Made, Fallback> {
		let mut offered = Offered { left: transactions.iter(), refused: vec![] };
		let made = self.authored(executor, engine, &mut offered)?;
		Ok(Made {
			block: Block { header: made.header, extrinsics: made.extrinsics },
			effects: self.effects(made.changes),
			refused: offered.refused,
			report: made.report,
		})
	}

	/// The same, and keeps nothing of it.
	///
	/// # Errors
	/// As [`author_in_lanes`](Self::author_in_lanes).
	pub fn author_only(
		&self,
		engine: &Engine,
		transactions: &[OpaqueExtrinsic],
	) -> Result<Report, Fallback> {
		let mut offered = Offered { left: transactions.iter(), refused: vec![] };
		Ok(self.authored(&self.wasm, engine, &mut offered)?.report)
	}

	fn authored<E: CodeExecutor + Clone + 'static>(
		&self,
		executor: &E,
		engine: &Engine,
		offered: &mut Offered<'_>,
	) -> Result<Authored<Header>, Fallback> {
		let machine = Machine { executor, context: AUTHOR, parent: self.parent() };
		let mut inherents = InherentData::new();
		inherents.put_data(TIMESTAMP, &self.next_time()).expect("it is the only one");
		let task = Task { header: self.next_header(), inherents };
		engine.author(&machine, self, task, offered)
	}

	/// When the next block is made, in milliseconds.
	fn next_time(&self) -> u64 {
		u64::from(self.number() + 1) * 400
	}

	/// The next block's header, as far as it is known before.
	fn next_header(&self) -> Header {
		let number = self.number() + 1;
		let digest =
			Digest { logs: vec![DigestItem::PreRuntime(*b"aura", u64::from(number).encode())] };
		Header::new(number, H256::zero(), H256::zero(), self.parent(), digest)
	}

	/// What the ordinary way makes of a block.
	///
	/// # Errors
	/// The runtime does not accept it.
	pub fn execute(&self, block: &Block) -> Result<Effects, CallError> {
		let mut overlay = Overlay::default();
		let input = (block.header.clone(), block.extrinsics.clone());
		let Nothing = self.call(&mut overlay, IMPORT, "Core_execute_block", &input)?;
		Ok(self.effects(overlay))
	}

	/// What the runtime makes of it outside Wasm, where each look at the state goes to the state.
	///
	/// # Panics
	/// It does not accept the block.
	pub fn execute_natively(&self, block: &Block) -> Effects {
		let (mut overlay, mut extensions) = (Overlay::default(), Extensions::new());
		let state = self.open().expect("it is in memory");
		let mut ext = Ext::new(&mut overlay, &state, Some(&mut extensions));
		let block = (&block.header, &block.extrinsics).encode();
		let block = LazyBlock::decode(&mut &block[..]).expect("it was encoded so");
		sp_externalities::set_and_run_with_externalities(&mut ext, || {
			unum_runtime::Executive::execute_block(block);
		});
		self.effects(overlay)
	}

	/// Executes a block in the ordinary way, and keeps nothing of it.
	///
	/// # Errors
	/// The runtime does not accept it.
	pub fn execute_only(&self, block: &Block) -> Result<(), CallError> {
		let input = (block.header.clone(), block.extrinsics.clone());
		let Nothing = self.call(&mut Overlay::default(), IMPORT, "Core_execute_block", &input)?;
		Ok(())
	}

	/// Executes a block in lanes, and keeps nothing of it.
	///
	/// # Errors
	/// It has to be executed in the ordinary way.
	pub fn lanes_only(&self, engine: &Engine, block: &Block) -> Result<Report, Fallback> {
		let machine = Machine { executor: &self.wasm, context: IMPORT, parent: self.parent() };
		let overlay = Overlay::default();
		let done = engine.execute(&machine, self, &block.header, &block.extrinsics, overlay)?;
		Ok(done.1)
	}

	/// What lanes make of it: those that the engine chooses, or these.
	///
	/// # Errors
	/// It has to be executed in the ordinary way.
	pub fn execute_in_lanes(
		&self,
		engine: &Engine,
		block: &Block,
		runs: Option<&[std::ops::Range<usize>]>,
	) -> Result<(Effects, Report), Fallback> {
		let machine = Machine { executor: &self.wasm, context: IMPORT, parent: self.parent() };
		let (header, extrinsics) = (&block.header, &block.extrinsics[..]);
		let overlay = Overlay::default();
		let (overlay, report) = match runs {
			None => engine.execute(&machine, self, header, extrinsics, overlay)?,
			Some(runs) => engine.execute_runs(&machine, self, header, extrinsics, runs, overlay)?,
		};
		Ok((self.effects(overlay), report))
	}

	fn effects(&self, mut overlay: Overlay) -> Effects {
		let state = self.open().expect("it is in memory");
		let changes =
			overlay.drain_storage_changes(&state, StateVersion::V1).expect("the root is known");
		assert!(changes.child_storage_changes.is_empty());
		assert!(changes.offchain_storage_changes.is_empty());
		assert!(changes.transaction_index_changes.is_empty());
		let before = |key: &[u8]| state.storage(key).expect("it is in memory");
		let changed = changes.main_storage_changes.into_iter();
		let changed = changed.filter(|(key, value)| before(key) != *value);
		let mut nodes = changes.transaction;
		let nodes = nodes.drain().into_iter().filter(|(_, (_, count))| *count != 0);
		Effects {
			changes: changed.collect(),
			root: changes.transaction_storage_root,
			nodes: nodes.collect(),
		}
	}

	/// Makes a block the last one.
	///
	/// # Panics
	/// The effects are not those of the block.
	pub fn import(&mut self, block: &Block, effects: &Effects) {
		let mut overlay = Overlay::default();
		for (key, value) in &effects.changes {
			overlay.set_storage(key.clone(), value.clone());
		}
		let state = self.open().expect("it is in memory");
		let changes =
			overlay.drain_storage_changes(&state, StateVersion::V1).expect("the root is known");
		Arc::make_mut(&mut self.nodes).0.consolidate(changes.transaction);
		self.root = changes.transaction_storage_root;
		assert_eq!(self.root, *block.header.state_root());
		self.last = Some(block.header.clone());
	}

	/// Forgets the nonces of transactions that were not included.
	///
	/// # Panics
	/// The state is none of this runtime's.
	pub fn read_nonces(&mut self) {
		let state = self.open().expect("it is in memory");
		for (who, nonce) in &mut self.nonces {
			let key = frame_system::Account::<unum_runtime::Runtime>::hashed_key_for(who);
			let entry = state.storage(&key).expect("it is in memory");
			*nonce = entry.map_or(0, |entry| u32::decode(&mut &entry[..]).expect("an account"));
		}
	}
}

/// What a call without a result gives: no bytes at all.
struct Nothing;

impl Decode for Nothing {
	fn decode<I: codec::Input>(_: &mut I) -> Result<Self, codec::Error> {
		Ok(Self)
	}
}

pub(crate) fn opaque(extrinsic: &UncheckedExtrinsic) -> OpaqueExtrinsic {
	OpaqueExtrinsic::try_from_encoded_extrinsic(&extrinsic.encode()).expect("an extrinsic")
}

/// A transaction for the chain with this genesis. It costs nothing but its fee, and does not expire.
///
/// # Panics
/// The call is too large for memory.
pub fn sign(
	sender: &sr25519::Pair,
	nonce: u32,
	call: RuntimeCall,
	genesis: H256,
) -> OpaqueExtrinsic {
	let extension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		unum_runtime::first_sight::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let (spec, transaction) = (VERSION.spec_version, VERSION.transaction_version);
	let implicit = ((), (), spec, transaction, genesis, genesis, (), (), (), None, ());
	let payload = SignedPayload::from_raw(call, extension, implicit);
	let signature = payload.using_encoded(|bytes| MultiSignature::from(sender.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	opaque(&UncheckedExtrinsic::new_signed(
		call,
		Address::Id(sender.public().0.into()),
		signature,
		extension,
	))
}
