// SPDX-License-Identifier: Apache-2.0
//! The client's executor: blocks that are imported go through the engine.

use std::{
	cell::RefCell,
	fmt,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};

use codec::{Decode, Encode};
use sc_client_api::{
	execution_extensions::ExecutionExtensions, Backend, CallExecutor, TrieCacheContext,
};
use sc_executor::{RuntimeVersion, RuntimeVersionOf};
use sp_blockchain::HeaderBackend;
use sp_consensus::Proposal;
use sp_core::{
	traits::{CallContext, CodeExecutor, RuntimeCode},
	H256,
};
use sp_externalities::{Extensions, Externalities};
use sp_runtime::{
	traits::{
		BlakeTwo256, Block as BlockT, Header as HeaderT, NumberFor, One, SaturatedConversion,
		Saturating,
	},
	OpaqueExtrinsic,
};
use sp_state_machine::StorageProof;

use crate::{
	author::{Authored, Candidates, Task},
	engine::{Engine, Fallback},
	machine::{Machine, Overlay, States},
	metrics::Metrics,
	report::Report,
	signatures,
};

/// Where this crate's log lines go.
const LOG_TARGET: &str = "executor";

/// How imported blocks are executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
	/// In lanes, where there is something to be gained.
	Parallel,
	/// Both ways. The ordinary one counts, and a difference is reported.
	Shadow,
}

/// Executes imported blocks by an [`Engine`], and everything else as `Inner` does.
pub struct BlockExecutor<B, Inner, X> {
	inner: Inner,
	backend: Arc<B>,
	/// Runs Wasm.
	wasm: X,
	engine: Option<Arc<Switched>>,
}

/// An engine that is switched off by a defect of its own.
struct Switched {
	engine: Engine,
	mode: Mode,
	is_off: AtomicBool,
	metrics: Option<Metrics>,
}

impl Switched {
	/// Writes down how a block was executed.
	fn note(&self, what: &str, parent: H256, outcome: Result<&Report, &Fallback>) {
		match outcome {
			Ok(report) => log::debug!(target: LOG_TARGET, "{what} after {parent}: {report}"),
			Err(cause) => {
				log::debug!(target: LOG_TARGET, "{what} after {parent}, in the ordinary way: {cause}")
			},
		}
		if let Some(metrics) = &self.metrics {
			metrics.note(outcome);
		}
	}
}

impl<B, Inner: Clone, X: Clone> Clone for BlockExecutor<B, Inner, X> {
	fn clone(&self) -> Self {
		Self {
			inner: self.inner.clone(),
			backend: self.backend.clone(),
			wasm: self.wasm.clone(),
			engine: self.engine.clone(),
		}
	}
}

impl<B, Inner, X> fmt::Debug for BlockExecutor<B, Inner, X> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("BlockExecutor").finish_non_exhaustive()
	}
}

impl<B, Inner, X> BlockExecutor<B, Inner, X> {
	/// Executes as `inner` does; with an engine, imported blocks go through that. `wasm` is what runs the
	/// runtime in both.
	pub fn new(
		inner: Inner,
		backend: Arc<B>,
		wasm: X,
		engine: Option<(Engine, Mode)>,
		metrics: Option<Metrics>,
	) -> Self {
		let switched = |(engine, mode)| {
			Arc::new(Switched { engine, mode, is_off: AtomicBool::new(false), metrics })
		};
		Self { inner, backend, wasm, engine: engine.map(switched) }
	}

	/// The engine, as long as it has made no mistake.
	fn engine(&self) -> Option<&Switched> {
		self.engine.as_deref().filter(|engine| !engine.is_off.load(Ordering::Relaxed))
	}
}

/// The state after a block of the chain.
struct Parent<'a, Block: BlockT, B> {
	backend: &'a B,
	hash: Block::Hash,
	number: NumberFor<Block>,
	extensions: &'a ExecutionExtensions<Block>,
}

impl<Block, B> States for Parent<'_, Block, B>
where
	Block: BlockT<Hash = H256>,
	Block::Header: HeaderT<Hashing = BlakeTwo256>,
	B: Backend<Block>,
{
	type State = B::State;

	fn open(&self) -> Result<B::State, String> {
		self.backend
			.state_at(self.hash, TrieCacheContext::Trusted)
			.map_err(|error| error.to_string())
	}

	fn extensions(&self) -> Extensions {
		self.extensions.extensions(self.hash, self.number)
	}
}

