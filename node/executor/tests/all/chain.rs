// SPDX-License-Identifier: Apache-2.0
//! A chain in memory, whose blocks are made and executed by the Wasm runtime alone.

// The tests and the benchmark each use a part of it.
#![allow(dead_code)]

use std::{
	collections::BTreeMap,
	sync::{Arc, LazyLock},
};

use codec::{Decode, Encode};
use pallet_unified_tokens::GenesisMint;
use sc_executor::WasmExecutor;
use sp_core::{sr25519, traits::CallContext, Pair, H256};
use sp_externalities::Extensions;
use sp_runtime::{
	generic::Era,
	traits::{BlakeTwo256, Header as _},
	ApplyExtrinsicResult, BuildStorage, Digest, DigestItem, MultiSignature, OpaqueExtrinsic,
	StateVersion,
};
use sp_state_machine::{
	Backend, DBValue, Storage, TrieBackend, TrieBackendBuilder, TrieBackendStorage,
};
use sp_trie::PrefixedMemoryDB;
use unum_executor::{CallError, Engine, Fallback, Machine, Overlay, Report, States};
use unum_id_com::MintId;
use unum_runtime::{
	AccountId, Address, Header, HostFunctions, RuntimeCall, RuntimeGenesisConfig, SignedPayload,
	UncheckedExtrinsic, UNIT, VERSION,
};
use unum_units::{Decimals, LedgerAmount};

pub(crate) type Wasm = WasmExecutor<HostFunctions>;
type Db = PrefixedMemoryDB<BlakeTwo256>;

const SALT: H256 = H256::repeat_byte(0x54);
const IMPORT: CallContext = CallContext::Onchain { import: true };
const AUTHOR: CallContext = CallContext::Onchain { import: false };

/// The state after the last block.
pub(crate) struct Chain {
	nodes: Arc<Nodes>,
	root: H256,
	pub(crate) wasm: Wasm,
	/// The hash that block 1 names as its parent.
	genesis: H256,
	last: Option<Header>,
	nonces: BTreeMap<AccountId, u32>,
}

/// The nodes of the state's trie, for all who read it at the same time.
#[derive(Clone)]
struct Nodes(Db);

impl Storage<BlakeTwo256> for Nodes {
	fn get(&self, key: &H256, prefix: (&[u8], Option<u8>)) -> Result<Option<DBValue>, String> {
		TrieBackendStorage::get(&self.0, key, prefix)
	}
}

impl States for Chain {
	type State = TrieBackend<Arc<dyn Storage<BlakeTwo256>>, BlakeTwo256>;

	fn open(&self) -> Result<Self::State, String> {
		let nodes: Arc<dyn Storage<BlakeTwo256>> = self.nodes.clone();
		Ok(TrieBackendBuilder::new(nodes, self.root).build())
	}

	fn extensions(&self) -> Extensions {
		Extensions::new()
	}
}

/// A block with its header.
#[derive(Clone)]
pub(crate) struct Block {
	pub(crate) header: Header,
	pub(crate) extrinsics: Vec<OpaqueExtrinsic>,
}

/// All that executing a block leaves.
#[derive(PartialEq, Debug)]
pub(crate) struct Effects {
	/// The entries that differ from those before.
	pub(crate) changes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
	root: H256,
	/// The nodes of the trie that come and go, with their counts.
	nodes: BTreeMap<Vec<u8>, (Vec<u8>, i32)>,
}

pub(crate) fn pair(number: u32) -> sr25519::Pair {
	let mut seed = [0x33; 32];
	seed[..4].copy_from_slice(&number.to_le_bytes());
	sr25519::Pair::from_seed(&seed)
}

pub(crate) fn account(number: u32) -> AccountId {
	pair(number).public().0.into()
}

/// The token of which everybody has a thousand.
pub(crate) fn mint() -> MintId {
	MintId::derive(account(0).into(), SALT.into())
}

