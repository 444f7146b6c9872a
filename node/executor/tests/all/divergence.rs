// SPDX-License-Identifier: Apache-2.0
//! What happens when lanes make another block of one: nobody else notices, but for an alarm.

use std::{
	cell::RefCell,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
};

use codec::Encode;
use sc_client_api::{
	execution_extensions::ExecutionExtensions, in_mem::Backend, Backend as _, BlockImportOperation,
	CallExecutor, NewBlockState,
};
use sc_service::{client::LocalCallExecutor, ClientConfig};
use sp_core::traits::CallContext;
use sp_externalities::Extensions;
use sp_runtime::{generic, OpaqueExtrinsic, StateVersion};
use substrate_prometheus_endpoint::Registry;
use unum_bench::{
	calls::pay,
	chain::{self, Chain, Wasm},
};
use unum_executor::{BlockExecutor, Engine, Metrics, Mode, Overlay};
use unum_runtime::{Header, UNIT};

use crate::meddling::Meddling;

type Block = generic::Block<Header, OpaqueExtrinsic>;
type Ordinary = LocalCallExecutor<Block, Backend<Block>, Wasm>;

/// A node's executor, its state and its alarm, and a chain that makes blocks for it.
struct Node {
	chain: Chain,
	backend: Arc<Backend<Block>>,
	executor: BlockExecutor<Backend<Block>, Ordinary, Meddling>,
	lanes: Arc<AtomicUsize>,
	registry: Registry,
	sent: u32,
}

const ACCOUNTS: u32 = 256;

impl Node {
	fn new(mode: Mode, is_wrong: bool) -> Self {
		let chain = Chain::new(ACCOUNTS);
		let backend = Arc::new(Backend::new());
		let mut genesis = backend.begin_operation().unwrap();
		let storage = chain::genesis(ACCOUNTS);
		let root = genesis.set_genesis_state(storage, true, StateVersion::V1).unwrap();
		assert_eq!(root, chain.root());
		let header = chain::genesis_header(root);
		genesis
			.set_block_data(header, Some(vec![]), None, None, NewBlockState::Final, true)
			.unwrap();
		backend.commit_operation(genesis).unwrap();
		let wasm = chain.wasm().clone();
		let extensions = ExecutionExtensions::new(None, Arc::new(wasm.clone()));
		let ordinary = LocalCallExecutor::new(
			backend.clone(),
			wasm.clone(),
			ClientConfig::default(),
			extensions,
		);
		let registry = Registry::new();
		let metrics = Metrics::register(&registry, 2).unwrap();
		let lanes = Arc::<AtomicUsize>::default();
		let count = lanes.clone();
		let meddling = Meddling::new(&wasm, move |method, _, ext| {
			if method == "LaneApi_apply_lane" {
				count.fetch_add(1, Ordering::Relaxed);
				if is_wrong {
					ext.place_storage(b"nobody's".to_vec(), Some(vec![1]));
				}
			}
			false
		});
		let executor = BlockExecutor::new(
			ordinary.unwrap(),
			backend.clone(),
			meddling,
			Some((Engine::new(2).unwrap(), mode)),
			Some(metrics),
		);
		Self { chain, backend, executor, lanes, registry, sent: 0 }
	}

	/// Imports a block of payments. How many calls for lanes that took.
	fn import(&mut self) -> usize {
		let before = self.lanes.load(Ordering::Relaxed);
		let payments = (self.sent..).take(64).map(|n| self.chain.sign(n, pay(n + 128, UNIT)));
		let payments: Vec<_> = payments.collect();
		self.sent += 64;
		let block = self.chain.author(&payments);
		let changes = RefCell::<Overlay>::default();
		let parent = self.chain.parent();
		self.executor
			.contextual_call(
				parent,
				"Core_execute_block",
				&(&block.header, &block.extrinsics).encode(),
				&changes,
				&None,
				CallContext::Onchain { import: true },
				&RefCell::new(Extensions::new()),
			)
			.expect("the block is valid");
		let mut operation = self.backend.begin_operation().unwrap();
		self.backend.begin_state_operation(&mut operation, parent).unwrap();
		let state =
			self.backend.state_at(parent, sc_client_api::TrieCacheContext::Trusted).unwrap();
		let changes = changes.into_inner().drain_storage_changes(&state, StateVersion::V1).unwrap();
		assert_eq!(changes.transaction_storage_root, block.header.state_root);
		operation.update_db_storage(changes.transaction).unwrap();
		let body = Some(block.extrinsics.clone());
		operation
			.set_block_data(block.header.clone(), body, None, None, NewBlockState::Best, true)
			.unwrap();
		self.backend.commit_operation(operation).unwrap();
		let effects = self.chain.execute(&block).unwrap();
		self.chain.import(&block, &effects);
		self.lanes.load(Ordering::Relaxed) - before
	}

	/// What Prometheus is told of blocks that were other ones.
	fn divergences(&self) -> f64 {
		let families = self.registry.gather();
		let family =
			families.iter().find(|one| one.get_name() == "unum_executor_divergences_total");
		family.unwrap().get_metric()[0].get_counter().get_value()
	}
}

#[test]
fn lanes_that_make_another_block_are_switched_off_and_the_chain_goes_on() {
	for mode in [Mode::Parallel, Mode::Shadow] {
		let mut node = Node::new(mode, true);
		assert!(node.import() > 1);
		assert_eq!(node.divergences(), 1.0);
		assert_eq!(node.import(), 0);
		assert_eq!(node.divergences(), 1.0);
	}
}

#[test]
fn lanes_that_make_the_same_stay_on() {
	for mode in [Mode::Parallel, Mode::Shadow] {
		let mut node = Node::new(mode, false);
		assert!(node.import() > 1);
		assert!(node.import() > 1);
		assert_eq!(node.divergences(), 0.0);
	}
}