impl<B, Inner, X> BlockExecutor<B, Inner, X> {
	/// Executes a block in lanes, if that can be done.
	fn in_lanes<Block>(
		&self,
		switched: &Switched,
		at: H256,
		block: &[u8],
		overlay: Overlay,
		context: CallContext,
	) -> Result<(Overlay, Report), Fallback>
	where
		Block: BlockT<Hash = H256>,
		Block::Header: HeaderT<Hashing = BlakeTwo256>,
		B: Backend<Block>,
		Inner: CallExecutor<Block>,
		X: CodeExecutor + Clone + 'static,
	{
		let unreadable = |cause: String| Fallback::State(cause);
		let (header, extrinsics) = <(Block::Header, Vec<OpaqueExtrinsic>)>::decode(&mut &block[..])
			.map_err(|cause| unreadable(cause.to_string()))?;
		let number = self
			.backend
			.blockchain()
			.number(at)
			.map_err(|cause| unreadable(cause.to_string()))?
			.ok_or_else(|| unreadable("the parent is not known".into()))?;
		// The runtime asks for it in `Core_execute_block` alone.
		if *header.number() != number.saturating_add(One::one()) {
			return Err(Fallback::Mismatch);
		}
		let machine = Machine { executor: &self.wasm, context, parent: at };
		let states = self.parent::<Block>(at, number);
		switched.engine.execute(&machine, &states, &header, &extrinsics, overlay)
	}

	fn parent<Block>(&self, hash: H256, number: NumberFor<Block>) -> Parent<'_, Block, B>
	where
		Block: BlockT<Hash = H256>,
		B: Backend<Block>,
		Inner: CallExecutor<Block>,
	{
		let extensions = self.inner.execution_extensions();
		Parent { backend: &*self.backend, hash, number, extensions }
	}

	/// Whether blocks are made in lanes. Where they are not, nothing needs to be prepared for that.
	pub fn makes_blocks(&self) -> bool {
		self.author_engine().is_some()
	}

	fn author_engine(&self) -> Option<&Switched> {
		self.engine().filter(|engine| engine.mode == Mode::Parallel)
	}

	/// Makes a block in lanes: nothing, where it has to be made in the ordinary way. Candidates that were
	/// given out by then may be in it.
	pub fn author<Block, I>(
		&self,
		parent: &Block::Header,
		task: Task<Block::Header, I>,
		candidates: &mut dyn Candidates,
	) -> Option<Proposal<Block>>
	where
		Block: BlockT<Hash = H256, Extrinsic = OpaqueExtrinsic>,
		Block::Header: HeaderT<Hash = H256, Hashing = BlakeTwo256>,
		B: Backend<Block>,
		Inner: CallExecutor<Block>,
		X: CodeExecutor + Clone + 'static,
		I: Encode,
	{
		let switched = self.author_engine()?;
		let hash = parent.hash();
		let context = CallContext::Onchain { import: false };
		let machine = Machine { executor: &self.wasm, context, parent: hash };
		let states = self.parent::<Block>(hash, *parent.number());
		let made = switched.engine.author(&machine, &states, task, candidates);
		switched.note("A block made", hash, made.as_ref().map(|made| &made.report));
		let Authored { header, extrinsics, mut changes, .. } = made.ok()?;
		let version = CallExecutor::runtime_version(&self.inner, hash, context).ok()?;
		let storage_changes =
			changes.drain_storage_changes(&states.open().ok()?, version.state_version()).ok()?;
		Some(Proposal { block: Block::new(header, extrinsics), storage_changes })
	}
}

/// A block of the chain that was executed again, in order and in lanes.
#[derive(Debug)]
pub struct Replayed {
	/// How long it took in order.
	pub in_order: Duration,
	/// How long it took the engine, and how; or why that left it to the ordinary way.
	pub in_lanes: Result<(Duration, Report), Fallback>,
}

impl Replayed {
	/// Whether lanes refuse a block that the ordinary way accepts: a defect.
	pub fn is_divergent(&self) -> bool {
		self.in_lanes.as_ref().is_err_and(Fallback::is_verdict)
	}
}

