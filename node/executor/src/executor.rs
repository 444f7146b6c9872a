// SPDX-License-Identifier: Apache-2.0
//! The client's executor: blocks that are imported go through the engine.

use std::{
	cell::RefCell,
	fmt,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
};

use codec::Decode;
use sc_client_api::{
	execution_extensions::ExecutionExtensions, Backend, CallExecutor, TrieCacheContext,
};
use sc_executor::{RuntimeVersion, RuntimeVersionOf};
use sp_blockchain::HeaderBackend;
use sp_core::{
	traits::{CallContext, CodeExecutor, RuntimeCode},
	H256,
};
use sp_externalities::{Extensions, Externalities};
use sp_runtime::{
	traits::{BlakeTwo256, Block as BlockT, Header as HeaderT, NumberFor},
	OpaqueExtrinsic,
};
use sp_state_machine::StorageProof;

use crate::{
	engine::{Engine, Fallback, Report},
	machine::{Machine, Overlay, States},
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
	pub fn new(inner: Inner, backend: Arc<B>, wasm: X, engine: Option<(Engine, Mode)>) -> Self {
		let switched = |(engine, mode)| Switched { engine, mode, is_off: AtomicBool::new(false) };
		Self { inner, backend, wasm, engine: engine.map(|engine| Arc::new(switched(engine))) }
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
	/// Executes a block in lanes, if that can be done: nothing, where it has to be executed in the
	/// ordinary way.
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
		let extensions = self.inner.execution_extensions();
		let states = Parent { backend: &*self.backend, hash: at, number, extensions };
		let machine = Machine { executor: &self.wasm, context, parent: at };
		switched.engine.execute(&machine, &states, &header, &extrinsics, overlay)
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
		let engine = self.engine.as_ref().filter(|engine| !engine.is_off.load(Ordering::Relaxed));
		let Some(engine) = engine.filter(|_| is_import) else { return in_order(changes) };
		let before = changes.borrow().clone();
		let outcome = self.in_lanes::<Block>(engine, at, data, before, context);
		match &outcome {
			Ok((_, report)) => log::debug!(target: LOG_TARGET, "On {at}: {report}"),
			Err(fallback) => log::debug!(target: LOG_TARGET, "On {at}, in order: {fallback}"),
		}
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
					Err(Fallback::Mismatch | Fallback::Refused(_)) => result.is_ok(),
					Err(_) => false,
				};
				if differs {
					engine.is_off.store(true, Ordering::Relaxed);
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