impl Chain {
	/// A chain on which so many accounts have a thousand coins; the first may use sudo.
	pub(crate) fn new(accounts: u32) -> Self {
		let storage = RuntimeGenesisConfig {
			balances: unum_runtime::BalancesConfig {
				balances: (0..accounts).map(|n| (account(n), 1_000 * UNIT)).collect(),
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
					balances: (0..accounts)
						.map(|n| (account(n), LedgerAmount::new(1_000 * UNIT)))
						.collect(),
				}],
				..Default::default()
			},
			sudo: unum_runtime::SudoConfig { key: Some(account(0)) },
			..Default::default()
		}
		.build_storage()
		.expect("a genesis");
		let mut top: Vec<_> =
			storage.top.into_iter().map(|(key, value)| (key, Some(value))).collect();
		let code = unum_runtime::WASM_BINARY.expect("the runtime was built with its Wasm");
		top.push((b":code".to_vec(), Some(code.to_vec())));
		let empty = TrieBackendBuilder::new(
			Db::default(),
			sp_trie::empty_trie_root::<sp_trie::LayoutV1<BlakeTwo256>>(),
		)
		.build();
		let delta = top.iter().map(|(key, value)| (&key[..], value.as_deref()));
		let (root, db) = empty.storage_root(delta, StateVersion::V1);
		// Compiled once for all chains.
		static WASM: LazyLock<Wasm> =
			LazyLock::new(|| Wasm::builder().with_max_runtime_instances(24).build());
		let wasm = WASM.clone();
		let genesis = H256::repeat_byte(0x47);
		Self {
			nodes: Arc::new(Nodes(db)),
			root,
			wasm,
			genesis,
			last: None,
			nonces: BTreeMap::new(),
		}
	}

	pub(crate) fn parent(&self) -> H256 {
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
	pub(crate) fn sign(&mut self, sender: u32, call: RuntimeCall) -> OpaqueExtrinsic {
		let nonce = self.nonces.entry(account(sender)).or_default();
		let signed = sign(sender, *nonce, call, self.genesis);
		*nonce += 1;
		signed
	}

	/// Makes a block of transactions in the ordinary way. Those that do not apply are left out.
	pub(crate) fn author(&mut self, transactions: &[OpaqueExtrinsic]) -> Block {
		let mut overlay = Overlay::default();
		let number = self.number() + 1;
		let digest =
			Digest { logs: vec![DigestItem::PreRuntime(*b"aura", u64::from(number).encode())] };
		let header = Header::new(number, H256::zero(), H256::zero(), self.parent(), digest);
		let _: sp_runtime::ExtrinsicInclusionMode =
			self.call(&mut overlay, AUTHOR, "Core_initialize_block", &header).expect("it begins");
		let now = u64::from(number) * 400;
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		let time = opaque(&UncheckedExtrinsic::new_bare(time));
		let mut extrinsics = vec![];
		for extrinsic in core::iter::once(&time).chain(transactions) {
			overlay.start_transaction();
			let applied: Result<ApplyExtrinsicResult, _> =
				self.call(&mut overlay, AUTHOR, "BlockBuilder_apply_extrinsic", extrinsic);
			if let Ok(Ok(_)) = applied {
				overlay.commit_transaction().expect("it is open");
				extrinsics.push(extrinsic.clone());
			} else {
				overlay.rollback_transaction().expect("it is open");
			}
		}
		let header =
			self.call(&mut overlay, AUTHOR, "BlockBuilder_finalize_block", &()).expect("it ends");
		Block { header, extrinsics }
	}

	/// What the ordinary way makes of a block.
	pub(crate) fn execute(&self, block: &Block) -> Result<Effects, CallError> {
		let mut overlay = Overlay::default();
		let input = (block.header.clone(), block.extrinsics.clone());
		let Nothing = self.call(&mut overlay, IMPORT, "Core_execute_block", &input)?;
		Ok(self.effects(overlay))
	}

	/// Executes a block in the ordinary way, and keeps nothing of it.
	pub(crate) fn execute_only(&self, block: &Block) -> Result<(), CallError> {
		let input = (block.header.clone(), block.extrinsics.clone());
		let Nothing = self.call(&mut Overlay::default(), IMPORT, "Core_execute_block", &input)?;
		Ok(())
	}

	/// Executes a block in lanes, and keeps nothing of it.
	pub(crate) fn lanes_only(&self, engine: &Engine, block: &Block) -> Result<Report, Fallback> {
		let machine = Machine { executor: &self.wasm, context: IMPORT, parent: self.parent() };
		let overlay = Overlay::default();
		let done = engine.execute(&machine, self, &block.header, &block.extrinsics, overlay)?;
		Ok(done.1)
	}

	/// What lanes make of it.
	pub(crate) fn execute_in_lanes(
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
	pub(crate) fn import(&mut self, block: &Block, effects: &Effects) {
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
	pub(crate) fn read_nonces(&mut self) {
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

fn sign(sender: u32, nonce: u32, call: RuntimeCall, genesis: H256) -> OpaqueExtrinsic {
	let extension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let (spec, transaction) = (VERSION.spec_version, VERSION.transaction_version);
	let implicit = ((), (), spec, transaction, genesis, genesis, (), (), (), None, ());
	let payload = SignedPayload::from_raw(call, extension, implicit);
	let signature = payload.using_encoded(|bytes| MultiSignature::from(pair(sender).sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	opaque(&UncheckedExtrinsic::new_signed(
		call,
		Address::Id(account(sender)),
		signature,
		extension,
	))
}