impl<B, Inner, X> BlockExecutor<B, Inner, X> {
	/// Executes a stored block again, in order and by an engine.
	///
	/// # Errors
	/// The ordinary way does not accept it, or the state of its parent is not there any more.
	pub fn replay<Block>(
		&self,
		engine: &Engine,
		mut header: Block::Header,
		extrinsics: &[OpaqueExtrinsic],
	) -> sp_blockchain::Result<Replayed>
	where
		Block: BlockT<Hash = H256, Extrinsic = OpaqueExtrinsic>,
		Block::Header: HeaderT<Hash = H256, Hashing = BlakeTwo256>,
		B: Backend<Block>,
		Inner: CallExecutor<Block, Backend = B>,
		X: CodeExecutor + Clone + 'static,
	{
		// What consensus has added after the block was made.
		let digest = header.digest_mut();
		while digest.logs().last().is_some_and(|item| item.as_seal().is_some()) {
			digest.pop();
		}
		let (at, context) = (*header.parent_hash(), CallContext::Onchain { import: true });
		let number = header.number().saturating_sub(One::one());
		let states = self.parent::<Block>(at, number);
		let block = Block::new(header.clone(), extrinsics.to_vec()).encode();
		let in_order = || -> sp_blockchain::Result<Duration> {
			let (changes, extensions) = (RefCell::default(), RefCell::new(states.extensions()));
			signatures::forget();
			let began = Instant::now();
			self.inner.contextual_call(
				at,
				"Core_execute_block",
				&block,
				&changes,
				&None,
				context,
				&extensions,
			)?;
			Ok(began.elapsed())
		};
		let machine = Machine { executor: &self.wasm, context, parent: at };
		let in_lanes = || {
			signatures::forget();
			let began = Instant::now();
			let overlay = Overlay::default();
			let (_, report) = engine.execute(&machine, &states, &header, extrinsics, overlay)?;
			Ok((began.elapsed(), report))
		};
		// Whoever comes second finds the state in the cache: by turns.
		let (in_order, in_lanes) = match number.saturated_into::<u64>() % 2 {
			0 => (in_order()?, in_lanes()),
			_ => {
				let in_lanes = in_lanes();
				(in_order()?, in_lanes)
			},
		};
		Ok(Replayed { in_order, in_lanes })
	}
}

impl<Block, B, Inner, X> CallExecutor<Block> for BlockExecutor<B, Inner, X>
where
	Block: BlockT<Hash = H256>,
	Block::Header: HeaderT<Hashing = BlakeTwo256>,
	B: Backend<Block>,
	Inner: CallExecutor<Block, Backend = B>,
	X: CodeExecutor + Clone + 'static,
{
	type Error = Inner::Error;
	type Backend = B;

	fn execution_extensions(&self) -> &ExecutionExtensions<Block> {
		self.inner.execution_extensions()
	}

	fn call(
		&self,
		at: H256,
		method: &str,
		data: &[u8],
		context: CallContext,
	) -> sp_blockchain::Result<Vec<u8>> {
		self.inner.call(at, method, data, context)
	}

	fn contextual_call(
		&self,
		at: H256,
		method: &str,
		data: &[u8],
		changes: &RefCell<Overlay>,
		recorder: &Option<sp_api::ProofRecorder<Block>>,
		context: CallContext,
		extensions: &RefCell<Extensions>,
	) -> sp_blockchain::Result<Vec<u8>> {
		let in_order = |changes: &RefCell<Overlay>| {
			self.inner.contextual_call(at, method, data, changes, recorder, context, extensions)
		};
		let is_import = method == "Core_execute_block"
			&& matches!(context, CallContext::Onchain { import: true })
			&& recorder.is_none();
		let Some(engine) = self.engine().filter(|_| is_import) else { return in_order(changes) };
		let before = changes.borrow().clone();
		let outcome = self.in_lanes::<Block>(engine, at, data, before, context);
		engine.note("A block", at, outcome.as_ref().map(|(_, report)| report));
		match (engine.mode, outcome) {
			(Mode::Parallel, Ok((overlay, _))) => {
				*changes.borrow_mut() = overlay;
				// What `Core_execute_block` returns: nothing.
				Ok(Vec::new())
			},
			(_, outcome) => {
				let result = in_order(changes);
				let differs = match &outcome {
					Ok(_) => result.is_err(),
					Err(cause) => cause.is_verdict() && result.is_ok(),
				};
				if differs {
					engine.is_off.store(true, Ordering::Relaxed);
					if let Some(metrics) = &engine.metrics {
						metrics.note_divergence();
					}
					log::error!(
						target: LOG_TARGET,
						"The block after {at} is another one when it is executed in parallel. The ordinary \
						 way counts, and is used from here on. This is a defect: please report it, with the \
						 block."
					);
				}
				result
			},
		}
	}

	fn runtime_version(
		&self,
		at: H256,
		context: CallContext,
	) -> sp_blockchain::Result<RuntimeVersion> {
		CallExecutor::runtime_version(&self.inner, at, context)
	}

	fn prove_execution(
		&self,
		at: H256,
		method: &str,
		data: &[u8],
	) -> sp_blockchain::Result<(Vec<u8>, StorageProof)> {
		self.inner.prove_execution(at, method, data)
	}
}

impl<B, Inner: RuntimeVersionOf, X> RuntimeVersionOf for BlockExecutor<B, Inner, X> {
	fn runtime_version(
		&self,
		ext: &mut dyn Externalities,
		code: &RuntimeCode<'_>,
	) -> sc_executor::error::Result<RuntimeVersion> {
		self.inner.runtime_version(ext, code)
	}
}
